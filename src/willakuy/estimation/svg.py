"""Two pictures as inline SVG, with a title and a description for those who do not see them."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext

INK, ACCENT, PALE = "#1d2733", "#8c3b1f", "#d9d4cc"


def upset(table: CaptureTable, most: int = 24) -> str:
    """Overlap picture: one column per combination of lists, the commonest first; one row per list."""
    order = sorted(range(len(table.counts)), key=lambda m: (-int(table.counts[m]), table.patterns[m].tolist()))[:most]
    step, left, top, tall = 26, 170, 24, 140
    width, height = left + step * len(order) + 20, top + tall + 14 + 22 * table.n_lists + 10
    peak = max(int(table.counts[m]) for m in order)
    marks = []
    for i, m in enumerate(order):
        x, count = left + step * i + step // 2, int(table.counts[m])
        bar = max(1.0, tall * count / peak)
        marks.append(f'<rect x="{x - 8}" y="{top + tall - bar:.1f}" width="16" height="{bar:.1f}" fill="{INK}"/>')
        marks.append(f'<text x="{x}" y="{top + tall - bar - 4:.1f}" text-anchor="middle" font-size="10">{count}</text>')
        on = [j for j in range(table.n_lists) if table.patterns[m, j]]
        rows = [top + tall + 22 + 22 * j for j in range(table.n_lists)]
        marks.append(
            f'<line x1="{x}" x2="{x}" y1="{rows[on[0]]}" y2="{rows[on[-1]]}" stroke="{INK}" stroke-width="2"/>'
        )
        marks += [f'<circle cx="{x}" cy="{y}" r="6" fill="{INK if j in on else PALE}"/>' for j, y in enumerate(rows)]
    for j, name in enumerate(table.lists):
        y = top + tall + 26 + 22 * j
        marks.append(
            f'<text x="{left - 8}" y="{y}" text-anchor="end" font-size="12">{escape(name)} ({int(table.sizes[j])})</text>'
        )
    text = gettext("How many people are on each combination of lists; the {n} commonest of {all} combinations.")
    return _svg(width, height, gettext("Overlap of the lists"), text.format(n=len(order), all=len(table.counts)), marks)


def posterior(histogram: dict[str, Any], lo: float, hi: float | None) -> str:
    """Histogram of N with the documented count beside it, on one axis; ``histogram`` has ``from``, ``to``, ``heights``."""
    heights = np.array(histogram["heights"])
    documented = int(histogram["from"])
    edges = np.linspace(documented, float(histogram["to"]), len(heights) + 1)
    hi = float(edges[-1]) if hi is None else hi
    width, height, left, base = 640, 240, 30, 190
    scale = (width - 2 * left) / (edges[-1] - edges[0])
    peak = max(int(heights.max()), 1)
    marks = []
    for count, a, b in zip(heights, edges[:-1], edges[1:], strict=True):
        tall = 150 * int(count) / peak
        colour = ACCENT if lo <= (a + b) / 2 <= hi else PALE
        x = left + (a - edges[0]) * scale
        marks.append(
            f'<rect x="{x:.1f}" y="{base - tall:.1f}" width="{(b - a) * scale:.1f}" height="{tall:.1f}" fill="{colour}"/>'
        )
    marks.append(f'<line x1="{left}" x2="{left}" y1="20" y2="{base}" stroke="{INK}" stroke-width="3"/>')
    said = gettext("documented: {n}").format(n=f"{documented:,}")
    marks.append(f'<text x="{left + 6}" y="28" font-size="12">{escape(said)}</text>')
    for value in np.linspace(edges[0], edges[-1], 5):
        x = left + (value - edges[0]) * scale
        marks.append(f'<text x="{x:.1f}" y="{base + 18}" text-anchor="middle" font-size="11">{value:,.0f}</text>')
    text = gettext(
        "How plausible each total is; dark bars are the interval from {lo} to {hi}, the line at the left the documented count."
    )
    return _svg(width, height, gettext("Estimated total"), text.format(lo=f"{lo:,.0f}", hi=f"{hi:,.0f}"), marks)


def _svg(width: int, height: int, title: str, text: str, marks: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" width="{width}" style="max-width:100%">'
    return f"{head}<title>{escape(title)}</title><desc>{escape(text)}</desc>{''.join(marks)}</svg>"
