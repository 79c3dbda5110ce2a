"""Find the expressions of time in folded text; say nothing yet of which day they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from willakuy.statements import dates_words as w


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression ``[start, end)`` and the parts it names.

    ``kind``: day, month, year, decade, numeric, weekday, shift (so many units from a day), period (last week), clock.
    ``tense``: -1 last, 0 plain or this, +1 next. ``numbers``: the three of a numeric date, as printed.
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    tense: int = 0
    shift: int = 0
    unit: str = ""
    numbers: tuple[int, int, int | None] | None = None
    clock: str = ""


_MONTH = w.any_of([*w.MONTHS, *w.MONTHS_SHORT])
_WEEKDAY = w.any_of(w.WEEKDAYS)
_DAY = rf"(?:\d{{1,2}}(?:\s?(?:st|nd|rd|th|º|°|ro|er|ero|o|do|vo))?|{w.any_of([*w.DAY_WORDS, *w.ORDINAL_DAYS])})"
_YEAR = r"(?:1[5-9]|20)\d\d"
_ORDINAL_TAIL = r"(?:\s?(?:st|nd|rd|th))?"
_WD_LEAD = rf"(?:(?P<wd>{_WEEKDAY})\s*[,(\[]?\s*(?:el\s+)?(?:dia\s+)?(?:the\s+)?)?"

_ISO = re.compile(
    r"(?<![\d/.-])(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"(?:[t ]+(?P<h>\d{2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:\.0+)?)?)?(?![\d-])",
    re.ASCII,
)
_ISO_BASIC = re.compile(r"(?<![\d/.,:-])(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?![\d/-])", re.ASCII)
_ISO_MONTH = re.compile(r"(?<![\d/.-])(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])(?![\d/-])", re.ASCII)
_NUMERIC = re.compile(
    r"(?<![\d/.,-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{2})(?![\d/-]|\.\d)", re.ASCII
)
_NUMERIC_SHORT = re.compile(r"(?<![\d/.,-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/-])", re.ASCII)
_DAY_MONTH = re.compile(
    rf"(?<![\w/.:-]){_WD_LEAD}(?P<d1>{_DAY})"
    rf"(?:\s*(?:,|-|\by(?:\s+el)?\b|\bal?\b|\bto\b|\band\b|\bthrough\b|\bhasta\s+el\b)\s*(?:the\s+)?(?P<d2>{_DAY}))?"
    rf"\s*[.…]*\s*(?:de(?:l\s+mes\s+de)?\s+|of\s+|[-/])?\s*(?P<m>{_MONTH})\b\.?[\])]?"
    rf"(?:\s*(?:,\s*|del?\s+ano\s+|del?\s+|[-/])?(?P<y>{_YEAR})\b(?![-/]\d)"
    r"|(?:[-/]|\s+'|(?<=\b[a-z]{3})\s+|(?<=\b[a-z]{3}\.)\s+)(?P<yy>\d\d)(?=\s*(?:$|[-.,;:)\](]))(?![.,:]\d))?",
    re.ASCII,
)
_MONTH_DAY = re.compile(
    rf"(?<![\w/.:-]){_WD_LEAD}(?P<m>{_MONTH})\b\.?\s+(?:the\s+)?(?P<d1>\d{{1,2}}){_ORDINAL_TAIL}(?![\d:%]|[.,]\d|\s*(?:mm|km|m|kg|hs?)\b)"
    rf"(?:\s*(?:-|\bto\b|\band\b|\bthrough\b)\s*(?P<d2>\d{{1,2}}){_ORDINAL_TAIL}(?![\d:]))?(?:,?\s+(?P<y>{_YEAR})\b)?",
    re.ASCII,
)
_MONTH_YEAR = re.compile(
    rf"(?<![\w/.:-])(?P<m>{_MONTH})\b\.?\s*(?:,|del?\s+ano|del?|of|-|/)?\s*(?P<y>{_YEAR})\b", re.ASCII
)
_MONTH_ONLY = re.compile(rf"(?:(?<=\bmid-)|(?<![\w/.:-]))(?P<m>{w.any_of(w.MONTHS)})\b", re.ASCII)
_YEAR_ONLY = re.compile(rf"(?<![\w/.,-])(?P<y>{_YEAR})(?![\w/-]|[.,]\d)", re.ASCII)
_DECADE = re.compile(
    r"(?<![\w/.,-])(?:(?:(?:la\s+)?decada\s+del?\s+(?:los\s+)?|(?:los\s+)?anos\s+)(?P<d1>(?:1[5-9]|20)\d0|[2-9]0)"
    r"|(?:the\s+)?(?P<d2>(?:1[5-9]|20)\d0)'?s)(?![\w/-]|[.,]\d)",
    re.ASCII,
)
_WEEKDAY_ONLY = re.compile(
    rf"(?<![\w-])(?:(?P<pre>pasado|ultimo|proximo|last|past|next|this|este|ese)\s+)?(?P<wd>{_WEEKDAY})\b"
    rf"(?:\s+(?P<post>pasado|ultimo|proximo|que\s+viene|(?P<d1>\d{{1,2}})(?![\d:.,/%-]|\s+[a-z]*(?:personas|people|dead|killed|muert|herid|fallec))))?",
    re.ASCII,
)
_SHIFT = re.compile(rf"(?<![\w-])(?P<w>{w.any_of(w.DAY_SHIFTS)})\b", re.ASCII)
_COUNT = rf"(?P<n>\d{{1,3}}|{w.any_of(w.COUNT_WORDS)})"
_AGO = re.compile(
    rf"(?<![\w-])(?:hace\s+(?:unos\s+|unas\s+|casi\s+)?{_COUNT}\s+(?P<u>{w.any_of(w.UNITS)})\b(?:\s+atras)?"
    rf"|{_COUNT.replace('<n>', '<n2>')}\s+(?P<u2>{w.any_of(w.UNITS)})\s+(?:ago|atras)\b)",
    re.ASCII,
)
_PERIOD_UNIT = r"semana|mes|ano|fin\s+de\s+semana|week|month|year|weekend"
_PERIOD = re.compile(
    rf"(?<![\w-])(?:(?P<pre>pasad[oa]|ultim[oa]|proxim[oa]|last|past|next|this|the|est[ea])\s+(?P<u>{_PERIOD_UNIT})\b"
    rf"|(?P<u2>semana|mes|ano|fin\s+de\s+semana)\s+(?P<post>pasad[oa]|anterior|proxim[oa]|que\s+viene|en\s+curso)\b"
    rf"|(?:el|over|on|at)\s+(?P<u3>fin\s+de\s+semana|weekend)\b)",
    re.ASCII,
)
_CLOCK_BODY = (
    r"(?P<h>\d{1,2})(?:[:.](?P<mi>\d{2}))(?::(?P<s>\d{2}))?\s*(?:h|hs|hrs?|horas?)?\.?\s*(?P<ap>[ap]\.?\s?m\b\.?)?"
)
_CLOCK = re.compile(rf"(?<![\d/.,:-]){_CLOCK_BODY}(?![\d/])", re.ASCII)
_CLOCK_AFTER = re.compile(rf"\s*,?\s*(?:a\s+las?\s+|at\s+|hacia\s+las?\s+|-\s*)?{_CLOCK_BODY}(?![\d/.])", re.ASCII)

_STREET_BEFORE = re.compile(rf"(?:{w.any_of(w.STREETS)})\s+(?:el\s+|de\s+|del\s+)?$")
_PART_OF_DAY = re.compile(r"\b(?:la|de|una|esa|por|media)\s+$")
_OF_AFTER = re.compile(r"\s+del?\b")
_TENSE_BEFORE = re.compile(r"\b(pasado|ultimo|proximo|last|next)\s+$")
_PAST_AFTER = re.compile(r"\s+(?:pasado|ultimo|last)\b")
_IN_BEFORE = re.compile(r"\bin\s+$")
_LEADS_MONTH = re.compile(
    r"(?:\b(?:in|since|during|until|by|early|late|mid|last|this|next|of|from|through|to|and|en|de|desde|hasta|durante|el|a|entre|"
    r"pasado|proximo|ultimo|este|y|del\s+mes\s+de|between)|mid-)\s*$"
)
_LEADS_YEAR = re.compile(
    r"\b(?:in|since|during|until|by|of|from|to|and|year|en|de|del|desde|hasta|durante|el|ano|entre|y|a|between)\s+$"
)
_CAPITAL_MONTHS = frozenset(
    {
        "may",
        "march",
        "mar",
        "set",
        "sep",
        "dec",
        "jan",
        "jun",
        "jul",
        "aug",
        "apr",
        "feb",
        "oct",
        "nov",
        "ene",
        "abr",
        "ago",
        "dic",
    }
)


def scan(text: str, folded: str, *, is_cell: bool) -> list[Expression]:
    """Every expression of time, in order, none inside another; the longest wins.

    ``is_cell`` when the whole text was printed where a date belongs: then a bare year, a bare month, "9/1" or
    a time of day is taken at its word. In running text these need a preposition before them, and names such as
    "Hospital Dos de Mayo" are passed over in both.
    """
    found = sorted(_all(text, folded, is_cell), key=lambda e: (-(e.end - e.start), e.start))
    spoken_for = bytearray(len(folded))
    taken: list[Expression] = []
    for expression in found:
        if not any(spoken_for[expression.start : expression.end]):
            taken.append(_with_clock(expression, folded))
            spoken_for[expression.start : expression.end] = b"\x01" * (expression.end - expression.start)
    taken.sort(key=lambda e: e.start)
    return [e for i, e in enumerate(taken) if e.kind != "clock" or i == 0 or taken[i - 1].end <= e.start]


_DIGIT = re.compile(r"\d")
_MONTH_BEGINS = re.compile(rf"(?<![a-z])(?:{'|'.join(sorted({name[:3] for name in w.MONTHS}))})")
"""No month is named without one of these: a quick look before the careful ones."""
LOOK_BACK = 60
"""Characters before an expression that may change what it is; a bound, so that long texts take time in proportion."""


def _before(pattern: re.Pattern[str], folded: str, at: int) -> re.Match[str] | None:
    return pattern.search(folded, max(0, at - LOOK_BACK), at)


def _all(text: str, folded: str, is_cell: bool) -> Iterator[Expression]:
    if _DIGIT.search(folded):
        yield from _numeric(folded, is_cell)
    if _MONTH_BEGINS.search(folded):
        yield from _worded(text, folded, is_cell)
    yield from _relative(text, folded, is_cell)


def _numeric(folded: str, is_cell: bool) -> Iterator[Expression]:
    for m in _ISO.finditer(folded):
        clock = f"{m['h']}:{m['mi']}:{m['s'] or '00'}" if m["h"] else ""
        yield Expression(
            *m.span(), "day", int(m["y"]), int(m["m"]), int(m["d"]), clock="" if clock == "00:00:00" else clock
        )
    for m in _NUMERIC.finditer(folded):
        yield Expression(*m.span(), "numeric", numbers=(int(m["a"]), int(m["b"]), _century(m["c"])))
    for m in _DECADE.finditer(folded):
        year = int(m["d1"] or m["d2"])
        yield Expression(*m.span(), "decade", year=year if year > 99 else 1900 + year)
    for m in _YEAR_ONLY.finditer(folded):
        if is_cell or _before(_LEADS_YEAR, folded, m.start()):
            yield Expression(*m.span(), "year", year=int(m["y"]))
    if is_cell:
        for m in _ISO_BASIC.finditer(folded):
            yield Expression(*m.span(), "day", int(m["y"]), int(m["m"]), int(m["d"]))
        for m in _ISO_MONTH.finditer(folded):
            yield Expression(*m.span(), "month", year=int(m["y"]), month=int(m["m"]))
        for m in _NUMERIC_SHORT.finditer(folded):
            yield Expression(*m.span(), "numeric", numbers=(int(m["a"]), int(m["b"]), None))
        for m in _CLOCK.finditer(folded):
            if clock := clock_of(m):
                yield Expression(*m.span(), "clock", clock=clock)


def _worded(text: str, folded: str, is_cell: bool) -> Iterator[Expression]:
    names: list[tuple[int, int]] = []
    for m in _DAY_MONTH.finditer(folded):
        if _before(_STREET_BEFORE, folded, m.start()) or _is_a_name(text, m):
            names.append(m.span())
        elif _is_month(text, m, is_cell):
            yield _dated(m, folded)
    for m in _MONTH_DAY.finditer(folded):
        bare = not m["y"] and not m["wd"] and _before(_IN_BEFORE, folded, m.start())
        if not bare and _is_month(text, m, is_cell):
            yield _dated(m, folded)
    for m in _MONTH_YEAR.finditer(folded):
        yield Expression(*m.span(), "month", year=int(m["y"]), month=_month(m["m"]))
    for m in _MONTH_ONLY.finditer(folded):
        led = _before(_LEADS_MONTH, folded, m.start()) and not _before(_STREET_BEFORE, folded, m.start())
        if any(a <= m.start() < b for a, b in names):
            continue
        if is_cell or (led and _is_month(text, m, is_cell)):
            yield Expression(*m.span(), "month", month=_month(m["m"]))


def _relative(text: str, folded: str, is_cell: bool) -> Iterator[Expression]:
    for m in _WEEKDAY_ONLY.finditer(folded):
        tense = _tense(m["pre"] or m["post"] or "")
        day = int(m["d1"]) if m["d1"] else None
        yield Expression(*m.span(), "weekday", day=day, weekday=w.WEEKDAYS[m["wd"]], tense=tense)
    for m in _SHIFT.finditer(folded):
        word = " ".join(m["w"].split())
        if word == "manana" and _before(_PART_OF_DAY, folded, m.start()):
            continue
        if word == "manana" and _OF_AFTER.match(folded, m.end()):
            continue
        if is_cell or word not in w.NOT_IN_RUNNING_TEXT:
            yield Expression(*m.span(), "shift", shift=w.DAY_SHIFTS[word], unit="day")
    for m in _AGO.finditer(folded):
        count, unit = m["n"] or m["n2"], w.UNITS[m["u"] or m["u2"]]
        yield Expression(*m.span(), "shift", shift=-(w.COUNT_WORDS.get(count) or int(count)), unit=unit)
    for m in _PERIOD.finditer(folded):
        unit = m["u"] or m["u2"] or m["u3"]
        tense = _tense(m["pre"] or m["post"] or "")
        if m["pre"] == "the" and unit != "weekend":
            continue
        yield Expression(
            *m.span(), "period", tense=tense, unit="weekend" if "fin" in unit else _PERIOD_OF.get(unit, unit)
        )


_PERIOD_OF = {"semana": "week", "mes": "month", "ano": "year"}


def _dated(m: re.Match[str], folded: str) -> Expression:
    short = m.groupdict().get("yy")
    tense = -1 if _PAST_AFTER.match(folded, m.end()) else 0
    if lead := _before(_TENSE_BEFORE, folded, m.start()):
        tense = _tense(lead[1])
    stops_after_whole_word = folded[m.end() - 1] == "." and m["m"] in w.MONTHS
    return Expression(
        m.start(),
        m.end() - stops_after_whole_word,
        "day",
        tense=tense,
        year=int(m["y"]) if m["y"] else _century(short) if short else None,
        month=_month(m["m"]),
        day=_day(m["d1"]),
        last_day=_day(m["d2"]) if m["d2"] else None,
        weekday=w.WEEKDAYS[m["wd"]] if m["wd"] else None,
    )


def _with_clock(expression: Expression, folded: str) -> Expression:
    """The same, with the time of day printed right after it."""
    if expression.kind not in ("day", "numeric", "weekday", "shift") or expression.clock:
        return expression
    m = _CLOCK_AFTER.match(folded, expression.end)
    if m and (clock := clock_of(m)):
        return replace(expression, end=m.end(), clock=clock)
    return expression


def clock_of(m: re.Match[str]) -> str:
    """``hh:mm:ss`` on the 24-hour clock, or "" if there is no such time."""
    hour, minute, second = int(m["h"]), int(m["mi"]), int(m["s"] or 0)
    half = (m["ap"] or "")[:1]
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return ""
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def _month(word: str) -> int:
    return w.MONTHS.get(word) or w.MONTHS_SHORT[word]


def _day(word: str) -> int:
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits[0])
    word = " ".join(word.split())
    return w.DAY_WORDS.get(word) or w.ORDINAL_DAYS[word]


def _century(digits: str) -> int:
    """Two digits are a year of this century up to 49, of the last from 50."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _tense(word: str) -> int:
    if word.startswith(("pasad", "ultim", "last", "past", "anterior")):
        return -1
    return 1 if word.startswith(("proxim", "next", "que")) else 0


def _is_month(text: str, m: re.Match[str], is_cell: bool) -> bool:
    """Not "may" the verb nor "set" the noun: in running text those months need their capital letter."""
    if is_cell or m["m"] not in _CAPITAL_MONTHS:
        return True
    return text[m.start("m")].isupper()


def _is_a_name(text: str, m: re.Match[str]) -> bool:
    """A day spelled with a capital in mid-sentence is a name: the "Dos de Mayo"."""
    first = m.start("d1")
    return text[first].isupper() and text[first].isalpha() and not m["y"] and first > 0 and text[m.start("m")].isupper()
