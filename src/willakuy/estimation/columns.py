"""Which column is a list, which holds the counts, which names a stratum; and what a cell says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.estimation.csvfile import Sheet
from willakuy.estimation.errors import CellUnreadable, TableUnreadable
from willakuy.i18n import gettext

COUNT = (
    "count", "freq", "n", "frequency", "counts", "n_persons", "people", "persons", "deaths", "cases", "number",
    "cantidad", "frecuencia", "conteo", "personas", "casos", "número", "numero", "víctimas", "victimas", "muertes",
)  # fmt: skip
"""What the column of counts may be called, in any case; without one, a single column of whole numbers not all 0 or 1."""
TRAITS = (
    "female", "male", "sex", "gender", "woman", "man", "mujer", "hombre", "sexo", "género", "genero", "minor", "child",
    "adult", "menor", "adulto", "urban", "rural", "civilian", "civil", "indigenous", "indígena", "indigena",
)  # fmt: skip
"""Names of what people are, not of lists: a column called so that holds 0 and 1 is not taken for a list unasked."""

_OFF = {"0", "0.0", "false", "no", "falso"}
_ON = {"1", "1.0", "true", "yes", "si", "sí", "verdadero"}
_TICKS = _ON | {"x", "✓", "✔"}
_UNKNOWN = {"", "na", "n/a", "nan", "null", "none", ".", "?", "-", "s/d"}
_WHOLE = re.compile(r"\d+([.,]0{1,2})?|\d+(\.\d+)?e\+?\d+", re.IGNORECASE)
MOST_PEOPLE = 10**12


@dataclass(frozen=True, slots=True)
class Columns:
    """``by`` names strata, ``unused`` columns were passed over; ``ticked``: lists are ticked, a blank is a no."""

    lists: list[str]
    count: str | None
    by: list[str]
    unused: list[str]
    ticked: bool


def columns_of(
    sheet: Sheet, *, records: bool, strata: Sequence[str] | None, lists: Sequence[str] | None, count: str | None
) -> Columns:
    """Tell the columns apart; what was named by hand is taken as named.

    Raises:
        TableUnreadable: a column named by hand is not there, or no list, or no count, or two that may be either.
    """
    for column in [*(lists or ()), *(strata or ()), *([count] if count else [])]:
        if column not in sheet.header:
            problem = gettext("there is no column named {column}; the columns are {columns}.")
            raise TableUnreadable(
                file=sheet.name, problem=problem.format(column=column, columns=", ".join(sheet.header))
            )
    named = set(strata or ())
    numbers = {c for c in sheet.header if c not in named and _is_row_number(sheet.column(c))}
    if count is None and not records:
        count = _count_column(sheet, named | numbers | set(lists or ()))
    free = [c for c in sheet.header if c != count and c not in named]
    chosen = list(lists) if lists is not None else _list_columns(sheet, free)
    if not chosen:
        raise TableUnreadable(file=sheet.name, problem=_why_no_list(sheet, free))
    rest = [c for c in free if c not in chosen]
    other_lists = set() if lists is None else set(_listlike(sheet, rest))
    by = list(strata) if strata is not None else [] if records else [c for c in rest if c not in numbers | other_lists]
    if strata is None and by and _one_row_each(sheet, by):
        by = []
    ticked = not any(_OFF & _values(sheet, c) for c in chosen)
    return Columns(chosen, count, by, [c for c in rest if c not in by], ticked)


def _list_columns(sheet: Sheet, free: list[str]) -> list[str]:
    """The lists, when nobody named them.

    Raises:
        TableUnreadable: one is called by what people are, not by who made a list.
    """
    chosen = _listlike(sheet, free)
    traits = [c for c in chosen if c.lower() in TRAITS]
    if traits:
        problem = gettext(
            "the column {column} holds 0 and 1, but is it a list? If it says what people are, add --strata {column}; if it "
            "is a list, name the lists: --lists {lists}."
        )
        raise TableUnreadable(file=sheet.name, problem=problem.format(column=traits[0], lists=",".join(chosen)))
    return chosen


def _listlike(sheet: Sheet, free: list[str]) -> list[str]:
    """A column is a list when it holds 0 and 1 but for cells that are unknown or few: a stray cell in a list must be
    reported as a wrong cell, not turn the list into a stratum. Where no column has a 0, ticks and blanks will do."""
    chosen = []
    for column in free:
        cells = [cell.lower() for cell in sheet.column(column)]
        said = sum(cell in _OFF or cell in _ON for cell in cells)
        unknown = sum(cell in _UNKNOWN for cell in cells)
        has_no = any(cell in _OFF for cell in cells)
        if said == len(cells) or (has_no and (2 * said > len(cells) or said + unknown == len(cells))):
            chosen.append(column)
    if not any(_OFF & _values(sheet, c) for c in chosen):
        chosen = [c for c in free if c in chosen or _is_ticked(_values(sheet, c))]
    return chosen


def _why_no_list(sheet: Sheet, free: list[str]) -> str:
    coded = [c for c in free if _values(sheet, c) == {"1", "2"}]
    if coded:
        problem = gettext(
            "the columns {columns} hold 1 and 2, and nothing says which of them means “on the list”; write 1 and 0."
        )
        return problem.format(columns=", ".join(coded))
    return gettext("no column holds only 0 and 1.")


def _count_column(sheet: Sheet, taken: set[str]) -> str:
    """By name; else the only other column that holds nothing but whole numbers, some of them neither 0 nor 1, no years."""
    free = [c for c in sheet.header if c not in taken]
    named = next((c for name in COUNT for c in free if c.lower() == name), None)
    if named is not None:
        return named
    numeric = [c for c in free if all(_WHOLE.fullmatch(cell) for cell in sheet.column(c))]
    counts = [c for c in numeric if _values(sheet, c) - {"0", "1"} and not _are_years(sheet.column(c))]
    if len(counts) == 1 and _values(sheet, counts[0]) != {"1", "2"}:
        return counts[0]
    if len(counts) > 1:
        problem = gettext("any of the columns {columns} may be the counts; say which: --count {first}.")
        problem = problem.format(columns=", ".join(counts), first=counts[0])
    else:
        problem = gettext("there is no column named count. If each row is one person, add --records.")
    raise TableUnreadable(file=sheet.name, problem=problem)


def _values(sheet: Sheet, column: str) -> set[str]:
    return {cell.lower() for cell in sheet.column(column)}


def _is_ticked(values: set[str]) -> bool:
    """One mark and blanks."""
    return "" in values and len(values) == 2 and bool(values & _TICKS)


def _is_row_number(cells: list[str]) -> bool:
    numbers = [str(i) for i in range(len(cells) + 1)]
    return len(cells) > 2 and cells in (numbers[1:], numbers[:-1])


def _are_years(cells: list[str]) -> bool:
    return all(len(cell) == 4 and "1900" <= cell <= "2100" for cell in cells)


def _one_row_each(sheet: Sheet, by: list[str]) -> bool:
    """Columns that differ in every row name rows, not strata."""
    keys = {tuple(row[c] for c in by) for _, row in sheet.rows}
    return len(keys) == len(sheet.rows) > 2


def bit_of(cell: str, ticked: bool, sheet: str, row: int, column: str) -> int:
    """1 or 0.

    Raises:
        CellUnreadable: it says neither: an unknown is not a 0.
    """
    said = cell.lower()
    if said in _ON or (ticked and said in _TICKS):
        return 1
    if said in _OFF or (ticked and not said):
        return 0
    raise CellUnreadable(file=sheet, row=row, column=column, expected=gettext("0 or 1"), found=cell)


def count_of(cell: str, sheet: str, row: int, column: str) -> int:
    """A number of people.

    Raises:
        CellUnreadable: not a whole number, or one that can be read in two ways (14.000).
    """
    if _WHOLE.fullmatch(cell):
        value = float(cell.replace(",", "."))
        if value <= MOST_PEOPLE and value == int(value):
            return int(value)
    expected = gettext("a whole number, 0 or more")
    if cell.endswith("%"):
        expected = gettext("a number of people, not a share")
    elif re.fullmatch(r"\d{1,3}([.,’' ]\d{3})+", cell):
        expected = gettext("a whole number without a mark for the thousands")
    raise CellUnreadable(file=sheet, row=row, column=column, expected=expected, found=cell)
