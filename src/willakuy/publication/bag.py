"""A handover as a BagIt 1.0 bag (RFC 8493), its payload described by an RO-Crate; or the crate alone.

The bag's ``External-Identifier`` is the head of the ledger, so that whoever has that head from elsewhere (a printed page,
another partner) can tell that this bag is of that record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from willakuy import __version__
from willakuy.publication.crate import METADATA, Written, crate
from willakuy.publication.errors import FolderTaken
from willakuy.publication.folder import NewFolder
from willakuy.publication.handover import Handover

Progress = Callable[[int], None]
_QUIET: Progress = lambda _n: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Exported:
    path: Path
    n_files: int
    n_bytes: int


def export_bag(handover: Handover, out: Path, *, day: str, progress: Progress = _QUIET) -> Exported:
    """Write a bag to ``out``, which appears whole or not at all.

    Raises:
        FolderTaken, ReleaseNotWritten, ReleaseInterrupted
    """
    with _new(out) as folder:
        written = _put(folder, handover, "data/", progress)
        folder.put(f"data/{METADATA}", crate(handover, written, day))
        payload = list(folder.files)
        n_bytes = sum(size for _, size, _ in payload)
        folder.put("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        folder.put("bag-info.txt", _info(handover, day, n_bytes, len(payload)))
        folder.put("manifest-sha256.txt", _manifest(payload))
        folder.put("tagmanifest-sha256.txt", _manifest(folder.files[len(payload) :]))
        folder.settle()
    return Exported(out, len(payload), n_bytes)


def export_crate(handover: Handover, out: Path, *, day: str, progress: Progress = _QUIET) -> Exported:
    """Write the parts and their RO-Crate description to ``out``. Raises as ``export_bag`` does."""
    with _new(out) as folder:
        written = _put(folder, handover, "", progress)
        folder.put(METADATA, crate(handover, written, day))
        folder.settle()
    return Exported(out, len(folder.files), sum(size for _, size, _ in folder.files))


def _new(out: Path) -> NewFolder:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderTaken(path=out)
    return NewFolder(out)


def _put(folder: NewFolder, handover: Handover, under: str, progress: Progress) -> list[Written]:
    written = []
    for part in handover.parts:
        folder.put_chunks(under + part.name, part.chunks())
        _, size, sha256 = folder.files[-1]
        written.append(Written(part, size, sha256))
        progress(size)
    return written


def _manifest(files: list[tuple[str, int, str]]) -> bytes:
    return "".join(f"{sha256}  {_encoded(path)}\n" for path, _, sha256 in sorted(files)).encode()


def _encoded(path: str) -> str:
    """RFC 8493 2.1.3: the percent sign, and what would end a line."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _info(handover: Handover, day: str, n_bytes: int, n_files: int) -> bytes:
    lines = [
        f"Bagging-Date: {day}",
        f"Bag-Software-Agent: willakuy {__version__}",
        f"Payload-Oxum: {n_bytes}.{n_files}",
        f"External-Description: {' '.join(handover.title.split())}",
    ]
    if handover.root:
        lines.append(f"External-Identifier: {handover.root}")
    return ("\n".join(lines) + "\n").encode()
