"""Two records that cannot be one person by what they state themselves, however alike they look.

Only hard facts count: a day of death or of a wound that the row states as such, read in one way, without "about" or a
doubt of the source. Dates are printed a day or two wrong all the time, so a few days' slip proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.values import Record

ONE_LIST = "one_list"
DEAD_BEFORE_WOUNDED = "dead_before_wounded"
DIED_IN_TWO_YEARS = "died_in_two_years"
RULES = (ONE_LIST, DEAD_BEFORE_WOUNDED, DIED_IN_TWO_YEARS)

SLIP_DAYS = 3
"""Dates no further apart than this contradict nothing."""

Spans = NDArray[np.int64]


def impossible(a: Record, b: Record) -> str | None:
    """The rule by which ``a`` and ``b`` cannot be one person, or ``None``. Rows for several people break no rule."""
    if a.is_group or b.is_group:
        return None
    if a.list_id == b.list_id:
        return ONE_LIST
    return contradicts(a, b)


def contradicts(a: Record, b: Record) -> str | None:
    """``impossible`` without the lists: what the dates alone rule out."""
    for one, other in ((a, b), (b, a)):
        if one.dead and other.wounded and one.dead[1] + SLIP_DAYS < other.wounded[0]:
            return DEAD_BEFORE_WOUNDED
    if a.dead and b.dead:
        first, second = sorted((a.dead, b.dead))
        if second[0] - first[1] > SLIP_DAYS and _year(first[1]) < _year(second[0]):
            return DIED_IN_TWO_YEARS
    return None


def barred_pairs(
    records: Sequence[Record], left: NDArray[np.int32], right: NDArray[np.int32]
) -> dict[tuple[int, int], str]:
    """Of the candidates, those whose dates rule one person out, with the rule; positions, smaller first."""
    telling = np.array([r.dead is not None or r.wounded is not None for r in records], bool)
    at: list[int] = np.flatnonzero(telling[left] & telling[right]).tolist() if telling.any() else []
    found = {}
    for k in at:
        a, b = int(left[k]), int(right[k])
        if rule := contradicts(records[a], records[b]):
            found[a, b] = rule
    return found


def _year(day: int) -> int:
    return date.fromordinal(day).year
