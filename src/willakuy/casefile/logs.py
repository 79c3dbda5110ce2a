"""The logs of a case as trees: heads, tiles and proofs made from the commitments in ``case.db``, read as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from willakuy.casefile.schema import ledger_entry
from willakuy.ledger import Checkpoint, GrowingTree, Note, TiledTree, open_checkpoint
from willakuy.ledger.tiles import WIDTH, Put, bundle_of, leaves_of, root_of_full_tile

if TYPE_CHECKING:
    from willakuy.ledger import Verifier

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


def head_in(note: str, log: Verifier) -> Checkpoint:
    """The head a kept note speaks of. Raises ``NoteNotValid``."""
    return open_checkpoint(Note.parse(note), log)
