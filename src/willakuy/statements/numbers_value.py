"""How many people a source says, with the bound it says it with. Never an upper bound nobody gave.

Method: docs/method/numbers.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf

from willakuy.statements.errors import QuantityNotValid


class Bound(StrEnum):
    """What the words around a number make of it."""

    exactly = "exactly"
    at_least = "at_least"
    more_than = "more_than"
    at_most = "at_most"
    fewer_than = "fewer_than"
    about = "about"
    almost = "almost"
    between = "between"
    vague = "vague"


ABOUT_PERCENT = 10
"""How far "about" and "almost" reach when two figures are compared: a tenth. Never shown, never stored."""

VAGUE_WORDS = {
    2: ("varios", "several"),
    20: ("decenas", "tens"),
    24: ("docenas", "dozens"),
    200: ("cientos", "hundreds"),
    2000: ("miles", "thousands"),
}
"""The least a vague word can mean (two of its unit), with the word in Spanish and English."""

_SAID = {
    "es": {
        Bound.exactly: "{n}", Bound.at_least: "al menos {n}", Bound.more_than: "más de {n}", Bound.at_most: "como máximo {n}",
        Bound.fewer_than: "menos de {n}", Bound.about: "cerca de {n}", Bound.almost: "casi {n}", Bound.between: "entre {n} y {m}",
    },
    "en": {
        Bound.exactly: "{n}", Bound.at_least: "at least {n}", Bound.more_than: "more than {n}", Bound.at_most: "at most {n}",
        Bound.fewer_than: "fewer than {n}", Bound.about: "about {n}", Bound.almost: "almost {n}", Bound.between: "between {n} and {m}",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people as printed: ``lo`` is what is documented at the least (0 if nothing is).

    ``hi`` is ``None`` when nobody said an upper bound: "at least 40", "más de 50" (``lo`` 51), "decenas"
    (``lo`` 20). "About 722" keeps 722 at both ends and says so in ``bound``. "Almost 70" says no lower bound.

    Raises:
        QuantityNotValid: unless ``0 <= lo`` and ``lo <= hi``.
    """

    words: str
    lo: int
    hi: int | None = None
    bound: Bound = Bound.exactly

    def __post_init__(self) -> None:
        if self.lo < 0 or (self.hi is not None and self.hi < self.lo):
            raise QuantityNotValid(words=self.words, lo=self.lo, hi=self.hi)

    @classmethod
    def exactly(cls, n: int) -> Quantity:
        return cls(str(n), n, n, Bound.exactly)

    @property
    def is_exact(self) -> bool:
        """One number, said without any qualifier."""
        return self.bound is Bound.exactly and self.lo == self.hi

    def compatible(self, other: Quantity) -> bool:
        """Both can be true of the same people at the same moment."""
        a, b = self._reach()
        c, d = other._reach()
        return a <= d and c <= b

    def say(self, language: str) -> str:
        """In words of ``language`` (es, en). ``parse_quantity`` reads the phrase back to the same bounds."""
        if self.bound is Bound.vague:
            if self.hi is None and self.lo in VAGUE_WORDS:
                return VAGUE_WORDS[self.lo][0 if language == "es" else 1]
            return _SAID[language][Bound.at_least].format(n=figure(self.lo, language))
        n = {Bound.more_than: self.lo - 1, Bound.fewer_than: (self.hi or 0) + 1}.get(self.bound, self.lo)
        if self.bound in (Bound.at_most, Bound.almost) and self.hi is not None:
            n = self.hi
        return _SAID[language][self.bound].format(n=figure(n, language), m=figure(self.hi or 0, language))

    def _reach(self) -> tuple[float, float]:
        """Every number it can stand for; "about" and "almost" reach a tenth, and one person at the least."""
        lo, hi = self.lo, self.hi
        if hi is not None and self.bound is Bound.about:
            return max(0, min(lo - 1, -(-lo * (100 - ABOUT_PERCENT) // 100))), max(
                hi + 1, hi * (100 + ABOUT_PERCENT) // 100
            )
        if hi is not None and self.bound is Bound.almost:
            return max(lo, min(hi - 1, -(-hi * (100 - ABOUT_PERCENT) // 100))), hi
        return lo, inf if hi is None else hi


def figure(n: int, language: str) -> str:
    """``n`` in figures, grouped by three from 10,000 on: with a no-break space in Spanish, a comma in English."""
    if n < 10_000:
        return str(n)
    return f"{n:,}".replace(",", "\u00a0") if language == "es" else f"{n:,}"
