"""What a cue takes as said: the words before it, after it, and where they end.

Method: docs/method/reading.md, "Attribution".
"""

from __future__ import annotations

from collections.abc import Sequence

from willakuy.reading.lexicon.function_words import (
    ADVERBS,
    COORDINATORS,
    DETERMINERS,
    PERSONAL,
    TIME_WORDS,
)
from willakuy.reading.lexicon.speech import (
    CUES,
    HELD_BACK,
    STRONG,
)
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.phrases import QUOTED, before_verb, left_phrase
from willakuy.reading.tokens import Token


def left_of(tokens: Sequence[Token], b: int) -> tuple[tuple[int, int], ...]:
    """Everything before token ``b``, its closing comma left out."""
    while b > 0 and tokens[b - 1].words in (",", "—", "–"):
        b -= 1
    a = _after_dateline(tokens, b)
    while a < b and tokens[a].fold in ("and", "but", "y", "pero", "•", "-", "—"):
        a += 1
    return ((a, b),) if b - a >= 1 and (b - a > 1 or tokens[a].words == QUOTED) else ()


def _after_dateline(tokens: Sequence[Token], b: int) -> int:
    """Past "Villa Inventada, 9 de enero de 2024 (Agencia) —" at the head of a sentence."""
    for k in range(1, min(b, 16)):
        if tokens[k].words in ("—", "–") or (tokens[k].words == "-" and tokens[k - 1].words == ")"):
            return k + 1
        if tokens[k].is_word and not (
            tokens[k].is_capital
            or tokens[k].fold in TIME_WORDS
            or tokens[k].fold.isdigit()
            or tokens[k].fold in ("de", "del", "of", "la")
        ):
            return 0
    return 0


def continued(tokens: Sequence[Token], b: int) -> tuple[tuple[int, int], ...]:
    """A quotation that goes on after ``”, X said, “``."""
    for k in range(b, min(len(tokens), b + 14)):
        if tokens[k].words == QUOTED:
            return ((k, k + 1),)
    return ()


def right_of(tokens: Sequence[Token], i: int, later: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The clause after token ``i``: from "that" where it stands near, to the end or to a sibling attribution."""
    a = _content_start(tokens, i)
    b = _content_end(tokens, a, later)
    return ((a, b),) if b - a >= 2 or (b > a and tokens[a].words == QUOTED) else ()


def _content_start(tokens: Sequence[Token], i: int) -> int:
    a = i + 1
    n = len(tokens)
    for k in range(a, min(n, a + 14)):
        if tokens[k].fold in ("that", "que") and (k == a or tokens[i].fold not in PERSONAL):
            return k
        if tokens[k].words in (QUOTED,):
            quoted_at = k
            return (
                quoted_at if all(not t.is_word or t.fold in _BRIDGE or t.fold in TIME_WORDS for t in tokens[a:k]) else a
            )
        if tokens[k].words in (".", ";", "(") or (k > a and tokens[k].fold in STRONG and not tokens[k].is_capital):
            break
    while a < n and (
        tokens[a].words in (",", ":", "—", "–") or tokens[a].fold in ADVERBS or tokens[a].fold in TIME_WORDS
    ):
        a += 1
    if tokens[i].fold in HELD_BACK:
        a = _after_addressee(tokens, a)
    return a


_BRIDGE = words(
    "in on a an the to as en el la este un una being like it him her them statement interview tweet comunicado twitter como of de entrevista "
    "press conference reporters lo is"
)  # fmt: skip


def _after_addressee(tokens: Sequence[Token], a: int) -> int:
    b = a
    while (
        b < len(tokens)
        and b - a < 6
        and (
            tokens[b].is_capital
            or tokens[b].fold in DETERMINERS
            or tokens[b].fold in ("me", "us", "him", "them", "reporters", "you")
        )
    ):
        b += 1
    if b < len(tokens) and tokens[b - 1].fold in DETERMINERS and tokens[b].is_word:
        b += 1
    return b if b < len(tokens) else a


def _content_end(tokens: Sequence[Token], a: int, later: Sequence[int]) -> int:
    """Stop before ", and Y said …"; closing marks are left out."""
    b = len(tokens)
    parted = next((k for k in range(a, len(tokens)) if tokens[k].words == ";" and any(j > k for j in later)), None)
    if parted is not None:
        b = parted
    for j in later:
        if j <= a or j > b or tokens[j].fold not in STRONG or CUES[tokens[j].fold] in ("hold", "judge"):
            continue
        cut = _sibling_start(tokens, a, j)
        if cut is not None:
            b = cut
            break
    while b > a and (
        tokens[b - 1].words in (".", ",", ";", "!", "?", "…", ":") or tokens[b - 1].fold in ("and", "y", "e")
    ):
        b -= 1
    return b


def _sibling_start(tokens: Sequence[Token], a: int, j: int) -> int | None:
    """Where the clause of the later cue ``j`` begins, if it stands beside the first and not inside it."""
    k = before_verb(tokens, j)
    if k <= a:
        return None
    if tokens[k].fold in ("and", "y", "e") or tokens[k].words in (",", ";"):
        return k
    phrase = left_phrase(tokens, j)
    if phrase is None or phrase[0] - 1 <= a:
        return None
    before = tokens[phrase[0] - 1]
    if before.fold in COORDINATORS and phrase[0] >= 2 and tokens[phrase[0] - 2].words in (",", ";", QUOTED):
        return phrase[0] - 1
    if before.words in (";",) or (before.words == "," and tokens[phrase[0]].fold in PERSONAL):
        return phrase[0] - 1
    return None
