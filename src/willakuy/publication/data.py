"""The data files: JSON Lines that lose nothing, CSV for a spreadsheet, and a Frictionless description of both.

A CSV cell that a spreadsheet might take for a formula has an apostrophe before it (``willakuy.cells``); the JSON
Lines hold it as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from willakuy.cells import safe_cell
from willakuy.publication.rows import Row

Cell = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """``kind`` is a Frictionless type; ``of`` takes the cell from a row."""

    name: str
    of: Callable[[Row], Any]
    kind: str = "string"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``columns`` begin with ``id``; ``rows`` are what the JSON Lines hold, in their order."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def jsonl(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One compact JSON object a line, keys sorted."""
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
    return "".join(encode(row) + "\n" for row in rows).encode()


def csv_of(table: Table) -> bytes:
    """UTF-8, comma, quotes where needed, CRLF as RFC 4180 has it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([c.name for c in table.columns])
    for row in table.rows:
        writer.writerow([_cell(c.of(row)) for c in table.columns])
    return out.getvalue().encode()


def datapackage(name: str, title: str, version: str, tables: Iterable[Table], notice: str) -> bytes:
    """``datapackage.json``: one resource for each file."""
    resources: list[dict[str, Any]] = []
    for table in tables:
        fields = [
            {"name": c.name, "type": c.kind, **({"description": c.about} if c.about else {})} for c in table.columns
        ]
        resources.append(
            {
                "name": table.name,
                "title": table.title,
                "path": f"{table.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "primaryKey": ["id"], "missingValues": [""]},
            }
        )
        resources.append(
            {
                "name": f"{table.name}-lossless",
                "title": table.title,
                "path": f"{table.name}.jsonl",
                "format": "jsonl",
                "mediatype": "application/jsonl",
                "encoding": "utf-8",
            }
        )
    package = {
        "name": name,
        "title": title,
        "version": version,
        "profile": "data-package",
        "description": notice,
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    text = " | ".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)
    return safe_cell(text)
