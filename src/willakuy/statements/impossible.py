"""Two records that cannot be one person by what they state themselves, however alike they look.

Only hard facts count: a day of death or of a wound that the row states as such, read in one way, without "about" or a
doubt of the source. Dates are printed a day or two wrong all the time, so a few days' slip proves nothing.
"""

from __future__ import annotations

from datetime import date

from willakuy.statements.dates import DateSaid
from willakuy.statements.statement import VictimRecord

ONE_LIST = "one_list"
DEAD_BEFORE_WOUNDED = "dead_before_wounded"
DIED_IN_TWO_YEARS = "died_in_two_years"
RULES = (ONE_LIST, DEAD_BEFORE_WOUNDED, DIED_IN_TWO_YEARS)

SLIP_DAYS = 3
"""Dates no further apart than this contradict nothing."""

Days = tuple[int, int]
"""First and last day it may have been, as proleptic ordinals."""


def impossible(a: VictimRecord, b: VictimRecord, *, in_one_list: bool) -> str | None:
    """The rule by which ``a`` and ``b`` cannot be one person, or ``None``. Rows for several people break no rule.

    ``in_one_list``: both are rows of one list that names each person once.
    """
    if is_group(a) or is_group(b):
        return None
    if in_one_list:
        return ONE_LIST
    return contradiction((stated(a.died), stated(a.wounded)), (stated(b.died), stated(b.wounded)))


def contradiction(a: tuple[Days | None, Days | None], b: tuple[Days | None, Days | None]) -> str | None:
    """What the dates alone rule out; each side is the days of death and of the wound."""
    for (dead, _), (_, wounded) in ((a, b), (b, a)):
        if dead and wounded and dead[1] + SLIP_DAYS < wounded[0]:
            return DEAD_BEFORE_WOUNDED
    if a[0] and b[0]:
        first, second = sorted((a[0], b[0]))
        if second[0] - first[1] > SLIP_DAYS and _year(first[1]) < _year(second[0]):
            return DIED_IN_TWO_YEARS
    return None


def stated(said: DateSaid | None) -> Days | None:
    """The day as a hard fact: read in one way, and not called approximate or doubtful."""
    if said is None or said.value is None or said.problem or said.value.is_approximate or said.value.is_uncertain:
        return None
    first, last = said.value.earliest, said.value.latest
    return (first.toordinal(), last.toordinal()) if first and last else None


def is_group(record: VictimRecord) -> bool:
    """Whether the row stands for several people, or may."""
    return record.count.hi is None or record.count.hi > 1 or record.count.lo > 1


def _year(day: int) -> int:
    return date.fromordinal(day).year
