"""From the words of a date to the day they mean, or to the reason why not.

Method: docs/method/dates.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from willakuy.statements.dates_edtf import PartialDate, day_of, month_of, span_of
from willakuy.statements.dates_scan import Expression, scan
from willakuy.statements.errors import DateNotEdtf
from willakuy.statements.folding import fold_aligned


class DateOrder(StrEnum):
    """How a source orders the numbers of 03/04/2023."""

    day_first = "day_first"
    month_first = "month_first"


@dataclass(frozen=True, slots=True)
class DateSaid:
    """A date as printed, and how it was read.

    ``against`` is the day (EDTF) that "yesterday" or a missing year was counted from, when it was used.
    ``problem`` is ``None`` or a code: ``impossible`` (31/02/2023), ``ambiguous`` (``alternatives`` holds the
    readings, likeliest first), ``unresolved`` (nothing to count from, or no date in the words),
    ``weekday_differs`` (read by its number; the weekday printed beside it is another day's).
    """

    words: str
    value: PartialDate | None = None
    against: str | None = None
    alternatives: tuple[PartialDate, ...] = ()
    problem: str | None = None

    @property
    def readings(self) -> tuple[PartialDate, ...]:
        """Every date it may be: the value, or the alternatives still to be asked about."""
        return (self.value,) if self.value else self.alternatives


LONGEST_CELL = 400
"""Longer cells are prose, not dates; they are kept as printed and not read."""

_CONNECTOR = re.compile(r"[\s,]*(?:-|/|al?|hasta|y|to|and|until|through|till)(?:\s+(?:el|la|los|the))?(?:\s+dia)?\s*")
_APPROXIMATELY = re.compile(
    r"(?:\b(?:hacia|alrededor\s+del?|cerca\s+del?|aproximadamente|aprox\.?|circa|c\.|ca\.|about|around|approximately|near)"
    r"(?:\s+(?:el|la|the))?(?:\s+dia)?\s*|~\s*)$"
)
_UNTIL = re.compile(r"\b(?:hasta|until|till|up\s+to)(?:\s+(?:el|la|the))?(?:\s+dia)?\s*$")
_SINCE = re.compile(r"\b(?:desde|since|a\s+partir\s+del?|from)(?:\s+(?:el|la|the))?(?:\s+dia)?\s*$")
_ABOUT_AFTER = re.compile(r"[\s,]*\(?(?:aprox\w*\.?|approx\w*\.?)\)?")
_BEFORE = re.compile(r"\b(?:antes\s+del?|before|prior\s+to)(?:\s+(?:el|la|the|dia))*\s*$")
_AFTER = re.compile(r"\b(?:despues\s+del?|luego\s+del?|after)(?:\s+(?:el|la|the|dia))*\s*$")
_DOUBT = re.compile(r"\s*(?:\((?:dudoso|doubtful|\?)\)|\?)")


def parse_date(words: str, *, against: PartialDate | None = None, order: DateOrder | None = None) -> DateSaid:
    """Read a cell or phrase that was printed where a date belongs.

    Args:
        words: Spanish or English, any case; kept as they are in the result.
        against: the day relative words and missing years count from: the day of the list's entry, the as-of time
            or the publication. Less than a day settles only a missing year.
        order: of numeric dates, from ``column_order``; without it 03/04/2023 stays ambiguous.

    Never raises: what cannot be read has ``value`` ``None`` and a ``problem``.
    """
    return _parse(words, against, order)


def column_order(words: Iterable[str]) -> DateOrder | None:
    """The order that the cells of one column prove: some day above 12 stands first, or second, never both."""
    seen = set()
    for cell in words:
        for expression in scan(cell, fold_aligned(cell), is_cell=True) if len(cell) <= LONGEST_CELL else ():
            if expression.numbers:
                a, b, _ = expression.numbers
                if 12 < a <= 31 and 1 <= b <= 12:
                    seen.add(DateOrder.day_first)
                elif 12 < b <= 31 and 1 <= a <= 12:
                    seen.add(DateOrder.month_first)
    return seen.pop() if len(seen) == 1 else None


@lru_cache(maxsize=32768)
def _parse(words: str, against: PartialDate | None, order: DateOrder | None) -> DateSaid:
    text = words.strip()
    if not text or len(text) > LONGEST_CELL:
        return DateSaid(words, problem="unresolved")
    if edtf := _as_edtf(text):
        return DateSaid(words, edtf)
    folded = fold_aligned(text)
    expressions = _join_clock(scan(text, folded, is_cell=True))
    if not expressions:
        return DateSaid(words, problem="unresolved")
    said = [
        _marked(resolve(text[e.start : e.end], e, against, order), e, folded, expressions[i - 1].end if i else 0)
        for i, e in enumerate(expressions)
    ]
    if len(said) == 1:
        return replace(_opened(said[0], expressions[0], folded), words=words)
    if len(said) == 2 and _CONNECTOR.fullmatch(_between(folded, expressions)):
        return replace(_interval(said, expressions, text, order), words=words)
    return replace(_one_of(said), words=words)


def resolve(words: str, e: Expression, against: PartialDate | None, order: DateOrder | None) -> DateSaid:
    """The date one expression means, counted from ``against`` where it must be."""
    try:
        if e.kind == "numeric":
            said = _numeric(words, e, against, order)
        elif e.kind == "day":
            said = _day(words, e, against)
        elif e.kind == "month":
            said = _month(words, e, against)
        elif e.kind == "year" and e.year:
            said = DateSaid(words, PartialDate(f"{e.year:04d}"))
        elif e.kind == "decade" and e.year:
            said = DateSaid(words, PartialDate(f"{e.year:04d}/{e.year + 9:04d}"))
        else:
            said = _relative(words, e, against)
    except (ValueError, DateNotEdtf, OverflowError):
        return DateSaid(words, problem="impossible")
    is_cell_midnight = e.kind == "numeric" and e.clock == "00:00:00"
    if e.clock and not is_cell_midnight and said.value and said.value.precision == "day":
        return replace(said, value=PartialDate(f"{said.value.edtf}T{e.clock}"))
    return said


def _numeric(words: str, e: Expression, against: PartialDate | None, order: DateOrder | None) -> DateSaid:
    if e.numbers is None:
        raise ValueError("a numeric date has numbers")
    a, b, year = e.numbers
    readings = []
    for day, month in ((a, b), (b, a)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            readings.append(replace(e, kind="day", day=day, month=month, year=year))
    if order is not None:
        day, month = (a, b) if order is DateOrder.day_first else (b, a)
        readings = [replace(e, kind="day", day=day, month=month, year=year)]
    said = [_try_day(words, r, against) for r in readings]
    values = list(dict.fromkeys(s.value for s in said if s.value))
    if not values:
        unresolved = any(s.problem == "unresolved" for s in said)
        return DateSaid(words, problem="unresolved" if unresolved else "impossible")
    used = against.edtf if against and year is None else None
    if len(values) == 2 and against and against.latest:
        past = [v for v in values if v.latest and v.latest <= against.latest]
        if len(past) == 1:
            return DateSaid(words, past[0], against=against.edtf)
    if len(values) == 2:
        return DateSaid(words, against=used, alternatives=tuple(values), problem="ambiguous")
    return DateSaid(words, values[0], against=used)


def _try_day(words: str, e: Expression, against: PartialDate | None) -> DateSaid:
    try:
        return _day(words, e, against)
    except ValueError:
        return DateSaid(words, problem="impossible")


def _day(words: str, e: Expression, against: PartialDate | None) -> DateSaid:
    if e.month is None or e.day is None:
        raise ValueError("a day has a month")
    if e.year is not None:
        day = dt.date(e.year, e.month, e.day)
        problem = "weekday_differs" if e.weekday is not None and e.weekday != day.weekday() else None
        return DateSaid(words, _to_last(e, day), problem=problem)
    dt.date(2024, e.month, e.day)  # raises for a day no year has
    candidates = _years(e.month, e.day, against, e.tense)
    if not candidates or against is None:
        return DateSaid(words, problem="unresolved")
    day = candidates[0]
    if e.weekday is not None and day.weekday() != e.weekday:
        fitting = [c for c in candidates if c.weekday() == e.weekday]
        both = tuple(_to_last(e, d) for d in [day, *fitting[:1]])
        return DateSaid(words, against=against.edtf, alternatives=both, problem="ambiguous")
    return DateSaid(words, _to_last(e, day), against=against.edtf)


def _to_last(e: Expression, day: dt.date) -> PartialDate:
    """The day, or the interval up to the second day of "11 y 14 de diciembre"."""
    if e.last_day is None:
        return day_of(day)
    return span_of(day_of(day), day_of(day.replace(day=e.last_day)))


RECENT_DAYS, SOON_DAYS = 270, 90


def _years(month: int, day: int, against: PartialDate | None, tense: int = 0) -> list[dt.date]:
    """The years a date without a year may be of, likeliest first.

    The last one within nine months wins, else one within the next three, else the last one; "próximo" and "pasado"
    (``tense``) settle it.
    """
    if against is None or against.latest is None:
        return []
    base = against.latest
    if against.earliest is None:
        return []
    dates = [d for year in range(base.year + 1, base.year - 12, -1) if (d := _calendar(year, month, day))]
    past = [d for d in dates if d <= base]
    if tense > 0:
        return sorted(d for d in dates if d > base)
    soon = [d for d in dates if 0 < (d - base).days <= SOON_DAYS and tense == 0]
    inside = [d for d in past if d >= against.earliest]
    if len(inside) == 1:
        return inside + [d for d in past if d not in inside]
    if past and (base - past[0]).days > RECENT_DAYS:
        return soon + past
    return past + soon


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(words: str, e: Expression, against: PartialDate | None) -> DateSaid:
    if e.month is None:
        raise ValueError("a month has a number")
    if e.year is not None:
        return DateSaid(words, month_of(e.year, e.month))
    candidates = _years(e.month, 1, against)
    if not candidates or against is None:
        return DateSaid(words, problem="unresolved")
    return DateSaid(words, month_of(candidates[0].year, e.month), against=against.edtf)


def _relative(words: str, e: Expression, against: PartialDate | None) -> DateSaid:
    base = against.earliest if against and against.precision in ("day", "time") else None
    if against is None or base is None:
        return DateSaid(words, problem="unresolved")
    if e.kind == "weekday" and e.weekday is not None:
        value = _weekday(e, base)
    elif e.kind == "shift":
        value = _shifted(e, base)
    elif e.kind == "period":
        value = _period(e, base)
    elif e.kind == "clock":
        value = day_of(base)
    else:
        value = None
    if value is None:
        return DateSaid(words, problem="unresolved")
    return DateSaid(words, value, against=against.edtf)


def _weekday(e: Expression, base: dt.date) -> PartialDate | None:
    step = dt.timedelta(days=1 if e.tense > 0 else -1)
    day = base + step if e.tense else base
    for _ in range(400):
        if day.weekday() == e.weekday and e.day in (None, day.day):
            return day_of(day)
        day += step
    return None


def _shifted(e: Expression, base: dt.date) -> PartialDate | None:
    if e.unit == "day":
        return day_of(base + dt.timedelta(days=e.shift))
    if e.unit == "week":
        return PartialDate(f"{(base + dt.timedelta(days=7 * e.shift)).isoformat()}~")
    if e.unit == "month":
        months = base.year * 12 + base.month - 1 + e.shift
        return month_of(months // 12, months % 12 + 1)
    if e.unit == "year":
        return PartialDate(f"{base.year + e.shift:04d}")
    return day_of(base) if -e.shift <= 3 else PartialDate(f"{base.isoformat()}~")


def _period(e: Expression, base: dt.date) -> PartialDate:
    if e.unit == "year":
        return PartialDate(f"{base.year + e.tense:04d}")
    if e.unit == "month":
        months = base.year * 12 + base.month - 1 + e.tense
        return month_of(months // 12, months % 12 + 1)
    monday = base - dt.timedelta(days=base.weekday())
    if e.unit == "week":
        monday += dt.timedelta(days=7 * e.tense)
        return span_of(day_of(monday), day_of(monday + dt.timedelta(days=6)))
    saturday = monday + dt.timedelta(days=5)
    if saturday > base and e.tense <= 0:
        saturday -= dt.timedelta(days=7)
    elif e.tense > 0 and saturday <= base:
        saturday += dt.timedelta(days=7)
    return span_of(day_of(saturday), day_of(saturday + dt.timedelta(days=1)))


def _as_edtf(text: str) -> PartialDate | None:
    """Text already in EDTF, or a spreadsheet's midnight: ``2023-01-09 00:00:00`` is a day."""
    if not ("0" <= text[0] <= "9" or text[0] == "."):
        return None
    text = re.sub(r"^([\d-]{10})[T ]00:00(?::00(?:\.0+)?)?$", r"\1", text)
    try:
        return PartialDate.of(text)
    except DateNotEdtf:
        return None


def _join_clock(expressions: list[Expression]) -> list[Expression]:
    """ "8:50 p.m. del 11 de enero" is one moment, wherever the clock stands."""
    clocks = [e for e in expressions if e.kind == "clock"]
    days = [e for e in expressions if e.kind != "clock"]
    if len(clocks) == 1 and len(days) == 1:
        return [replace(days[0], clock=days[0].clock or clocks[0].clock)]
    return days or clocks[:1]


def _between(folded: str, expressions: list[Expression]) -> str:
    """The words between two dates, without what doubts the first or rounds the second."""
    between = folded[expressions[0].end : expressions[1].start]
    if doubt := _DOUBT.match(between):
        between = between[doubt.end() :]
    return _APPROXIMATELY.sub("", between)


def _marked(said: DateSaid, e: Expression, folded: str, since: int) -> DateSaid:
    """With ``~`` where the words before say "about", and ``?`` where the words after doubt. Moments take neither."""
    if said.value is None or said.value.precision in ("interval", "time") or said.value.edtf[-1] in "~?%":
        return said
    about = _APPROXIMATELY.search(folded[since : e.start]) or _ABOUT_AFTER.match(folded, e.end)
    doubt = _DOUBT.match(folded, e.end)
    mark = "%" if about and doubt else "~" if about else "?" if doubt else ""
    return replace(said, value=PartialDate(said.value.edtf + mark))


def _opened(said: DateSaid, e: Expression, folded: str) -> DateSaid:
    """Only one end was said: "desde el 10/12/22", "until January", "antes del 9 de enero"."""
    if said.value is None:
        return _opened_readings(said, e, folded)
    if said.value.precision == "interval":
        return said
    before = _APPROXIMATELY.sub("", folded[: e.start]) + " "
    if _UNTIL.search(before):
        return replace(said, value=span_of(None, said.value))
    if _SINCE.search(before):
        return replace(said, value=span_of(said.value, None))
    first, last = said.value.earliest, said.value.latest
    if first and _BEFORE.search(before):
        return replace(said, value=span_of(None, day_of(first - dt.timedelta(days=1))))
    if last and _AFTER.search(before):
        return replace(said, value=span_of(day_of(last + dt.timedelta(days=1)), None))
    return said


def _opened_readings(said: DateSaid, e: Expression, folded: str) -> DateSaid:
    """The same of each reading of an ambiguous date."""
    opened = [_opened(replace(said, value=reading), e, folded).value for reading in said.alternatives]
    return replace(said, alternatives=tuple(value for value in opened if value))


def _interval(said: list[DateSaid], expressions: list[Expression], text: str, order: DateOrder | None) -> DateSaid:
    """Two dates and a word that joins them; the first takes its year from the second."""
    first, last = said
    if last.value and expressions[0].kind in ("day", "month") and expressions[0].year is None:
        e = expressions[0]
        mark = first.value.edtf[-1] if first.value and first.value.edtf[-1] in "~?%" else ""
        first = resolve(text[e.start : e.end], e, last.value.ends[1], order)
        first = replace(first, value=PartialDate(first.value.edtf + mark)) if first.value and mark else first
    if first.value is None or last.value is None:
        return first if first.value is None else last
    try:
        value = span_of(first.value, last.value)
    except DateNotEdtf:
        return DateSaid("", alternatives=(first.value, last.value), problem="ambiguous")
    return DateSaid("", value, against=last.against)


def _one_of(said: list[DateSaid]) -> DateSaid:
    """Several dates in one cell: the most precise if all agree, otherwise all of them, to be asked about."""
    readings = list(dict.fromkeys(r for s in said for r in s.readings))
    against = next((s.against for s in said if s.against), None)
    if not readings:
        return DateSaid("", problem=said[0].problem)
    finest = min(readings, key=lambda d: (d.latest or dt.date.max) - (d.earliest or dt.date.min))
    if all(s.value for s in said) and all(finest.overlaps(r) for r in readings):
        return DateSaid("", finest, against=against)
    return DateSaid("", against=against, alternatives=tuple(readings), problem="ambiguous")
