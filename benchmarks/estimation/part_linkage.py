"""Deaths by injury in Khartoum under 25 linkage thresholds: one mixture, beside single thresholds and Rubin's rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from common import Row, spent, strata_of

from willakuy.estimation import Estimate, Options, combine_replicates, mix_tables


def run(asked: Any) -> Iterator[Row]:
    versions = strata_of("sudan_khartoum_injury_linkage", ("dup_threshold", "link_threshold"))
    for method in ("graphs", "latent"):
        (mixed, each), cpu = spent(
            lambda: mix_tables(list(versions.strata.values()), rng=1, method=method, options=Options())  # noqa: B023
        )
        good = [e for e in each if isinstance(e, Estimate)]
        medians = sorted(e.span.median for e in good)
        if isinstance(mixed, Estimate):
            said = f"{mixed.span.median:,.0f} ({mixed.span.lo:,.0f}–{mixed.span.hi:,.0f})"
        else:
            said = f"refused: {mixed.reasons[0].what}"
        yield Row("linkage", f"mixture of 25 tables, {method}", f"{said}, {cpu:.0f} s", "", "<= 60 s", cpu <= 60)
        yield Row(
            "linkage",
            f"  single thresholds answered: {len(good)}",
            f"medians {medians[0]:,.0f} to {medians[-1]:,.0f}" if good else "none",
        )
        if len(good) > 1:
            rubin = combine_replicates([g.documented for g in good], [g.draws - g.documented for g in good])
            yield Row(
                "linkage", "  verdata's combination of them", f"{rubin.estimate:,.0f} ({rubin.lo:,.0f}–{rubin.hi:,.0f})"
            )
