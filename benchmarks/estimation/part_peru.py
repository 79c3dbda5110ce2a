"""Peru 1980-2000: every stratum by perpetrator, then totals beside those published for the same people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from common import Row, spent, strata_of, table_of

from willakuy.estimation import Estimate, Options, Refusal, estimate

PUBLISHED = (
    ("Truth and Reconciliation Commission 2003", "69,280 (61,007–77,552)"),
    ("Rendón 2019", "48,000"),
    ("Manrique-Vallier, Ball & Sulmont 2019, without the seventh list", "58,234 (56,741–61,289)"),
    ("the same, with it", "65,958 (61,462–75,387)"),
    ("Das, Kennedy & Jewell, doubly robust with covariates", "68,874 (58,543–79,204)"),
)


def run(asked: Any) -> Iterator[Row]:
    tables = strata_of("peru_cvr", ("stratum", "perpetrator"))
    found, cpu = spent(lambda: estimate(tables, rng=1, options=Options(threads=2, draws=1000)))
    good = {k: v for k, v in found.strata.items() if isinstance(v, Estimate)}
    from willakuy.estimation.refusing import reasons_against

    tried = sum(not reasons_against(t) for t in tables.strata.values())
    reach = cpu / max(tried, 1) * 80
    said = f"{len(tables.strata)} strata, {tried} estimable, {len(good)} answered, {cpu:.0f} s CPU"
    yield Row(
        "peru",
        "each stratum x perpetrator, latent, 4 chains",
        said,
        f"80 would take {reach / 2:.0f} s on two cores",
        "<= 60 s",
        reach <= 120,
    )
    lost = sum(v.documented_minimum for v in found.strata.values() if isinstance(v, Refusal))
    yield Row("peru", "  total", _say(found.total), f"{lost:,} people in refused strata")
    for method in ("graphs", "loglinear"):
        other = estimate(tables, method=method, rng=1)
        n_good = sum(isinstance(v, Estimate) for v in other.strata.values())
        yield Row("peru", f"the same, {method}", f"{n_good} answered; {_say(other.total)}")
    for kind, table in strata_of("peru_cvr", ("perpetrator",)).strata.items():
        yield Row("peru", f"{kind} as one table, latent", _say(estimate(table, rng=1)))
    for method in ("latent", "graphs", "loglinear", "lower-bound"):
        yield Row("peru", f"all as one table, {method}", _say(estimate(table_of("peru_cvr"), rng=1, method=method)))
    for who, what in PUBLISHED:
        yield Row("peru", f"published: {who}"[:64], what)


def _say(found: Any) -> str:
    if isinstance(found, Refusal):
        bound = "" if found.lower_bound is None else f"; at least {found.lower_bound:,.0f}"
        return f"refused ({found.reasons[0].code}){bound}"
    return f"{found.span.median:,.0f} ({found.span.lo:,.0f}–{found.span.hi:,.0f})"
