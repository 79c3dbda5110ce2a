"""When and where a figure of a sentence is: only where the words tie it, never because something stands near.

Method: docs/method/reading.md, "Places and dates of a figure".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.reading.values import DateFound, PlaceFound

_LOCATIVE = re.compile(
    r"\b(?:en|in|at|near|outside|across|throughout|inside|cerca\s+de|alrededores\s+de)\s+"
    r"(?:(?:el|la|los|las|the|todo\s+el|all\s+of|pleno|central|southern|northern|eastern|western)\s+)?"
    r"(?:(?:localidad|ciudad|distrito|provincia|departamento|region|comunidad|pueblo|barrio|centro|zona|sur|norte|aeropuerto|plaza|city|town|village|district|province|department|streets?|outskirts)\s+"
    r"(?:poblado\s+)?(?:de|del|of|in)\s+)?(?:la\s+|el\s+|the\s+)?#?$"
)
_OF = re.compile(r"\b(?:de|del|from|of)\s+(?:la\s+|el\s+)?$")
_ELSEWHERE = re.compile(
    r"\b(?:hospital|clinica|clinic|morgue|funeral|velorio|nacid[oa]s?|born|vuelo|flight|conferencia|reunion|meeting|sede|despacho)\b[^,;.]*$"
)
_BREAK = re.compile(r"[;:]|\.\s|\bmientras\b|\bwhile\b|\bwhereas\b|\bin\s+contrast\b|\bpero\b|\bbut\b")
_LOOK_BACK = 60
_DATELINE_ENDS = re.compile(r"\s*(?:\([^)\n]{2,40}\)\s*)?(?:[—–]|-{1,2}\s|\.\s?[-–—])")
_LONGEST_DATELINE = 60


@dataclass(frozen=True, slots=True)
class Setting:
    """The places and dates of a sentence, and where its figures and victims stand (``marks``, in order)."""

    folded: str
    span: tuple[int, int]
    places: Sequence[PlaceFound]
    dates: Sequence[DateFound]
    marks: Sequence[int]

    def place(self, start: int, end: int, within: tuple[int, int]) -> tuple[PlaceFound | None, tuple[str, ...]]:
        """Where the words put ``[start, end)``, and the places printed nearby when they put it nowhere.

        A place is taken when it stands in the phrase itself ("7 víctimas de Lampa"), after it in the same clause with a
        locative ("17 dead and 68 wounded in Juliaca"), or at the head of the sentence ("En Juliaca, …"). It must be in
        the statement that makes the claim: where the speaker is from says nothing of where people died.
        """
        mine = [p for p in self.places if within[0] <= p.start and p.end <= within[1]]
        for p in mine:
            if start <= p.start < end and (self._is(p, _OF) or self._is(p, _LOCATIVE)):
                return p, ()
        after = next((p for p in mine if p.start >= end), None)
        if after and self._is(after, _LOCATIVE) and self._is_one_clause(end, after.start):
            return after, ()
        if (
            after
            and self._is(after, _OF)
            and not any(end <= m < after.start for m in self.marks)
            and after.start - end < 8
        ):
            return after, ()
        before = [p for p in mine if p.end <= start]
        if before and self._opens(before[0], within) and self._is_one_clause(before[0].end, start):
            return before[0], ()
        return None, tuple(dict.fromkeys(p.text for p in mine))

    def date(self, start: int, end: int, within: tuple[int, int]) -> DateFound | None:
        """The date of the same clause; ``None`` where two stand equally near."""
        mine = [d for d in self.dates if within[0] <= d.start and d.end <= within[1] and not self._is_dateline(d)]
        after = next((d for d in mine if d.start >= end and self._is_one_clause(end, d.start)), None)
        before = next((d for d in reversed(mine) if d.end <= start and self._is_one_clause(d.end, start)), None)
        inside = next((d for d in mine if start <= d.start < end), None)
        if inside or not (after and before):
            return inside or after or before
        return after if after.start - end < start - before.end else before

    def _is_dateline(self, d: DateFound) -> bool:
        """ "Port Example, 9 January 2024 — Two people …": when it was written, not when they died."""
        return d.start - self.span[0] < _LONGEST_DATELINE and _DATELINE_ENDS.match(self.folded, d.end) is not None

    def _is(self, p: PlaceFound, pattern: re.Pattern[str]) -> bool:
        before = self.folded[max(self.span[0], p.start - _LOOK_BACK) : p.start]
        return pattern.search(before) is not None and _ELSEWHERE.search(before) is None

    def _is_one_clause(self, a: int, b: int) -> bool:
        """Nothing between ``a`` and ``b`` begins another clause, and no place between serves the other figures."""
        return _BREAK.search(self.folded, a, b) is None

    def _opens(self, p: PlaceFound, within: tuple[int, int]) -> bool:
        head = self.folded[max(within[0], self.span[0]) : p.start].lstrip(' “"«¿¡-—')
        return _LOCATIVE.search(head) is not None and len(head.split()) <= 8 and "," not in head[:-1]
