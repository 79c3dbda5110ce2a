"""Serving one case to one person on their own machine."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk ready to serve. ``link`` lets whoever holds it in, once."""

    application: Callable[..., Any]
    link: str


def prepare(folder: Path, *, port: int, coder: str, language: str, token: str | None = None) -> Desk:
    """Set up the web application for the case in ``folder``; once in a process, as Django demands.

    Raises:
        NoCaseHere and the other errors of opening a case.
    """
    from willakuy.casefile import Case

    Case.open(folder).close()
    token = token or secrets.token_urlsafe(18)
    from willakuy.desk.configuration import configure

    application = configure(folder, coder=coder, language=language, token=token)
    return Desk(application, f"http://{LOOPBACK}:{port}/enter/{token}/")


def serve(folder: Path, *, port: int, coder: str, language: str, announce: Callable[[str], None]) -> None:
    """Serve until interrupted. Only this machine can connect; there is no request log."""
    from waitress import serve as wait_for_requests

    desk = prepare(folder, port=port, coder=coder, language=language)
    announce(desk.link)
    wait_for_requests(desk.application, host=LOOPBACK, port=port, threads=4, ident=None, _quiet=True)
