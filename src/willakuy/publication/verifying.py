"""Checking a release from inside the package, with the very file that each release carries: one truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from willakuy.i18n import language
from willakuy.publication import verify
from willakuy.publication.errors import NotARelease
from willakuy.publication.folder import MANIFEST

_verify: Any = verify
"""Untyped, as a file that any Python from 3.9 on reads."""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """``problems`` in the language in force. ``checked`` says of what how many were looked at: files, entries, rows …"""

    problems: tuple[str, ...]
    checked: tuple[tuple[str, int], ...]
    kinds: tuple[str, ...] = ()
    """The kind of each problem: a key of ``verify.SAYS``."""


def verify_release(path: Path, policy: Path | None = None) -> VerifyReport:
    """Check the release in ``path``, exactly as ``python3 -I verify.py`` does. Never raises on what it finds there.

    Args:
        policy: whose signatures to ask for (C2SP tlog-policy); by default the one inside the release.

    Raises:
        NotARelease: there is no manifest to check against.
    """
    if not (path / MANIFEST).is_file():
        raise NotARelease(path=path)
    check = _verify.Check(str(path), policy)
    spoken = 1 if language() == "es" else 0
    problems = tuple(_verify.SAYS[kind][spoken].format(*facts) for kind, facts in check.problems)
    return VerifyReport(problems, tuple(check.checked.items()), tuple(kind for kind, _ in check.problems))


def recount(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """(lo, hi) of each row of ``figures.jsonl``, counted by ``verify.py``'s own rule."""
    yield from _verify.recount(rows)
