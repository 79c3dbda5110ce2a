"""Ages as sources print them: a number, a range, a word, weeks of a pregnancy, a birth date.

Method: docs/method/numbers.md, "Ages".
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from willakuy.statements.dates_edtf import PartialDate
from willakuy.statements.dates_parse import parse_date
from willakuy.statements.folding import fold_aligned
from willakuy.statements.numbers_words import numbers_in


class AgeBand(StrEnum):
    """Stages of life, youngest first. ``minor`` is anyone under 18 of whom no more is said."""

    unborn = "unborn"
    newborn = "newborn"
    infant = "infant"
    child = "child"
    adolescent = "adolescent"
    minor = "minor"
    adult = "adult"
    older = "older"

    @property
    def rank(self) -> int:
        return list(AgeBand).index(self)


MAJORITY = 18
OLDER_FROM = 60
OLDEST = 125
BAND_YEARS: dict[AgeBand, tuple[int | None, int | None]] = {
    AgeBand.unborn: (None, None),
    AgeBand.newborn: (0, 0),
    AgeBand.infant: (0, 1),
    AgeBand.child: (0, MAJORITY - 1),
    AgeBand.adolescent: (10, MAJORITY - 1),
    AgeBand.minor: (0, MAJORITY - 1),
    AgeBand.adult: (MAJORITY, None),
    AgeBand.older: (OLDER_FROM, None),
}
"""Whole years each word can mean, both ends included."""


@dataclass(frozen=True, slots=True)
class AgeSaid:
    """An age as printed, in whole years at the time spoken of; ``lo``/``hi`` ``None`` where nothing was said.

    ``problem``: ``impossible`` (no such age), ``ambiguous`` ("1,5": the bounds hold every reading) or
    ``unresolved`` (no age in the words). The unborn have no years.
    """

    words: str
    lo: int | None = None
    hi: int | None = None
    is_about: bool = False
    band: AgeBand | None = None
    born: PartialDate | None = None
    problem: str | None = None

    def is_minor(self) -> bool | None:
        """Under 18, if the words settle it; ``None`` for the unborn and where they do not.

        "About 17" settles nothing; whoever must not name a minor should treat ``None`` as unknown, not as adult.
        """
        if self.band is AgeBand.unborn:
            return None
        margin = self._margin()
        if self.hi is not None and self.hi + margin < MAJORITY:
            return True
        if self.lo is not None and self.lo - margin >= MAJORITY:
            return False
        return None

    def compatible(self, other: AgeSaid, tolerance: int = 0) -> bool:
        """Both can be of one person, ``tolerance`` years apart at the most. Says nothing where nothing was said."""
        if AgeBand.unborn in (self.band, other.band):
            return self.band is other.band or (None in (self.band, other.band) and self._is_open() | other._is_open())
        slack = tolerance + self._margin() + other._margin()
        a, b = self.lo if self.lo is not None else 0, self.hi if self.hi is not None else OLDEST
        c, d = other.lo if other.lo is not None else 0, other.hi if other.hi is not None else OLDEST
        return a - slack <= d and c - slack <= b

    def on(self, day: dt.date) -> AgeSaid:
        """With the years filled in from the birth date, as of ``day``; the same if it has years already."""
        if self.born is None or self.lo is not None or self.hi is not None:
            return self
        first, last = self.born.earliest, self.born.latest
        hi = _years_between(first, day) if first else None
        lo = _years_between(last, day) if last else None
        if lo is not None and lo < 0:
            return AgeSaid(self.words, born=self.born, problem="impossible")
        return AgeSaid(self.words, lo, hi, self.born.is_approximate, _band(lo, hi), self.born)

    def _margin(self) -> int:
        """ "About 50" may be five years off, "about 30" three, never less than two. For comparing only."""
        return max(2, round((self.hi or self.lo or 0) * 0.1)) if self.is_about else 0

    def _is_open(self) -> bool:
        return self.lo is None and self.hi is None


_BAND_WORDS: list[tuple[AgeBand, str]] = [
    (AgeBand.unborn, r"fetos?|nonat[oa]s?|no\s+nacid[oa]|por\s+nacer|unborn|f(?:o)?etus|gestacion|gestation|embarazo"),
    (AgeBand.newborn, r"recien\s+nacid[oa]s?|neonat[oa]s?|new\s?-?born"),
    (AgeBand.infant, r"bebes?|lactantes?|bab(?:y|ies)|infants?"),
    (AgeBand.adolescent, r"adolescentes?|teen\s?-?agers?|adolescents?|teens"),
    (AgeBand.child, r"nin[oa]s?|child(?:ren)?|infantes?"),
    (
        AgeBand.older,
        r"adult[oa]s?\s+mayor(?:es)?|ancian[oa]s?|tercera\s+edad|elderly|older\s+(?:adult|person|people|man|woman)",
    ),
    (AgeBand.minor, r"menor(?:es)?(?:\s+de\s+edad)?|minors?|under\s?-?age"),
    (AgeBand.adult, r"adult[oa]?s?|mayor(?:es)?\s+de\s+edad"),
]
_BANDS = [(band, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for band, words in _BAND_WORDS]
_BORN = re.compile(
    r"(?<!\w)(?:nacid[oa]|nacio|nac\.|born|fecha\s+de\s+nacimiento|f\.\s?n\.)\s*:?\s*(?:el|en|on|in)?\s*"
)
_ABOUT = re.compile(
    r"(?<!\w)(?:aproximad[oa](?:mente)?|aprox|unos|unas|alrededor|cerca\s+de|about|around|approx\w*|circa|some)(?!\w)|[~≈]|c\.\s?\d"
)
_ALMOST = re.compile(r"(?<!\w)(?:casi|almost|nearly)(?!\w)")
_RANGE = re.compile(
    r"(?:entre|between|de|from)?\s*(\d{1,3})\s*(?:a(?:nos)?\s+(?:y|a|o)|-|/|\ba\b|\by\b|\bto\b|\band\b|\bo\b|\bor\b)\s*(\d{1,3})(?!\d)",
    re.ASCII,
)
_DECIMAL = re.compile(r"(?<!\d)(\d{1,2})[.,](\d{1,2})(?!\d)", re.ASCII)
_MONTHS = re.compile(r"(?<!\w)(?:meses|mes|months?|m)(?!\w)")
_WEEKS = re.compile(r"(?<!\w)(?:semanas?|weeks?)(?!\w)")
_DAYS = re.compile(r"(?<!\w)(?:dias?|days?|horas?|hours?)(?!\w)")
_YEARS = re.compile(r"(?<![a-z])(?:anos?|years?|yrs?|y/?o|a)(?![a-z])")
_UNDER = re.compile(r"(?<!\w)(?:menor(?:es)?\s+de|menos\s+de|under|younger\s+than|less\s+than|<)\s*\d")
_OVER = re.compile(r"(?<!\w)(?:mayor(?:es)?\s+de|older\s+than|at\s+least|al\s+menos|≥|>=)\s*\d")
_MORE = re.compile(r"(?<!\w)(?:mas\s+de|over|more\s+than|>)\s*\d")
_DECADE = re.compile(r"(?<!\w)(?:(?P<d>[1-9]0)\s?'?s|veinteanero|treintanero|cuarenton)(?!\w)")
LONGEST = 200


def parse_age(words: str) -> AgeSaid:
    """Read an age in Spanish or English. Never raises: what cannot be read has a ``problem``.

    "Menor de 15 años" is said both of a minor aged 15 and of one under 15: it is read as up to 15.
    "28 semanas" is a pregnancy when the words say so, otherwise ambiguous between that and weeks of life.
    """
    return _parse(words)


@lru_cache(maxsize=16384)
def _parse(words: str) -> AgeSaid:
    text = words.strip()
    if not text or len(text) > LONGEST:
        return AgeSaid(words, problem="unresolved")
    folded = fold_aligned(text)
    if m := _BORN.search(folded):
        said = parse_date(text[m.end() :])
        if said.value:
            return AgeSaid(words, born=said.value)
    folded = _in_figures(folded)
    about = bool(_ABOUT.search(folded))
    band = next((b for b, pattern in _BANDS if pattern.search(folded)), None)
    if band is AgeBand.unborn:
        return AgeSaid(words, band=band, is_about=about)
    if said_years := _years(words, folded, about, band):
        return said_years
    if band is not None:
        lo, hi = BAND_YEARS[band]
        return AgeSaid(words, lo, hi, band=band)
    return AgeSaid(words, problem="unresolved")


def _years(words: str, folded: str, about: bool, band: AgeBand | None) -> AgeSaid | None:
    """The age stated in numbers, or ``None`` if there are none."""
    if m := _DECADE.search(folded):
        tens = int(m["d"]) if m["d"] else {"v": 20, "t": 30, "c": 40}[m[0][0]]
        return _said(words, tens, tens + 9, about, band)
    if m := _DECIMAL.search(folded):
        whole, part = int(m[1]), m[2]
        if _YEARS.search(folded) or part == "0":
            return _said(words, whole, whole, about, band)
        readings = [r for r in (whole, int(m[1] + part), int(part)) if r <= OLDEST]
        return AgeSaid(
            words, min(readings), max(readings), about, _band(min(readings), max(readings)), problem="ambiguous"
        )
    if m := _RANGE.search(folded):
        lo, hi = sorted((int(m[1]), int(m[2])))
        return _said(words, lo, hi, about, band)
    m2 = re.search(r"(?<![\d.,-])(\d{1,4})(?!\d)", folded, re.ASCII)
    if not m2:
        return AgeSaid(words, problem="impossible") if re.search(r"-\s?\d", folded) else None
    return _one(words, folded, int(m2[1]), about, band)


def _one(words: str, folded: str, n: int, about: bool, band: AgeBand | None) -> AgeSaid:
    if _YEARS.search(folded) is None:
        if _WEEKS.search(folded):
            if n <= 4:
                return AgeSaid(words, 0, 0, about, AgeBand.newborn)
            return AgeSaid(words, 0, n // 52, about, band, problem="ambiguous")
        if _DAYS.search(folded):
            return AgeSaid(words, n // 365, n // 365, about, AgeBand.newborn if n < 28 else AgeBand.infant)
        if _MONTHS.search(folded):
            return _said(words, n // 12, n // 12, about, AgeBand.infant if n < 24 else band)
    if _UNDER.search(folded):
        return _said(words, None, n, about, AgeBand.minor if n <= MAJORITY else band)
    if _MORE.search(folded):
        return _said(words, n + 1, None, about, band)
    if _OVER.search(folded):
        return _said(words, n, None, about, band)
    if _ALMOST.search(folded):
        return _said(words, max(n - 1, 0), n, about, band)
    return _said(words, n, n, about, band)


def _said(words: str, lo: int | None, hi: int | None, about: bool, band: AgeBand | None) -> AgeSaid:
    if any(n is not None and n > OLDEST for n in (lo, hi)):
        return AgeSaid(words, problem="impossible")
    return AgeSaid(words, lo, hi, about, _band(lo, hi) or band)


def _band(lo: int | None, hi: int | None) -> AgeBand | None:
    """The stage of life that years alone settle."""
    if lo is not None and lo >= OLDER_FROM:
        return AgeBand.older
    if lo is not None and lo >= MAJORITY:
        return AgeBand.adult
    if hi is None or hi >= MAJORITY:
        return None
    if hi <= 1:
        return AgeBand.infant
    if hi < 12:
        return AgeBand.child
    return AgeBand.adolescent if lo is not None and lo >= 12 else AgeBand.minor


def _in_figures(folded: str) -> str:
    """Number words as figures: "veintinueve años" as "29 anos"."""
    for n in reversed([n for n in numbers_in(folded) if not n.is_figure]):
        if (
            folded[n.start : n.end] not in ("un", "una", "uno", "one")
            or _YEARS.search(folded)
            or _MONTHS.search(folded)
        ):
            folded = f"{folded[: n.start]}{n.value}{folded[n.end :]}"
    return folded


def _years_between(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


__all__ = ["AgeBand", "AgeSaid", "parse_age", "BAND_YEARS", "MAJORITY", "OLDER_FROM"]
