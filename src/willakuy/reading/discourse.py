"""From sentences to a whole document: quotations that go on, epigraphs, labels, and who the pronouns are.

Method: docs/method/reading.md, "Speakers".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from willakuy.reading.attribution import Attribution, Sentence, attributions, sentence_of
from willakuy.reading.layers import Block, TextLayer
from willakuy.reading.lexicon.function_words import DETERMINERS, ORGANISATION_NOUNS, PERSONAL, ROLE_NOUNS
from willakuy.reading.phrases import QUOTED, Span
from willakuy.reading.quotations import Quotation, is_a_name_in_quotes, quotations
from willakuy.reading.sentences import sentences
from willakuy.reading.speakers import Mention, People, Person, role_after
from willakuy.reading.tokens import fold
from willakuy.reading.turns import Turn, turns_of
from willakuy.reading.values import Voice

_SILENT_BLOCKS = frozenset(["furniture", "frontmatter"])
_BYLINE = re.compile(
    r"(?:By|Por|Escribe|Texto(?:\s+de)?:?|Redacci[oó]n:?)\s+(?P<name>[A-ZÁÉÍÓÚÑ][\w.’'ÁÉÍÓÚÑáéíóúñü-]+(?:\s+(?:de\s+|del\s+|la\s+)?[A-ZÁÉÍÓÚÑ][\w.’'áéíóúñü-]*){1,4})(?=\s*(?:$|[,|•\n(-]))"
)
_TITLE_VOICE = re.compile(
    r"(?:comment|statement|remarks|comments|declaration|press\s+release|declaraci[oó]n|declaraciones|comunicado|pronunciamiento|mensaje|discurso|speech|letter|carta)\s+"
    r"(?:\w+\s+)?(?:by|of|from|del?|de\s+la)\s+(?P<who>.+?)(?=\s+(?:on|about|regarding|sobre|ante|respecto|in\s+response)\b|$|[:\n])",
    re.IGNORECASE,
)
_TERSE = 14


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
    d = Discourse(layer, folded, blocks, quotes, [], [], [], people, _reporter(layer, blocks))
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
    if whole or _TITLE_VOICE.search(text[: blocks[0].end] if blocks else ""):
        d.whole_voice = _title_voice(d)
    _find_voices(d)
    _add_unattributed(d)
    return d


def _find_by_rule(d: Discourse) -> None:
    for i, sentence in enumerate(d.sentences):
        d.utterances += [Utterance(a, i) for a in attributions(sentence) if a.cue_word != ":" or d.turn(i) is None]
    text = d.layer.text
    d.utterances = [u for u in d.utterances if not _is_a_mere_heading(text, u.attribution) and not _is_in_title(d, u)]
    _continue_quotations(d)


def _sentence_at(d: Discourse, offset: int) -> int:
    return max(0, bisect_right(d.sentences, offset, key=lambda s: s.start) - 1)


def reporter_of(layer: TextLayer) -> Voice:
    """Who signs the document, if it says so."""
    return _reporter(layer, [b for b in layer.blocks if b.kind not in _SILENT_BLOCKS])


def _reporter(layer: TextLayer, blocks: Sequence[Block]) -> Voice:
    """Who signs the text: a byline, or what its metadata says."""
    for block in blocks[:8]:
        m = _BYLINE.match(layer.text, block.start, block.end)
        if m and m.end() >= block.end - 24:
            name = m["name"]
            return Voice(name, None, m.start("name"), m.end("name"), "named")
    if layer.author:
        at = layer.text.find(layer.author)
        return Voice(layer.author, None, at if at >= 0 else None, at + len(layer.author) if at >= 0 else None, "named")
    return Voice()


def _title_voice(d: Discourse) -> Voice | None:
    """ "Statement by the Ombudsman on …": the whole document speaks in that voice."""
    for block in d.blocks[:3]:
        m = _TITLE_VOICE.search(d.layer.text, block.start, block.end)
        if m:
            return _named(d, m.span("who"))
    return None


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


def _is_all_quoted(sentence: Sentence) -> bool:
    return any(t.words == QUOTED for t in sentence.tokens) and all(
        t.words == QUOTED or not t.is_word for t in sentence.tokens
    )


def _continue_quotations(d: Discourse) -> None:
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


def _find_voices(d: Discourse) -> None:
    """Work out each speaker: a name, a pronoun's last named speaker, or the one who spoke before."""
    last: Voice | None = None
    introduced = _introductions(d)
    for u in sorted(d.utterances, key=lambda u: (u.sentence, u.attribution.cue or (0, 0))):
        source = u.attribution.source
        while introduced and introduced[0][0] <= (u.attribution.cue or (u.sentence,))[0]:
            last = introduced.pop(0)[1]
        if source is None:
            u.voice = _inherited(last)
        elif d.whole_voice and d.folded[slice(*source)].strip() in ("we", "i", "nosotros"):
            u.voice = replace(d.whole_voice, start=source[0], end=source[1], basis="pronoun")
        elif fold(d.layer.text[slice(*source)]).strip() in PERSONAL or _opens_with_pronoun(d, source):
            u.voice = (
                replace(last, start=source[0], end=source[1], basis="pronoun")
                if last and last.name
                else Voice(None, None, source[0], source[1], "pronoun")
            )
        else:
            u.voice = _named(d, source)
        if u.voice.basis == "inherited":
            u.flags += ("inherited_speaker",)
        if u.voice.name and u.attribution.cue_class in ("say", "ask", "deny", "withdraw"):
            last = u.voice


def _introductions(d: Discourse) -> list[tuple[int, Voice]]:
    """People the narrator brings on, each from the place of the mention: the subject of a sentence, or a full name with a role."""
    found = []
    openings = {s.start for s in d.sentences}
    quoted = sorted((q.start, q.end) for q in d.quotes)
    for mention in d.people.mentions:
        at = bisect_left(quoted, (mention.start, 0)) - 1
        if at >= 0 and mention.start < quoted[at][1]:
            continue
        person = d.people.named(mention)
        opens = mention.start in openings
        if len(person.parts) > 1 and (opens or (mention.start == person.start and person.role)):
            found.append((mention.end, Voice(person.name, person.role, mention.start, mention.end, "inherited")))
    return sorted(found, key=lambda pair: pair[0])


def _opens_with_pronoun(d: Discourse, source: Span) -> bool:
    first = d.folded[slice(*source)].split()
    return bool(first) and len(first) == 1 and first[0] in PERSONAL


def _inherited(last: Voice | None) -> Voice:
    return replace(last, basis="inherited") if last and last.name else Voice()


def _named(d: Discourse, source: Span) -> Voice:
    """The voice of a source phrase: the person's fullest name and role where it names one, else the phrase itself."""
    text = d.layer.text
    mention = d.people.in_span(*source)
    words = text[slice(*source)]
    if beside := _name_beside(d, source):
        person = d.people.named(beside)
        return Voice(person.name, person.role or words, beside.start, beside.end, "named")
    if (
        mention
        and not any(x in ORGANISATION_NOUNS for x in d.folded[slice(*source)].split())
        and not _is_about_another(d, source, mention.start)
    ):
        person = d.people.named(mention)
        role = person.role
        rest = text[mention.end : source[1]].lstrip("’'s").strip(" .")
        others = fold(rest).split()
        if (
            rest
            and not rest.startswith((",", "(", "–", "—"))
            and others[0] not in ("and", "y", "e", "of", "de", "of", "in", "at", "en", "del")
        ):
            return Voice(_bare(words), None, source[0], source[1], "named")
        if "and" in others or "y" in others or "otros" in others:
            return Voice(person.name + text[mention.end : source[1]], None, source[0], source[1], "named")
        return Voice(person.name, role, source[0], source[1], "named")
    if (known := _by_role(d, source)) is not None:
        return known
    found = role_after(text, source[1])
    return Voice(_bare(words), text[slice(*found)] if found else None, source[0], source[1], "named")


def _name_beside(d: Discourse, source: Span) -> Mention | None:
    """The person of "the governor of Lampa, Rosa Inventada, said": the name follows the role after a comma."""
    words = d.folded[slice(*source)].split()
    described = any(x in ROLE_NOUNS for x in words[:5]) or (len(words) > 1 and words[0] in DETERMINERS)
    by_role = any(x in ROLE_NOUNS for x in words[:5])
    if not described or any(x in ORGANISATION_NOUNS for x in words[:2]) or (d.people.in_span(*source) and not by_role):
        return None
    own = d.people.in_span(*source)
    if own is not None and own.end == source[1] and len(d.layer.text[own.start : own.end].split()) > 1:
        return None
    m = re.compile(r",\s+").match(d.layer.text, source[1])
    found = d.people.starting(m.end()) if m else None
    return found if found is not None and len(d.layer.text[found.start : found.end].split()) > 1 else None


def _by_role(d: Discourse, source: Span) -> Voice | None:
    """ "The governor" is the person whose role the text gave as governor, the last one before."""
    words = d.folded[slice(*source)].split()
    if not 2 <= len(words) <= 3 or words[0] not in ("the", "el", "la") or words[-1] not in ROLE_NOUNS:
        return None
    before = (d.people.named(m) for m in d.people.before(source[0]))
    person = next((p for p in before if words[-1] in fold(p.role or "").split()), None)
    if person is None:
        return None
    return Voice(person.name, person.role, source[0], source[1], "pronoun")


def _is_about_another(d: Discourse, source: Span, at: int) -> bool:
    """ "Rosa’s lawyer", "a spokesman for Juan": the name belongs to somebody else's description."""
    before = d.folded[source[0] : at].split()
    mention = d.people.starting(at)
    name_end = mention.end if mention else at
    follows = d.folded[name_end : name_end + 3]
    if follows.startswith("'s") and name_end < source[1] - 2:
        return True
    if d.layer.text[at:name_end].endswith(("’s", "'s")) and name_end < source[1]:
        return True
    return bool(before) and before[-1] in ("for", "of", "de", "del", "to", "in", "at", "en", "para", "from", "la")


def _bare(words: str) -> str:
    """A noun phrase without its opening article, so that "the ministry" and "The ministry" are one voice."""
    parts = words.split()
    if len(parts) > 1 and fold(parts[0]) in ("the", "el", "la", "los", "las") and parts[1][:1].isupper():
        return words[len(parts[0]) :].strip()
    return words


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


def _add_unattributed(d: Discourse) -> None:
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
