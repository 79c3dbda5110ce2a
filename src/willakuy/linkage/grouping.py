"""Pairs grouped by the lists they join, and what is believed about how much two lists overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.encoding import Encoded, Ints

Floats = NDArray[np.float64]
MOST_REPEATS = 0.5
"""Pairs of repeats that a list among others can be believed to hold, for each of its records."""
_MOST_PLACES = 50_000_000
POOLED = 3.0
"""Two lists of this size are believed half by their own overlap, half by that of all lists together."""


@dataclass(frozen=True, slots=True)
class Groups:
    """One group for each two lists. ``size_l``/``size_r`` records there are to match; ``repeats`` marks a list with itself.

    ``back_l``/``back_r`` number the rivals of each pair: those with the same left (right) record and the same group.
    ``teaches`` is 0 for groups whose pairs do not show how two witnesses of one person agree: a list and its copy, and
    one of several lists with itself.
    """

    of_pair: NDArray[np.int32]
    size_l: Floats
    size_r: Floats
    repeats: NDArray[np.bool_]
    back_l: NDArray[np.int64]
    back_r: NDArray[np.int64]
    teaches: Floats

    @property
    def pairs(self) -> Floats:
        """All pairs there are, candidates or not."""
        return np.where(self.repeats, self.size_l * (self.size_l - 1) / 2, self.size_l * self.size_r)

    @property
    def most(self) -> Floats:
        """The most matches there can be."""
        return np.minimum(self.size_l, self.size_r)


def group_pairs(data: Encoded, left: Ints, right: Ints, copies: frozenset[tuple[str, str]]) -> Groups:
    return grouped(data.lists, data.list_of, data.telling.astype(float), left, right, copies)


def grouped(
    lists: tuple[str, ...],
    list_of: Ints,
    telling: Floats,
    left: Ints,
    right: Ints,
    copies: frozenset[tuple[str, str]],
) -> Groups:
    """``group_pairs`` from arrays; ``telling`` is 1 for each record that says something of one person, else 0."""
    n_lists = max(len(lists), 1)
    a, b = list_of[left].astype(np.int64), list_of[right].astype(np.int64)
    distinct, of_pair = _numbered(np.minimum(a, b) * n_lists + np.maximum(a, b), n_lists**2)
    sizes: Floats = np.bincount(list_of, weights=telling, minlength=n_lists).astype(float)
    one, other = distinct // n_lists, distinct % n_lists
    copied = np.array([_is_copy(lists[i], lists[j], copies) for i, j in zip(one, other, strict=True)], bool)
    # the rivals of a pair's left record are the other candidates it has, as a left record, in the list of the right one
    _, back_l = _numbered(left.astype(np.int64) * n_lists + b, len(list_of) * n_lists)
    _, back_r = _numbered(right.astype(np.int64) * n_lists + a, len(list_of) * n_lists)
    # a list holds few persons twice, so where there are several lists, what agreement looks like is learnt between them
    silent = copied | ((one == other) & bool((one != other).any()))
    return Groups(
        of_pair.astype(np.int32), sizes[one], sizes[other], one == other, back_l, back_r, np.where(silent, 0.0, 1.0)
    )


def _numbered(codes: NDArray[np.int64], end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct codes in order, and the number of each; ``end`` is above every code."""
    if end > _MOST_PLACES:
        return np.unique(codes, return_inverse=True)
    seen = np.zeros(end, bool)
    seen[codes] = True
    distinct = np.flatnonzero(seen)
    number = np.zeros(end, np.int64)
    number[distinct] = np.arange(len(distinct))
    return distinct, number[codes]


def _is_copy(a: str, b: str, copies: frozenset[tuple[str, str]]) -> bool:
    return (a, b) in copies or (b, a) in copies


def matches(p: Floats, groups: Groups) -> Floats:
    """Expected matches of each two lists, from the probabilities of their pairs."""
    return np.bincount(groups.of_pair, weights=p, minlength=len(groups.size_l)).astype(float)


def pooled_overlap(total: Floats, groups: Groups, shares: tuple[float, float] | None = None) -> Floats:
    """Expected matches of each two lists: their own, drawn towards the overlap of all lists where they are small.

    ``shares``: the overlap between lists and within them, when it is known from elsewhere.
    """
    out = total.copy()
    between, within = shares or overlap_shares(total, groups)
    for kind, share in ((True, within), (False, between)):
        mine = groups.repeats == kind
        most = groups.most[mine]
        if mine.any() and most.sum() > 0:
            weight = most / (most + POOLED)
            out[mine] = weight * total[mine] + (1 - weight) * share * most
    most_repeats = np.inf if groups.repeats.all() else MOST_REPEATS
    return np.asarray(np.minimum(out, np.where(groups.repeats, most_repeats, 0.995) * groups.most))


def overlap_shares(total: Floats, groups: Groups) -> tuple[float, float]:
    """Of the most matches there can be, the share expected: between lists, and within them."""
    shares = []
    for kind in (False, True):
        mine = groups.repeats == kind
        most = float(groups.most[mine].sum())
        shares.append(float(total[mine].sum()) / most if most > 0 else 0.0)
    return shares[0], shares[1]
