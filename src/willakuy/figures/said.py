"""The fields of a profile: how each is read from a record, and when two records of one person disagree on it.

Spelling is no dispute, nor is saying less: "D. A. Q." and a full name with those initials agree, so do "Puno" and
"Juliaca", or December and the 12th of December.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import Any

from willakuy.figures.criteria import UNSAID
from willakuy.figures.grades import are_apart
from willakuy.statements.ages import AgeSaid
from willakuy.statements.dates import DateSaid
from willakuy.statements.names import Name, NameKind, fold, initials_compatible, name_parts
from willakuy.statements.places import PlaceSaid
from willakuy.statements.statement import Coded, VictimRecord

ALIKE = 0.6
"""Two words of names are spellings of one name from this similarity on (0 none, 1 equal letters in order)."""


EFFECTS = frozenset({"head_trauma"})
"""Causes that name an injury and leave open what did it: they contradict no other."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value of one record: its words, the key under which equal values meet, and the value read."""

    words: str
    key: str
    value: Any


Reader = Callable[[VictimRecord], list[Said]]
Disagree = Callable[[list[Said], list[Said]], bool]


def _names(record: VictimRecord) -> list[Said]:
    return [Said(name.printed, fold(name.printed), name) for name in record.names if name.printed.strip()]


def _age(record: VictimRecord) -> list[Said]:
    age = record.age
    if age is None:
        return []
    if age.lo is not None or age.hi is not None:
        lo, hi = ("" if n is None else str(n) for n in (age.lo, age.hi))
        return [Said(age.words, (lo if lo == hi else f"{lo}-{hi}") + ("~" if age.is_about else ""), age)]
    return [Said(age.words, age.band or (age.born.edtf if age.born else fold(age.words)), age)]


def _sex(record: VictimRecord) -> list[Said]:
    return [Said(record.sex, record.sex, record.sex)] if record.sex and record.sex not in UNSAID else []


def _coded(get: Callable[[VictimRecord], tuple[Coded, ...]]) -> Reader:
    def read(record: VictimRecord) -> list[Said]:
        return [
            Said(c.words or c.code or "", c.code or fold(c.words or ""), c)
            for c in get(record)
            if (c.code or c.words) and c.code not in UNSAID
        ]

    return read


def _date(get: Callable[[VictimRecord], DateSaid | None]) -> Reader:
    def read(record: VictimRecord) -> list[Said]:
        said = get(record)
        return [Said(said.words, said.value.edtf if said.value else fold(said.words), said)] if said else []

    return read


def _place(get: Callable[[VictimRecord], PlaceSaid | None]) -> Reader:
    def read(record: VictimRecord) -> list[Said]:
        said = get(record)
        return [Said(said.words, said.place.code if said.place else fold(said.words), said)] if said else []

    return read


def _blamed(record: VictimRecord) -> list[Said]:
    return [Said(b.words, b.party or fold(b.words), b) for b in record.blamed]


def _hospital(record: VictimRecord) -> list[Said]:
    return [Said(record.hospital, fold(record.hospital), record.hospital)] if record.hospital else []


def _names_disagree(a: list[Said], b: list[Said]) -> bool:
    """No name of one record can be a form of a name of the other."""
    pairs = [
        (x.value, y.value) for x, y in product(a, b) if x.value.kind.names_somebody and y.value.kind.names_somebody
    ]
    return bool(pairs) and not any(may_be_one_name(x, y) for x, y in pairs)


def may_be_one_name(a: Name, b: Name) -> bool:
    """Given names that share a spelling, and surnames that share one, as far as both print them.

    Names left out, added or turned round are no disagreement; another given name with the same surnames is.
    """
    if NameKind.initials in (a.kind, b.kind) or NameKind.given_name_and_initials in (a.kind, b.kind):
        return initials_compatible(a, b)
    one, other = name_parts(a), name_parts(b)
    whole = [word for parts in (other.given, other.surnames) for word in _words(parts)]
    surnames = not one.surnames or not other.surnames or _share(_words(one.surnames), whole)
    given = not one.given or not other.given or _share(_words(one.given), whole)
    return surnames and given


def _words(units: tuple[str, ...]) -> list[str]:
    return [word for unit in units for word in fold(unit).split() if len(word) > 2]


def _share(a: list[str], b: list[str]) -> bool:
    return not a or not b or any(_likeness(x, y) >= ALIKE for x in a for y in b)


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _ages_disagree(a: list[Said], b: list[Said]) -> bool:
    ages: list[tuple[AgeSaid, AgeSaid]] = [(x.value, y.value) for x, y in product(a, b)]
    return not any(x.compatible(y) for x, y in ages)


def _dates_disagree(a: list[Said], b: list[Said]) -> bool:
    dates = [(d, e) for x, y in product(a, b) for d in x.value.readings for e in y.value.readings]
    return bool(dates) and not any(d.overlaps(e) for d, e in dates)


def _places_disagree(a: list[Said], b: list[Said]) -> bool:
    places = [
        (p, q)
        for x, y in product(a, b)
        for p in (x.value.candidates or (x.value.place,))
        for q in (y.value.candidates or (y.value.place,))
    ]
    known = [(p, q) for p, q in places if p is not None and q is not None]
    return bool(known) and not any(p.compatible(q) for p, q in known)


def _codes_disagree(vocabulary: str) -> Disagree:
    def disagree(a: list[Said], b: list[Said]) -> bool:
        one, other = (frozenset(x.value.code for x in side if x.value.code) - EFFECTS for side in (a, b))
        return are_apart(vocabulary, one, other)

    return disagree


def _blame_disagrees(a: list[Said], b: list[Said]) -> bool:
    one, other = (frozenset(x.value.party for x in side if x.value.party) for side in (a, b))
    return are_apart("blamed_party", one, other)


def _keys_differ(a: list[Said], b: list[Said]) -> bool:
    return not {x.key for x in a} & {y.key for y in b}


FIELDS: dict[str, tuple[Reader, Disagree | None]] = {
    "names": (_names, _names_disagree),
    "age": (_age, _ages_disagree),
    "sex": (_sex, _keys_differ),
    "roles": (_coded(lambda r: r.roles), _codes_disagree("role")),
    "origin": (_place(lambda r: r.origin), _places_disagree),
    "wounded": (_date(lambda r: r.wounded), _dates_disagree),
    "wounded_at": (_place(lambda r: r.wounded_at), _places_disagree),
    "died": (_date(lambda r: r.died), _dates_disagree),
    "died_at": (_place(lambda r: r.died_at), _places_disagree),
    "happened": (_date(lambda r: r.happened), _dates_disagree),
    "dated": (_date(lambda r: r.dated), _dates_disagree),
    "place": (_place(lambda r: r.place), _places_disagree),
    "causes": (_coded(lambda r: r.causes), _codes_disagree("cause")),
    "circumstances": (_coded(lambda r: r.circumstances), _codes_disagree("circumstance")),
    "blamed": (_blamed, _blame_disagrees),
    "hospital": (_hospital, None),
}
"""In the order of a record. Two hospitals are no dispute: people are moved."""
