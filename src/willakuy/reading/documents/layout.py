"""How a page is laid out: lines, columns of prose, and tables, from where its letters stand.

Two columns of prose whose file prints them line by line are put one after the other; lines that fall into short cells under one
another are a table. Method: docs/method/reading-models.md, "Pages".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_GAP = 1.1
"""White space, in letter heights, that parts two cells or columns. Between words of justified prose it is less."""
_FEWEST_ROWS = 3
_FEWEST_PROSE_LINES = 4
_PROSE_WORDS = 3.5
"""Mean words of a line in each column from which columns are prose and not a table."""
_SLACK = 3.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, in points; ``y`` grows upwards as in PDF."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        return max(self.y1 - self.y0, 1.0)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line that stand close together."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(w.x1 for w in self.words)


Line = list[Segment]


@dataclass(slots=True)
class Part:
    """A stretch of a page. ``rows`` of a table hold one text for each column, "" where nothing is printed."""

    lines: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def parts_of(words: Sequence[Word]) -> list[Part] | None:
    """The page from top to bottom, or ``None`` where it is plain prose in one column and the file's own order is as good."""
    lines = _lines(words)
    runs = _runs(lines)
    if not runs:
        return None
    parts: list[Part] = []
    at = 0
    for start, end, columns in runs:
        _add_prose(parts, lines[at:start])
        run = lines[start:end]
        if _is_prose(run, columns):
            for column in columns:
                _add_prose(parts, [[s] for line in run for s in line if _fits(s, column)])
        else:
            parts.append(Part(rows=_rows(run, columns)))
        at = end
    _add_prose(parts, lines[at:])
    return parts


def _add_prose(parts: list[Part], lines: Sequence[Line]) -> None:
    texts = [" ".join(s.text for s in line) for line in lines]
    if texts:
        parts.append(Part(lines=texts))


def _lines(words: Sequence[Word]) -> list[Line]:
    """Words on one height are a line; its words parted by wide gaps are segments."""
    found: list[tuple[float, list[Word]]] = []
    for w in sorted(words, key=lambda w: (-(w.y0 + w.y1) / 2, w.x0)):
        middle = (w.y0 + w.y1) / 2
        if found and abs(found[-1][0] - middle) < 0.5 * w.height:
            found[-1][1].append(w)
        else:
            found.append((middle, [w]))
    return [_segments(sorted(line, key=lambda w: w.x0)) for _, line in found]


def _segments(words: Sequence[Word]) -> Line:
    groups: list[list[Word]] = [[words[0]]]
    for before, w in pairwise(words):
        if w.x0 - before.x1 > _GAP * max(before.height, w.height):
            groups.append([w])
        else:
            groups[-1].append(w)
    return [Segment(tuple(g)) for g in groups]


Span = tuple[float, float]


def _runs(lines: Sequence[Line]) -> list[tuple[int, int, list[Span]]]:
    """Stretches of lines that fall into the same two columns or more: first line, line after the last, columns."""
    found = []
    i = 0
    while i < len(lines):
        if len(lines[i]) < 2:
            i += 1
            continue
        columns = _merged(_spans(lines[i]))
        j = i + 1
        while j < len(lines):
            grown = _merged([*columns, *_spans(lines[j])])
            is_one = len(lines[j]) == 1
            if len(grown) < max(2, len(columns)) or (is_one and not _begins_inside(lines[j][0], columns)):
                break
            columns = grown
            j += 1
        if not _is_prose(lines[i:j], columns):
            while j - i > 1 and len(lines[j - 1]) == 1 and not _goes_on(lines[j - 1], columns):
                j -= 1
        if sum(len(line) > 1 for line in lines[i:j]) >= _FEWEST_ROWS:
            found.append((i, j, columns))
            i = j
        else:
            i += 1
    return found


def _spans(line: Line) -> list[Span]:
    return [(s.x0, s.x1) for s in line]


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Where segments stand, those that overlap from left to right taken together."""
    merged: list[Span] = []
    for x0, x1 in sorted(spans):
        if merged and x0 < merged[-1][1] + _SLACK:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _goes_on(line: Line, columns: Sequence[Span]) -> bool:
    """The last line of a table that holds only a later cell: it belongs to the row above."""
    return any(_fits(line[0], column) for column in columns[1:])


def _fits(s: Segment, column: Span) -> bool:
    return column[0] - _SLACK <= s.x0 and s.x1 <= column[1] + _SLACK


def _begins_inside(s: Segment, columns: Sequence[Span]) -> bool:
    """It begins where a column has letters; that it reaches no other column is seen when the columns are taken together."""
    return any(x0 - _SLACK <= s.x0 < x1 for x0, x1 in columns)


def _is_prose(run: Sequence[Line], columns: Sequence[Span]) -> bool:
    if len(columns) > 3 or len(run) < _FEWEST_PROSE_LINES:
        return False
    for column in columns:
        inside = [s for line in run for s in line if _fits(s, column)]
        if not inside or sum(len(s.words) for s in inside) / len(inside) < _PROSE_WORDS:
            return False
    return True


def _rows(run: Sequence[Line], columns: Sequence[Span]) -> list[list[str]]:
    """A line without a first cell goes on with the row above it: a cell that was printed on two lines."""
    rows: list[list[str]] = []
    for line in run:
        cells = [" ".join(s.text for s in line if _fits(s, column)) for column in columns]
        if rows and not cells[0] and rows[-1][0]:
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows
