"""What a person may ask of an estimate, and the names of the methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from willakuy.estimation.tables import CaptureTable

METHODS = ("latent", "graphs", "loglinear", "chapman", "coverage", "lower-bound")
DOUBLY_ROBUST = "doubly-robust"
"""Takes people, not a table; see :mod:`willakuy.estimation.robust`."""
DEFAULT_SEED = 20221207

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for, the same for every stratum.

    ``borrow``: how many people's worth of the other strata's overlaps each stratum takes as prior knowledge (latent only).
    ``limit_error``: the Monte Carlo error both limits may have, as a share of them; ``rough``: chains need settle less
    far, for rows of a sensitivity table. ``sensitivity``: "none", "quick" (model families, each list left out under graphs) or "full" (also five priors, and
    lists left out and merged under the method itself).
    """

    method: str = "latent"
    draws: int = 1000
    level: float = 0.95
    n_classes: int = 10
    capture_prior: tuple[float, float] = (1.0, 1.0)
    chains: int = 4
    rounds: int = 9
    effort: float = 1.0
    limit_error: float = 0.02
    rough: bool = False
    borrow: float = 0.0
    others: CaptureTable | None = None
    min_records: int = 1
    bootstrap: int = 200
    sensitivity: str = "none"
    threads: int = 1
