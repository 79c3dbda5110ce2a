"""Latent classes asked for one table: how far to sample, and what makes the draws an answer or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from willakuy.estimation.options import Options, Progress
from willakuy.estimation.results import Diagnostics, Estimate, Reason, span_of
from willakuy.estimation.stating import EDGE, edge_reasons, state
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext

if TYPE_CHECKING:
    from willakuy.estimation.latent import LatentSample

MISFIT = 0.01
"""A posterior predictive p below this says that the model does not describe the lists."""


def by_classes(
    table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None
) -> Estimate | tuple[Reason, ...]:
    from willakuy.estimation.diagnostics import mcse_median
    from willakuy.estimation.latent import LatentSettings, sample

    a, b = asked.capture_prior
    settings = LatentSettings(
        n_classes=asked.n_classes, a_capture=a, b_capture=b, draws=max(200, asked.draws), chains=asked.chains,
        rounds=asked.rounds, threads=asked.threads, most_work=1e12 * asked.effort, hopeless_above=2 * EDGE, borrow=asked.borrow,
        limit_error_at_most=asked.limit_error,
    )  # fmt: skip
    if asked.rough:
        settings = replace(settings, rhat_at_most=1.05, ess_at_least=100, limit_error_at_most=0.06)
    tell = _teller(table, progress)
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
    found = state(
        "latent", table, span, diagnostics=diagnostics, draws=people, settings=said, warnings=_misfit(table, drawn)
    )
    return found if others is None else replace(found, assumptions=(*found.assumptions, _borrowing(asked.borrow)))


def _teller(table: CaptureTable, progress: Progress | None) -> Callable[[int, float, float], None] | None:
    """Says at once that sampling began: with twenty lists the first round takes a minute."""
    if progress is None:
        return None
    began = gettext("Sampling: {patterns} combinations of {lists} lists; the first round ends after some tuning.")
    progress(began.format(patterns=len(table.counts), lists=table.n_lists))
    said = gettext("round {n}: R-hat {rhat} (1.01 is wanted), effective draws {ess}")
    return lambda n, rhat, ess: progress(said.format(n=n, rhat=f"{rhat:.3f}", ess=f"{ess:,.0f}"))


def _borrowing(people: float) -> str:
    said = gettext(
        "The lists overlap here somewhat as they do in the other strata: that is given the weight of {n} people seen here."
    )
    return said.format(n=f"{people:g}")


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
    if drawn.trapped and min(drawn.ess_bulk, drawn.ess_tail) >= 400:
        what = gettext(
            "The chains for {lists} look settled (medians {medians}), but {trapped} of their replicas never left the explanation in which they began, so that its weight is not known."
        )
        return Reason(
            "chains-disagree", what.format(trapped=drawn.trapped, **facts), gettext("More effort (--effort).")
        )
    what = gettext(
        "The chains for {lists} agree (medians {medians}; R-hat {rhat}) but hold too few effective draws ({ess}) for limits that another seed would repeat."
    )
    return Reason("too-few-draws", what.format(**facts), gettext("More effort (--effort)."))
