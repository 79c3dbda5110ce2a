"""One row per person with what was recorded of them, for estimates that use more than who is on which list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from willakuy.estimation.columns import bit_of, columns_of, count_of
from willakuy.estimation.csvfile import Sheet, read_sheet
from willakuy.estimation.errors import TableUnreadable
from willakuy.estimation.reading import with_joined
from willakuy.estimation.results import Floats
from willakuy.estimation.tables import Ints
from willakuy.i18n import gettext, ngettext

MOST_KINDS = 200
"""A column of words with more kinds than this describes persons one by one, not groups of them."""


@dataclass(frozen=True)
class People:
    """``on`` ``(n, 2)`` 0/1, everybody on at least one; ``covariates`` ``(n, d)``, words as 0/1 columns, ``names`` of each."""

    lists: tuple[str, str]
    on: Ints = field(repr=False)
    covariates: Floats = field(repr=False)
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_people(
    path: Path | str, covariates: Sequence[str], *, lists: Sequence[str] | None = None, records: bool = True,
    count: str | None = None,
) -> People:  # fmt: skip
    """Read two lists and the recorded characteristics ``covariates`` of everybody on them.

    Numbers stay numbers, words become one 0/1 column each, a blank a kind of its own. With ``records=False`` the
    file has a column of counts and each row stands for that many people.

    Raises:
        TableUnreadable: not two lists, a column that is not there, one that names every person.
        CellUnreadable: a list cell that is neither 0 nor 1, or a wrong count.
    """
    sheet = with_joined(read_sheet(Path(path)), lists)
    used = columns_of(sheet, records=records, strata=covariates, lists=lists, count=count)
    if len(used.lists) != 2:
        problem = gettext("this method needs two lists; name them with --lists. Found: {lists}.")
        raise TableUnreadable(file=sheet.name, problem=problem.format(lists=", ".join(used.lists)))
    on = np.array([[bit_of(row[c], used.ticked, sheet.name, n, c) for c in used.lists] for n, row in sheet.rows])
    times = np.array([1 if used.count is None else count_of(row[used.count], sheet.name, n, used.count)
                      for n, row in sheet.rows])  # fmt: skip
    named = [column for name in covariates for column in _columns_for(sheet, name)]
    seen = on.any(axis=1)
    lost = int(times[~seen].sum())
    notes = []
    if lost:
        said = ngettext(
            "{n} person is on neither of the two lists and was left out.",
            "{n} people are on neither of the two lists and were left out.",
            lost,
        )
        notes.append(said.format(n=f"{lost:,}"))
    x = np.column_stack([values for _, values in named])
    keep = np.repeat(np.flatnonzero(seen), times[seen])
    return People(
        (used.lists[0], used.lists[1]), on[keep], x[keep], tuple(name for name, _ in named), tuple(notes)
    )  # fmt: skip


def _columns_for(sheet: Sheet, name: str) -> list[tuple[str, Floats]]:
    """One column of numbers, with another that says where the number is missing; or one 0/1 column for each word."""
    cells = sheet.column(name)
    numbers = np.array([_number(cell) for cell in cells])
    missing = np.isnan(numbers)
    kinds = sorted(set(cells))
    if all(missing[i] == (not cell) for i, cell in enumerate(cells)) and len(kinds) > 2 and not _is_code(kinds):
        filled = np.where(missing, np.nanmean(numbers), numbers)
        gaps = [(gettext("{name} is missing").format(name=name), missing.astype(float))] if missing.any() else []
        return [(name, filled), *gaps]
    if len(kinds) > MOST_KINDS:
        problem = gettext("the column {column} has {n} different values: it names people rather than groups of them.")
        raise TableUnreadable(file=sheet.name, problem=problem.format(column=name, n=len(kinds)))
    held = np.array(cells, dtype=object)
    return [(f"{name}={kind}", (held == kind).astype(float)) for kind in kinds[1:] or kinds]


def _is_code(kinds: list[str]) -> bool:
    """Written with leading zeros: 01, 02 are names of places, not amounts."""
    return any(len(kind) > 1 and kind.startswith("0") and kind.isdigit() for kind in kinds)


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")
