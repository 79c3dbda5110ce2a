"""What every store of evidence offers, and the half of it that is the same wherever the bytes end up.

Bytes are first put down under a temporary name on this machine while they are hashed; each store then gives them
their place, ``sha256/ab/cd/abcd…``, in its own way. They are acknowledged only when they are durable there.
"""

from __future__ import annotations

import contextlib
import errno
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, FileIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, cast

from willakuy.evidence.copying import Copier, Readable, sha256_of
from willakuy.evidence.durable import Stage
from willakuy.evidence.errors import BytesChanged, BytesUnreadable, DiskFull, NotAFile, NotWritten
from willakuy.i18n import gettext

Progress = Callable[[int], None]

READ_ONLY = 0o444
BATCH_FILES = 4000
BATCH_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes in the store. ``is_new`` is false when they were there already."""

    sha256: str
    size: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Staged:
    path: Path
    sha256: str
    size: int


class Store(ABC):
    """Bytes by their SHA-256, never edited. Callers know nothing of where they lie: they stream them with ``open``.

    ``root`` is a folder of this machine, for what has no name yet. For one thread at a time; several processes may
    use the same place together.
    """

    syncs: ClassVar[bool] = True
    """Whether what has no name yet must be durable on this machine before it gets one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._copier = Copier()
        self._stage: Stage | None = None

    @abstractmethod
    def holds(self, sha256: str) -> bool:
        """Whether the bytes are there; whether they are whole, ``check`` tells."""

    @abstractmethod
    def open(self, sha256: str) -> RawIOBase:
        """The kept bytes as a stream, in constant memory.

        Raises:
            BytesMissing, BytesUnreadable, StoreNotReached, StoreRefused: also while they are read.
        """

    @abstractmethod
    def all(self) -> Iterator[str]:
        """Every hash the store holds, sorted."""

    @abstractmethod
    def strangers(self) -> Iterator[str]:
        """What lies among the kept bytes and has no place there."""

    @abstractmethod
    def _settle(self, staged: Staged) -> Kept:
        """Give the bytes their place, durably; the temporary file is gone then."""

    @abstractmethod
    def _settle_all(self, batch: list[tuple[Path, Staged]]) -> list[tuple[Path, Kept]]:
        """As ``_settle``, for many; when it comes back all of them are durable."""

    def close(self) -> None:
        """Remove the temporary folder. Left out, the next writer does it."""
        if self._stage is not None:
            self._stage.close()
            self._stage = None

    def put_file(self, path: Path, progress: Progress | None = None) -> Kept:
        """Keep the file at ``path``. Constant memory, whatever its size.

        Args:
            progress: called with the number of bytes just kept.

        Raises:
            NotAFile: nothing there, a directory, a device.
            DiskFull, NotWritten, StoreNotReached, StoreRefused: nothing was kept.
        """
        with _source(path) as stream:
            return self.put(stream, name=str(path), progress=progress)

    def put_bytes(self, data: bytes, name: str = "(made here)") -> Kept:
        """Keep bytes made here (a text layer, a mapping); ``name`` is for error messages."""
        return self.put(BytesIO(data), name=name)

    def put(self, stream: Readable | BinaryIO, name: str, progress: Progress | None = None) -> Kept:
        """Keep everything ``stream`` gives. See ``put_file``."""
        with self._told(name):
            staged = self._write(stream, progress, is_synced=self.syncs)
            try:
                return self._settle(staged)
            except BaseException:
                forget(staged.path)
                raise

    def put_files(
        self, paths: Iterable[Path], progress: Progress | None = None, *, n_files: int = BATCH_FILES
    ) -> Iterator[list[tuple[Path, Kept]]]:
        """Keep many files; each list that comes back is durable as a whole, in the order of ``paths``.

        A list ends at ``n_files`` files or ``BATCH_BYTES`` bytes. Enter it in the ledger before asking for the next.

        Raises:
            NotAFile, DiskFull, NotWritten: after the list of the files before the one it names.
        """
        batch: list[tuple[Path, Staged]] = []
        n_bytes = 0
        try:
            for path in paths:
                try:
                    with _source(path) as stream, self._told(str(path)):
                        batch.append((path, self._write(stream, progress, is_synced=False)))
                except (NotAFile, NotWritten, DiskFull):
                    if batch:
                        yield self._settle_all(batch)
                    raise
                n_bytes += batch[-1][1].size
                if len(batch) == n_files or n_bytes >= BATCH_BYTES:
                    yield self._settle_all(batch)
                    batch, n_bytes = [], 0
            if batch:
                yield self._settle_all(batch)
        finally:
            for _, staged in batch:
                forget(staged.path)

    def _write(self, stream: Readable | BinaryIO, progress: Progress | None, *, is_synced: bool) -> Staged:
        """Everything ``stream`` gives, in a file without a name; left early, nothing of it stays."""
        if self._stage is None:
            self._stage = Stage(self.root / "tmp")
        path = self._stage.new()
        try:
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_ONLY)
            try:
                sha256, size = self._copier.copy(cast(Readable, stream), fd, progress)
                if is_synced or (self.syncs and size >= BATCH_BYTES):
                    os.fsync(fd)
            finally:
                os.close(fd)
        except BaseException:
            forget(path)
            raise
        return Staged(path, sha256, size)

    @contextlib.contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """What the system said, as an error that a person can act on."""
        try:
            yield
        except OSError as e:
            if e.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(file=name, store=self.root) from e
            raise NotWritten(file=name, reason=e.strerror or str(e)) from e

    def read(self, sha256: str) -> bytes:
        """All of the kept bytes. Raises as ``open``."""
        with self.open(sha256) as stream, read_told(sha256):
            return stream.readall()

    def check(self, sha256: str, progress: Progress | None = None) -> None:
        """Hash the kept bytes again.

        Raises:
            BytesMissing, BytesUnreadable, BytesChanged
        """
        with self.open(sha256) as stream, read_told(sha256):
            found = sha256_of(stream, progress)
        if found != sha256:
            raise BytesChanged(sha256=sha256, found=found)


def forget(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


class _Source(FileIO):
    """A file being read in; the trouble it makes is told apart from trouble with the store."""

    def readinto(self, buffer: Any, /) -> int | None:
        try:
            return super().readinto(buffer)
        except OSError as e:
            raise NotAFile(file=self.name, reason=gettext("it cannot be read ({said})").format(said=e.strerror)) from e


def _source(path: Path) -> _Source:
    try:
        return _Source(path)
    except IsADirectoryError as e:
        raise NotAFile(file=path, reason=gettext("it is a folder; add the files in it")) from e
    except (FileNotFoundError, NotADirectoryError) as e:
        raise NotAFile(file=path, reason=gettext("there is no such file")) from e
    except PermissionError as e:
        raise NotAFile(file=path, reason=gettext("it may not be read")) from e
    except OSError as e:
        raise NotAFile(file=path, reason=gettext("it cannot be read ({said})").format(said=e.strerror)) from e


@contextlib.contextmanager
def read_told(sha256: str) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        raise BytesUnreadable(sha256=sha256, reason=e.strerror or str(e)) from e
