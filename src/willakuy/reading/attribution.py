"""Who is said to have said what: cue, source and content of each attribution in a sentence.

Method: docs/method/reading.md, "Attribution".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from willakuy.reading.cues import asks_for_silence, is_a_cue, is_of_according, is_passive, takes_content
from willakuy.reading.lexicon.function_words import (
    ADVERBS,
    CAME_TO_SPEAK,
    COORDINATORS,
)
from willakuy.reading.lexicon.speech import (
    CUES,
    GERUNDS,
    INFINITIVES_ES,
)
from willakuy.reading.phrases import QUOTED, Span, after_addressed, before_verb, right_phrase, span_of
from willakuy.reading.quotations import Quotation
from willakuy.reading.said_words import continued, left_of, right_of
from willakuy.reading.sourcing import (
    comma_before,
    is_inverted,
    is_postposed,
    may_lack_subject,
    named_after_passive,
    sentence_subject,
    source_left,
    subject_after,
)
from willakuy.reading.tokens import Token, tokenise


@dataclass(frozen=True, slots=True)
class Attribution:
    """``frame`` is all that is attributed; ``quotes`` are the quotations in it. ``source`` ``None``: to be inherited."""

    frame: tuple[Span, ...]
    quotes: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    cue_class: str
    cue_word: str
    is_negated: bool = False
    is_passive: bool = False


@dataclass(slots=True)
class Sentence:
    """Tokens of one sentence, each quotation standing as one token."""

    start: int
    end: int
    tokens: list[Token]
    quotes: list[Quotation]


def sentence_of(text: str, folded: str, start: int, end: int, quotes: Sequence[Quotation]) -> Sentence:
    first = bisect_right(quotes, start, key=lambda q: q.end)
    inside = quotes[first : bisect_left(quotes, end, key=lambda q: q.start)]
    tokens: list[Token] = []
    at = start
    for q in inside:
        tokens += tokenise(text, folded, at, max(at, q.start))
        tokens.append(Token(max(q.start, start), min(q.end, end), QUOTED, QUOTED, False, False))
        at = min(q.end, end)
        if q.is_dashed:
            dash = re.compile(r"\s*[—―–]").match(text, at, end)
            at = dash.end() if dash else at
    tokens += tokenise(text, folded, at, end)
    return Sentence(start, end, tokens, list(inside))


def attributions(sentence: Sentence) -> list[Attribution]:
    """Every attribution whose cue stands outside quotation marks, in order of cue."""
    tokens = sentence.tokens
    found: list[Attribution] = []
    cues = [
        i for i, t in enumerate(tokens) if t.fold in CUES and is_a_cue(tokens, i) and not is_of_according(tokens, i)
    ]
    for n, i in enumerate(cues):
        after = cues[n + 1 :]
        attribution = (
            _according(tokens, i) if CUES[tokens[i].fold] == "according" else _of_verb(tokens, i, found, after)
        )
        if attribution:
            found += _denied_then_said(tokens, attribution)
    if not found:
        found += _labelled(tokens)
    return _merged(found)


def _of_verb(tokens: list[Token], i: int, found: list[Attribution], later: list[int]) -> Attribution | None:
    cue = tokens[i]
    kind = CUES[cue.fold]
    if asks_for_silence(tokens, i):
        return None
    if cue.fold in GERUNDS and i and tokens[i - 1].fold == "by" and any(x.fold in CAME_TO_SPEAK for x in tokens[:i]):
        kind = "say" if kind == "judge" else kind
    passive = is_passive(tokens, i)
    source = source_left(tokens, i)
    inverted = is_inverted(tokens, i, source)
    make = _Maker(tokens, i, kind, passive)
    if passive and kind in ("say", "judge", "ask") and (by := named_after_passive(tokens, i)):
        return make(right_of(tokens, by[1] - 1, later), span_of(tokens, by))
    if inverted and (phrase := right_phrase(tokens, i)) and kind in ("say", "ask", "deny", "withdraw"):
        content = left_of(tokens, comma_before(tokens, i))
        more = continued(tokens, phrase[1])
        if content:
            return make((*content, *more), span_of(tokens, phrase))
    if source is not None and is_postposed(tokens, i, source):
        content = left_of(tokens, source[0])
        if content:
            return make((*content, *continued(tokens, i + 1)), span_of(tokens, source))
    if not passive and (phrase := subject_after(tokens, i, kind)):
        content = right_of(tokens, phrase[1] - 1, later)
        if content:
            return make(content, span_of(tokens, phrase))
    if passive and (kind == "judge" or (kind != "hold" and not takes_content(tokens, i) and tokens[i].fold != "told")):
        return None
    content = right_of(tokens, i, later)
    if not content:
        return None
    if source is None and cue.fold in GERUNDS | INFINITIVES_ES:
        return make(content, found[-1].source if found else sentence_subject(tokens, i))
    if source is None and i and tokens[before_verb(tokens, i)].fold in COORDINATORS:
        return make(content, found[-1].source if found else sentence_subject(tokens, i))
    if source is None and not may_lack_subject(tokens, i):
        return None
    return make(content, span_of(tokens, source) if source else None)


def _denied_then_said(tokens: Sequence[Token], a: Attribution) -> tuple[Attribution, ...]:
    """ "negó que hayan disparado: “No hubo armas”": what is denied, and then what is said, which is no denial."""
    if a.cue_class != "deny" or len(a.frame) != 1 or len(a.quotes) != 1:
        return (a,)
    start, (opens, closes) = a.frame[0][0], a.quotes[0]
    colon = next((t for t in reversed(tokens) if t.start < opens and t.words == ":"), None)
    if colon is None or sum(start <= t.start < colon.start for t in tokens) < 3 or a.frame[0][1] > closes:
        return (a,)
    said = replace(a, frame=((opens, closes),), cue_class="say", is_negated=False)
    return replace(a, frame=((start, colon.start),), quotes=()), said


class _Maker:
    """Makes the attribution of one cue from its content and source."""

    def __init__(self, tokens: list[Token], i: int, kind: str, passive: bool) -> None:
        self.tokens, self.i, self.kind, self.passive = tokens, i, kind, passive

    def __call__(self, content: tuple[tuple[int, int], ...], source: Span | None) -> Attribution | None:
        spans = tuple(span_of(self.tokens, part) for part in content if part[1] > part[0])
        if not spans:
            return None
        quotes = tuple((t.start, t.end) for part in content for t in self.tokens[slice(*part)] if t.words == QUOTED)
        cue = self.tokens[self.i]
        negated = any(
            t.fold in ("not", "no", "never", "nunca", "n't")
            for t in self.tokens[max(0, self.i - 3) : self.i]
            if t.is_word
        )
        return Attribution(spans, quotes, (cue.start, cue.end), source, self.kind, cue.fold, negated, self.passive)


def _according(tokens: list[Token], i: int) -> Attribution | None:
    """``According to X, CONTENT`` and ``CONTENT, according to X``."""
    at = i if tokens[i].fold == "segun" else i + 1
    if tokens[i].fold == "segun" and i + 1 < len(tokens) and is_of_according(tokens, i + 1):
        at = after_addressed(tokens, i + 2) - 1  # "según contó a este diario su hermana"
    phrase = right_phrase(tokens, at, 22)
    if phrase is None:
        return None
    make = _Maker(tokens, i, "say", False)
    end = phrase[1]
    before = i - 2 if tokens[i].fold == "acuerdo" else i - 1
    while before >= 0 and tokens[before].words in (",", "(", "—"):
        before -= 1
    rest = end
    while rest < len(tokens) and tokens[rest].words not in (",", QUOTED):
        rest += 1
    if (
        before >= 3
        and rest + 2 < len(tokens)
        and tokens[rest].words == ","
        and tokens[before + 1].words == ","
        and tokens[i].fold == "segun"
    ):
        b = len(tokens)
        while b > rest and tokens[b - 1].words in (".", "!", "?"):
            b -= 1
        return make(((0, before + 1), (rest + 1, b)), span_of(tokens, phrase))
    if before < 3 and rest < len(tokens):
        b = len(tokens)
        while b > rest and tokens[b - 1].words in (".", "!", "?"):
            b -= 1
        lead = ((0, before + 1),) if before >= 1 and tokens[before].fold not in ADVERBS else ()
        return make((*lead, (rest + (tokens[rest].words == ","), b)), span_of(tokens, phrase))
    content = left_of(tokens, before + 1)
    return make(content, span_of(tokens, phrase)) if content else None


def _labelled(tokens: list[Token]) -> Iterator[Attribution]:
    """``ROSA INVENTADA: “…”`` and ``Rosa Inventada: “…”`` at the start of a sentence."""
    for k, t in enumerate(tokens[:9]):
        if t.words == ":" and k and k + 1 < len(tokens):
            label = tokens[:k]
            followed = tokens[k + 1].words == QUOTED
            if all(
                x.is_capital or x.words in (".", "-", "’") or x.fold in ("de", "la", "del", "of") for x in label
            ) and (followed or all(x.words.isupper() for x in label if x.is_word)):
                b = len(tokens)
                quotes = tuple((x.start, x.end) for x in tokens[k + 1 :] if x.words == QUOTED)
                yield Attribution(
                    (span_of(tokens, (k + 1, b)),), quotes, (t.start, t.end), span_of(tokens, (0, k)), "say", ":"
                )
            return
        if not t.is_word and t.words not in (".", "-", "’"):
            return


def _merged(found: list[Attribution]) -> list[Attribution]:
    """One quotation belongs to one attribution: the nearest cue keeps it, of those whose frame is the shorter."""
    kept: list[Attribution] = []
    for a in found:
        twin = next((b for b in kept if b.frame == a.frame), None)
        if twin is None:
            kept.append(a)
        elif twin.cue_class in ("hold", "judge") and a.cue_class == "say":
            kept[kept.index(twin)] = replace(a, source=a.source or twin.source)
    return kept
