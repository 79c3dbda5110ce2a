"""The same estimates as an object with ``fit``, for people used to scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from willakuy.estimation.answering import estimate
from willakuy.estimation.options import Options
from willakuy.estimation.results import Estimate, Refusal
from willakuy.estimation.tables import CaptureTable


class MultipleSystems:
    """``fit(X)`` with one 0/1 row per person (or per pattern, with ``counts``); then ``result_``, ``n_``, ``interval_``.

    ``n_`` is NaN after a refusal; ``result_`` then says why.
    """

    def __init__(self, method: str = "latent", *, draws: int = 1000, random_state: int | None = None) -> None:
        self.method, self.draws, self.random_state = method, draws, random_state

    def fit(
        self,
        X: npt.ArrayLike,  # noqa: N803 - the name scikit-learn gives it
        counts: npt.ArrayLike | None = None,
        *,
        lists: Sequence[str] | None = None,
    ) -> MultipleSystems:
        rows = np.asarray(X, dtype=np.int64)
        people = np.ones(len(rows), dtype=np.int64) if counts is None else np.asarray(counts, dtype=np.int64)
        names = lists or [f"list {j + 1}" for j in range(rows.shape[1])]
        table = CaptureTable.of(names, zip(rows.tolist(), people.tolist(), strict=True))
        self.result_: Estimate | Refusal = estimate(
            table, rng=self.random_state, options=Options(draws=self.draws), method=self.method
        )
        return self

    @property
    def n_(self) -> float:
        return self.result_.span.median if isinstance(self.result_, Estimate) else float("nan")

    @property
    def interval_(self) -> tuple[float, float]:
        if isinstance(self.result_, Estimate):
            return self.result_.span.lo, self.result_.span.hi
        return float("nan"), float("nan")
