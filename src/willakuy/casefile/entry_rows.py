"""The rows of the ledger as they lie in the database: checked one by one, and the one change they ever take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select, update

from willakuy.casefile.errors import LedgerDamaged
from willakuy.casefile.schema import ledger_entry, updates_allowed
from willakuy.casefile.stored import logged_of, row_of
from willakuy.ledger import commitment_of, erased, leaf_of_sealed, sealed_leaf

T = TypeVar("T")

_GONE = sealed_leaf(bytes(32))


def check_entries(connection: Connection, folder: Path) -> int:
    """Recompute every commitment; the number of entries.

    Raises:
        LedgerDamaged: names the first entry that is not what was recorded.
    """
    n, expected = 0, dict[str, int]()
    for row in connection.execute(select(ledger_entry).order_by(ledger_entry.c.device, ledger_entry.c.seq)):
        device, seq = row.device, row.seq
        if seq != expected.get(device, 0):
            raise LedgerDamaged(path=folder, seq=seq, device=device, reason="an entry before it is missing")
        expected[device] = seq + 1
        try:
            entry = logged_of(row._mapping).entry
            found = commitment_of(entry.header)
        except ValueError as e:
            raise LedgerDamaged(path=folder, seq=seq, device=device, reason=str(e)) from e
        if found != bytes(row.commitment):
            raise LedgerDamaged(path=folder, seq=seq, device=device, reason="its commitment differs")
        if (entry.fields.get("entry.device"), entry.fields.get("entry.lamport")) != (device, row.lamport):
            raise LedgerDamaged(path=folder, seq=seq, device=device, reason="its place differs")
        n += 1
    return n


def destroy_values(connection: Connection, folder: Path, wanted: Mapping[tuple[str, int], Collection[str]]) -> int:
    """Overwrite the values and salts of these paths of these entries by their commitments; how many were still there.

    Raises:
        LedgerDamaged: an entry's commitment would change.
    """
    n = 0
    for (device, seq), paths in wanted.items():
        place = (ledger_entry.c.device == device) & (ledger_entry.c.seq == seq)
        row = connection.execute(select(ledger_entry).where(place)).first()
        if row is None:
            continue
        logged = logged_of(row._mapping)
        left = [p for p in paths if leaf_of_sealed(logged.entry.fields.get(p, _GONE)) is None]
        if not left:
            continue
        after = replace(logged, entry=erased(logged.entry, left))
        if commitment_of(after.entry.header) != bytes(row.commitment):
            raise LedgerDamaged(path=folder, seq=seq, device=device, reason="its commitment differs")
        with updates_allowed(connection):
            connection.execute(update(ledger_entry).where(place).values(**row_of(after)))
        n += len(left)
    return n


def batched(items: Iterable[T], n: int) -> Iterator[list[T]]:
    """Lists of up to ``n``; what ``itertools.batched`` does from Python 3.12 on."""
    rest = iter(items)
    while batch := list(islice(rest, n)):
        yield batch
