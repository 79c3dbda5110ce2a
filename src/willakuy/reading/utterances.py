"""A document's readable sentences and what is attributed in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from willakuy.reading.attribution import Attribution, Sentence
from willakuy.reading.layers import Block, TextLayer
from willakuy.reading.phrases import Span
from willakuy.reading.quotations import Quotation
from willakuy.reading.speakers import People
from willakuy.reading.turns import Turn
from willakuy.reading.values import Voice


@dataclass(slots=True)
class Utterance:
    """An attribution in its document, with its voice worked out."""

    attribution: Attribution
    sentence: int
    voice: Voice = field(default_factory=Voice)
    flags: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


@dataclass(slots=True)
class Discourse:
    """The readable sentences of a document and everything attributed in them."""

    layer: TextLayer
    folded: str
    blocks: list[Block]
    quotes: list[Quotation]
    sentences: list[Sentence]
    block_of: list[int]
    utterances: list[Utterance]
    people: People
    reporter: Voice
    whole_voice: Voice | None = None
    turns: list[Turn | None] = field(default_factory=list)

    def turn(self, sentence: int) -> Turn | None:
        return self.turns[self.block_of[sentence]] if self.turns else None

    def sentences_over(self, start: int, end: int) -> range:
        """Indexes of the sentences that ``[start, end)`` touches."""
        a = max(0, bisect_right(self.sentences, start, key=lambda s: s.start) - 1)
        b = bisect_left(self.sentences, end, key=lambda s: s.start)
        return range(a, max(b, a + 1))
