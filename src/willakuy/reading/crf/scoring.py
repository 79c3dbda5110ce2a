"""How well attributions were found: precision, recall and F against marked text, as PolNeAR's users measure them.

A found attribution counts when its content shares at least half of its words with a marked one (word Jaccard, one to one, best
first). Method: docs/method/reading-models.md, "Figures of a training".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.reading.crf.examples import Said, Span

LEAST_OVERLAP = 0.5
_WORD = re.compile(r"\w+")
_QUOTE = re.compile('[“”"«»]')


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that add up over documents: ``matched <= min(gold, found)``."""

    gold: int = 0
    found: int = 0
    matched: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.gold + other.gold, self.found + other.found, self.matched + other.matched)

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(text: str, gold: Sequence[Said], found: Sequence[Said], *, is_direct_only: bool = False) -> Score:
    """Of one text. ``is_direct_only`` looks at attributions with a quotation mark in their content."""
    if is_direct_only:
        gold = [s for s in gold if _is_direct(text, s.content)]
        found = [s for s in found if _is_direct(text, s.content)]
    wanted = [_words(text, s.content) for s in gold]
    given = [_words(text, s.content) for s in found]
    pairs = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(given) if a & b),
        reverse=True,
    )
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    for overlap, i, j in pairs:
        if overlap >= LEAST_OVERLAP and i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
    return Score(len(gold), len(found), len(taken_i))


def _is_direct(text: str, spans: Sequence[Span]) -> bool:
    return any(_QUOTE.search(text, start, end) for start, end in spans)


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    return {m.start() for start, end in spans for m in _WORD.finditer(text, start, end)}
