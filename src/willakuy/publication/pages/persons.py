"""Lists of people: by letter, by place, by day, and by what is known of them. Static, so that they work anywhere."""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from willakuy.figures import Standing
from willakuy.i18n import N_
from willakuy.publication.cards import PER_PAGE, Someone
from willakuy.publication.map import department_of
from willakuy.publication.site import Page, Site
from willakuy.statements.names import fold
from willakuy.statements.places import Place

OTHER = "0"
"""Where names go that begin with no letter of the Latin alphabet."""

UNNAMED = "nn"

Group = dict[str, Any]


def listed(site: Site) -> list[Someone]:
    """Everyone with a page, by name; those nobody names last."""
    people = [site.cards.someone(p) for p in site.record.person if site.cards.has_page(p)]
    return sorted(people, key=lambda s: (not s.is_named, s.sort, s.id))


def letter_of(someone: Someone) -> str:
    """The same in every language, so that pages have one address."""
    if not someone.is_named:
        return UNNAMED
    first = someone.sort[:1].upper()
    return first if first in string.ascii_uppercase and first else OTHER


def letter_pages(site: Site) -> list[dict[str, str]]:
    letters = sorted({letter_of(s) for s in listed(site)})
    return [{"label": _label(site, letter), "href": f"p/az-{letter}.html"} for letter in letters]


def pages(site: Site) -> Iterator[Page]:
    people = listed(site)
    facets = _facets(site, people)
    yield from _by_letter(site, people, facets)
    yield from _by_day(site, people, facets)
    yield from _by_place(site, people, facets)
    for name, label, about, wanted in _kinds(site):
        some = [s for s in people if wanted(s)]
        yield from _paged(site, f"p/{name}", site.text(label), site.text(about), _grouped(site, some), facets)


def _facets(site: Site, people: Sequence[Someone]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = [
        {"href": "p/index.html", "label": site.text(N_("By name")), "n": len(people)},
        {"href": "p/day.html", "label": site.text(N_("By day")), "n": None},
        {"href": "p/place.html", "label": site.text(N_("By place")), "n": None},
    ]
    for name, label, _, wanted in _kinds(site):
        out.append({"href": f"p/{name}.html", "label": site.text(label), "n": sum(map(wanted, people))})
    return out


def _kinds(site: Site) -> list[tuple[str, str, str, Callable[[Someone], bool]]]:
    profiles, main = site.record.answers.profiles, site.record.answers.figures[0]
    standing = {p.person_id: p.standing for p in main.persons}
    return [
        (
            "minors",
            N_("Under 18"),
            N_("Somebody says they were under 18. They are named by initials."),
            lambda s: _is_minor(site, s),
        ),
        (
            "disputed",
            N_("Sources differ"),
            N_("Sources differ on something about them: an age, a date, a cause."),
            lambda s: any(f.is_disputed for f in profiles[s.id].fields),
        ),
        (
            "possible",
            N_("Perhaps counted"),
            N_("Whether the first figure counts them is open."),
            lambda s: standing.get(s.id) is Standing.possible,
        ),
        (
            "withdrawn",
            N_("Taken back"),
            N_("What was said of them was withdrawn, set right or denied. It stays here, with who said so and when."),
            lambda s: bool(profiles[s.id].retracted_by),
        ),
        ("unnamed", N_("Unnamed"), N_("No source in this record names them."), lambda s: not s.is_named),
    ]


def _is_minor(site: Site, someone: Someone) -> bool:
    corpus = site.record.corpus
    ages = (corpus.statement[r].victim.age for r in site.record.person[someone.id].records)
    return any(age is not None and age.is_minor() for age in ages)


def _by_letter(site: Site, people: Sequence[Someone], facets: list[dict[str, Any]]) -> Iterator[Page]:
    """All on one page while they fit; the pages by letter exist in either case."""
    groups = _grouped(site, people)
    letters = [{"label": _label(site, g["key"]), "href": f"az-{g['key']}.html", "is_here": False} for g in groups]
    whole = (
        groups
        if len(people) <= PER_PAGE
        else [{**g, "people": g["people"][:12], "href": f"p/az-{g['key']}.html"} for g in groups]
    )
    about = site.text(
        N_("By the first letter of the name as most sources print it. Names are as printed; nobody has corrected them.")
    )
    yield Page(
        "p/index.html",
        "persons",
        "people",
        site.text(N_("The people")),
        {"about": about, "facets": facets, "parts": letters, "groups": whole},
    )
    for group in groups:
        title = site.text(N_("The people: {letter}"), letter=_label(site, group["key"]))
        yield from _paged(site, f"p/az-{group['key']}", title, "", [group], facets, letters)


def _by_day(site: Site, people: Sequence[Someone], facets: list[dict[str, Any]]) -> Iterator[Page]:
    by_day: dict[str, list[Someone]] = defaultdict(list)
    for someone in people:
        by_day[someone.day.edtf if someone.day else ""].append(someone)
    groups: list[Group] = []
    days = {edtf: some[0].day for edtf, some in by_day.items()}
    for edtf, day in sorted(
        days.items(), key=lambda item: (item[1] is None, item[1].sort_key if item[1] else (), item[0])
    ):
        label = site.speech.date(day) if day else site.text(N_("Day not said, or not understood"))
        groups.append({"key": edtf, "anchor": f"d-{len(groups)}", "label": label, "href": None, "people": by_day[edtf]})
    about = site.text(
        N_(
            "By the day of death that most independent sources give; where none does, by the day they give for the event."
        )
    )
    yield from _paged(site, "p/day", site.text(N_("The people, by day")), about, groups, facets)


def _by_place(site: Site, people: Sequence[Someone], facets: list[dict[str, Any]]) -> Iterator[Page]:
    by_place: dict[str, list[Someone]] = defaultdict(list)
    for someone in people:
        by_place[department_of(someone.place) if someone.place else ""].append(someone)
    groups: list[Group] = []
    for code in sorted(by_place, key=lambda c: (c == "", fold(site.speech.place(Place(c))) if c else "", c)):
        label = site.speech.place(Place(code)) if code else site.text(N_("Place not said, or not understood"))
        href = f"l/{code}.html" if code else None
        groups.append(
            {"key": code, "anchor": f"l-{len(groups)}", "label": label, "href": href, "people": by_place[code]}
        )
    about = site.text(N_("By the place of death that most independent sources give."))
    yield from _paged(site, "p/place", site.text(N_("The people, by place")), about, groups, facets)


def _grouped(site: Site, people: Iterable[Someone]) -> list[Group]:
    by_letter: dict[str, list[Someone]] = defaultdict(list)
    for someone in people:
        by_letter[letter_of(someone)].append(someone)
    return [
        {
            "key": letter,
            "anchor": f"az-{letter}",
            "label": _label(site, letter),
            "href": None,
            "people": by_letter[letter],
        }
        for letter in sorted(by_letter)
    ]


def _label(site: Site, letter: str) -> str:
    return site.text({OTHER: N_("Other"), UNNAMED: N_("Unnamed")}[letter]) if letter in (OTHER, UNNAMED) else letter


def _paged(
    site: Site,
    path: str,
    title: str,
    about: str,
    groups: Sequence[Group],
    facets: list[dict[str, Any]],
    letters: list[dict[str, Any]] | None = None,
) -> Iterator[Page]:
    """The groups over as many pages as they need, each group cut where a page is full."""
    chunks = list(_chunks(groups)) or [[]]
    for i, chunk in enumerate(chunks):
        name = path if i == 0 else f"{path}-{i + 1}"
        parts = [
            {
                "label": str(j + 1),
                "href": f"{(path if j == 0 else f'{path}-{j + 1}').removeprefix('p/')}.html",
                "is_here": j == i,
            }
            for j in range(len(chunks))
        ]
        shown = parts if len(chunks) > 1 else letters or []
        yield Page(
            f"{name}.html",
            "persons",
            "people",
            title,
            {"about": about, "facets": facets, "parts": shown, "groups": chunk},
        )


def _chunks(groups: Sequence[Group]) -> Iterator[list[Group]]:
    chunk: list[Group] = []
    room = PER_PAGE
    for group in groups:
        people = group["people"]
        while people:
            chunk.append({**group, "people": people[:room]})
            people, taken = people[room:], len(people[:room])
            room -= taken
            if room == 0:
                yield chunk
                chunk, room = [], PER_PAGE
    if chunk:
        yield chunk
