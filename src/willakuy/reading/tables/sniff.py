"""What separates the columns, and which row names them."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice

from willakuy.reading.tables.errors import DelimiterNotOne
from willakuy.reading.tables.lines import Record, records

DELIMITERS = (",", ";", "\t", "|")
_NAMED = {
    "comma": ",",
    "coma": ",",
    "semicolon": ";",
    "punto y coma": ";",
    "tab": "\t",
    "\\t": "\t",
    "pipe": "|",
    "barra": "|",
}
SAMPLE_ROWS = 60
_VALUE = re.compile(r"[\d\s.,/:%+°º#-]*\d[\d\s.,/:%+°º#-]*")


def named_delimiter(given: str) -> str:
    """The character a person asked for, by itself or by its name.

    Raises:
        DelimiterNotOne: several characters, a quotation mark or the end of a line.
    """
    found = _NAMED.get(given.strip().lower(), given)
    if len(found) != 1 or found in '"\r\n\0':
        raise DelimiterNotOne(delimiter=given)
    return found


def find_delimiter(head: str) -> str:
    """The delimiter that divides most lines of ``head`` into equally many cells, more than one."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [len(r.cells) for r in _first(head, delimiter) if any(c.strip() for c in r.cells)]
        if not widths:
            continue
        width, n = Counter(w for w in widths if w > 1).most_common(1)[0] if max(widths) > 1 else (1, 0)
        score = n / len(widths) * (1 + min(width, 20) / 20)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _first(head: str, delimiter: str) -> list[Record]:
    return list(islice(records(io.StringIO(head, newline=""), delimiter), SAMPLE_ROWS))


def find_header(rows: Sequence[Sequence[str]], is_known: Callable[[str], bool]) -> int | None:
    """The index of the row that names the columns, under any title lines; ``None`` when no row does.

    ``is_known`` says whether a cell is a column name we recognise. A row of words none of which is known is a
    header only if it stands first among rows as wide as the table.
    """
    widths = Counter(_width(row) for row in rows if _width(row))
    if not widths:
        return None
    usual = max(widths, key=lambda w: (widths[w], w))
    best, best_known = None, 0
    for i, row in enumerate(rows[:40]):
        cells = [c.strip() for c in row if c.strip()]
        known = sum(is_known(c) for c in cells)
        if known > best_known and known * 4 >= len(cells) and _is_wordy(cells):
            best, best_known = i, known
        if best is not None and best_known >= 2 and i > best + 10:
            break
    if best is not None and (best_known >= 2 or usual <= 2 or _width(rows[best]) * 2 >= usual):
        return best
    for i, row in enumerate(rows):
        cells = [c.strip() for c in row if c.strip()]
        if _width(row) * 2 >= usual and cells:
            return i if _is_wordy(cells) and len(set(cells)) * 4 >= len(cells) * 3 and len(rows) > 1 else None
    return None


def _width(row: Sequence[str]) -> int:
    return max((i + 1 for i, c in enumerate(row) if c.strip()), default=0)


def _is_wordy(cells: Sequence[str]) -> bool:
    """Names of columns are short words, hardly ever numbers or dates."""
    values = sum(bool(_VALUE.fullmatch(c)) or len(c) > 120 for c in cells)
    return values * 4 <= len(cells)
