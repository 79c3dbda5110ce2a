"""Handing draws to ArviZ, where a reader has it installed."""

from __future__ import annotations

from typing import Any

import numpy as np

from willakuy.estimation.results import Estimate


def to_arviz(estimate: Estimate) -> Any:
    """Posterior draws of ``N`` and ``log_n0`` as whatever ArviZ's ``from_dict`` makes (InferenceData or DataTree).

    Raises:
        ImportError: ArviZ (``arviz`` or ``arviz-base``) is not installed.
        ValueError: the method has no draws.
    """
    if estimate.draws.size == 0:
        raise ValueError(f"the method {estimate.method} has no draws")
    posterior = {"N": estimate.draws, "log_n0": np.log(estimate.draws - estimate.documented + 0.5)}
    try:
        from arviz_base import from_dict  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from arviz import from_dict  # type: ignore[import-not-found,unused-ignore]
    return from_dict({"posterior": posterior})
