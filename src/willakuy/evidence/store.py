"""Bytes as they arrived, named by their SHA-256, never edited.

A file is acknowledged only when it would survive a power cut: written to a temporary name, synced,
linked to its final name, the folder synced, and only then entered in the ledger by whoever called
(docs/architecture.md, "Order of writes").
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO

from willakuy.evidence.errors import BytesChanged, BytesMissing, DiskFull, NotAFile, NotWritten

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes in the store. ``is_new`` is false when they were there already."""

    sha256: str
    size: int
    is_new: bool


class EvidenceStore:
    """A folder ``evidence/sha256/ab/cd/abcd…``; files in it are read-only and are never written twice."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._tmp = root / "tmp"

    def path_of(self, sha256: str) -> Path:
        return self.root / "sha256" / sha256[:2] / sha256[2:4] / sha256

    def holds(self, sha256: str) -> bool:
        return self.path_of(sha256).is_file()

    def put_file(self, path: Path, progress: Callable[[int], None] | None = None) -> Kept:
        """Keep the file at ``path``. Constant memory, whatever its size.

        Args:
            progress: called with the number of bytes just kept.

        Raises:
            NotAFile: nothing there, a directory, a device.
            DiskFull, NotWritten: nothing was kept.
        """
        if path.is_dir():
            raise NotAFile(file=path, reason="it is a folder; add the files in it")
        try:
            with path.open("rb") as stream:
                return self.put(stream, name=str(path), progress=progress)
        except FileNotFoundError as e:
            raise NotAFile(file=path, reason="there is no such file") from e
        except PermissionError as e:
            raise NotAFile(file=path, reason="it may not be read") from e

    def put_bytes(self, data: bytes, name: str = "(made here)") -> Kept:
        """Keep bytes made here (a text layer, a mapping); ``name`` is for error messages."""
        return self.put(BytesIO(data), name=name)

    def put(self, stream: BinaryIO, name: str, progress: Callable[[int], None] | None = None) -> Kept:
        """Keep everything ``stream`` gives. See ``put_file``."""
        tmp = self._tmp / secrets.token_hex(8)
        try:
            self._tmp.mkdir(parents=True, exist_ok=True)
            try:
                sha256, size = _write_synced(stream, tmp, progress)
                return Kept(sha256, size, self._settle(tmp, sha256))
            finally:
                with contextlib.suppress(FileNotFoundError):
                    tmp.unlink()
        except OSError as e:
            if e.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(file=name, store=self.root) from e
            if e.filename == name:
                raise
            raise NotWritten(file=name, reason=e.strerror or str(e)) from e

    def _settle(self, tmp: Path, sha256: str) -> bool:
        """Give the synced file its final name; ``True`` when the bytes were not there before."""
        final = self.path_of(sha256)
        _make_folder(final.parent, self.root)
        try:
            tmp.chmod(0o444)
            os.link(tmp, final)
        except FileExistsError:
            if final.stat().st_size == tmp.stat().st_size:
                return False
            tmp.replace(final)  # a torn copy from a disk without hard links: the whole bytes take its place
        except OSError as e:
            if e.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS):
                raise
            tmp.replace(final)  # the disk has no hard links (FAT, some network folders)
        _sync_folder(final.parent)
        return True

    def open(self, sha256: str) -> BufferedReader:
        """Raises ``BytesMissing`` when the store does not hold them."""
        try:
            return self.path_of(sha256).open("rb")
        except FileNotFoundError as e:
            raise BytesMissing(sha256=sha256) from e

    def read(self, sha256: str) -> bytes:
        with self.open(sha256) as stream:
            return stream.read()

    def check(self, sha256: str) -> None:
        """Hash the kept bytes again.

        Raises:
            BytesMissing, BytesChanged
        """
        with self.open(sha256) as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != sha256:
            raise BytesChanged(sha256=sha256, found=found)

    def all(self) -> Iterator[str]:
        """Every hash the store holds, sorted."""
        folder = self.root / "sha256"
        if folder.is_dir():
            yield from sorted(p.name for p in folder.glob("??/??/*"))


def _write_synced(stream: BinaryIO, tmp: Path, progress: Callable[[int], None] | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with tmp.open("xb") as out:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
            size += len(chunk)
            if progress:
                progress(len(chunk))
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), size


def _make_folder(folder: Path, root: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, root)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
