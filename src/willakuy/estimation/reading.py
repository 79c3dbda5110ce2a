"""Reading a capture table from a CSV file, and saying exactly which cell could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from willakuy.estimation.columns import Columns, bit_of, columns_of, count_of
from willakuy.estimation.csvfile import Sheet, read_sheet
from willakuy.estimation.errors import CellUnreadable, TableUnreadable
from willakuy.estimation.tables import CaptureTable, StrataTable
from willakuy.i18n import gettext, ngettext

Rows = dict[tuple[str, ...], list[tuple[list[int], int]]]
"""(pattern, people) by the cells that name their stratum."""


def read_table(
    path: Path | str, *, records: bool = False, strata: Sequence[str] | None = None,
    lists: Sequence[str] | None = None, count: str | None = None,
) -> CaptureTable | StrataTable:  # fmt: skip
    """Read ``path``: 0/1 columns are lists, ``count`` the people of that row, other columns name the stratum.

    What was passed over (columns that name rows, people said to be on no list) is told in the table's ``notes``.

    Args:
        path: a file of text with a header; separator, encoding and ways to write yes and no are found out.
        records: one row per person; a ``count`` column is then not expected.
        strata: columns to stratify by; by default every column that is not 0/1 and not the count, unless each row
            would be a stratum of its own. An empty sequence means: one table, whatever other columns there are.
        lists: the list columns; by default every column whose values are all 0 or 1. ``A+B`` is two columns taken as
            one list: on it when on either.
        count: the column of counts; by default the one named so, or the only one it can be.

    Raises:
        TableUnreadable: no rows, no list column, no count column, the file is not text.
        CellUnreadable: a list cell that is not 0 or 1 (an unknown is not a 0), or a count below 0.
    """
    lists_used, found, notes = _read(path, records=records, strata=strata, lists=lists, count=count)
    if list(found) in ([], [()]):
        return replace(CaptureTable.of(lists_used, found.get((), [])), notes=notes)
    return _in_strata(lists_used, found, notes)


def read_versions(
    path: Path | str, versions: Sequence[str], *, records: bool = False, strata: Sequence[str] = (),
    lists: Sequence[str] | None = None, count: str | None = None,
) -> dict[str, CaptureTable | StrataTable]:  # fmt: skip
    """Read the versions of one table that the columns ``versions`` tell apart, each in ``strata`` if any are named.

    The other arguments and what is raised are those of :func:`read_table`.
    """
    lists_used, found, notes = _read(path, records=records, strata=[*versions, *strata], lists=lists, count=count)
    apart: dict[str, Rows] = {}
    for key, rows in found.items():
        apart.setdefault(" / ".join(key[: len(versions)]), {})[key[len(versions) :]] = rows
    return {
        name: _in_strata(lists_used, own, notes)
        if strata
        else replace(CaptureTable.of(lists_used, own[()]), notes=notes)
        for name, own in sorted(apart.items())
    }


def _read(
    path: Path | str, *, records: bool, strata: Sequence[str] | None, lists: Sequence[str] | None, count: str | None
) -> tuple[list[str], Rows, tuple[str, ...]]:
    """(lists, rows by the cells that name their stratum, notes)."""
    sheet = with_joined(read_sheet(Path(path)), lists)
    used = columns_of(sheet, records=records, strata=strata, lists=lists, count=count)
    if used.count is not None:
        _no_repeats(sheet, used, apart=strata is not None or lists is not None)
    found, on_none = _rows(sheet, used)
    return used.lists, found, _notes(used, on_none, records)


def _in_strata(lists: list[str], found: Rows, notes: tuple[str, ...]) -> StrataTable:
    return StrataTable({" / ".join(key): CaptureTable.of(lists, found[key]) for key in sorted(found)}, notes)


def with_joined(sheet: Sheet, lists: Sequence[str] | None) -> Sheet:
    """``sheet`` with a column for each name ``A+B`` in ``lists``: 1 where either column says so."""
    for name in lists or ():
        parts = [part.strip() for part in name.split("+")]
        if name in sheet.header or len(parts) < 2 or not set(parts) <= set(sheet.header):
            continue
        rows = [
            (number, {**row, name: str(int(any(bit_of(row[p], False, sheet.name, number, p) for p in parts)))})
            for number, row in sheet.rows
        ]
        sheet = Sheet(sheet.name, [*sheet.header, name], rows)
    return sheet


def _rows(sheet: Sheet, used: Columns) -> tuple[Rows, int]:
    """(rows by stratum, people said to be on no list). The first unreadable cell is reported when all have been read."""
    found: Rows = {}
    wrong: CellUnreadable | None = None
    readable = on_none = 0
    for number, row in sheet.rows:
        try:
            pattern = [bit_of(row[c], used.ticked, sheet.name, number, c) for c in used.lists]
            if any(pattern):
                people = 1 if used.count is None else count_of(row[used.count], sheet.name, number, used.count)
                readable += people
            else:
                people, on_none = 0, on_none + _said_on_none(row, used)
        except CellUnreadable as error:
            wrong = wrong or error
            continue
        found.setdefault(tuple(row[c] for c in used.by), []).append((pattern, people))
    if wrong is not None:
        raise CellUnreadable(**wrong.facts, lists=", ".join(used.lists), documented=readable)
    return found, on_none


def _said_on_none(row: dict[str, str], used: Columns) -> int:
    """How many people a row of zeros claims; a count that is blank or unknown there claims nobody."""
    if used.count is None:
        return 1
    try:
        return count_of(row[used.count], "", 0, used.count)
    except CellUnreadable:
        return 0


def _notes(used: Columns, on_none: int, records: bool) -> tuple[str, ...]:
    notes = []
    if on_none:
        said = ngettext(
            "{n} person is said to be on none of the lists and was left out: nobody can be counted whom no list names.",
            "{n} people are said to be on none of the lists and were left out: nobody can be counted whom no list names.",
            on_none,
        )
        notes.append(said.format(n=f"{on_none:,}"))
    if used.unused and not records:
        notes.append(gettext("Columns that were not used: {columns}.").format(columns=", ".join(used.unused)))
    if used.ticked and used.count is not None:
        notes.append(gettext("No cell says “no”: a blank was read as “not on this list”."))
    return tuple(notes)


def _no_repeats(sheet: Sheet, used: Columns, *, apart: bool) -> None:
    """Two rows alike in all but the count are either a slip or two strata nobody named: adding them up would guess.

    ``apart``: strata or lists were named by hand, so that rows that differ in another column are to be added up.
    """
    told = [*used.by, *used.lists, *(used.unused if apart else ())]
    first: dict[tuple[str, ...], int] = {}
    for number, row in sheet.rows:
        key = tuple(row[c].lower() for c in told)
        if key in first:
            problem = gettext(
                "rows {first} and {second} are the same combination of lists: add them up, or name with --strata the "
                "column that tells them apart."
            )
            raise TableUnreadable(file=sheet.name, problem=problem.format(first=first[key], second=number))
        first[key] = number
