"""Which pairs are worth comparing. Keys are made here; Splink joins on them, on DuckDB or on Spark.

Each record gets a set of keys (numbers: ``blocking_kernel``), and two records that share one are compared. They survive swapped, dropped and
misspelt surnames, initials against names, and any one empty field:

    two spelling families of the name in any order · one family with the month, the age or the province ·
    a rare family alone · the initials with the month or the district · the day with the region · the exact birth date
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.encoding import UNKNOWN_DAY, Encoded, Ints
from willakuy.linkage.errors import TooManyPairs
from willakuy.linkage.joining import join
from willakuy.linkage.values import Settings

STRONG, EVENT = 1, 2
"""The lowest bits of a key. A strong one brings two rows of one list together too: a list is nearly free of repeats, and
it carries the name. One of a day and a place may be had by more records before it says nothing."""
RARE = 25
"""A spelling family in at most this many records is a key of its own."""


ALL_PAIRS = 1000
"""Up to this many records every pair is compared; a small case has no use for shortcuts."""
FREE_PAIRS, PAIRS_A_RECORD = 10_000_000, 60
"""Keys may make so many pairs, or so many for each record where that is more; beyond, the most common are not used."""
_BATCH = 5_000
_LAST = 2**21
"""Beyond every code point."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Positions of the records to compare, left before right, each pair once, in order.

    ``n_passed_over`` records share keys with others, and none that is rare enough to be used.
    """

    left: Ints
    right: Ints
    n_passed_over: int = 0


def candidate_pairs(data: Encoded, settings: Settings) -> Candidates:
    """Which records to compare.

    Two rows of one list are compared only when both are named: a list that prints "NN" twice means two people.

    Raises:
        TooManyPairs: the records hardly differ.
    """
    n, passed_over = len(data.records), 0
    if n <= ALL_PAIRS:
        left, right = (x.astype(np.int32) for x in np.triu_indices(n, 1))
    else:
        keys = usable_keys(data, settings)
        left, right = join_on_keys(data, keys, settings)
        passed_over = keys.n_passed_over
    return Candidates(*_worth_comparing(data, left, right, settings), passed_over)


def _worth_comparing(data: Encoded, left: Ints, right: Ints, settings: Settings) -> tuple[Ints, Ints]:
    is_named = (data.names[0][:, 0] >= 0) | (data.names[1][:, 0] >= 0)
    ok = data.telling[left] & data.telling[right]
    if len(data.lists) > 1:
        within = data.list_of[left] == data.list_of[right]
        ok &= ~within | (is_named[left] & is_named[right])
        if settings.may_repeat is not None:
            may = np.array([name in settings.may_repeat for name in data.lists], bool)
            ok &= ~within | may[data.list_of[left]]
    if int(ok.sum()) > settings.most_pairs:
        raise TooManyPairs(n=int(ok.sum()), most=settings.most_pairs)
    return left[ok], right[ok]


@dataclass(frozen=True, slots=True)
class Keying:
    """Which families are rare, and which keys say nothing, among the records of one fit.

    ``families`` are those in more than ``RARE`` records, by how often they are named; ``crowded`` keys are refined,
    ``common`` ones are not used. Both are sorted.
    """

    families: dict[str, int]
    crowded: tuple[int, ...]
    common: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """``row[k]`` has the key ``key[k]``, each at most once; rows ascend."""

    row: NDArray[np.int32]
    key: NDArray[np.uint64]


def keying_of(data: Encoded, settings: Settings) -> Keying:
    """How ``candidate_pairs`` keys these records, to be kept for later ones."""
    counts = _family_counts(data)
    many = {data.lexicon.families[i]: int(n) for i, n in enumerate(counts[: len(data.lexicon.families)]) if n > RARE}
    crowded, keys = _all_keys(data, counts, settings.most_pairs)
    key, size = np.unique(keys.key, return_counts=True)
    most = _most(_is_event(key), size, len(data.records), _budget(len(data.records), settings.most_pairs))
    return Keying(many, tuple(crowded.tolist()), tuple(key[size > most].tolist()))


def keys_by(keying: Keying, data: Encoded) -> Keys:
    """The usable keys of each record under a keying that was kept; none for records that say nothing."""
    counts = np.array([keying.families.get(f, 0) for f in data.lexicon.families] or [0], np.int64)
    keys = keys_of(data, counts > RARE, np.array(keying.crowded, np.uint64))
    usable = ~_stands_in(np.array(keying.common, np.uint64), keys.key)
    return Keys(keys.row[usable], keys.key[usable])


def _family_counts(data: Encoded) -> NDArray[np.int64]:
    counts = np.zeros(max(len(data.lexicon.families), 1), np.int64)
    for names in data.names:
        used = names[names >= 0]
        np.add.at(counts, data.lexicon.family_id[used], 1)
    return counts


def _stands_in(ordered: NDArray[np.uint64], keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    if not len(ordered):
        return np.zeros(len(keys), bool)
    return np.asarray(ordered[np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)] == keys)


@dataclass(frozen=True, slots=True)
class Usable:
    """Keys shared by two records or more, without those so common that they say nothing: ``row[k]`` has the key of number
    ``key[k]``, even where the key is strong. ``n_passed_over`` records share keys, and only such common ones."""

    row: NDArray[np.int32]
    key: NDArray[np.int64]
    n_passed_over: int


def usable_keys(data: Encoded, settings: Settings) -> Usable:
    _, keys = _all_keys(data, _family_counts(data), settings.most_pairs)
    order = np.argsort(keys.key)
    in_order = keys.key[order]
    starts = np.flatnonzero(np.r_[True, in_order[1:] != in_order[:-1]]) if len(order) else np.zeros(0, np.int64)
    size = np.diff(np.r_[starts, len(order)])
    fine = size <= _most(
        _is_event(in_order[starts]), size, len(data.records), _budget(len(data.records), settings.most_pairs)
    )
    weak = (in_order[starts] & np.uint64(STRONG)) == 0
    number = np.where(size < 2, -1, np.where(fine, 2 * np.arange(len(starts)) + weak, -2))
    of = np.empty(len(order), np.int64)
    of[order] = np.repeat(number, size)
    used = of >= 0
    passed_over = np.setdiff1d(keys.row[of == -2], keys.row[used])
    return Usable(keys.row[used], of[used], len(passed_over))


def _budget(n: int, most_pairs: int) -> int:
    """How many pairs the keys may make, one that several keys make counted as often."""
    return min(max(FREE_PAIRS, PAIRS_A_RECORD * n), most_pairs)


def _most(is_event: NDArray[np.bool_], size: NDArray[np.int64], n: int, budget: int) -> NDArray[np.int64]:
    """How many records may have each key before it says nothing: fewer where all keys would make too many pairs."""
    most = np.where(is_event, max(120, int(2 * n**0.5)), max(60, int(n**0.5)))
    pairs = np.where(size <= most, size * (size - 1) // 2, 0)
    if int(pairs.sum()) <= budget:
        return np.asarray(most)
    scaled = np.where(is_event, (size + 1) // 2, size)
    made = np.cumsum(np.bincount(scaled, weights=pairs))
    limit = max(int(np.searchsorted(made, budget, side="right")) - 1, 1)
    return np.minimum(most, np.where(is_event, 2 * limit, limit))


def _all_keys(data: Encoded, counts: NDArray[np.int64], most_pairs: int) -> tuple[NDArray[np.uint64], Keys]:
    """The crowded keys, sorted; and every key of every telling record, the crowded ones refined."""
    n = len(data.records)
    first = keys_of(data, counts > RARE, np.zeros(0, np.uint64))
    key, size = np.unique(first.key, return_counts=True)
    crowded = key[size > _most(_is_event(key), size, n, _budget(n, most_pairs))]
    return crowded, keys_of(data, counts > RARE, crowded) if len(crowded) else first


def _is_event(key: NDArray[np.uint64]) -> NDArray[np.bool_]:
    return np.asarray((key & np.uint64(EVENT)) > 0)


def keys_of(data: Encoded, is_common: NDArray[np.bool_], crowded: NDArray[np.uint64]) -> Keys:
    """Every key of each telling record. ``is_common`` marks families that are no key of their own."""
    from willakuy.linkage.blocking_kernel import MOST_KEYS, all_keys

    families, digest = _families(data), _digests(data.lexicon.families)
    values = np.r_[_digests(data.values), np.uint64(0)]
    region = values[data.places[:, 0]]
    near = values[np.where(data.places[:, 2] >= 0, data.places[:, 2], data.places[:, 1])]
    days, months = _days(data.died)
    parts = (
        families, _singles(data, is_common), digest, ~is_common, _letters(data), days, months, _ages(data.age),
        np.where(data.born == UNKNOWN_DAY, -1, data.born).astype(np.int64), region, near, crowded,
    )  # fmt: skip
    telling = np.flatnonzero(data.telling)
    found_row, found_key = [*_extra_keys(data)]
    out_row, out_key = np.empty(_BATCH * MOST_KEYS, np.int32), np.empty(_BATCH * MOST_KEYS, np.uint64)
    rows_, keys_ = [found_row], [found_key]
    for start in range(0, len(telling), _BATCH):
        n = all_keys(telling[start : start + _BATCH], *parts, out_row, out_key)
        rows_.append(out_row[:n].copy())
        keys_.append(out_key[:n].copy())
    row, key = np.concatenate(rows_), np.concatenate(keys_)
    if len(found_row):
        order = np.argsort(row, kind="stable")
        row, key = row[order], key[order]
    return Keys(row, key)


def _extra_keys(data: Encoded) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """A long value in a column of no known role is a key of its own (the number of an identity card, an address)."""
    known: dict[tuple[str, str], int] = {}
    found = [
        (i, known.setdefault(pair, len(known)))
        for i, record in enumerate(data.records)
        if record.extra and data.telling[i]
        for pair in set(record.extra)
        if len(pair[1]) >= 5
    ]
    row, number = np.array(found, np.int32).reshape(-1, 2).T
    digests = _digests([f"x{column}-{value}" for column, value in known])
    key = (digests & ~np.uint64(3)) | np.uint64(STRONG)
    return row, key[number]


def _digests(texts: Sequence[str]) -> NDArray[np.uint64]:
    """A number for each text that stays the same from run to run; never 0."""
    found = (hashlib.blake2b(t.encode(), digest_size=8).digest() for t in texts)
    return np.frombuffer(b"".join(found), np.uint64) | np.uint64(1)


def _families(data: Encoded) -> Ints:
    """``(n, 7)``: each record's spelling families, once each, from the name in its own script where there is one."""
    return _once(_in_order(data))


def _in_order(data: Encoded) -> Ints:
    latin, native = data.names
    lex = data.lexicon
    if not lex.tokens:
        return np.full(latin.shape, -1, np.int32)
    tokens = np.where(native[:, :1] >= 0, native, latin)
    return np.where((tokens >= 0) & ~lex.is_initial[tokens], lex.family_id[tokens], -1).astype(np.int32)


def _once(families: Ints) -> Ints:
    out = families.copy()
    for j in range(1, families.shape[1]):
        out[(families[:, :j] == families[:, j : j + 1]).any(axis=1), j] = -1
    return out


def _singles(data: Encoded, is_common: NDArray[np.bool_]) -> Ints:
    """Families in many records, which need a second thing to be a key: of a long name the last two, its surnames."""
    families = _in_order(data)
    words = (families >= 0).sum(axis=1, keepdims=True)
    place = np.cumsum(families >= 0, axis=1)
    kept = (families >= 0) & ((words < 4) | (place > words - 2)) & is_common[families]
    return _once(np.where(kept, families, -1).astype(np.int32))


def _letters(data: Encoded) -> NDArray[np.int64]:
    """``(n, 7)``: the first letters of the Latin name, sorted, as code points; 0 beyond the end."""
    first = np.array([ord(t[0]) for t in data.lexicon.tokens] or [0], np.int64)
    latin = data.names[0]
    letters = np.sort(np.where(latin >= 0, first[latin], _LAST), axis=1)
    return np.where(letters == _LAST, 0, letters)


def _days(died: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The day, -1 if no one day is known; and ``(n, 3)`` months: first, end and that of the first day said.

    The months a death may be in, each with its neighbour near an edge; none where what was said is longer than a season.
    """
    lo, hi = died[:, 0].astype(np.int64), died[:, 1].astype(np.int64)
    known = (lo != UNKNOWN_DAY) & (hi - lo <= 92)
    lo, hi = np.where(known, lo, 1), np.where(known, hi, 1)
    first, last, own = _month(np.maximum(lo - 3, 1)), _month(hi + 3), _month(lo)
    months = np.stack([first, np.where(known, last + 1, first), own], axis=1)
    return np.where(known & (lo == hi), lo, -1), months


def _month(days: NDArray[np.int64]) -> NDArray[np.int64]:
    when = days.astype("datetime64[D]") - np.timedelta64(719163, "D")
    return when.astype("datetime64[M]").astype(np.int64) + 12 * 1970


def _ages(age: Ints) -> NDArray[np.int64]:
    """``(n, 2)``: the age in threes with both neighbours' edge, so that ages one apart share a key; -2 where there is none."""
    lo, hi = age[:, 0].astype(np.int64), age[:, 1].astype(np.int64)
    known = (lo >= 0) & (hi - lo <= 4)
    one, other = (lo - 1) // 3, (hi + 1) // 3
    return np.stack([np.where(known, one, -2), np.where(known & (one != other), other, -2)], axis=1)


def join_on_keys(data: Encoded, keys: Usable, settings: Settings) -> tuple[Ints, Ints]:
    """Pairs of records sharing a key: any key between lists, a strong one within a list. Each once, in order."""
    left, right = join(keys.row, keys.key, data.list_of if len(data.lists) > 1 else None, settings.engine)
    order = np.argsort(left.astype(np.int64) * len(data.records) + right)
    return left[order], right[order]
