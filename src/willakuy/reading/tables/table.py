"""A list as headers and rows of printed cells, whatever kind of file it came in.

Text is read row by row, twice if need be, and never held whole; a workbook is held while it is read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from willakuy.reading.tables.encoding import KEEP_EVERY_BYTE, SAMPLE, Encoding, find_encoding, named_encoding
from willakuy.reading.tables.errors import NoHeader, NotATable, TableEmpty, TableIsFolder, TableMissing, TableNotAllowed
from willakuy.reading.tables.fields import is_known_header
from willakuy.reading.tables.lines import records
from willakuy.reading.tables.notices import NoticeKind, TableNotice
from willakuy.reading.tables.sniff import SAMPLE_ROWS, find_delimiter, find_header, named_delimiter
from willakuy.reading.tables.workbook import Sheet, is_workbook, open_sheet

_MAGIC = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"{\\rtf", "RTF"),
    (b"ID3", "MP3"),
]
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|\?xml)\b", re.IGNORECASE)
MOST_HEADER_WORDS = 200

_Headed = tuple[tuple[int, tuple[str, ...]], tuple[TableNotice, ...]]


class Row(NamedTuple):
    """``number`` counts the rows under the header from 1, blank ones included, as ``Locator.row`` does.

    ``cells`` is as long as the headers. ``extra`` are the cells beyond them, ``n_missing`` those that were filled in.
    """

    number: int
    cells: tuple[str, ...]
    extra: tuple[str, ...] = ()
    n_missing: int = 0
    is_open: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(c and not c.isspace() for c in self.cells) and not any(c.strip() for c in self.extra)


class Table:
    """An opened list. ``rows()`` may be called again and starts from the first row each time; it never raises on content.

    ``headers`` are distinct: columns called the same become "fecha", "fecha (2)". ``n_above`` lines stand above them.
    """

    def __init__(
        self,
        path: Path,
        *,
        encoding: Encoding | None,
        delimiter: str | None,
        sheet: Sheet | None,
        header: tuple[int, tuple[str, ...]],
        notices: tuple[TableNotice, ...],
    ) -> None:
        self.path = path
        self.encoding = encoding.name if encoding else None
        self.delimiter = delimiter
        self.sheet = sheet.name if sheet else None
        self.n_above, self.headers = header
        self.notices = notices
        self._sheet = sheet

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def other_sheets(self) -> tuple[str, ...]:
        """The sheets of a workbook that were not opened."""
        return self._sheet.others if self._sheet is not None else ()

    def rows(self) -> Iterator[Row]:
        """Every row under the header. Blank rows at the end are left off; those between are rows."""
        width = len(self.headers)
        pending: list[Row] = []
        for number, (cells, is_open) in enumerate(islice(self._records(), self.n_above + 1, None), 1):
            n_missing = max(0, width - len(cells))
            row = Row(number, cells[:width] + ("",) * n_missing, cells[width:], n_missing, is_open)
            if row.is_blank:
                pending.append(row)
                continue
            yield from pending
            pending.clear()
            yield row

    def _records(self) -> Iterator[tuple[tuple[str, ...], bool]]:
        if self._sheet is not None:
            for cells in self._sheet.rows():
                yield cells, False
            return
        with _stream(self.path, str(self.encoding)) as stream:
            for record in records(stream, str(self.delimiter)):
                yield record.cells, record.is_open


def open_table(
    path: Path, *, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None
) -> Table:
    """Open a CSV, TSV, XLSX, XLS or ODS file and find its column names; what is not given is found out.

    Raises:
        TableMissing, TableIsFolder, TableNotAllowed, TableEmpty, NotATable, WorkbookDamaged, WorkbookLocked,
        WorkbookTooLarge, SheetUnknown, NoHeader, EncodingUnknown, DelimiterNotOne: nothing was read.
    """
    head = _head(path)
    if is_workbook(path, head):
        opened = open_sheet(path, sheet)
        first = list(islice(opened.rows(), SAMPLE_ROWS))
        others = opened.others if sheet is None else ()
        notices = _about_workbook(opened, others)
        header, told = _headed(path, first, notices)
        return Table(path, encoding=None, delimiter=None, sheet=opened, header=header, notices=told)
    _refuse_other_kinds(path, head)
    found = named_encoding(encoding) if encoding else find_encoding(path)
    text = _sample(path, found.name)
    if not text.strip('\ufeff\0 \t\r\n,;|"'):
        raise TableEmpty(file=path.name)
    _refuse_binary(path, text)
    separator = named_delimiter(delimiter) if delimiter else find_delimiter(text)
    first = [r.cells for r in islice(records(io.StringIO(text, newline=""), separator), SAMPLE_ROWS)]
    header, told = _headed(path, first, _about_text(found))
    return Table(path, encoding=found, delimiter=separator, sheet=None, header=header, notices=told)


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            inside = sorted(p.name for p in path.iterdir() if not p.name.startswith("."))[:8]
            raise TableIsFolder(file=str(path), inside=", ".join(inside) or "-")
        with path.open("rb") as file:
            head = file.read(SAMPLE)
    except FileNotFoundError as e:
        folder = path.parent
        beside = sorted(p.name for p in folder.iterdir() if p.is_file())[:8] if folder.is_dir() else []
        raise TableMissing(file=str(path), beside=", ".join(beside) or "-") from e
    except (OSError, ValueError) as e:
        raise TableNotAllowed(file=str(path), reason=getattr(e, "strerror", None) or str(e)) from e
    if not head:
        raise TableEmpty(file=path.name)
    return head


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise NotATable(file=path.name, kind=kind)
    if _MARKUP.match(head):
        raise NotATable(file=path.name, kind="HTML")


def _refuse_binary(path: Path, text: str) -> None:
    """Text has hardly any control characters; bytes of another kind of file are full of them."""
    control = sum(c < " " and c not in "\t\r\n\f\v\x1a" for c in text)
    if control * 200 > len(text) or text.count("\ufffd") * 10 > len(text):
        raise NotATable(file=path.name, kind="binary")


def _stream(path: Path, encoding: str) -> io.TextIOWrapper:
    return path.open(encoding=encoding, errors=KEEP_EVERY_BYTE, newline="")


def _sample(path: Path, encoding: str) -> str:
    with _stream(path, encoding) as stream:
        text = stream.read(SAMPLE)
        whole = len(text) < SAMPLE
    cut = max(text.rfind("\n"), text.rfind("\r"))
    return text if whole or cut < 0 else text[: cut + 1]


def _headed(path: Path, first: list[tuple[str, ...]], notices: list[TableNotice]) -> _Headed:
    """The header row among the ``first`` rows, with what its reader should know about it."""
    at = find_header(first, is_known_header)
    if at is None:
        line, shown = next(((i, r) for i, r in enumerate(first, 1) if any(c.strip() for c in r)), (1, ()))
        if not shown:
            raise TableEmpty(file=path.name)
        raise NoHeader(file=path.name, line=line, row=", ".join(c.strip() for c in shown if c.strip())[:80])
    above = " / ".join(" ".join(c.strip() for c in row if c.strip()) for row in first[:at])[:MOST_HEADER_WORDS]
    if at:
        notices.append(TableNotice(NoticeKind.lines_above, (("line", str(at + 1)), ("words", above))))
    headers, told_apart, unnamed = distinct(first[at], len(first[at]))
    if told_apart:
        notices.append(TableNotice(NoticeKind.headers_repeated, (("words", ", ".join(told_apart)),)))
    if unnamed:
        notices.append(TableNotice(NoticeKind.headers_missing, (("words", ", ".join(unnamed)),)))
    return (at, headers), tuple(notices)


def distinct(printed: tuple[str, ...], width: int) -> tuple[tuple[str, ...], list[str], list[str]]:
    """Headers with no two alike and none empty, and the names that had to be made for repeated and empty ones."""
    headers: list[str] = []
    told_apart, unnamed = [], []
    taken = {" ".join(p.split()) for p in printed}
    for i in range(width):
        name = " ".join(printed[i].replace("\ufeff", "").split()) if i < len(printed) else ""
        made = name or f"#{i + 1}"
        n = 2
        while made in headers or (made != name and made in taken):
            made, n = f"{name or f'#{i + 1}'} ({n})", n + 1
        if not name:
            unnamed.append(made)
        elif made != name:
            told_apart.append(made)
        headers.append(made)
    while unnamed and headers[-1] == unnamed[-1] and len(headers) > 1:
        unnamed.pop()
        headers.pop()
    return tuple(headers), told_apart, unnamed


def _about_text(encoding: Encoding) -> list[TableNotice]:
    if not encoding.n_strays:
        return []
    return [TableNotice(NoticeKind.encoding_mixed, (("n", str(encoding.n_strays)), ("encoding", "utf-8")))]


def _about_workbook(sheet: Sheet, others: tuple[str, ...]) -> list[TableNotice]:
    notices = []
    if others:
        notices.append(TableNotice(NoticeKind.other_sheets, (("sheet", sheet.name), ("words", ", ".join(others)))))
    if sheet.n_formulas:
        notices.append(TableNotice(NoticeKind.formulas_kept, (("n", str(sheet.n_formulas)),)))
    return notices
