"""A date as precisely as it is known, in EDTF (ISO 8601-2), and what follows from it.

An unknown day is never the 1st: "January 2023" is ``2023-01`` and has 31 possible days.
Method: docs/method/dates.md.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from willakuy.statements.errors import DateNotEdtf


class DatePrecision(StrEnum):
    time = "time"
    day = "day"
    month = "month"
    year = "year"
    interval = "interval"


MARGIN_DAYS = {DatePrecision.time: 1, DatePrecision.day: 3, DatePrecision.month: 31, DatePrecision.year: 366}
"""How far an approximate date (``~``) may be off when two are compared. Never shown, never stored."""

_POINT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?:(?P<mark>[~?%])|(?<=-\d\d-\d\d)T(?P<time>\d{2}:\d{2}:\d{2}))?",
    re.ASCII,
)
_LOOSE_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.0+)?", re.ASCII)


class _Point(NamedTuple):
    first: dt.datetime
    last: dt.datetime
    precision: DatePrecision
    mark: str


class _Bounds(NamedTuple):
    start: _Point | None
    end: _Point | None
    is_interval: bool


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month, a year, a local time, or an interval of them; perhaps approximate (``~``).

    ``edtf`` is the canonical form, and equality is equality of it. Times are local to the place spoken of and
    carry no zone. Comparisons are to the day.

    Raises:
        DateNotEdtf: neither ``YYYY[-MM[-DD]]`` with or without ``~``, ``?`` or ``%``, nor two of those (one may be
            ``..``) around ``/``, nor ``YYYY-MM-DDThh:mm:ss``; or no such day.
    """

    edtf: str

    def __post_init__(self) -> None:
        _bounds(self.edtf)

    @classmethod
    def of(cls, value: dt.date | dt.datetime | str) -> PartialDate:
        """From a calendar value, or from text that is EDTF but for a missing second (``2023-01-30T12:30``).

        A ``datetime`` keeps its wall clock; a zone, if it has one, is not converted.
        """
        if isinstance(value, dt.datetime):
            return cls(value.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0"))
        if isinstance(value, dt.date):
            return cls(value.isoformat())
        text = value.strip()
        if loose := _LOOSE_TIME.fullmatch(text):
            return cls(f"{loose[1]}T{loose[2]}{loose[3] or ':00'}")
        return cls(text)

    @property
    def earliest(self) -> dt.date | None:
        """The first day it may be as written (``~`` not widened); ``None`` when no beginning was said."""
        start = _bounds(self.edtf).start
        return start.first.date() if start else None

    @property
    def latest(self) -> dt.date | None:
        """The last day it may be as written; ``None`` when no end was said."""
        end = _bounds(self.edtf).end
        return end.last.date() if end else None

    @property
    def earliest_moment(self) -> dt.datetime | None:
        """Local wall-clock time of the first possible second."""
        start = _bounds(self.edtf).start
        return start.first if start else None

    @property
    def latest_moment(self) -> dt.datetime | None:
        """Local wall-clock time of the last possible second."""
        end = _bounds(self.edtf).end
        return end.last if end else None

    @property
    def precision(self) -> DatePrecision:
        bounds = _bounds(self.edtf)
        if bounds.is_interval or bounds.start is None:
            return DatePrecision.interval
        return bounds.start.precision

    @property
    def is_approximate(self) -> bool:
        bounds = _bounds(self.edtf)
        return any(point.mark in ("~", "%") for point in (bounds.start, bounds.end) if point)

    @property
    def is_uncertain(self) -> bool:
        """The source itself doubts it (``?``)."""
        bounds = _bounds(self.edtf)
        return any(point.mark in ("?", "%") for point in (bounds.start, bounds.end) if point)

    @property
    def is_exact(self) -> bool:
        """One day (or one moment of it), said without "about" and without doubt."""
        return self.precision in (DatePrecision.day, DatePrecision.time) and not _bounds(self.edtf)[0].mark  # type: ignore[union-attr]

    @property
    def ends(self) -> tuple[PartialDate | None, PartialDate | None]:
        """Both ends of an interval (``None`` where open); twice itself otherwise."""
        if not _bounds(self.edtf).is_interval:
            return self, self
        first, second = self.edtf.split("/")
        return (None if first == ".." else PartialDate(first)), (None if second == ".." else PartialDate(second))

    @property
    def sort_key(self) -> tuple[dt.datetime, dt.datetime, str]:
        """Chronological order: by first possible moment, then last; open ends outermost."""
        first, last = self.earliest_moment, self.latest_moment
        return first or dt.datetime.min, last or dt.datetime.max, self.edtf  # noqa: DTZ901

    def overlaps(self, other: PartialDate) -> bool:
        """Both can be true of one event, given the margins of what is approximate."""
        (a, b), (c, d) = self._reach(), other._reach()
        return a <= d and c <= b

    def within(self, other: PartialDate) -> bool:
        """Certainly inside ``other``, wherever in its own reach the truth lies."""
        a, b = self._reach()
        return (other.earliest or dt.date.min) <= a and b <= (other.latest or dt.date.max)

    def on_or_before(self, day: dt.date) -> bool:
        """Certainly not after ``day``. A ``datetime`` is compared to the second with what is known to the second."""
        end = _bounds(self.edtf).end
        if end is None:
            return False
        if isinstance(day, dt.datetime):
            moment = day.replace(tzinfo=None)
            if end.precision is DatePrecision.time and not end.mark:
                return end.last <= moment
            day = moment.date()
        return self._reach()[1] <= day

    def days_apart(self, other: PartialDate) -> int:
        """Whole days between the two, at the least; 0 when they overlap."""
        (a, b), (c, d) = self._reach(), other._reach()
        return max(0, (c - b).days, (a - d).days)

    def say(self, language: str) -> str:
        """In words of ``language`` (es, en); what is unknown is not said."""
        from willakuy.statements.dates_say import say_date

        return say_date(self, language)

    def _reach(self) -> tuple[dt.date, dt.date]:
        bounds = _bounds(self.edtf)
        first = _shift(bounds.start.first.date(), -_margin(bounds.start)) if bounds.start else dt.date.min
        last = _shift(bounds.end.last.date(), _margin(bounds.end)) if bounds.end else dt.date.max
        return first, last


def month_of(year: int, month: int) -> PartialDate:
    return PartialDate(f"{year:04d}-{month:02d}")


def day_of(day: dt.date) -> PartialDate:
    return PartialDate(day.isoformat())


def span_of(first: PartialDate | None, last: PartialDate | None) -> PartialDate:
    """The interval from ``first`` to ``last``; ``None`` is an open end. Two equal ends are one date.

    EDTF knows no time of day inside an interval: a moment gives its day.
    """
    if first is not None and first == last:
        return first
    start = _untimed(first.ends[0]) if first else None
    end = _untimed(last.ends[1]) if last else None
    if start is not None and start == end:
        return start
    return PartialDate(f"{start.edtf if start else '..'}/{end.edtf if end else '..'}")


def _untimed(end: PartialDate | None) -> PartialDate | None:
    return PartialDate(end.edtf.partition("T")[0]) if end else None


@lru_cache(maxsize=16384)
def _bounds(edtf: str) -> _Bounds:
    first, slash, second = edtf.partition("/")
    if not slash:
        point = _point(edtf, first)
        return _Bounds(point, point, is_interval=False)
    start = None if first == ".." else _point(edtf, first)
    end = None if second == ".." else _point(edtf, second)
    if start is None and end is None:
        raise DateNotEdtf(value=edtf, reason="an interval needs one end")
    if DatePrecision.time in (start and start.precision, end and end.precision):
        raise DateNotEdtf(value=edtf, reason="an interval has days at its ends, not times")
    if start and end and start.first > end.last:
        raise DateNotEdtf(value=edtf, reason="it ends before it begins")
    return _Bounds(start, end, is_interval=True)


def _point(edtf: str, text: str) -> _Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise DateNotEdtf(value=edtf, reason=f'"{text}" has another form')
    year, mark = int(match["year"]), match["mark"] or ""
    month, day = int(match["month"] or 1), int(match["day"] or 1)
    try:
        first = dt.datetime(year, month, day)  # noqa: DTZ001 - local to the place spoken of
        if match["time"]:
            moment = dt.datetime.combine(first.date(), dt.time.fromisoformat(match["time"]))
            return _Point(moment, moment, DatePrecision.time, mark)
    except ValueError:
        raise DateNotEdtf(value=edtf, reason=f'"{text}" is not in the calendar') from None
    if match["day"]:
        precision, last_month, last_day = DatePrecision.day, month, day
    elif match["month"]:
        precision, last_month, last_day = DatePrecision.month, month, monthrange(year, month)[1]
    else:
        precision, last_month, last_day = DatePrecision.year, 12, 31
    return _Point(first, dt.datetime(year, last_month, last_day, 23, 59, 59), precision, mark)  # noqa: DTZ001


def _margin(point: _Point) -> int:
    return MARGIN_DAYS[point.precision] if point.mark in ("~", "%") else 0


def _shift(day: dt.date, days: int) -> dt.date:
    ordinal = min(max(day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(ordinal)
