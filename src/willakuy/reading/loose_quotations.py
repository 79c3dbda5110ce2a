"""Quotations that no cue claims: those that go on, epigraphs, and those whose speaker nobody names.

Method: docs/method/reading.md, "Speakers".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from willakuy.reading.attribution import Attribution, Sentence
from willakuy.reading.lexicon.function_words import DETERMINERS
from willakuy.reading.phrases import QUOTED, Span
from willakuy.reading.quotations import Quotation, is_a_name_in_quotes
from willakuy.reading.speakers import Person
from willakuy.reading.utterances import Discourse, Utterance
from willakuy.reading.values import Voice

_TERSE = 14


def _is_all_quoted(sentence: Sentence) -> bool:
    return any(t.words == QUOTED for t in sentence.tokens) and all(
        t.words == QUOTED or not t.is_word for t in sentence.tokens
    )


def continue_quotations(d: Discourse) -> None:
    """A sentence that is nothing but a quotation goes on with what was attributed just before it, in its paragraph."""
    by_sentence: dict[int, Utterance] = {}
    for u in d.utterances:
        if u.attribution.quotes or u.attribution.cue_word == ":":
            by_sentence[u.sentence] = u
    for i in range(1, len(d.sentences)):
        before = by_sentence.get(i - 1)
        if before is None or d.block_of[i] != d.block_of[i - 1] or i in by_sentence:
            continue
        a = before.attribution
        label = a.cue_word == ":" and not _is_all_quoted(d.sentences[i])
        if _is_all_quoted(d.sentences[i]) or label:
            s = d.sentences[i]
            quotes = tuple((t.start, t.end) for t in s.tokens if t.words == QUOTED)
            extra: tuple[Span, ...] = ((s.start, s.end),) if label else quotes
            before.attribution = replace(a, frame=(*a.frame, *extra), quotes=(*a.quotes, *quotes))
            by_sentence[i] = before


def _lengthen(d: Discourse) -> None:
    """A quotation that goes on over the next paragraphs belongs whole to whoever it was attributed to."""
    ends = {q.start: q.end for q in d.quotes}
    for u in d.utterances:
        a = u.attribution
        if any(ends.get(x, y) > y for x, y in a.quotes):
            longer = {(x, y): (x, max(y, ends.get(x, y))) for x, y in a.quotes}
            frame = tuple(
                (x, max([y, *(b for (p, q), (_, b) in longer.items() if x <= p and q <= y)])) for x, y in a.frame
            )
            u.attribution = replace(a, quotes=tuple(longer[q] for q in a.quotes), frame=frame)


def add_unattributed(d: Discourse) -> None:
    """Quotations no cue claims: epigraphs with a name below, the rest without a speaker and flagged."""
    _lengthen(d)
    claimed = {q for u in d.utterances for q in u.attribution.quotes}
    covered = _Covered(span for u in d.utterances for span in u.attribution.frame)
    spoke = _spoken_by_block(d)
    text = d.layer.text
    for i, sentence in enumerate(d.sentences):
        for q in sentence.quotes:
            span = (q.start, q.end)
            if span in claimed or covered.holds(*span) or not sentence.start <= q.start < sentence.end:
                continue
            inner = text[q.start + 1 : q.end - 1]
            if is_a_name_in_quotes(inner):
                continue
            u = Utterance(Attribution((span,), (span,), None, None, "say", ""), i)
            if (named := _epigraph_voice(d, i, q)) is not None:
                u.voice = named
            elif _is_all_quoted(sentence) and _opens_its_block(d, i) and (before := _spoke_before(d, i, spoke)):
                u.voice, u.flags = replace(before, basis="inherited"), ("inherited_speaker",)
            elif len(inner.split()) < 4:
                continue
            else:
                u.flags = ("unattributed",)
            if q.is_unclosed:
                u.flags += ("unclosed_quote",)
            d.utterances.append(u)
    d.utterances.sort(key=lambda u: (u.attribution.frame[0], u.sentence))


def _opens_its_block(d: Discourse, i: int) -> bool:
    return i == 0 or d.block_of[i] != d.block_of[i - 1] or _is_all_quoted(d.sentences[i - 1])


class _Covered:
    """Whether one of many stretches of text holds another, in the time a look-up takes."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [a for a, _ in ordered]
        self._ends = list(accumulate((b for _, b in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, start) - 1
        return i >= 0 and self._ends[i] >= end


def _spoken_by_block(d: Discourse) -> dict[int, list[Utterance]]:
    """The utterances of each block that quote somebody by name, in order."""
    found: dict[int, list[Utterance]] = {}
    for u in sorted(d.utterances, key=lambda u: u.sentence):
        if u.attribution.quotes and u.voice.name:
            found.setdefault(d.block_of[u.sentence], []).append(u)
    return found


def _spoke_before(d: Discourse, i: int, spoke: dict[int, list[Utterance]]) -> Voice | None:
    """Who spoke in the paragraph just before, if that paragraph quoted anyone by name."""
    block = d.block_of[i]
    near = [u for b in (block - 1, block) for u in spoke.get(b, ()) if u.sentence < i]
    return near[-1].voice if near else None


def _epigraph_voice(d: Discourse, i: int, q: Quotation) -> Voice | None:
    """A quotation alone in its paragraph, and a short line under it (or a dash after it) that names somebody."""
    text = d.layer.text
    block = d.blocks[d.block_of[i]]
    rest = text[q.end : block.end].strip()
    if rest:
        if not rest.startswith(("—", "–", "-", "―")) or len(rest.split()) > _TERSE:
            return None
        start, end = q.end, block.end
    else:
        if text[block.start : q.start].strip() or d.block_of[i] + 1 >= len(d.blocks):
            return None
        below = d.blocks[d.block_of[i] + 1]
        start, end = below.start, below.end
        if len(text[start:end].split()) > _TERSE or text[start:end].rstrip().endswith((".", ":")):
            return None
    mention = d.people.in_span(start, end)
    if mention is None or d.folded[start : mention.start].strip(" —–-―") not in ("", *DETERMINERS):
        return None
    person: Person = d.people.named(mention)
    return Voice(person.name, person.role, mention.start, mention.end, "named")
