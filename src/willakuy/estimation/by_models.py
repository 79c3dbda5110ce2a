"""The methods that need no sampling, asked for one table: graphs, log-linear models, and those that ask for less."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from willakuy.estimation.bounds import chapman, lower_bound, sample_coverage
from willakuy.estimation.options import Options, Progress
from willakuy.estimation.results import Estimate, Reason, Span
from willakuy.estimation.stating import edge_reasons, state
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext


def by_graphs(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    from willakuy.estimation.decomposable import average_graphs, draw

    found = average_graphs(table, level=asked.level, rng=rng)
    if found.end_weight > 1e-6:
        wide = replace(found.span, hi=float("inf"))
        return edge_reasons(table, wide)
    if edge := edge_reasons(table, found.span):
        return edge
    draws = draw(found, 4 * asked.draws, rng).reshape(4, asked.draws) + table.documented
    said: tuple[tuple[str, str], ...] = (
        ("graphs", str(found.n_models)),
        ("exact", str(found.exact).lower()),
        ("prior of N", "1/N"),
    )
    said += tuple((f"graph {i + 1}", f"{name}: {p:.3f}") for i, (name, p) in enumerate(found.models))
    return state("graphs", table, found.span, draws=draws, settings=said)


def by_loglinear(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    from willakuy.estimation.loglinear import bic_average, bootstrap, profile_interval, select

    chosen = select(table)
    if chosen is None:
        what = gettext("No log-linear model of {lists} has a finite, unique estimate.")
        needed = gettext("More people found on several lists.")
        return (Reason("no-model", what.format(lists=", ".join(table.lists)), needed),)
    profile = profile_interval(table, chosen[0], asked.level)
    if asked.bootstrap:
        span, averaged = bootstrap(table, chosen, rng, asked.level, asked.bootstrap)
    else:
        point = table.documented + chosen[0].unseen
        span, averaged = Span(point, point, *profile, asked.level), bic_average(table, chosen)
    if edge := edge_reasons(table, span):
        return edge
    said = (
        ("model", chosen[0].name(table.lists)), ("BIC", f"{chosen[0].bic:.2f}"), ("models compared", str(len(chosen))),
        ("BIC-averaged estimate", f"{averaged:.0f}"), ("interval", "bootstrap, model chosen again each time" if asked.bootstrap else "profile, model fixed"),
        ("profile interval, model fixed", " – ".join(f"{v:.0f}" for v in profile)),
    )  # fmt: skip
    return state("loglinear", table, span, settings=said)


def by_chapman(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    span = chapman(table, asked.level)
    return edge_reasons(table, span) or state("chapman", table, span)


def by_coverage(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    """Percentile interval over 200 resampled tables."""

    def once(counts: np.ndarray) -> float:
        rows = zip(table.patterns.tolist(), counts.tolist(), strict=True)
        again = CaptureTable.of(table.lists, rows)
        return sample_coverage(again)[0] if (again.sizes > 0).all() else float("nan")

    point, cover = sample_coverage(table)
    n = table.documented
    values = np.array([once(rng.multinomial(n, table.counts / n)) for _ in range(200)])
    lo, hi = np.nanquantile(values, [(1 - asked.level) / 2, 0.5 + asked.level / 2])
    span = Span(float(point), float(point), float(max(lo, n)), float(hi), asked.level)
    return edge_reasons(table, span) or state("coverage", table, span, settings=(("sample coverage", f"{cover:.3f}"),))


def by_bound(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    found = lower_bound(table)
    return edge_reasons(table, Span(found, found, found, found)) or state(
        "lower-bound", table, Span(found, found, found, float("inf"), asked.level)
    )
