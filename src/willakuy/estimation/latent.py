"""Bayesian nonparametric latent classes, sampled so that chains cross from one explanation to another.

The model is Manrique-Vallier 2016 (Biometrics 72:1246-1254): every person belongs to one of K classes, lists record
independently within a class. The sampler works on the likelihood with N, the labels and the concentration α
integrated out, and runs every chain at a ladder of temperatures (replica exchange, the non-reversible scheme of
Syed, Bouchard-Côté, Deligiannidis & Doucet 2022). Method: docs/method/estimation.md, "Latent classes".
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from willakuy.estimation.diagnostics import ess_bulk, ess_tail, rhat
from willakuy.estimation.results import Floats
from willakuy.estimation.tables import CaptureTable

CHAINS_PER_GROUP = 4
"""Chains that move in lock-step in one thread; fixed, so that the number of threads never changes the draws."""

Progress = Callable[[int, float, float], None]


@dataclass(frozen=True, slots=True)
class LatentSettings:
    """Model and effort. ``a_capture, b_capture``: the Beta prior of each capture probability; (1, 1) is LCMCR's."""

    n_classes: int = 10
    a_capture: float = 1.0
    b_capture: float = 1.0
    a_alpha: float = 0.25
    b_alpha: float = 0.25
    chains: int = 4
    draws: int = 2000
    warmup: int = 1000
    rounds: int = 8
    most_work: float = 1e12
    rhat_at_most: float = 1.01
    ess_at_least: float = 400.0
    threads: int = 1

    @property
    def prior(self) -> tuple[float, float, float, float]:
        return (self.a_capture, self.b_capture, self.a_alpha, self.b_alpha)


@dataclass(frozen=True)
class LatentSample:
    """Draws of n0 and how well they were made. ``unseen_p`` and ``n0`` are ``(chains, draws)``."""

    n0: Floats = field(repr=False)
    unseen_p: Floats = field(repr=False)
    rhat: float
    ess_bulk: float
    ess_tail: float
    round_trips: int
    temperatures: Floats
    swap_rejection: Floats
    p_predictive: float
    cpu_s: float
    converged: bool
    interrupted: bool = False


def sample(
    table: CaptureTable, settings: LatentSettings, rng: np.random.Generator, progress: Progress | None = None
) -> LatentSample:
    """Draw N from its posterior until the chains agree, or the rounds are used up.

    Each round is twice as long as the one before and only the last counts, so that what an early round
    learnt too late is not in the answer. No round costs more than ``most_work`` multiplications (about three minutes). ``converged`` says whether it ended for the good reason. Ctrl-C ends the
    round early and keeps it, if it has begun to be recorded.
    """
    began = time.process_time()
    tempered = _Tempered(table, settings, rng)
    with ThreadPoolExecutor(max(1, settings.threads)) as pool:
        tempered.warm_up(pool, settings.warmup)
        sampled = None
        for number in range(settings.rounds):
            trace, rungs, interrupted = tempered.record(pool, settings.draws * 2**number)
            if trace.shape[0] < 8 and sampled is not None:
                break
            sampled = _summarise(tempered, table.documented, trace, rungs, settings, began, interrupted)
            if progress is not None:
                progress(number + 1, sampled.rhat, sampled.ess_bulk)
            if (
                sampled.converged
                or interrupted
                or tempered.work(settings.draws * 2 ** (number + 1)) > settings.most_work
            ):
                break
            if number + 1 < settings.rounds:
                tempered.warm_up(pool, settings.warmup // 2)
    assert sampled is not None
    return sampled


def _summarise(
    tempered: _Tempered, n: int, trace: Floats, rungs: Any, settings: LatentSettings, began: float, interrupted: bool
) -> LatentSample:
    seen_p = np.maximum(trace[:, :, 0].T, 1e-12)
    n0 = tempered.rng.negative_binomial(n, seen_p).astype(float)
    log_n0 = np.log(n0 + 0.5)
    r, bulk, tail = rhat(log_n0), ess_bulk(log_n0), ess_tail(log_n0)
    trips = round_trips(rungs, tempered.n_rungs)
    good = r <= settings.rhat_at_most and min(bulk, tail) >= settings.ess_at_least
    return LatentSample(
        n0=n0,
        unseen_p=1 - seen_p,
        rhat=r,
        ess_bulk=bulk,
        ess_tail=tail,
        round_trips=trips,
        temperatures=tempered.betas.copy(),
        swap_rejection=tempered.rejection.copy(),
        p_predictive=tempered.p_predictive,
        cpu_s=time.process_time() - began,
        converged=bool(good),
        interrupted=interrupted,
    )


def round_trips(rungs: Any, n_rungs: int) -> int:
    """How often a replica went from the hottest rung to the coldest, over all replicas; ``rungs`` (scans, replicas)."""
    trips = 0
    for column in rungs.reshape(rungs.shape[0], -1).T:
        ends = column[(column == 0) | (column == n_rungs - 1)]
        trips += int(np.count_nonzero((ends[:-1] == n_rungs - 1) & (ends[1:] == 0)))
    return trips


class _Group:
    """Four chains × all temperatures, moved in lock-step by one thread with its own random numbers."""

    def __init__(self, owner: _Tempered, rng: np.random.Generator) -> None:
        self.owner, self.rng = owner, rng
        width = CHAINS_PER_GROUP * owner.n_rungs
        self.temp = (np.arange(width) % owner.n_rungs).reshape(1, width)
        self.chain = (np.arange(width) // owner.n_rungs).reshape(1, width)
        self.x = np.stack([owner.start(rng) for _ in range(width)], axis=-1)[None]
        self.loglik, self.seen = np.zeros((1, width)), np.zeros((1, width))
        self.parity = 0

    def advance(self, n_scans: int) -> tuple[Floats, Any, Floats, Floats]:
        from willakuy.estimation.latent_kernel import run_scans

        own = self.owner
        width = self.temp.shape[1]
        trace = np.empty((n_scans, CHAINS_PER_GROUP, own.n_rungs))
        rungs = np.empty((n_scans, 1, width), np.int64)
        accepted, rejected = np.zeros(own.n_rungs), np.zeros(own.n_rungs)
        leaps = self.rng.integers(max(1, round(own.leaps * 0.67)), round(own.leaps * 1.33) + 1, n_scans)
        run_scans(
            self.x, self.temp, self.chain, own.betas, own.steps, leaps,
            self.rng.standard_normal((n_scans, 1, own.n_par, width)), self.rng.random((n_scans, 1, width, 2)),
            self.rng.random((n_scans, CHAINS_PER_GROUP, own.n_rungs)), own.starts, own.marks, own.counts,
            own.n_lists, own.n_classes, own.prior, self.loglik, self.seen, trace, rungs, accepted, rejected,
            self.parity,
        )  # fmt: skip
        self.parity = (self.parity + n_scans) % 2
        return trace, rungs[:, 0], accepted, rejected

    def predict(self) -> list[bool]:
        """For each coldest replica: would a table drawn from it sit further from its expectation than ours does?

        Freeman-Tukey distance over the observed patterns and one cell for all others, given the documented count.
        """
        own = self.owner
        found = []
        for lane in np.flatnonzero(self.temp[0] == 0):
            x = self.x[0, :, lane]
            kj = own.n_classes * own.n_lists
            logit = x[:kj].reshape(own.n_classes, own.n_lists)
            left = np.exp(-np.concatenate([[0.0], np.cumsum(np.exp(np.minimum(x[kj:], 6)))]))
            share = left - np.append(left[1:], 0.0)
            never = -np.logaddexp(0, logit).sum(axis=1)
            cells = np.exp(own.patterns @ logit.T + never) @ share / self.seen[0, lane]
            p = np.append(cells, max(1 - cells.sum(), 0.0))
            p /= p.sum()
            n = own.counts.sum()
            drawn = self.rng.multinomial(int(n), p)
            ours = np.append(own.counts, 0.0)
            far = [float(((np.sqrt(c) - np.sqrt(n * p)) ** 2).sum()) for c in (drawn, ours)]
            found.append(far[0] >= far[1])
        return found


class _Tempered:
    """The ladder all groups share, and how it is tuned."""

    def __init__(self, table: CaptureTable, settings: LatentSettings, rng: np.random.Generator) -> None:
        self.rng = rng
        self.patterns = table.patterns
        self.counts = table.counts.astype(float)
        self.n_lists, self.n_classes = table.n_lists, settings.n_classes
        self.prior = settings.prior
        self.n_par = self.n_classes * self.n_lists + self.n_classes - 1
        self.starts = np.concatenate([[0], np.cumsum(table.patterns.sum(axis=1))]).astype(np.int64)
        self.marks = np.concatenate([np.flatnonzero(p) for p in table.patterns]).astype(np.int64)
        self.n_groups = -(-settings.chains // CHAINS_PER_GROUP)
        self.hottest = min(0.1, max(0.01, 100.0 / table.documented))
        self._ladder(8, np.linspace(0, np.log(self.hottest), 8), np.full(8, 0.3))

    def _ladder(self, n_rungs: int, log_betas: Floats, steps: Floats) -> None:
        self.n_rungs = n_rungs
        self.betas, self.steps = np.exp(log_betas), steps
        self.rejection = np.zeros(n_rungs - 1)
        self.leaps = 12
        self.groups = [_Group(self, own) for own in self.rng.spawn(self.n_groups)]

    def work(self, n_scans: int) -> float:
        """Multiplications of ``n_scans``, roughly; the same on every machine, so that stopping is reproducible."""
        once = self.n_classes * (2 * len(self.marks) + 4 * len(self.counts) + 12 * self.n_lists)
        return float(n_scans) * self.leaps * self.n_rungs * CHAINS_PER_GROUP * self.n_groups * once

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

    def _scans(self, pool: ThreadPoolExecutor, n_scans: int) -> list[tuple[Floats, Any, Floats, Floats]]:
        done = list(pool.map(lambda group: group.advance(n_scans), self.groups))
        pairs = n_scans / 2 * CHAINS_PER_GROUP * self.n_groups
        self.acceptance = sum(d[2] for d in done) / (n_scans * CHAINS_PER_GROUP * self.n_groups)
        self.rejected_now = sum(d[3] for d in done)[:-1] / pairs
        return done

    def warm_up(self, pool: ThreadPoolExecutor, n_scans: int) -> None:
        """Tune steps to 75 % acceptance and the ladder to equal rejection; choose the number of rungs once."""
        pilot = self.n_rungs == 8 and not self.rejection.any()
        self._tune(pool, n_scans // 2)
        barrier = float(self.rejection.sum())
        wanted = int(np.clip(np.ceil((1.5 if barrier < 5.5 else 2.0) * barrier + 2), 5, 40))
        if pilot and wanted != self.n_rungs:
            old = np.linspace(0, 1, self.n_rungs)
            new = np.linspace(0, 1, wanted)
            steps = np.exp(np.interp(new, old, np.log(self.steps)))
            self._ladder(wanted, np.interp(new, old, np.log(self.betas)), steps)
            self._tune(pool, n_scans // 2)
        self._tune(pool, n_scans // 2)

    def _tune(self, pool: ThreadPoolExecutor, n_scans: int, batch: int = 25) -> None:
        rounds = max(1, n_scans // batch)
        for i in range(rounds):
            self._scans(pool, batch)
            self.steps = np.clip(self.steps * np.exp((self.acceptance - 0.75) * 1.5 / (1 + 0.1 * i)), 1e-4, 3)
            self.rejection = (
                self.rejected_now if not self.rejection.any() else 0.6 * self.rejection + 0.4 * self.rejected_now
            )
            self.leaps = int(np.clip(1.2 / self.steps[0], 6, 32))
            if 2 <= i < 0.85 * rounds:
                self._respace()

    def _respace(self) -> None:
        barrier = np.concatenate([[0], np.cumsum(self.rejection + 0.01 * self.rejection.mean() + 1e-9)])
        old = np.log(self.betas)
        new = np.interp(np.linspace(0, barrier[-1], self.n_rungs), barrier, old)
        self.steps = np.exp(np.interp(new[::-1], old[::-1], np.log(self.steps)[::-1])[::-1])
        self.betas = np.exp(new)

    def record(self, pool: ThreadPoolExecutor, n_scans: int) -> tuple[Floats, Any, bool]:
        width = CHAINS_PER_GROUP * self.n_rungs
        batch = int(np.clip(1_500_000 // (self.n_par * width), 10, 50))
        traces, rungs, rejected, done, interrupted = [], [], [], 0, False
        as_odd: list[bool] = []
        try:
            while done < n_scans:
                size = min(batch, n_scans - done)
                parts = self._scans(pool, size)
                traces.append(np.concatenate([p[0][:, :, :1] for p in parts], axis=1))
                rungs.append(np.concatenate([p[1] for p in parts], axis=1).astype(np.int16))
                rejected.append(self.rejected_now * size)
                done += size
                as_odd += [odd for group in self.groups for odd in group.predict()]
        except KeyboardInterrupt:
            if done < 100:
                raise
            interrupted = True
        self.rejection = np.sum(rejected, axis=0) / done
        self.p_predictive = float(np.mean(as_odd))
        return np.concatenate(traces), np.concatenate(rungs), interrupted
