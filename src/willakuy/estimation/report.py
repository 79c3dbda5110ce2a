"""One page per estimate, readable with scripts off and with no other file: number, pictures, assumptions, doubts.

The page is made from plain JSON values and nothing else, so that whoever has the JSON can make the same bytes again.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

import numpy as np

from willakuy.estimation.jsonform import as_json
from willakuy.estimation.results import Estimate, Refusal, StrataResult
from willakuy.estimation.sections import (
    by_stratum,
    computed,
    details,
    estimate,
    heading,
    overlap,
    paragraph,
    refusal,
    versions,
)
from willakuy.estimation.speaking import answered_in_words
from willakuy.estimation.style import STYLE
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext, language


def report_data(result: Estimate | Refusal | StrataResult, table: CaptureTable | None = None) -> dict[str, Any]:
    """All a report shows: ``answer`` as :func:`as_json` gives it, ``table`` with its rows, ``posterior`` as a histogram."""
    rows = None
    if table is not None:
        used = table.nonempty()
        cells = zip(used.patterns.tolist(), used.counts.tolist(), strict=True)
        rows = {"lists": list(used.lists), "rows": [["".join(map(str, p)), c] for p, c in cells]}
    return {"answer": as_json(result), "table": rows, "posterior": _histogram(result)}


def _histogram(result: Estimate | Refusal | StrataResult, bins: int = 60) -> dict[str, Any] | None:
    found = result.total if isinstance(result, StrataResult) else result
    if isinstance(found, Refusal) or not found.draws.size:
        return None
    right = max(float(np.quantile(found.draws, 0.995)), found.documented + 1.0)
    heights, _ = np.histogram(found.draws, bins=bins, range=(found.documented, right))
    return {"from": found.documented, "to": float(f"{right:.6g}"), "heights": heights.tolist()}


def report_html(result: Estimate | Refusal | StrataResult, table: CaptureTable | None = None) -> str:
    """The report of one answer; ``table`` adds the overlap picture. The same answer gives the same bytes."""
    return report_from_json(report_data(result, table))


def report_from_json(data: dict[str, Any]) -> str:
    """The page, from what :func:`report_data` gave and ``estimate.json`` holds."""
    answer = data["answer"]
    if isinstance(answer, list):
        total = next(one for one in answer if one["stratum"] is None)
        own = [one for one in answer if one["stratum"] is not None]
        body = [
            heading(gettext("Estimates by stratum"), 1), heading(gettext("All strata")), *_answer(total, data),
            heading(gettext("Each stratum")), by_stratum(own),
            *(details(one["stratum"], "".join([heading(one["stratum"]), *_answer(one, {})])) for one in own),
        ]  # fmt: skip
    else:
        body = [heading(gettext("How many did no list see?"), 1), *_answer(answer, data)]
    text = escape(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    body.append(details(gettext("As data"), f'<pre tabindex="0">{text}</pre>'))
    title = escape(gettext("Estimate report"))
    head = f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return (
        f"{head}<title>{title}</title><style>{STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def _answer(found: dict[str, Any], data: dict[str, Any]) -> list[str]:
    is_refused = "refused" in found
    parts = refusal(found["refused"]) if is_refused else estimate(found, data.get("posterior"))
    if "answered_strata" in found and (said := answered_in_words(found)):
        parts.append(paragraph(said, "aside"))
    if "versions_mixed" in found:
        parts.append(versions(found))
    if table := data.get("table"):
        parts.append(overlap(table))
    return parts if is_refused else [*parts, computed(found)]
