"""A date in the words of a language: whole phrases, and never more precision than is known."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from willakuy.statements.dates_words import MONTH_NAMES

if TYPE_CHECKING:
    from willakuy.statements.dates_edtf import PartialDate

_POINT = {
    "es": {
        "time": "{day} de {month} de {year}, {clock}",
        "day": "{day} de {month} de {year}",
        "month": "{month} de {year}",
        "year": "{year}",
    },
    "en": {
        "time": "{day} {month} {year}, {clock}",
        "day": "{day} {month} {year}",
        "month": "{month} {year}",
        "year": "{year}",
    },
}
_MARKED = {
    "es": {
        "~": {"time": "hacia el {said}", "day": "hacia el {said}", "month": "hacia {said}", "year": "hacia {said}"},
        "?": "{said} (dudoso)",
    },
    "en": {
        "~": {"time": "around {said}", "day": "around {said}", "month": "around {said}", "year": "around {said}"},
        "?": "{said} (doubtful)",
    },
}
_RANGE = {
    "es": {"both": "entre {first} y {last}", "until": "hasta {last}", "since": "desde {first}"},
    "en": {"both": "between {first} and {last}", "until": "until {last}", "since": "since {first}"},
}


def say_date(date: PartialDate, language: str) -> str:
    """``date`` in ``language`` (es, en): "9 de enero de 2023", "between 11 and 14 December 2022".

    ``parse_date`` reads every phrase back to the same date.
    """
    if date.precision != "interval":
        return _say_point(date, language)
    first, last = date.ends
    phrases = _RANGE[language]
    if first is None and last is not None:
        return phrases["until"].format(last=_say_end(last, language))
    if last is None and first is not None:
        return phrases["since"].format(first=_say_end(first, language))
    if first is None or last is None:
        raise ValueError("a date has at least one end")
    return phrases["both"].format(first=_say_first(first, last, language), last=_say_end(last, language))


def _say_end(date: PartialDate, language: str) -> str:
    """An end of an interval; a day takes its article in Spanish ("hasta el 9"), "around" has its own."""
    said = _say_point(date, language)
    return f"el {said}" if language == "es" and _has_day(date) and not date.is_approximate else said


def _say_first(first: PartialDate, last: PartialDate, language: str) -> str:
    """The first end, without the month and year it shares with the last."""
    both_plain = first.precision == last.precision == "day" and first.is_exact and last.is_exact
    a, b = first.earliest, last.earliest
    if not both_plain or a is None or b is None or a.year != b.year:
        return _say_end(first, language)
    if a.month == b.month:
        return f"el {a.day}" if language == "es" else str(a.day)
    shortened = _phrase(language, "day", a).rsplit(" de " if language == "es" else " ", 1)[0]
    return f"el {shortened}" if language == "es" else shortened


def _say_point(date: PartialDate, language: str) -> str:
    moment = date.earliest_moment
    if moment is None:
        raise ValueError("an open end is not a point")
    said = _phrase(language, date.precision, moment)
    if date.is_approximate:
        said = _MARKED[language]["~"][date.precision].format(said=said)  # type: ignore[index]
    if date.is_uncertain:
        said = str(_MARKED[language]["?"]).format(said=said)
    return said


def _phrase(language: str, precision: str, day: dt.date) -> str:
    clock = ""
    if isinstance(day, dt.datetime):
        clock = f"{day:%H:%M:%S}" if day.second else f"{day:%H:%M}"
    month = MONTH_NAMES[language][day.month - 1]
    return _POINT[language][precision].format(day=day.day, month=month, year=f"{day.year:04d}", clock=clock)


def _has_day(date: PartialDate) -> bool:
    return date.precision in ("day", "time")
