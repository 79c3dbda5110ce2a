"""Names, codes and positions of places, one gazetteer a country.

Peru's is bundled. Another country's is a package that registers, under the entry point group
``willakuy.gazetteers``, a function of no arguments that returns a ``Gazetteer``; the entry's name is the ISO 3166
code of the country.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple, Protocol

from willakuy.statements.errors import GazetteerUnknown
from willakuy.statements.folding import fold
from willakuy.statements.places_value import Place


class Gazetteer(Protocol):
    """What the reading of places needs to know of a country."""

    @property
    def country(self) -> str: ...

    def find(self, words: str) -> tuple[Place, ...]:
        """Every place of that name, of any level, outermost first; a seat's name finds its district."""
        ...

    def opens(self, word: str) -> bool:
        """Whether some name begins with this word; for passing over the words of a text quickly."""
        ...

    def name(self, place: Place, language: str) -> str: ...

    def path(self, place: Place, language: str) -> tuple[str, ...]:
        """Names from the place outward, without the country: ("Juliaca", "San Román", "Puno")."""
        ...

    def position(self, place: Place) -> tuple[float, float] | None:
        """Latitude and longitude in degrees of the seat of the place."""
        ...

    def children(self, place: Place) -> tuple[Place, ...]: ...

    def __contains__(self, place: Place) -> bool: ...

    def __hash__(self) -> int: ...


class _Unit(NamedTuple):
    name: str
    position: tuple[float, float] | None


class TableGazetteer:
    """A gazetteer from the rows of a table: code, name, seat, latitude, longitude, other spellings (``;``)."""

    def __init__(self, country: str, names: dict[str, str], rows: list[list[str]]) -> None:
        self._country = country
        self._names = names
        self._units: dict[str, _Unit] = {country: _Unit(names["en"], None)}
        self._found: dict[str, list[str]] = {}
        self._openings: set[str] = set()
        self._children: dict[str, list[str]] = {}
        for names_here in names.values():
            self._index(names_here, country)
        for code, name, seat, latitude, longitude, also in rows:
            at = (float(latitude), float(longitude)) if latitude else None
            self._units[code] = _Unit(name, at)
            self._children.setdefault(code.rpartition(".")[0], []).append(code)
            for spelling in (name, seat, *also.split(";")):
                if spelling:
                    self._index(spelling, code)

    @property
    def country(self) -> str:
        return self._country

    def find(self, words: str) -> tuple[Place, ...]:
        return tuple(Place(code) for code in self._found.get(fold(words), ()))

    def opens(self, word: str) -> bool:
        return fold(word) in self._openings

    def knows(self, folded: str) -> bool:
        """Whether some place has this name, already folded."""
        return folded in self._found

    def name(self, place: Place, language: str) -> str:
        if place.code == self._country:
            return self._names.get(language, self._names["en"])
        return self._units[place.code].name

    def path(self, place: Place, language: str) -> tuple[str, ...]:
        return tuple(self.name(p, language) for p in place.containers if p.code != self._country)

    def position(self, place: Place) -> tuple[float, float] | None:
        unit = self._units.get(place.code)
        if unit is None or unit.position or place.code == self._country:
            return unit.position if unit else None
        seats = self._children.get(place.code, ())
        return self.position(Place(seats[0])) if seats else None

    def children(self, place: Place) -> tuple[Place, ...]:
        return tuple(Place(code) for code in self._children.get(place.code, ()))

    def __contains__(self, place: Place) -> bool:
        return place.code in self._units

    def __len__(self) -> int:
        return len(self._units)

    def _index(self, spelling: str, code: str) -> None:
        folded = fold(spelling)
        self._openings.add(folded.partition(" ")[0])
        codes = self._found.setdefault(folded, [])
        if code not in codes:
            codes.append(code)


@cache
def gazetteer(country: str) -> Gazetteer:
    """The gazetteer of a country (ISO 3166, two letters), loaded once.

    Raises:
        GazetteerUnknown: none is bundled or installed.
    """
    if country == "PE":
        return _peru()
    for entry in entry_points(group="willakuy.gazetteers"):
        if entry.name == country:
            made: Gazetteer = entry.load()()
            return made
    raise GazetteerUnknown(country=country, known=", ".join(countries()))


def countries() -> tuple[str, ...]:
    """Countries whose gazetteer is bundled or installed."""
    return tuple(sorted({"PE", *(entry.name for entry in entry_points(group="willakuy.gazetteers"))}))


def _peru() -> TableGazetteer:
    """A province and a department have the position of their first district, which INEI makes the seat."""
    text = (Path(__file__).parent / "data" / "gazetteers" / "PE.tsv").read_text("utf-8")
    rows = []
    for line in text.splitlines()[1:]:
        ubigeo, *rest = line.split("\t")
        code = "PE." + ".".join(ubigeo[i : i + 2] for i in range(0, len(ubigeo), 2))
        rows.append([code, *rest, *[""] * (5 - len(rest))])
    return TableGazetteer("PE", {"es": "Perú", "en": "Peru"}, rows)
