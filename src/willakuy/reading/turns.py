"""Whose turn it is in an interview, a hearing or captions: the voice each paragraph is printed under.

Method: docs/method/reading.md, "Transcripts".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from willakuy.reading.layers import Block
from willakuy.reading.lexicon.harm import STATES
from willakuy.reading.tokens import fold
from willakuy.reading.values import Voice

_LABEL = re.compile(
    r"(?:[-–—]\s*)?(?P<who>(?:[A-ZÁÉÍÓÚÑ][\w.’'-]*)(?:\s+(?:de\s+|del\s+|la\s+|of\s+)?[A-ZÁÉÍÓÚÑ][\w.’'-]*){0,4}|[PRQA])\s*(?:\([^)\n]{1,60}\)\s*)?:\s+(?=\S)"
)
_SHARE = 0.4
"""A text is a transcript when at least this share of its paragraphs opens with a speaker's label."""
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """The voice of a paragraph, and where its words begin after the label."""

    voice: Voice
    start: int


def turns_of(text: str, blocks: Sequence[Block]) -> list[Turn | None]:
    """For each block its turn; all ``None`` in a text that is no transcript. A turn goes on until the next label."""
    labelled = [_labelled(text, block) for block in blocks]
    printed = any(block.voice for block in blocks)
    names = Counter(turn.voice.name for turn in labelled if turn)
    enough = sum(names.values()) >= max(_FEWEST, _SHARE * len(blocks)) and (
        len(names) > 1 or max(names.values(), default=0) > 1
    )
    if not printed and not enough:
        return [None] * len(blocks)
    found: list[Turn | None] = []
    last: Turn | None = None
    for block, turn in zip(blocks, labelled, strict=True):
        if turn is not None:
            last = turn
            found.append(turn)
        elif last is not None:
            found.append(Turn(replace(last.voice, basis="inherited"), block.start))
        else:
            found.append(None)
    return found


def _labelled(text: str, block: Block) -> Turn | None:
    if block.voice is not None and block.voice_at is not None:
        return Turn(Voice(block.voice, None, *block.voice_at, "named"), block.start)
    m = _LABEL.match(text, block.start, block.end)
    if m is None or text[m.end()].isdigit() or not STATES.keys().isdisjoint(fold(m["who"]).split()):
        return None  # "Fallecidos: 11" says how many, and nobody speaks
    return Turn(Voice(m["who"], None, *m.span("who"), "named"), m.end())
