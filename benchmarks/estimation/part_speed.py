"""Effective draws of log n0 a second of CPU, warm-up counted, against LCMCR's compiled sampler in the same run.

Both are measured by the same rank-normalised bulk effective size. Ours is given about the CPU time LCMCR used, by draws, so that
neither is judged on its start alone. An effective size says nothing of a chain that never left one mode: the R-hat beside it does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from common import LCMCR, Row, has_r, run_r, spent, strata_of, table_of

from willakuy.estimation import CaptureTable
from willakuy.estimation.diagnostics import ess_bulk, rhat
from willakuy.estimation.latent import KEPT_FROM, LatentSettings, sample
from willakuy.estimation.tempering import Ladder, Scans, round_trips

TABLES = (
    "kosovo", "uk_slavery_5", "uk_slavery", "spina_bifida", "diabetes_italy", "congenital_massachusetts", "netherlands_5",
    "artificial_3", "hare", "peru_EST", "peru_SLU", "peru_all", "philippines_police",
)  # fmt: skip
QUOTED = {
    "kosovo": 155.2, "uk_slavery_5": 82.5, "uk_slavery": 175.3, "spina_bifida": 508.7, "diabetes_italy": 24.9,
    "congenital_massachusetts": 375.2, "netherlands_5": 196.7, "artificial_3": 1464.9, "hare": 529.7, "peru_EST": 24.1,
    "peru_SLU": 22.6, "philippines_police": 525.1,
}  # fmt: skip
"""LCMCR's effective draws of log n0 a second on another machine, for when R is not here."""


def load(name: str) -> CaptureTable:
    if name.startswith("peru_"):
        kind = name.removeprefix("peru_")
        return table_of("peru_cvr") if kind == "all" else strata_of("peru_cvr", ("perpetrator",)).strata[kind]
    if name.startswith("philippines_"):
        return strata_of("philippines_manila", ("perpetrator",)).strata[name.removeprefix("philippines_")]
    return table_of(name)


def run(asked: Any) -> Iterator[Row]:
    names = [n for n in (asked.only.split(",") if asked.only else TABLES) if n in TABLES]
    peers = not asked.no_peers and has_r("LCMCR")
    sample(load("hare"), LatentSettings(draws=20, warmup=50, rounds=1), np.random.default_rng(0))
    ratios = []
    for name in names:
        table = load(name)
        theirs, seconds, said = _lcmcr(table) if peers else (QUOTED.get(name, float("nan")), 6.0, " (quoted)")
        (log_n0, trips), cpu = spent(lambda: _ours(table, max(seconds, 3.0)))  # noqa: B023
        ours = ess_bulk(log_n0) / cpu
        ratio = ours / theirs
        ratios.append(ratio)
        yield Row(
            "speed", name, f"{ours:,.0f} ESS/s, R-hat {rhat(log_n0):.3f}, {trips} round trips, {cpu:.1f} s",
            f"LCMCR {theirs:,.1f} ESS/s{said}", f"{ratio:.1f}x, reach >= 5x", bool(ratio >= 5),
        )  # fmt: skip
    if len(ratios) > 1:
        mean = float(np.exp(np.nanmean(np.log(ratios))))
        yield Row("speed", "geometric mean of the ratios", f"{mean:.1f}x", "", ">= 10x", mean >= 10)


def _lcmcr(table: CaptureTable) -> tuple[float, float, str]:
    told = run_r(LCMCR.format(seeds="1, 2", k=10, burnin=10_000, samples=2000, thinning=100), table)
    draws = np.array([told["draws1"], told["draws2"]]) - table.documented
    logs = np.log(draws + 0.5)
    seconds = told["seconds1"][0] + told["seconds2"][0]
    return ess_bulk(logs) / seconds, seconds, f", R-hat {rhat(logs):.3f}, {seconds:.1f} s"


def _ours(table: CaptureTable, seconds: float) -> tuple[Any, int]:
    """As ``sample`` does it: rounds twice as long each, the ladder tuned again while they disagree; then scans for about
    ``seconds`` in all."""
    began = time.process_time()
    settings = LatentSettings()
    ladder = Ladder(table, settings.n_classes, settings.prior, 4, np.random.default_rng(1))
    with ThreadPoolExecutor(1) as pool:
        ladder.warm_up(pool, settings.warmup)
        for number in range(KEPT_FROM + 1):
            found = [ladder.scan(pool, 50) for _ in range(settings.draws * 2**number // 50)]
            log_n0 = _log_n0(ladder, table, found)
            if number == KEPT_FROM or (rhat(log_n0) <= 1.01 and ess_bulk(log_n0) >= 400):
                break
            ladder.warm_up(pool, settings.warmup // 2, np.concatenate([f.everywhere for f in found]))
        while time.process_time() - began < seconds:
            found.append(ladder.scan(pool, 50))
    return _log_n0(ladder, table, found), round_trips(np.concatenate([f.rungs for f in found]), ladder.n_rungs)


def _log_n0(ladder: Ladder, table: CaptureTable, found: list[Scans]) -> Any:
    chance = np.maximum(np.concatenate([f.seen for f in found]).T, 1e-12)
    return np.log(ladder.rng.negative_binomial(table.documented, chance) + 0.5)
