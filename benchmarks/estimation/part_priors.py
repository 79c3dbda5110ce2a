"""Kosovo under five capture priors, each said as the range of total ÷ documented it expects of one kind of person.

As in any table of many answers the limits are sampled until their Monte Carlo error is 5 %; R-hat and effective sizes are
those every answer must have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from common import Row, spent, table_of

from willakuy.estimation import Estimate, Options, estimate, expansion_range
from willakuy.estimation.priors import FIVE_PRIORS


def run(asked: Any) -> Iterator[Row]:
    table, total = table_of("kosovo"), 0.0
    for a, b in FIVE_PRIORS:
        found, cpu = spent(lambda: estimate(table, rng=1, options=Options(capture_prior=(a, b), limit_error=0.05)))  # noqa: B023
        total += cpu
        lo, hi = expansion_range(a, b, table.n_lists, np.random.default_rng(1))
        value = (
            f"{found.span.median:,.0f} ({found.span.lo:,.0f}–{found.span.hi:,.0f})"
            if isinstance(found, Estimate) else found.reasons[0].code
        )  # fmt: skip
        yield Row("priors", f"Beta({a:g}, {b:g}): expansion {lo:.2f}–{hi:.1f}", f"{value}, {cpu:.1f} s")
    yield Row("priors", "all five", f"{total:.1f} s", "", "<= 20 s", total <= 20)
