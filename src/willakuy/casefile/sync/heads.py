"""What a copy of a case knows of each device's log: how far it goes, who signed it, who has checked it, who forked it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from willakuy.casefile.devices import KnownDevice
from willakuy.casefile.schema import checkpoint, cosignature, fork
from willakuy.ledger import Note, NoteNotValid, Signature


@dataclass(frozen=True, slots=True)
class Heads:
    """For each device: its signed notes by size, with every cosignature known, and the proofs that it forked its log."""

    notes: Mapping[str, Mapping[int, Note]]
    forks: Mapping[str, tuple[str, ...]]

    def latest(self, device: str) -> tuple[int, Note] | None:
        """The longest signed head of a log, and its size."""
        held = self.notes.get(device)
        return max(held.items(), key=lambda item: item[0]) if held else None

    def checked_by(self, cosigner: KnownDevice, device: str) -> int:
        """The largest head of ``device`` that ``cosigner`` has cosigned; 0 for none."""
        return max((size for size, note in self.notes.get(device, {}).items() if cosigned(note, cosigner)), default=0)

    def worth_telling(self, device: str, known: Mapping[str, KnownDevice]) -> list[str]:
        """The longest head, and for each device that cosigned, the longest it cosigned."""
        held = self.notes.get(device, {})
        wanted = {max(held, default=0), *(self.checked_by(other, device) for other in known.values())}
        return [str(held[size]) for size in sorted(wanted) if size in held]


def cosigned(note: Note, by: KnownDevice) -> bool:
    """Whether ``by`` cosigned ``note``; a line that does not hold counts for nothing."""
    return any(holds(note, line, by) for line in note.signatures)


def holds(note: Note, line: Signature, by: KnownDevice) -> bool:
    if not by.cosigner.made(line):
        return False
    try:
        return bool(by.cosigner.times_signed(Note(note.text, (line,))))
    except NoteNotValid:
        return False


def read_heads(connection: Connection) -> Heads:
    lines: dict[tuple[str, int], list[Signature]] = {}
    for device, size, line in connection.execute(select(cosignature).order_by(cosignature.c.line)):
        lines.setdefault((device, size), []).append(Note.parse(f"-\n\n{line}").signatures[0])
    notes: dict[str, dict[int, Note]] = {}
    for device, size, note in connection.execute(select(checkpoint)):
        notes.setdefault(device, {})[size] = Note.parse(note).with_signatures(lines.get((device, size), ()))
    forks: dict[str, list[str]] = {}
    for device, evidence in connection.execute(select(fork).order_by(fork.c.evidence)):
        forks.setdefault(device, []).append(evidence)
    return Heads(notes, {device: tuple(found) for device, found in forks.items()})
