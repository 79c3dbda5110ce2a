"""What the answer would be had one choice been different: priors, lists, merging, the family of models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from willakuy.estimation.one_table import answer_one, choose_lists
from willakuy.estimation.options import Options, Progress
from willakuy.estimation.priors import FIVE_PRIORS
from willakuy.estimation.refusing import Judged
from willakuy.estimation.results import Estimate, Reason, Refusal, Sensitivity
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext

TOO_DIFFERENT = 1.25
"""Medians further apart than this factor, over priors and families, are reported as depending on the choice."""
MOST_LISTS_LEFT_OUT = 12


def answer_with_sensitivity(
    table: CaptureTable,
    asked: Options,
    rng: np.random.Generator,
    seed: int | None,
    judged: Judged | None = None,
    progress: Progress | None = None,
) -> Estimate | Refusal:
    """The answer for ``table``; when it is a number and ``asked`` wants it, with its sensitivity table."""
    answer = answer_one(table, asked, rng, seed, judged, progress)
    if isinstance(answer, Refusal) or asked.sensitivity == "none":
        return answer
    return add_sensitivity(answer, choose_lists(table, asked.min_records), asked, rng, progress)


def add_sensitivity(
    answer: Estimate, table: CaptureTable, asked: Options, rng: np.random.Generator, progress: Progress | None = None
) -> Estimate:
    """``answer`` with its sensitivity table and, where priors or models decide, a warning that says so."""
    again = roughly(asked)
    rows = []
    variants = _variants(table, again) if asked.sensitivity == "full" else _quick_variants(table, again)
    for kind, changed, other, options in variants:
        if progress is not None:
            progress(f"{kind}: {changed}")
        found = answer_one(other, options, rng.spawn(1)[0], None)
        refused = "" if isinstance(found, Estimate) else "; ".join(r.what for r in found.reasons)
        rows.append(Sensitivity(kind, changed, found.span if isinstance(found, Estimate) else None, refused))
    return replace(answer, sensitivity=tuple(rows), warnings=answer.warnings + depends(answer, rows))


def roughly(asked: Options) -> Options:
    """The same, for one row of a sensitivity table."""
    return replace(asked, sensitivity="none", draws=min(asked.draws, 500), effort=asked.effort / 100, rough=True)


def depends(answer: Estimate, rows: list[Sensitivity]) -> tuple[Reason, ...]:
    """A reason when medians over priors and families differ by more than :data:`TOO_DIFFERENT`, or some are refused."""
    compared = [r for r in rows if r.kind in ("prior", "method")]
    medians = [answer.span.median] + [r.span.median for r in compared if r.span is not None]
    if not compared or answer.method == "lower-bound" or max(medians) <= TOO_DIFFERENT * min(medians):
        return ()
    what = gettext("The answer depends on the prior or the model: the same lists give medians from {lo} to {hi}.")
    needed = gettext("Reasons from outside the lists for preferring one; otherwise report the whole range.")
    return (
        Reason("depends-on-prior-or-model", what.format(lo=f"{min(medians):,.0f}", hi=f"{max(medians):,.0f}"), needed),
    )


def _variants(table: CaptureTable, asked: Options) -> Iterator[tuple[str, str, CaptureTable, Options]]:
    latent = replace(asked, method="latent")
    for a, b in FIVE_PRIORS:
        if asked.method != "latent" or (a, b) != asked.capture_prior:
            yield "prior", f"Beta({a:g}, {b:g})", table, replace(latent, capture_prior=(a, b))
    for method in ("graphs", "loglinear"):
        if method != asked.method and table.n_lists <= 8:
            yield "method", method, table, replace(asked, method=method)
    if table.n_lists > 3:
        smallest = sorted(table.lists, key=lambda name: -int(table.sizes[table.lists.index(name)]))
        for name in smallest[:MOST_LISTS_LEFT_OUT]:
            yield "without list", name, table.without(name), asked
        first, second = _closest(table)
        yield "lists merged", f"{first} + {second}", table.merge(first, second), asked


def _quick_variants(table: CaptureTable, asked: Options) -> Iterator[tuple[str, str, CaptureTable, Options]]:
    """What takes well under a second: the other families, and each list left out under decomposable graphs."""
    if table.n_lists <= 6 and asked.method != "graphs":
        yield "method", "graphs", table, replace(asked, method="graphs")
    if table.n_lists <= 4 and asked.method != "loglinear":
        yield "method", "loglinear", table, replace(asked, method="loglinear", bootstrap=0)
    if table.n_lists >= 3 and asked.method != "lower-bound":
        yield "bound", "lower-bound", table, replace(asked, method="lower-bound")
    if 3 < table.n_lists <= 6:
        for name in table.lists:
            yield "without list", f"{name} (graphs)", table.without(name), replace(asked, method="graphs")


def _closest(table: CaptureTable) -> tuple[str, str]:
    """The two lists whose overlap is largest beside what independence would give."""
    sizes = table.sizes.astype(float)
    lift = table.overlaps / np.maximum(np.outer(sizes, sizes), 1)
    lift[np.tril_indices(table.n_lists)] = -1
    i, j = np.unravel_index(int(np.argmax(lift)), lift.shape)
    return table.lists[int(i)], table.lists[int(j)]
