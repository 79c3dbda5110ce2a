"""An answer as plain JSON values, the same bytes for the same draws."""

from __future__ import annotations

import json
import math
from typing import Any

from willakuy.estimation.mixing import Mixture
from willakuy.estimation.results import Diagnostics, Estimate, Reason, Refusal, Sensitivity, Span, StrataResult
from willakuy.estimation.words import caveat


def as_json(result: Estimate | Refusal | StrataResult, *, timing: bool = False) -> Any:
    """One object for a table; for strata a list with a ``stratum`` key each, the pooled total last.

    ``timing`` puts the measured ``ess_per_s`` in; without it that key is null, because a time is never the same twice.
    """
    if isinstance(result, StrataResult):
        each = [{"stratum": name, **as_json(found, timing=timing)} for name, found in result.strata.items()]
        good = [found for found in result.strata.values() if isinstance(found, Estimate)]
        answered = {
            "strata": len(good), "of": len(result.strata), "documented": sum(found.documented for found in good),
            "estimate": _span(result.answered),
        }  # fmt: skip
        pooled = {"stratum": None, "pooled": True, **as_json(result.total, timing=timing), "answered_strata": answered}
        return [*each, pooled]
    if isinstance(result, Refusal):
        refused: dict[str, Any] = {
            "reasons": [_reason(r) for r in result.reasons],
            "documented_minimum": result.documented_minimum,
        }
        if result.lower_bound is not None:
            refused["lower_bound"] = _number(result.lower_bound)
        return {"refused": refused}
    return {
        "method": result.method,
        "documented": result.documented,
        "n_lists": result.n_lists,
        "estimate": _span(result.span),
        "diagnostics": _diagnostics(result.diagnostics, timing),
        "sensitivity": [_sensitivity(s) for s in result.sensitivity],
        "assumptions": list(result.assumptions),
        "versions": dict(sorted(result.versions.items())),
        "seed": result.seed,
        "warnings": [_reason(r) for r in result.warnings],
        "caveat": caveat(),
        "settings": dict(result.settings),
        "lists": list(result.lists),
        "table_sha256": result.table_digest,
    }


def as_json_mixture(mixture: Mixture) -> dict[str, Any]:
    """A mixture over versions of one table: the usual keys, then ``versions_mixed`` with each version's own interval,
    ``answered_versions``, what those with a number say together, and ``rubin``, the combination verdata uses."""
    from willakuy.estimation.combining import combine_replicates

    own = [
        {
            "version": name,
            "weight": _number(mixture.shares[name]),
            "documented": found.documented if isinstance(found, Estimate) else found.documented_minimum,
            "estimate": _span(found.span) if isinstance(found, Estimate) else None,
            "refused": [] if isinstance(found, Estimate) else [_reason(r) for r in found.reasons],
        }
        for name, found in mixture.each.items()
    ]
    good = {n: found for n, found in mixture.each.items() if isinstance(found, Estimate) and found.draws.size}
    rubin = None
    if len(good) > 1:
        combined = combine_replicates(
            [g.documented for g in good.values()], [g.draws - g.documented for g in good.values()]
        )
        rubin = {
            "estimate": _number(combined.estimate), "lo": _number(combined.lo), "hi": _number(combined.hi),
            "within": _number(combined.within), "between": _number(combined.between), "replicates": combined.replicates,
        }  # fmt: skip
    answered = {
        "versions": len(good),
        "of": len(mixture.each),
        "weight": _number(sum(mixture.shares[n] for n in good)),
        "estimate": _span(mixture.answered),
    }
    return {**as_json(mixture.answer), "versions_mixed": own, "answered_versions": answered, "rubin": rubin}


def as_text(result: Estimate | Refusal | StrataResult, *, timing: bool = False) -> str:
    """The JSON text that is printed and kept."""
    return json.dumps(as_json(result, timing=timing), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _number(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.6g}")


def _span(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {
        "median": _number(span.median), "mean": _number(span.mean), "lo": _number(span.lo), "hi": _number(span.hi),
        "level": span.level,
    }  # fmt: skip


def _reason(reason: Reason) -> dict[str, str]:
    return {"code": reason.code, "what": reason.what, "needed": reason.needed}


def _diagnostics(found: Diagnostics, timing: bool) -> dict[str, Any]:
    return {
        "rhat": _number(found.rhat), "ess_bulk": _number(found.ess_bulk), "ess_tail": _number(found.ess_tail),
        "ess_per_s": _number(found.ess_per_s) if timing else None, "chains": found.chains,
        "mcse_median": _number(found.mcse_median), "round_trips": found.round_trips,
        "p_predictive": _number(found.p_predictive), **dict(found.more),
    }  # fmt: skip


def _sensitivity(row: Sensitivity) -> dict[str, Any]:
    return {"kind": row.kind, "changed": row.changed, "estimate": _span(row.span), "note": row.note}
