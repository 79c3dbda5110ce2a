"""From pairs to persons: samples of clusterings, and the one clustering that is expected to be wrong least.

A record is drawn to a cluster by its links to all of the cluster's records. Those links repeat one another (records of
one person resemble each other), so ``k`` of them weigh not as ``k`` but as ``k ** 0.2`` times their mean. Records are
moved one at a time between the clusters they have a candidate in (Gibbs sampling); every visit's full conditional, not
only the move drawn, goes into the pair probabilities.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NEVER = -1e6
ALWAYS = 1e3
UNSEEN = -7.0
"""Natural log-odds of two records that blocking did not bring together."""
_FLOOR = -14.0
SHARED = 0.8
"""How much of the evidence of a cluster's records is the same evidence again: 0 none of it, 1 all of it."""


@dataclass(frozen=True, slots=True)
class Links:
    """Candidate links among ``n`` records: natural log-odds before competition, ``NEVER`` and ``ALWAYS`` where decided.

    Two records of one list are joined only by a candidate link of their own, never through a third.
    """

    n: int
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    log_odds: Floats
    list_of: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sampled:
    """``p`` one a link. ``clusterings`` is ``(n_samples, n)``: equal numbers are one person, in each sample apart."""

    p: Floats
    clusterings: NDArray[np.int32]


def sample(links: Links, start: NDArray[np.int32], *, sweeps: int, burn_in: int, rng: np.random.Generator) -> Sampled:
    """Draw ``sweeps`` clusterings, from ``start``, after ``burn_in`` that are thrown away."""
    state = _State(links, start)
    taken = np.zeros((sweeps, links.n), np.int32)
    total: dict[tuple[int, int], float] = defaultdict(float)
    movable = state.movable()
    for sweep in range(-burn_in, sweeps):
        order = rng.permutation(len(movable))
        draws = rng.random(len(movable))
        for k, draw in zip(order.tolist(), draws.tolist(), strict=True):
            state.visit(movable[k], draw, total if sweep >= 0 else None)
        if sweep >= 0:
            taken[sweep] = state.of
    p = np.array([total.get((a, b), 0.0) for a, b in zip(links.left.tolist(), links.right.tolist(), strict=True)])
    return Sampled(np.clip(p / max(2 * sweeps, 1), 0.0, 1.0), taken)


class _State:
    """One clustering, and the weights needed to change it record by record."""

    def __init__(self, links: Links, start: NDArray[np.int32]) -> None:
        self.of = start.tolist()
        self.members: list[set[int]] = [set() for _ in range(links.n)]
        for i, c in enumerate(self.of):
            self.members[c].add(i)
        self.weight: list[dict[int, float]] = [{} for _ in range(links.n)]
        self.list_of = links.list_of.tolist()
        for a, b, w in zip(links.left.tolist(), links.right.tolist(), links.log_odds.tolist(), strict=True):
            w = w if w in (NEVER, ALWAYS) else max(w, _FLOOR)
            self.weight[a][b] = w
            self.weight[b][a] = w
        self.free = [c for c, inside in enumerate(self.members) if not inside]

    def movable(self) -> list[int]:
        return [i for i, near in enumerate(self.weight) if any(w > NEVER for w in near.values())]

    def visit(self, i: int, draw: float, total: dict[tuple[int, int], float] | None) -> None:
        """Take ``i`` out of its cluster and put it where the draw says."""
        near = self.weight[i]
        self._remove(i)
        clusters = sorted({self.of[j] for j in near})
        gains = [self._gain(i, c) for c in clusters]
        top = max([0.0, *gains])
        odds = [math.exp(g - top) for g in gains]
        alone = math.exp(-top)
        whole = alone + sum(odds)
        if total is not None:
            self._credit(i, clusters, odds, whole, total)
        mark = draw * whole
        for c, o in zip(clusters, odds, strict=True):
            mark -= o
            if mark < 0:
                self.members[c].add(i)
                self.of[i] = c
                return
        self._alone(i)

    def _credit(
        self, i: int, clusters: list[int], odds: list[float], whole: float, total: dict[tuple[int, int], float]
    ) -> None:
        for c, o in zip(clusters, odds, strict=True):
            share = o / whole
            if share > 1e-4:
                for j in self.members[c]:
                    total[(i, j) if i < j else (j, i)] += share

    def _gain(self, i: int, c: int) -> float:
        """The log-odds that ``i`` is of cluster ``c`` rather than alone."""
        near = self.weight[i]
        pairs = 0.0
        members = self.members[c]
        for j in members:
            w = near.get(j)
            if w is None:
                if self.list_of[j] == self.list_of[i]:
                    return NEVER
                w = UNSEEN
            elif w == NEVER:
                return NEVER
            pairs += w
        return pairs / math.pow(len(members), SHARED)

    def _remove(self, i: int) -> None:
        c = self.of[i]
        members = self.members[c]
        members.discard(i)
        if not members:
            self.free.append(c)

    def _alone(self, i: int) -> None:
        c = self.free.pop()
        self.members[c] = {i}
        self.of[i] = c


def best_clustering(links: Links, p: Floats, at: float = 0.5) -> NDArray[np.int32]:
    """Join while joining is expected to be right more often than wrong, the surest pairs first.

    Two clusters are joined when the mean probability over all their pairs (0 for those never compared) is above ``at``.
    """
    state = list(range(links.n))
    members: dict[int, list[int]] = {i: [i] for i in range(links.n)}
    near: list[dict[int, float]] = [{} for _ in range(links.n)]
    barred: set[tuple[int, int]] = set()
    for a, b, q, w in zip(links.left.tolist(), links.right.tolist(), p.tolist(), links.log_odds.tolist(), strict=True):
        near[a][b] = near[b][a] = q
        if w == NEVER:
            barred.add((a, b))
    order = np.argsort(-p, kind="stable")
    for k in order[p[order] > at].tolist():
        a, b = state[int(links.left[k])], state[int(links.right[k])]
        if a == b or not _may_join(members[a], members[b], links, near, barred, at):
            continue
        if len(members[a]) < len(members[b]):
            a, b = b, a
        mean = sum(near[i].get(j, 0.0) for i in members[a] for j in members[b]) / (len(members[a]) * len(members[b]))
        if mean > at or links.log_odds[k] == ALWAYS:
            members[a] += members.pop(b)
            for j in members[a]:
                state[j] = a
    return np.array(state, np.int32)


def _may_join(
    a: list[int],
    b: list[int],
    links: Links,
    near: list[dict[int, float]],
    barred: set[tuple[int, int]],
    at: float,
) -> bool:
    lists = {int(links.list_of[i]) for i in a}
    for j in b:
        if int(links.list_of[j]) in lists and any(
            links.list_of[i] == links.list_of[j] and near[i].get(j, 0.0) <= at for i in a
        ):
            return False
    return not any((min(i, j), max(i, j)) in barred for i in a for j in b) if barred else True
