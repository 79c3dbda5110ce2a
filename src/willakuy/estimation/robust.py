"""Two lists and recorded characteristics: an estimate that is right if either of two models is.

Das, Kennedy & Jewell 2023 (Biometrics; arXiv 2104.14091), equations 3 and 6. Method: docs/method/estimation.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from willakuy.estimation.bounds import chapman
from willakuy.estimation.options import DOUBLY_ROBUST
from willakuy.estimation.people import People
from willakuy.estimation.refusing import reasons_against
from willakuy.estimation.results import Estimate, Floats, Reason, Refusal, Sensitivity, Span
from willakuy.estimation.sensitivity import depends
from willakuy.estimation.stating import edge_reasons, state
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext

SMALLEST = 0.005
"""No kind of person is taken to be on both lists more rarely than this among those seen."""
MOST_FLOORED = 0.05


@dataclass(frozen=True)
class _Split:
    """One random split into folds: N by the influence function, its variance, N by plugging in, floored people."""

    people: float
    variance: float
    plugged_in: float
    floored: float


def doubly_robust(
    on_a: npt.ArrayLike, on_b: npt.ArrayLike, covariates: npt.ArrayLike, *,
    rng: np.random.Generator | int, names: tuple[str, str] = ("A", "B"), folds: int = 5, splits: int = 5,
    level: float = 0.95,
) -> Estimate | Refusal:  # fmt: skip
    """Estimate N from one row per person on A or B or both.

    Args:
        on_a, on_b: ``(n,)`` 0/1; a person is on at least one.
        covariates: ``(n, d)`` numbers; categories already as 0/1 columns. Columns are standardised here.
        folds: probabilities for a person come from models fitted to people in other folds.
        splits: into folds, at random; the answer is their median, and its variance grows with how far they differ.

    Nuisance models are ridge logistic regressions of q1 = P(on A | seen, x), q2 and q12 with squares of the
    numeric columns. The influence function gives ψ = P(seen), N = n/ψ, and a normal interval of N. Splits are joined as
    in Chernozhukov et al. 2018 (Econometrics Journal 21:C1), section 3.4.
    """
    seed = rng if isinstance(rng, int) else None
    generator = np.random.default_rng(rng) if isinstance(rng, int) else rng
    a, b = np.asarray(on_a, dtype=float), np.asarray(on_b, dtype=float)
    table = CaptureTable.of(names, (((int(u), int(v)), 1) for u, v in zip(a, b, strict=True)))
    n = table.documented
    if reasons := reasons_against(table, two_lists_accepted=True):
        return Refusal(reasons, n, 2, DOUBLY_ROBUST, None, table.digest, seed, names)
    design = _design(np.asarray(covariates, dtype=float).reshape(len(a), -1))
    whole = [_logistic(design, y, np.zeros(design.shape[1])) for y in (a, b, a * b)]
    found = [_split(design, a, b, whole, generator.permutation(np.arange(n) % folds), folds) for _ in range(splits)]
    span = _joined(found, n, level)
    if edge := edge_reasons(table, span):
        return Refusal(edge, n, 2, DOUBLY_ROBUST, None, table.digest, seed, names)
    plugged = float(np.median([f.plugged_in for f in found]))
    rows = (Sensitivity("method", gettext("plugged in"), Span(plugged, plugged, span.lo, span.hi, level)),
            Sensitivity("covariates", gettext("chapman, nothing recorded"), chapman(table, level)))  # fmt: skip
    said = (("folds", str(folds)), ("splits", str(splits)), ("columns of covariates", str(design.shape[1] - 1)),
            ("splits by themselves", ", ".join(f"{f.people:,.0f}" for f in found)))  # fmt: skip
    answer = state(DOUBLY_ROBUST, table, span, settings=said, sensitivity=rows)
    return replace(answer, seed=seed, warnings=_thin(found, n) + depends(answer, list(rows)))


def _split(
    design: Floats, a: Floats, b: Floats, whole: list[Floats], part: npt.NDArray[np.int64], folds: int
) -> _Split:
    q1, q2, q12 = (_cross_fit(design, y, start, part, folds) for y, start in zip((a, b, a * b), whole, strict=True))
    floored = float((q12 < SMALLEST).sum())
    q12 = np.clip(q12, SMALLEST, 1)
    q1, q2 = np.clip(np.maximum(q1, q12), SMALLEST, 1), np.clip(np.maximum(q2, q12), SMALLEST, 1)
    inverse = q1 * q2 / q12
    phi = inverse * (a / q1 + b / q2 - a * b / q12)
    n = len(a)
    people = max(n * float(phi.mean()), float(n))
    return _Split(people, n * float(phi.var(ddof=1)) + people * (people / n - 1), n * float(inverse.mean()), floored)


def _joined(found: list[_Split], n: int, level: float) -> Span:
    from scipy.special import ndtri

    people = float(np.median([f.people for f in found]))
    variance = float(np.median([f.variance + (f.people - people) ** 2 for f in found]))
    reach = float(ndtri(0.5 + level / 2) * np.sqrt(variance))
    return Span(people, people, max(people - reach, n), people + reach, level)


def _thin(found: list[_Split], n: int) -> tuple[Reason, ...]:
    """A warning where much rests on people of a kind of whom hardly any is on both lists."""
    share = float(np.median([f.floored for f in found])) / n
    if share <= MOST_FLOORED:
        return ()
    what = gettext(
        "{share} % of the people are of a kind of which fewer than one in {one_in} is on both lists: what is said of them rests on that floor."
    )
    needed = gettext("Coarser characteristics, or lists that share more people of each kind.")
    said = what.format(share=f"{100 * share:.0f}", one_in=round(1 / SMALLEST))
    return (Reason("thin-kinds", said, needed),)


def estimate_people(people: People, *, rng: np.random.Generator | int, level: float = 0.95) -> Estimate | Refusal:
    """:func:`doubly_robust` for what :func:`read_people` read; beside it the two lists with nothing recorded of anyone."""
    found = doubly_robust(people.on[:, 0], people.on[:, 1], people.covariates, rng=rng, names=people.lists, level=level)
    if isinstance(found, Refusal):
        return found
    said = ", ".join(people.names[:20]) + (" …" if len(people.names) > 20 else "")
    told = tuple(Reason("reading", note, "") for note in people.notes)
    return replace(found, warnings=told + found.warnings, settings=(*found.settings, ("recorded", said)))


def _design(x: Floats) -> Floats:
    spread = x.std(axis=0)
    z = (x[:, spread > 0] - x[:, spread > 0].mean(axis=0)) / spread[spread > 0]
    numeric = [j for j in range(z.shape[1]) if len(np.unique(z[:, j])) > 2]
    return np.column_stack([np.ones(len(x)), z, z[:, numeric] ** 2])


def _cross_fit(design: Floats, y: Floats, start: Floats, part: npt.NDArray[np.int64], folds: int) -> Floats:
    """Probabilities of ``y``, each from the people of other folds; the fits begin at that of everybody."""
    found = np.empty(len(y))
    for fold in range(folds):
        here = part == fold
        found[here] = _expit(design[here] @ _logistic(design[~here], y[~here], start))
    return found


def _logistic(x: Floats, y: Floats, start: Floats, ridge: float = 1.0) -> Floats:
    coef = start.copy()
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = _expit(x @ coef)
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + np.diag(penalty), x.T @ (y - p) - penalty * coef)
        coef += step
        if np.abs(step).max() < 1e-6:
            break
    return coef


def _expit(v: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(v, -30, 30))))
