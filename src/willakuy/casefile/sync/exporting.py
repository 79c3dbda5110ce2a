"""Making a bundle: everything, or what a given device is not known to have."""

from __future__ import annotations

import base64
import errno
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from sqlalchemy import Connection, select

from willakuy.casefile.case import Case
from willakuy.casefile.devices import KnownDevice, known_devices
from willakuy.casefile.logs import sizes_of, tree_of
from willakuy.casefile.references import evidence_in, sealed_in
from willakuy.casefile.schema import ledger_entry
from willakuy.casefile.sync.bundle import FORMAT, MANIFEST, LogPart, Manifest, line_of
from willakuy.casefile.sync.errors import FileNotWritten, FileTaken, NoSuchDevice
from willakuy.casefile.sync.framing import BundleWriter
from willakuy.casefile.sync.heads import Heads, read_heads
from willakuy.casefile.sync.sealed import encrypt
from willakuy.evidence import new_file
from willakuy.i18n import gettext

_ROWS = 500
_CHUNK = 1 << 20

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """``entries`` and ``files`` count what is in the bundle; ``unsigned`` what other devices have not signed yet.

    ``absent`` counts files that entries speak of and this copy does not have.
    """

    path: Path
    size: int
    entries: int
    files: int
    unsigned: int
    absent: int


def export_bundle(
    case: Case,
    path: Path,
    *,
    to: str | None = None,
    seal_to: Collection[str] = (),
    progress: Progress | None = None,
) -> Exported:
    """Write a bundle to ``path``, which must be new. This device signs its log first; nothing else changes.

    Args:
        to: leave out what this device is known to have (it signed or cosigned it); everything by default.
        seal_to: public age keys; the bundle is encrypted to them, and nothing in clear lies beside it even for a moment.
        progress: called with the number of entries or files just written.

    Raises:
        NoSuchDevice, NotARecipient, FileTaken, FileNotWritten: no bundle was left.
    """
    if path.exists():
        raise FileTaken(file=path)
    if case.has_recorded():
        case.sign_checkpoint()
    try:
        with case.looking() as connection, new_file(path) as out:
            told = progress or (lambda _n: None)
            if seal_to:
                with tempfile.TemporaryFile(dir=case.folder) as clear:  # without a name, on the disk of the case itself
                    written = _write(case, connection, clear, to, told)
                    clear.seek(0)
                    encrypt(clear, out, seal_to)
            else:
                written = _write(case, connection, out, to, told)
    except FileExistsError as e:
        raise FileTaken(file=path) from e
    except OSError as e:
        full = e.errno in (errno.ENOSPC, errno.EDQUOT)
        raise FileNotWritten(file=path, reason=gettext("the disk is full") if full else e.strerror or str(e)) from e
    return Exported(path, path.stat().st_size, *written)


def _write(
    case: Case, connection: Connection, out: BinaryIO, to: str | None, told: Progress
) -> tuple[int, int, int, int]:
    known, heads = known_devices(connection, case.device.case_id), read_heads(connection)
    if to is not None and to not in known:
        raise NoSuchDevice(device=to)
    sizes = sizes_of(connection)
    parts = [part for device in sizes if (part := _part(connection, device, known, heads, to))]
    evidence, sealed = _spoken_of(connection, parts)
    absent = sorted(h for h in evidence if not case.evidence.holds(h))
    manifest = Manifest(
        FORMAT,
        case.device.case_id,
        case.device.device_id,
        (case.folder / "case.toml").read_text("utf-8"),
        parts,
        [proof for device in sorted(heads.forks) for proof in heads.forks[device]],
        absent,
    )
    writer = BundleWriter(out)
    with writer.member(MANIFEST) as write:
        write(msgspec.json.encode(manifest))
    for part in parts:
        with writer.member(f"logs/{part.device}.jsonl") as write:
            for rows in _rows(connection, part):
                write(b"".join(line_of(row) for row in rows))
                told(len(rows))
    n_files = 0
    for folder, store, wanted in (("objects", case.evidence, evidence), ("sealed", case.vault, sealed)):
        for sha256 in sorted(
            h for h in wanted if store.holds(h)
        ):  # what is sealed may have been sealed anew, or erased
            with writer.member(f"{folder}/{sha256}") as write, store.open(sha256) as source:
                while chunk := source.read(_CHUNK):
                    write(chunk)
            n_files += 1
            told(1)
    writer.close()
    n_signed = {part.device: part.size for part in parts}
    return (
        sum(part.size - part.start for part in parts),
        n_files,
        sum(size - n_signed.get(device, 0) for device, size in sizes.items()),
        len(absent),
    )


def _part(
    connection: Connection, device: str, known: dict[str, KnownDevice], heads: Heads, to: str | None
) -> LogPart | None:
    """What to tell of a log: up to its longest signed head, from where ``to`` is known to be; ``None``: it is not signed."""
    latest = heads.latest(device)
    if latest is None:
        return None
    size = latest[0]
    start = 0
    if to is not None:
        start = size if to == device else heads.checked_by(known[to], device)
    tree = tree_of(connection, device, size)
    proof = [base64.b64encode(h).decode() for h in tree.consistency(start)] if start else []
    root = base64.b64encode(tree.root(start)).decode()
    return LogPart(device, start, size, root, proof, heads.worth_telling(device, known))


def _spoken_of(connection: Connection, parts: Iterable[LogPart]) -> tuple[set[str], set[str]]:
    """Hashes of the evidence and of the sealed files that the entries of ``parts`` speak of."""
    evidence, sealed = set[str](), set[str]()
    for part in parts:
        for rows in _rows(connection, part):
            for row in rows:
                fields = msgspec.json.decode(row.fields)
                evidence |= evidence_in(fields)
                sealed |= sealed_in(fields)
    return evidence, sealed


def _rows(connection: Connection, part: LogPart) -> Iterator[Sequence[Any]]:
    """The rows of a part in order, some hundreds at a time."""
    mine = ledger_entry.c
    wanted = (mine.device == part.device) & (mine.seq >= part.start) & (mine.seq < part.size)
    query = select(ledger_entry).where(wanted).order_by(mine.seq)
    yield from connection.execution_options(yield_per=_ROWS).execute(query).partitions()
