"""When a statement can be said to have been known.

A statement belongs to the record of a day only if it was certainly known by then. Method: docs/method/counting.md, "As of".
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from willakuy.statements.dates import PartialDate

_FURTHEST = 400
"""Days; no approximate date reaches further beyond its own end (a year, give or take)."""


@lru_cache(maxsize=16384)
def certain_from(known: PartialDate | None) -> date | None:
    """The first day on which ``known`` certainly lies in the past or on the day itself; ``None``: never certain.

    "February 2023" is certain from the 28th, "about 9 January" only when its margin is over, no date never.
    """
    if known is None or known.latest is None:
        return None
    lo, hi = 0, min(_FURTHEST, (date.max - known.latest).days)
    if not known.on_or_before(known.latest + timedelta(days=hi)):
        return None
    while lo < hi:
        middle = (lo + hi) // 2
        if known.on_or_before(known.latest + timedelta(days=middle)):
            hi = middle
        else:
            lo = middle + 1
    return known.latest + timedelta(days=lo)


def possible_from(known: PartialDate | None) -> date:
    """The first day on which it may have been known; the first day of the calendar when nothing is said."""
    return (known.earliest if known else None) or date.min
