"""Two pictures as inline SVG, with a title and a description for those who do not see them.

Colours are classes of :mod:`willakuy.estimation.style`, so that one picture serves light and dark.
"""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext


def upset(table: CaptureTable, most: int = 24) -> str:
    """Overlap picture: one column per combination of lists, the commonest first; one row per list."""
    order = sorted(range(len(table.counts)), key=lambda m: (-int(table.counts[m]), table.patterns[m].tolist()))[:most]
    names = [f"{_short(name)} ({int(size):,})" for name, size in zip(table.lists, table.sizes, strict=True)]
    step, left, top, tall = 30, 20 + 7 * max(map(len, names)), 24, 140
    width, height = left + step * len(order) + 20, top + tall + 14 + 22 * table.n_lists + 10
    peak = max(int(table.counts[m]) for m in order)
    rows = [top + tall + 22 + 22 * j for j in range(table.n_lists)]
    marks = []
    for i, m in enumerate(order):
        x, count = left + step * i + step // 2, int(table.counts[m])
        bar = max(1.0, tall * count / peak)
        marks.append(f'<rect class="ink" x="{x - 9}" y="{top + tall - bar:.1f}" width="18" height="{bar:.1f}"/>')
        marks.append(f'<text x="{x}" y="{top + tall - bar - 4:.1f}" text-anchor="middle" font-size="11">{count}</text>')
        on = [j for j in range(table.n_lists) if table.patterns[m, j]]
        marks.append(f'<line x1="{x}" x2="{x}" y1="{rows[on[0]]}" y2="{rows[on[-1]]}" stroke-width="2"/>')
        marks += [
            f'<circle class="{"ink" if j in on else "pale"}" cx="{x}" cy="{y}" r="6"/>' for j, y in enumerate(rows)
        ]
    marks += [
        f'<text x="{left - 8}" y="{y + 4}" text-anchor="end" font-size="13">{escape(name)}</text>'
        for name, y in zip(names, rows, strict=True)
    ]
    text = gettext("How many people are on each combination of lists; the {n} commonest of {all} combinations.")
    return _svg(width, height, gettext("Overlap of the lists"), text.format(n=len(order), all=len(table.counts)), marks)


def _short(name: str, most: int = 28) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def posterior(histogram: dict[str, Any], median: float, lo: float, hi: float | None) -> str:
    """Histogram of N with the documented count beside it, on one axis; ``histogram`` has ``from``, ``to``, ``heights``."""
    heights = np.array(histogram["heights"])
    documented = int(histogram["from"])
    edges = np.linspace(documented, float(histogram["to"]), len(heights) + 1)
    hi = float(edges[-1]) if hi is None else hi
    width, height, left, base = 460, 230, 24, 180
    scale = (width - 2 * left) / (edges[-1] - edges[0])
    peak = max(int(heights.max()), 1)

    def at(value: float) -> float:
        return float(left + (value - edges[0]) * scale)

    marks = []
    for count, a, b in zip(heights, edges[:-1], edges[1:], strict=True):
        tall = 130 * int(count) / peak
        kind = "accent" if lo <= (a + b) / 2 <= hi else "pale"
        size = f'width="{(b - a) * scale:.1f}" height="{tall:.1f}"'
        marks.append(f'<rect class="{kind}" x="{at(a):.1f}" y="{base - tall:.1f}" {size}/>')
    marks.append(f'<line x1="{left}" x2="{left}" y1="20" y2="{base}" stroke-width="3"/>')
    marks.append(f'<line class="thin" x1="{left}" x2="{width - left}" y1="{base}" y2="{base}"/>')
    said = gettext("documented: {n}").format(n=f"{documented:,}")
    marks.append(f'<text x="{left + 6}" y="16" font-size="14">{escape(said)}</text>')
    middle = min(max(at(median), left), width - left)
    marks.append(f'<line x1="{middle:.1f}" x2="{middle:.1f}" y1="34" y2="{base}" stroke-width="1.5"/>')
    for value in round_ticks(edges[0], edges[-1]):
        marks.append(
            f'<text x="{at(value):.1f}" y="{base + 20}" text-anchor="middle" font-size="14">{value:,.0f}</text>'
        )
        marks.append(f'<line x1="{at(value):.1f}" x2="{at(value):.1f}" y1="{base}" y2="{base + 4}"/>')
    text = gettext(
        "How plausible each total is; dark bars are the interval from {lo} to {hi}, the line at the left the documented count, the line among the bars the median."
    )
    return _svg(width, height, gettext("Estimated total"), text.format(lo=f"{lo:,.0f}", hi=f"{hi:,.0f}"), marks)


def round_ticks(lo: float, hi: float, most: int = 4) -> list[float]:
    """Round numbers between two ends, at most ``most``, a step of 1, 2 or 5 times a power of ten apart."""
    power = 10 ** np.floor(np.log10((hi - lo) / most))
    step = next(power * k for k in (1, 2, 5, 10, 20) if (hi - lo) / (power * k) <= most)
    return [float(v) for v in np.arange(np.ceil(lo / step), np.floor(hi / step) + 1) * step]


def _svg(width: int, height: int, title: str, text: str, marks: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" width="{width}">'
    return f"{head}<title>{escape(title)}</title><desc>{escape(text)}</desc>{''.join(marks)}</svg>"
