"""One page per estimate, readable with scripts off and with no other file: number, pictures, assumptions, doubts."""

from __future__ import annotations

from html import escape

from willakuy.estimation.jsonform import as_text
from willakuy.estimation.results import Estimate, Reason, Refusal, Span, StrataResult
from willakuy.estimation.svg import posterior, upset
from willakuy.estimation.tables import CaptureTable
from willakuy.estimation.words import caveat
from willakuy.i18n import gettext, language

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#1d2733;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse}"
    "th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #d9d4cc;vertical-align:top}"
    ".n{font-size:1.25rem}.aside{border-left:4px solid #8c3b1f;padding:.2rem 1rem;background:#faf7f2}"
    "pre{overflow-x:auto;background:#faf7f2;padding:1rem;font-size:.8rem}"
)


def report_html(result: Estimate | Refusal | StrataResult, table: CaptureTable | None = None) -> str:
    """The report of one answer; ``table`` adds the overlap picture. The same answer gives the same bytes."""
    if isinstance(result, StrataResult):
        body = [
            f"<h1>{escape(gettext('Estimates by stratum'))}</h1>",
            _section(result.total, None, gettext("All strata")),
        ]
        body += [_section(found, None, name) for name, found in result.strata.items()]
    else:
        body = [_section(result, table, gettext("How many did no list see?"), 1)]
    body += [f"<h2>{escape(gettext('As data'))}</h2><pre>{escape(as_text(result))}</pre>"]
    title = escape(gettext("Estimate report"))
    head = f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return (
        f"{head}<title>{title}</title><style>{STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def _section(found: Estimate | Refusal, table: CaptureTable | None, title: str, depth: int = 2) -> str:
    parts = [f"<h{depth}>{escape(title)}</h{depth}>"]
    parts += _refusal(found) if isinstance(found, Refusal) else _estimate(found)
    if table is not None:
        parts.append(f"<h2>{escape(gettext('Who is on which list'))}</h2>{upset(table.nonempty())}")
    return "".join(parts)


def _refusal(found: Refusal) -> list[str]:
    said = gettext("The lists name {n} people. No estimate is given, for these reasons:")
    parts = [f'<p class="n">{escape(said.format(n=f"{found.documented_minimum:,}"))}</p>', _reasons(found.reasons)]
    if found.lower_bound is not None:
        bound = gettext("A lower bound, under fewer assumptions: {n}.").format(n=f"{found.lower_bound:,.0f}")
        parts.append(f"<p>{escape(bound)}</p>")
    return parts


def _estimate(found: Estimate) -> list[str]:
    said = gettext(
        "Documented: {documented} people. Estimated in all: {median} (between {lo} and {hi}, {level} % interval)."
    )
    span = found.span
    words = said.format(
        documented=f"{found.documented:,}",
        median=f"{span.median:,.0f}",
        lo=f"{span.lo:,.0f}",
        hi=f"{span.hi:,.0f}",
        level=f"{100 * span.level:g}",
    )
    note = gettext("The estimate includes the documented people; the two numbers are never added.")
    parts = [f'<p class="n">{escape(words)}</p><p>{escape(note)}</p>']
    if found.draws.size:
        parts.append(posterior(found.draws, found.documented, span.lo, span.hi))
    if found.warnings:
        parts.append(f"<h2>{escape(gettext('Warnings'))}</h2>{_reasons(found.warnings)}")
    parts.append(f'<h2>{escape(gettext("What cannot be known"))}</h2><p class="aside">{escape(caveat())}</p>')
    items = "".join(f"<li>{escape(a)}</li>" for a in found.assumptions)
    parts.append(f"<h2>{escape(gettext('What is assumed'))}</h2><ul>{items}</ul>")
    parts.append(_sensitivity(found))
    parts.append(_diagnostics(found))
    return parts


def _reasons(reasons: tuple[Reason, ...]) -> str:
    needed = gettext("What would be needed: {needed}")
    rows = []
    for r in reasons:
        more = f"<br>{escape(needed.format(needed=r.needed))}" if r.needed else ""
        rows.append(f"<li>{escape(r.what)}{more}</li>")
    return f"<ul>{''.join(rows)}</ul>"


def _sensitivity(found: Estimate) -> str:
    if not found.sensitivity:
        return ""
    heads = (gettext("changed"), gettext("to"), gettext("median"), gettext("interval"))
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    rows = "".join(
        f"<tr><td>{escape(s.kind)}</td><td>{escape(s.changed)}</td>{_cells(s.span, s.note)}</tr>"
        for s in found.sensitivity
    )
    title = gettext("Had one choice been different")
    return f"<h2>{escape(title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(span: Span | None, note: str) -> str:
    if span is None:
        return f'<td colspan="2">{escape(gettext("refused: {why}").format(why=note))}</td>'
    return f"<td>{span.median:,.0f}</td><td>{span.lo:,.0f} – {span.hi:,.0f}</td>"


def _diagnostics(found: Estimate) -> str:
    d = found.diagnostics
    facts: list[tuple[str, str]] = []
    if d.rhat is not None:
        facts += [
            ("R-hat", f"{d.rhat:.3f}"),
            (gettext("effective draws, bulk"), f"{d.ess_bulk:,.0f}"),
            (gettext("effective draws, tail"), f"{d.ess_tail:,.0f}"),
        ]
    if d.mcse_median is not None:
        facts.append((gettext("Monte Carlo error of the median"), f"{d.mcse_median:,.1f}"))
    if d.p_predictive is not None:
        facts.append((gettext("posterior predictive p"), f"{d.p_predictive:.2f}"))
    facts += [(gettext("method"), found.method), *found.settings, *d.more]
    facts += [
        (gettext("seed"), str(found.seed)),
        (gettext("table SHA-256"), found.table_digest),
        *sorted(found.versions.items()),
    ]
    rows = "".join(f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in facts)
    return f"<h2>{escape(gettext('How it was computed'))}</h2><table><tbody>{rows}</tbody></table>"
