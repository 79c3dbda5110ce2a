"""A service on this machine that speaks S3, for tests of evidence in a bucket."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator

import pytest


def serve() -> Iterator[str]:
    """The address of a service with one empty bucket, ``cases``, until the generator is closed."""
    server = pytest.importorskip("moto.server", reason="the S3 service for tests is not installed (moto[server])")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    address = f"http://127.0.0.1:{running.get_host_and_port()[1]}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/cases", method="PUT")).close()
    yield address
    running.stop()


def point_at(patch: pytest.MonkeyPatch, address: str) -> None:
    """The environment that leads there."""
    patch.setenv("AWS_ENDPOINT_URL", address)
    patch.setenv("AWS_ALLOW_HTTP", "true")
    patch.setenv("AWS_REGION", "us-east-1")
    patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
