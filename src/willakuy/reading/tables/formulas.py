"""Formulas of an XLSX sheet that were saved without a result: kept as the text they are.

A workbook normally stores beside each formula the result last shown, and that is what is read. A program that
writes formulas without calculating them leaves the result out; the cell would then look empty, and words be lost.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

CHUNK = 1 << 20
LONGEST_CELL = 1 << 16

_CELL = re.compile(
    r'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b[^>]*>([^<]*)</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_SHEET = re.compile(r"<sheet\b[^>]*>")
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def without_result(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """``{(row, column): "=SUM(A1:A3)"}``, both from 0, of the formulas in ``sheet`` that have no result."""
    found: dict[tuple[int, int], str] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of(archive, sheet)
            if part is None:
                return {}
            rest = ""
            with archive.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    text = rest + chunk.decode("utf-8", "replace")
                    end = 0
                    for m in _CELL.finditer(text):
                        end = m.end()
                        found[int(m[2]) - 1, _column(m[1])] = "=" + unescape(m[3])
                    rest = text[max(end, len(text) - LONGEST_CELL) :]
    except (zipfile.BadZipFile, KeyError, OSError):
        return {}
    return found


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The file inside the workbook that holds the sheet of that name."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {a.get("Id"): a.get("Target", "") for a in map(_attributes, _RELATION.findall(relations))}
    for attributes in map(_attributes, _SHEET.findall(book)):
        if attributes.get("name") == sheet:
            target = targets.get(attributes.get("r:id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def _column(letters: str) -> int:
    n = 0
    for letter in letters:
        n = n * 26 + ord(letter) - ord("A") + 1
    return n - 1
