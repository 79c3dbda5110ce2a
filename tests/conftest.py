"""What every test may ask for."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.s3 import point_at, serve

settings.register_profile("willakuy", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("willakuy")

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data kept outside the project; the test is skipped, with this reason, where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the data folder ../shared/data beside the project ({folder} is not there)")
    return folder


@pytest.fixture
def entropy() -> Callable[[int], bytes]:
    """Bytes that look random and are the same in every run."""
    return seeded_entropy("test")


def seeded_entropy(seed: str) -> Callable[[int], bytes]:
    counter = 0

    def more(n: int) -> bytes:
        nonlocal counter
        counter += 1
        return hashlib.shake_256(f"{seed}/{counter}".encode()).digest(n)

    return more


@pytest.fixture
def clock() -> Callable[[], str]:
    return lambda: "2024-01-01T00:00:00Z"


@pytest.fixture(scope="session")
def s3_address():
    yield from serve()


@pytest.fixture
def s3_service(s3_address, monkeypatch):
    """A bucket ``s3://cases`` on this machine, and the environment that leads to it; skipped where moto is missing."""
    point_at(monkeypatch, s3_address)
    return s3_address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium, started once for each process of the test run."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium, and there is none here")
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip)")
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()
