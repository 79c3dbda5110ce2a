"""Log-linear models chosen by BIC among those whose estimate exists, with intervals that include the choosing.

Existence and identifiability: :mod:`willakuy.estimation.existence`. Bootstrap: Silverman, Chan & Vincent 2024 (Statistics
and Computing 34:44). Method: docs/method/estimation.md, "Log-linear models".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from willakuy.estimation.existence import Terms, check, counts_in, design_for, observable_cells, reduce_sparse
from willakuy.estimation.poisson import fit_poisson
from willakuy.estimation.results import Span
from willakuy.estimation.tables import CaptureTable, Ints

LARGEST = 1e8


@dataclass(frozen=True, slots=True)
class FittedModel:
    """One hierarchical model; ``unseen`` is e^constant."""

    terms: Terms
    bic: float
    unseen: float

    def name(self, lists: tuple[str, ...]) -> str:
        """Generators in brackets: the largest terms that are in no other."""
        tops = [t for t in self.terms if not any(set(t) < set(u) for u in self.terms)]
        return " ".join("[" + "-".join(lists[j] for j in t) + "]" for t in tops)


@cache
def hierarchical_models(n_lists: int) -> tuple[Terms, ...]:
    """All hierarchical models with all main effects and without the highest interaction: 1, 8, 113 for 2 to 4
    lists; pairs only for 5 (1,024)."""
    singles = tuple((j,) for j in range(n_lists))
    pairs = list(combinations(range(n_lists), 2))
    triples = list(combinations(range(n_lists), 3)) if n_lists == 4 else []
    found = []
    for mask in range(1 << len(pairs)):
        chosen = [p for i, p in enumerate(pairs) if mask >> i & 1]
        if n_lists == 2 and chosen:
            continue
        allowed = [t for t in triples if all(p in chosen for p in combinations(t, 2))]
        for more in range(1 << len(allowed)):
            extra = [t for i, t in enumerate(allowed) if more >> i & 1]
            found.append(singles + tuple(chosen) + tuple(extra))
    return tuple(found)


def fit(table: CaptureTable, terms: Terms) -> FittedModel | None:
    """Fit one model, or None where its estimate does not exist or is not unique."""
    cells, kept = reduce_sparse(table, terms, _cells(table.n_lists))
    if len(cells) < len(kept) + 1:
        return None
    design = design_for(cells, kept)
    counts = counts_in(table, cells)
    fitted = fit_poisson(design, counts)
    if not fitted.converged or fitted.coef[0] > np.log(LARGEST):
        return None
    if fitted.means.min() < 1e-6 and check(table, terms):
        return None
    bic = -2 * fitted.log_likelihood + np.log(table.documented) * (len(terms) + 1)
    return FittedModel(terms, float(bic), float(np.exp(fitted.coef[0])))


def select(table: CaptureTable, keep: int = 60) -> list[FittedModel] | None:
    """Models by BIC, the best first; those that fail the existence checks are left out. None when all are."""
    if table.n_lists <= 5:
        fits = [f for f in (fit(table, terms) for terms in hierarchical_models(table.n_lists)) if f is not None]
    else:
        fits = list(_forward(table))
    good: list[FittedModel] = []
    for model in sorted(fits, key=lambda f: f.bic):
        if table.n_lists > 8 or check(table, model.terms) == 0:
            good.append(model)
        if len(good) == keep:
            break
    return good or None


def _forward(table: CaptureTable) -> Iterator[FittedModel]:
    """Add the pair that lowers BIC most until none does; every model fitted on the way is a candidate."""
    terms: Terms = tuple((j,) for j in range(table.n_lists))
    pairs = list(combinations(range(table.n_lists), 2))
    best = fit(table, terms)
    if best is not None:
        yield best
    while True:
        tried = [fit(table, (*terms, p)) for p in pairs if p not in terms]
        fits = [f for f in tried if f is not None]
        yield from fits
        if not fits:
            return
        top = min(fits, key=lambda f: f.bic)
        if best is not None and top.bic >= best.bic:
            return
        best, terms = top, top.terms


def bootstrap(
    table: CaptureTable, chosen: list[FittedModel], rng: np.random.Generator, level: float = 0.95, times: int = 200
) -> tuple[Span, float]:
    """(interval, BIC-averaged N). People are resampled and a model chosen again, among the best 60, each time.

    Bias-corrected and accelerated (BCa), the acceleration from a jackknife that weights each pattern by its count.
    """
    n = table.documented
    point = n + chosen[0].unseen
    values = np.array([_again(table, rng.multinomial(n, table.counts / n), chosen) for _ in range(times)])
    values = values[np.isfinite(values)]
    left_out = []
    for i in range(len(table.counts)):
        counts = table.counts.copy()
        counts[i] -= 1
        left_out.append(_again(table, counts, chosen))
    lo, hi = _bca(point, values, np.array(left_out), table.counts.astype(float), level)
    averaged = bic_average(table, chosen)
    return Span(point, averaged, lo, hi, level), averaged


def bic_average(table: CaptureTable, chosen: list[FittedModel]) -> float:
    """N averaged over models with weights e^(-BIC/2)."""
    weight = np.exp(-0.5 * (np.array([m.bic for m in chosen]) - chosen[0].bic))
    return table.documented + float(weight @ np.array([m.unseen for m in chosen]) / weight.sum())


def _again(table: CaptureTable, counts: Ints, chosen: list[FittedModel]) -> float:
    rows = zip(table.patterns.tolist(), counts.tolist(), strict=True)
    other = CaptureTable.of(table.lists, rows)
    fits = [f for f in (fit(other, m.terms) for m in chosen) if f is not None]
    return float(other.documented + min(fits, key=lambda f: f.bic).unseen) if fits else float("nan")


def _bca(
    point: float, values: np.ndarray, left_out: np.ndarray, weights: np.ndarray, level: float
) -> tuple[float, float]:
    from scipy.special import ndtr, ndtri

    share = np.clip((values < point).mean(), 1 / (len(values) + 1), 1 - 1 / (len(values) + 1))
    z0 = ndtri(share)
    good = np.isfinite(left_out)
    gap = np.average(left_out[good], weights=weights[good]) - left_out[good]
    accel = (weights[good] @ gap**3) / (6 * (weights[good] @ gap**2) ** 1.5 + 1e-300)
    ends = []
    for z in ndtri([(1 - level) / 2, 0.5 + level / 2]):
        ends.append(float(ndtr(z0 + (z0 + z) / (1 - accel * (z0 + z)))))
    lo, hi = np.quantile(values, ends)
    return float(lo), float(hi)


def profile_interval(table: CaptureTable, model: FittedModel, level: float = 0.95) -> tuple[float, float]:
    """Limits where the multinomial profile likelihood of N falls by half a chi-square quantile, the model fixed.

    The upper end is infinite when the likelihood does not come down within 10^4 times the documented count.
    """
    from scipy.optimize import brentq
    from scipy.special import chdtri

    drop = chdtri(1, 1 - level) / 2
    centre = max(model.unseen, 1e-3)
    ceiling = max(_profile(table, model.terms, v) for v in (centre, centre - 0.5, centre + 0.5) if v > 0)

    def gap(log_unseen: float) -> float:
        return float(_profile(table, model.terms, float(np.exp(log_unseen))) - ceiling + drop)

    low, high = np.log(centre) - 12, np.log(table.documented * 1e4)
    n = table.documented
    lo = n + float(np.exp(brentq(gap, low, np.log(centre)))) if gap(low) < 0 else float(n)
    hi = n + float(np.exp(brentq(gap, np.log(centre), high))) if gap(high) < 0 else float("inf")
    return lo, hi


def _profile(table: CaptureTable, terms: Terms, unseen: float) -> float:
    from scipy.special import gammaln

    cells, kept = reduce_sparse(table, terms, _cells(table.n_lists))
    cells = np.vstack([np.zeros((1, table.n_lists), dtype=np.int64), cells])
    counts = np.concatenate([[unseen], counts_in(table, cells[1:])])
    fitted = fit_poisson(design_for(cells, kept), counts)
    total = counts.sum()
    fit_part = float(counts @ np.log(fitted.means / fitted.means.sum()))
    return float(gammaln(total + 1) - gammaln(unseen + 1)) + fit_part


@cache
def _cells(n_lists: int) -> Ints:
    return observable_cells(n_lists)
