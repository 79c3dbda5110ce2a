"""The places in running text, each with the characters that name it. Candidates only; a person decides."""

from __future__ import annotations

import re
from functools import lru_cache

from willakuy.statements.folding import fold
from willakuy.statements.places_gazetteer import Gazetteer, gazetteer
from willakuy.statements.places_read import parse_place
from willakuy.statements.places_value import PlaceSaid

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_JOIN = re.compile(
    r"\s*,\s*|\s*\(\s*|\s+en\s+(?:la\s+región\s+(?:de\s+)?|el\s+departamento\s+de\s+|la\s+provincia\s+de\s+)?|\s*,?\s*(?:provincia|departamento|región|province|department|region)\s+(?:de\s+|of\s+)?|\s*,\s*in\s+"
)
_LEVEL_LEAD = re.compile(
    r"\b(?:distrito|provincia|departamento|región|region|province|district|department|ciudad|city)\s+(?:de\s+|of\s+)?$",
    re.IGNORECASE,
)
_OF_A_THING = re.compile(
    r"\b(?:[Aa]venida|[Aa]v\.?|[Jj]irón|[Jj]r\.?|[Cc]alle|[Hh]ospital|[Pp]laza|[Cc]olegio|[Uu]niversidad|[Aa]eropuerto|[Ss]treet|[Aa]venue)\s+(?:[A-ZÁÉÍÓÚÑ][\w.]*\s+)*$"
)
_SMALL = frozenset({"de", "del", "la", "las", "los", "el", "y"})
LONGEST_NAME = 6


def find_places(text: str, *, country: str = "PE") -> list[tuple[int, int, PlaceSaid]]:
    """Every place named in ``text``: ``(start, end, said)``, "Chala (Arequipa)" as one.

    Names need their capitals. A name that is part of a longer one ("Roger Callo Huatasani", "avenida Puno",
    "Lima Gris") is passed over, and so is a district whose name several districts share, unless the text calls it a
    district or names what it lies in.
    """
    known = gazetteer(country)
    spans = _spans(text, known)
    found = []
    i = 0
    while i < len(spans):
        start, end = spans[i]
        j = i + 1
        while j < len(spans) and _JOIN.fullmatch(text[end : spans[j][0]]) and _fits(text[start : spans[j][1]], country):
            end = spans[j][1]
            j += 1
        i = j
        if "(" in text[start:end] and text[end : end + 1] == ")":
            end += 1
        if lead := _LEVEL_LEAD.search(text, max(0, start - 40), start):
            start = lead.start()
        said = parse_place(text[start:end], country=country)
        if _is_worth_showing(said):
            found.append((start, end, said))
    return found


def _is_worth_showing(said: PlaceSaid) -> bool:
    return said.problem is None and said.place is not None


def _fits(words: str, country: str) -> bool:
    return parse_place(words, country=country).problem is None


def _spans(text: str, known: Gazetteer) -> list[tuple[int, int]]:
    """Where a name of the gazetteer stands on its own, longest first at each place."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    spans = []
    i = 0
    while i < len(words):
        length = _longest(text, words, i, known)
        if length:
            start, end = words[i][0], words[i + length - 1][1]
            if _stands_alone(text, words, i, i + length - 1):
                spans.append((start, end))
            i += length
        else:
            i += 1
    return spans


def _longest(text: str, words: list[tuple[int, int]], i: int, known: Gazetteer) -> int:
    if not text[words[i][0]].isupper() or not _opens(known, text[slice(*words[i])]):
        return 0
    best = 0
    for n in range(1, LONGEST_NAME + 1):
        if i + n > len(words):
            break
        start, end = words[i][0], words[i + n - 1][1]
        last = text[words[i + n - 1][0] : end]
        if n > 1 and text[words[i + n - 2][1] : words[i + n - 1][0]].strip():
            break
        if not last[0].isupper() and last not in _SMALL:
            break
        if _has(known, text[start:end]):
            best = n
    return best


@lru_cache(maxsize=65536)
def _opens(known: Gazetteer, word: str) -> bool:
    return known.opens(word)


@lru_cache(maxsize=65536)
def _has(known: Gazetteer, words: str) -> bool:
    """A text asks for the same capitalised words again and again."""
    return bool(known.find(fold(words)))


def _stands_alone(text: str, words: list[tuple[int, int]], first: int, last: int) -> bool:
    """Not a piece of a longer proper name, and not what a street or hospital is called after."""
    if _OF_A_THING.search(text, max(0, words[first][0] - 60), words[first][0]):
        return False
    if first > 0:
        before, between = text[slice(*words[first - 1])], text[words[first - 1][1] : words[first][0]]
        starts = first - 1 == 0 or text[: words[first - 1][0]].rstrip()[-1:] in ".!?\n"
        if between == " " and before[0].isupper() and not (starts and before.lower() in _OPENERS):
            return False
    if last + 1 < len(words):
        after, between = text[slice(*words[last + 1])], text[words[last][1] : words[last + 1][0]]
        if between == " " and after[0].isupper() and not after.isupper():
            return False
    return True


_OPENERS = frozenset(
    {"en", "in", "de", "desde", "from", "at", "near", "hasta", "para", "a", "la", "el", "the", "and", "y"}
)
