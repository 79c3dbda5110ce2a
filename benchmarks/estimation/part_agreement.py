"""Each method against its original in R: run beside ours where the package is installed, else the published figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
from common import Row, has_r, run_r, strata_of, table_of

from willakuy.estimation import CaptureTable
from willakuy.estimation.decomposable import average_graphs
from willakuy.estimation.existence import check
from willakuy.estimation.latent import LatentSettings, sample
from willakuy.estimation.loglinear import fit, profile_interval, select

LATENT = {
    "kosovo": (10_466, 9_146, 13_939), "spina_bifida": (726, 679, 816), "uk_slavery": (22_615, 16_741, 34_014),
    "uk_slavery_5": (21_924, 15_285, 33_739), "artificial_3": (402, 238, 825), "diabetes_italy": (2_486, 2_262, 3_168),
    "congenital_massachusetts": (629, 590, 718), "hare": (76, 70, 90), "philippines_manila:police": (570, 534, 651),
    "philippines_manila:unidentified": (395, 314, 683),
}  # fmt: skip
"""LCMCR 0.4.14, two chains of a million iterations, K = 10, R-hat <= 1.01 and nothing at its cap of 20 n."""
GRAPHS = {
    "kosovo": (12_595, 9_827, 16_544), "spina_bifida": (725, 686, 784), "congenital_massachusetts": (618, 590, 656),
    "uk_slavery_5": (22_990, 10_387, 33_508), "diabetes_italy": (2_471, 2_376, 2_589), "artificial_3": (314, 98, 1_457),
    "netherlands_5": (47_908, 40_847, 55_541), "peru_cvr:EST": (11_964, 11_565, 79_282),
    "peru_cvr:SLU": (10_558, 9_244, 52_585), "peru_cvr": (25_405, 24_693, 154_225),
    "sudan_khartoum_injury_linkage:1 / 1": (3_664, 3_046, 6_126),
    "sudan_khartoum_injury_linkage:5 / 5": (2_688, 1_959, 40_196),
}  # fmt: skip
"""dga 2.0.2, delta = 2^-lists, a grid of n0 from 1 to :func:`grid_end`. Ours is made to end there too: left to itself it
goes on until nothing is cut off."""
BIC = {
    "kosovo": ("[1-4] [3-4] [1-2-3]", 10_357, 8_994, 12_110), "spina_bifida": ("[1] [2-3]", 724, 693, 759),
    "diabetes_italy": ("[1-3] [2-4] [3-4]", 2_472, 2_374, 2_584),
    "congenital_massachusetts": ("[1-2] [1-3] [4-5]", 620, 593, 652),
    "uk_slavery_5": ("[1-2] [1-3] [2-3] [2-5] [3-4]", 22_991, 17_991, 30_142),
    "netherlands_5": ("[1-2] [1-5] [2-3] [2-4] [2-5] [3-5] [4-5]", 48_013, 42_185, 55_075),
    "peru_cvr:EST": ("[1-2] [1-3] [2-3]", 59_807, 52_796, 67_996),
    "peru_cvr": ("[1-2] [1-3] [2-3]", 215_324, 189_544, 245_188),
    "sudan_khartoum_injury_linkage:1 / 1": ("[1] [2] [3]", 3_626, 3_184, 4_168),
    "sudan_khartoum_injury_linkage:5 / 5": ("[1] [2-3]", 60_408, 32_845, 130_750),
}  # fmt: skip
"""Rcapture 1.4-4: best BIC over hierarchical models (pairs for five lists), profile interval."""

DGA = """
suppressMessages(library(dga)); data(graphs{j})
full <- array(0, rep(2, {j})); for (i in seq_len(nrow(d))) full[t(rev(as.integer(d[i, ])) + 1)] <- freq[i]
w <- bma.cr(full, Nmissing = 1:{cap}, delta = 2^-{j}, graphs = graphs{j})
c <- cumsum(colSums(w)) / sum(w)
out("q", sum(freq) + c(which(c >= .5)[1], which(c >= .025)[1], which(c >= .975)[1]))
"""
RCAPTURE = """
suppressMessages(library(Rcapture))
x <- cbind(as.matrix(d), freq); colnames(x) <- NULL
m <- closedpMS.t(x, dfreq = TRUE, h = NULL, maxorder = {order})
best <- rownames(m$results)[which.min(m$results[, "BIC"])]
out("n", c(m$results[best, "abundance"], m$results[best, "BIC"]))
"""
SPARSE = """
suppressMessages(library(SparseMSE)); z <- cbind(d, count = freq); pairs <- combn({j}, 2); codes <- c()
for (m in 0:(2^ncol(pairs) - 1)) {{
  on <- which(bitwAnd(m, 2^(seq_len(ncol(pairs)) - 1)) > 0)
  codes <- c(codes, checkident(z, mX = if (length(on)) pairs[, on, drop = FALSE] else NULL))
}}
out("codes", codes)
chosen <- matrix(c({chosen}), nrow = 2)
out("n", estimatepopulation.0(z, method = "fixed", mX = chosen)$estimate["point est."])
"""


def run(asked: Any) -> Iterator[Row]:
    wanted = asked.only.split(",") if asked.only else None

    def ours(names: Any) -> list[str]:
        return [name for name in names if wanted is None or name.split(":")[0] in wanted]

    peers = {p: not asked.no_peers and has_r(p) for p in ("dga", "Rcapture", "SparseMSE")}
    for name in ours(GRAPHS):
        yield _graphs(name, GRAPHS[name], peers["dga"])
    for name in ours(BIC):
        model, *theirs = BIC[name]
        yield _bic(name, model, tuple(theirs), peers["Rcapture"])
    for name in ours(("artificial_3", "uk_slavery_5")):
        yield from _sparse(name, peers["SparseMSE"])
    for name in ours(LATENT):
        yield _latent(name, LATENT[name])


def named(name: str) -> CaptureTable:
    """``file`` or ``file:stratum``."""
    file, _, stratum = name.partition(":")
    if not stratum:
        return table_of(file)
    by = ("dup_threshold", "link_threshold") if file.startswith("sudan") else ("perpetrator",)
    return strata_of(file, by).strata[stratum].nonempty()


def grid_end(table: CaptureTable) -> int:
    return min(20 * table.documented, 100_000 if table.n_lists == 5 else 400_000)


def _graphs(name: str, theirs: tuple[float, ...], dga: bool) -> Row:
    table = named(name)
    span = average_graphs(table, most_unseen=grid_end(table)).span
    where = "quoted"
    if dga and table.n_lists <= 5:
        told = run_r(DGA.format(j=table.n_lists, cap=grid_end(table)), table)
        if told:
            theirs, where = tuple(told["q"]), "this run"
    row = _row("graphs", name, (span.median, span.lo, span.hi), theirs, 0.003, 0.003)
    row.peer = f"dga {row.peer}, {where}"
    return row


def _latent(name: str, theirs: tuple[float, ...]) -> Row:
    table = named(name)
    found = sample(
        table, LatentSettings(draws=4000, ess_at_least=6000, limit_error_at_most=0.007), np.random.default_rng(1)
    )
    people = found.n0 + table.documented
    row = _row("latent", name, tuple(np.quantile(people, [0.5, 0.025, 0.975])), theirs, 0.02, 0.05)
    row.peer = f"LCMCR {row.peer}, quoted"
    return row


def _bic(name: str, model: str, theirs: tuple[float, ...], rcapture: bool) -> Row:
    table = named(name)
    best = (select(table) or [None])[0]
    assert best is not None
    lo, hi = profile_interval(table, best)
    row = _row("log-linear", name, (table.documented + best.unseen, lo, hi), theirs, 0.001, 0.002)
    said = best.name(tuple(str(j + 1) for j in range(table.n_lists)))
    row.ours += f" {said}"
    row.met = bool(row.met) and set(said.split()) == set(model.split())
    row.peer = f"Rcapture {row.peer} {model}, quoted"
    if rcapture and table.n_lists <= 4:
        told = run_r(RCAPTURE.format(order=table.n_lists - 1), table)
        if told:
            row.peer += f"; this run {told['n'][0]:,.1f}"
    return row


def _sparse(name: str, sparsemse: bool) -> Iterator[Row]:
    """Existence codes of every model of pairs, and one sparse fit: terms that nobody supports go to minus infinity."""
    table = table_of(name)
    mains, pairs = tuple((j,) for j in range(table.n_lists)), list(combinations(range(table.n_lists), 2))
    models = [tuple(p for i, p in enumerate(pairs) if m >> i & 1) for m in range(1 << len(pairs))]
    codes = [check(table, mains + m) for m in models]
    theirs, where = [], "quoted"
    chosen = ((0, 2),) if name == "artificial_3" else ((0, 1), (0, 2), (1, 2), (1, 4), (2, 3))
    told = {}
    if sparsemse:
        flat = ",".join(str(j + 1) for pair in chosen for j in pair)
        told = run_r(SPARSE.format(j=table.n_lists, chosen=flat), table)
        theirs, where = [int(c) for c in told.get("codes", [])], "this run"
    if name == "artificial_3":
        said = [codes[-1], codes[1], codes[0]]
        yield Row("agreement", "existence codes of artificial_3: all pairs, 1-2, none", str(said),
                  "SparseMSE [2, 1, 0], quoted", "the same", said == [2, 1, 0])  # fmt: skip
    if theirs:
        tally, other = (", ".join(f"{c}: {x.count(c)}" for c in range(4)) for x in (codes, theirs))
        yield Row("agreement", f"existence codes of all {len(models):,} models of pairs, {name}", tally,
                  f"SparseMSE {other}, {where}", "the same", codes == theirs)  # fmt: skip
        found = fit(table, mains + chosen)
        assert found is not None
        ours = table.documented + found.unseen
        yield Row("agreement", f"one sparse model of {name}", f"{ours:,.1f}", f"SparseMSE {told['n'][0]:,.1f}, {where}",
                  "0.1%", abs(ours / told["n"][0] - 1) <= 0.001)  # fmt: skip


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
