"""Deaths by injury in Khartoum under 25 linkage thresholds: one mixture, beside single thresholds and Rubin's rules."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from common import Row, spent, strata_of

from willakuy.estimation import Estimate, Options, combine_replicates, estimate, mix_tables


def run(asked: Any) -> Iterator[Row]:
    versions = strata_of("sudan_khartoum_injury_linkage", ("dup_threshold", "link_threshold")).strata
    estimate(versions["1 / 1"], rng=1)  # nothing is compiled inside the time below
    for method in ("latent", "graphs"):
        began = time.perf_counter()
        mixture, cpu = spent(lambda: mix_tables(versions, rng=1, method=method, options=Options(threads=2)))  # noqa: B023
        wall = time.perf_counter() - began
        good = [e for e in mixture.each.values() if isinstance(e, Estimate)]
        found = mixture.answer
        if isinstance(found, Estimate):
            said = f"{found.span.median:,.0f} ({found.span.lo:,.0f}–{found.span.hi:,.0f})"
        else:
            said = f"refused: {found.reasons[0].what} At least {found.lower_bound:,.0f}."
        yield Row(
            "linkage", f"mixture of 25 tables, {method}", f"{said}; {cpu:.0f} s CPU, {wall:.0f} s wall", "", "<= 60 s on 2 cores",
            cpu <= 120,
        )  # fmt: skip
        if mixture.answered is not None and not isinstance(found, Estimate):
            span = mixture.answered
            yield Row("linkage", f"  if one of the {len(good)} with an answer is right",
                      f"{span.median:,.0f} ({span.lo:,.0f}–{span.hi:,.0f})")  # fmt: skip
        medians = sorted(e.span.median for e in good)
        yield Row("linkage", f"  single thresholds answered: {len(good)}",
                  f"medians {medians[0]:,.0f} to {medians[-1]:,.0f}" if good else "none")  # fmt: skip
        if len(good) > 1:
            rubin = combine_replicates([g.documented for g in good], [g.draws - g.documented for g in good])
            yield Row(
                "linkage", "  verdata's combination of them", f"{rubin.estimate:,.0f} ({rubin.lo:,.0f}–{rubin.hi:,.0f})"
            )
