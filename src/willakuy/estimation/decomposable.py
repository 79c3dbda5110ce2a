"""Bayesian averaging over decomposable graphs of dependence between lists.

Madigan & York 1997 (Biometrika 84:19-31) with hyper-Dirichlet priors, as in Johndrow, Lum & Ball's ``dga``. A margin's
contribution depends only on the patterns seen, so nothing here has 2^J entries except the list of subsets when every
graph is enumerated (7 lists at most). Method: docs/method/estimation.md, "Decomposable graphs".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from willakuy.estimation.results import Floats, Span
from willakuy.estimation.tables import CaptureTable, Ints

Shorts = npt.NDArray[np.int16]

ENUMERATED_UP_TO = 7
LARGEST_UNSEEN = 1e9


@dataclass(frozen=True)
class GraphAverage:
    """Posterior of n0 averaged over graphs. ``weights`` sum to 1 over ``grid``; ``models`` the likeliest graphs."""

    span: Span
    grid: Floats = field(repr=False)
    weights: Floats = field(repr=False)
    models: tuple[tuple[str, float], ...]
    n_models: int
    end_weight: float
    exact: bool


def average_graphs(
    table: CaptureTable, *, delta: float | None = None, level: float = 0.95, rng: np.random.Generator | None = None,
    most_unseen: float | None = None,
) -> GraphAverage:  # fmt: skip
    """Average over all decomposable graphs (up to 7 lists), or over those a search visits.

    Args:
        delta: prior count per cell of the full table; 2^-J by default.
        rng: needed above 7 lists only.
        most_unseen: end the grid of n0 here whatever it cuts off, as ``dga`` does; only to compare with it.

    The grid of n0 is grown until its far end weighs less than 1e-6; where it cannot (a tail with no end),
    ``end_weight`` says what is left at a thousand million people, or a thousand times those documented.
    """
    upper = most_unseen or 20.0 * table.documented
    largest = max(LARGEST_UNSEEN, 1000.0 * table.documented)
    while True:
        grid = _grid(upper, 600 if table.n_lists >= 7 else 1200)
        margins = _Margins(table, grid, delta if delta is not None else 2.0**-table.n_lists)
        scores, masks, looked_at = _scores(table, margins, rng)
        found = _average(table, scores, masks, grid, level, looked_at)
        if found.end_weight < 1e-6 or upper >= largest or most_unseen is not None:
            return found
        upper = min(upper * 20, largest)


def _grid(upper: float, points: int) -> Floats:
    dense = np.arange(1, 200.0)
    return np.concatenate([dense, np.unique(np.round(np.geomspace(200, max(upper, 400), points)))])


def _scores(table: CaptureTable, margins: _Margins, rng: np.random.Generator | None) -> tuple[Floats, Ints, int]:
    """(log p(data, n0 | graph) ``(graphs, grid)``, their masks, how many were looked at)."""
    if table.n_lists <= ENUMERATED_UP_TO:
        masks, plus, minus = decomposable_graphs(table.n_lists)
        kept = _likely(margins, plus, minus, 1 << table.n_lists)
        terms = np.stack([margins.of(s) for s in range(1 << table.n_lists)])
        return _rows(plus[kept], minus[kept], terms, margins.base), masks[kept], len(masks)
    if rng is None:
        raise ValueError("a search over graphs needs a random generator")
    scores, masks = _search(table, margins, rng)
    return scores, masks, len(masks)


def _likely(margins: _Margins, plus: Shorts, minus: Shorts, n_subsets: int) -> npt.NDArray[np.intp]:
    """Graphs that can be seen in the answer: those within e^-26 of the best somewhere on every fortieth point of the
    grid. What is left out weighs less than 1e-5 together even where all 617,675 graphs of seven lists compete."""
    coarse = np.unique(np.linspace(0, len(margins.grid) - 1, 48).astype(int))
    terms = np.stack([margins.of(s)[coarse] for s in range(n_subsets)])
    best = np.concatenate(
        [
            _rows(plus[i : i + 20_000], minus[i : i + 20_000], terms, margins.base[coarse]).max(axis=1)
            for i in range(0, len(plus), 20_000)
        ]
    )
    return np.flatnonzero(best > best.max() - 26)


def _rows(plus: npt.NDArray[np.integer], minus: npt.NDArray[np.integer], terms: Floats, base: Floats) -> Floats:
    index = np.zeros((len(plus), terms.shape[0]))
    rows = np.arange(len(plus))
    for v in range(plus.shape[1]):
        index[rows, plus[:, v]] += 1
        index[rows, minus[:, v]] -= 1
    return index @ terms + base


def _average(
    table: CaptureTable, scores: Floats, masks: Ints, grid: Floats, level: float, looked_at: int
) -> GraphAverage:
    width = np.empty_like(grid)
    width[1:-1] = (grid[2:] - grid[:-2]) / 2
    width[0], width[-1] = (grid[1] - grid[0] + 1) / 2, (grid[-1] - grid[-2]) / 2
    top = scores.max()
    density = np.exp(np.subtract(scores, top, out=scores), out=scores)
    weights = density.sum(axis=0) * width
    by_graph = density @ width
    total = weights.sum()
    weights, by_graph = weights / total, by_graph / total
    cdf = np.cumsum(weights) - weights / 2
    people = table.documented + grid
    tail = (1 - level) / 2
    lo, median, hi = np.interp([tail, 0.5, 1 - tail], cdf, people)
    span = Span(float(median), float(people @ weights), float(lo), float(hi), level)
    order = np.argsort(-by_graph)[:8]
    models = tuple((graph_name(int(masks[i]), table.lists), float(by_graph[i])) for i in order)
    end = float(weights[-1] / width[-1] * grid[-1])
    exact = table.n_lists <= ENUMERATED_UP_TO
    return GraphAverage(span, grid, weights, models, looked_at, end, exact)


class _Margins:
    """Each subset of lists' contribution on the grid of n0, computed when first asked for."""

    def __init__(self, table: CaptureTable, grid: Floats, delta: float) -> None:
        from scipy.special import gammaln

        self.table, self.grid, self.gammaln = table, grid, gammaln
        self.whole = delta * 2.0**table.n_lists
        self.total = table.documented + grid
        self.known: dict[int, Floats] = {}
        self.base = gammaln(self.total + 1) - gammaln(grid + 1) - np.log(self.total)

    def of(self, subset: int) -> Floats:
        if subset not in self.known:
            self.known[subset] = self._compute(subset)
        return self.known[subset]

    def _compute(self, subset: int) -> Floats:
        if subset == 0:
            return np.zeros_like(self.grid)
        members = [j for j in range(self.table.n_lists) if subset >> j & 1]
        codes = self.table.patterns[:, members] @ (1 << np.arange(len(members)))
        counts = np.bincount(codes, weights=self.table.counts, minlength=1) if len(members) <= 16 else None
        if counts is None:
            unique, where = np.unique(codes, return_inverse=True)
            counts = np.concatenate([[0.0], np.bincount(where, weights=self.table.counts)])
            if unique[0] == 0:
                counts[0], counts[1] = counts[1], 0.0
        alpha = self.whole / 2.0 ** len(members)
        seen = counts[1:][counts[1:] > 0]
        fixed = float((self.gammaln(seen + alpha) - self.gammaln(alpha)).sum())
        empty = self.gammaln(counts[0] + self.grid + alpha) - self.gammaln(alpha)
        return np.asarray(fixed + empty + self.gammaln(self.whole) - self.gammaln(self.total + self.whole))


@cache
def decomposable_graphs(n_lists: int) -> tuple[Ints, Shorts, Shorts]:
    """Every decomposable graph: edge masks ``(g,)``, and for a perfect elimination the subsets added and taken away,
    each ``(g, n_lists)``. 8, 61, 822, 18,154 and 617,675 graphs for 3 to 7 lists."""
    edges = list(combinations(range(n_lists), 2))
    graphs = np.arange(1 << len(edges), dtype=np.int32)
    adjacent = np.zeros((n_lists, len(graphs)), dtype=np.int16)
    for e, (a, b) in enumerate(edges):
        on = (graphs >> e & 1).astype(np.int16)
        adjacent[a] |= on << b
        adjacent[b] |= on << a
    alive = np.full(len(graphs), (1 << n_lists) - 1, dtype=np.int16)
    plus, minus = np.zeros((2, len(graphs), n_lists), dtype=np.int16)
    for step in range(n_lists):
        todo = np.ones(len(graphs), dtype=bool)
        for v in range(n_lists):
            near = adjacent[v] & alive
            good = todo & (alive >> v & 1 == 1)
            for u in range(n_lists):
                if u != v:
                    good &= (near >> u & 1 == 0) | (near & ~adjacent[u] & ~np.int16(1 << u) == 0)
            plus[good, step] = near[good] | (1 << v)
            minus[good, step] = near[good]
            alive[good] &= ~np.int16(1 << v)
            todo &= ~good
        keep = ~todo
        graphs, adjacent, alive = graphs[keep], adjacent[:, keep], alive[keep]
        plus, minus = plus[keep], minus[keep]
    return graphs.astype(np.int64), plus, minus


def graph_name(mask: int, lists: tuple[str, ...]) -> str:
    """The graph's edges as text: ``A-B, B-C``, or ``independent``."""
    edges = [f"{lists[a]}-{lists[b]}" for e, (a, b) in enumerate(combinations(range(len(lists)), 2)) if mask >> e & 1]
    return ", ".join(edges) or "independent"


def _search(table: CaptureTable, margins: _Margins, rng: np.random.Generator, steps: int = 6000) -> tuple[Floats, Ints]:
    """A Metropolis walk over decomposable graphs by one edge at a time, n0 summed out; every graph it scores counts."""
    edges = list(combinations(range(table.n_lists), 2))
    known: dict[int, Floats | None] = {}

    def score(mask: int) -> Floats | None:
        if mask not in known:
            order = _eliminate(mask, edges, table.n_lists)
            known[mask] = (
                None if order is None else sum((margins.of(a) - margins.of(b) for a, b in order), margins.base)
            )
        return known[mask]

    def level(values: Floats) -> float:
        top = values.max()
        return float(top + np.log((np.exp(values - top) * np.gradient(margins.grid)).sum()))

    best = score(0)
    assert best is not None
    for restart in range(3):
        mask, here = 0, level(best)
        for _ in range(steps // 3):
            other = mask ^ (1 << int(rng.integers(len(edges))))
            values = score(other)
            if values is not None and np.log(rng.random()) < level(values) - here:
                mask, here = other, level(values)
        del restart
    kept = [(m, v) for m, v in known.items() if v is not None]
    tops = np.array([v.max() for _, v in kept])
    chosen = [kept[i] for i in np.flatnonzero(tops > tops.max() - 25)]
    return np.stack([v for _, v in chosen]), np.array([m for m, _ in chosen], dtype=object)


def _eliminate(mask: int, edges: list[tuple[int, int]], n_lists: int) -> list[tuple[int, int]] | None:
    near = [0] * n_lists
    for e, (a, b) in enumerate(edges):
        if mask >> e & 1:
            near[a] |= 1 << b
            near[b] |= 1 << a
    alive, order = (1 << n_lists) - 1, []
    while alive:
        for v in range(n_lists):
            around = near[v] & alive
            if alive >> v & 1 and all(not around & ~near[u] & ~(1 << u) for u in range(n_lists) if around >> u & 1):
                order.append((around | 1 << v, around))
                alive &= ~(1 << v)
                break
        else:
            return None
    return order


def draw(average: GraphAverage, size: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Draws of n0 from the averaged posterior."""
    cdf = np.cumsum(average.weights) - average.weights / 2
    return np.round(np.interp(rng.random(size), cdf / cdf[-1], average.grid))
