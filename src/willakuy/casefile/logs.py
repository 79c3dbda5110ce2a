"""The logs of a case as trees: heads, tiles and proofs made from the commitments in ``case.db``, read as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from willakuy.casefile.errors import LedgerDamaged, NoCaseHere
from willakuy.casefile.keys import Device, may_sign, new_device, read_device
from willakuy.casefile.schema import checkpoint, ledger_entry
from willakuy.casefile.stored import logged_of
from willakuy.ledger import Checkpoint, Entropy, GrowingTree, TiledTree, sign
from willakuy.ledger.tiles import WIDTH, Put, bundle_of, leaves_of, root_of_full_tile

_ROWS = 4096


def sizes_of(connection: Connection) -> dict[str, int]:
    """Device to the number of entries in its log, sorted by device."""
    query = select(ledger_entry.c.device, func.count()).group_by(ledger_entry.c.device).order_by(ledger_entry.c.device)
    return {str(device): int(n) for device, n in connection.execute(query)}


def commitments_of(connection: Connection, device: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The entries ``[start, end)`` of a log, in order, a few thousand in memory at a time."""
    wanted = (ledger_entry.c.device == device) & (ledger_entry.c.seq >= start)
    if end is not None:
        wanted &= ledger_entry.c.seq < end
    query = select(ledger_entry.c.commitment).where(wanted).order_by(ledger_entry.c.seq)
    for rows in connection.execution_options(yield_per=_ROWS).execute(query).partitions():
        for row in rows:
            yield bytes(row[0])


def roots_at(connection: Connection, device: str, sizes: Iterable[int]) -> dict[int, bytes]:
    """The root of a log at each of ``sizes`` that it has reached, in one pass."""
    tree, held, roots = GrowingTree(), commitments_of(connection, device), {}
    for size in sorted(set(sizes)):
        tree.extend(c for _, c in zip(range(size - tree.size), held, strict=False))
        if tree.size == size:
            roots[size] = tree.root()
    return roots


def hand_out_tiles(connection: Connection, device: str, size: int, put: Put) -> None:
    """Give ``put`` every file of the C2SP tlog-tiles layout of the log at ``size`` entries, but its checkpoint."""
    tree = GrowingTree(put)
    tree.extend(commitments_of(connection, device, end=size))
    tree.hand_out_partial()


def tree_of(connection: Connection, device: str, size: int) -> TiledTree:
    """The log at ``size`` entries, to make proofs with; its tiles are made from the database when they are needed."""

    def read(level: int, n: int, width: int) -> bytes:
        if level == 0:
            first = n * WIDTH
            return b"".join(leaves_of(bundle_of(commitments_of(connection, device, first, first + width))))
        below = range(n * WIDTH, n * WIDTH + width)
        return b"".join(root_of_full_tile(read(level - 1, i, WIDTH)) for i in below)

    return TiledTree(size, read)


def device_here(folder: Path, connection: Connection, entropy: Entropy) -> tuple[Device, Device | None]:
    """The device that records in ``folder``: the one whose key is there, or in a copy a new one, and the one before it.

    Raises:
        NoCaseHere: the ledger is empty, so that nobody can tell which case this is.
    """
    found = read_device(folder)
    if found is not None and may_sign(folder, sizes_of(connection).get(found.device_id, 0)):
        return found, None
    query = select(ledger_entry).where(ledger_entry.c.seq == 0).order_by(ledger_entry.c.lamport).limit(1)
    first = connection.execute(query).first()
    if first is None:
        raise NoCaseHere(path=folder / "case.db")
    vkey = str(logged_of(first._mapping).entry.fields.get("vkey", ""))
    case_id = found.case_id if found is not None else vkey.split("/")[1] if vkey.count("/") == 2 else entropy(8).hex()
    return new_device(case_id, entropy), found


def sign_head(connection: Connection, device: Device, folder: Path, size: int | None = None) -> tuple[str, int]:
    """The note with which ``device`` signs its log at ``size`` entries (all by default), entered as signed; and the size.

    Raises:
        LedgerDamaged: it was signed before, and differently.
    """
    length = sizes_of(connection).get(device.device_id, 0)
    wanted = length if size is None else size
    if not 0 <= wanted <= length:
        raise ValueError(f"no log of {wanted} entries in one of {length}")
    root = roots_at(connection, device.device_id, [wanted])[wanted]
    note = sign(Checkpoint(device.key.name, wanted, root), device.key)
    same = (checkpoint.c.device == device.device_id) & (checkpoint.c.size == wanted)
    known = connection.execute(select(checkpoint.c.note).where(same)).scalar()
    if known is None:
        connection.execute(insert(checkpoint), {"device": device.device_id, "size": wanted, "note": note})
    elif known != note:
        raise LedgerDamaged(path=folder, seq=wanted, device=device.device_id, reason="a signed checkpoint differs")
    return note, wanted


def close_log(connection: Connection, device: Device) -> int:
    """Sign the log of the device this copy was made from as it is here, for the last time; its size.

    What is here is the beginning of what that device holds, so the two can never disagree.
    """
    size = sizes_of(connection).get(device.device_id, 0)
    if size:
        sign_head(connection, device, Path(), size)
    return size
