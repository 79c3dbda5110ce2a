"""Rows of a table whose columns have set names (claims, sources, judgements…), with nothing left unlooked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from willakuy.reading.tables.fields import normalized
from willakuy.reading.tables.notices import CellProblem, ProblemKind
from willakuy.reading.tables.table import Table


class NamedRow:
    """One row. ``get`` takes the first of several column names that has a value, and remembers that it was looked at."""

    def __init__(self, number: int, cells: Mapping[str, str], headers: Mapping[str, str], problems: list[CellProblem]):
        self.number = number
        self._cells = cells
        self._headers = headers
        self._problems = problems
        self._seen: set[str] = set()

    def get(self, *names: str) -> str | None:
        for name in names:
            key = normalized(name)
            if words := self._cells.get(key, ""):
                self._seen.add(key)
                return words
        return None

    def several(self, *names: str) -> list[str]:
        """A cell that lists several, divided at ``;``."""
        return [one.strip() for one in (self.get(*names) or "").split(";") if one.strip()]

    def rest(self) -> str | None:
        """What no ``get`` has taken, as "column: words", so that it can be kept in a note."""
        left = [f"{self._headers[k]}: {words}" for k, words in self._cells.items() if words and k not in self._seen]
        return "; ".join(left) or None

    def problem(self, column: str, words: str, what: ProblemKind) -> None:
        self._problems.append(CellProblem(self.number, column, words, what))


def named_rows(table: Table, problems: list[CellProblem]) -> Iterator[NamedRow]:
    """The rows that are not blank. Cells beyond the last column are called ``#7``, ``#8``…"""
    keys = [normalized(h) or h for h in table.headers]
    for row in table.rows():
        if row.is_blank:
            continue
        cells = {k: c.strip() for k, c in reversed(list(zip(keys, row.cells, strict=True)))}
        headers = dict(reversed(list(zip(keys, table.headers, strict=True))))
        for n, words in enumerate(row.extra, len(keys) + 1):
            cells[f"#{n}"], headers[f"#{n}"] = words.strip(), f"#{n}"
        yield NamedRow(row.number, dict(reversed(list(cells.items()))), headers, problems)
