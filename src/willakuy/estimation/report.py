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
from willakuy.estimation.svg import posterior, upset
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext, language

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#1d2733;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse}"
    "th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #d9d4cc;vertical-align:top}"
    ".n{font-size:1.25rem}.aside{border-left:4px solid #8c3b1f;padding:.2rem 1rem;background:#faf7f2}"
    "td{overflow-wrap:anywhere}pre{overflow-x:auto;background:#faf7f2;padding:1rem;font-size:.8rem}"
)


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
        body = [
            f"<h1>{escape(gettext('Estimates by stratum'))}</h1>",
            _section(total, data, gettext("All strata")),
            *(_section(one, {}, one["stratum"]) for one in answer if one["stratum"] is not None),
        ]
    else:
        body = [_section(answer, data, gettext("How many did no list see?"), 1)]
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    body += [f'<h2>{escape(gettext("As data"))}</h2><pre tabindex="0">{escape(text)}</pre>']
    title = escape(gettext("Estimate report"))
    head = f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return (
        f"{head}<title>{title}</title><style>{STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def _section(found: dict[str, Any], data: dict[str, Any], title: str, depth: int = 2) -> str:
    parts = [f"<h{depth}>{escape(title)}</h{depth}>"]
    parts += _refusal(found["refused"]) if "refused" in found else _estimate(found, data.get("posterior"))
    if table := data.get("table"):
        rows = (([int(v) for v in pattern], count) for pattern, count in table["rows"])
        parts.append(
            f"<h2>{escape(gettext('Who is on which list'))}</h2>{upset(CaptureTable.of(table['lists'], rows))}"
        )
    return "".join(parts)


def _refusal(refused: dict[str, Any]) -> list[str]:
    said = gettext("The lists name {n} people. No estimate is given, for these reasons:")
    words = said.format(n=f"{refused['documented_minimum']:,}")
    parts = [f'<p class="n">{escape(words)}</p>', _reasons(refused["reasons"])]
    if "lower_bound" in refused:
        bound = gettext("A lower bound, under fewer assumptions: {n}.").format(n=f"{refused['lower_bound']:,.0f}")
        parts.append(f"<p>{escape(bound)}</p>")
    return parts


def _estimate(found: dict[str, Any], histogram: dict[str, Any] | None) -> list[str]:
    said = gettext(
        "Documented: {documented} people. Estimated in all: {median} (between {lo} and {hi}, {level} % interval)."
    )
    span = found["estimate"]
    words = said.format(
        documented=f"{found['documented']:,}", median=_people(span["median"]), lo=_people(span["lo"]),
        hi=_people(span["hi"]), level=f"{100 * span['level']:g}",
    )  # fmt: skip
    note = gettext("The estimate includes the documented people; the two numbers are never added.")
    parts = [f'<p class="n">{escape(words)}</p><p>{escape(note)}</p>']
    if histogram is not None:
        parts.append(posterior(histogram, span["lo"], span["hi"]))
    if found["warnings"]:
        parts.append(f"<h2>{escape(gettext('Warnings'))}</h2>{_reasons(found['warnings'])}")
    parts.append(f'<h2>{escape(gettext("What cannot be known"))}</h2><p class="aside">{escape(found["caveat"])}</p>')
    items = "".join(f"<li>{escape(a)}</li>" for a in found["assumptions"])
    parts.append(f"<h2>{escape(gettext('What is assumed'))}</h2><ul>{items}</ul>")
    parts.append(_sensitivity(found["sensitivity"]))
    parts.append(_diagnostics(found))
    return parts


def _people(value: float | None) -> str:
    return gettext("no limit") if value is None else f"{value:,.0f}"


def _reasons(reasons: list[dict[str, str]]) -> str:
    needed = gettext("What would be needed: {needed}")
    rows = []
    for r in reasons:
        more = f"<br>{escape(needed.format(needed=r['needed']))}" if r["needed"] else ""
        rows.append(f"<li>{escape(r['what'])}{more}</li>")
    return f"<ul>{''.join(rows)}</ul>"


def _sensitivity(table: list[dict[str, Any]]) -> str:
    if not table:
        return ""
    heads = (gettext("changed"), gettext("to"), gettext("median"), gettext("interval"))
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    rows = "".join(
        f"<tr><td>{escape(s['kind'])}</td><td>{escape(s['changed'])}</td>{_cells(s['estimate'], s['note'])}</tr>"
        for s in table
    )
    title = gettext("Had one choice been different")
    return f"<h2>{escape(title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(span: dict[str, Any] | None, note: str) -> str:
    if span is None:
        return f'<td colspan="2">{escape(gettext("refused: {why}").format(why=note))}</td>'
    return f"<td>{_people(span['median'])}</td><td>{_people(span['lo'])} – {_people(span['hi'])}</td>"


def _diagnostics(found: dict[str, Any]) -> str:
    names = {
        "rhat": "R-hat", "ess_bulk": gettext("effective draws, bulk"), "ess_tail": gettext("effective draws, tail"),
        "mcse_median": gettext("Monte Carlo error of the median"), "p_predictive": gettext("posterior predictive p"),
    }  # fmt: skip
    facts = [(names.get(k, k.replace("_", " ")), f"{v:,.6g}" if isinstance(v, float) else str(v))
             for k, v in found["diagnostics"].items() if v is not None]  # fmt: skip
    facts += [(gettext("method"), found["method"]), *found["settings"].items()]
    facts += [(gettext("seed"), str(found["seed"])), (gettext("table SHA-256"), found["table_sha256"])]
    facts += list(found["versions"].items())
    rows = "".join(f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in facts)
    return f"<h2>{escape(gettext('How it was computed'))}</h2><table><tbody>{rows}</tbody></table>"
