"""Who stands left or right of a verb: noun phrases by their edges, without a parser."""

from __future__ import annotations

from collections.abc import Sequence

from willakuy.reading.lexicon.function_words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    PERSONAL,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)
from willakuy.reading.lexicon.speech import CUES, GERUNDS
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.tokens import Token

Span = tuple[int, int]
QUOTED = "\x02"
"""Stands for a whole quotation among the tokens of a sentence."""

_INSIDE = words("of de del la las los el for para at in on the and y e 's from with")
_LONGEST = 16
_RELATIVE = frozenset(["who", "which", "quien", "quienes", "that", "que"])


def is_verb_helper(token: Token) -> bool:
    return token.fold in AUXILIARIES or token.fold in ADVERBS or token.fold.endswith(("ly", "mente"))


def before_verb(tokens: Sequence[Token], i: int) -> int:
    """Index of the last token left of the verb at ``i`` that is neither auxiliary nor adverb; -1 if none."""
    j = i - 1
    while j >= 0 and tokens[j].is_word and is_verb_helper(tokens[j]) and tokens[j].fold not in PERSONAL:
        j -= 1
    return j


def left_phrase(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Token range ``[a, b)`` of the subject that ends just left of token ``i``, an apposition passed over.

    "Rosa Inventada, mayor of Lampa, said" gives "Rosa Inventada".
    """
    j = _before_anonymity(tokens, before_verb(tokens, i))
    if j >= 1 and tokens[j].fold in _RELATIVE:
        j -= 1
        if tokens[j].words == ",":
            j -= 1
    elif j >= 1 and tokens[j].words in (",", ")", "–", "—"):
        j = _before_apposition(tokens, j)
    if j < 0:
        return None
    a = _without_lead(tokens, _start_of_phrase(tokens, j), j + 1)
    return (a, j + 1) if a is not None and a <= j else None


_UNNAMED = words(
    "identificado identificada identificados nombrado nombrada named identified anonimato anonymity anonymous reserva"
)


def _before_anonymity(tokens: Sequence[Token], j: int) -> int:
    """ "A leader who asked not to be named", "un dirigente que pidió no ser identificado": back to the leader."""
    end = j - 1 if j > 0 and tokens[j].words == "," else j
    if end < 2 or not any(t.fold in _UNNAMED for t in tokens[max(0, end - 3) : end + 1]):
        return j
    relative = next(
        (k for k in range(end - 1, max(0, end - 12), -1) if tokens[k].fold in ("que", "quien", "who")), None
    )
    if relative is None or not any(
        CUES.get(t.fold) in ("ask", "say") or t.fold in ("spoke", "hablo") for t in tokens[relative:end]
    ):
        return j
    return relative - 2 if tokens[relative - 1].words == "," else relative - 1


def _before_apposition(tokens: Sequence[Token], j: int) -> int:
    opening = {",": ",", ")": "(", "–": "–", "—": "—"}[tokens[j].words]
    for p in range(j - 1, max(-1, j - 18), -1):
        if tokens[p].words == QUOTED:
            return -1
        if tokens[p].words == opening and p > 0 and tokens[p - 1].is_word:
            before = tokens[p + 1]
            if before.fold in ("and", "y", "but", "pero", "or") or tokens[p - 1].fold in CUES:
                return -1
            if (
                before.fold in ("desde",)
                or tokens[p - 1].fold.endswith(("mente", "ly"))
                or tokens[p - 1].fold in ADVERBS
                or tokens[p - 1].fold in TIME_WORDS
            ):
                return j - 1
            return p - 1
    return -1


def _start_of_phrase(tokens: Sequence[Token], j: int) -> int:
    a = j
    while a > 0 and j - a < _LONGEST:
        t = tokens[a - 1]
        if not t.is_word:
            if t.words in ("'", "’", "-", "&", "/") or (t.words == "." and len(tokens[a - 2].words) <= 3 and a >= 2):
                a -= 1
                continue
            break
        if t.fold in ("and", "y", "e"):
            if a >= 2 and (
                (tokens[a].is_capital and tokens[a - 2].is_capital)
                or tokens[a].fold in ("other", "others", "otros", "otras")
            ):
                a -= 1
                continue
            break
        if t.fold in SUBORDINATORS or (t.fold in CUES and not t.is_capital and t.fold not in DETERMINERS):
            break
        if t.fold in SUBJECT_PRONOUNS and t.fold not in DETERMINERS:
            break
        a -= 1
    return a


def _without_lead(tokens: Sequence[Token], a: int, b: int) -> int | None:
    """Drop "In a statement on Monday" before "the ministry"; adverbs and times that open the sentence too."""
    if b - a > 2 and tokens[a].fold in GERUNDS and not tokens[a].is_capital:
        a += 1
    if a < b - 1 and tokens[a].fold == "desde":
        a += 1
    while a < b and (tokens[a].fold in ADVERBS or tokens[a].fold in TIME_WORDS or not tokens[a].is_word) and b - a > 1:
        a += 1
    if a < b - 1 and (tokens[a].fold, tokens[a + 1].fold) == ("al", "respecto"):
        a += 2
    if a < b and tokens[a].fold in PREPOSITIONS:
        for t in range(a + 2, b):
            here, before = tokens[t], tokens[t - 1]
            opens = here.fold in DETERMINERS or (here.is_capital and here.fold not in TIME_WORDS)
            if (
                opens
                and before.is_word
                and before.fold not in PREPOSITIONS
                and before.fold not in DETERMINERS
                and before.fold not in _INSIDE
                and not (here.is_capital and before.is_capital and before.fold not in TIME_WORDS)
            ):
                return t
        return None
    return a


def right_phrase(tokens: Sequence[Token], i: int, longest: int = 14) -> tuple[int, int] | None:
    """Token range ``[a, b)`` of the noun phrase that begins right after token ``i``: the subject of ", said …"."""
    a = i + 1
    while a < len(tokens) and tokens[a].fold in ADVERBS:
        a += 1
    b = a
    while b < len(tokens) and b - a < longest:
        t = tokens[b]
        if not t.is_word:
            if t.words in ("'", "’", "-", "&") or (
                t.words == "." and b + 1 < len(tokens) and len(tokens[b - 1].words) <= 3 and tokens[b - 1].is_capital
            ):
                b += 1
                continue
            break
        if b > a and (
            t.fold in SUBORDINATORS or (t.fold in PREPOSITIONS and t.fold not in _INSIDE) or t.fold in TIME_WORDS
        ):
            break
        if b > a and is_addressed(tokens, b):
            break
        if b > a and t.fold in ("on", "in", "en") and b + 1 < len(tokens) and not _is_part_of_name(tokens, b):
            break
        if t.fold in ("and", "y", "e") and not (
            b + 1 < len(tokens) and (tokens[b + 1].is_capital or tokens[b + 1].fold in ("other", "others", "otros"))
        ):
            break
        b += 1
    while b > a and tokens[b - 1].fold in ("and", "y", "e", "of", "de", "the", "el", "la", "at", "in", "on"):
        b -= 1
    return (a, b) if b > a else None


def is_addressed(tokens: Sequence[Token], k: int) -> bool:
    """Spanish "a esta agencia", "a Radio Inventada", "a la prensa" at token ``k``: who is spoken to."""
    if tokens[k].fold not in ("a", "al") or k + 1 >= len(tokens):
        return False
    after = tokens[k + 1]
    return not after.is_capital if tokens[k].fold == "al" else after.is_capital or after.fold in _TO_WHOM


_TO_WHOM = words(
    "el la los las este esta estos estas ese esa un una su sus nuestro nuestra medios periodistas reporteros diarios"
)


def after_addressed(tokens: Sequence[Token], k: int) -> int:
    """Where who is spoken to ends, if that is what stands at ``k``: at the next determiner, name or mark."""
    if k >= len(tokens) or not is_addressed(tokens, k):
        return k
    b = k + 2
    while b < len(tokens) and b - k < 7 and tokens[b].is_word and tokens[b].fold not in _OPENS_SUBJECT:
        b += 1
    return b


_OPENS_SUBJECT = words("el la los las su sus un una unos unas que mi")


def _is_part_of_name(tokens: Sequence[Token], b: int) -> bool:
    after = tokens[b + 1]
    return after.is_capital and after.fold not in TIME_WORDS


def span_of(tokens: Sequence[Token], phrase: tuple[int, int]) -> Span:
    return tokens[phrase[0]].start, tokens[phrase[1] - 1].end
