"""What each field says of a pair, as one of a few levels; the level's weight is learnt in ``model``.

Date and place are one comparison, the *event*: strangers killed together share both, so the two must not be counted
as two pieces of evidence. Levels of the event are every pair (how the dates agree, how the places agree).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.compare_names import NameFeatures, compare_names
from willakuy.linkage.encoding import UNKNOWN_DAY, Encoded, Ints
from willakuy.linkage.similarity import Alike, Likeness

Levels = NDArray[np.int16]

NAME_LEVELS = (
    "missing",
    "agree_4", "agree_7", "agree_10", "agree_14", "agree_18", "agree_24", "agree_more",
    "first_differs_8", "first_differs_14", "first_differs_more",
    "other_differs_6", "other_differs_10", "other_differs_15", "other_differs_more",
    "differ", "differ_but_14",
    "parts_left_8", "parts_left_14", "parts_left_more",
    "letters_4", "letters_7", "letters_10", "letters_more",
)  # fmt: skip
DATE_LEVELS = ("missing", "same_day", "one_day", "three_days", "week", "month", "fits", "typing", "far")
PLACE_LEVELS = ("missing", "locality", "district", "province", "region", "inside_differs", "region_differs")
AGE_LEVELS = ("missing", "same", "one", "two", "five", "fits", "typing", "far")
BIRTH_LEVELS = ("missing", "same", "typing", "near", "year", "fits", "far", "decade")
SEX_LEVELS = ("missing", "same", "differ")
EXTRA_LEVELS = ("missing", "same_rare", "same", "alike", "differ")
EVENT_LEVELS = tuple(f"{d}|{p}" for d in DATE_LEVELS for p in PLACE_LEVELS)
_FIELDS = (
    ("name", NAME_LEVELS), ("event", EVENT_LEVELS), ("age", AGE_LEVELS), ("birth", BIRTH_LEVELS), ("sex", SEX_LEVELS),
)  # fmt: skip
_SAME_PLACE, _SAME_VALUE = 0.92, 0.88
"""Jaro-Winkler from which two printed places, or two values of another column, are taken for one."""
_CHUNK = 100_000
"""Pairs compared at a time, so that memory does not grow with their number."""
TOGETHER = "|together"
"""Ends a level of the name or of another column (cause, agency …) when date and place agree: people killed together are
often of one family and share these too, so what agreement is worth there is learnt among them."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field compared. ``levels`` is ``(n_pairs,)``, 0 where either side says nothing."""

    name: str
    labels: tuple[str, ...]
    levels: Levels


@dataclass(frozen=True, slots=True)
class Compared:
    comparisons: tuple[Comparison, ...]


def compare(data: Encoded, left: Ints, right: Ints) -> Compared:
    """Every comparison that the lists have fields for."""
    n = len(left)
    fields = [*_FIELDS, *((column, EXTRA_LEVELS) for column in data.extra_names)]
    found = [np.zeros(n, np.int16) for _ in fields]
    together = np.zeros(n, bool)
    alike, likeness = Alike(data.values), Likeness(data.lexicon)
    for start in range(0, n, _CHUNK):
        part = slice(start, start + _CHUNK)
        a, b = left[part], right[part]
        these, together[part] = _levels(data, a, b, alike, likeness)
        for whole, mine in zip(found, these, strict=True):
            whole[part] = mine
    out = []
    for k, ((name, labels), levels) in enumerate(zip(fields, found, strict=True)):
        if levels.any():
            is_apart = 0 < k < len(_FIELDS)
            out.append(Comparison(name, labels, levels) if is_apart else _beside(name, labels, levels, together))
    return Compared(tuple(out))


def _levels(
    data: Encoded, left: Ints, right: Ints, alike: Alike, likeness: Likeness
) -> tuple[list[Levels], NDArray[np.bool_]]:
    """The levels of some pairs: name, event, age, birth, sex and each extra column; and where the event agrees."""
    date = date_levels(data.died[left], data.died[right])
    place = place_levels(data, left, right, alike)
    near = (place >= 1) & (place <= 3)
    together = np.isin(date, (1, 2, 3, 4, 6)) & (near | (place == 4)) | np.isin(date, (5, 7)) & near
    a, b = data.sex[left], data.sex[right]
    found = [
        name_levels(compare_names(data, left, right, likeness)),
        (date * len(PLACE_LEVELS) + place).astype(np.int16),
        age_levels(data.age[left], data.age[right]),
        birth_levels(data.born[left], data.born[right]),
        np.where((a == 0) | (b == 0), 0, np.where(a == b, 1, 2)).astype(np.int16),
    ]
    # rows of one list share its phrases; only where such a list is all there is can they say who repeats whom
    one_hand = (data.list_of[left] == data.list_of[right]) & (len(data.lists) > 1)
    for k in range(len(data.extra_names)):
        levels = extra_levels(data, data.extras[left, k], data.extras[right, k], alike)
        found.append(np.where(one_hand & (levels < EXTRA_LEVELS.index("differ")), 0, levels).astype(np.int16))
    return found, together


def _beside(name: str, labels: tuple[str, ...], levels: Levels, together: NDArray[np.bool_]) -> Comparison:
    """The comparison, with levels of their own for pairs whose event agrees, where there are such pairs."""
    if not together.any():
        return Comparison(name, labels, levels)
    beside = (*labels, *(f"{label}{TOGETHER}" for label in labels[1:]))
    return Comparison(
        name, beside, np.where(together & (levels > 0), levels + len(labels) - 1, levels).astype(np.int16)
    )


def name_levels(f: NameFeatures) -> Levels:
    agree = 1 + np.digitize(f.bits, (4, 7, 10, 14, 18, 24))
    first = 8 + np.digitize(f.bits, (8, 14))
    other = 11 + np.digitize(f.bits, (6, 10, 15))
    worse = 15 + np.digitize(f.bits, (14,))
    level = np.where(f.conflicts == 0, agree, np.where(f.conflicts > 1, worse, np.where(f.first == 0, first, other)))
    parts = 17 + np.digitize(f.bits, (8, 14))
    level = np.where((f.conflicts == 0) & (f.apart > 0), parts, level)
    letters = 20 + np.digitize(f.bits, (4, 7, 10))
    level = np.where((f.conflicts == 0) & (f.letters > 0) & (f.letters == f.agreed), letters, level)
    level = np.where((f.conflicts >= f.n) & (f.n > 0), 15, level)
    return np.where(f.n == 0, 0, level).astype(np.int16)


def date_levels(a: Ints, b: Ints) -> Levels:
    """``fits``: one says a month or a span that holds the other. ``typing``: one part of the date differs."""
    apart = np.maximum(0, np.maximum(b[:, 0] - a[:, 1], a[:, 0] - b[:, 1])).astype(np.int64)
    exact = (a[:, 0] == a[:, 1]) & (b[:, 0] == b[:, 1])
    level = np.digitize(apart, (1, 2, 4, 8, 32)) + 1
    level = np.where(level == 6, 8, level)
    level = np.where(~exact & (apart == 0), 6, level)
    unknown = (a[:, 0] == UNKNOWN_DAY) | (b[:, 0] == UNKNOWN_DAY)
    far = np.flatnonzero(exact & (level >= 5) & ~unknown)
    level[far[_one_part_differs(a[far, 0], b[far, 0])]] = 7
    return np.where(unknown, 0, level).astype(np.int16)


def _one_part_differs(a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Two of year, month and day are the same, or day and month are changed about."""
    ya, ma, da = _parts(a)
    yb, mb, db = _parts(b)
    same = (ya == yb).astype(int) + (ma == mb) + (da == db)
    return np.asarray((same == 2) | ((ya == yb) & (ma == db) & (da == mb)))


def _parts(days: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    when = np.maximum(days, 1).astype("datetime64[D]") - np.timedelta64(719163, "D")
    month = when.astype("datetime64[M]")
    year = when.astype("datetime64[Y]").astype(np.int64)
    return year, month.astype(np.int64) % 12 + 1, (when - month).astype(np.int64) + 1


def place_levels(data: Encoded, left: Ints, right: Ints, alike_values: Alike) -> Levels:
    """The smallest level on which both agree, or the largest on which they contradict one another."""
    a, b = data.places[left], data.places[right]
    n = len(left)
    level = np.zeros(n, np.int16)
    differs_inside = np.zeros(n, bool)
    region_differs = np.zeros(n, bool)
    for depth in range(4):
        known = (a[:, depth] >= 0) & (b[:, depth] >= 0)
        alike = np.zeros(n, bool)
        alike[known] = alike_values(a[known, depth], b[known, depth]) >= _SAME_PLACE
        level[alike] = 4 - depth
        if depth == 0:
            region_differs = known & ~alike
        elif depth < 3:
            differs_inside |= known & ~alike
            level[known & ~alike] = 5
    inner = (a[:, 2] >= 0) & ((a[:, 2] == b[:, 1]) | (a[:, 2] == b[:, 2])) | (b[:, 2] >= 0) & (b[:, 2] == a[:, 1])
    level = np.where(differs_inside & inner, 3, level)
    return np.where(region_differs, 6, level).astype(np.int16)


def age_levels(a: Ints, b: Ints) -> Levels:
    gap = np.maximum(0, np.maximum(b[:, 0] - a[:, 1], a[:, 0] - b[:, 1]))
    exact = (a[:, 0] == a[:, 1]) & (b[:, 0] == b[:, 1])
    level = np.array([1, 2, 3, 4, 4, 4])[np.minimum(gap, 5)]
    level = np.where(gap > 5, 7, level)
    level = np.where(~exact & (gap == 0), 5, level)
    x, y = a[:, 0], b[:, 0]
    digit = (
        ((x // 10 == y // 10) | (x % 10 == y % 10) | ((x // 10 == y % 10) & (x % 10 == y // 10)))
        & (x >= 10)
        & (y >= 10)
    )
    level = np.where(exact & (gap > 2) & digit, 6, level)
    return np.where((x < 0) | (y < 0), 0, level).astype(np.int16)


def birth_levels(a: Ints, b: Ints) -> Levels:
    apart = np.maximum(0, np.maximum(b[:, 0] - a[:, 1], a[:, 0] - b[:, 1])).astype(np.int64)
    exact = (a[:, 0] == a[:, 1]) & (b[:, 0] == b[:, 1])
    level = np.where(apart == 0, 1, np.where(apart <= 31, 3, np.where(apart <= 366, 4, np.where(apart <= 3680, 7, 6))))
    level = np.where(~exact & (apart == 0), 5, level)
    unknown = (a[:, 0] == UNKNOWN_DAY) | (b[:, 0] == UNKNOWN_DAY)
    apart_ = np.flatnonzero(exact & (apart > 0) & ~unknown)
    level[apart_[_one_part_differs(a[apart_, 0], b[apart_, 0])]] = 2
    return np.where(unknown, 0, level).astype(np.int16)


def extra_levels(data: Encoded, a: Ints, b: Ints, alike: Alike) -> Levels:
    known = (a >= 0) & (b >= 0)
    level = np.zeros(len(a), np.int16)
    same = known & (a == b)
    level[same] = np.where(data.value_bits[a[same]] >= 7, 1, 2)
    other = np.flatnonzero(known & (a != b))
    level[other] = np.where(alike(a[other], b[other]) >= _SAME_VALUE, 3, 4)
    return level
