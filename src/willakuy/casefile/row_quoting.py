"""Finding the rows of a kept list again. How a person had it opened (sheet, encoding, separator) is tried where it does not open so by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import product
from pathlib import Path

from willakuy.errors import WillakuyError
from willakuy.i18n import gettext
from willakuy.reading.tables import Row, Table, open_table

_BETWEEN = re.compile(r"\s*·\s*")

_ENCODINGS = ("utf-8", "cp1252", "mac_roman", "cp850")
_SEPARATORS = (",", ";", "\t", "|")


def cells_in(words: str) -> list[str]:
    """The cells that the words of a row consist of (joined by ``reading.tables.rows``)."""
    return [cell for cell in _BETWEEN.split(words) if cell]


def rows_not_found(wanted: Mapping[str, tuple[int, str]], paths: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """Of ``wanted`` (id to row and words) those whose cells are not in their row, with the row's own cells.

    Args:
        paths: the kept versions of the list, the latest first; the rows given back are of the first that opens.
    """
    left = dict(wanted)
    shown: dict[int, tuple[str, ...]] | None = None
    for path in paths:
        for table in _openings(path):
            seen = _rows_seen(table, left)
            shown = seen if shown is None else shown
            if not left:
                return {}
    return {i: (shown or {}).get(row, ()) for i, (row, _) in left.items()}


def row_differs(words: str, cells: Sequence[str]) -> tuple[str, str]:
    """The first cell of ``words`` that the row does not have, and the other cell of the row most like it; none else is shown."""
    said, printed = Counter(cells_in(words)), _pieces(cells)
    missing = next((said - printed).elements(), words)
    if not cells:
        return missing, gettext("nothing: there is no such row")
    return missing, next(
        iter(get_close_matches(missing, printed.keys() - said.keys(), 1, 0.4)), gettext("nothing like it")
    )


def _rows_seen(table: Table, left: dict[str, tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """Takes from ``left`` what stands in ``table``; the cells of the rows of what does not."""
    at: dict[int, list[str]] = {}
    for item, (number, _) in left.items():
        at.setdefault(number, []).append(item)
    seen = {}
    for row in table.rows():
        for item in at.get(row.number, ()):
            cells = _cells(row)
            if Counter(cells_in(left[item][1])) <= _pieces(cells):
                del left[item]
            else:
                seen[row.number] = cells
    return seen


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(c.split()) for c in (*row.cells, *row.extra) if c.strip())


def _pieces(cells: Sequence[str]) -> Counter[str]:
    """The cells as the words of a statement would be divided: a cell may hold what stands between two."""
    return Counter(piece for cell in cells for piece in cells_in(cell))


def _openings(path: Path) -> Iterator[Table]:
    """The list as it opens by itself, then in every other way somebody may have asked for."""
    first = _opened(path)
    if first is not None:
        yield first
    if first is not None and first.sheet is not None:
        ways = [{"sheet": name} for name in first.other_sheets]
    else:
        ways = [{"encoding": e, "delimiter": d} for e, d in product(_ENCODINGS, _SEPARATORS)]
    for way in ways:
        table = _opened(path, **way)
        if table is not None:
            yield table


def _opened(path: Path, **way: str) -> Table | None:
    try:
        return open_table(path, **way)
    except WillakuyError:
        return None
