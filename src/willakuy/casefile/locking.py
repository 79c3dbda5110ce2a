"""Leaving a case so that nothing in its folder opens the vault, and nothing half-written lies about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from willakuy.casefile.case import Case

_SECRET_HALF = b"AGE-SECRET-KEY-1"
_WRAPPED = b"age-encryption.org/v1\n-> scrypt"
_READ = 65536


@dataclass(frozen=True, slots=True)
class Locked:
    """``keys`` are files in the case folder that hold a custodian's secret half, wrapped in a passphrase or not."""

    keys: tuple[Path, ...]
    n_removed: int


def lock_up(case: Case) -> Locked:
    """Empty the journal and the vault's unfinished files, and look for keys where none should be. Evidence is not searched."""
    case.empty_journal()
    n = 0
    for path in (case.folder / "vault" / "tmp").rglob("*"):
        if path.is_file():
            path.unlink()
            n += 1
    return Locked(tuple(p for p in _ours(case.folder) if _holds_key(p)), n)


def _ours(folder: Path) -> list[Path]:
    skipped = {folder / "evidence", folder / "releases", folder / "vault"}
    found = [
        p
        for top in sorted(folder.iterdir())
        if top not in skipped
        for p in ([top] if top.is_file() else top.rglob("*"))
    ]
    return [p for p in found if p.is_file()]


def _holds_key(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(_READ)
    return head.startswith(_WRAPPED) or _SECRET_HALF in head
