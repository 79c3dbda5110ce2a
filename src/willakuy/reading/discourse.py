"""From sentences to a whole document: quotations that go on, epigraphs, labels, and who the pronouns are.

Method: docs/method/reading.md, "Speakers".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from willakuy.reading.attribution import Attribution, attributions, sentence_of
from willakuy.reading.layers import TextLayer
from willakuy.reading.loose_quotations import add_unattributed, continue_quotations
from willakuy.reading.quotations import quotations
from willakuy.reading.sentences import sentences
from willakuy.reading.speakers import People
from willakuy.reading.tokens import fold
from willakuy.reading.turns import turns_of
from willakuy.reading.utterances import Discourse, Utterance
from willakuy.reading.values import Voice
from willakuy.reading.voices import find_voices, has_title_voice, signed_by, title_voice

_SILENT_BLOCKS = frozenset(["furniture", "frontmatter"])


Finder = Callable[["Discourse"], Iterable[Attribution]]
"""Finds who is said to have said what in a document whose sentences and quotations are known."""


def discourse(layer: TextLayer, finder: Finder | None = None) -> Discourse:
    """Read the layer's blocks in order; furniture and front matter are passed over.

    ``finder`` takes the place of the rules that find attributions; whose voice each is in is worked out the same way.
    """
    text = layer.text
    folded = fold(text)
    blocks = [b for b in layer.blocks if b.kind not in _SILENT_BLOCKS]
    quotes = quotations(text, blocks)
    whole = next(
        (q for q in quotes if q.is_unclosed and sum(q.start < b.end and b.start < q.end for b in blocks) > 1), None
    )
    if whole:
        quotes = [q for q in quotes if q is not whole]
    people = People(text, [(b.start, b.end) for b in blocks])
    d = Discourse(layer, folded, blocks, quotes, [], [], [], people, signed_by(layer, blocks))
    d.turns = turns_of(text, blocks)
    for i, block in enumerate(blocks):
        first = bisect_left(quotes, block.start, key=lambda q: q.end)
        inside = quotes[first : bisect_left(quotes, block.end, key=lambda q: q.start)]
        turn = d.turns[i]
        for start, end in sentences(text, turn.start if turn else block.start, block.end, inside):
            d.sentences.append(sentence_of(text, folded, start, end, inside))
            d.block_of.append(i)
    if finder is None:
        _find_by_rule(d)
    else:
        d.utterances = [Utterance(a, _sentence_at(d, a.frame[0][0])) for a in finder(d)]
    if whole or has_title_voice(text[: blocks[0].end] if blocks else ""):
        d.whole_voice = title_voice(d)
    find_voices(d)
    add_unattributed(d)
    return d


def _find_by_rule(d: Discourse) -> None:
    for i, sentence in enumerate(d.sentences):
        d.utterances += [Utterance(a, i) for a in attributions(sentence) if a.cue_word != ":" or d.turn(i) is None]
    text = d.layer.text
    d.utterances = [u for u in d.utterances if not _is_a_mere_heading(text, u.attribution) and not _is_in_title(d, u)]
    continue_quotations(d)


def _sentence_at(d: Discourse, offset: int) -> int:
    return max(0, bisect_right(d.sentences, offset, key=lambda s: s.start) - 1)


def reporter_of(layer: TextLayer) -> Voice:
    """Who signs the document, if it says so."""
    return signed_by(layer, [b for b in layer.blocks if b.kind not in _SILENT_BLOCKS])


def _is_a_mere_heading(text: str, a: Attribution) -> bool:
    """ "WATCH: …" labels no speech; a label that comes back, or that a quotation follows, does."""
    return a.cue_word == ":" and not a.quotes and a.source is not None and text.count(text[slice(*a.source)] + ":") < 2


def _is_in_title(d: Discourse, u: Utterance) -> bool:
    """A headline asks and judges in its own voice; only what it quotes or says outright is an attribution."""
    block = d.blocks[0]
    opens = d.block_of[u.sentence] == 0 and not d.layer.text[block.start : block.end].rstrip().endswith(
        (".", "”", "»", '"')
    )
    return opens and not u.attribution.quotes and u.attribution.cue_class not in ("say", "deny", "withdraw")


__all__ = ["Discourse", "Finder", "Utterance", "discourse", "reporter_of"]
