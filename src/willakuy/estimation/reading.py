"""Reading a capture table from a CSV file, and saying exactly which cell could not be read."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from willakuy.estimation.errors import CellUnreadable, TableUnreadable
from willakuy.estimation.tables import CaptureTable, StrataTable
from willakuy.i18n import gettext

COUNT = ("count", "freq", "n", "frequency", "counts", "n_persons", "people", "cantidad", "frecuencia")
"""What the column of counts may be called, in any case; without one, a single column of whole numbers not all 0 or 1."""


def read_table(
    path: Path | str, *, records: bool = False, strata: Sequence[str] | None = None, lists: Sequence[str] | None = None
) -> CaptureTable | StrataTable:
    """Read ``path``: 0/1 columns are lists, ``count`` the people of that row, other columns name the stratum.

    Args:
        path: CSV in UTF-8, with a header.
        records: one row per person; a ``count`` column is then not expected.
        strata: columns to stratify by; by default every column that is not 0/1 and not the count. An empty
            sequence means: one table, whatever other columns there are.
        lists: the list columns; by default every column whose values are all 0 or 1.

    Raises:
        TableUnreadable: no rows, no list column, no count column, the file is not text.
        CellUnreadable: a list cell that is not 0 or 1 (an unknown is not a 0), or a count below 0.
    """
    header, rows = _rows(Path(path))
    name = Path(path).name
    count = None if records else _count_column(header, rows, strata or (), lists or ())
    if count is None and not records:
        raise TableUnreadable(file=name, problem=gettext("there is no column named count."))
    chosen = list(lists) if lists is not None else _list_columns(header, rows, count, strata or ())
    missing = [c for c in [*chosen, *(strata or ())] if c not in header]
    if missing:
        raise TableUnreadable(
            file=name, problem=gettext("there is no column named {column}.").format(column=missing[0])
        )
    if not chosen:
        raise TableUnreadable(file=name, problem=gettext("no column holds only 0 and 1."))
    by = list(strata) if strata is not None else [c for c in header if c not in chosen and c != count and not records]
    if count is not None:
        _no_repeats(name, rows, count)
    found: dict[str, list[tuple[list[int], int]]] = {}
    wrong: CellUnreadable | None = None
    readable = 0
    for number, row in rows:
        try:
            pattern = [_bit(row[c], name, number, c) for c in chosen]
            people = 1 if count is None else _count(row[count], name, number, count)
        except CellUnreadable as error:
            wrong = wrong or error
            continue
        readable += people if any(pattern) else 0
        found.setdefault(" / ".join(row[c] for c in by), []).append((pattern, people))
    if wrong is not None:
        raise CellUnreadable(**wrong.facts, lists=", ".join(chosen), documented=readable)
    if not by:
        return CaptureTable.of(chosen, found[""])
    return StrataTable({key: CaptureTable.of(chosen, found[key]) for key in sorted(found)})


def _no_repeats(name: str, rows: list[tuple[int, dict[str, str]]], count: str) -> None:
    """Two rows alike in all but the count are either a slip or two strata nobody named: adding them up would guess."""
    first: dict[tuple[str, ...], int] = {}
    for number, row in rows:
        key = tuple(v for c, v in row.items() if c != count)
        if key in first:
            problem = gettext("rows {first} and {second} are the same combination of lists.")
            raise TableUnreadable(file=name, problem=problem.format(first=first[key], second=number))
        first[key] = number


def _rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TableUnreadable(file=path.name, problem=gettext("there is no such file.")) from None
    except (UnicodeDecodeError, OSError):
        raise TableUnreadable(file=path.name, problem=gettext("it could not be read as UTF-8 text.")) from None
    lines = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    if len(lines) < 2:
        raise TableUnreadable(file=path.name, problem=gettext("it has no rows below the header."))
    header = [cell.strip() for cell in lines[0]]
    if len(set(header)) != len(header):
        raise TableUnreadable(file=path.name, problem=gettext("two columns have the same name."))
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(header):
            problem = gettext("row {row} has {found} cells where the header has {expected}.")
            raise TableUnreadable(
                file=path.name, problem=problem.format(row=number, found=len(line), expected=len(header))
            )
        rows.append((number, dict(zip(header, (cell.strip() for cell in line), strict=True))))
    return header, rows


def _delimiter(text: str) -> str:
    """Whichever of comma, semicolon and tab the header holds most often."""
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _count_column(
    header: list[str], rows: list[tuple[int, dict[str, str]]], strata: Sequence[str], lists: Sequence[str]
) -> str | None:
    """By name; else the only other column that holds nothing but numbers, some of them neither 0 nor 1."""
    free = [c for c in header if c not in strata and c not in lists]
    named = next((c for name in COUNT for c in free if c.lower() == name), None)
    if named is not None:
        return named
    numeric = [c for c in free if all(_is_whole(row[c]) for _, row in rows)]
    counts = [c for c in numeric if {row[c] for _, row in rows} - {"0", "1"}]
    return counts[0] if len(counts) == 1 else None


def _is_whole(cell: str) -> bool:
    try:
        return float(cell) == int(float(cell))
    except (ValueError, OverflowError):
        return False


def _list_columns(
    header: list[str], rows: list[tuple[int, dict[str, str]]], count: str | None, strata: Sequence[str]
) -> list[str]:
    """A column is a list when most of its cells are 0 or 1 and both or only one of them occur: a stray cell in a
    list must be reported as a wrong cell, not turn the list into a stratum."""
    chosen = []
    for column in header:
        if column == count or column in strata:
            continue
        binary = sum(row[column].lower() in _BITS for _, row in rows)
        if (_ZEROS & {row[column].lower() for _, row in rows} and 2 * binary > len(rows)) or binary == len(rows):
            chosen.append(column)
    return chosen


_ZEROS = {"0", "0.0", "false", "no"}
_BITS = {"0": 0, "1": 1, "0.0": 0, "1.0": 1, "false": 0, "true": 1, "no": 0, "yes": 1}


def _bit(cell: str, file: str, row: int, column: str) -> int:
    if cell.lower() not in _BITS:
        raise CellUnreadable(file=file, row=row, column=column, expected=gettext("0 or 1"), found=cell)
    return _BITS[cell.lower()]


def _count(cell: str, file: str, row: int, column: str) -> int:
    try:
        value = float(cell)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e12 or value != int(value):
        raise CellUnreadable(
            file=file, row=row, column=column, expected=gettext("a whole number, 0 or more"), found=cell
        )
    return int(value)
