"""What an estimate says: a number with everything it rests on, or the reasons why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason not to give a number. ``what`` names the lists; ``needed`` says what would change it."""

    code: str
    what: str
    needed: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """No number can be defended. ``documented_minimum`` is what the lists name; ``lower_bound`` is a bound on the
    total that needs fewer assumptions, when there is one."""

    reasons: tuple[Reason, ...]
    documented_minimum: int
    n_lists: int
    method: str = ""
    lower_bound: float | None = None
    table_digest: str = ""
    seed: int | None = None
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Median, mean and a central interval, in people, the documented ones included."""

    median: float
    mean: float
    lo: float
    hi: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """ArviZ conventions, on log n0. ``None`` where the method has no chains."""

    rhat: float | None = None
    ess_bulk: float | None = None
    ess_tail: float | None = None
    ess_per_s: float | None = None
    chains: int = 0
    mcse_median: float | None = None
    round_trips: int | None = None
    p_predictive: float | None = None
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What the answer would be had one choice been different; ``span`` is None where that is refused."""

    kind: str
    changed: str
    span: Span | None
    note: str = ""


@dataclass(frozen=True)
class Estimate:
    """A number and what it rests on. ``draws`` ``(chains, samples)`` of N, empty for methods without draws."""

    method: str
    documented: int
    n_lists: int
    span: Span
    diagnostics: Diagnostics
    assumptions: tuple[str, ...]
    seed: int | None
    table_digest: str
    versions: dict[str, str]
    sensitivity: tuple[Sensitivity, ...] = ()
    warnings: tuple[Reason, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    lists: tuple[str, ...] = ()
    draws: Floats = field(default_factory=lambda: np.empty((0, 0)), repr=False, compare=False)


@dataclass(frozen=True)
class StrataResult:
    """Each stratum's own answer, and one for all of them, which is a refusal when too much is refused.

    ``answered``: the strata with a number together, ``None`` when there are none; the others' people are not in it.
    """

    strata: dict[str, Estimate | Refusal]
    total: Estimate | Refusal
    answered: Span | None = None


def span_of(draws: npt.ArrayLike, level: float = 0.95) -> Span:
    """Central interval of draws of N."""
    flat = np.asarray(draws, dtype=float).ravel()
    tail = (1 - level) / 2
    lo, median, hi = np.quantile(flat, [tail, 0.5, 1 - tail])
    return Span(float(median), float(flat.mean()), float(lo), float(hi), level)
