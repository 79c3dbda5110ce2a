"""Each method against its original in R: run beside ours where the package is installed, else the published figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
from common import Row, has_r, run_r, table_of

from willakuy.estimation.decomposable import average_graphs
from willakuy.estimation.existence import check
from willakuy.estimation.latent import LatentSettings, sample
from willakuy.estimation.loglinear import profile_interval, select

LATENT = {
    "kosovo": (10_466, 9_146, 13_939), "spina_bifida": (726, 679, 816), "uk_slavery": (22_615, 16_741, 34_014),
    "uk_slavery_5": (21_924, 15_285, 33_739), "artificial_3": (402, 238, 825), "diabetes_italy": (2_486, 2_262, 3_168),
    "congenital_massachusetts": (629, 590, 718), "hare": (76, 70, 90),
}  # fmt: skip
"""LCMCR 0.4.14, two chains of a million iterations, K = 10, R-hat <= 1.01 and nothing at its cap of 20 n."""
GRAPHS = {
    "kosovo": (12_595, 9_827, 16_544), "spina_bifida": (725, 686, 784), "congenital_massachusetts": (618, 590, 656),
    "uk_slavery_5": (22_990, 10_387, 33_508), "diabetes_italy": (2_471, 2_376, 2_589),
}  # fmt: skip
"""dga 2.0.2, grid of 1 to 20 n, delta = 2^-lists."""
BIC = {
    "kosovo": ("[1-4] [3-4] [1-2-3]", 10_357, 8_994, 12_110), "spina_bifida": ("[1] [2-3]", 724, 693, 759),
    "diabetes_italy": ("[1-3] [2-4] [3-4]", 2_472, 2_374, 2_584),
    "congenital_massachusetts": ("[1-2] [1-3] [4-5]", 620, 593, 652),
    "uk_slavery_5": ("[1-2] [1-3] [2-3] [2-5] [3-4]", 22_991, 17_991, 30_142),
}  # fmt: skip
"""Rcapture 1.4-4: best BIC over hierarchical models (pairs for five lists), profile interval."""

RCAPTURE = """
suppressMessages(library(Rcapture))
x <- cbind(as.matrix(d), freq); colnames(x) <- NULL
m <- closedpMS.t(x, dfreq = TRUE, h = NULL, maxorder = {order})
best <- rownames(m$results)[which.min(m$results[, "BIC"])]
out("n", c(m$results[best, "abundance"], m$results[best, "BIC"]))
"""


def run(asked: Any) -> Iterator[Row]:
    wanted = asked.only.split(",") if asked.only else None
    for name, theirs in LATENT.items():
        if wanted is None or name in wanted:
            yield _latent(name, theirs)
    for name, theirs in GRAPHS.items():
        if wanted is None or name in wanted:
            span = average_graphs(table_of(name)).span
            yield _row("graphs", name, (span.median, span.lo, span.hi), theirs, 0.003, 0.003)
    rcapture = not asked.no_peers and has_r("Rcapture")
    for name, (model, *theirs) in BIC.items():
        if wanted is None or name in wanted:
            yield _bic(name, model, tuple(theirs), rcapture)
    if wanted is None or "artificial_3" in wanted:
        mains = ((0,), (1,), (2,))
        table = table_of("artificial_3")
        codes = [check(table, mains + pairs) for pairs in (tuple(combinations(range(3), 2)), ((0, 1),), ())]
        yield Row(
            "agreement",
            "existence codes of artificial_3",
            str(codes),
            "SparseMSE [2, 1, 0]",
            "the same",
            codes == [2, 1, 0],
        )


def _latent(name: str, theirs: tuple[float, ...]) -> Row:
    table = table_of(name)
    found = sample(table, LatentSettings(draws=4000, limit_error_at_most=0.007), np.random.default_rng(1))
    people = found.n0 + table.documented
    return _row("latent", name, tuple(np.quantile(people, [0.5, 0.025, 0.975])), theirs, 0.02, 0.05)


def _bic(name: str, model: str, theirs: tuple[float, ...], rcapture: bool) -> Row:
    table = table_of(name)
    best = (select(table) or [None])[0]
    assert best is not None
    lo, hi = profile_interval(table, best)
    row = _row("log-linear", name, (table.documented + best.unseen, lo, hi), theirs, 0.001, 0.002)
    said = best.name(tuple(str(j + 1) for j in range(table.n_lists)))
    same = sorted(said.split(" [")) == sorted(model.split(" [")) or set(said.split()) == set(model.split())
    row.ours += f" {said}"
    row.met = bool(row.met) and same
    if rcapture and table.n_lists <= 4:
        told = run_r(RCAPTURE.format(order=table.n_lists - 1), table)
        if told:
            row.peer += f"; in this run {told['n'][0]:,.1f}"
    return row


def _row(
    method: str, name: str, ours: tuple[float, ...], theirs: tuple[float, ...], median: float, limit: float
) -> Row:
    off = [abs(a / b - 1) for a, b in zip(ours, theirs, strict=True)]
    small = 0.75  # people: published figures are rounded to whole ones
    near = [
        o <= allowed or abs(a - b) <= small
        for o, allowed, a, b in zip(off, (median, limit, limit), ours, theirs, strict=True)
    ]
    value, peer = (f"{x[0]:,.0f} ({x[1]:,.0f}–{x[2]:,.0f})" for x in (ours, theirs))
    worst = f"off by {off[0]:.1%}, {off[1]:.1%}, {off[2]:.1%}"
    return Row("agreement", f"{method}: {name}", f"{value}; {worst}", peer, f"{median:.1%} / {limit:.1%}", all(near))
