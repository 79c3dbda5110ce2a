"""The rows of a table of text, however it was saved: comma, semicolon, tab, bar or blanks; UTF-8, UTF-16 or Latin-1."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from willakuy.estimation.errors import TableUnreadable
from willakuy.i18n import gettext

_SEPARATORS = ",;\t|"
_LOOKED_AT = 50
"""Rows looked at to tell the separator."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows``: (number of the line as an editor shows it, cell by column), cells without blanks around them."""

    name: str
    header: list[str]
    rows: list[tuple[int, dict[str, str]]]

    def column(self, name: str) -> list[str]:
        return [row[name] for _, row in self.rows]


def read_sheet(path: Path) -> Sheet:
    """Read ``path``; leading blank lines and lines of ``#`` are passed over, as are columns without name and content.

    Raises:
        TableUnreadable: no such file, not text, no rows, two columns of one name, a row of another length.
    """
    name = path.name
    first, lines = _lines(name, _text(path))
    separator, lines, first = _separator(lines, first)
    cells = [(first + at, [cell.strip() for cell in row]) for at, row in _parse(lines, separator)]
    cells = [(number, row) for number, row in cells if any(row)]
    if len(cells) < 2:
        raise TableUnreadable(file=name, problem=gettext("it has no rows below the header."))
    header, body = cells[0][1], cells[1:]
    if all(len(row) == len(header) + 1 for _, row in body):
        header = ["", *header]  # R writes names of rows without a heading
    for number, row in body:
        if len(row) != len(header):
            problem = gettext("row {row} has {found} cells where the header has {expected}.")
            raise TableUnreadable(file=name, problem=problem.format(row=number, found=len(row), expected=len(header)))
    kept = [i for i, title in enumerate(header) if title or any(row[i] for _, row in body)]
    titles = [header[i] or gettext("column {n}").format(n=i + 1) for i in kept]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    if twice:
        raise TableUnreadable(file=name, problem=gettext("two columns have the name {column}.").format(column=twice[0]))
    return Sheet(
        name, titles, [(number, {t: row[i] for t, i in zip(titles, kept, strict=True)}) for number, row in body]
    )


def _text(path: Path) -> str:
    try:
        held = path.read_bytes()
    except FileNotFoundError:
        raise TableUnreadable(file=path.name, problem=gettext("there is no such file.")) from None
    except OSError as error:
        problem = gettext("it could not be opened ({why}).").format(why=error.strerror)
        raise TableUnreadable(file=path.name, problem=problem) from None
    if held[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        problem = gettext("it is a spreadsheet or an archive; save the sheet as CSV and give that file.")
        raise TableUnreadable(file=path.name, problem=problem)
    try:
        return held.decode("utf-16" if held[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        if any(byte < 32 and byte not in b"\t\n\r\f" for byte in held):
            raise TableUnreadable(file=path.name, problem=gettext("it is not a file of text.")) from None
        return held.decode("latin-1")


def _lines(name: str, text: str) -> tuple[int, list[str]]:
    """(number of the first line kept, lines from the header on)."""
    if text.lstrip()[:1] in ("<", "{", "["):
        problem = gettext("it is not a table of rows and columns; save it as CSV and give that file.")
        raise TableUnreadable(file=name, problem=problem)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for at, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            return at + 1, lines[at:]
    raise TableUnreadable(file=name, problem=gettext("it is empty."))


def _separator(lines: list[str], first: int) -> tuple[str, list[str], int]:
    """The separator that cuts most rows into as many cells as the header; blanks only where no other cuts at all."""
    if lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4], lines[1:], first + 1
    found: list[tuple[float, int, str]] = []
    for separator in _SEPARATORS:
        rows = [row for _, row in islice(_parse(lines, separator), _LOOKED_AT) if any(cell.strip() for cell in row)]
        width = len(rows[0]) if rows else 0
        if width > 1:
            fitting = sum(len(row) in (width, width + 1) for row in rows) / len(rows)
            found.append((fitting, width, separator))
    return (max(found)[2] if found else " "), lines, first


def _parse(lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """(lines before this row, its cells)."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, skipinitialspace=True)
    before = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:  # a cell longer than any list's name: a quotation mark that never closes
            row = []
        if row is None:
            return
        yield before, row
        before = reader.line_num
