"""Many strata at once, and one answer for all of them that never hides the refused ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from willakuy.estimation.many import Answer, answer_many
from willakuy.estimation.one_table import answer_one
from willakuy.estimation.options import Options, Progress
from willakuy.estimation.priors import FIVE_PRIORS
from willakuy.estimation.refusing import Judged
from willakuy.estimation.results import (
    Diagnostics,
    Estimate,
    Floats,
    Reason,
    Refusal,
    Sensitivity,
    StrataResult,
    span_of,
)
from willakuy.estimation.sensitivity import answer_with_sensitivity, depends, roughly
from willakuy.estimation.tables import CaptureTable, StrataTable
from willakuy.i18n import gettext

LIMIT_ERROR = 0.05
"""Limits of one of many strata need only be this exact: in the total their errors average out."""


def estimate_strata(
    tables: StrataTable, asked: Options, rng: np.random.Generator, seed: int | None,
    judged: Judged | None = None, progress: Progress | None = None,
) -> StrataResult:  # fmt: skip
    """Answer each stratum with random numbers of its own, so that adding a stratum changes no other (unless strata
    borrow from one another).

    The total is the sum of independent draws, given only when no stratum is refused. Otherwise it is refused, and
    its ``lower_bound`` adds the lower limits of the estimated strata to the documented people of the others.
    """
    root = int(rng.integers(2**63))
    strata = _answers(tables, asked, root, seed, judged, progress)
    total = total_of(strata, tables, asked, np.random.default_rng([root]), seed)
    if isinstance(total, Estimate) and asked.sensitivity != "none":
        rows = list(_total_otherwise(tables, asked, root, judged, progress))
        total = replace(total, sensitivity=tuple(rows), warnings=total.warnings + depends(total, rows))
    good = {name: found for name, found in strata.items() if isinstance(found, Estimate)}
    draws = _summed(good, np.random.default_rng([root]))
    return StrataResult(strata, total, span_of(draws, asked.level) if draws.size else None)


def _answers(
    tables: StrataTable, asked: Options, root: int, seed: int | None, judged: Judged | None, progress: Progress | None
) -> dict[str, Answer]:
    pooled = tables.pooled() if asked.borrow > 0 else None
    one = replace(asked, threads=1, others=pooled, limit_error=max(asked.limit_error, LIMIT_ERROR))

    def answer(table: CaptureTable, name: str, tell: Progress) -> Answer:
        own = np.random.default_rng([root, *name.encode()])
        return answer_with_sensitivity(table, one, own, seed, judged, tell)

    return answer_many(tables.strata, answer, asked.threads, progress)


def _total_otherwise(
    tables: StrataTable, asked: Options, root: int, judged: Judged | None, progress: Progress | None
) -> Iterator[Sensitivity]:
    """The total had one choice been different: no strata at all, another family, and (full) another prior."""
    rough = roughly(asked)
    pooled = answer_one(tables.pooled(), rough, np.random.default_rng([root, 1]), None, judged)
    yield _row("strata", gettext("all as one table"), pooled)
    others = [("method", m, replace(rough, method=m)) for m in ("graphs",) if m != asked.method]
    if asked.sensitivity == "full" and asked.method == "latent":
        others += [
            ("prior", f"Beta({a:g}, {b:g})", replace(rough, capture_prior=(a, b)))
            for a, b in FIVE_PRIORS if (a, b) != asked.capture_prior
        ]  # fmt: skip
    for kind, changed, options in others:
        if progress is not None:
            progress(f"{kind}: {changed}")
        strata = _answers(tables, options, root, None, judged, None)
        yield _row(kind, changed, total_of(strata, tables, options, np.random.default_rng([root]), None))


def _row(kind: str, changed: str, found: Answer) -> Sensitivity:
    if isinstance(found, Refusal):
        return Sensitivity(kind, changed, None, "; ".join(r.what for r in found.reasons))
    return Sensitivity(kind, changed, found.span)


def total_of(
    strata: dict[str, Answer], tables: StrataTable, asked: Options, rng: np.random.Generator, seed: int | None
) -> Answer:
    """The strata together. Draws are shuffled within each stratum first, as strata were sampled apart."""
    pooled = tables.pooled()
    estimated = {name: found for name, found in strata.items() if isinstance(found, Estimate)}
    refused = {name: found for name, found in strata.items() if isinstance(found, Refusal)}
    if refused or any(found.draws.size == 0 for found in estimated.values()):
        return _refused_total(estimated, refused, pooled, asked, seed)
    total = _summed(estimated, rng)
    first = next(iter(estimated.values()))
    return replace(
        first, documented=pooled.documented, n_lists=pooled.n_lists, lists=pooled.lists, span=span_of(total, asked.level),
        warnings=tuple(Reason("reading", note, "") for note in tables.notes), draws=total.reshape(1, -1),
        diagnostics=worst_of(list(estimated.values())), table_digest=pooled.digest, sensitivity=(),
        settings=(("strata", str(len(strata))),),
    )  # fmt: skip


def _summed(estimated: dict[str, Estimate], rng: np.random.Generator) -> Floats:
    """Draws of the sum, as many as the stratum with fewest has; none where a method gives none."""
    size = min((found.draws.size for found in estimated.values()), default=0)
    total = np.zeros(size)
    for found in estimated.values():
        total += rng.permutation(found.draws.ravel())[:size]
    return total


def worst_of(answers: list[Estimate]) -> Diagnostics:
    """The diagnostics of several answers as those of the worst of them."""

    def known(name: str) -> list[float]:
        return [v for a in answers if (v := getattr(a.diagnostics, name)) is not None]

    return Diagnostics(
        rhat=max(known("rhat"), default=None), ess_bulk=min(known("ess_bulk"), default=None), ess_tail=min(known("ess_tail"), default=None),
        chains=answers[0].diagnostics.chains, p_predictive=min(known("p_predictive"), default=None),
    )  # fmt: skip


def _refused_total(
    estimated: dict[str, Estimate], refused: dict[str, Refusal], pooled: CaptureTable, asked: Options, seed: int | None
) -> Refusal:
    bound = sum(f.span.lo for f in estimated.values()) + sum(f.documented_minimum for f in refused.values())
    what = gettext("{refused} of {all} strata have no estimate of their own: {names}.")
    shown = ", ".join(list(refused)[:12]) + (" …" if len(refused) > 12 else "")
    said = what.format(
        refused=len(refused), all=len(refused) + len(estimated), names=shown or gettext("the method gives no draws")
    )
    needed = gettext(
        "Strata joined so that each shares enough people between lists, or all as one table (--pooled); see each stratum's own reasons."
    )
    reason = Reason("strata-refused", said, needed)
    return Refusal(
        (reason,), pooled.documented, pooled.n_lists, asked.method, float(bound), pooled.digest, seed, pooled.lists
    )
