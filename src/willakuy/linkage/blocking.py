"""Which pairs are worth comparing. Keys are made here; Splink joins on them, on DuckDB or on Spark.

Each record gets a set of keys, and two records that share one are compared. The keys survive swapped, dropped and
misspelt surnames, initials against names, and any one empty field:

    two spelling families of the name in any order · one family with the month, the age or the province ·
    a rare family alone · the initials with the month or the district · the day with the region · the exact birth date
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.encoding import UNKNOWN_DAY, Encoded, Ints
from willakuy.linkage.errors import TooManyPairs
from willakuy.linkage.joining import join
from willakuy.linkage.values import Settings

RARE = 25
"""A spelling family in at most this many records is a key of its own."""


ALL_PAIRS = 1000
"""Up to this many records every pair is compared; a small case has no use for shortcuts."""
_STRONG = "2rbxj"
"""Kinds of key that bring two rows of one list together: a list is nearly free of repeats, and they carry the name."""


def candidate_pairs(data: Encoded, settings: Settings) -> tuple[Ints, Ints]:
    """Positions of the records to compare, left before right, each pair once, in order.

    Two rows of one list are compared only when both are named: a list that prints "NN" twice means two people.

    Raises:
        TooManyPairs: the records hardly differ.
    """
    n = len(data.records)
    if n <= ALL_PAIRS:
        left, right = (x.astype(np.int32) for x in np.triu_indices(n, 1))
    else:
        rows, keys = _usable_keys(data, settings)
        left, right = join_on_keys(rows, keys, data.list_of, settings.engine)
    return _worth_comparing(data, left, right, settings)


def _worth_comparing(data: Encoded, left: Ints, right: Ints, settings: Settings) -> tuple[Ints, Ints]:
    silent = np.array([r.is_blank or r.is_group for r in data.records], bool)
    is_named = (data.names[0][:, 0] >= 0) | (data.names[1][:, 0] >= 0)
    ok = ~(silent[left] | silent[right])
    if len(data.lists) > 1:
        within = data.list_of[left] == data.list_of[right]
        ok &= ~within | (is_named[left] & is_named[right])
        if settings.may_repeat is not None:
            may = np.array([name in settings.may_repeat for name in data.lists], bool)
            ok &= ~within | may[data.list_of[left]]
    if int(ok.sum()) > settings.most_pairs:
        raise TooManyPairs(n=int(ok.sum()), most=settings.most_pairs)
    return left[ok], right[ok]


def _family_counts(data: Encoded) -> NDArray[np.int64]:
    counts = np.zeros(max(len(data.lexicon.families), 1), np.int64)
    for names in data.names:
        used = names[names >= 0]
        np.add.at(counts, data.lexicon.family_id[used], 1)
    return counts


@dataclass(frozen=True, slots=True)
class Keying:
    """Which families are rare, and which keys say nothing, among the records of one fit.

    ``families`` are those in more than ``RARE`` records, by how often they are named; ``crowded`` keys are refined,
    ``common`` ones are not used.
    """

    families: dict[str, int]
    crowded: frozenset[str]
    common: frozenset[str]


def keying_of(data: Encoded) -> Keying:
    """How ``candidate_pairs`` keys these records, to be kept for later ones."""
    counts = _family_counts(data)
    many = {data.lexicon.families[i]: int(n) for i, n in enumerate(counts[: len(data.lexicon.families)]) if n > RARE}
    crowded, _, common = _sized_keys(data, counts)
    return Keying(many, crowded, common)


def keys_by(keying: Keying, data: Encoded) -> list[list[str]]:
    """The usable keys of each record under a keying that was kept, sorted; none for records that say nothing."""
    counts = np.array([keying.families.get(f, 0) for f in data.lexicon.families] or [0], np.int64)
    return [
        []
        if record.is_blank or record.is_group
        else sorted({k for k in _keys(data, i, counts, keying.crowded) if k not in keying.common})
        for i, record in enumerate(data.records)
    ]


def _keys(data: Encoded, i: int, counts: NDArray[np.int64], crowded: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every key of one record. A key in ``crowded`` is replaced by itself with the age, and with a third family."""
    record, lex = data.records[i], data.lexicon
    day, month = _day(data.died[i])
    ages = _ages(data, i)
    region, province, district, _ = record.place
    near = district or province
    initials = ""
    singles: set[str] = set()
    for view, names in enumerate(data.names):
        ids = [int(t) for t in names[i] if t >= 0]
        if view == 0 and ids:
            initials = "".join(sorted(lex.tokens[t][0] for t in ids))
        if view == 0 and data.names[1][i, 0] >= 0:
            continue
        ordered = [int(lex.family_id[t]) for t in ids if not lex.is_initial[t]]
        words = sorted({lex.families[w] for w in ordered})
        singles.update(lex.families[w] for w in (ordered if len(ordered) < 4 else ordered[-2:]) if counts[w] > RARE)
        yield from (f"r{lex.families[w]}" for w in sorted(set(ordered)) if counts[w] <= RARE)
        for pair in combinations(words, 2):
            key = f"2{pair[0]}-{pair[1]}"
            yield key
            if key in crowded:
                yield from (f"{key}-{a}" for a in ages)
                yield from (f"{key}-{m}" for m in month)
                yield from (f"{key}+{w}" for w in words if w not in pair)
    yield from _single_keys(sorted(singles), ages, month, near)
    if len(initials) >= 2:
        for a, b in {(initials[x], initials[y]) for x, y in combinations(range(len(initials)), 2)}:
            yield from (f"i{a}{b}-{m}-{region}" for m in month)
        yield from (f"j{initials}-{a}" for a in ages)
    yield from _event_keys(day, month, ages, data.died[i], region, near)
    if data.born[i, 0] != UNKNOWN_DAY:
        yield f"b{data.born[i, 0]}-{data.born[i, 1]}"
    for column, value in record.extra:
        if len(value) >= 5:
            yield f"x{column}-{value}"


def _single_keys(families: list[str], ages: list[int], month: list[str], near: str) -> Iterator[str]:
    for f in families:
        yield from (f"m{f}-{m}" for m in month)
        yield from (f"a{f}-{a}" for a in ages)
        if near:
            yield f"p{f}-{near}"
        if not (month or ages or near):
            yield f"o{f}"


def _event_keys(day: list[int], month: list[str], ages: list[int], span: Ints, region: str, near: str) -> Iterator[str]:
    for d in day:
        yield f"d{d}-{region}"
        yield from (f"e{d}-{a}" for a in ages)
        for week in {(d - 3) // 7, (d + 3) // 7}:
            yield from (f"w{week}-{p}" for p in {near or region, region})
            yield from (f"v{week}-{region}-{a}" for a in ages)
    if not day:
        yield from (f"n{m}-{near or region}" for m in month)
        yield from (f"N{m}-{region}-{a}" for m in month for a in ages)
    elif region or near:
        m = dt.date.fromordinal(int(span[0])).strftime("%Y%m")
        yield f"n{m}-{near or region}"
        yield from (f"N{m}-{region}-{a}" for a in ages)


def _day(span: Ints) -> tuple[list[int], list[str]]:
    """The day, if one is known, and the months it may be in (at most three), each with its neighbour near an edge."""
    lo, hi = int(span[0]), int(span[1])
    if lo == UNKNOWN_DAY or hi - lo > 92:
        return [], []
    first, last = dt.date.fromordinal(max(lo - 3, 1)), dt.date.fromordinal(hi + 3)
    months = [f"{y}{m:02d}" for y, m in _months(first, last)]
    return ([lo] if lo == hi else []), months


def _months(first: dt.date, last: dt.date) -> Iterator[tuple[int, int]]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _ages(data: Encoded, i: int) -> list[int]:
    """The age in threes with both neighbours' edge, so that ages one apart share a key."""
    lo, hi = int(data.age[i, 0]), int(data.age[i, 1])
    if lo < 0 or hi - lo > 4:
        return []
    return sorted({(lo - 1) // 3, (hi + 1) // 3})


def _usable_keys(data: Encoded, settings: Settings) -> tuple[list[int], list[str]]:
    """Keys shared by two records or more, without those so common that they say nothing."""
    _, found, common = _sized_keys(data, _family_counts(data))
    sizes = Counter(key for mine in found.values() for key in mine)
    rows, keys = [], []
    for i, mine in found.items():
        for key in mine:
            if sizes[key] >= 2 and key not in common:
                rows.append(i)
                keys.append(key)
    pairs = sum(n * (n - 1) // 2 for key, n in sizes.items() if key not in common)
    if pairs > 4 * settings.most_pairs:
        raise TooManyPairs(n=pairs, most=settings.most_pairs)
    return rows, keys


def _sized_keys(
    data: Encoded, counts: NDArray[np.int64]
) -> tuple[frozenset[str], dict[int, list[str]], frozenset[str]]:
    """The crowded keys; each telling record's keys, the crowded ones refined; and those too common to be used."""
    n = len(data.records)
    told = [i for i, r in enumerate(data.records) if not (r.is_blank or r.is_group)]
    most = dict.fromkeys("2rmapoijbx", max(60, int(n**0.5)))
    sizes = Counter(key for i in told for key in set(_keys(data, i, counts)))
    crowded = frozenset(k for k, size in sizes.items() if k[0] == "2" and size > most["2"])
    found = {i: sorted(set(_keys(data, i, counts, crowded))) for i in told}
    sizes = Counter(key for mine in found.values() for key in mine)
    common = frozenset(k for k, size in sizes.items() if size > most.get(k[0], max(120, int(2 * n**0.5))))
    return crowded, found, common


def join_on_keys(rows: list[int], keys: list[str], list_of: Ints, engine: str) -> tuple[Ints, Ints]:
    """Pairs of records sharing a key: any key between lists, a strong one within a list."""
    if not rows:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    at = np.array(rows, np.int64)
    if len(np.unique(list_of)) == 1:
        parts = [join(at, keys, None, engine)]
    else:
        strong = [i for i, key in enumerate(keys) if key[0] in _STRONG]
        own = [f"{list_of[rows[i]]}:{keys[i]}" for i in strong]
        parts = [join(at, keys, list_of[at], engine), join(at[strong], own, None, engine)]
    left = np.concatenate([p[0] for p in parts])
    right = np.concatenate([p[1] for p in parts])
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    fresh = np.r_[True, (left[1:] != left[:-1]) | (right[1:] != right[:-1])] if len(left) else np.zeros(0, bool)
    return left[fresh], right[fresh]
