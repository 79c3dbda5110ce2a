"""One table, one method: the rules before any arithmetic, then the method, then what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from willakuy.estimation import by_classes, by_models
from willakuy.estimation.bounds import lower_bound
from willakuy.estimation.options import Options, Progress
from willakuy.estimation.refusing import Judged, cautions, reasons_against
from willakuy.estimation.results import Estimate, Reason, Refusal
from willakuy.estimation.stating import EDGE
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext

_ANSWERS = {
    "latent": by_classes.by_classes, "graphs": by_models.by_graphs, "loglinear": by_models.by_loglinear,
    "chapman": by_models.by_chapman, "coverage": by_models.by_coverage, "lower-bound": by_models.by_bound,
}  # fmt: skip


def answer_one(
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
    return replace(
        found, seed=seed, table_digest=table.digest, warnings=cautions(table) + _left_out(table, used) + found.warnings
    )


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


def _refuse(table: CaptureTable, asked: Options, reasons: Sequence[Reason], seed: int | None) -> Refusal:
    bound = None
    kinds = {r.code for r in reasons}
    if kinds <= {"edge-of-prior", "undetermined", "chains-disagree", "too-few-draws"} and table.n_lists >= 3:
        found = lower_bound(table)
        bound = found if np.isfinite(found) and found < EDGE * table.documented else None
    return Refusal(
        tuple(reasons), table.documented, table.n_lists, asked.method, bound, table.digest, seed, table.lists
    )
