"""Carrying what came before the table into the interval: how records were linked, what was imputed.

Method: docs/method/estimation.md, "Linkage and imputation".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from willakuy.estimation.one_table import answer_one
from willakuy.estimation.options import Options
from willakuy.estimation.refusing import Judged
from willakuy.estimation.results import Estimate, Reason, Refusal, span_of
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext


@dataclass(frozen=True, slots=True)
class ReplicateInterval:
    """Rubin-type combination on log n0: a point, a t interval, and the two variances it rests on."""

    estimate: float
    lo: float
    hi: float
    within: float
    between: float
    degrees: float
    replicates: int


def mix_tables(
    tables: Sequence[CaptureTable], *, weights: npt.ArrayLike | None = None, rng: np.random.Generator | int,
    options: Options | None = None, method: str = "latent", judged: Judged | None = None,
) -> tuple[Estimate | Refusal, tuple[Estimate | Refusal, ...]]:  # fmt: skip
    """Estimate from several versions of one table (clusterings, thresholds) and mix the posteriors by ``weights``.

    The mixture keeps several modes where an average of limits would not (Sadinle 2018, linkage averaging). Returns it
    with each version's own answer. Versions that are refused leave the mixture; it is refused when those left weigh
    less than 95 %.
    """
    seed = rng if isinstance(rng, int) else None
    generator = np.random.default_rng(rng) if isinstance(rng, int) else rng
    asked = replace(options or Options(), method=method, sensitivity="none")
    share = np.full(len(tables), 1 / len(tables)) if weights is None else np.asarray(weights, dtype=float)
    share = share / share.sum()
    answers = tuple(
        answer_one(t, asked, child, seed, judged) for t, child in zip(tables, generator.spawn(len(tables)), strict=True)
    )
    good = [i for i, a in enumerate(answers) if isinstance(a, Estimate) and a.draws.size]
    weight = float(share[good].sum())
    documented = min(t.documented for t in tables)
    if weight < 0.95:
        what = gettext("{refused} of {all} versions of the table, with {weight} % of the weight, give no estimate.")
        said = what.format(refused=len(tables) - len(good), all=len(tables), weight=f"{100 * (1 - weight):.0f}")
        own = [r for a in answers if isinstance(a, Refusal) for r in a.reasons]
        first = list({r.code: r for r in own}.values())
        reasons = (Reason("versions-refused", said, gettext("See the reasons of each version.")), *first)
        return Refusal(reasons, documented, tables[0].n_lists, method, seed=seed), answers
    picked = generator.choice(good, size=4 * max(asked.draws, 1000), p=share[good] / weight)
    draws = np.empty(len(picked))
    for i in good:
        here = picked == i
        draws[here] = generator.choice(answers[i].draws.ravel(), size=int(here.sum()))  # type: ignore[union-attr]
    base = answers[good[0]]
    assert isinstance(base, Estimate)
    said_settings = (*base.settings, ("versions of the table mixed", str(len(good))))
    mixed = replace(
        base, documented=documented, span=span_of(draws, asked.level), draws=draws.reshape(4, -1), settings=said_settings,
    )  # fmt: skip
    return mixed, answers


def combine_replicates(
    documented: npt.ArrayLike, unseen_draws: Sequence[npt.ArrayLike], level: float = 0.95
) -> ReplicateInterval:
    """Rubin's rules on log n0, as verdata combines imputed replicates.

    ``documented`` ``(m,)`` people in each replicate; ``unseen_draws`` m arrays of draws of n0 (0 is taken as 0.1). With
    no variance between replicates the interval is normal: the published formula divides 0 by 0 there.

    Raises:
        ValueError: fewer than two replicates.
    """
    from scipy.stats import norm, t

    m = len(unseen_draws)
    if m < 2:
        raise ValueError("combining needs at least two replicates")
    seen = np.asarray(documented, dtype=float)
    draws = [np.asarray(d, dtype=float).ravel() for d in unseen_draws]
    logs = [np.log(np.where(d > 0, d, 0.1)) for d in draws]
    means = np.array([x.mean() for x in logs])
    within = float(np.mean([x.var(ddof=1) for x in logs]))
    between = float(means.var(ddof=1))
    total = within + (m + 1) / m * between
    degrees = (m - 1) * (1 + within / ((m + 1) * between)) ** 2 if between > 0 else float("inf")
    quantile = t.ppf(0.5 + level / 2, degrees) if np.isfinite(degrees) else norm.ppf(0.5 + level / 2)
    centre, reach = float(means.mean()), float(quantile * np.sqrt(total))
    point = float(seen.mean() + np.mean([d.mean() for d in draws]))
    return ReplicateInterval(
        point,
        float(seen.mean() + np.exp(centre - reach)),
        float(seen.mean() + np.exp(centre + reach)),
        within,
        between,
        degrees,
        m,
    )
