"""Evidence in a folder: bytes as they arrived, named by their SHA-256, never edited.

A file is acknowledged only when it would survive a power cut: written to a temporary name, synced,
linked to its final name, the folder synced, and only then entered in the ledger by whoever called
(docs/architecture.md, "Order of writes"). A batch does each step for all its files before the next step.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path

from willakuy.evidence.copying import sha256_of
from willakuy.evidence.durable import NO_LINKS, make_folder, sync_all, sync_folder
from willakuy.evidence.errors import BytesMissing, BytesUnreadable
from willakuy.evidence.staging import Kept, Staged, Store, forget

_HEX = 64
"""Characters of a SHA-256 in hex."""


class EvidenceStore(Store):
    """A folder ``evidence/sha256/ab/abcd…``; files in it are read-only and are never written twice.

    Cases of earlier days have files one folder deeper, ``sha256/ab/cd/abcd…``; they stay where they are.

    For one thread at a time; several processes may use the folder together.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._top = f"{root}/sha256/"
        self._synced: set[Path] = set()

    def path_of(self, sha256: str) -> Path:
        """Where the bytes lie, or would lie."""
        return Path(self._place_of(sha256))

    def _place_of(self, sha256: str) -> str:
        """``path_of`` as text: a folder of ten thousand files asks ten thousand times."""
        deeper = f"{self._top}{sha256[:2]}/{sha256[2:4]}/{sha256}"
        return deeper if os.access(deeper, os.F_OK) else f"{self._top}{sha256[:2]}/{sha256}"

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
        is_new = _name(staged, str(final))
        sync_folder(final.parent)
        return Kept(staged.sha256, staged.size, is_new)

    def _settle_all(self, batch: list[tuple[Path, Staged]]) -> list[tuple[Path, Kept]]:
        """As ``_settle``, each step for all of them: sync the bytes, name them, sync the names."""
        with self._told(str(self.root)):
            sync_all(self.root, (staged.path for _, staged in batch), ())
            done, folders = [], set[str]()
            for path, staged in batch:
                final = self._place_of(staged.sha256)
                folder = final[: -_HEX - 1]
                if folder not in folders:
                    Path(folder).mkdir(parents=True, exist_ok=True)
                    folders.add(folder)
                done.append((path, Kept(staged.sha256, staged.size, _name(staged, final))))
            sync_all(self.root, (), _with_above(folders, self.root))
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
        folder = self.root / "sha256"
        names = {path.name for shape in ("??/*", "??/??/*") for path in folder.glob(shape) if len(path.name) == _HEX}
        yield from sorted(names)

    def strangers(self) -> Iterator[str]:
        """What lies among the kept bytes and has no place there."""
        folder = self.root / "sha256"
        if folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if not path.is_dir() and path != self.path_of(path.name):
                    yield path.relative_to(self.root).as_posix()


def _with_above(folders: Iterable[str], root: Path) -> Iterator[Path]:
    """Each of ``folders`` and what is above it, up to and with ``root``, once."""
    seen = set[Path]()
    for folder in map(Path, folders):
        above = [folder, *folder.parents]
        for path in above[: above.index(root) + 1]:
            if path not in seen:
                seen.add(path)
                yield path


def _name(staged: Staged, final: str) -> bool:
    """``True`` when the bytes were not there before, or no longer whole: then the whole ones take their place."""
    try:
        os.link(staged.path, final)
    except FileExistsError:
        if _is_whole(final, staged.sha256):
            forget(staged.path)
            return False
        staged.path.replace(final)
    except OSError as e:
        if e.errno not in NO_LINKS:
            raise
        staged.path.replace(final)  # the disk has no hard links (FAT, some network folders)
    else:
        forget(staged.path)
    return True


def _is_whole(path: str, sha256: str) -> bool:
    with contextlib.suppress(OSError), FileIO(path) as stream:
        return sha256_of(stream) == sha256
    return False
