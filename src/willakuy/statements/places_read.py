"""From the words of a place to the smallest unit they settle. Method: docs/method/places.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from willakuy.statements.folding import fold
from willakuy.statements.places_gazetteer import Gazetteer, gazetteer
from willakuy.statements.places_value import Place, PlaceLevel, PlaceSaid, common_container

LONGEST_CELL = 300
_LEVEL_WORDS: dict[str, PlaceLevel] = {
    "departamento": PlaceLevel.department, "department": PlaceLevel.department, "dpto": PlaceLevel.department,
    "region": PlaceLevel.department, "provincia": PlaceLevel.province, "province": PlaceLevel.province,
    "prov": PlaceLevel.province, "distrito": PlaceLevel.district, "district": PlaceLevel.district,
    "dist": PlaceLevel.district, "pais": PlaceLevel.country, "country": PlaceLevel.country,
}  # fmt: skip
_LEVELS = "|".join(_LEVEL_WORDS)
_LEVEL_BEFORE = re.compile(rf"^(?P<level>{_LEVELS})\b\.?\s*(?:(?:de|del|of)\s+)?")
_LEVEL_AFTER = re.compile(rf"\s+(?P<level>{_LEVELS})$")
_LEAD = re.compile(
    r"^(?:(?:en|in|at|de|del|desde|from|the|la|el|los|las|ciudad|city|centro|center|centre|downtown|localidad|pueblo|sector|zona|natural|cercado|"
    r"town|near|cerca|poblado|centro\s+poblado|norte|sur|este|oeste|north|south)\s+(?:(?:de|del|of)\s+)?)+"
)
_SPLIT = re.compile(
    rf"\s*[,;/()\[\]]+\s*|\s+-\s+|\s+(?:en|in)\s+(?:la\s+|el\s+|the\s+)?|\s+(?=(?:distrito|provincia|departamento|region)\s+de\b)|(?<=\w)\s+(?=(?:{_LEVELS})\s+[a-z])"
)
_FACILITY = re.compile(
    r"\b(?:hospital|clinica|clinic|aeropuerto|airport|avenida|av|jiron|jr|calle|street|comisaria|centro\s+de\s+salud|puente|bridge|universidad|plaza|rio|river|"
    r"mercado|carretera|highway|ovalo|parque|estadio|instituto|iml|morgue|cementerio|posta|base|cuartel|inmediaciones|sector|terminal)\b"
)
_TAIL = re.compile(r"\b(?:de|del|en|of|in|at)\s+")


@dataclass(frozen=True, slots=True)
class _Segment:
    """One part of the words: the places it may name, the level it claims, and whether it was understood."""

    places: tuple[Place, ...]
    level: PlaceLevel | None
    words: str


def parse_place(
    words: str,
    *,
    district: str | None = None,
    province: str | None = None,
    department: str | None = None,
    country: str = "PE",
) -> PlaceSaid:
    """Read a place as printed, inner names before outer ones ("Chao (Virú, La Libertad)").

    ``district``, ``province`` and ``department`` are what the source itself prints in columns of that meaning;
    they bind. Never raises but for a country without a gazetteer.
    """
    return _parse(words, district or "", province or "", department or "", country)


@lru_cache(maxsize=32768)
def _parse(words: str, district: str, province: str, department: str, country: str) -> PlaceSaid:
    known = gazetteer(country)
    if max(map(len, (words, district, province, department))) > LONGEST_CELL:
        return PlaceSaid(words, problem="unresolved")
    printed = _segments(words, known)
    said = (
        *_column(district, PlaceLevel.district, known),
        *_column(province, PlaceLevel.province, known),
        *_column(department, PlaceLevel.department, known),
    )
    parts = [s for s in printed if s.places and not any(_repeats(s, c) for c in said)] + list(said)
    understood = [s for s in parts if s.places]
    if not understood:
        return PlaceSaid(words, problem="unresolved")
    return _settle(words, understood, printed)


def _column(cell: str, level: PlaceLevel, known: Gazetteer) -> list[_Segment]:
    """What a column of a stated level says; a name that has no place of that level keeps its places of others."""
    if not cell.strip():
        return []
    places = _segment(fold(cell), known).places
    return [_Segment(tuple(p for p in places if p.level is level) or places, level, fold(cell))]


def _repeats(segment: _Segment, column: _Segment) -> bool:
    """The printed words say again what the column says: they add nothing, and need not be another unit."""
    return segment.words == column.words and segment.level in (None, column.level)


def _segments(words: str, known: Gazetteer) -> list[_Segment]:
    folded = fold(words)
    whole = known.find(folded)
    if whole:
        return [_Segment(whole, None, folded)]
    return [_segment(part, known) for part in _SPLIT.split(folded) if part.strip(" .-")]


def _segment(part: str, known: Gazetteer) -> _Segment:
    """The places one part may name; for "Hospital de Chincheros", the place at its end."""
    part = part.strip(" .-")
    level = None
    if m := _LEVEL_BEFORE.match(_LEAD.sub("", part)) or _LEVEL_AFTER.search(part):
        level = _LEVEL_WORDS[m["level"]]
    for name in _names_in(part):
        if places := known.find(name):
            at_level = tuple(p for p in places if level is None or p.level is level)
            return _Segment(at_level or places, level, name)
    return _Segment((), level, part)


def _names_in(part: str) -> list[str]:
    """What in a part may be a name of a place, best first."""
    bare = _LEVEL_AFTER.sub("", _LEVEL_BEFORE.sub("", _LEAD.sub("", part)))
    names = [part, _LEAD.sub("", part), bare, _LEAD.sub("", bare)]
    facility = _FACILITY.match(part)
    if facility and facility[0] in ("rio", "river", "puente", "sector", "carretera"):
        names.append(part[facility.end() :].strip())
    names += [part[m.end() :] for m in _TAIL.finditer(part)]
    names += [_LEAD.sub("", part[m.end() :]) for m in _TAIL.finditer(part)]
    return list(dict.fromkeys(name for name in names if name))


def _settle(words: str, parts: list[_Segment], printed: list[_Segment]) -> PlaceSaid:
    """Combine the parts, inner before outer: keep the candidates of the first that lie inside the others."""
    kept = parts[0].places
    note = None
    for nxt in parts[1:]:
        inside = _inside(kept, nxt.places)
        if inside:
            kept = inside
            continue
        around = common_container(tuple(dict.fromkeys(kept + nxt.places)))
        if _is_list(parts):
            return PlaceSaid(
                words, _if_inside_a_country(around), tuple(sorted({*kept, *nxt.places})), problem="ambiguous"
            )
        kept, note = nxt.places, "contradictory"
    if note == "contradictory":
        settled = _chosen(words, kept, None)
        return PlaceSaid(words, settled.place, settled.candidates, settled.note, "contradictory")
    if any(s.level and not any(p.level is s.level for p in s.places) for s in parts):
        note = "level_differs"
    elif not _printed_is_known(printed):
        note = "inner_unknown"
    return _chosen(words, kept, note)


def _printed_is_known(printed: list[_Segment]) -> bool:
    return all(s.places for s in printed[:1])


def _is_list(parts: list[_Segment]) -> bool:
    """ "Ayacucho, Andahuaylas, Lima": three or more places side by side, none inside another."""
    return len(parts) >= 3 and not any(
        _inside(a.places, b.places) for i, a in enumerate(parts) for b in parts[i + 1 :] if b.level is None
    )


def _inside(inner: tuple[Place, ...], outer: tuple[Place, ...]) -> tuple[Place, ...]:
    """The inner places that lie strictly inside some outer one; those that equal one when none does."""
    strictly = tuple(p for p in inner if any(o != p and o.contains(p) for o in outer))
    if strictly:
        return strictly
    equal = tuple(p for p in inner if p in outer)
    if equal:
        return equal
    return tuple(o for o in outer if any(p.contains(o) for p in inner))


def _chosen(words: str, kept: tuple[Place, ...], note: str | None) -> PlaceSaid:
    kept = tuple(sorted(set(kept), key=lambda p: (p.level.depth, p.code)))
    if len(kept) == 1:
        return PlaceSaid(words, kept[0], kept, note)
    around = common_container(kept)
    big = [p for p in kept if p.level is PlaceLevel.department]
    if len(big) == 1 and around != big[0]:
        return PlaceSaid(words, big[0], kept, "namesakes")
    if around in kept:
        return PlaceSaid(words, around, kept, note or "level_open")
    return PlaceSaid(words, _if_inside_a_country(around), kept, note, "ambiguous")


def _if_inside_a_country(place: Place | None) -> Place | None:
    return place if place and place.level is not PlaceLevel.country else None
