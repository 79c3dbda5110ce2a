"""Places: a drawn map with numbers, the same as a table, and a page for each place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from willakuy.figures import Standing
from willakuy.i18n import N_
from willakuy.publication.cards import PER_PAGE, Someone
from willakuy.publication.map import Area, map_svg
from willakuy.publication.pages.persons import listed
from willakuy.publication.site import Page, Site
from willakuy.statements.names import fold
from willakuy.statements.places import Place, PlaceLevel


def pages(site: Site) -> Iterator[Page]:
    figure = site.record.answers.figures[0]
    standing = {p.person_id: p.standing for p in figure.persons}
    inside: dict[Place, list[Someone]] = defaultdict(list)
    nowhere: Counter[Standing] = Counter()
    for someone in listed(site):
        if someone.place is None:
            nowhere[standing.get(someone.id, Standing.excluded)] += 1
            continue
        for place in someone.place.containers:
            if place.level is not PlaceLevel.country or place == someone.place:
                inside[place].append(someone)
    tally = {place: Counter(standing.get(s.id, Standing.excluded) for s in people) for place, people in inside.items()}
    yield _index(site, tally, nowhere)
    for place, people in inside.items():
        yield from _page(site, place, people)


def _index(site: Site, tally: dict[Place, Counter[Standing]], nowhere: Counter[Standing]) -> Page:
    figure, text = site.record.answers.figures[0], site.text
    shown = [p for p in tally if tally[p][Standing.counted] or tally[p][Standing.possible]]
    rows = []
    for place in sorted(shown, key=lambda p: _sort_key(site, p)):
        row = {"id": place.code, "name": _short(site, place), "depth": place.level.depth}
        rows.append({**row, "counted": tally[place][Standing.counted], "possible": tally[place][Standing.possible]})
    areas = {}
    for place in shown:
        if place.level is PlaceLevel.department:
            n, name = tally[place][Standing.counted], site.speech.place(place)
            label = site.speech.plural(N_("{place}: {n} person"), N_("{place}: {n} people"), n, place=name)
            areas[place.code] = Area(n, label, f"{place.code}.html")
    scope = figure.scope.name(site.lang)
    svg = map_svg(site.edition.settings.country, areas, text(N_("{scope}, by department"), scope=scope))
    lead = text(N_("{scope}: by the place of death that most independent sources give."), scope=scope)
    counts = {"counted": nowhere[Standing.counted], "possible": nowhere[Standing.possible]}
    context = {
        "lead": lead,
        "map": Markup(svg) if svg else None,  # noqa: S704 - drawn by us from numbers and escaped words
        "places": rows,
        "nowhere": counts if any(counts.values()) else None,
    }
    return Page("l/index.html", "places", "places", text(N_("Places")), context)


def _page(site: Site, place: Place, people: list[Someone]) -> Iterator[Page]:
    title = site.speech.place(place)
    about = site.speech.plural(
        N_("{n} person whose death most sources place here, or whose wound if none says more."),
        N_("{n} people whose death most sources place here, or whose wound if none says more."),
        len(people),
    )
    around: list[dict[str, Any]] = [{"href": "l/index.html", "label": site.text(N_("All places")), "n": None}]
    for outer in reversed(place.containers[1:]):
        if outer.level is not PlaceLevel.country:
            around.append({"href": f"l/{outer.code}.html", "label": _short(site, outer), "n": None})
    for i in range(0, len(people), PER_PAGE):
        name = place.code if i == 0 else f"{place.code}-{i // PER_PAGE + 1}"
        parts = [
            {
                "label": str(j + 1),
                "href": f"{place.code if j == 0 else f'{place.code}-{j + 1}'}.html",
                "is_here": j == i // PER_PAGE,
            }
            for j in range(-(-len(people) // PER_PAGE))
        ]
        group = {"label": None, "anchor": "", "href": None, "people": people[i : i + PER_PAGE]}
        context = {"about": about, "facets": around, "parts": parts if len(parts) > 1 else [], "groups": [group]}
        yield Page(f"l/{name}.html", "persons", "places", title, context)


def _short(site: Site, place: Place) -> str:
    return site.speech.place(place).split(", ")[0]


def _sort_key(site: Site, place: Place) -> tuple[str, ...]:
    """Each place under the one around it, by name."""
    return tuple(fold(_short(site, p)) + p.code for p in reversed(place.containers))
