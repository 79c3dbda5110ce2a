"""What every estimate carries whatever its method, and when an interval says more of the prior than of the lists."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from willakuy.estimation.results import Diagnostics, Estimate, Reason, Span
from willakuy.estimation.tables import CaptureTable
from willakuy.estimation.words import assumptions_of
from willakuy.i18n import gettext

EDGE = 50.0
"""An upper limit beyond this many times the documented count is called the edge of the prior."""
WIDEST = 20.0
"""An interval whose upper end is more than this many times its lower end says only that the table does not know."""


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
        return (Reason("edge-of-prior", what.format(lists=names, factor=int(EDGE), n=f"{table.documented:,}"), needed),)
    if span.hi > WIDEST * span.lo:
        what = gettext("The lists {lists} allow anything from {lo} to {hi} people: they do not determine an answer.")
        return (Reason("undetermined", what.format(lists=names, lo=f"{span.lo:,.0f}", hi=f"{span.hi:,.0f}"), needed),)
    return ()


def state(method: str, table: CaptureTable, span: Span, **more: object) -> Estimate:
    return Estimate(
        method=method, documented=table.documented, n_lists=table.n_lists, lists=table.lists, span=span,
        diagnostics=more.pop("diagnostics", Diagnostics()),  # type: ignore[arg-type]
        assumptions=assumptions_of(method), seed=None, table_digest=table.digest, versions=versions(), **more,  # type: ignore[arg-type]
    )  # fmt: skip
