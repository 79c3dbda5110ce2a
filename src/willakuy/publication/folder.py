"""A folder that appears whole under its final name, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from willakuy.publication.errors import FolderTaken, ReleaseInterrupted, ReleaseNotWritten

MANIFEST = "manifest.json"


class NewFolder:
    """Files go to a temporary folder beside ``final``; ``settle`` gives it its name. Left early, it is removed.

    ``files`` lists (path, size, SHA-256) of everything written, in the order of writing.
    """

    def __init__(self, final: Path) -> None:
        self.final = final
        self.tmp = final.parent / f".{final.name}.{secrets.token_hex(4)}.part"
        self.files: list[tuple[str, int, str]] = []
        self._made: set[str] = set()

    def __enter__(self) -> NewFolder:
        if self.final.exists() and not is_replaceable(self.final):
            raise FolderTaken(path=self.final)
        try:
            self.final.parent.mkdir(parents=True, exist_ok=True)
            self.tmp.mkdir()
        except OSError as e:
            raise _not_written(self.final, e) from e
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.tmp, ignore_errors=True)
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
        """Make everything durable, then rename. An earlier release under the name is replaced."""
        os.sync()
        old = None
        if self.final.exists():
            old = self.final.parent / f".{self.final.name}.{secrets.token_hex(4)}.old"
            self.final.rename(old)
        try:
            self.tmp.rename(self.final)
        except OSError:
            if old is not None:
                old.rename(self.final)
            raise
        fd = os.open(self.final.parent, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)


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
