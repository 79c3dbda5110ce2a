"""From a row as printed to a comparable record."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from willakuy.linkage.columns import ROLES, Roles
from willakuy.linkage.names_tokens import NameTokens, tokens_of, tokens_of_parts
from willakuy.linkage.scripts import comparable
from willakuy.linkage.values import PLACE_LEVELS, Record
from willakuy.statements.ages import parse_age
from willakuy.statements.dates import DateOrder, column_order, parse_date
from willakuy.statements.names import fold

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_COMPACT = re.compile(r"((?:1[6-9]|20)\d\d)(\d\d)(\d\d)")
_WHOLE = re.compile(r"\d{1,3}(?:\.0+)?")
_MALE = frozenset(["m", "male", "masculino", "hombre", "varon", "man", "h", "masc", "boy", "nino"])
_FEMALE = frozenset(["f", "female", "femenino", "mujer", "woman", "fem", "girl", "nina"])
_NOTHING = frozenset(
    [
        "na",
        "n/a",
        "nan",
        "null",
        "none",
        "unknown",
        "desconocido",
        "desconocida",
        "sin",
        "dato",
        "?",
        "-",
        "--",
        "s/d",
        "sd",
        "nd",
        "n.d.",
    ]
)

_MONTHS = {
    name: month
    for month, names in {
        "January": "janvier janeiro января январь січня يناير", "February": "fevrier fevereiro февраля февраль лютого فبراير",
        "March": "mars marco марта март березня مارس", "April": "avril abril апреля апрель квітня ابريل أبريل",
        "May": "mai maio мая май травня مايو", "June": "juin junho июня июнь червня يونيو",
        "July": "juillet julho июля июль липня يوليو", "August": "aout agosto августа август серпня اغسطس أغسطس",
        "September": "septembre setembro сентября сентябрь вересня سبتمبر", "October": "octobre outubro октября октябрь жовтня اكتوبر أكتوبر",
        "November": "novembre novembro ноября ноябрь листопада نوفمبر", "December": "decembre dezembro декабря декабрь грудня ديسمبر",
    }.items()
    for name in names.split()
}  # fmt: skip
"""Months of languages in which dates are not read otherwise: French, Portuguese, Russian, Ukrainian, Arabic."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class RowReader:
    """What a list's columns are, and how its numeric dates are ordered (proved by the column, else unknown)."""

    roles: Roles
    order: Mapping[str, DateOrder | None]
    columns: Mapping[str, tuple[str, ...]]
    """The columns of each role."""
    extra: tuple[tuple[str, str], ...]
    """Columns of no known role, each with the name under which it is compared."""
    printed: tuple[str, ...]

    @classmethod
    def of(cls, roles: Roles, rows: Sequence[Mapping[str, str]]) -> RowReader:
        columns = (*roles.columns("died"), *roles.columns("birth"))
        order = {}
        for column in columns:
            sample = [v for row in rows if (v := row.get(column, "")) and not _ISO.fullmatch(v)]
            order[column] = column_order(sample[:5000])
        printed = tuple(c for c, role in roles.of if role not in ("id", "ignore"))
        by_role = {role: roles.columns(role) for role in ROLES}
        return cls(roles, order, by_role, tuple((c, fold_header(c)) for c in by_role["extra"]), printed)


def record_of(row: Mapping[str, str], rec_id: str, list_id: str, reader: RowReader, *, where: str) -> Record:
    """The record of one row. Cells that cannot be read say nothing; they stay in ``printed``."""
    columns = reader.columns
    return Record(
        rec_id=rec_id,
        list_id=list_id,
        names=names_of(row, columns),
        age=next((a for c in columns["age"] if (a := age_of(row.get(c, "")))), None),
        born=_born(row, reader),
        died=next((d for c in columns["died"] if (d := day_span(row.get(c, ""), reader.order.get(c)))), None),
        sex=next((s for c in columns["sex"] if (s := sex_of(row.get(c, "")))), ""),
        place=_place(row, columns),
        extra=tuple((name, v) for c, name in reader.extra if (v := value_of(row.get(c, "")))),
        printed=tuple((c, v) for c in reader.printed if (v := row.get(c, "")) and not v.isspace()),
        where=where,
    )


def names_of(row: Mapping[str, str], columns: Mapping[str, tuple[str, ...]]) -> tuple[NameTokens, ...]:
    found: list[NameTokens] = []
    given, surname = columns["given"], columns["surname"]
    if given or surname:
        first = " ".join(v for c in given if (v := _known(row.get(c, ""))))
        last = " ".join(v for c in surname if (v := _known(row.get(c, ""))))
        found.append(tokens_of_parts(first, last))
    found += [tokens_of(v) for c in columns["name"] if (v := _known(row.get(c, "")))]
    kept = tuple(dict.fromkeys(n for n in found if n.tokens))
    if not kept:
        kept = tuple(n for c in columns["name_other"] if (n := tokens_of(_known(row.get(c, "")))).tokens)
    return kept


@lru_cache(maxsize=16384)
def age_of(words: str) -> tuple[int, int] | None:
    """Both ends of the age in whole years, widened where it was said with "about"."""
    text = words.strip()
    if _WHOLE.fullmatch(text):
        years = int(float(text))
        return (years, years) if years <= 125 else None
    return _age_in_words(text) if text else None


def _age_in_words(text: str) -> tuple[int, int] | None:
    said = parse_age(text)
    if said.lo is None and said.hi is None:
        return None
    margin = 2 if said.is_about else 0
    return max(0, (said.lo or 0) - margin), min(125, (125 if said.hi is None else said.hi) + margin)


@lru_cache(maxsize=65536)
def day_span(words: str, order: DateOrder | None = None) -> tuple[int, int] | None:
    """First and last possible day, as ordinals."""
    text = words.strip()
    if not text:
        return None
    if m := _ISO.fullmatch(text[:10]) or _COMPACT.fullmatch(text):
        try:
            day = dt.date(int(m[1]), int(m[2]), int(m[3])).toordinal()
            return day, day
        except ValueError:
            return None
    return _span_in_words(text, order)


def _span_in_words(text: str, order: DateOrder | None) -> tuple[int, int] | None:
    told = _LETTERS.sub(lambda m: _MONTHS.get(m[0].casefold()) or _MONTHS.get(fold(m[0]), m[0]), text)
    readings = parse_date(told, order=order).readings
    days = [(r.earliest, r.latest) for r in readings]
    known = [(a, b) for a, b in days if a and b]
    if not known:
        return None
    return min(a for a, _ in known).toordinal(), max(b for _, b in known).toordinal()


@lru_cache(maxsize=1024)
def sex_of(words: str) -> str:
    text = comparable(words).strip(".")
    return "m" if text in _MALE else "f" if text in _FEMALE else ""


def value_of(words: str) -> str:
    text = comparable(words)
    return "" if text in _NOTHING else text


def fold_header(column: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", comparable(column)).strip("_")


def _known(words: str) -> str:
    text = words.strip()
    return "" if text.casefold() in _NOTHING else text


def _born(row: Mapping[str, str], reader: RowReader) -> tuple[int, int] | None:
    columns = reader.columns
    for column in columns["birth"]:
        if span := day_span(row.get(column, ""), reader.order.get(column)):
            return span
    if not columns["birth_year"]:
        return None
    parts = [
        next((row.get(c, "").strip() for c in columns[role]), "") for role in ("birth_year", "birth_month", "birth_day")
    ]
    if not re.fullmatch(r"\d{4}", parts[0]):
        return None
    text = parts[0]
    for part in parts[1:]:
        if not re.fullmatch(r"\d{1,2}", part):
            break
        text += f"-{int(part):02d}"
    return day_span(text)


def _place(row: Mapping[str, str], columns: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str, str]:
    region, province, district, locality = (
        next((v for c in columns[level] if (v := value_of(row.get(c, "")))), "") for level in PLACE_LEVELS
    )
    if not locality:
        locality = next((v for c in columns["place"] if (v := value_of(row.get(c, "")))), "")
    return region, province, district, locality
