"""The capture-probability prior, said as a range of expansion factors instead of two shape numbers."""

from __future__ import annotations

import numpy as np

from willakuy.estimation.results import Floats

FIVE_PRIORS = ((1.0, 1.0), (0.5, 0.5), (1.0, 3.0), (0.5, 5.0), (0.2, 2.0))
"""The priors every sensitivity table shows: LCMCR's uniform one, then four that let more people go unseen."""


def prior_for_expansion(lo: float, hi: float, n_lists: int, level: float = 0.95) -> tuple[float, float]:
    """Beta(a, b) for capture probabilities such that, within a class, total ÷ documented lies in (lo, hi).

    The quantiles of ``1 / (1 - Π_j (1-λ_j))`` over a fixed grid of draws are matched to ``lo`` and ``hi``, beginning from
    the moments of the log-Beta distribution. One class, so it is a statement per kind of person.

    Raises:
        ValueError: not 1 < lo < hi.
    """
    from scipy.optimize import least_squares
    from scipy.special import betaincinv, ndtri, polygamma, psi

    if not 1 < lo < hi:
        raise ValueError("an expansion range needs 1 < lo < hi")
    low, high = np.log1p(-1 / lo), np.log1p(-1 / hi)
    mean, sd = (low + high) / 2, (high - low) / (2 * ndtri(0.5 + level / 2))

    def gap(logs: Floats) -> list[float]:
        a, b = np.exp(logs)
        found_mean = n_lists * (psi(b) - psi(a + b))
        found_sd = np.sqrt(n_lists * (polygamma(1, b) - polygamma(1, a + b)))
        return [float((found_mean - mean) / abs(mean)), float((found_sd - sd) / sd)]

    tails = [(1 - level) / 2, (1 + level) / 2]
    grid = np.random.default_rng(0).random((4000, n_lists))

    def miss(logs: Floats) -> list[float]:
        a, b = np.exp(logs)
        missed = np.log1p(-np.minimum(betaincinv(a, b, grid), 1 - 1e-12)).sum(axis=1)
        spread = np.quantile(-np.log(-np.expm1(missed)), tails)
        return [float(spread[0] - np.log(lo)), float(spread[1] - np.log(hi))]

    bounds = (np.log(1e-3), np.log(1e4))
    start = least_squares(gap, np.log([0.5, 1.5]), bounds=bounds)
    found = least_squares(miss, start.x, bounds=bounds, diff_step=1e-3)
    a, b = np.exp(found.x)
    return float(a), float(b)


def expansion_range(
    a: float, b: float, n_lists: int, rng: np.random.Generator, level: float = 0.95
) -> tuple[float, float]:
    """What Beta(a, b) says of total ÷ documented within one class, by simulation."""
    missed = np.log1p(-rng.beta(a, b, (20_000, n_lists)).clip(0, 1 - 1e-12)).sum(axis=1)
    factor = 1 / -np.expm1(np.minimum(missed, -1e-12))
    lo, hi = np.quantile(factor, [(1 - level) / 2, 0.5 + level / 2])
    return float(lo), float(hi)
