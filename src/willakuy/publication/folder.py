"""A folder that appears whole under its final name, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from willakuy.evidence import Stage, exchange, sync_all, sync_folder
from willakuy.publication.errors import FolderTaken, ReleaseInterrupted, ReleaseNotWritten

MANIFEST = "manifest.json"
OLD = "old"


class NewFolder:
    """Files go to a temporary folder beside ``final``; ``settle`` gives it its name. Left early, it is removed.

    ``files`` lists (path, size, SHA-256) of everything written, in the order of writing.
    """

    def __init__(self, final: Path) -> None:
        self.final = final
        self.files: list[tuple[str, int, str]] = []
        self._made: set[str] = set()

    def __enter__(self) -> NewFolder:
        try:
            self._stage = Stage(self.final.parent, ".willakuy-", ".part", _rescue)
            self.tmp = self._stage.new()
            self.tmp.mkdir()
        except OSError as e:
            raise _not_written(self.final, e) from e
        if self.final.exists() and not is_replaceable(self.final):
            self._stage.close()
            raise FolderTaken(path=self.final)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._stage.close()
        if isinstance(error, OSError):
            raise _not_written(self.final, error) from error
        if isinstance(error, KeyboardInterrupt):
            raise ReleaseInterrupted(path=self.final) from error

    def put(self, path: str, data: bytes) -> None:
        """Write a file once; ``path`` is relative, with forward slashes."""
        self.put_chunks(path, (data,))

    def put_chunks(self, path: str, chunks: Iterable[bytes]) -> None:
        """``put`` for what does not fit into memory."""
        parent, _, _ = path.rpartition("/")
        if parent not in self._made:
            (self.tmp / parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        fd = os.open(f"{self.tmp}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(fd, "wb", buffering=0) as out:
                for data in chunks:
                    _write_all(out.fileno(), data)
                    digest.update(data)
                    size += len(data)
        finally:
            self.files.append((path, size, digest.hexdigest()))

    def settle(self) -> None:
        """Make everything durable, then rename. An earlier release under the name gives way in the same step."""
        folders = {self.tmp, *((self.tmp / path).parent for path, _, _ in self.files)}
        sync_all(self.tmp, (self.tmp / path for path, _, _ in self.files), folders)
        if not self.final.exists():
            self.tmp.rename(self.final)
        elif not exchange(self.tmp, self.final):
            old = self._stage.folder / OLD / self.final.name
            old.parent.mkdir()
            self.final.rename(old)
            try:
                self.tmp.rename(self.final)
            except OSError:
                old.rename(self.final)
                raise
        sync_folder(self.final.parent)


def _rescue(dead: Path) -> None:
    """Somebody died between moving an old release away and naming the new one: the old one comes back."""
    for old in (dead / OLD).glob("*"):
        if not (dead.parent / old.name).exists():
            old.rename(dead.parent / old.name)


def is_replaceable(folder: Path) -> bool:
    """An empty folder, or one that is a release and nothing else at its top."""
    if not folder.is_dir():
        return False
    names = {p.name for p in folder.iterdir()}
    return not names or {MANIFEST, "verify.py", "data", "ledger"} <= names


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _not_written(path: Path, error: OSError) -> ReleaseNotWritten:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return ReleaseNotWritten(path=path, reason="the disk is full" if full else error.strerror or str(error))
