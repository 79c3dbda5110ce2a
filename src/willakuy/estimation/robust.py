"""Two lists and recorded characteristics: an estimate that is right if either of two models is.

Das, Kennedy & Jewell 2023 (Biometrics; arXiv 2104.14091), equations 3 and 6. Method: docs/method/estimation.md.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from willakuy.estimation.bounds import chapman
from willakuy.estimation.people import People
from willakuy.estimation.refusing import reasons_against
from willakuy.estimation.results import Diagnostics, Estimate, Floats, Reason, Refusal, Sensitivity, Span
from willakuy.estimation.stating import edge_reasons, versions
from willakuy.estimation.tables import CaptureTable
from willakuy.estimation.words import assumptions_of
from willakuy.i18n import gettext

SMALLEST = 0.005


def doubly_robust(
    on_a: npt.ArrayLike, on_b: npt.ArrayLike, covariates: npt.ArrayLike, *,
    rng: np.random.Generator | int, names: tuple[str, str] = ("A", "B"), folds: int = 5, level: float = 0.95,
) -> Estimate | Refusal:  # fmt: skip
    """Estimate N from one row per person on A or B or both.

    Args:
        on_a, on_b: ``(n,)`` 0/1; a person is on at least one.
        covariates: ``(n, d)`` numbers; categories already as 0/1 columns. Columns are standardised here.
        folds: probabilities for a person come from models fitted to people in other folds.

    Nuisance models are ridge logistic regressions of q1 = P(on A | seen, x), q2 and q12 with squares of the
    numeric columns. The influence function gives ψ = P(seen), N = n/ψ, and a normal interval of N.
    """
    seed = rng if isinstance(rng, int) else None
    generator = np.random.default_rng(rng) if isinstance(rng, int) else rng
    a, b = np.asarray(on_a, dtype=float), np.asarray(on_b, dtype=float)
    table = CaptureTable.of(names, (((int(u), int(v)), 1) for u, v in zip(a, b, strict=True)))
    if reasons := reasons_against(table, two_lists_accepted=True):
        return Refusal(reasons, table.documented, 2, "doubly-robust", None, table.digest, seed)
    design = _design(np.asarray(covariates, dtype=float).reshape(len(a), -1))
    part = generator.permutation(np.arange(len(a)) % folds)
    q1, q2, q12 = (_cross_fit(design, y, part, folds) for y in (a, b, a * b))
    q12 = np.clip(q12, SMALLEST, 1)
    q1, q2 = np.clip(np.maximum(q1, q12), SMALLEST, 1), np.clip(np.maximum(q2, q12), SMALLEST, 1)
    inverse = q1 * q2 / q12
    phi = inverse * (a / q1 + b / q2 - a * b / q12)
    n = len(a)
    mean, sd = float(phi.mean()), float(phi.std(ddof=1))
    psi = 1 / max(mean, 1e-9)
    people = n / psi
    from scipy.stats import norm

    var = n * sd**2 + people * max(1 - psi, 0) / psi
    reach = float(norm.ppf(0.5 + level / 2) * np.sqrt(var))
    span = Span(max(people, n), max(people, n), max(people - reach, n), people + reach, level)
    if edge := edge_reasons(table, span):
        return Refusal(edge, n, 2, "doubly-robust", None, table.digest, seed)
    return Estimate(
        method="doubly-robust", documented=n, n_lists=2, span=span, diagnostics=Diagnostics(),
        assumptions=assumptions_of("doubly-robust"), seed=seed, table_digest=table.digest, versions=versions(),
        settings=(("folds", str(folds)), ("covariates", str(np.asarray(covariates).reshape(n, -1).shape[1]))),
        lists=names,
    )  # fmt: skip


def estimate_people(people: People, *, rng: np.random.Generator | int, level: float = 0.95) -> Estimate | Refusal:
    """:func:`doubly_robust` for what :func:`read_people` read; beside it the two lists with nothing recorded of anyone."""
    found = doubly_robust(people.on[:, 0], people.on[:, 1], people.covariates, rng=rng, names=people.lists, level=level)
    if isinstance(found, Refusal):
        return found
    alone = CaptureTable.of(people.lists, ((row, 1) for row in people.on.tolist()))
    shown = people.names[:20] if len(people.names) > 20 else people.names
    said = ", ".join(shown) + (" …" if len(people.names) > 20 else "")
    return replace(
        found,
        warnings=tuple(Reason("reading", note, "") for note in people.notes),
        settings=(*found.settings, ("recorded", said)),
        sensitivity=(Sensitivity("method", gettext("chapman, nothing recorded"), chapman(alone, level)),),
    )


def _design(x: Floats) -> Floats:
    spread = x.std(axis=0)
    z = (x[:, spread > 0] - x[:, spread > 0].mean(axis=0)) / spread[spread > 0]
    numeric = [j for j in range(z.shape[1]) if len(np.unique(z[:, j])) > 2]
    return np.column_stack([np.ones(len(x)), z, z[:, numeric] ** 2])


def _cross_fit(design: Floats, y: Floats, part: npt.NDArray[np.int64], folds: int) -> Floats:
    found = np.empty(len(y))
    for fold in range(folds):
        here = part == fold
        found[here] = _expit(design[here] @ _logistic(design[~here], y[~here]))
    return found


def _logistic(x: Floats, y: Floats, ridge: float = 1.0) -> Floats:
    coef = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = _expit(x @ coef)
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + np.diag(penalty), x.T @ (y - p) - penalty * coef)
        coef += step
        if np.abs(step).max() < 1e-8:
            break
    return coef


def _expit(v: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(v, -30, 30))))
