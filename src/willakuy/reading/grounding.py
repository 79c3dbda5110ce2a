"""No word of a proposal survives that is not in the preserved text, at the place it claims.

Typography is folded (quotation marks, apostrophes, dashes, white space, full-width forms); letters, accents, case
and figures are not. There is no fuzzy match: a negation, a changed figure or a spliced sentence is another sentence.
Method: docs/method/reading.md, "Grounding".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from willakuy.reading.values import Proposed, Refused

_FOLDED = {
    **dict.fromkeys(map(ord, "“”„‟«»″〝〞＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′`´ʼʹ＇"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None),
    ord("…"): "...",
}


def folded_with_map(text: str) -> tuple[str, list[int]]:
    """``text`` with its typography folded, and for each folded character the offset it came from, plus the end."""
    out: list[str] = []
    at: list[int] = []
    in_space = False
    for i, char in enumerate(text):
        if char.isspace():
            if not in_space:
                out.append(" ")
                at.append(i)
            in_space = True
            continue
        in_space = False
        mark = _FOLDED.get(ord(char), char)
        if mark is None:
            continue
        for piece in mark if ord(char) in _FOLDED else unicodedata.normalize("NFC", char):
            out.append(piece)
            at.append(i)
    at.append(len(text))
    return "".join(out), at


class Grounds:
    """A text prepared for finding quotations in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded, self._at = folded_with_map(text)

    def locate(self, quote: str) -> list[tuple[int, int]]:
        """Every place ``[start, end)`` where the text says ``quote``; none means that it does not.

        A quotation must begin and end at the edge of a word: "40" is not found in "400".
        """
        wanted, _ = folded_with_map(quote.strip())
        found = []
        i = self._folded.find(wanted) if wanted.strip() else -1
        while i >= 0:
            j = i + len(wanted)
            if self._is_edge(i, wanted[0], -1) and self._is_edge(j, wanted[-1], 0):
                found.append((self._at[i], self._at[j - 1] + 1))
            i = self._folded.find(wanted, i + 1)
        return found

    def _is_edge(self, i: int, own: str, side: int) -> bool:
        k = i + side
        if not 0 <= k < len(self._folded):
            return True
        other = self._folded[k]
        if own.isdigit() and other in ".,":
            beyond = k + (1 if side == 0 else -1)
            return not (0 <= beyond < len(self._folded) and self._folded[beyond].isdigit())
        return not (own.isalnum() and other.isalnum())

    def holds(self, quote: str, start: int, end: int) -> bool:
        """The text says exactly ``quote`` at ``[start, end)``."""
        return 0 <= start < end <= len(self.text) and self.text[start:end] == quote


def ground(text: str, statements: Iterable[Proposed]) -> tuple[list[Proposed], list[Refused]]:
    """Keep what stands in the text; refuse the rest with the reason.

    Checked: the quotation, every span inside the statement and the words printed beside it, the speaker's mention.
    Victims, figures and those blamed must lie inside the statement (or its frame) that makes them.
    """
    grounds = Grounds(text)
    kept: list[Proposed] = []
    refused: list[Refused] = []
    for s in statements:
        reason = _fault(grounds, s)
        if reason:
            refused.append(Refused(s.quote, reason))
        else:
            kept.append(s)
    return kept, refused


def _fault(grounds: Grounds, s: Proposed) -> str | None:
    if not grounds.holds(s.quote, s.start, s.end):
        return "quote_not_in_text"
    lo, hi = (min(s.start, s.frame[0]), max(s.end, s.frame[1])) if s.frame else (s.start, s.end)
    parts: tuple[Any, ...] = (*s.figures, *s.victims, *s.perpetrators, *s.demands)
    for part in parts:
        if not lo <= part.start < part.end <= hi and not _stands(grounds, part):
            return "part_outside_quote"
        if not _stands(grounds, part):
            return "part_not_in_text"
    for part in (*s.dates, *s.places):
        if not _stands(grounds, part):
            return "part_not_in_text"
    for figure in s.figures:
        if figure.quantity.words not in grounds.text[figure.start : figure.end]:
            return "figure_not_in_text"
    voice = s.voice
    if voice.start is not None and not (voice.end is not None and 0 <= voice.start < voice.end <= len(grounds.text)):
        return "speaker_not_in_text"
    if voice.name and not _named_in(grounds, voice.name):
        return "speaker_not_in_text"
    return None


def _named_in(grounds: Grounds, name: str) -> bool:
    return bool(grounds.locate(name)) or all(grounds.locate(part) for part in name.split())


def _stands(grounds: Grounds, part: Any) -> bool:
    """Its offsets lie in the text and, where it carries its words, the text says them there."""
    if not (0 <= part.start < part.end <= len(grounds.text)):
        return False
    said = getattr(part, "text", None)
    return said is None or bool(grounds.text[part.start : part.end] == said)
