"""A place as a path from the country inward, and what a source said of one.

Method: docs/method/places.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from willakuy.statements.errors import PlaceCodeNotValid

_CODE = re.compile(r"[A-Z]{2}(?:\.[A-Za-z0-9-]{1,12}){0,6}", re.ASCII)


class PlaceLevel(StrEnum):
    """How far a code goes inward. Other countries use the same four, and ``place`` below them."""

    country = "country"
    department = "department"
    province = "province"
    district = "district"
    place = "place"

    @property
    def depth(self) -> int:
        return list(PlaceLevel).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """``PE.21.11.01``: Peru, Puno, San Román, Juliaca. What is not known is left off: ``PE.21`` is somewhere in Puno.

    Raises:
        PlaceCodeNotValid: not a country of two capitals followed by dotted parts.
    """

    code: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise PlaceCodeNotValid(value=self.code)

    @property
    def country(self) -> str:
        return self.code[:2]

    @property
    def level(self) -> PlaceLevel:
        return list(PlaceLevel)[min(self.code.count("."), 4)]

    @property
    def ubigeo(self) -> str | None:
        """The INEI code (2, 4 or 6 digits) of a place in Peru; ``None`` for the country and elsewhere."""
        return self.code[3:].replace(".", "") or None if self.country == "PE" else None

    @property
    def parent(self) -> Place | None:
        head, dot, _ = self.code.rpartition(".")
        return Place(head) if dot else None

    @property
    def containers(self) -> tuple[Place, ...]:
        """Itself and every place around it, innermost first."""
        parts = self.code.split(".")
        return tuple(Place(".".join(parts[:n])) for n in range(len(parts), 0, -1))

    def contains(self, other: Place) -> bool:
        """``other`` is this place or inside it."""
        return other.code == self.code or other.code.startswith(self.code + ".")

    def compatible(self, other: Place) -> bool:
        """Both can be true of one event: one contains the other. "Puno" and "Juliaca" are, "Puno" and "Cusco" are not."""
        return self.contains(other) or other.contains(self)

    @classmethod
    def of_ubigeo(cls, digits: str) -> Place:
        """Of INEI digits: ``"211101"``, ``"2111"``, ``"21"``."""
        if not re.fullmatch(r"(?:\d\d){1,3}", digits, re.ASCII):
            raise PlaceCodeNotValid(value=digits)
        return cls(".".join(["PE", *(digits[i : i + 2] for i in range(0, len(digits), 2))]))


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """A place as printed, and what it was read as.

    ``place`` is never more than the words settle: "Puno" may be the department, the province or the district,
    so ``place`` is the department, which contains the other two, and ``candidates`` holds all three.

    ``note`` (nothing to ask): ``level_open`` (nested places of one name), ``level_differs`` ("región de
    Andahuaylas": it is a province), ``inner_unknown`` (a smaller place the gazetteer does not have),
    ``namesakes`` (a department, and small places elsewhere of its name: read as the department).
    ``problem``: ``ambiguous`` (places of one name that lie apart; ``place`` is what contains them all, if less
    than the country), ``contradictory`` (a district said to be in a province it is not in) or ``unresolved``.
    """

    words: str
    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    note: str | None = None
    problem: str | None = None


def common_container(places: tuple[Place, ...]) -> Place | None:
    """The smallest place that contains all of ``places``."""
    if not places:
        return None
    return next((c for c in places[0].containers if all(c.contains(p) for p in places)), None)
