"""Lists as plain CSV files: read whole, every row kept, roles of columns recognised."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from willakuy.linkage.columns import ROLES, Roles, guess_by_values, recognise_columns
from willakuy.linkage.errors import ColumnUnknown, IdColumnMissing, IdEmpty, IdRepeated, ListNotRead
from willakuy.linkage.rows import RowReader, record_of
from willakuy.linkage.values import Record

_LOOKED_AT = 20_000
_FEW_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class ListRead:
    """One file: its name, what its columns were taken for, and its records in the order of its rows."""

    list_id: str
    path: Path
    roles: Roles
    records: tuple[Record, ...]
    is_qualified: bool = False


def read_lists(
    paths: Sequence[Path], *, id_column: str | None = None, roles: Mapping[str, str] | None = None
) -> list[ListRead]:
    """Every list, in the order given. Lists are named after their files; equal names get a number.

    When two lists use one id, every record is called ``list:id`` everywhere but in ``persons.csv``.

    Raises:
        ColumnUnknown: of ``roles``, a column that no list has, or no role.
        ListNotRead, IdColumnMissing, IdEmpty, IdRepeated: the file and the place in it are named; nothing was linked.
    """
    names = _names(paths)
    for column, role in (roles or {}).items():
        if role not in ROLES or not any(column in _table(path)[0] for path in paths):
            raise ColumnUnknown(column=column, role=role, roles=", ".join(ROLES))
    lists = [_read(path, name, id_column, roles) for path, name in zip(paths, names, strict=True)]
    for found in lists:
        _refuse_repeats(found)
    seen: set[str] = set()
    for found in lists:
        ids = {r.rec_id for r in found.records}
        if ids & seen:
            return [_qualified(each) for each in lists]
        seen |= ids
    return lists


def _names(paths: Sequence[Path]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for path in paths:
        seen[path.stem] = seen.get(path.stem, 0) + 1
        out.append(path.stem if seen[path.stem] == 1 else f"{path.stem}-{seen[path.stem]}")
    return out


def _read(path: Path, list_id: str, id_column: str | None, chosen: Mapping[str, str] | None) -> ListRead:
    header, rows = _table(path)
    if id_column is not None and id_column not in header:
        raise IdColumnMissing(file=path, columns=", ".join(header))
    roles = recognise_columns(header, chosen, id_column)
    ids = roles.columns("id")
    if not ids:
        raise IdColumnMissing(file=path, columns=", ".join(header))
    sample = list(islice(rows(), _LOOKED_AT))
    roles = guess_by_values(roles, sample)
    reader = RowReader.of(roles, sample)
    records = []
    for number, row in enumerate(rows(), start=1):
        rec_id = row.get(ids[0], "").strip()
        if not rec_id:
            if not any(v.strip() for v in row.values()):
                continue
            raise IdEmpty(file=path, row=number)
        records.append(record_of(row, rec_id, list_id, reader, where=f"{path.name}, {number}"))
    return ListRead(list_id, path, roles, tuple(records))


def read_table(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of a CSV file, whatever its encoding and delimiter; short rows are filled with ""."""
    header, rows = _table(path)
    return header, list(rows())


def _table(path: Path) -> tuple[list[str], Callable[[], Iterator[dict[str, str]]]]:
    """The header, and the rows as often as they are asked for: a long list is never held as rows and as records."""
    text = _text(path)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)

    def table() -> Iterator[list[str]]:
        try:
            yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
        except csv.Error as e:
            raise ListNotRead(file=path, reason=str(e)) from e

    header = next(table(), [])
    if not any(cell.strip() for cell in header):
        raise ListNotRead(file=path, reason="it has no header")
    header = _unique([cell.strip() for cell in header])

    def rows() -> Iterator[dict[str, str]]:
        seen: dict[str, str] = {}
        for row in islice(table(), 1, None):
            if row:
                cells = (
                    [seen.setdefault(v, v) for v in row] if len(seen) < _FEW_CELLS else [seen.get(v, v) for v in row]
                )
                yield dict(zip(header, [*cells, *[""] * (len(header) - len(row))], strict=False))

    return header, rows


def _unique(header: Iterable[str]) -> list[str]:
    out: list[str] = []
    for i, cell in enumerate(header, start=1):
        name = cell or f"column_{i}"
        out.append(name if name not in out else f"{name}_{i}")
    return out


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as e:
        raise ListNotRead(file=path, reason=e.strerror or str(e)) from e
    if not data.strip():
        raise ListNotRead(file=path, reason="it is empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:65536]:
        raise ListNotRead(file=path, reason="it is not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _refuse_repeats(found: ListRead) -> None:
    seen: dict[str, int] = {}
    for number, record in enumerate(found.records, start=1):
        if record.rec_id in seen:
            raise IdRepeated(file=found.path, rec_id=record.rec_id, first=seen[record.rec_id], second=number)
        seen[record.rec_id] = number


def _qualified(found: ListRead) -> ListRead:
    records = tuple(replace(r, rec_id=f"{found.list_id}:{r.rec_id}") for r in found.records)
    return replace(found, records=records, is_qualified=True)
