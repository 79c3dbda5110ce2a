"""Bytes as they arrived, named by their SHA-256, never edited.

A file is acknowledged only when it would survive a power cut: written to a temporary name, synced,
linked to its final name, the folder synced, and only then entered in the ledger by whoever called
(docs/architecture.md, "Order of writes"). A batch does each step for all its files before the next step.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from willakuy.evidence.copying import Copier, Readable, sha256_of
from willakuy.evidence.durable import Stage, make_folder, sync_all, sync_folder
from willakuy.evidence.errors import BytesChanged, BytesMissing, BytesUnreadable, DiskFull, NotAFile, NotWritten
from willakuy.i18n import gettext

Progress = Callable[[int], None]

READ_ONLY = 0o444
BATCH_FILES = 1000
BATCH_BYTES = 64 << 20
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes in the store. ``is_new`` is false when they were there already."""

    sha256: str
    size: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Staged:
    path: Path
    sha256: str
    size: int


class EvidenceStore:
    """A folder ``evidence/sha256/ab/cd/abcd…``; files in it are read-only and are never written twice.

    For one thread at a time; several processes may use the folder together.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._copier = Copier()
        self._stage: Stage | None = None
        self._synced: set[Path] = set()

    def close(self) -> None:
        """Remove the temporary folder. Left out, the next writer does it."""
        if self._stage is not None:
            self._stage.close()
            self._stage = None

    def path_of(self, sha256: str) -> Path:
        return self.root / "sha256" / sha256[:2] / sha256[2:4] / sha256

    def holds(self, sha256: str) -> bool:
        return self.path_of(sha256).is_file()

    def put_file(self, path: Path, progress: Progress | None = None) -> Kept:
        """Keep the file at ``path``. Constant memory, whatever its size.

        Args:
            progress: called with the number of bytes just kept.

        Raises:
            NotAFile: nothing there, a directory, a device.
            DiskFull, NotWritten: nothing was kept.
        """
        with _source(path) as stream:
            return self.put(stream, name=str(path), progress=progress)

    def put_bytes(self, data: bytes, name: str = "(made here)") -> Kept:
        """Keep bytes made here (a text layer, a mapping); ``name`` is for error messages."""
        return self.put(BytesIO(data), name=name)

    def put(self, stream: Readable | BinaryIO, name: str, progress: Progress | None = None) -> Kept:
        """Keep everything ``stream`` gives. See ``put_file``."""
        with self._told(name):
            staged = self._write(stream, progress, is_synced=True)
            try:
                return self._settle(staged)
            except BaseException:
                _forget(staged.path)
                raise

    def put_files(
        self, paths: Iterable[Path], progress: Progress | None = None, *, n_files: int = BATCH_FILES
    ) -> Iterator[list[tuple[Path, Kept]]]:
        """Keep many files; each list that comes back is durable as a whole, in the order of ``paths``.

        A list ends at ``n_files`` files or ``BATCH_BYTES`` bytes. Enter it in the ledger before asking for the next.

        Raises:
            NotAFile, DiskFull, NotWritten: after the list of the files before the one it names.
        """
        batch: list[tuple[Path, _Staged]] = []
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
                _forget(staged.path)

    def _write(self, stream: Readable | BinaryIO, progress: Progress | None, *, is_synced: bool) -> _Staged:
        """Everything ``stream`` gives, in a file without a name; left early, nothing of it stays."""
        if self._stage is None:
            self._stage = Stage(self.root / "tmp")
        path = self._stage.new()
        try:
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_ONLY)
            try:
                sha256, size = self._copier.copy(cast(Readable, stream), fd, progress)
                if is_synced or size >= BATCH_BYTES:
                    os.fsync(fd)
            finally:
                os.close(fd)
        except BaseException:
            _forget(path)
            raise
        return _Staged(path, sha256, size)

    def _settle(self, staged: _Staged) -> Kept:
        """Give a synced file its final name, and make the name durable.

        The folder is synced even when the bytes were there: who put them may have died before they could.
        """
        final = self.path_of(staged.sha256)
        if final.parent not in self._synced:
            make_folder(final.parent, self.root)
            self._synced.add(final.parent)
        is_new = _name(staged, final)
        sync_folder(final.parent)
        return Kept(staged.sha256, staged.size, is_new)

    def _settle_all(self, batch: list[tuple[Path, _Staged]]) -> list[tuple[Path, Kept]]:
        """As ``_settle``, each step for all of them: sync the bytes, name them, sync the names."""
        with self._told(str(self.root)):
            sync_all(self.root, (staged.path for _, staged in batch), ())
            done, folders = [], dict[Path, None]()
            for path, staged in batch:
                final = self.path_of(staged.sha256)
                final.parent.mkdir(parents=True, exist_ok=True)
                folders.update(dict.fromkeys([final.parent, *final.parents[1:4]]))
                done.append((path, Kept(staged.sha256, staged.size, _name(staged, final))))
            sync_all(self.root, (), folders)
            return done

    @contextlib.contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """What the system said, as an error that a person can act on."""
        try:
            yield
        except OSError as e:
            if e.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(file=name, store=self.root) from e
            raise NotWritten(file=name, reason=e.strerror or str(e)) from e

    def open(self, sha256: str) -> FileIO:
        """The kept bytes, unbuffered.

        Raises:
            BytesMissing, BytesUnreadable
        """
        try:
            return FileIO(self.path_of(sha256))
        except (FileNotFoundError, NotADirectoryError) as e:
            raise BytesMissing(sha256=sha256) from e
        except OSError as e:
            raise BytesUnreadable(sha256=sha256, reason=e.strerror or str(e)) from e

    def read(self, sha256: str) -> bytes:
        """All of the kept bytes. Raises as ``open``."""
        with self.open(sha256) as stream, _read_told(sha256):
            return stream.readall()

    def check(self, sha256: str, progress: Progress | None = None) -> None:
        """Hash the kept bytes again.

        Raises:
            BytesMissing, BytesUnreadable, BytesChanged
        """
        with self.open(sha256) as stream, _read_told(sha256):
            found = sha256_of(stream, progress)
        if found != sha256:
            raise BytesChanged(sha256=sha256, found=found)

    def all(self) -> Iterator[str]:
        """Every hash the store holds, sorted."""
        for path in sorted((self.root / "sha256").glob("??/??/*")):
            yield path.name

    def strangers(self) -> Iterator[Path]:
        """What lies among the kept bytes and has no place there."""
        folder = self.root / "sha256"
        if folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if not path.is_dir() and path != self.path_of(path.name):
                    yield path


def _name(staged: _Staged, final: Path) -> bool:
    """``True`` when the bytes were not there before, or no longer whole: then the whole ones take their place."""
    try:
        os.link(staged.path, final)
    except FileExistsError:
        if _is_whole(final, staged.sha256):
            _forget(staged.path)
            return False
        staged.path.replace(final)
    except OSError as e:
        if e.errno not in _NO_LINKS:
            raise
        staged.path.replace(final)  # the disk has no hard links (FAT, some network folders)
    else:
        _forget(staged.path)
    return True


def _is_whole(path: Path, sha256: str) -> bool:
    with contextlib.suppress(OSError), FileIO(path) as stream:
        return sha256_of(stream) == sha256
    return False


def _forget(path: Path) -> None:
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
def _read_told(sha256: str) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        raise BytesUnreadable(sha256=sha256, reason=e.strerror or str(e)) from e
