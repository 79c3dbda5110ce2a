"""Peru 1980-2000: every stratum by perpetrator, then totals beside those published for the same people."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from common import DATA, Row, spent, strata_of, table_of

from willakuy.estimation import Estimate, Options, Refusal, StrataResult, estimate, estimate_people, read_people
from willakuy.estimation.refusing import reasons_against

PUBLISHED = (
    ("Truth and Reconciliation Commission 2003", "69,280 (61,007–77,552)"),
    ("Rendón 2019", "48,000"),
    ("Manrique-Vallier, Ball & Sulmont 2019, no 7th list", "58,234 (56,741–61,289)"),
    ("the same, with the 7th list", "65,958 (61,462–75,387)"),
    ("Das, Kennedy & Jewell, doubly robust, forests", "68,874 (58,543–79,204)"),
    ("the same run, plugged in / targeted", "72,300 / 59,633"),
)
"""The doubly robust run used age, sex, place, year and kind of harm of each person, which this table does not hold."""
STRATA_AIM = 80


def run(asked: Any) -> Iterator[Row]:
    tables = strata_of("peru_cvr", ("stratum", "perpetrator"))
    estimate(tables.strata["01 / EST"], rng=1)  # nothing is compiled inside the time below
    began = time.perf_counter()
    found, cpu = spent(lambda: estimate(tables, rng=1, options=Options(threads=2, draws=1000)))
    wall = time.perf_counter() - began
    tried = sum(not reasons_against(t) for t in tables.strata.values())
    reach = cpu / max(tried, 1) * STRATA_AIM
    good = [v for v in found.strata.values() if isinstance(v, Estimate)]
    yield Row(
        "peru", f"{len(tables.strata)} strata x perpetrators, latent, 4 chains",
        f"{tried} estimable, {len(good)} answered; {cpu:.0f} s CPU, {wall:.0f} s wall",
        f"{STRATA_AIM} would take {reach:.0f} s CPU", "<= 60 s on 2 cores", reach <= 120,
    )  # fmt: skip
    worst = max(v.diagnostics.rhat or 0 for v in good), min(v.diagnostics.ess_bulk or 0 for v in good)
    yield Row("peru", "  worst R-hat, smallest bulk size of those", f"{worst[0]:.4f}, {worst[1]:.0f}", "",
              "<= 1.01, >= 400", worst[0] <= 1.01 and worst[1] >= 400)  # fmt: skip
    why = Counter(v.reasons[0].code for v in found.strata.values() if isinstance(v, Refusal))
    yield Row("peru", "  refused, by first reason", ", ".join(f"{n} {code}" for code, n in why.most_common()))
    yield from _totals("latent", found)
    for method in ("graphs", "loglinear"):
        yield from _totals(method, estimate(tables, method=method, rng=1, options=Options(threads=2, bootstrap=0)))
    lent = estimate(tables, rng=1, options=Options(threads=2, borrow=30))
    yield from _totals("latent, borrowing the weight of 30 people", lent)
    for by in (("stratum",), ("perpetrator",)):
        yield from _totals(
            f"latent, by {by[0]} only", estimate(strata_of("peru_cvr", by), rng=1, options=Options(threads=2))
        )
    for method in ("latent", "graphs", "loglinear", "lower-bound"):
        yield Row("peru", f"all as one table, {method}", _say(estimate(table_of("peru_cvr"), rng=1, method=method)))
    for kinds in (("perpetrator",), ("stratum", "perpetrator")):
        people = read_people(DATA / "peru_cvr.csv", kinds, lists=["CVR", "DP+ODH"], records=False)
        yield Row("peru", f"doubly robust, CVR and DP+ODH, {' and '.join(kinds)}", _say(estimate_people(people, rng=1)))
    for who, what in PUBLISHED:
        yield Row("peru", f"published: {who}", what)


def _totals(how: str, found: StrataResult) -> Iterator[Row]:
    good = [v for v in found.strata.values() if isinstance(v, Estimate)]
    lost = sum(v.documented_minimum for v in found.strata.values() if isinstance(v, Refusal))
    yield Row("peru", f"{how}: {len(good)} of {len(found.strata)} answered", _say(found.total),
              f"{lost:,} documented in refused ones")  # fmt: skip
    if found.answered is not None:
        span, seen = found.answered, sum(v.documented for v in good)
        said = f"{span.median:,.0f} ({span.lo:,.0f}–{span.hi:,.0f}) for {seen:,} documented"
        yield Row("peru", "  those answered, together", said)


def _say(found: Any) -> str:
    if isinstance(found, Refusal):
        bound = "" if found.lower_bound is None else f"; at least {found.lower_bound:,.0f}"
        return f"refused ({found.reasons[0].code}){bound}"
    return f"{found.span.median:,.0f} ({found.span.lo:,.0f}–{found.span.hi:,.0f})"
