"""Pairs of persons of whom nobody can yet say whether they are one.

The lower bound joins them all. Method: docs/method/counting.md, "Open identities".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from willakuy.figures.accounts import died_on, where_of
from willakuy.figures.register import Entry, EntryKind, Register
from willakuy.statements.folding import fold
from willakuy.statements.names import NameKind

OPEN_FROM = 0.5
"""A machine's pair that nobody judged is open when the two records are at least as likely one person as two."""

DAYS_APART = 3
MOST_HOMONYMS = 50
"""Beyond so many persons of one printed name, only neighbours in the list of ids are paired: the join is the same."""

WHOLE_NAMES = frozenset({NameKind.full, NameKind.short, NameKind.surname_first})


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two persons (indexes of ``Register.subjects``, ascending) and the day from which both records were known."""

    a: int
    b: int
    day: date | None


def open_pairs(register: Register) -> tuple[OpenPair, ...]:
    """Judged undecided; proposed by a machine and not judged; or printed under one name and never compared."""
    memo = register.memo
    if "open" not in memo:
        memo["open"] = tuple(_pairs(register))
    found: tuple[OpenPair, ...] = memo["open"]
    return found


def joined(pairs: Iterable[tuple[int, int]], among: Collection[int]) -> Mapping[int, int]:
    """For each of ``among`` that has a partner, the group it falls into when every pair is joined."""
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        while parent.setdefault(i, i) != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in pairs:
        if a in among and b in among:
            x, y = sorted((root(a), root(b)))
            parent[y] = x
    return {i: root(i) for i in parent}


def _pairs(register: Register) -> Iterable[OpenPair]:
    identities = register.corpus.identities
    settled = {_persons(register, pair) for pair in identities.different}
    found: dict[tuple[int, int], list[tuple[Entry, Entry]]] = defaultdict(list)
    for pair in identities.undecided:
        _keep(register, found, pair)
    undecided = set(found)
    for proposal in register.corpus.proposals:
        if proposal.p_same >= OPEN_FROM:
            _keep(register, found, (proposal.record_l, proposal.record_r), unless=settled - undecided)
    for one, other in _namesakes(register):
        _keep(register, found, (one.statement_id, other.statement_id), unless=settled - undecided)
    for (a, b), records in sorted(found.items()):
        days = [max(x.day, y.day) for x, y in records if x.day and y.day]
        yield OpenPair(a, b, min(days, default=None))


def _keep(
    register: Register,
    found: dict[tuple[int, int], list[tuple[Entry, Entry]]],
    pair: tuple[str, str],
    unless: Collection[tuple[int, int] | None] = (),
) -> None:
    persons = _persons(register, pair)
    if persons is not None and persons not in unless:
        x, y = (register.entries[record] for record in pair)  # type: ignore[index]
        found[persons].append((x, y))


def _persons(register: Register, pair: tuple[str, str]) -> tuple[int, int] | None:
    """The two persons of a pair of records, ascending; ``None`` if they are one, not in the case, or groups."""
    entries = [register.entries.get(record) for record in pair]  # type: ignore[call-overload]
    if any(e is None or e.kind is EntryKind.group for e in entries):
        return None
    a, b = sorted(e.person for e in entries)
    return None if a == b else (a, b)


def _namesakes(register: Register) -> Iterable[tuple[Entry, Entry]]:
    """Records of two documents that print one whole name, of persons nothing else keeps apart."""
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in register.entries.values():
        for key in {name_key(name.printed) for name in entry.record.names if name.kind in WHOLE_NAMES}:
            if key:
                by_name[key].append(entry)
    for same in by_name.values():
        if len({entry.person for entry in same}) < 2:
            continue
        same.sort(key=lambda entry: entry.statement_id)
        near = combinations(same, 2) if len(same) <= MOST_HOMONYMS else pairwise(same)
        yield from ((a, b) for a, b in near if _may_be_one(a, b))


def name_key(printed: str) -> str:
    """The words of a name in alphabetical order, folded; "" unless there are two or more."""
    words = sorted(word for word in fold(printed).replace(",", " ").split() if len(word) > 1)
    return " ".join(words) if len(words) > 1 else ""


def _may_be_one(a: Entry, b: Entry) -> bool:
    if a.person == b.person or a.document.document_id == b.document.document_id:
        return False
    one, other = a.record, b.record
    places, days = (where_of(one), where_of(other)), (died_on(one), died_on(other))
    if places[0] and places[1] and not any(x.compatible(y) for x in places[0] for y in places[1]):
        return False
    if days[0] and days[1] and min(x.days_apart(y) for x in days[0] for y in days[1]) > DAYS_APART:
        return False
    return one.age is None or other.age is None or one.age.compatible(other.age, tolerance=5)
