"""``figure(scope, as_of)``: how many people, at least and at most, with everything the answer rests on.

Method: docs/method/counting.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from willakuy.figures.groups import Unnamed, unnamed_on
from willakuy.figures.openness import joined, open_pairs
from willakuy.figures.quoted import claims_beside
from willakuy.figures.register import Register, register_of
from willakuy.figures.standing import is_known, stand
from willakuy.figures.values import Figure, PersonStanding, Point, Reason, Standing
from willakuy.statements.corpus import Corpus
from willakuy.statements.scopes import Scope

SEATED = frozenset({Reason.other_role, Reason.other_circumstance, Reason.not_a_minor})
"""Left out for who they were or how they died: they are among the dead of their place and day all the same."""


@dataclass(frozen=True, slots=True)
class _Day:
    persons: Mapping[int, PersonStanding]
    pairs: tuple[tuple[int, int], ...]
    unnamed: Unnamed

    @property
    def lo(self) -> int:
        return sum(1 for p in self.persons.values() if p.standing is Standing.counted)

    @property
    def hi(self) -> int:
        return sum(1 for p in self.persons.values() if p.standing is not Standing.excluded) + self.unnamed.adds


def count(corpus: Corpus, scope: Scope, as_of: date | None = None) -> Figure:
    """How many people ``scope`` counts by what was certainly known at the end of ``as_of``.

    A person counts once, however many sources name them. Unnamed people and groups can raise ``hi``, never ``lo``.
    Published totals never enter: they stand beside the figure. Judgements are today's, whatever the day asked about.

    Args:
        scope: any rule, of the case or made up for the question.
        as_of: a day, local to the case; ``None`` for all that is recorded, dated or not.

    Returns:
        ``0 <= lo <= hi``; ``lo`` is the number of persons ``counted``, ``hi`` that of ``counted`` and ``possible`` plus
        what the groups add.

    Method: docs/method/counting.md.
    """
    if isinstance(as_of, datetime):
        as_of = as_of.date()
    register = register_of(corpus)
    day = _on(register, scope, as_of)
    subjects = register.subjects
    persons = tuple(day.persons[i] for i in sorted(day.persons))
    for_, against = claims_beside(register, scope, as_of, day.lo, day.hi, persons)
    return Figure(
        scope=scope,
        as_of=as_of,
        lo=day.lo,
        hi=day.hi,
        persons=persons,
        groups=day.unnamed.standings,
        claims_for=for_,
        claims_against=against,
        open_pairs=tuple((subjects[a].person_id, subjects[b].person_id) for a, b in day.pairs),
        hi_is_open=day.unnamed.is_open,
    )


def series(corpus: Corpus, scope: Scope, days: Iterable[date]) -> tuple[Point, ...]:
    """The bounds of ``scope`` on each of ``days``, as ``count`` gives them, at a fraction of its cost.

    What is said of one person is evaluated once between two days on which something about them became known.
    """
    register = register_of(corpus)
    points = []
    for as_of in days:
        day = _on(register, scope, as_of)
        points.append(Point(as_of, day.lo, day.hi))
    return tuple(points)


def change_days(corpus: Corpus) -> tuple[date, ...]:
    """Days, ascending, on which a figure may change: on each, some record or later statement became certainly known."""
    register = register_of(corpus)
    days = {entry.day for entry in register.entries.values()} | {effect.day for effect in register.effects}
    return tuple(sorted(day for day in days if day is not None))


def _on(register: Register, scope: Scope, as_of: date | None) -> _Day:
    persons: dict[int, PersonStanding] = {}
    for i, subject in enumerate(register.subjects):
        if subject.is_person:
            standing = stand(register, scope, subject, as_of)
            if standing is not None:
                persons[i] = standing
    among = {i for i, p in persons.items() if p.standing is not Standing.excluded}
    pairs = tuple((p.a, p.b) for p in open_pairs(register) if p.a in among and p.b in among and is_known(p.day, as_of))
    for i in _joined_away(register, persons, pairs):
        p = persons[i]
        persons[i] = PersonStanding(
            p.person_id, Standing.possible, Reason.identity_open, "identity", p.records_for, p.records_against
        )
    seated = {i for i, p in persons.items() if p.reason in SEATED}
    return _Day(persons, pairs, unnamed_on(register, scope, as_of, frozenset(among | seated)))


def _joined_away(
    register: Register, persons: Mapping[int, PersonStanding], pairs: tuple[tuple[int, int], ...]
) -> Iterable[int]:
    """Of the counted persons who may be one, all but the one most is recorded of."""
    kept: dict[int, int] = {}
    group_of = joined(pairs, persons.keys())
    counted = [i for i in group_of if persons[i].standing is Standing.counted]
    for i in sorted(counted, key=lambda i: (-len(register.subjects[i].entries), register.subjects[i].key)):
        if group_of[i] in kept:
            yield i
        else:
            kept[group_of[i]] = i
