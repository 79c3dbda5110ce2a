"""Evidence in a folder: bytes as they arrived, named by their SHA-256, never edited.

A file is acknowledged only when it would survive a power cut: written to a temporary name, synced,
linked to its final name, the folder synced, and only then entered in the ledger by whoever called
(docs/architecture.md, "Order of writes"). A batch does each step for all its files before the next step.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from willakuy.evidence.copying import sha256_of
from willakuy.evidence.durable import make_folder, sync_all, sync_folder
from willakuy.evidence.errors import BytesMissing, BytesUnreadable
from willakuy.evidence.staging import Kept, Staged, Store, forget

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


class EvidenceStore(Store):
    """A folder ``evidence/sha256/ab/cd/abcd…``; files in it are read-only and are never written twice.

    For one thread at a time; several processes may use the folder together.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._synced: set[Path] = set()

    def path_of(self, sha256: str) -> Path:
        return self.root / "sha256" / sha256[:2] / sha256[2:4] / sha256

    def holds(self, sha256: str) -> bool:
        return self.path_of(sha256).is_file()

    def _settle(self, staged: Staged) -> Kept:
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

    def _settle_all(self, batch: list[tuple[Path, Staged]]) -> list[tuple[Path, Kept]]:
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

    def all(self) -> Iterator[str]:
        """Every hash the store holds, sorted."""
        for path in sorted((self.root / "sha256").glob("??/??/*")):
            yield path.name

    def strangers(self) -> Iterator[str]:
        """What lies among the kept bytes and has no place there."""
        folder = self.root / "sha256"
        if folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if not path.is_dir() and path != self.path_of(path.name):
                    yield path.relative_to(self.root).as_posix()


def _name(staged: Staged, final: Path) -> bool:
    """``True`` when the bytes were not there before, or no longer whole: then the whole ones take their place."""
    try:
        os.link(staged.path, final)
    except FileExistsError:
        if _is_whole(final, staged.sha256):
            forget(staged.path)
            return False
        staged.path.replace(final)
    except OSError as e:
        if e.errno not in _NO_LINKS:
            raise
        staged.path.replace(final)  # the disk has no hard links (FAT, some network folders)
    else:
        forget(staged.path)
    return True


def _is_whole(path: Path, sha256: str) -> bool:
    with contextlib.suppress(OSError), FileIO(path) as stream:
        return sha256_of(stream) == sha256
    return False
