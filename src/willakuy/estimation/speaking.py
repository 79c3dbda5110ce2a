"""An answer as lines for one screen."""

from __future__ import annotations

import math
from typing import Any

from willakuy.estimation.results import Estimate, Refusal, Span
from willakuy.estimation.words import caveat, changed, people
from willakuy.i18n import gettext, ngettext

MOST_SHOWN = 30
"""Versions printed one by one on a screen; the JSON has all."""


def in_words(found: Estimate | Refusal, *, brief: bool = False) -> list[str]:
    """Lines without a trailing newline; ``brief`` leaves out assumptions and caveat."""
    if isinstance(found, Refusal):
        lines = [gettext("Documented: {n}. No estimate:").format(n=f"{found.documented_minimum:,}")]
        for reason in found.reasons:
            lines.append("  ✗ " + reason.what)
            if reason.needed:
                lines.append("    " + gettext("What would be needed: {needed}").format(needed=reason.needed))
        if found.lower_bound is not None:
            said = gettext("Lower bound, under fewer assumptions: {n}.")
            lines.append(said.format(n=f"{found.lower_bound:,.0f}"))
        return lines
    span = found.span
    if math.isinf(span.hi):
        said = gettext("Documented: {documented}. In all not fewer than {lo}: a bound, no estimate.")
    else:
        said = gettext("Documented: {documented}. Estimated in all: {median} ({lo} to {hi}, {level} %).")
    lines = [
        said.format(
            documented=f"{found.documented:,}", median=people(span.median), lo=people(span.lo), hi=people(span.hi),
            level=f"{100 * span.level:g}",
        )
    ]  # fmt: skip
    if found.lists and not brief:
        lines.append(gettext("The lists are {lists}.").format(lists=", ".join(found.lists)))
    lines += ["  ! " + w.what for w in found.warnings]
    if brief:
        return lines
    d = found.diagnostics
    if d.rhat is not None:
        text = gettext("Method {method}; R-hat {rhat}, effective draws {bulk} (bulk), {tail} (tail), {chains} chains.")
        lines.append(
            text.format(
                method=found.method,
                rhat=f"{d.rhat:.3f}",
                bulk=f"{d.ess_bulk:,.0f}",
                tail=f"{d.ess_tail:,.0f}",
                chains=d.chains,
            )
        )
    for row in found.sensitivity:
        value = gettext("refused: {why}").format(why=row.note) if row.span is None else _span(row.span)
        lines.append(f"  {changed(row.kind, row.changed)}: {value}")
    lines.append(gettext("What is assumed:"))
    lines += ["  · " + a for a in found.assumptions]
    return [*lines, caveat()]


def answered_in_words(told: dict[str, Any]) -> str | None:
    """What the strata with an answer say together, where the total is refused; ``told`` is the pooled object of the JSON."""
    answered = told["answered_strata"]
    if "refused" not in told or answered["estimate"] is None:
        return None
    said = gettext(
        "The {strata} strata with an answer, of {all}, name {documented} people; together {median} ({lo} – {hi}). That is not the total: the people of the other strata are not in it."
    )
    values = {k: people(answered["estimate"][k]) for k in ("median", "lo", "hi")}
    return said.format(
        strata=answered["strata"], all=answered["of"], documented=f"{answered['documented']:,}", **values
    )


def _span(span: Span) -> str:
    return f"{people(span.median)} ({people(span.lo)} – {people(span.hi)})"


def mixture_in_words(told: dict[str, Any]) -> list[str]:
    """How far the versions of one table differ, and what Rubin's rules make of them; ``told`` as ``as_json_mixture`` gives it."""
    answered = told["answered_versions"]
    lines = []
    if "refused" in told and answered["estimate"] is not None:
        said = gettext(
            "Under the condition that one of the {versions} versions with an answer is right ({weight} % of the weight): {median} "
            "({lo} – {hi}). That is not the answer: the other versions are not in it."
        )
        values = {k: f"{answered['estimate'][k]:,.0f}" for k in ("median", "lo", "hi")}
        lines.append(said.format(versions=answered["versions"], weight=f"{100 * answered['weight']:.0f}", **values))
    lines.append(gettext("Each version by itself:"))
    shown = told["versions_mixed"][:MOST_SHOWN]
    for version in shown:
        span = version["estimate"]
        if span is None:
            value = gettext("refused: {why}").format(why=version["refused"][0]["what"])
        else:
            value = f"{span['median']:,.0f} ({span['lo']:,.0f} – {span['hi']:,.0f})"
        lines.append(f"  {version['version']}: {version['documented']:,} → {value}")
    if rest := len(told["versions_mixed"]) - len(shown):
        lines.append("  " + ngettext("and {n} more version", "and {n} more versions", rest).format(n=rest))
    medians = [v["estimate"]["median"] for v in told["versions_mixed"] if v["estimate"] is not None]
    if len(medians) > 1:
        said = gettext("The versions by themselves have medians from {lo} to {hi}.")
        lines.append(said.format(lo=f"{min(medians):,.0f}", hi=f"{max(medians):,.0f}"))
    if rubin := told["rubin"]:
        said = gettext("By Rubin's rules on the logarithm of the unseen: {estimate} ({lo} – {hi}).")
        lines.append(said.format(**{k: f"{rubin[k]:,.0f}" for k in ("estimate", "lo", "hi")}))
    return lines
