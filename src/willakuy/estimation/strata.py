"""Many tables at once, and one answer for all of them that never hides the refused ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from willakuy.estimation.options import Options, Progress
from willakuy.estimation.refusing import Judged
from willakuy.estimation.results import Diagnostics, Estimate, Reason, Refusal, StrataResult, span_of
from willakuy.estimation.sensitivity import answer_with_sensitivity
from willakuy.estimation.tables import StrataTable
from willakuy.i18n import gettext


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
    one = replace(asked, threads=1, sensitivity="none" if asked.sensitivity == "quick" else asked.sensitivity)

    pooled = tables.pooled() if asked.borrow > 0 else None

    def answer(item: tuple[str, object]) -> tuple[str, Estimate | Refusal]:
        name, table = item
        own = np.random.default_rng([root, *name.encode()])
        found = answer_with_sensitivity(table, replace(one, others=pooled), own, seed, judged, None)  # type: ignore[arg-type]
        if progress is not None:
            progress(name)
        return name, found

    with ThreadPoolExecutor(max(1, asked.threads)) as pool:
        strata = dict(pool.map(answer, tables.strata.items()))
    return StrataResult(strata, total_of(strata, tables, asked, np.random.default_rng([root]), seed))


def total_of(
    strata: dict[str, Estimate | Refusal],
    tables: StrataTable,
    asked: Options,
    rng: np.random.Generator,
    seed: int | None,
) -> Estimate | Refusal:
    """The strata together. Draws are shuffled within each stratum first, as strata were sampled apart."""
    pooled = tables.pooled()
    estimated = {name: found for name, found in strata.items() if isinstance(found, Estimate)}
    refused = {name: found for name, found in strata.items() if isinstance(found, Refusal)}
    if refused or any(found.draws.size == 0 for found in estimated.values()):
        bound = sum(f.span.lo for f in estimated.values()) + sum(f.documented_minimum for f in refused.values())
        what = gettext("{refused} of {all} strata have no estimate of their own: {names}.")
        shown = ", ".join(list(refused)[:12]) + (" …" if len(refused) > 12 else "")
        said = what.format(refused=len(refused), all=len(strata), names=shown or gettext("the method gives no draws"))
        needed = gettext(
            "Strata joined so that each shares enough people between lists; see each stratum's own reasons."
        )
        reason = Reason("strata-refused", said, needed)
        return Refusal((reason,), pooled.documented, pooled.n_lists, asked.method, float(bound), pooled.digest, seed)
    size = min(found.draws.size for found in estimated.values())
    total = np.zeros(size)
    for found in estimated.values():
        total += rng.permutation(found.draws.ravel())[:size]
    first = next(iter(estimated.values()))
    worst = Diagnostics(
        rhat=max((f.diagnostics.rhat or 1.0) for f in estimated.values()),
        ess_bulk=min((f.diagnostics.ess_bulk or float(size)) for f in estimated.values()),
        ess_tail=min((f.diagnostics.ess_tail or float(size)) for f in estimated.values()),
        chains=first.diagnostics.chains,
    )
    return replace(
        first, documented=pooled.documented, n_lists=pooled.n_lists, span=span_of(total, asked.level), warnings=(),
        draws=total.reshape(1, -1), diagnostics=worst, table_digest=pooled.digest, sensitivity=(),
        settings=(("strata", str(len(strata))),),
    )  # fmt: skip
