"""Records of delimited text, one at a time, whatever is wrong with its quotation marks.

A quotation mark that is never closed makes a plain CSV reader swallow the rest of the file into one cell. Here a
record that grows beyond reason is given up: its first line is read as it stands, and reading goes on with the next.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

LONGEST_LINE = 1 << 20
"""Characters; a longer line is divided, so that a file without line ends is not held whole."""
MOST_LINES = 500
MOST_CHARACTERS = 1 << 20
"""A quoted cell spanning more is taken for a mark that was never closed."""

csv.field_size_limit(max(csv.field_size_limit(), 8 * LONGEST_LINE))


@dataclass(frozen=True, slots=True)
class Record:
    """``line`` is where it begins, from 1. ``is_open``: its quotation mark is never closed, and it was read plainly."""

    line: int
    cells: tuple[str, ...]
    is_open: bool = False


class _Feeder(Iterator[str]):
    """Lines for a ``csv.reader``, remembered until the record they belong to is complete."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self._length = 0
        self.at_end = False
        self.gave_up = False

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES or self._length > MOST_CHARACTERS:
            self.gave_up = True
            raise StopIteration
        line = self._again.popleft() if self._again else self._stream.readline(LONGEST_LINE)
        if not line:
            self.at_end = True
            raise StopIteration
        self.taken.append(line)
        self._length += len(line)
        return line

    def start(self) -> None:
        self.taken = []
        self._length = 0
        self.gave_up = False

    def give_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))
        self.at_end = False


def records(stream: TextIO, delimiter: str) -> Iterator[Record]:
    """Every record of ``stream``, blank lines included as records without cells. Never raises on content."""
    feeder = _Feeder(stream)
    line = 1
    reader = csv.reader(feeder, delimiter=delimiter)
    while True:
        feeder.start()
        try:
            cells = next(reader)
            is_broken = False
        except StopIteration:
            if not feeder.taken:
                return
            cells, is_broken = [], True
        except csv.Error:
            cells, is_broken = [], True
        n = len(feeder.taken)
        if is_broken or feeder.gave_up or (feeder.at_end and n and _is_open(feeder.taken)):
            first, rest = feeder.taken[0], feeder.taken[1:]
            feeder.give_back(rest)
            yield Record(line, tuple(_plainly(first, delimiter)), True)
            line += 1
            reader = csv.reader(feeder, delimiter=delimiter)
            continue
        yield Record(line, tuple(cells))
        line += n


def _is_open(lines: list[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 1


def _plainly(line: str, delimiter: str) -> list[str]:
    """One line divided at every delimiter, quotation marks being characters like others."""
    return line.rstrip("\r\n").split(delimiter)
