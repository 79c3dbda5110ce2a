"""Tables printed inside a document (PDF, HTML, DOCX) as rows of a list: one proposed record a row, cited to page, row and cells.

A table is taken for a list of people only where its headers say so. The rows are read as those of an imported list are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from willakuy.reading.layers import Cell, PrintedTable, TextLayer
from willakuy.reading.tables.columns import recognise_columns
from willakuy.reading.tables.fields import is_known_header
from willakuy.reading.tables.mapping import ColumnMap
from willakuy.reading.tables.rows import read_rows
from willakuy.reading.tables.sniff import find_header
from willakuy.reading.tables.table import Table
from willakuy.statements.ids import StatementId
from willakuy.statements.sources import Citation, Document, Locator
from willakuy.statements.statement import Coded, Proposer, Statement

NAME, VERSION = "table", "1"
_ABOVE = 300
_HARM_WORDS = {
    "killed": re.compile(r"\b(?:fallecid|muert|asesinad|deces|dead|death|killed|deceased|fatal)\w*", re.IGNORECASE),
    "injured": re.compile(r"\b(?:herid|lesionad|injured|wounded)\w*", re.IGNORECASE),
    "missing": re.compile(r"\b(?:desaparecid|missing|disappeared)\w*", re.IGNORECASE),
    "detained": re.compile(r"\b(?:detenid|detained|arrested)\w*", re.IGNORECASE),
}


class _Printed(Table):
    """A printed table under the interface of an opened list."""

    def __init__(self, layer: TextLayer, table: PrintedTable, header: int) -> None:
        self._cells = [tuple(cell.text for cell in row) for row in table.rows]
        super().__init__(
            Path(layer.name or "document"),
            encoding=None,
            delimiter=None,
            sheet=None,
            header=(header, _distinct(self._cells[header])),
            notices=(),
        )

    def _records(self) -> Iterator[tuple[tuple[str, ...], bool]]:
        for cells in self._cells:
            yield cells, False


def rows_in_tables(layer: TextLayer, document: Document) -> tuple[Statement, ...]:
    """Every row of every table of people in ``layer``, in order, as a proposal that nobody has accepted.

    ``citations`` begin with the whole row; then comes each of its cells that was read as a field, by its column.
    """
    found: list[Statement] = []
    for n, table in enumerate(layer.tables, 1):
        cells = [tuple(cell.text for cell in row) for row in table.rows]
        header = find_header(cells, is_known_header)
        if header is None:
            continue
        printed = _Printed(layer, table, header)
        mapping = recognise_columns(printed)
        if "name" in {column.field for column in mapping.columns}:
            found += _rows(layer, document, table, printed, mapping, n)
    return tuple(found)


def _rows(
    layer: TextLayer, document: Document, table: PrintedTable, printed: _Printed, mapping: ColumnMap, n: int
) -> Iterator[Statement]:
    proposer = Proposer(NAME, VERSION, f"table={n}")
    harm = None if "harm" in {c.field for c in mapping.columns} else _harm_said(layer, table)
    for statement in read_rows(printed, mapping, document):
        number = statement.citations[0].locator.row or 1
        cells = table.rows[printed.n_above + number]
        content = statement.victim if harm is None else replace(statement.victim, harm=harm)
        yield replace(
            statement,
            content=content,
            statement_id=StatementId(f"{statement.statement_id}.t{n}"),
            citations=tuple(_citations(layer, document, table, mapping, cells, number)),
            proposed_by=proposer,
        )


def _harm_said(layer: TextLayer, table: PrintedTable) -> Coded:
    """What the words just above the table say became of those it lists; without them it is not known, and not assumed."""
    above = layer.text[max(0, table.start - _ABOVE) : table.start]
    said = [(m.start(), code, m[0]) for code, pattern in _HARM_WORDS.items() for m in pattern.finditer(above)]
    if not said:
        return Coded()
    _, code, words = max(said)
    return Coded(words, code)


def _citations(
    layer: TextLayer, document: Document, table: PrintedTable, mapping: ColumnMap, cells: tuple[Cell, ...], number: int
) -> Iterator[Citation]:
    page = table.page if table.page is not None else layer.page_of(cells[0].start)
    filled = [cell for cell in cells if cell.text]
    whole = Locator(start=filled[0].start, end=filled[-1].end, row=number, page=page)
    yield Citation(document.document_id, whole)
    for column in mapping.columns:
        if column.field and column.index < len(cells) and cells[column.index].text:
            cell = cells[column.index]
            yield Citation(
                document.document_id,
                Locator(start=cell.start, end=cell.end, row=number, column=column.column, page=page),
            )


def _distinct(headers: tuple[str, ...]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    out: list[str] = []
    for header in headers:
        name = header.strip() or f"column {len(out) + 1}"
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(out)
