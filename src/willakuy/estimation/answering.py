"""The front door: one call from a table to an estimate, or to the reasons why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import overload

import numpy as np

from willakuy.estimation.errors import NeedsPeople, UnknownMethod
from willakuy.estimation.options import DEFAULT_SEED, DOUBLY_ROBUST, METHODS, Options, Progress
from willakuy.estimation.refusing import Judged
from willakuy.estimation.results import Estimate, Refusal, StrataResult
from willakuy.estimation.sensitivity import answer_with_sensitivity
from willakuy.estimation.strata import estimate_strata
from willakuy.estimation.tables import CaptureTable, StrataTable


@overload
def estimate(table: CaptureTable, *, method: str = ..., rng: np.random.Generator | int | None = ..., judged: Judged | None = ..., options: Options | None = ..., progress: Progress | None = ..., draws: int | None = ..., sensitivity: bool | str | None = ...) -> Estimate | Refusal: ...  # fmt: skip
@overload
def estimate(table: StrataTable, *, method: str = ..., rng: np.random.Generator | int | None = ..., judged: Judged | None = ..., options: Options | None = ..., progress: Progress | None = ..., draws: int | None = ..., sensitivity: bool | str | None = ...) -> StrataResult: ...  # fmt: skip
def estimate(
    table: CaptureTable | StrataTable,
    *,
    method: str = "latent",
    rng: np.random.Generator | int | None = None,
    judged: Judged | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
    draws: int | None = None,
    sensitivity: bool | str | None = None,
) -> Estimate | Refusal | StrataResult:
    """Estimate how many people there were, those no list saw included, or refuse.

    A refusal is an answer, not an exception: it carries its reasons and the documented minimum.

    Args:
        table: one table, or strata; strata are answered one by one and then together.
        method: one of :data:`METHODS`.
        rng: a seed or a generator; the same seed gives the same bytes. By default :data:`DEFAULT_SEED`.
        judged: what people know about the lists that no table shows.
        draws: posterior draws per chain.
        sensitivity: "quick" or "full" (or True) to answer also with other models, lists and priors.

    Raises:
        UnknownMethod: no method has that name.
        NeedsPeople: doubly robust is asked for by name; see :func:`doubly_robust`.
    """
    if method == DOUBLY_ROBUST:
        raise NeedsPeople
    if method not in METHODS:
        raise UnknownMethod(method=method, known=", ".join((*METHODS, DOUBLY_ROBUST)))
    asked = replace(options or Options(), method=method)
    if sensitivity is not None:
        named = sensitivity if isinstance(sensitivity, str) else ("full" if sensitivity else "none")
        asked = replace(asked, sensitivity=named)
    asked = replace(asked, draws=draws or asked.draws)
    seed = rng if isinstance(rng, int) else (DEFAULT_SEED if rng is None else None)
    generator = rng if isinstance(rng, np.random.Generator) else np.random.default_rng(seed)
    if isinstance(table, StrataTable):
        return estimate_strata(table, asked, generator, seed, judged, progress)
    return answer_with_sensitivity(table, asked, generator, seed, judged, progress)
