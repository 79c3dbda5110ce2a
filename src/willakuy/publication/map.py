"""A drawing of a country's departments, each with its number and a link. No tiles, no third party.

The outlines are a file of their own, under its own licence (see NOTICE).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from willakuy.statements.places import Place

SHADES = 5


@dataclass(frozen=True, slots=True)
class Area:
    """A department: what a reader is told of it, and where it leads. ``n`` shades it and stands in it."""

    n: int
    label: str
    href: str | None


@cache
def outlines(country: str) -> dict[str, Any] | None:
    """The drawing of ``country``; ``None`` if none is bundled."""
    file = files("willakuy.publication").joinpath("data", f"{_NAMES.get(country, '')}.json")
    return json.loads(file.read_text("utf-8")) if country in _NAMES else None


_NAMES = {"PE": "peru-departments"}


def map_svg(country: str, areas: Mapping[str, Area], title: str) -> str | None:
    """``areas`` by code of the department ("PE.21"); those left out are drawn empty."""
    drawing = outlines(country)
    if drawing is None:
        return None
    _, _, width, height = drawing["view_box"]
    most = max((a.n for a in areas.values()), default=0)
    out = [f'<svg viewBox="0 0 {width} {height}" role="group" aria-label="{escape(title)}">']
    linked = []
    for digits, shape in drawing["departments"].items():
        area = areas.get(f"{country}.{digits}")
        path = f'<path class="k{_shade(area.n if area else 0, most)}" d="{shape["path"]}"/>'
        if area is None or area.href is None:
            out.append(path)
            continue
        x, y = shape["at"]
        dark = ' class="dark"' if _shade(area.n, most) >= 3 else ""
        number = f'<text x="{x}" y="{y + 5}" aria-hidden="true">{area.n}</text>' if area.n else ""
        linked.append(f'<a href="{escape(area.href)}" aria-label="{escape(area.label)}"{dark}>{path}{number}</a>')
    return "".join([*out, *linked, "</svg>"])


def department_of(place: Place) -> str:
    return ".".join(place.code.split(".")[:2])


def _shade(n: int, most: int) -> int:
    """0 for none; then four steps, so that one death is seen beside many."""
    if n == 0 or most == 0:
        return 0
    return 1 + min(3, int(4 * (n - 1) / most))
