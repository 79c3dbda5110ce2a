"""The one case this desk serves, opened for each request and closed after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from willakuy.casefile import Case


@contextmanager
def opened() -> Iterator[Case]:
    with Case.open(settings.WILLAKUY_CASE) as case:
        yield case


def coder() -> str:
    return str(settings.WILLAKUY_CODER)
