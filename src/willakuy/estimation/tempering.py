"""Replica exchange for the latent-class model: the ladder of temperatures, how it is tuned, and the replicas on it.

A rung is the likelihood to a power β together with two priors made stronger as β falls: one that keeps every class in
use, and one that pulls each class's capture probabilities towards those of the lists as a whole. At the hot end all
classes are alike, and as a replica cools they part gradually, where tempering the likelihood alone would make
them appear at once. Every rung but the coldest is also lifted where its totals are rare. Swaps alternate between even and odd pairs (Syed, Bouchard-Côté, Deligiannidis & Doucet 2022).
Method: docs/method/estimation.md, "Latent classes".
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from willakuy.estimation.results import Floats
from willakuy.estimation.tables import CaptureTable

CHAINS_PER_GROUP = 4
"""Chains that move in lock-step in one thread; fixed, so that the number of threads never changes the draws."""
LEAPS = 20
TRADES = 3
HOT_CONCENTRATION = (8.0, 8.0 / 3.0)
"""What is added to the Gamma prior of α at the hottest rung: about three classes' worth of use."""
HOT_PULL = 5.0
"""How many imagined people of average capture are added to each class at the hottest rung."""
REJECTION = 0.62
"""A ladder is long enough when neighbouring rungs refuse this share of swaps."""
MOST_RUNGS = 36
LIFT_STEP = 0.1
LIFT_GRID = np.linspace(-12, 8, 201)
"""Values of log π_0/(1-π_0), steps apart, at which lifts are held."""
HIGHEST_LIFT = 3.0
"""In units of log density."""
LIFT_FULL_AT = 3
"""Rungs colder than this one are lifted in part."""


@dataclass
class Scans:
    """What a run of scans left: ``everywhere``, 1-π_0 (scans, chains, T), ``rungs`` (scans, replicas), the rest by rung."""

    everywhere: Floats
    rungs: Any
    accepted: Floats
    rejected: Floats
    curvature: Floats

    @property
    def seen(self) -> Floats:
        """1-π_0 at β = 1, (scans, chains)."""
        return self.everywhere[:, :, 0]


class Group:
    """Four chains × all rungs, moved in lock-step by one thread with its own random numbers; (B, LANES) of them."""

    def __init__(self, owner: Ladder, rng: np.random.Generator) -> None:
        self.owner, self.rng = owner, rng
        every = np.arange(CHAINS_PER_GROUP * owner.n_rungs).reshape(-1, 2 * CHAINS_PER_GROUP)
        self.temp, self.chain = every % owner.n_rungs, every // owner.n_rungs
        self.x = np.stack([owner.start(rng) for _ in range(every.size)], axis=-1)
        self.x = np.ascontiguousarray(self.x.reshape(owner.n_par, *every.shape).swapaxes(0, 1))
        self.parity = 0

    def advance(self, n_scans: int, tuning: bool) -> Scans:
        from willakuy.estimation.latent_kernel import run_scans

        own, draw = self.owner, self.rng.random
        trace = np.empty((n_scans, CHAINS_PER_GROUP, own.n_rungs))
        visited = np.empty((n_scans, *self.temp.shape), np.int64)
        accepted, rejected = np.zeros(own.n_rungs), np.zeros(own.n_rungs)
        curved = np.zeros((own.n_par if tuning else 0, own.n_rungs))
        leaps = self.rng.integers(max(1, round(LEAPS * 0.67)), round(LEAPS * 1.33) + 1, n_scans)
        momenta = self.rng.standard_normal((n_scans, *self.x.shape))
        run_scans(
            self.x, self.temp, self.chain, np.vstack([own.betas, own.pulls]), (own.lifts, LIFT_GRID[0], LIFT_STEP), own.steps, own.scales, leaps, momenta,
            draw((n_scans, *self.temp.shape, 2)), draw((n_scans, CHAINS_PER_GROUP, own.n_rungs)),
            draw((n_scans, *self.temp.shape, TRADES, 3)), own.margin, own.tree, own.n_lists, own.n_classes,
            own.prior[:2], trace, visited, accepted, rejected, curved, self.parity,
        )  # fmt: skip
        self.parity = (self.parity + n_scans) % 2
        return Scans(trace, visited.reshape(n_scans, -1).astype(np.int16), accepted, rejected, curved)

    def coldest(self) -> list[Floats]:
        """The states at β = 1, one for each chain."""
        return [self.x[block, :, lane].copy() for block, lane in np.argwhere(self.temp == 0)]


class Ladder:
    """The rungs all groups share. ``betas`` (T,) falls from 1; ``scales`` (P, T) are step sizes by coordinate."""

    def __init__(
        self, table: CaptureTable, n_classes: int, prior: tuple[float, float, float, float], chains: int,
        rng: np.random.Generator, borrowed: CaptureTable | None = None, weight: float = 0.0,
    ) -> None:  # fmt: skip
        self.rng = rng
        self.counts = table.counts.astype(float)
        if borrowed is not None and weight > 0:
            table, self.counts = _with_borrowed(table, borrowed, weight)
        self.patterns = table.patterns
        self.n_lists, self.n_classes = table.n_lists, n_classes
        self.prior = prior
        self.n_par = n_classes * self.n_lists + n_classes - 1
        self.tree = tree_of(table.patterns, self.counts)
        self.margin = 0.7 * (table.sizes + 0.5) / (table.documented + 1)
        self.n_groups = -(-chains // CHAINS_PER_GROUP)
        self.hottest = min(0.1, max(0.01, 100.0 / table.documented))
        self.settled = False
        self._climb(8, np.linspace(0, np.log(self.hottest), 8), np.full(8, 0.3), np.ones((self.n_par, 8)))

    def _climb(self, n_rungs: int, log_betas: Floats, steps: Floats, scales: Floats) -> None:
        self.n_rungs = n_rungs
        self.betas, self.steps, self.scales = np.exp(log_betas), steps, scales
        self.lifts = np.zeros((n_rungs, len(LIFT_GRID)))
        self.rejection = np.zeros(n_rungs - 1)
        self.groups = [Group(self, own) for own in self.rng.spawn(self.n_groups)]

    @property
    def pulls(self) -> Floats:
        """(3, T): the Gamma prior of α at each rung, and the strength of the pull towards the lists' own rates."""
        heat = np.log(self.betas) / np.log(self.hottest)
        a, b = HOT_CONCENTRATION
        return np.stack([self.prior[2] + a * heat, self.prior[3] + b * heat, HOT_PULL * heat])

    def work(self, n_scans: int) -> float:
        """Multiplications of ``n_scans``, roughly; the same on every machine, so that stopping is reproducible."""
        once = self.n_classes * (8 * len(self.tree[0]) + 12 * self.n_lists)
        return float(n_scans) * LEAPS * self.n_rungs * CHAINS_PER_GROUP * self.n_groups * once

    def start(self, rng: np.random.Generator) -> Floats:
        """One over-dispersed start: patterns dealt to classes at random, then each class's own frequencies."""
        share = rng.dirichlet(np.full(self.n_classes, 0.3), len(self.counts)) * self.counts[:, None]
        share = share[:, np.argsort(-share.sum(axis=0))]
        size = share.sum(axis=0)
        marked = share.T @ self.patterns + rng.uniform(0.3, 1, (self.n_classes, self.n_lists))
        p = np.clip(marked / (size[:, None] + 1.5), 0.002, 0.998)
        rest = np.cumsum(size[::-1])[::-1]
        v = np.clip((size + 0.3) / (rest + 0.6), 0.01, 0.99)[:-1]
        return np.concatenate([np.log(p / (1 - p)).ravel(), np.log(-np.log1p(-v))])

    def scan(self, pool: ThreadPoolExecutor, n_scans: int, tuning: bool = False) -> Scans:
        done = list(pool.map(lambda group: group.advance(n_scans, tuning), self.groups))
        chains = CHAINS_PER_GROUP * self.n_groups
        return Scans(
            np.concatenate([d.everywhere for d in done], axis=1), np.concatenate([d.rungs for d in done], axis=1),
            np.sum([d.accepted for d in done], axis=0) / (n_scans * chains),
            np.sum([d.rejected for d in done], axis=0)[:-1] / (n_scans / 2 * chains),
            np.sum([d.curvature for d in done], axis=0) / (n_scans * chains),
        )  # fmt: skip

    def warm_up(self, pool: ThreadPoolExecutor, n_scans: int, heard: Floats | None = None) -> None:
        """Tune steps to 75 % acceptance and the ladder to equal rejection; add rungs until neighbours trade.

        ``heard``, what was scanned before now as :class:`Scans` holds it, decides what is lifted.
        """
        if heard is not None:
            self._lift(heard)
        while not self.settled:
            self._tune(pool, n_scans // 3)
            barrier = float(self.rejection.sum())
            grown = min(barrier / REJECTION, 1.8 * (self.n_rungs - 1))
            wanted = 2 * int(np.clip(np.ceil((grown + 1) / 2), 2, MOST_RUNGS // 2))
            self.settled = abs(wanted - self.n_rungs) <= 2 or wanted == MOST_RUNGS
            if wanted != self.n_rungs:
                old, new = np.linspace(0, 1, self.n_rungs), np.linspace(0, 1, wanted)
                steps = np.exp(np.interp(new, old, np.log(self.steps)))
                scales = np.exp([np.interp(new, old, row) for row in np.log(self.scales)])
                self._climb(wanted, np.interp(new, old, np.log(self.betas)), steps, scales)
        self._tune(pool, n_scans // 2)

    def _tune(self, pool: ThreadPoolExecutor, n_scans: int, batch: int = 25) -> None:
        rounds = max(1, n_scans // batch)
        for i in range(rounds):
            done = self.scan(pool, batch, tuning=True)
            self.steps = np.clip(self.steps * np.exp((done.accepted - 0.75) * 1.5 / (1 + 0.1 * i)), 1e-4, 3)
            fresh = not self.rejection.any()
            self.rejection = done.rejected if fresh else 0.6 * self.rejection + 0.4 * done.rejected
            mixed = 0.6 if i else 1.0
            self.scales = np.exp((1 - mixed) * np.log(self.scales) - 0.5 * mixed * np.log(done.curvature))
            if 2 <= i < 0.85 * rounds:
                self._respace()

    def _respace(self) -> None:
        """Move the rungs so that each pair refuses equally often, by interpolating the barrier between them."""
        barrier = np.concatenate([[0], np.cumsum(self.rejection + 0.01 * self.rejection.mean() + 1e-9)])
        old = np.log(self.betas)
        new = np.interp(np.linspace(0, barrier[-1], self.n_rungs), barrier, old)
        self.steps = np.exp(np.interp(new[::-1], old[::-1], np.log(self.steps)[::-1])[::-1])
        self.scales = np.exp([np.interp(new[::-1], old[::-1], row[::-1])[::-1] for row in np.log(self.scales)])
        self.lifts = np.stack([np.interp(new[::-1], old[::-1], column[::-1])[::-1] for column in self.lifts.T], axis=1)
        self.betas = np.exp(new)

    def _lift(self, seen: Floats) -> None:
        """Make rarer totals about as common as the commonest on hotter rungs, so that no explanation dies out there.

        Which explanation is likely changes along the ladder; a replica that must pass a rung where its own has a
        hundredth of the weight seldom does. ``seen`` (scans, chains, T). The coldest rung is never lifted.
        """
        eta = np.log((1 - seen).clip(1e-12)) - np.log(seen.clip(1e-12))
        lo, hi = np.quantile(eta[:, :, : self.n_rungs // 2], [0.002, 0.998])
        smooth = np.exp(-0.5 * (np.arange(-6, 7) / 2.0) ** 2)
        edges = LIFT_GRID[0] + LIFT_STEP * (np.arange(len(LIFT_GRID) + 1) - 0.5)
        for t in range(1, self.n_rungs):
            share = np.histogram(eta[:, :, t], edges)[0] / eta[:, :, t].size
            logs = np.log(np.convolve(share, smooth / smooth.sum(), "same") + 1e-4) - self.lifts[t]
            up = (logs.max() - logs).clip(0, HIGHEST_LIFT) * min(1.0, t / LIFT_FULL_AT)
            self.lifts[t] = np.interp(LIFT_GRID.clip(lo, hi), LIFT_GRID, up)


def tree_of(patterns: Any, counts: Floats) -> tuple[Any, Any, Floats, Any, Any]:
    """Parent, list and count of every node of a tree of patterns, whether it has no children, whether it is the last of
    its parent's. Parents come first; the root stands for no list at all.

    A node is a pattern, or how several begin when the lists that appear most come first; its count is 0 if nobody
    has exactly these lists.
    """
    order = np.argsort(-patterns.sum(axis=0), kind="stable")
    nodes: dict[tuple[int, ...], int] = {(): 0}
    parent, mark, held = [0], [0], [0.0]
    for pattern, count in zip(patterns[:, order].astype(bool), counts.tolist(), strict=True):
        lists = tuple(order[pattern].tolist())
        for length in range(1, len(lists) + 1):
            if lists[:length] not in nodes:
                nodes[lists[:length]] = len(parent)
                parent.append(nodes[lists[: length - 1]])
                mark.append(lists[length - 1])
                held.append(0.0)
        held[nodes[lists]] = count
    leaf, last = np.ones(len(parent), bool), np.ones(len(parent), bool)
    leaf[parent] = False
    for node in range(1, len(parent)):
        last[node] = parent[node] not in parent[node + 1 :]
    return np.array(parent), np.array(mark), np.array(held), leaf, last


def _with_borrowed(table: CaptureTable, others: CaptureTable, weight: float) -> tuple[CaptureTable, Floats]:
    """``table`` with every pattern of ``others`` added, ``weight`` people of them in all (a power prior, Ibrahim & Chen
    2000); returned with its counts, which are then no whole numbers."""
    cells = [(tuple(p), float(c)) for p, c in zip(table.patterns.tolist(), table.counts.tolist(), strict=True)]
    share = weight / others.documented
    cells += [(tuple(p), share * c) for p, c in zip(others.patterns.tolist(), others.counts.tolist(), strict=True)]
    total: dict[tuple[int, ...], float] = {}
    for pattern, count in cells:
        total[pattern] = total.get(pattern, 0.0) + count
    every = CaptureTable.of(table.lists, ((pattern, 1) for pattern in total))
    return every, np.array([total[tuple(p)] for p in every.patterns.tolist()])


def round_trips(rungs: Any, n_rungs: int) -> int:
    """How often a replica went from the hottest rung to the coldest, over all replicas; ``rungs`` (scans, replicas)."""
    trips = 0
    for column in rungs.reshape(rungs.shape[0], -1).T:
        ends = column[(column == 0) | (column == n_rungs - 1)]
        trips += int(np.count_nonzero((ends[:-1] == n_rungs - 1) & (ends[1:] == 0)))
    return trips


def trapped(rungs: Any, n_rungs: int) -> int:
    """How many replicas never came to the hotter half of the ladder; ``rungs`` (scans, replicas).

    Such a replica holds an explanation that was there from the start and that nothing has since put to the test: a
    chain may pass in and out of it by swaps a thousand times, and its share is still that of the beginning.
    """
    return int(np.count_nonzero(rungs.reshape(rungs.shape[0], -1).max(axis=0) < n_rungs // 2))
