"""Answers that ask for less: two lists under independence, sample coverage, and a lower bound.

Method: docs/method/estimation.md, "Simple estimators".
"""

from __future__ import annotations

from itertools import product

import numpy as np

from willakuy.estimation.poisson import fit_poisson
from willakuy.estimation.results import Span
from willakuy.estimation.tables import CaptureTable


def chapman(table: CaptureTable, level: float = 0.95) -> Span:
    """Chapman 1951 for two lists, with a log-normal interval on the unseen (Sadinle 2009 compares such intervals).

    It assumes that being on one list says nothing about being on the other: seldom true of the dead.
    """
    from scipy.special import ndtri

    if table.n_lists != 2:
        raise ValueError("Chapman's estimator is for two lists")
    n1, n2 = (float(v) for v in table.sizes)
    both = float(table.overlaps[0, 1])
    estimate = (n1 + 1) * (n2 + 1) / (both + 1) - 1
    var = (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both) / ((both + 1) ** 2 * (both + 2))
    unseen = max(estimate - table.documented, 1e-9)
    factor = float(np.exp(ndtri(0.5 + level / 2) * np.sqrt(np.log1p(var / unseen**2))))
    return Span(estimate, estimate, table.documented + unseen / factor, table.documented + unseen * factor, level)


def sample_coverage(table: CaptureTable) -> tuple[float, float]:
    """(N, coverage): Chao & Tsay 1998, with each list's share of people no other list has as its gap.

    C = 1 - mean over lists of (people only on that list / people on it); D = mean over lists of people on the
    others; N0 = D/C, then corrected by the pairwise dependence of the lists (Chao, Tsay, Lin, Shau & Chao 2001, eq. 13).
    """
    alone = np.array(
        [
            table.counts[(table.patterns.sum(axis=1) == 1) & (table.patterns[:, j] == 1)].sum()
            for j in range(table.n_lists)
        ]
    )
    sizes = table.sizes.astype(float)
    coverage = 1 - float(np.mean(alone / sizes))
    distinct = float(np.mean(table.documented - alone))
    if coverage <= 0:
        return float("inf"), 0.0
    first = distinct / coverage
    extra = 0.0
    for a in range(table.n_lists):
        for b in range(a + 1, table.n_lists):
            cv = first * table.overlaps[a, b] / (sizes[a] * sizes[b]) - 1
            extra += (alone[a] + alone[b]) * cv
    return first + extra / (table.n_lists * coverage), coverage


def lower_bound(table: CaptureTable) -> float:
    """Rivest & Baillargeon 2007 (Biometrics 63:999): the M_th lower bound, in people.

    Lists may differ in size and people in how easily they are recorded, as long as lists are independent for each
    person. Only people on one or two lists enter; Chao's f1²/2f2 is the case of lists of equal size and overshoots
    when they are not.
    """
    if table.n_lists > 12:
        return _bound_by_pairs(table)
    cells = np.array([c for c in product((0, 1), repeat=table.n_lists) if any(c)], dtype=float)
    bits = 2 ** np.arange(table.n_lists - 1, -1, -1)
    counts = table.full()[(cells @ bits).astype(int)].astype(float)
    times = cells.sum(axis=1)
    bends = list(range(3, table.n_lists + 1))
    while True:
        hinges = [np.maximum(times - k + 1, 0)[:, None] for k in bends]
        design = np.hstack([np.ones((len(cells), 1)), cells, *hinges])
        fit = fit_poisson(design, counts)
        slopes = fit.coef[1 + table.n_lists :]
        negative = [k for k, s in zip(bends, slopes, strict=True) if s < 0]
        if not negative:
            return table.documented + float(np.exp(min(fit.coef[0], 50)))
        bends = [k for k in bends if k != bends[int(np.argmin(slopes))]]


def _bound_by_pairs(table: CaptureTable) -> float:
    """The same bound for many lists, from people on exactly one or two lists (conditional maximum likelihood)."""
    times = table.patterns.sum(axis=1)
    once = np.array(
        [table.counts[(times == 1) & (table.patterns[:, j] == 1)].sum() for j in range(table.n_lists)], float
    )
    pairs = table.patterns[times == 2].T @ (table.counts[times == 2][:, None] * table.patterns[times == 2])
    marks = once + pairs.sum(axis=1) - np.diag(pairs)
    odds = marks / max(marks.sum(), 1)
    for _ in range(500):
        scale = (once.sum() + np.triu(pairs, 1).sum()) / (odds.sum() + (odds.sum() ** 2 - (odds**2).sum()) / 2)
        odds = marks / (scale * (1 + odds.sum() - odds))
    return table.documented + float(scale)
