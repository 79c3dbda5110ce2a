"""The compiled part of blocking: every key of every record, as a number.

A key is the mixed digest of its kind and its parts, so that one that is kept means the same among later records. Its
two lowest bits say what kind it is: ``STRONG`` may bring two rows of one list together, ``EVENT`` is one of a day and a
place, of which more records may have the same before it says nothing.
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from willakuy.linkage.blocking import EVENT, STRONG

MOST_KEYS = 800
"""More than any one record can have: seven families of names, five months, two bands of age."""
_MOST_FAMILIES = 7
_PAIR, _RARE, _BORN, _ALONE, _LETTERS, _ALL_LETTERS = 1, 2, 3, 4, 5, 6
_WITH_MONTH, _WITH_AGE, _WITH_PLACE, _WITH_MONTH_AGE = 7, 8, 9, 16
_DAY, _DAY_AGE, _WEEK, _WEEK_AGE, _MONTH, _MONTH_AGE = 10, 11, 12, 13, 14, 15


@njit(cache=True)
def mixed(h: Any, part: Any) -> Any:
    """``h`` with one more part (Steele, Lea and Flood 2014: the finaliser of SplitMix64)."""
    z = np.uint64(h) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(part) + np.uint64(0x632BE59BD9B4E019)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@njit(cache=True)
def _key(kind: int, flags: int, a: Any, b: Any, c: Any) -> Any:
    h = mixed(mixed(mixed(np.uint64(kind), np.uint64(a)), np.uint64(b)), np.uint64(c))
    return (h & ~np.uint64(3)) | np.uint64(flags)


@njit(cache=True)
def _pair(a: Any, b: Any, refined: Any) -> Any:
    return _key(_PAIR, STRONG, min(a, b), max(a, b), refined)


@njit(cache=True)
def all_keys(
    rows: Any, families: Any, singles: Any, digest: Any, is_rare: Any, letters: Any, days: Any, months: Any, ages: Any,
    born: Any, region: Any, near: Any, crowded: Any, out_row: Any, out_key: Any,
) -> int:  # fmt: skip
    """Every key of the records in ``rows``; returns how many. Fewer than ``MOST_KEYS`` a record.

    ``families`` and ``singles`` are ``(n, 7)``, -1 where none; ``letters`` are the sorted initials, 0 beyond the end;
    ``days`` -1 where no one day is known; ``months`` and ``ages`` are ranges ``(n, 2)`` and pairs, -1 unknown; ``region``
    and ``near`` digests, 0 unknown. A key of names in ``crowded`` (sorted) is also refined: that of a pair of
    families by age, month and a third family; that of one by two of month, age and place.
    """
    at = 0
    for i in rows:
        before = at
        for x in range(_MOST_FAMILIES):
            f = families[i, x]
            if f >= 0 and is_rare[f]:
                out_key[at] = _key(_RARE, STRONG, digest[f], 0, 0)
                at += 1
        at = _families(i, families, digest, months, ages, crowded, out_key, at)
        at = _singles(i, singles, digest, months, ages, near, crowded, out_key, at)
        at = _initials(i, letters, months, ages, region, out_key, at)
        at = _events(i, days, months, ages, region, near, out_key, at)
        if born[i, 0] >= 0:
            out_key[at] = _key(_BORN, STRONG, born[i, 0], born[i, 1], 0)
            at += 1
        out_row[before:at] = i
    return at


@njit(cache=True)
def _stands_in(ordered: Any, key: Any) -> bool:
    lo, hi = 0, len(ordered)
    while lo < hi:
        mid = (lo + hi) // 2
        if ordered[mid] < key:
            lo = mid + 1
        else:
            hi = mid
    return lo < len(ordered) and ordered[lo] == key


@njit(cache=True)
def _families(
    i: int, families: Any, digest: Any, months: Any, ages: Any, crowded: Any, out: Any, at: int
) -> int:  # fmt: skip
    for x in range(_MOST_FAMILIES):
        for y in range(x + 1, _MOST_FAMILIES):
            if families[i, x] < 0 or families[i, y] < 0:
                continue
            a, b = digest[families[i, x]], digest[families[i, y]]
            key = _pair(a, b, 0)
            out[at] = key
            at += 1
            if not _stands_in(crowded, key):
                continue
            for k in range(2):
                if ages[i, k] > -2:
                    out[at] = _pair(a, b, mixed(1, ages[i, k] + 1))
                    at += 1
            for m in range(months[i, 0], months[i, 1]):
                out[at] = _pair(a, b, mixed(2, m))
                at += 1
            for z in range(_MOST_FAMILIES):
                if z != x and z != y and families[i, z] >= 0:
                    out[at] = _pair(a, b, mixed(3, digest[families[i, z]]))
                    at += 1
    return at


@njit(cache=True)
def _singles(
    i: int, singles: Any, digest: Any, months: Any, ages: Any, near: Any, crowded: Any, out: Any, at: int
) -> int:  # fmt: skip
    for x in range(_MOST_FAMILIES):
        if singles[i, x] < 0:
            continue
        f, before = digest[singles[i, x]], at
        for m in range(months[i, 0], months[i, 1]):
            out[at] = _key(_WITH_MONTH, 0, f, m, 0)
            at += 1
            if _stands_in(crowded, out[at - 1]):
                if near[i]:
                    out[at] = _key(_WITH_MONTH, 0, f, m, near[i])
                    at += 1
                for k in range(2):
                    if ages[i, k] > -2:
                        out[at] = _key(_WITH_MONTH_AGE, 0, f, m, ages[i, k] + 1)
                        at += 1
        for k in range(2):
            if ages[i, k] > -2:
                out[at] = _key(_WITH_AGE, 0, f, ages[i, k] + 1, 0)
                at += 1
                if near[i] and _stands_in(crowded, out[at - 1]):
                    out[at] = _key(_WITH_AGE, 0, f, ages[i, k] + 1, near[i])
                    at += 1
        if near[i]:
            out[at] = _key(_WITH_PLACE, 0, f, near[i], 0)
            at += 1
        if at == before:
            out[at] = _key(_ALONE, 0, f, 0, 0)
            at += 1
    return at


@njit(cache=True)
def _initials(i: int, letters: Any, months: Any, ages: Any, region: Any, out: Any, at: int) -> int:
    n = 0
    while n < letters.shape[1] and letters[i, n] > 0:
        n += 1
    if n < 2:
        return at
    whole = np.uint64(0)
    for x in range(n):
        whole = mixed(whole, letters[i, x])
        for y in range(x + 1, n):
            # letters are sorted, so one pair of letters told twice stands beside itself
            if (x > 0 and letters[i, x] == letters[i, x - 1]) or (y > x + 1 and letters[i, y] == letters[i, y - 1]):
                continue
            for m in range(months[i, 0], months[i, 1]):
                out[at] = _key(_LETTERS, 0, letters[i, x] * 2097152 + letters[i, y], m, region[i])
                at += 1
    for k in range(2):
        if ages[i, k] > -2:
            out[at] = _key(_ALL_LETTERS, STRONG, whole, ages[i, k] + 1, 0)
            at += 1
    return at


@njit(cache=True)
def _events(i: int, days: Any, months: Any, ages: Any, region: Any, near: Any, out: Any, at: int) -> int:
    day, where = days[i], near[i] if near[i] else region[i]
    if day >= 0:
        out[at] = _key(_DAY, EVENT, day, region[i], 0)
        at += 1
        for k in range(2):
            if ages[i, k] > -2:
                out[at] = _key(_DAY_AGE, EVENT, day, ages[i, k] + 1, 0)
                at += 1
        for week in range((day - 3) // 7, (day + 3) // 7 + 1):
            out[at] = _key(_WEEK, EVENT, week, where, 0)
            at += 1
            if where != region[i]:
                out[at] = _key(_WEEK, EVENT, week, region[i], 0)
                at += 1
            for k in range(2):
                if ages[i, k] > -2:
                    out[at] = _key(_WEEK_AGE, EVENT, week, region[i], ages[i, k] + 1)
                    at += 1
        if not (region[i] or near[i]):
            return at
    first, end = months[i, 0], months[i, 1]
    if day >= 0:
        first = months[i, 2]
        end = first + 1
    for m in range(first, end):
        out[at] = _key(_MONTH, EVENT, m, where, 0)
        at += 1
        for k in range(2):
            if ages[i, k] > -2:
                out[at] = _key(_MONTH_AGE, EVENT, m, region[i], ages[i, k] + 1)
                at += 1
    return at
