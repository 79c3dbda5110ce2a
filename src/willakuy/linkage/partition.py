"""From pairs to persons: samples of clusterings, and the one clustering that is expected to be wrong least.

A record is drawn to a cluster by its links to all of the cluster's records. Those links repeat one another (records of
one person resemble each other), so ``k`` of them weigh not as ``k`` but as ``k ** 0.2`` times their typical one. Records are
moved one at a time between the clusters they have a candidate in (Gibbs sampling); every visit's full conditional, not
only the move drawn, goes into the pair probabilities. Records that people judged the same are one unit and move
together; a link judged different bars two units from one cluster. Both hold in every sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
NEVER = -1e6
ALWAYS = 1e3
UNSEEN = -7.0
"""Natural log-odds of two records that blocking did not bring together."""
_FLOOR = -14.0
SHARED = 0.8
"""How much of the evidence of a cluster's records is the same evidence again: 0 none of it, 1 all of it."""
BEST = 0.3
"""How far the link to a cluster's most alike record counts beside the mean: a record misprinted throughout says little
against a newcomer that agrees with another record of the same person."""
MANY, _WINDOW = 200_000, 4096
MOST_CELLS = 40_000_000
"""Samples hold up to this many numbers (160 MB): as many as asked for up to 200,000 records, fewer beyond."""


@dataclass(frozen=True, slots=True)
class Links:
    """Candidate links among ``n`` records: natural log-odds before competition, ``NEVER`` and ``ALWAYS`` where decided.

    Two records of one list are joined only by a candidate link of their own, never through a third; where there are
    several lists and that link speaks against it, no more readily than it says, whatever a third record says of both.
    """

    n: int
    left: Ints
    right: Ints
    log_odds: Floats
    list_of: Ints


@dataclass(frozen=True, slots=True)
class Sampled:
    """``p`` one a link. ``clusterings`` is ``(n_samples, n)``: equal numbers are one person, in each sample apart."""

    p: Floats
    clusterings: Ints


@dataclass(frozen=True, slots=True)
class _Units:
    """Records judged the same, as one unit each: ``of`` by record, and each unit's records in ``records``."""

    of: NDArray[np.int64]
    start: NDArray[np.int64]
    records: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Near:
    """The links of each record, both ways: ``start[i]:start[i + 1]`` in ``other`` and ``edge``."""

    start: NDArray[np.int64]
    other: NDArray[np.int64]
    edge: NDArray[np.int64]


def sample(links: Links, start: Ints, *, sweeps: int, burn_in: int, rng: np.random.Generator) -> Sampled:
    """Draw ``sweeps`` clusterings, from ``start``, after ``burn_in`` that are thrown away.

    Beyond ``MANY`` records those that are tied to one another are put side by side first, and visited a few at a time:
    otherwise nearly every look at a neighbour is a look at memory far away.
    """
    if links.n > MANY:
        return _side_by_side(links, start, sweeps, burn_in, rng)
    return _sampled(links, start, sweeps, burn_in, rng, max(links.n, 1))


def _side_by_side(links: Links, start: Ints, sweeps: int, burn_in: int, rng: np.random.Generator) -> Sampled:
    order = np.argsort(roots(links), kind="stable")
    place = np.empty(links.n, np.int32)
    place[order] = np.arange(links.n, dtype=np.int32)
    moved = Links(links.n, place[links.left], place[links.right], links.log_odds, links.list_of[order])
    found = _sampled(moved, start[order], sweeps, burn_in, rng, _WINDOW)
    return Sampled(found.p, found.clusterings[:, place])


def roots(links: Links) -> NDArray[np.int64]:
    """The first record that each is tied to, through any number of links that are not barred."""
    root = np.arange(links.n, dtype=np.int64)
    ties = links.log_odds > NEVER
    a, b = links.left[ties].astype(np.int64), links.right[ties].astype(np.int64)
    while True:
        lower = np.minimum(root[a], root[b])
        before = root.copy()
        np.minimum.at(root, a, lower)
        np.minimum.at(root, b, lower)
        root = root[root]
        if (root == before).all():
            return root


def _sampled(links: Links, start: Ints, sweeps: int, burn_in: int, rng: np.random.Generator, window: int) -> Sampled:
    from willakuy.linkage.partition_kernel import sweep_clusters

    units, near = _units(links), _near(links)
    weight = np.where(links.log_odds == NEVER, NEVER, np.maximum(links.log_odds, _FLOOR))
    ends = np.concatenate([links.left, links.right])[np.tile(links.log_odds > NEVER, 2)]
    movable = np.unique(units.of[ends]) if len(ends) else np.zeros(0, np.int64)
    keep = max(1, min(sweeps, MOST_CELLS // max(links.n, 1)))
    _, cluster = np.unique(start[units.records[units.start[:-1]]], return_inverse=True)
    total, taken = sweep_clusters(
        rng, near.start, near.other, weight[near.edge], near.edge, links.list_of.astype(np.int64),
        units.of, units.start, units.records, movable, cluster.astype(np.int64),
        sweeps, burn_in, keep, UNSEEN, SHARED, BEST, len(links.left), bool((links.list_of != links.list_of[:1]).any()),
        window,
    )  # fmt: skip
    p = np.where(links.log_odds == ALWAYS, 1.0, total / max(2 * sweeps, 1))
    return Sampled(np.clip(p, 0.0, 1.0), taken)


def best_clustering(links: Links, p: Floats, at: float = 0.5) -> Ints:
    """Join while joining is expected to be right more often than wrong, the surest pairs first.

    Two clusters are joined when the mean probability over all their pairs (0 for those never compared) is above ``at``.
    """
    from willakuy.linkage.partition_kernel import join_greedily

    units, near = _units(links), _near(links)
    order = np.argsort(-p, kind="stable")
    cluster = join_greedily(
        order[p[order] > at], links.left.astype(np.int64), links.right.astype(np.int64), p, links.log_odds,
        links.list_of.astype(np.int64), near.start, near.other, near.edge, units.of, units.start, units.records, at,
    )  # fmt: skip
    return np.asarray(units.records[units.start[:-1]][cluster][units.of], np.int32)


def _units(links: Links) -> _Units:
    first = np.arange(links.n)
    for a, b in zip(links.left[links.log_odds == ALWAYS], links.right[links.log_odds == ALWAYS], strict=True):
        first[b] = min(first[a], first[b])  # "same" is closed, so the smallest record is linked to all others
    _, of = np.unique(first, return_inverse=True)
    records = np.argsort(of, kind="stable")
    return _Units(of, np.r_[0, np.cumsum(np.bincount(of))].astype(np.int64), records)


def _near(links: Links) -> _Near:
    a = np.concatenate([links.left, links.right]).astype(np.int64)
    b = np.concatenate([links.right, links.left]).astype(np.int64)
    order = np.argsort(a, kind="stable")
    start = np.r_[0, np.cumsum(np.bincount(a, minlength=links.n))].astype(np.int64)
    return _Near(start, b[order], np.tile(np.arange(len(links.left)), 2)[order])
