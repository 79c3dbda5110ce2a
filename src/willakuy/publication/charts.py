"""A chart drawn by hand: what was known by each day, as a band between the two bounds. The table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 32, 10, 12, 28


@dataclass(frozen=True, slots=True)
class Step:
    """The bounds from ``day`` on."""

    day: date
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure somebody published: drawn where it stands, never joined to the band."""

    day: date
    n: int


def steps_svg(steps: Sequence[Step], dots: Sequence[Dot], title: str, say_day: Sequence[str], month: str) -> str:
    """An SVG element with ``title`` as its name.

    Args:
        steps: ascending by day; at least two.
        say_day: the first and the last day in words, for the ends of the axis.
        month: what the axis shows, in words, for readers who hear it.
    """
    first, last = steps[0].day, max(steps[-1].day, *(d.day for d in dots)) if dots else steps[-1].day
    span = max((last - first).days, 1)
    top = _round_up(max([s.hi for s in steps] + [d.n for d in dots]))
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(day: date) -> float:
        return LEFT + width * (day - first).days / span

    def y(n: int) -> float:
        return TOP + height * (1 - n / top)

    out = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}. {escape(month)}">'
    ]
    for n in (0, top // 2, top):
        out.append(
            f'<path class="axis" d="M{LEFT} {y(n):.1f}H{WIDTH - RIGHT}"/><text x="{LEFT - 5}" y="{y(n) + 3.5:.1f}" text-anchor="end">{n}</text>'
        )
    lo = _stairs([(x(s.day), y(s.lo)) for s in steps], x(last))
    hi = _stairs([(x(s.day), y(s.hi)) for s in steps], x(last))
    band = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in [*hi, *reversed(lo)]) + "z"
    out.append(f'<path class="band" d="{band}"/>')
    for name, line in (("hi", hi), ("lo", lo)):
        out.append(f'<path class="{name}" d="M{"L".join(f"{a:.1f} {b:.1f}" for a, b in line)}"/>')
    for cx, cy in sorted({(round(x(d.day), 1), round(y(d.n), 1)) for d in dots}):
        out.append(f'<circle class="dot" cx="{cx}" cy="{cy}" r="2.4"/>')
    out.append(f'<text class="soft" x="{LEFT}" y="{HEIGHT - 8}">{escape(say_day[0])}</text>')
    out.append(
        f'<text class="soft" x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end">{escape(say_day[1])}</text></svg>'
    )
    return "".join(out)


def _stairs(points: Sequence[tuple[float, float]], end: float) -> list[tuple[float, float]]:
    """Level until the next day, then straight up or down."""
    line = [points[0]]
    for a, b in points[1:]:
        line += [(a, line[-1][1]), (a, b)]
    return [*line, (end, line[-1][1])]


def _round_up(n: int) -> int:
    for step in (4, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000, 1000000):
        if n <= step:
            return step
        if step >= 20 and n <= step * 2:
            return -(-n // (step // 5)) * (step // 5)
    return n
