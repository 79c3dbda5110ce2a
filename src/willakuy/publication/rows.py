"""The rows of a release: every published value as the ledger holds it, with what was changed marked.

A row that was recorded has ``fields`` under the same paths as its ledger entry. ``masked`` names the paths whose value
is not the ledger's own, ``withheld`` the paths left out; both with the rule. All other fields are disclosed by the
ledger word for word, so that a reader can prove them. Format: docs/format/release.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from willakuy.casefile import fields_of
from willakuy.casefile.codec import Recorded, entry_kind_of
from willakuy.casefile.devices import INTRODUCES
from willakuy.figures import Figure, GroupStanding, PersonStanding, Profile
from willakuy.figures.independence import Origins, origins_said
from willakuy.ledger import Logged, disclosed, leaf_of_sealed
from willakuy.publication.frozen import PublicRecord
from willakuy.publication.policy import Rule
from willakuy.publication.position import LedgerIndex
from willakuy.statements.statement import Statement, StatementKind

Row = dict[str, Any]


class RecordedRows:
    """Rows of recorded values, and what of the ledger each discloses."""

    def __init__(self, record: PublicRecord, ledger: LedgerIndex) -> None:
        self._record, self._ledger = record, ledger
        self._origins = Origins.of(record.corpus)
        self.shown: dict[tuple[str, int], frozenset[str]] = {}
        """Place in the ledger to the paths disclosed there."""

    def of(self, values: Iterable[Recorded], id_field: str) -> Iterator[Row]:
        for value in values:
            item = str(getattr(value, id_field))
            yield self._row(value, item)

    def _row(self, value: Recorded, item: str) -> Row:
        kind = entry_kind_of(value)
        key = f"{item}@{value.version}" if kind == "scope" else item  # type: ignore[union-attr]
        logged = self._ledger.entry_of(kind, key)
        held, fields = logged.entry.fields, fields_of(value)
        masked = [path for path in fields if held.get(path) != fields[path]]
        missing = [path for path in held if path not in fields and not path.startswith("entry.")]
        self.shown[logged.device, logged.seq] = frozenset(fields).difference(masked)
        rule = {p: self._record.rules.get((item, p), Rule.about_withheld) for p in [*masked, *missing]}
        rule |= {p: Rule.erased for p in rule if leaf_of_sealed(held.get(p, "")) is not None}
        row: Row = {
            "id": key,
            "entry": f"{logged.device}/{logged.seq}",
            "fields": fields,
            "masked": {p: rule[p].value for p in masked},
            "withheld": {p: rule[p].value for p in missing},
        }
        if isinstance(value, Statement):
            person = self._record.person_of.get(value.statement_id)
            row["source_id"] = self._record.corpus.source_of(value).source_id
            row["person_id"] = person.person_id if person else None
            if value.kind is StatementKind.victim:
                row["origins"] = sorted(origins_said(self._origins, value, row["source_id"], only_whole=False))
        return row

    def ledger_line(self, logged: Logged) -> Row | None:
        """What a release discloses of an entry, at its place; ``None`` where that is nothing."""
        shown = self.shown.get((logged.device, logged.seq))
        paths = ("vkey", "cosigner") if logged.entry.kind in INTRODUCES else shown
        return None if paths is None else {"device": logged.device, "seq": logged.seq, **disclosed(logged.entry, paths)}


def person_row(record: PublicRecord, profile: Profile) -> Row:
    person = record.person[profile.person_id]
    return {
        "id": profile.person_id,
        "display_name": profile.display_name,
        "is_minor": profile.is_minor,
        "records": list(person.records),
        "joined_by": list(person.joined_by),
        "fields": {
            f.field: [
                {"key": v.key, "words": list(v.words), "records": list(v.records), "n_independent": v.n_independent}
                for v in f.values
            ]
            for f in profile.fields
        },
        "disputed": [f.field for f in profile.fields if f.is_disputed],
        "n_sources": profile.n_sources,
        "n_independent": profile.n_independent,
        "grade": profile.grade,
        "grade_given": profile.grade_given,
        "retracted_by": list(profile.retracted_by),
    }


def figure_rows(figures: Iterable[Figure]) -> Iterator[Row]:
    """Figures of one scope, earliest first: each gives the persons whose standing differs from the row before."""
    before: dict[str, PersonStanding] = {}
    for figure in figures:
        now = {str(p.person_id): p for p in figure.persons}
        yield {
            "id": figure_id(figure),
            "scope_id": figure.scope.scope_id,
            "scope_version": figure.scope.version,
            "as_of": figure.as_of.isoformat() if figure.as_of else None,
            "lo": figure.lo,
            "hi": figure.hi,
            "hi_is_open": figure.hi_is_open,
            "persons": [standing_row(p) for person, p in now.items() if before.get(person) != p],
            "gone": sorted(before.keys() - now.keys()),
            "groups": [group_row(g) for g in figure.groups],
            "open_pairs": [list(pair) for pair in figure.open_pairs],
            "claims_for": list(figure.claims_for),
            "claims_against": list(figure.claims_against),
        }
        before = now


def figure_id(figure: Figure) -> str:
    return f"{figure.scope.scope_id}@{figure.scope.version}/{figure.as_of.isoformat() if figure.as_of else 'all'}"


def standing_row(p: PersonStanding) -> Row:
    return {
        "person_id": p.person_id,
        "standing": p.standing.value,
        "reason": p.reason.value if p.reason else None,
        "criterion": p.criterion,
        "for": list(p.records_for),
        "against": list(p.records_against),
    }


def group_row(g: GroupStanding) -> Row:
    return {
        "records": list(g.records),
        "n_lo": g.n_lo,
        "n_hi": g.n_hi,
        "candidates": list(g.candidates),
        "adds": g.adds,
        "inside": list(g.inside),
        "reason": g.reason.value if g.reason else None,
        "criterion": g.criterion,
    }
