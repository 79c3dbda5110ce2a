"""The few system calls durability rests on, in one place: syncing files, folders and whole file systems.

A sync that failed is never tried again on the same file: the kernel may have dropped the pages and would say "done".
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)
"""What a disk answers that has no hard links."""

UNFINISHED = (".willakuy-", ".part")
"""How the folder of a file outside the case is called while it is being written."""


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    if sys.platform == "win32":
        return  # NTFS journals names; a folder cannot be opened there
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_folder(folder: Path, root: Path) -> None:
    """Make ``folder`` and what is missing above it, down from ``root``, durably.

    A folder that is there already is synced all the same: whoever made it may have died before they could.
    """
    above = [folder, *folder.parents]
    for path in reversed(above[: above.index(root)]):
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def sync_all(root: Path, files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Make everything written below ``root`` durable: with one call where the system has it, else one by one."""
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if syncfs is None:
        for path in files:
            _sync_file(path)
        for folder in folders:
            sync_folder(folder)
        return
    fd = os.open(root, os.O_RDONLY)
    try:
        if syncfs(fd):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(root))
    finally:
        os.close(fd)


def _sync_file(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


class Stage:
    """A folder for what has no name yet. It is locked while its maker lives, and swept by the next one.

    It is called ``prefix``, something random and ``suffix``; of the folders of that form beside it, those whose makers
    died are removed, each after ``rescue`` has taken from it what must not be lost.
    """

    def __init__(
        self, above: Path, prefix: str = "", suffix: str = "", rescue: Callable[[Path], None] | None = None
    ) -> None:
        above.mkdir(parents=True, exist_ok=True)
        self.folder, self._fd = _locked_folder(above, prefix, suffix)
        self._n = 0
        for folder in above.glob(f"{prefix}*{suffix}"):
            if folder != self.folder:
                with contextlib.suppress(OSError):
                    _remove_if_dead(folder, rescue)

    def new(self) -> Path:
        """A path nothing is at."""
        self._n += 1
        return self.folder / f"{self._n:x}"

    def close(self) -> None:
        """Remove it. What cannot be removed now is swept by the next one."""
        with contextlib.suppress(OSError):
            shutil.rmtree(self.folder)
        with contextlib.suppress(OSError):
            os.close(self._fd)


def _locked_folder(above: Path, prefix: str, suffix: str) -> tuple[Path, int]:
    while True:
        folder = above / f"{prefix}{secrets.token_hex(8)}{suffix}"
        folder.mkdir()
        fd = os.open(folder, os.O_RDONLY)
        try:
            if _lock(fd) and folder.exists():
                return folder, fd
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)  # somebody swept it between making and locking


def _lock(fd: int) -> bool:
    if sys.platform == "win32":
        return True  # stages are never swept there
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: nobody can sweep there either
    return True


def _remove_if_dead(folder: Path, rescue: Callable[[Path], None] | None) -> None:
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if rescue:
            rescue(folder)
        shutil.rmtree(folder)
    finally:
        os.close(fd)


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that must be new: it gets its name when it is whole, and both are durable when the block has been left.

    Left by an error there is no file; what a writer who died left beside it is swept by the next one in that folder.

    Raises:
        FileExistsError: something is there; it was not touched.
        OSError
    """
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))
    stage = Stage(path.parent, *UNFINISHED)
    try:
        part = stage.new()
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(part, path)
        except OSError as e:
            if e.errno not in NO_LINKS:
                raise
            part.rename(path)  # the disk has no hard links (FAT, some network folders)
        sync_folder(path.parent)
    finally:
        stage.close()


def exchange(a: Path, b: Path) -> bool:
    """Give each the other's name in one step; ``False`` where the system cannot."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    at_cwd, swap = -100, 2
    return renameat2 is not None and renameat2(at_cwd, os.fsencode(a), at_cwd, os.fsencode(b), swap) == 0
