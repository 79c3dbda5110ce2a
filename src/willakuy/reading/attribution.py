"""Who is said to have said what: cue, source and content of each attribution in a sentence.

Method: docs/method/reading.md, "Attribution".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from willakuy.reading.lexicon.function_words import (
    ADVERBS,
    BE,
    CAME_TO_SPEAK,
    COORDINATORS,
    DETERMINERS,
    HAVE,
    MODALS,
    PERSONAL,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    TIME_WORDS,
)
from willakuy.reading.lexicon.speech import (
    CUES,
    GERUNDS,
    HELD_BACK,
    INFINITIVES_ES,
    NOUN_READINGS,
    PARTICIPLES_ES,
    STRONG,
    WEAK,
)
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.phrases import QUOTED, Span, before_verb, left_phrase, right_phrase, span_of
from willakuy.reading.quotations import Quotation
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
    cues = [i for i, t in enumerate(tokens) if t.fold in CUES and _is_a_cue(tokens, i)]
    for n, i in enumerate(cues):
        after = cues[n + 1 :]
        attribution = (
            _according(tokens, i) if CUES[tokens[i].fold] == "according" else _of_verb(tokens, i, found, after)
        )
        if attribution:
            found.append(attribution)
    if not found:
        found += _labelled(tokens)
    return _merged(found)


def _is_a_cue(tokens: Sequence[Token], i: int) -> bool:
    """A verb form used as a verb."""
    t = tokens[i]
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if t.fold == "according":
        return after is not None and after.fold == "to"
    if t.fold == "segun":
        return True
    if t.is_capital and i and before is not None and before.words not in (":", QUOTED, "•") and not t.words.isupper():
        return False
    if t.fold in NOUN_READINGS:
        if (
            before is None
            or not before.is_word
            or before.fold in DETERMINERS
            or before.fold in PREPOSITIONS
            or before.fold in ("of", "de", "to", "and", "y")
        ):
            return False
        if (
            after is not None
            and after.fold in ("of", "de", "against", "contra", "for")
            and not t.fold.startswith(("call", "appeal"))
        ):
            return False
        subject = (
            before.is_capital
            or before.fold in SUBJECT_PRONOUNS
            or before.fold in MODALS
            or before.fold.endswith("s")
            or before.fold in HAVE
        )
        if not subject and not _takes_content(tokens, i):
            return False
    elif (
        before is not None
        and before.fold in DETERMINERS
        and before.fold not in ("la", "lo", "los", "las", "this", "that")
        and t.fold not in STRONG
    ):
        return False
    if (
        t.fold in GERUNDS
        and before is not None
        and before.is_word
        and before.fold not in _BEFORE_GERUND
        and before.fold not in BE
        and before.fold not in ADVERBS
    ):
        return False
    if (
        t.fold in GERUNDS
        and before is not None
        and before.fold in ("by", "with")
        and any(x.fold in CAME_TO_SPEAK for x in tokens[:i])
    ):
        return True
    if t.fold in WEAK and not _takes_content(tokens, i):
        return False
    if t.fold in PARTICIPLES_ES:
        return before is not None and before.fold in HAVE
    if t.fold in INFINITIVES_ES:
        return (
            before is not None
            and before.fold in ("al", "tras", "puede", "pueden", "debe", "deben")
            and _takes_content(tokens, i)
        )
    if before is not None and before.fold == "to":
        return CUES[t.fold] in ("say", "ask", "deny") and _takes_content(tokens, i)
    return True


_BEFORE_GERUND = words(
    "by while after before when with keep kept continued continues began started sigue siguio been statement tweet letter report email comunicado "
    "quote not también"
)  # fmt: skip


def _takes_content(tokens: Sequence[Token], i: int) -> bool:
    after = tokens[i + 1 : i + 3]
    return any(t.fold in ("that", "que", QUOTED) for t in after)


def _passive(tokens: Sequence[Token], i: int) -> bool:
    j = i - 1
    while j >= 0 and (tokens[j].fold in ADVERBS or tokens[j].fold == "not"):
        j -= 1
    return j >= 0 and tokens[j].fold in BE and tokens[i].fold not in GERUNDS


def _asks_for_silence(tokens: Sequence[Token], i: int) -> bool:
    """ "asked not to be named", "pidió no ser identificado": a condition of speaking, not a demand."""
    after = [t.fold for t in tokens[i + 1 : i + 6]]
    return CUES[tokens[i].fold] == "ask" and (
        after[:3] in (["not", "to", "be"], ["to", "remain", "anonymous"])
        or after[:2] in (["no", "ser"], ["mantener", "su"], ["reserva", "de"], ["guardar", "su"], ["anonymity", "for"])
    )


def _of_verb(tokens: list[Token], i: int, found: list[Attribution], later: list[int]) -> Attribution | None:
    cue = tokens[i]
    kind = CUES[cue.fold]
    if _asks_for_silence(tokens, i):
        return None
    if cue.fold in GERUNDS and i and tokens[i - 1].fold == "by" and any(x.fold in CAME_TO_SPEAK for x in tokens[:i]):
        kind = "say" if kind == "judge" else kind
    passive = _passive(tokens, i)
    source = _source_left(tokens, i, found)
    inverted = _is_inverted(tokens, i, source)
    make = _Maker(tokens, i, kind, passive)
    if passive and kind in ("say", "judge", "ask") and (by := _named_after_passive(tokens, i)):
        return make(_right_of(tokens, by[1] - 1, later), span_of(tokens, by))
    if inverted and (phrase := right_phrase(tokens, i)) and kind in ("say", "ask", "deny", "withdraw"):
        content = _left_of(tokens, _comma_before(tokens, i))
        more = _continued(tokens, phrase[1])
        if content:
            return make((*content, *more), span_of(tokens, phrase))
    if source is not None and _is_postposed(tokens, i, source):
        content = _left_of(tokens, source[0])
        if content:
            return make((*content, *_continued(tokens, i + 1)), span_of(tokens, source))
    if not passive and (phrase := _subject_after(tokens, i, kind)):
        content = _right_of(tokens, phrase[1] - 1, later)
        if content:
            return make(content, span_of(tokens, phrase))
    if passive and (kind == "judge" or (kind != "hold" and not _takes_content(tokens, i) and tokens[i].fold != "told")):
        return None
    content = _right_of(tokens, i, later)
    if not content:
        return None
    if source is None and cue.fold in GERUNDS | INFINITIVES_ES:
        return make(content, found[-1].source if found else _sentence_subject(tokens, i))
    if source is None and found and i and tokens[before_verb(tokens, i)].fold in COORDINATORS:
        return make(content, found[-1].source)
    if source is None and not _may_lack_subject(tokens, i):
        return None
    return make(content, span_of(tokens, source) if source else None)


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


def _source_left(tokens: list[Token], i: int, found: list[Attribution]) -> tuple[int, int] | None:
    del found
    if tokens[i].fold in GERUNDS and not any(t.fold in BE for t in tokens[max(0, i - 2) : i]):
        return None
    phrase = left_phrase(tokens, i)
    if phrase is None or all(not t.is_word for t in tokens[slice(*phrase)]):
        return None
    head = tokens[phrase[0]]
    if all(
        t.fold in ADVERBS or t.fold in COORDINATORS or t.fold.endswith("mente") or not t.is_word
        for t in tokens[slice(*phrase)]
    ):
        return None
    if phrase[1] - phrase[0] == 1 and head.fold in (
        "se",
        "al",
        "asi",
        "como",
        "as",
        "so",
        "to",
        "it",
        "there",
        "ello",
        "esto",
        "what",
        "lo",
    ):
        return None
    return phrase


def _is_inverted(tokens: Sequence[Token], i: int, source: tuple[int, int] | None) -> bool:
    """``…,” said X`` and ``…, dijo X``: the verb follows the comma or the quotation at once."""
    j = before_verb(tokens, i)
    if j < 0 or not (tokens[j].words == QUOTED or tokens[j].words == ","):
        return False
    if tokens[j].words == "," and (j < i - 1 or (source and source[0] and tokens[source[0] - 1].words == QUOTED)):
        return False
    if tokens[i].fold in GERUNDS or (tokens[j].words == "," and _in_apposition(tokens, j)):
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.fold in ("that", "que", QUOTED) or not after.is_word:
        return False
    follows = tokens[i + 2].fold if i + 2 < len(tokens) else ""
    if after.fold in TIME_WORDS or (
        after.fold in DETERMINERS and (follows in TIME_WORDS or follows in ("pasado", "last"))
    ):
        return False
    return (
        after.is_capital
        or after.fold in DETERMINERS
        or (after.fold in PERSONAL and QUOTED in (tokens[j].words, tokens[j - 1].words if j else ""))
        or after.fold in ("el", "la", "los", "las")
    )


def _in_apposition(tokens: Sequence[Token], j: int) -> bool:
    """The comma at ``j`` closes ", where …," or ", who …,"."""
    p = next((p for p in range(j - 1, max(-1, j - 18), -1) if tokens[p].words == ","), None)
    return (
        p is not None
        and p > 0
        and tokens[p + 1].fold in ("where", "who", "which", "whose", "quien", "que", "donde", "cuyo", "cuya")
    )


def _comma_before(tokens: Sequence[Token], i: int) -> int:
    j = before_verb(tokens, i)
    return j + 1 if tokens[j].words == QUOTED else j


def _is_postposed(tokens: Sequence[Token], i: int, source: tuple[int, int]) -> bool:
    """``CONTENT, X said.``: something stands before the source and nothing that could be content after the verb."""
    if source[0] == 0:
        return False
    before = tokens[source[0] - 1]
    if before.words not in (",", QUOTED, "—", "–"):
        return False
    rest = tokens[i + 1 :]
    if not rest:
        return True
    first = rest[0]
    if first.fold in ("that", "que", QUOTED, ":"):
        return False
    if before.words == QUOTED:
        return not any(t.words == QUOTED for t in rest[:2])
    return not first.is_word or (
        (first.fold in PREPOSITIONS or first.fold in TIME_WORDS or first.fold in ADVERBS or first.fold == "to")
        and source[0] > 4
    )


def _left_of(tokens: Sequence[Token], b: int) -> tuple[tuple[int, int], ...]:
    """Everything before token ``b``, its closing comma left out."""
    while b > 0 and tokens[b - 1].words in (",", "—", "–"):
        b -= 1
    a = 0
    while a < b and tokens[a].fold in ("and", "but", "y", "pero", "•", "-", "—"):
        a += 1
    return ((a, b),) if b - a >= 1 and (b - a > 1 or tokens[a].words == QUOTED) else ()


def _continued(tokens: Sequence[Token], b: int) -> tuple[tuple[int, int], ...]:
    """A quotation that goes on after ``”, X said, “``."""
    for k in range(b, min(len(tokens), b + 14)):
        if tokens[k].words == QUOTED:
            return ((k, k + 1),)
    return ()


def _named_after_passive(tokens: list[Token], i: int) -> tuple[int, int] | None:
    """The agent of "was described by X as …"; the by may have been lost in print before a name."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return None
    if after.fold in ("by", "por"):
        phrase = right_phrase(tokens, i + 1)
    elif after.is_capital and after.fold not in TIME_WORDS and any(t.words == QUOTED for t in tokens[i:]):
        phrase = right_phrase(tokens, i)
    else:
        return None
    as_at = next(
        (
            k
            for k in range(i + 1, min(len(tokens), i + 18))
            if tokens[k].fold in ("as", "como") or tokens[k].words == QUOTED
        ),
        None,
    )
    if phrase and as_at and phrase[0] < as_at:
        phrase = (phrase[0], as_at)
    return phrase if phrase and phrase[1] < len(tokens) - 1 else None


def _subject_after(tokens: list[Token], i: int, kind: str) -> tuple[int, int] | None:
    """Spanish "Afirmó la ministra que …", "señaló Rosa que …"."""
    if kind not in ("say", "deny", "ask") or i + 2 >= len(tokens):
        return None
    after = tokens[i + 1]
    if after.fold not in ("el", "la", "los", "las") and not after.is_capital:
        return None
    if (
        (phrase := right_phrase(tokens, i))
        and phrase[1] < len(tokens)
        and tokens[phrase[1]].fold in ("que", ":")
        and tokens[phrase[1]].words != "Que"
    ):
        j = before_verb(tokens, i)
        if j < 0 or not tokens[j].is_word:
            return phrase
    return None


def _right_of(tokens: Sequence[Token], i: int, later: Sequence[int]) -> tuple[tuple[int, int], ...]:
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
        if tokens[k].words in (".", ";", "("):
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
    for j in later:
        if j <= a or tokens[j].fold not in STRONG or CUES[tokens[j].fold] in ("hold", "judge"):
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


def _sentence_subject(tokens: Sequence[Token], i: int) -> Span | None:
    """Who the sentence is about, for a verb without a subject of its own: "Rosa ended her speech by stating …"."""
    for k in range(i):
        if tokens[k].fold in CAME_TO_SPEAK and (phrase := left_phrase(tokens, k)):
            return span_of(tokens, phrase)
    if tokens and (tokens[0].fold in PERSONAL):
        return tokens[0].start, tokens[0].end
    if tokens and tokens[0].is_capital and tokens[0].fold not in PREPOSITIONS and tokens[0].fold not in ADVERBS:
        b = 1
        while b < i and b < 7 and (tokens[b].is_capital or tokens[b].fold in ("de", "of", "del", "la")):
            b += 1
        if tokens[0].fold in DETERMINERS:
            while b < i and b < 5 and tokens[b].is_word and tokens[b].fold not in PREPOSITIONS:
                b += 1
        return tokens[0].start, tokens[b - 1].end
    return None


def _may_lack_subject(tokens: Sequence[Token], i: int) -> bool:
    """Spanish drops the subject ("Señaló que …"): the speaker is inherited."""
    j = before_verb(tokens, i)
    opens = (
        j < 0
        or tokens[j].words in (",", ";", "—", QUOTED)
        or tokens[j].fold in ("asimismo", "ademas", "como", "y", "tambien", "al", "tras", "finalmente")
    )
    return (
        opens
        and tokens[i].fold in STRONG
        and (_takes_content(tokens, i) or any(t.words == QUOTED for t in tokens[i + 1 : i + 5]))
    )


def _according(tokens: list[Token], i: int) -> Attribution | None:
    """``According to X, CONTENT`` and ``CONTENT, according to X``."""
    at = i + 1 if tokens[i].fold == "according" else i
    phrase = right_phrase(tokens, at, 22)
    if phrase is None:
        return None
    make = _Maker(tokens, i, "say", False)
    end = phrase[1]
    if tokens[i].fold == "segun" and end < len(tokens) and tokens[at + 1].fold in CUES:
        inner = right_phrase(tokens, at + 1)
        phrase, end = (inner, inner[1]) if inner else (phrase, end)
    before = i - 1
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
    content = _left_of(tokens, i)
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
