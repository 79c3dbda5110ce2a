"""The parts of a report, each from the plain values of its JSON: numbers first, doubts next, machinery last."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape
from typing import Any

from willakuy.estimation.svg import posterior, upset
from willakuy.estimation.tables import CaptureTable
from willakuy.estimation.words import changed, people
from willakuy.i18n import gettext

Found = dict[str, Any]


def about(value: float | None) -> str:
    """To three figures: what a newspaper may print."""
    if value is None or value < 1000:
        return people(value)
    digits = 2 - math.floor(math.log10(value))
    return people(round(value, digits))


def paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def heading(text: str, depth: int = 2) -> str:
    return f"<h{depth}>{escape(text)}</h{depth}>"


def refusal(refused: Found) -> list[str]:
    said = gettext("The lists name {n} people. No estimate is given, for these reasons:")
    parts = [_pair(refused["documented_minimum"], gettext("No estimate"), gettext("The lists cannot carry one."))]
    parts += [paragraph(said.format(n=f"{refused['documented_minimum']:,}")), reasons(refused["reasons"])]
    if "lower_bound" in refused:
        bound = gettext("A lower bound, under fewer assumptions: {n}.").format(n=people(refused["lower_bound"]))
        parts.append(paragraph(bound))
    note = gettext(
        "A refusal is a finding: with these lists, any number would come from an assumption and not from them."
    )
    return [*parts, paragraph(note, "quiet")]


def estimate(found: Found, histogram: Found | None) -> list[str]:
    span = found["estimate"]
    level = f"{100 * span['level']:g}"
    if span["hi"] is None and span["median"] == span["lo"]:
        said = gettext("A bound: under what is assumed below, not fewer.")
    else:
        said = gettext("between {lo} and {hi} ({level} % interval)")
        said = said.format(lo=about(span["lo"]), hi=about(span["hi"]), level=level)
    parts = [_pair(found["documented"], gettext("about {n}").format(n=about(span["median"])), said)]
    note = gettext("The estimate includes the documented people; the two numbers are never added.")
    parts.append(paragraph(note))
    if histogram is not None:
        parts.append(f"<figure>{posterior(histogram, span['median'], span['lo'], span['hi'])}</figure>")
        read = gettext(
            "The higher a bar, the more plausible that total. The interval says: if what is assumed below holds, the true number lies between its ends with {level} % probability. It does not cover that the assumptions may be wrong."
        )
        parts.append(paragraph(read.format(level=level), "quiet"))
    if found["warnings"]:
        parts.append(heading(gettext("Warnings")) + reasons(found["warnings"]))
    parts.append(heading(gettext("What cannot be known")) + paragraph(found["caveat"], "aside"))
    items = "".join(f"<li>{escape(a)}</li>" for a in found["assumptions"])
    parts.append(f"{heading(gettext('What is assumed'))}<ul>{items}</ul>")
    parts.append(sensitivity(found))
    return parts


def _pair(documented: int, large: str, small: str) -> str:
    cells = (
        (gettext("Documented"), f"{documented:,}", gettext("people named by at least one list")),
        (gettext("Estimated in all"), large, small),
    )
    shown = "".join(
        f'<div><p class="quiet">{escape(title)}</p><p class="big">{escape(value)}</p><p>{escape(more)}</p></div>'
        for title, value, more in cells
    )
    return f'<div class="pair">{shown}</div>'


def reasons(told: list[dict[str, str]]) -> str:
    needed = gettext("What would be needed: {needed}")
    rows = []
    for r in told:
        more = f'<br><span class="quiet">{escape(needed.format(needed=r["needed"]))}</span>' if r["needed"] else ""
        rows.append(f"<li>{escape(r['what'])}{more}</li>")
    return f'<ul class="warn">{"".join(rows)}</ul>'


def sensitivity(found: Found) -> str:
    """Every other answer on one scale with the answer itself."""
    told = found["sensitivity"]
    if not told:
        return ""
    own = {"kind": "", "changed": gettext("This answer"), "estimate": found["estimate"], "note": ""}
    rows = [own, *told]
    left, right = _ends([r["estimate"] for r in rows], found["documented"])
    body = "".join(
        f'<tr><th scope="row">{escape(changed(r["kind"], r["changed"]))}</th><td>{_interval(r["estimate"], r["note"], left, right)}</td></tr>'
        for r in rows
    )
    title = gettext("Had one choice been different")
    caption = gettext("Every row answers again with one thing changed; the scale runs from {lo} to {hi} people.")
    caption = caption.format(lo=people(left), hi=people(right))
    return f"{heading(title)}<table><caption>{escape(caption)}</caption><tbody>{body}</tbody></table>"


def _ends(spans: Iterable[Found | None], documented: int) -> tuple[float, float]:
    known = [s for s in spans if s is not None]
    highest = max(s["hi"] if s["hi"] is not None else s["median"] for s in known)
    return float(documented), max(float(highest), documented + 1.0)


def _interval(span: Found | None, note: str, left: float, right: float) -> str:
    if span is None:
        return escape(gettext("refused: {why}").format(why=note))
    hi = right if span["hi"] is None else span["hi"]

    def at(value: float) -> float:
        return 100 * min(max((value - left) / (right - left), 0.0), 1.0)

    line = f'<i style="left:{at(span["lo"]):.1f}%;width:{at(hi) - at(span["lo"]):.1f}%"></i>'
    dot = f'<b style="left:{min(at(span["median"]), 98.5):.1f}%"></b>'
    numbers = f"{people(span['median'])} ({people(span['lo'])} – {people(span['hi'])})"
    return f'{escape(numbers)}<span class="track" aria-hidden="true">{line}{dot}</span>'


def overlap(table: Found) -> str:
    """The picture of who is on which list, and the same as rows for those who do not see it."""
    rows = [([int(v) for v in pattern], count) for pattern, count in table["rows"]]
    held = CaptureTable.of(table["lists"], rows)
    label = escape(gettext("Who is on which list"))
    picture = f'<figure class="wide" tabindex="0" role="group" aria-label="{label}">{upset(held)}</figure>'
    lines = "".join(
        f"<tr><td>{escape(', '.join(n for n, on in zip(held.lists, pattern, strict=True) if on))}</td><td>{count:,}</td></tr>"
        for pattern, count in sorted(
            zip(held.patterns.tolist(), held.counts.tolist(), strict=True), key=lambda r: -r[1]
        )
    )
    heads = f'<tr><th scope="col">{escape(gettext("on exactly these lists"))}</th><th scope="col">{escape(gettext("people"))}</th></tr>'
    table_html = f"<table><thead>{heads}</thead><tbody>{lines}</tbody></table>"
    return f"<h2>{label}</h2>{picture}{details(gettext('The same as a table'), table_html)}"


def by_stratum(answers: list[Found]) -> str:
    """One line for each stratum, its answer or the first reason why there is none."""
    heads = (gettext("stratum"), gettext("documented"), gettext("estimated in all"))
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    rows = []
    for one in answers:
        if "refused" in one:
            said, n = (
                gettext("refused: {why}").format(why=one["refused"]["reasons"][0]["what"]),
                one["refused"]["documented_minimum"],
            )
        else:
            span, n = one["estimate"], one["documented"]
            said = f"{people(span['median'])} ({people(span['lo'])} – {people(span['hi'])})"
        rows.append(f'<tr><th scope="row">{escape(one["stratum"])}</th><td>{n:,}</td><td>{escape(said)}</td></tr>')
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return _scrolled(gettext("Each stratum"), table)


def _scrolled(label: str, html: str) -> str:
    """Wider than a telephone: it scrolls by itself, with the keyboard too."""
    return f'<div class="wide" tabindex="0" role="group" aria-label="{escape(label)}">{html}</div>'


def versions(found: Found) -> str:
    """Each version of the table by itself, on one scale, and what those with an answer say together."""
    told, answered = found["versions_mixed"], found["answered_versions"]
    spans = [v["estimate"] for v in told]
    known = [s for s in spans if s is not None]
    parts = [heading(gettext("Each version by itself"))]
    if "refused" in found and answered["estimate"] is not None:
        said = gettext(
            "Under the condition that one of the {versions} versions with an answer is right ({weight} % of the weight): {median} ({lo} – {hi}). That is not the answer: the other versions are not in it."
        )
        values = {k: people(answered["estimate"][k]) for k in ("median", "lo", "hi")}
        weight = f"{100 * answered['weight']:.0f}"
        parts.append(paragraph(said.format(versions=answered["versions"], weight=weight, **values), "aside"))
    left, right = _ends(spans, min(v["documented"] for v in told)) if known else (0.0, 1.0)
    rows = []
    for v in told:
        why = v["refused"][0]["what"] if v["refused"] else ""
        cells = f"<td>{v['documented']:,}</td><td>{_interval(v['estimate'], why, left, right)}</td>"
        rows.append(f'<tr><th scope="row">{escape(v["version"])}</th>{cells}</tr>')
    heads = (gettext("version"), gettext("documented"), gettext("estimated in all"))
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    caption = escape(gettext("One scale for all, from {lo} to {hi} people.").format(lo=people(left), hi=people(right)))
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    table = f"<table>{f'<caption>{caption}</caption>' if known else ''}{body}</table>"
    parts.append(_scrolled(gettext("Each version by itself"), table))
    if rubin := found["rubin"]:
        said = gettext("By Rubin's rules on the logarithm of the unseen: {estimate} ({lo} – {hi}).")
        parts.append(paragraph(said.format(**{k: people(rubin[k]) for k in ("estimate", "lo", "hi")})))
    return "".join(parts)


def computed(found: Found) -> str:
    """Diagnostics, settings, versions and the digest of the table, for whoever would do it again."""
    names = {
        "rhat": gettext("R-hat (chains agree when it is at most 1.01)"),
        "ess_bulk": gettext("effective draws, bulk (400 at least)"),
        "ess_tail": gettext("effective draws, tail (400 at least)"),
        "mcse_median": gettext("Monte Carlo error of the median"),
        "p_predictive": gettext("posterior predictive p (near 0: the model does not describe the lists)"),
    }  # fmt: skip
    span = found["estimate"]
    facts = [(gettext("method"), found["method"]), (gettext("lists"), ", ".join(found["lists"]))]
    facts.append(
        (gettext("median (interval)"), f"{people(span['median'])} ({people(span['lo'])} – {people(span['hi'])})")
    )
    facts += [(names.get(k, k.replace("_", " ")), f"{v:,.6g}" if isinstance(v, float) else str(v))
              for k, v in found["diagnostics"].items() if v is not None]  # fmt: skip
    facts += [*found["settings"].items(), (gettext("seed"), str(found["seed"]))]
    facts += [(gettext("table SHA-256"), found["table_sha256"]), *found["versions"].items()]
    rows = "".join(f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in facts)
    return details(gettext("How it was computed"), f"<table><tbody>{rows}</tbody></table>")


def details(title: str, html: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{html}</details>"
