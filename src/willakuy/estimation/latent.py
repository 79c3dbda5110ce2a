"""Bayesian nonparametric latent classes, sampled so that chains cross from one explanation to another.

The model is Manrique-Vallier 2016 (Biometrics 72:1246-1254): every person belongs to one of K classes, lists record
independently within a class. The sampler works on the likelihood with N, the labels and the concentration α
integrated out, on the ladder of :mod:`willakuy.estimation.tempering`. Method: docs/method/estimation.md, "Latent classes".
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from willakuy.estimation.diagnostics import ess_bulk, ess_tail, mcse_quantile, rhat
from willakuy.estimation.predictive import p_predictive
from willakuy.estimation.results import Floats
from willakuy.estimation.tables import CaptureTable
from willakuy.estimation.tempering import CHAINS_PER_GROUP, Ladder, round_trips, trapped

Progress = Callable[[int, float, float], None]
KEPT_FROM = 3
"""The ladder is tuned again after each of the first rounds; from this round on it is left alone and draws are kept."""


@dataclass(frozen=True, slots=True)
class LatentSettings:
    """Model and effort. ``a_capture, b_capture``: the Beta prior of each capture probability; (1, 1) is LCMCR's.

    Sampling goes on until split R-hat, both effective sizes and the Monte Carlo error of the limits are as asked and
    every replica has been in the hotter half of its ladder, or
    ``rounds`` or ``most_work`` multiplications are used up, or the 97.5 % limit of N ÷ documented is above ``hopeless_above``.
    """

    n_classes: int = 10
    a_capture: float = 1.0
    b_capture: float = 1.0
    a_alpha: float = 0.25
    b_alpha: float = 0.25
    chains: int = 4
    draws: int = 1000
    warmup: int = 1000
    rounds: int = 9
    most_work: float = 1e12
    rhat_at_most: float = 1.01
    ess_at_least: float = 400.0
    limit_error_at_most: float = 0.02
    hopeless_above: float = float("inf")
    borrow: float = 0.0
    threads: int = 1

    @property
    def prior(self) -> tuple[float, float, float, float]:
        return (self.a_capture, self.b_capture, self.a_alpha, self.b_alpha)


@dataclass(frozen=True)
class LatentSample:
    """Draws of n0 and how well they were made. ``unseen_p`` and ``n0`` are ``(chains, draws)``.

    ``trapped``: replicas that never left the colder half of the ladder: what they hold, hotter rungs may not know.
    ``limit_error``: Monte Carlo standard error of the 2.5 % or 97.5 % quantile of N, the larger, as a share of it.
    """

    n0: Floats = field(repr=False)
    unseen_p: Floats = field(repr=False)
    rhat: float
    ess_bulk: float
    ess_tail: float
    limit_error: float
    round_trips: int
    trapped: int
    temperatures: Floats
    swap_rejection: Floats
    p_predictive: float
    cpu_s: float
    converged: bool
    interrupted: bool = False


def sample(
    table: CaptureTable, settings: LatentSettings, rng: np.random.Generator, progress: Progress | None = None,
    others: CaptureTable | None = None,
) -> LatentSample:  # fmt: skip
    """Draw N from its posterior until the chains agree, or the effort is used up; ``converged`` says which.

    ``others`` is what ``settings.borrow`` people's worth of prior knowledge of the overlaps comes from: the other strata.
    Each round is twice as long as the one before. Ctrl-C ends a round early and keeps what was sampled, if anything was.
    """
    began = time.process_time()
    ladder = Ladder(table, settings.n_classes, settings.prior, settings.chains, rng, others, settings.borrow)
    kept = _Kept()
    with ThreadPoolExecutor(max(1, settings.threads)) as pool:
        ladder.warm_up(pool, settings.warmup)
        for number in range(settings.rounds):
            if number <= KEPT_FROM:
                kept = kept if kept.interrupted else _Kept()
            length = settings.draws * 2**number
            kept.record(ladder, pool, length, listen=number < KEPT_FROM)
            sampled = _summarise(kept, ladder, table, settings, began)
            if progress is not None:
                progress(number + 1, sampled.rhat, sampled.ess_bulk)
            hopeless = np.quantile(sampled.n0, 0.975) > settings.hopeless_above * table.documented
            spent = ladder.work(2 * length) > settings.most_work
            if sampled.converged or kept.interrupted or spent or (number > 0 and hopeless):
                break
            if number < KEPT_FROM:
                ladder.warm_up(pool, settings.warmup // 2, np.concatenate(kept.everywhere))
    return sampled


class _Kept:
    """What has been recorded since the ladder was last changed."""

    def __init__(self) -> None:
        self.seen: list[Floats] = []
        self.rungs: list[Floats] = []
        self.rejected: list[Floats] = []
        self.states: list[Floats] = []
        self.everywhere: list[Floats] = []
        self.done, self.interrupted = 0, False

    def record(self, ladder: Ladder, pool: ThreadPoolExecutor, n_scans: int, listen: bool) -> None:
        lanes = ladder.n_groups * CHAINS_PER_GROUP * ladder.n_rungs
        batch = int(np.clip(1_500_000 // (ladder.n_par * lanes), 10, 50))
        end = self.done + n_scans
        try:
            while self.done < end:
                size = min(batch, end - self.done)
                found = ladder.scan(pool, size)
                self.seen.append(found.seen.copy())
                self.everywhere += [found.everywhere] if listen else []
                self.rungs.append(found.rungs)
                self.rejected.append(found.rejected * size)
                self.done += size
                self.states += [x for group in ladder.groups for x in group.coldest()]
        except KeyboardInterrupt:
            if self.done < 100:
                raise
            self.interrupted = True


def _summarise(
    kept: _Kept, ladder: Ladder, table: CaptureTable, settings: LatentSettings, began: float
) -> LatentSample:
    seen_p = np.maximum(np.concatenate(kept.seen).T, 1e-12)
    n0 = ladder.rng.negative_binomial(table.documented, seen_p).astype(float)
    log_n0, people = np.log(n0 + 0.5), n0 + table.documented
    r, bulk, tail = rhat(log_n0), ess_bulk(log_n0), ess_tail(log_n0)
    error = max(mcse_quantile(people, q) / float(np.quantile(people, q)) for q in (0.025, 0.975))
    good = r <= settings.rhat_at_most and min(bulk, tail) >= settings.ess_at_least
    good = good and error <= settings.limit_error_at_most
    rungs = np.concatenate(kept.rungs)
    stuck = trapped(rungs, ladder.n_rungs)
    checked = kept.states[:: max(1, len(kept.states) // 60)]
    return LatentSample(
        n0=n0, unseen_p=1 - seen_p, rhat=r, ess_bulk=bulk, ess_tail=tail, limit_error=error,
        round_trips=round_trips(rungs, ladder.n_rungs), trapped=stuck, temperatures=ladder.betas.copy(),
        swap_rejection=np.sum(kept.rejected, axis=0) / kept.done,
        p_predictive=p_predictive(table, checked, ladder.n_classes, ladder.rng),
        cpu_s=time.process_time() - began, converged=bool(good) and stuck == 0, interrupted=kept.interrupted,
    )  # fmt: skip
