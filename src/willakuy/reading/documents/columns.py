"""Tables in the text of a page: rows whose cells stand apart by tabs or by two spaces or more."""

from __future__ import annotations

import re

from willakuy.reading.layers import Cell, Page, PrintedTable

_GAP = re.compile(r"\t+|[ \u00a0]{2,}|\s+\|\s+|\|")
_FEWEST_ROWS = 3


def tables_in(text: str, page: Page) -> list[PrintedTable]:
    """Runs of at least three lines that fall into the same number of cells (one more or fewer), two or more."""
    found: list[PrintedTable] = []
    run: list[tuple[Cell, ...]] = []
    at = page.start
    for line in [*text[page.start : page.end].split("\n"), ""]:
        cells = _cells(line, at)
        if len(cells) >= 2 and (not run or abs(len(cells) - len(run[0])) <= 1):
            run.append(cells)
        else:
            found += _table(run, page)
            run = [cells] if len(cells) >= 2 else []
        at += len(line) + 1
    return found


def _cells(line: str, at: int) -> tuple[Cell, ...]:
    cells, start = [], 0
    for m in [*_GAP.finditer(line), None]:
        end = m.start() if m else len(line)
        words = line[start:end].strip()
        if words:
            begin = at + start + line[start:end].index(words)
            cells.append(Cell(words, begin, begin + len(words)))
        start = m.end() if m else end
    return tuple(cells)


def _table(run: list[tuple[Cell, ...]], page: Page) -> list[PrintedTable]:
    if len(run) < _FEWEST_ROWS:
        return []
    return [PrintedTable(tuple(run), run[0][0].start, run[-1][-1].end, page.number)]
