"""Accounts of unnamed dead: which may speak of the same people, and who of the named may be among them.

Two accounts of one place and day are accounts of the same dead unless something keeps them apart. Method:
docs/method/counting.md, "Unnamed people and groups".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from willakuy.figures.criteria import places_of, read_dates, read_places
from willakuy.figures.register import Entry, EntryKind, Register
from willakuy.statements.dates import PartialDate
from willakuy.statements.ids import StatementId
from willakuy.statements.places import Place, PlaceLevel
from willakuy.statements.statement import VictimRecord

DAY_KNOWN = 4
"""A date is "the same day" as another only if neither spans more days than this; else the day is unknown."""


@dataclass(frozen=True, slots=True)
class Account:
    """Unnamed people one document speaks of: a group row, or single rows that nothing tells apart.

    ``n`` is how many they can be; with no upper number said, the lower one (``is_open``). ``candidates`` are indexes of
    named persons said to have died at that place on that day.
    """

    entries: tuple[Entry, ...]
    n_lo: int
    n: int
    is_open: bool
    candidates: frozenset[int] = frozenset()

    @property
    def key(self) -> StatementId:
        return min(entry.statement_id for entry in self.entries)

    @property
    def first(self) -> Entry:
        return self.entries[0]

    @property
    def is_group(self) -> bool:
        return self.first.kind is EntryKind.group


def died_on(record: VictimRecord) -> tuple[PartialDate, ...]:
    """The day of the death, else of the event; that of the wound stands in only when no other is said."""
    return (
        read_dates(record.died) or read_dates(record.happened) or read_dates(record.dated) or read_dates(record.wounded)
    )


def where_of(record: VictimRecord) -> tuple[Place, ...]:
    return places_of(record) or read_places(record.died_at)


def accounts_of(entries: Iterable[Entry], settled: frozenset[StatementId]) -> list[Account]:
    """Gather ``entries``: every group by itself, single rows of one document together when alike in all that is said.

    ``settled`` are records some judgement speaks of; each of them stays by itself.
    """
    alike: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        alone = entry.kind is EntryKind.group or entry.statement_id in settled
        alike[entry.statement_id if alone else _signature(entry)].append(entry)
    return [
        Account(
            tuple(sorted(same, key=lambda e: e.statement_id)),
            sum(e.record.count.lo for e in same),
            sum(e.n for e in same),
            any(e.record.count.hi is None for e in same),
        )
        for same in alike.values()
    ]


def may_be_same(a: Account, b: Account, pairs: Pairs) -> bool:
    """Whether the two may speak of the same people.

    Judgements come first. Single rows of one document are different people; a group may contain rows of its own
    list. Otherwise only a place, a day, an age or a sex that contradicts keeps two accounts apart.
    """
    verdict = pairs.verdict(a.entries, b.entries)
    if verdict is not None:
        return verdict
    same_document = a.first.document.document_id == b.first.document.document_id
    if same_document and not a.is_group and not b.is_group:
        return False
    one, other = a.first.record, b.first.record
    if not _fit_places(where_of(one), where_of(other)) or not _fit_days(died_on(one), died_on(other)):
        return False
    return a.is_group or b.is_group or _fit_person(one, other)


def may_be_among(entry: Entry, account: Account) -> bool:
    """Whether the named person of ``entry`` is taken to be one of ``account``: same place *and* day, both said.

    Where either is silent the two are kept apart, because the upper bound must not be lowered by a guess.
    """
    if entry.document.document_id == account.first.document.document_id and not account.is_group:
        return False
    one, other = entry.record, account.first.record
    places, days = where_of(one), died_on(one)
    if not _same_place(places, where_of(other)) or not _same_day(days, died_on(other)):
        return False
    return account.is_group or _fit_person(one, other)


@dataclass(frozen=True, slots=True)
class Pairs:
    """What judgements say of pairs of records: joined (or left open) is True, different is False."""

    joined: dict[StatementId, int]
    different: frozenset[tuple[StatementId, StatementId]]
    undecided: frozenset[tuple[StatementId, StatementId]]
    settled: frozenset[StatementId]

    @classmethod
    def of(cls, register: Register) -> Pairs:
        identities = register.corpus.identities
        joined = {
            record: i
            for i, person in enumerate(identities.persons)
            if len(person.records) > 1
            for record in person.records
        }
        spoken = {record for pair in identities.different | identities.undecided for record in pair} | set(joined)
        return cls(joined, identities.different, identities.undecided, frozenset(spoken))

    def verdict(self, a: Sequence[Entry], b: Sequence[Entry]) -> bool | None:
        ids = [(x.statement_id, y.statement_id) for x in a for y in b]
        if not any(x in self.settled and y in self.settled for x, y in ids):
            return None
        if any(x in self.joined and self.joined[x] == self.joined.get(y) for x, y in ids):
            return True
        if any((x, y) in self.undecided or (y, x) in self.undecided for x, y in ids):
            return True
        if any((x, y) in self.different or (y, x) in self.different for x, y in ids):
            return False
        return None


def days_said(days: Iterable[PartialDate]) -> list[date]:
    """Every day that precise dates may mean; empty when one of them is open or spans more than ``DAY_KNOWN`` days."""
    found: list[date] = []
    for day in days:
        if day.earliest is None or day.latest is None or (day.latest - day.earliest).days >= DAY_KNOWN:
            return []
        found += [day.earliest + timedelta(days=i) for i in range((day.latest - day.earliest).days + 1)]
    return found


def _signature(entry: Entry) -> tuple[object, ...]:
    record = entry.record
    age = (record.age.lo, record.age.hi, record.age.is_about) if record.age else None
    days = tuple(day.edtf for day in died_on(record))
    return (entry.document.document_id, entry.source, entry.day, where_of(record), days, age, record.sex)


def _fit_places(a: tuple[Place, ...], b: tuple[Place, ...]) -> bool:
    return not a or not b or any(x.compatible(y) for x in a for y in b)


def _fit_days(a: tuple[PartialDate, ...], b: tuple[PartialDate, ...]) -> bool:
    return not a or not b or any(x.overlaps(y) for x in a for y in b)


def _fit_person(a: VictimRecord, b: VictimRecord) -> bool:
    if a.sex and b.sex and a.sex != b.sex:
        return False
    return a.age is None or b.age is None or a.age.compatible(b.age, tolerance=1)


def _same_place(a: tuple[Place, ...], b: tuple[Place, ...]) -> bool:
    """Both said, and the wider of the two is no wider than a province, or is the group's own."""
    return any(y.contains(x) or (x.contains(y) and x.level.depth >= PlaceLevel.province.depth) for x in a for y in b)


def _same_day(a: tuple[PartialDate, ...], b: tuple[PartialDate, ...]) -> bool:
    return bool(set(days_said(a)) & set(days_said(b)))
