"""Whole numbers in figures and in words, Spanish and English, in text folded by ``fold_aligned``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ONES: dict[str, int] = {
    "cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
    "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veintiun": 21, "veintiuno": 21,
    "veintiuna": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26,
    "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: dict[str, int] = {
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_HUNDREDS: dict[str, int] = {
    "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
    "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600,
    "seiscientas": 600, "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800,
    "novecientos": 900, "novecientas": 900,
}  # fmt: skip
_SCALES: dict[str, int] = {
    "hundred": 100, "mil": 1000, "thousand": 1000, "millon": 10**6, "millones": 10**6, "million": 10**6,
}  # fmt: skip
_ANY = {**_ONES, **_TENS, **_HUNDREDS, **_SCALES}
_ENGLISH_TENS = frozenset(w for w in _TENS if w.endswith("ty"))

_WORD = "|".join(sorted(_ANY, key=lambda w: (-len(w), w)))
_PHRASE = re.compile(rf"(?<![\w-])(?:{_WORD})(?:(?:\s+y\s+|\s+and\s+|-|\s+)(?:{_WORD}))*(?![\w]|-\w)")
_TOKEN = re.compile(r"[a-z]+")
_FIGURE = re.compile(
    r"(?<![\w.,/:-])(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:\s+(?:mil|thousand|millon(?:es)?|million)\b)?(?![\w/:%]|[.,]\d|-\d|'\d)",
    re.ASCII,
)
LONGEST_FIGURE = 12
"""Digits; longer runs are identity or telephone numbers, never people."""


class Number(NamedTuple):
    start: int
    end: int
    value: int
    is_figure: bool


def numbers_in(folded: str) -> Iterator[Number]:
    """Every whole number, in order of appearance; "treinta y cinco" is one, "dos, tres" are two.

    Decimals, percentages, clocks and parts of a longer code ("143-2022-PCM") are not whole numbers.
    """
    found: list[Number] = []
    if any("0" <= c <= "9" for c in folded):
        for m in _FIGURE.finditer(folded):
            digits = re.match(r"[\d.,' ]*\d", m[0], re.ASCII)
            scale = _TOKEN.search(m[0])
            bare = re.sub(r"\D", "", digits[0]) if digits else ""
            if bare and len(bare) <= LONGEST_FIGURE:
                found.append(Number(*m.span(), int(bare) * (_SCALES[scale[0]] if scale else 1), is_figure=True))
    for m in _PHRASE.finditer(folded):
        found.extend(_split(m))
    return iter(sorted(found))


def _split(m: re.Match[str]) -> Iterator[Number]:
    """The numbers of one run of number words: a word that cannot continue a number begins another."""
    total = group = 0
    last = start = end = -1
    for token in _TOKEN.finditer(m[0]):
        word = token[0]
        if word in ("y", "and"):
            continue
        value = _ANY[word]
        if start >= 0 and not _continues(word, value, last, group, m[0][end : token.start()]):
            yield Number(m.start() + start, m.start() + end, total + group, is_figure=False)
            start, total, group = -1, 0, 0
        if start < 0:
            start = token.start()
        if word == "hundred":
            group = max(group, 1) * 100
        elif value >= 1000 and word in _SCALES:
            total, group = total + max(group, 1) * value, 0
        else:
            group += value
        last, end = value if word not in ("hundred",) else 100, token.end()
    if start >= 0:
        yield Number(m.start() + start, m.start() + end, total + group, is_figure=False)


def _continues(word: str, value: int, last: int, group: int, between: str) -> bool:
    """Whether ``word`` goes on with the number begun: tens take units, hundreds take both, scales take all."""
    joined_by_y = between.strip() == "y"
    if word == "hundred":
        return 0 < group < 10
    if value >= 1000:
        return last < value and group < 1000
    if last >= 1000:
        return not joined_by_y
    if last >= 100:
        return value < 100 and not joined_by_y
    if 20 <= last < 100 and last % 10 == 0:
        return 0 < value < 10 and (joined_by_y or between.strip() in ("", "-")) and between.strip() != "and"
    return False
