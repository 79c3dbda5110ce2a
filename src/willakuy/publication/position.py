"""Where a release is frozen in the ledger, and the case as it stood there.

A release is of the ledger up to its last entry that is not itself a release: publishing an unchanged case again is
the same release. The corpus is folded from the entries up to that place, so that what is published is exactly what
the signed checkpoint commits to, and an earlier release can be recomputed to say what has changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from willakuy import __version__
from willakuy.casefile import Case, Settings, value_of
from willakuy.casefile.projections import takes_place
from willakuy.ledger import Logged, canonical
from willakuy.statements.corpus import Corpus, PairProposal

RELEASE = "release"
_ID_FIELD = {
    "source": "source_id",
    "document": "document_id",
    "statement": "statement_id",
    "judgement": "judgement_id",
    "scope": "scope_id",
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """How many entries of each device's log a release speaks of; ``device`` is the one that signs."""

    device: str
    sizes: tuple[tuple[str, int], ...]

    @property
    def size(self) -> int:
        return dict(self.sizes).get(self.device, 0)

    def holds(self, logged: Logged) -> bool:
        return logged.seq < dict(self.sizes).get(logged.device, 0)


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """What the ledger says of one release. ``seq`` is the place of that entry in its device's log."""

    number: int
    frozen: Frozen
    manifest_sha256: str
    made_by: str
    seq: int


def freeze(entries: Iterable[Logged], device: str) -> Frozen:
    """The ledger as it stands, without the release entries at the end of this device's own log.

    Other devices' logs end where their devices signed them, which only they can do: nothing of them is left out.
    """
    sizes: dict[str, int] = {device: 0}
    for logged in entries:
        if logged.entry.kind != RELEASE or logged.device != device:
            sizes[logged.device] = max(sizes.get(logged.device, 0), logged.seq + 1)
    return Frozen(device, tuple(sorted(sizes.items())))


def earlier_releases(entries: Iterable[Logged]) -> list[EarlierRelease]:
    """Releases that the ledger records, of every device, in ledger order."""
    out = []
    for logged in entries:
        if logged.entry.kind == RELEASE:
            fields: Mapping[str, Any] = logged.entry.fields
            sizes = tuple((str(d), int(n)) for d, n in fields["frozen"])
            frozen = Frozen(logged.device, sizes)
            made_by, digest = str(fields["made_by"]), str(fields["manifest_sha256"])
            out.append(EarlierRelease(int(fields["number"]), frozen, digest, made_by, logged.seq))
    return out


def made_by(settings: Settings) -> str:
    """The program's version and a digest of the settings that show in a release: other ones, other bytes."""
    shown = {n: str(getattr(settings, n)) for n in Settings.__dataclass_fields__ if n != "coder"}
    return f"willakuy {__version__} {hashlib.sha256(canonical(shown)).hexdigest()[:16]}"


class LedgerIndex:
    """Entries up to a frozen place: the corpus they make, and the entry behind each of its values."""

    def __init__(self, case: Case, entries: Sequence[Logged], frozen: Frozen) -> None:
        self.frozen = frozen
        self.entries = [logged for logged in entries if frozen.holds(logged)]
        self._of: dict[tuple[str, str], Logged] = {}
        proposals: tuple[PairProposal, ...] = ()
        for logged in self.entries:
            kind, fields = logged.entry.kind, logged.entry.fields
            if kind in _ID_FIELD:
                key = kind, _item_id(kind, fields)
                if key not in self._of or takes_place(kind, fields, self._of[key].entry.fields):
                    self._of[key] = logged
            elif kind == "link-run":
                lines = case.evidence.read(str(fields["pairs_sha256"])).splitlines()
                proposals = tuple(msgspec.json.decode(line, type=PairProposal) for line in lines)
        self.corpus = self._corpus(proposals)

    def entry_of(self, kind: str, item: str) -> Logged:
        return self._of[kind, item]

    def is_latest(self, logged: Logged) -> bool:
        """Whether no later entry describes the same thing again."""
        return self._of[logged.entry.kind, _item_id(logged.entry.kind, logged.entry.fields)] is logged

    def _corpus(self, proposals: tuple[PairProposal, ...]) -> Corpus:
        found: dict[str, list[Any]] = {kind: [] for kind in _ID_FIELD}
        for (kind, _), logged in self._of.items():
            fields = {path: v for path, v in logged.entry.fields.items() if not path.startswith("entry.")}
            found[kind].append(value_of(kind, fields))
        return Corpus(
            sources=tuple(found["source"]),
            documents=tuple(found["document"]),
            statements=tuple(found["statement"]),
            judgements=tuple(found["judgement"]),
            scopes=tuple(found["scope"]),
            proposals=proposals,
        )


def _item_id(kind: str, fields: Mapping[str, Any]) -> str:
    item = str(fields[_ID_FIELD[kind]])
    return f"{item}@{fields['version']}" if kind == "scope" else item
