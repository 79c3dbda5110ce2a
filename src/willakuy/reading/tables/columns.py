"""Recognise what each column of a list holds: asked first, then remembered, then by its name, then by its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from willakuy.reading.tables.errors import ColumnUnknown, FieldUnknown, SensitiveColumn
from willakuy.reading.tables.fields import FIELDS, MANY, field_of, is_contact, is_identity, normalized
from willakuy.reading.tables.mapping import ColumnMap, MappedColumn, Why
from willakuy.reading.tables.table import Table
from willakuy.statements.ages import parse_age
from willakuy.statements.dates import parse_date
from willakuy.statements.names import NameKind, recognise_name
from willakuy.statements.places import PlaceLevel, parse_place
from willakuy.statements.vocabularies import recognise

SAMPLE_ROWS = 200
KEEP = "keep"
"""Written for a field with ``--map``: the column is kept with each row and not read (``--map "keep=Obs."``)."""

_EIGHT_DIGITS = re.compile(r"\d{8}", re.ASCII)
_DAY_DIGITS = re.compile(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}")
_PHONE = re.compile(r"(?:\+?51[ -]?)?9\d{2}[ -]?\d{3}[ -]?\d{3}", re.ASCII)
_DATE_LIKE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{4}-\d\d")


def recognise_columns(
    table: Table, *, saved: ColumnMap | None = None, overrides: Mapping[str, str] | None = None
) -> ColumnMap:
    """What each column of ``table`` holds, with the reason.

    Args:
        saved: of an earlier list of the same source; counts where a column of that name exists.
        overrides: field → column name or number (from 1). Several columns for one field are joined with ``+``:
            ``{"name": "Nombres+Paterno+Materno"}``.

    Raises:
        ColumnUnknown, FieldUnknown: an override names what does not exist.
        SensitiveColumn: an override asks for identity numbers.
    """
    sample = [row.cells for row in islice(table.rows(), SAMPLE_ROWS)]
    values = [[cells[i].strip() for cells in sample if cells[i].strip()] for i in range(len(table.headers))]
    chosen: dict[int, tuple[str | None, Why]] = _asked(table, overrides or {}, values)
    _remember(table, saved, chosen, values)
    for i, header in enumerate(table.headers):
        if i not in chosen and (why := _refusal(header, values[i])):
            chosen[i] = (None, why)
    _by_header(table, chosen, values)
    _by_values(table, chosen, values)
    columns = (
        MappedColumn(i, header, *chosen.get(i, (None, Why.unknown)), sample=", ".join(values[i][:2])[:60])
        if chosen.get(i, (None, Why.unknown))[1] is Why.values
        else MappedColumn(i, header, *chosen.get(i, (None, Why.unknown)))
        for i, header in enumerate(table.headers)
    )
    return ColumnMap(tuple(columns))


def _asked(table: Table, overrides: Mapping[str, str], values: list[list[str]]) -> dict[int, tuple[str | None, Why]]:
    chosen: dict[int, tuple[str | None, Why]] = {}
    for field, columns in overrides.items():
        if field not in FIELDS and field != KEEP:
            raise FieldUnknown(field=field, known=", ".join([*FIELDS, KEEP]))
        for index in _indexes(table, columns):
            if _refusal(table.headers[index], values[index]) is Why.identity:
                raise SensitiveColumn(file=table.name, column=table.headers[index])
            chosen[index] = (None if field == KEEP else field, Why.asked)
    return chosen


def _indexes(table: Table, columns: str) -> list[int]:
    whole = _index(table, columns)
    if whole is not None:
        return [whole]
    found = []
    for one in columns.split("+"):
        index = _index(table, one)
        if index is None:
            raise ColumnUnknown(file=table.name, column=one.strip(), known=", ".join(table.headers))
        found.append(index)
    return found


def _index(table: Table, column: str) -> int | None:
    if column.strip() in table.headers:
        return table.headers.index(column.strip())
    wanted = normalized(column)
    for i, header in enumerate(table.headers):
        if normalized(header) == wanted and wanted:
            return i
    number = column.strip()
    return int(number) - 1 if number.isdecimal() and 0 < int(number) <= len(table.headers) else None


def _remember(
    table: Table, saved: ColumnMap | None, chosen: dict[int, tuple[str | None, Why]], values: list[list[str]]
) -> None:
    if saved is None:
        return
    known = {normalized(c.column): c for c in saved.columns}
    fields_asked = {field for field, _ in chosen.values() if field}
    for i, header in enumerate(table.headers):
        before = known.get(normalized(header))
        if i in chosen or before is None:
            continue
        if before.is_refused or _refusal(header, values[i]) is Why.identity:
            chosen[i] = (None, before.why if before.is_refused else Why.identity)
        elif before.field in FIELDS and (before.field not in fields_asked or before.field in MANY):
            chosen[i] = (before.field, Why.saved)
        elif before.field is None and before.why in (Why.asked, Why.saved):
            chosen[i] = (None, Why.saved)


def _refusal(header: str, values: Sequence[str]) -> Why | None:
    """Why a column must stay out: by its name, or because its values look like identity numbers or contacts."""
    if is_identity(header):
        return Why.identity
    if is_contact(header):
        return Why.contact
    if field_of(header) is not None or len(values) < 3:
        return None
    if _share(values, lambda v: bool(_EIGHT_DIGITS.fullmatch(v)) and not _DAY_DIGITS.fullmatch(v)) >= 0.6:
        return Why.identity
    if _share(values, lambda v: bool(_E_MAIL.fullmatch(v) or _PHONE.fullmatch(v))) >= 0.6:
        return Why.contact
    return None


def _by_header(table: Table, chosen: dict[int, tuple[str | None, Why]], values: list[list[str]]) -> None:
    taken = {field for field, _ in chosen.values() if field}
    named = {i: field_of(h) for i, h in enumerate(table.headers) if i not in chosen}
    has_surnames = {"surnames", "paternal_surname", "maternal_surname"} & ({*named.values()} | taken)
    has_given = "given_names" in {*named.values()} | taken
    for i, field in named.items():
        if field is None:
            continue
        words = normalized(table.headers[i])
        if words in _STATES_OR_CONDITIONS and _share(values[i], _says_harm) >= _MOST:
            field = "harm"
        if has_surnames and not has_given and field == "name" and words in ("nombre", "name", "names"):
            field = "given_names"
        elif field == "given_names" and words == "nombres" and not has_surnames:
            field = "name"
        if field in taken and field not in MANY:
            chosen[i] = (None, Why.taken)
            continue
        chosen[i] = (field, Why.header)
        taken.add(field)


_STATES_OR_CONDITIONS = ("estado", "state", "condicion", "condition", "situacion", "status")
"""Names of a column of places or of what became of people: the cells say which."""
_MOST = 0.6


def _says_harm(words: str) -> bool:
    return recognise("harm", words) is not None


def _by_values(table: Table, chosen: dict[int, tuple[str | None, Why]], values: list[list[str]]) -> None:
    """For columns whose name says nothing: only what their cells leave no doubt of, and each field once."""
    taken = {field for field, _ in chosen.values() if field}
    for field, fits in _FITS.items():
        if field in taken or (field == "name" and {"given_names", "surnames", "paternal_surname"} & taken):
            continue
        scored = [
            (_share(values[i], fits), -i) for i in range(len(table.headers)) if i not in chosen and len(values[i]) >= 3
        ]
        if scored and max(scored)[0] >= 0.8:
            chosen[-max(scored)[1]] = (field, Why.values)
            taken.add(field)


def _share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, values)) / len(values) if values else 0.0


def _is_name(words: str) -> bool:
    kinds = (NameKind.full, NameKind.surname_first, NameKind.initials, NameKind.given_name_and_initials)
    return not any(c.isdigit() for c in words) and 1 < len(words.split()) <= 7 and recognise_name(words).kind in kinds


def _is_date(words: str) -> bool:
    return bool(_DATE_LIKE.search(words)) and parse_date(words).problem in (None, "ambiguous", "weekday_differs")


def _is_age(words: str) -> bool:
    said = parse_age(words)
    return said.problem is None and not words.isdecimal() and said.born is None


def _is_place(words: str) -> bool:
    said = parse_place(words)
    return said.place is not None and said.problem is None and said.place.level is not PlaceLevel.country


def _is_sex(words: str) -> bool:
    return recognise("sex", words) in ("female", "male") and len(words) < 12


_FITS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "sex": _is_sex,
    "age": _is_age,
    "place": _is_place,
    "name": _is_name,
}
