"""Making the folder of a case so that it is there whole, or can be made again in the same place.

The settings are written first, as ``case.toml.new``, and get their name last: a folder that has the one and not the
other is of a case whose making was cut short, and nothing can have been recorded in it.
"""

from __future__ import annotations

import os
from pathlib import Path

from willakuy.casefile.errors import CaseExists, CaseNotWritten
from willakuy.casefile.settings import Settings, settings_as_toml
from willakuy.evidence import make_folder, sync_folder

_FOLDERS = ("evidence", "vault", "releases", "keys")
_KEYS = ("device", "here", "head", "introduction")
_FILES = (
    *(f"keys/{n}{new}" for n in _KEYS for new in ("", ".new")),
    "case.db",
    "case.db-wal",
    "case.db-shm",
    "case.db-journal",
)
_NEW = "case.toml.new"


def begin_case(folder: Path, settings: Settings) -> None:
    """Make the folders and put the settings down, unnamed.

    Raises:
        CaseExists: there is something in the folder; nothing was changed.
        CaseNotWritten
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            _clear_unfinished(folder)
        folder = folder.absolute()
        make_folder(folder, next(p for p in folder.parents if p.is_dir()))
        with (folder / _NEW).open("x", encoding="utf-8") as out:
            out.write(settings_as_toml(settings))
            out.flush()
            os.fsync(out.fileno())
        sync_folder(folder)
        for name in _FOLDERS:
            (folder / name).mkdir(mode=0o700 if name == "keys" else 0o777)
    except OSError as e:
        raise CaseNotWritten(path=folder, reason=e.strerror or str(e)) from e


def finish_case(folder: Path) -> None:
    """Everything else is there: make that durable, and name the settings. Raises ``CaseNotWritten``."""
    try:
        sync_folder(folder / "keys")
        sync_folder(folder)
        (folder / _NEW).rename(folder / "case.toml")
        sync_folder(folder)
    except OSError as e:
        raise CaseNotWritten(path=folder, reason=e.strerror or str(e)) from e


def _clear_unfinished(folder: Path) -> None:
    """Raises ``CaseExists`` when anything but what ``begin_case`` and its followers make is there."""
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*")} if folder.is_dir() else set()
    if _NEW not in found or not found <= {_NEW, *_FOLDERS, *_FILES}:
        raise CaseExists(path=folder)
    for name in found.intersection(_FILES):
        (folder / name).unlink()
    for name in found.intersection(_FOLDERS):
        (folder / name).rmdir()
    (folder / _NEW).unlink()
