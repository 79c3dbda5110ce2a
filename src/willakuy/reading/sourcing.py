"""Who a cue names as speaking: the phrase before it, after it, or the subject of the sentence.

Method: docs/method/reading.md, "Attribution".
"""

from __future__ import annotations

from collections.abc import Sequence

from willakuy.reading.cues import takes_content
from willakuy.reading.lexicon.function_words import (
    ADVERBS,
    BE,
    CAME_TO_SPEAK,
    COORDINATORS,
    DETERMINERS,
    PERSONAL,
    PREPOSITIONS,
    TIME_WORDS,
)
from willakuy.reading.lexicon.speech import (
    GERUNDS,
    HELD_BACK,
    STRONG,
)
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.phrases import QUOTED, Span, before_verb, left_phrase, right_phrase, span_of
from willakuy.reading.tokens import Token


def source_left(tokens: list[Token], i: int) -> tuple[int, int] | None:
    if tokens[i].fold in GERUNDS and not any(t.fold in BE for t in tokens[max(0, i - 2) : i]):
        return None
    before = before_verb(tokens, i)
    if before > 0 and tokens[before].fold in ("y", "e") and not tokens[i].is_capital:
        return None  # "pide … y solicita …": the subject is that of the verb before
    phrase = left_phrase(tokens, i)
    if phrase is None or all(not t.is_word for t in tokens[slice(*phrase)]):
        return None
    head = tokens[phrase[0]]
    if all(
        t.fold in ADVERBS
        or t.fold in COORDINATORS
        or t.fold in _WHEN
        or t.fold.endswith("mente")
        or not t.is_word
        or t.fold.isdigit()
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


_WHEN = words(
    "hours hour minutes days weeks months years later after before horas hora minutos dias semanas meses anos despues antes tarde luego "
    "poco rato unas unos pocas pocos a few"
)
"""Words of "horas después", "a few days later": when something was said, and nobody who says it."""


def is_inverted(tokens: Sequence[Token], i: int, source: tuple[int, int] | None) -> bool:
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


def comma_before(tokens: Sequence[Token], i: int) -> int:
    j = before_verb(tokens, i)
    return j + 1 if tokens[j].words == QUOTED else j


def is_postposed(tokens: Sequence[Token], i: int, source: tuple[int, int]) -> bool:
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
    if tokens[i].fold in HELD_BACK and source[0] > 4 and (told := _told_whom(tokens, i + 1)):
        return told == len(tokens) or tokens[told].fold not in ("that", "que", "to", "not", QUOTED, ":")
    return not first.is_word or (
        (first.fold in PREPOSITIONS or first.fold in TIME_WORDS or first.fold in ADVERBS or first.fold == "to")
        and source[0] > 4
    )


def _told_whom(tokens: Sequence[Token], a: int) -> int:
    """Where "reporters", "the Example Times", "Radio Inventada" ends after "told"; 0 where nobody is named there."""
    b = a
    while b < len(tokens) and b - a < 6 and (tokens[b].is_capital or tokens[b].fold in _LISTENERS):
        b += 1
    return b if b > a else 0


_LISTENERS = words(
    "reporters journalists the a an this news agency newspaper press media radio television me us him her them of"
)


def named_after_passive(tokens: list[Token], i: int) -> tuple[int, int] | None:
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


def subject_after(tokens: list[Token], i: int, kind: str) -> tuple[int, int] | None:
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


def sentence_subject(tokens: Sequence[Token], i: int) -> Span | None:
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


def may_lack_subject(tokens: Sequence[Token], i: int) -> bool:
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
        and (takes_content(tokens, i) or any(t.words == QUOTED for t in tokens[i + 1 : i + 5]))
    )
