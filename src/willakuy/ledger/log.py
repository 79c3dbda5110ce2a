"""One device's log: entries in the order the device recorded them, each at the next place, for ever.

A case is the union of its devices' logs. Folding them in the order ``(lamport, device, seq)`` gives every
copy of the case the same state, whatever order the logs arrived in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from willakuy.ledger.canonical import Json
from willakuy.ledger.entries import Entry, commitment_of, leaf_of_sealed
from willakuy.ledger.notes import Checkpoint
from willakuy.ledger.tree import leaf_hash, root_of


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry at its place. ``lamport`` is larger than that of anything the device had seen when it wrote it."""

    device: str
    seq: int
    lamport: int
    entry: Entry

    @property
    def order(self) -> tuple[int, str, int]:
        return self.lamport, self.device, self.seq


def fold_order(entries: Iterable[Logged]) -> list[Logged]:
    """The one order in which every copy of a case reads its logs."""
    return sorted(entries, key=lambda logged: logged.order)


def checkpoint_of(origin: str, commitments: Sequence[bytes]) -> Checkpoint:
    """The head of a log whose entries have these commitments, in order."""
    return Checkpoint(origin, len(commitments), root_of([leaf_hash(c) for c in commitments]))


def commitment(logged: Logged) -> bytes:
    return commitment_of(logged.entry.header)


def disclosed(entry: Entry, paths: Iterable[str]) -> dict[str, Json]:
    """The entry as a release shows it: header, the chosen fields with salt and place, the other leaves as hashes.

    A reader recomputes ``fields_root`` from it, and learns nothing of the fields kept back, not even how many
    of the remaining leaves are fields.
    """
    shown = set(paths)
    leaves = entry.leaves
    fields: list[Json] = []
    hidden: list[Json] = []
    for i, path in enumerate(sorted(entry.fields)):
        if path in shown and leaf_of_sealed(entry.fields[path]) is None:
            fields.append([i, path, entry.fields[path], entry.salts[i].hex()])
        else:
            hidden.append([i, leaves[i].hex()])
    hidden += [[i, leaves[i].hex()] for i in range(len(entry.fields), len(leaves))]
    return {"header": entry.header, "fields": fields, "hidden": hidden}
