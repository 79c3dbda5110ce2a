"""Sheets of XLSX, XLS and ODS workbooks as rows of printed cells. Nothing in them is ever calculated."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import python_calamine as calamine

from willakuy.reading.tables.errors import SheetUnknown, TableEmpty, WorkbookDamaged, WorkbookLocked, WorkbookTooLarge
from willakuy.reading.tables.formulas import without_result

LARGEST_MB = 400
"""Of unpacked sheets. A workbook is held whole while it is read; larger ones are read as CSV, row by row."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_workbook(path: Path, head: bytes) -> bool:
    """Whether the bytes are those of a spreadsheet, whatever the file is called."""
    if head.startswith(_OLE):
        return True
    if not head.startswith(b"PK\x03\x04"):
        return False
    if b"opendocument.spreadsheet" in head[:400]:
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".ods")


class Sheet:
    """One sheet, read into memory. ``rows`` are printed cells, blank rows included; ``n_formulas`` had no result."""

    def __init__(
        self, name: str, others: tuple[str, ...], rows: list[list[object]], formulas: dict[tuple[int, int], str]
    ):
        self.name = name
        self.others = others
        self.n_formulas = len(formulas)
        self._rows = rows
        self._formulas = formulas

    def rows(self) -> Iterator[tuple[str, ...]]:
        by_row: dict[int, dict[int, str]] = {}
        for (row, column), words in self._formulas.items():
            by_row.setdefault(row, {})[column] = words
        for number, values in enumerate(self._rows):
            cells = [as_printed(value) for value in values]
            for column, words in by_row.get(number, {}).items():
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or words
            yield tuple(cells)


def open_sheet(path: Path, wanted: str | None) -> Sheet:
    """The sheet called ``wanted``, or the first one that is visible and has rows.

    Raises:
        WorkbookLocked, WorkbookDamaged, WorkbookTooLarge, SheetUnknown, TableEmpty
    """
    _check_size(path)
    try:
        with path.open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book:
            return _sheet(path, book, wanted)
    except calamine.PasswordError as e:
        raise WorkbookLocked(file=path.name) from e
    except (calamine.CalamineError, ValueError, OSError, zipfile.BadZipFile) as e:
        if _is_locked(path):
            raise WorkbookLocked(file=path.name) from e
        raise WorkbookDamaged(file=path.name, reason=str(e) or type(e).__name__) from e


def _sheet(path: Path, book: calamine.CalamineWorkbook, wanted: str | None) -> Sheet:
    visible = [s.name for s in book.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
    names = visible + [n for n in book.sheet_names if n not in visible]
    if wanted is not None:
        wanted = next((n for n in names if n.strip().casefold() == wanted.strip().casefold()), wanted)
        if wanted not in names:
            raise SheetUnknown(file=path.name, sheet=wanted, known=", ".join(names))
    for name in names if wanted is None else [wanted]:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        formulas = without_result(path, name)
        if rows or formulas:
            rows += [[]] * (1 + max((r for r, _ in formulas), default=-1) - len(rows))
            return Sheet(name, tuple(n for n in names if n != name), rows, formulas)  # type: ignore[arg-type]
    raise TableEmpty(file=path.name)


def as_printed(value: object) -> str:
    """A typed cell in one plain form: days as 2023-01-09, whole numbers without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return "" if value is None else str(value)


def _check_size(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        megabytes = path.stat().st_size >> 20
    else:
        with zipfile.ZipFile(path) as archive:
            megabytes = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith(".xml")) >> 20
    if megabytes > LARGEST_MB:
        raise WorkbookTooLarge(file=path.name, megabytes=megabytes, limit=LARGEST_MB)


def _is_locked(path: Path) -> bool:
    """An XLSX with a password is another kind of file around the encrypted one; an ODS says so in its manifest."""
    with path.open("rb") as file:
        if file.read(8) == _OLE:
            file.seek(0)
            return _ENCRYPTED in file.read(4 << 20)
    try:
        with zipfile.ZipFile(path) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
