"""How many people did no list see: multiple systems estimation from tables of counts, or a reasoned refusal.

Usable with nothing else of Willakuy::

    from willakuy.estimation import estimate, read_table
    answer = estimate(read_table("kosovo.csv"), rng=1)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from willakuy.estimation.answering import estimate
    from willakuy.estimation.combining import ReplicateInterval, combine_replicates
    from willakuy.estimation.errors import CellUnreadable, EstimationUsage, NeedsPeople, TableUnreadable, UnknownMethod
    from willakuy.estimation.estimator import MultipleSystems
    from willakuy.estimation.exporting import to_arviz
    from willakuy.estimation.jsonform import as_json, as_json_mixture, as_text
    from willakuy.estimation.mixing import Mixture, mix_tables
    from willakuy.estimation.options import DEFAULT_SEED, METHODS, Options
    from willakuy.estimation.people import People, read_people
    from willakuy.estimation.priors import expansion_range, prior_for_expansion
    from willakuy.estimation.reading import read_table, read_versions
    from willakuy.estimation.refusing import Judged, reasons_against
    from willakuy.estimation.report import report_data, report_from_json, report_html
    from willakuy.estimation.results import Diagnostics, Estimate, Reason, Refusal, Sensitivity, Span, StrataResult
    from willakuy.estimation.robust import doubly_robust, estimate_people
    from willakuy.estimation.tables import CaptureTable, StrataTable

_HOME = {
    "CaptureTable": "tables", "StrataTable": "tables", "read_table": "reading", "read_versions": "reading",
    "estimate": "answering", "METHODS": "options", "Options": "options", "DEFAULT_SEED": "options",
    "MultipleSystems": "estimator", "Judged": "refusing", "reasons_against": "refusing",
    "Estimate": "results", "Refusal": "results", "StrataResult": "results", "Span": "results", "Reason": "results",
    "Diagnostics": "results", "Sensitivity": "results",
    "combine_replicates": "combining", "mix_tables": "mixing", "Mixture": "mixing", "ReplicateInterval": "combining",
    "doubly_robust": "robust", "estimate_people": "robust", "read_people": "people", "People": "people",
    "prior_for_expansion": "priors", "expansion_range": "priors",
    "as_json": "jsonform", "as_json_mixture": "jsonform", "as_text": "jsonform", "report_html": "report",
    "report_data": "report", "report_from_json": "report", "to_arviz": "exporting",
    "EstimationUsage": "errors", "TableUnreadable": "errors", "CellUnreadable": "errors", "UnknownMethod": "errors",
    "NeedsPeople": "errors",
}  # fmt: skip

__all__ = [
    "CaptureTable", "StrataTable", "read_table", "read_versions",
    "estimate", "METHODS", "Options", "DEFAULT_SEED", "MultipleSystems", "Judged", "reasons_against",
    "Estimate", "Refusal", "StrataResult", "Span", "Reason", "Diagnostics", "Sensitivity",
    "mix_tables", "Mixture", "combine_replicates", "ReplicateInterval", "doubly_robust", "estimate_people", "read_people", "People",
    "prior_for_expansion", "expansion_range",
    "as_json", "as_json_mixture", "as_text", "report_html", "report_data", "report_from_json", "to_arviz",
    "EstimationUsage", "TableUnreadable", "CellUnreadable", "UnknownMethod",
    "NeedsPeople",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for: reading a table needs no compiler."""
    if name not in _HOME:
        raise AttributeError(name)
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found  # a submodule of the same name must not hide the function
    return found
