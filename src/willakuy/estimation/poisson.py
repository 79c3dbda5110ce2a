"""Fitting a Poisson log-linear model to a small table of counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from willakuy.estimation.results import Floats


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """Maximum-likelihood coefficients, fitted means and ``log_likelihood`` up to the data's own constant."""

    coef: Floats
    means: Floats
    log_likelihood: float
    converged: bool


def fit_poisson(design: Floats, counts: Floats, *, max_steps: int = 60, tolerance: float = 1e-9) -> PoissonFit:
    """Newton steps with halving, started at a smoothed table; the log-likelihood is Σ(y·log μ - μ).

    A model with no finite maximum does not converge: its coefficients run off, and ``converged`` is False
    or some mean is practically 0 (ask :mod:`willakuy.estimation.existence` first).
    """
    mu = counts + 0.5
    coef = np.linalg.lstsq(design * np.sqrt(mu)[:, None], np.log(mu) * np.sqrt(mu), rcond=None)[0]
    value = -np.inf
    done = False
    for _ in range(max_steps):
        eta = np.clip(design @ coef, -300, 300)
        mu = np.exp(eta)
        value = float(counts @ eta - mu.sum())
        score = design.T @ (counts - mu)
        info = design.T @ (design * mu[:, None])
        try:
            step = np.linalg.solve(info + 1e-13 * np.trace(info) * np.eye(len(coef)), score)
        except np.linalg.LinAlgError:
            break
        size = 1.0
        while size > 1e-6:
            eta = np.clip(design @ (coef + size * step), -300, 300)
            trial = float(counts @ eta - np.exp(eta).sum())
            if trial >= value - 1e-12 * abs(value):
                break
            size /= 2
        coef = coef + size * step
        if (trial - value < tolerance * (abs(value) + 1) and np.abs(size * step).max() < 1e-6) or float(
            score @ step
        ) < 1e-10:
            done = True
            break
    mu = np.exp(np.clip(design @ coef, -300, 300))
    return PoissonFit(coef, mu, float(counts @ np.log(mu) - mu.sum()), done)
