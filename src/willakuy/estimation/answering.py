"""The front door: one call from a table to an estimate, or to the reasons why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, overload

import numpy as np

from willakuy.estimation.bounds import chapman, lower_bound, sample_coverage
from willakuy.estimation.errors import UnknownMethod
from willakuy.estimation.refusing import Judged, cautions, reasons_against
from willakuy.estimation.results import Diagnostics, Estimate, Reason, Refusal, Span, StrataResult, span_of
from willakuy.estimation.tables import CaptureTable, StrataTable
from willakuy.estimation.words import assumptions_of
from willakuy.i18n import gettext

if TYPE_CHECKING:
    from willakuy.estimation.latent import LatentSample

METHODS = ("latent", "graphs", "loglinear", "chapman", "coverage", "lower-bound")
DEFAULT_SEED = 20221207
EDGE = 50.0
"""An upper limit beyond this many times the documented count is called the edge of the prior."""
WIDEST = 20.0
"""An interval whose upper end is more than this many times its lower end says only that the table does not know."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for, the same for every stratum.

    ``borrow``: how many people's worth of the other strata's overlaps each stratum takes as prior knowledge (latent only).
    ``rough``: chains need settle less far, for rows of a sensitivity table. ``sensitivity``: "none", "quick" (model families, each list left out under graphs) or "full" (also five priors, and
    lists left out and merged under the method itself).
    """

    method: str = "latent"
    draws: int = 1000
    level: float = 0.95
    n_classes: int = 10
    capture_prior: tuple[float, float] = (1.0, 1.0)
    chains: int = 4
    rounds: int = 9
    effort: float = 1.0
    rough: bool = False
    borrow: float = 0.0
    others: CaptureTable | None = None
    min_records: int = 1
    bootstrap: int = 200
    sensitivity: str = "none"
    threads: int = 1


Progress = Callable[[str], None]


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
    """
    if method not in METHODS:
        raise UnknownMethod(method=method, known=", ".join(METHODS))
    asked = replace(options or Options(), method=method)
    if sensitivity is not None:
        named = sensitivity if isinstance(sensitivity, str) else ("full" if sensitivity else "none")
        asked = replace(asked, sensitivity=named)
    asked = replace(asked, draws=draws or asked.draws)
    seed = rng if isinstance(rng, int) else (DEFAULT_SEED if rng is None else None)
    generator = rng if isinstance(rng, np.random.Generator) else np.random.default_rng(seed)
    if isinstance(table, StrataTable):
        from willakuy.estimation.strata import estimate_strata

        return estimate_strata(table, asked, generator, seed, judged, progress)
    return estimate_one(table, asked, generator, seed, judged, progress)


def estimate_one(
    table: CaptureTable,
    asked: Options,
    rng: np.random.Generator,
    seed: int | None,
    judged: Judged | None = None,
    progress: Progress | None = None,
) -> Estimate | Refusal:
    used = choose_lists(table, asked.min_records)
    reasons = reasons_against(used, judged, two_lists_accepted=asked.method == "chapman")
    if asked.method == "chapman" and not reasons and used.n_lists != 2:
        what = gettext("The method chapman is for two lists; there are {n}: {lists}.")
        needed = gettext("Two lists, or another method.")
        reasons = (Reason("not-two-lists", what.format(n=used.n_lists, lists=", ".join(used.lists)), needed),)
    if reasons:
        return _refuse(used, asked, reasons, seed)
    found = _ANSWERS[asked.method](used, asked, rng, progress)
    if isinstance(found, tuple) and isinstance(found[0], Reason):
        return _refuse(used, asked, found, seed)
    answer = replace(
        found, seed=seed, table_digest=table.digest, warnings=cautions(table) + _left_out(table, used) + found.warnings
    )
    if asked.sensitivity != "none":
        from willakuy.estimation.sensitivity import add_sensitivity

        answer = add_sensitivity(answer, used, asked, rng, progress)
    return answer


def _left_out(table: CaptureTable, used: CaptureTable) -> tuple[Reason, ...]:
    names = [name for name in table.nonempty().lists if name not in used.lists]
    if not names:
        return ()
    what = gettext(
        "These lists name too few people here and were left out, with {n} people whom only they name: {lists}."
    )
    lost = table.documented - used.documented
    return (Reason("lists-left-out", what.format(n=lost, lists=", ".join(names)), ""),)


def choose_lists(table: CaptureTable, min_records: int) -> CaptureTable:
    """Lists with at least ``min_records`` people here. If two or more stay, people named by none of them go too."""
    names = [name for name, size in zip(table.lists, table.sizes, strict=True) if size >= max(1, min_records)]
    return table if len(names) == table.n_lists or not names else table.keep(names)


def versions() -> dict[str, str]:
    found = {}
    for name in ("willakuy", "numpy", "numba", "scipy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def edge_reasons(table: CaptureTable, span: Span) -> tuple[Reason, ...]:
    """Whether an interval is more prior than data."""
    names = ", ".join(table.lists)
    needed = gettext("More people found on several lists, or a list that reaches those the others rarely reach.")
    if span.hi > EDGE * table.documented:
        what = gettext(
            "The lists {lists} put no ceiling on the answer: it runs past {factor} times the {n} people documented, where only the prior decides."
        )
        return (Reason("edge-of-prior", what.format(lists=names, factor=int(EDGE), n=table.documented), needed),)
    if span.hi > WIDEST * span.lo:
        what = gettext("The lists {lists} allow anything from {lo} to {hi} people: they do not determine an answer.")
        return (Reason("undetermined", what.format(lists=names, lo=f"{span.lo:,.0f}", hi=f"{span.hi:,.0f}"), needed),)
    return ()


def _refuse(table: CaptureTable, asked: Options, reasons: Sequence[Reason], seed: int | None) -> Refusal:
    bound = None
    kinds = {r.code for r in reasons}
    if kinds <= {"edge-of-prior", "undetermined", "chains-disagree", "too-few-draws"} and table.n_lists >= 3:
        found = lower_bound(table)
        bound = found if np.isfinite(found) and found < EDGE * table.documented else None
    return Refusal(tuple(reasons), table.documented, table.n_lists, asked.method, bound, table.digest, seed)


def _plain(method: str, table: CaptureTable, span: Span, **more: object) -> Estimate:
    return Estimate(
        method=method, documented=table.documented, n_lists=table.n_lists, span=span,
        diagnostics=more.pop("diagnostics", Diagnostics()),  # type: ignore[arg-type]
        assumptions=assumptions_of(method), seed=None, table_digest=table.digest, versions=versions(), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _latent(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    from willakuy.estimation.diagnostics import mcse_median
    from willakuy.estimation.latent import LatentSettings, sample

    a, b = asked.capture_prior
    settings = LatentSettings(
        n_classes=asked.n_classes, a_capture=a, b_capture=b, draws=max(200, asked.draws), chains=asked.chains,
        rounds=asked.rounds, threads=asked.threads, most_work=1e12 * asked.effort, hopeless_above=2 * EDGE, borrow=asked.borrow,
    )  # fmt: skip
    if asked.rough:
        settings = replace(settings, rhat_at_most=1.05, ess_at_least=100, limit_error_at_most=0.06)
    tell = None if progress is None else lambda i, r, e: progress(f"round {i}: R-hat {r:.3f}, ESS {e:.0f}")
    others = asked.others.keep(table.lists) if asked.others is not None and asked.borrow > 0 else None
    drawn = sample(table, settings, rng, tell, others)
    people = drawn.n0 + table.documented
    span = span_of(people, asked.level)
    edge = edge_reasons(table, span)
    if span.hi > 2 * EDGE * table.documented or (edge and drawn.converged):
        return edge
    if not drawn.converged:
        return (_unsettled(people, drawn, table),)
    diagnostics = Diagnostics(
        rhat=drawn.rhat, ess_bulk=drawn.ess_bulk, ess_tail=drawn.ess_tail, ess_per_s=drawn.ess_bulk / drawn.cpu_s,
        chains=people.shape[0], mcse_median=mcse_median(people), round_trips=drawn.round_trips,
        p_predictive=drawn.p_predictive,
        more=(
            ("temperatures", str(len(drawn.temperatures))), ("swap_rejection", f"{drawn.swap_rejection.max():.2f}"),
            ("limit_error", f"{drawn.limit_error:.4f}"), ("draws_per_chain", str(people.shape[1])),
        ),
    )  # fmt: skip
    said: tuple[tuple[str, str], ...] = (
        ("classes", str(asked.n_classes)), ("capture prior", f"Beta({a:g}, {b:g})"),
        ("concentration prior", "Gamma(0.25, 0.25)"), ("prior of N", "1/N, no cap"),
    )  # fmt: skip
    if others is not None:
        said += (("borrowed from the other strata", f"the overlaps of {asked.borrow:g} people"),)
    found = _plain(
        "latent", table, span, diagnostics=diagnostics, draws=people, settings=said, warnings=_misfit(table, drawn)
    )
    return found if others is None else replace(found, assumptions=(*found.assumptions, _borrowing(asked.borrow)))


def _borrowing(people: float) -> str:
    said = gettext(
        "The lists overlap here somewhat as they do in the other strata: that is given the weight of {n} people seen here."
    )
    return said.format(n=f"{people:g}")


MISFIT = 0.01


def _misfit(table: CaptureTable, drawn: LatentSample) -> tuple[Reason, ...]:
    if drawn.p_predictive > MISFIT:
        return ()
    what = gettext(
        "Tables drawn from the fitted model hardly ever overlap as the lists {lists} do: the model does not describe them well."
    )
    needed = gettext("Another method beside this one, or more classes; until then read the interval as too narrow.")
    return (Reason("misfit", what.format(lists=", ".join(table.lists)), needed),)


def _unsettled(people: np.ndarray, drawn: LatentSample, table: CaptureTable) -> Reason:
    """Why there is no number although there are draws: stopped early, in disagreement, or too few."""
    facts = {
        "lists": ", ".join(table.lists), "medians": ", ".join(f"{m:,.0f}" for m in np.median(people, axis=1)),
        "rhat": f"{drawn.rhat:.3f}", "ess": f"{min(drawn.ess_bulk, drawn.ess_tail):.0f}", "n": people.shape[1],
    }  # fmt: skip
    if drawn.interrupted:
        what = gettext(
            "Sampling for {lists} was stopped after {n} draws per chain, too early for a number (medians {medians}; R-hat {rhat}, effective draws {ess})."
        )
        return Reason("interrupted", what.format(**facts), gettext("The same command, left to finish."))
    if drawn.rhat > 1.01:
        what = gettext(
            "The chains do not agree on an answer for {lists} (medians {medians}; R-hat {rhat}, effective draws {ess})."
        )
        needed = gettext(
            "More effort; if they still disagree, the lists support several answers and none can be preferred."
        )
        return Reason("chains-disagree", what.format(**facts), needed)
    what = gettext(
        "The chains for {lists} agree (medians {medians}; R-hat {rhat}) but hold too few effective draws ({ess}) for limits that another seed would repeat."
    )
    return Reason("too-few-draws", what.format(**facts), gettext("More effort (--effort)."))


def _graphs(
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
    return _plain("graphs", table, found.span, draws=draws, settings=said)


def _loglinear(
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
    return _plain("loglinear", table, span, settings=said)


def _chapman(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    span = chapman(table, asked.level)
    return edge_reasons(table, span) or _plain("chapman", table, span)


def _coverage(
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
    return edge_reasons(table, span) or _plain("coverage", table, span, settings=(("sample coverage", f"{cover:.3f}"),))


def _bound(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    found = lower_bound(table)
    return edge_reasons(table, Span(found, found, found, found)) or _plain(
        "lower-bound", table, Span(found, found, found, float("inf"), asked.level)
    )


_ANSWERS = {
    "latent": _latent, "graphs": _graphs, "loglinear": _loglinear, "chapman": _chapman, "coverage": _coverage,
    "lower-bound": _bound,
}  # fmt: skip
