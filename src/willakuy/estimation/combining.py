"""Replicates of one table combined by Rubin's rules, for comparison with what others publish.

Method: docs/method/estimation.md, "Strata, versions, borrowing".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


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


def combine_replicates(
    documented: npt.ArrayLike, unseen_draws: Sequence[npt.ArrayLike], level: float = 0.95
) -> ReplicateInterval:
    """Rubin's rules on log n0, as verdata combines imputed replicates.

    ``documented`` ``(m,)`` people in each replicate; ``unseen_draws`` m arrays of draws of n0 (0 is taken as 0.1). With
    no variance between replicates the interval is normal: the published formula divides 0 by 0 there.

    Raises:
        ValueError: fewer than two replicates.
    """
    from scipy.special import ndtri, stdtrit

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
    quantile = stdtrit(degrees, 0.5 + level / 2) if np.isfinite(degrees) else ndtri(0.5 + level / 2)
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
