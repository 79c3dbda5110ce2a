"""Whether a noun phrase is about people, a thing or nobody, and the person’s name in it.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from willakuy.reading.chunks import Chunk
from willakuy.reading.lexicon import harm as w
from willakuy.reading.lexicon.acts import DOER_NOUNS, NOMINALS
from willakuy.reading.lexicon.function_words import (
    DETERMINERS,
    PERSONAL,
    ROLE_NOUNS,
    SUBJECT_PRONOUNS,
    TIME_WORDS,
)
from willakuy.reading.lexicon.people import ADJECTIVES
from willakuy.reading.lexicon.things import THINGS
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.tokens import Token
from willakuy.reading.word_kinds import LINKS, OBJECT_PRONOUNS, is_loud, names_people
from willakuy.statements.names_parts import is_common_name

_PRONOUNS = (
    PERSONAL | SUBJECT_PRONOUNS | OBJECT_PRONOUNS | words("nobody none nadie nobody anyone everyone someone all both")
)


def is_pronoun(tokens: Sequence[Token], c: Chunk) -> bool:
    return c.b - c.a == 1 and tokens[c.a].fold in _PRONOUNS


def is_thing(tokens: Sequence[Token], c: Chunk) -> bool:
    """Its main noun is a thing, and no word of it is a noun of people."""
    inside = [t.fold for t in tokens[c.a : c.b]]
    if (
        any(names_people(tokens, k, c.b) for k in range(c.a, c.b))
        or any(x in ROLE_NOUNS for x in inside)
        or name_in(tokens, c) is not None
    ):
        return False
    return tokens[c.head].fold in THINGS or (inside[-1] in THINGS) or tokens[c.head].fold in TIME_WORDS


def is_people(tokens: Sequence[Token], c: Chunk) -> bool:
    """A noun of people, a role, a state of people ("the wounded"), or a name."""
    inside = [t.fold for t in tokens[c.a : c.b]]
    return (
        any(names_people(tokens, k, c.b) for k in range(c.a, c.b))
        or any(x in w.STATES or x in ROLE_NOUNS or x in DOER_NOUNS for x in inside)
        or name_in(tokens, c) is not None
    )


def is_human(tokens: Sequence[Token], c: Chunk) -> bool:
    """The phrase is about people, and not only described by them: "an army patrol" is, "an army truck" is not."""
    head = tokens[c.head].fold.removesuffix("'s").removesuffix("’s")
    if (
        names_people(tokens, c.head, c.b)
        or (head in w.PEOPLE and head not in ADJECTIVES)
        or head in w.STATES
        or head in ROLE_NOUNS
    ):
        return tokens[c.b - 1].fold not in THINGS
    return name_in(tokens, c) is not None and tokens[c.b - 1].fold not in DOER_NOUNS


def name_in(tokens: Sequence[Token], c: Chunk) -> tuple[int, int] | None:
    """Token range of the person's name in the phrase: capitalised words or, in capitals, words known as names."""
    loud = is_loud(tokens)
    a, b = c.a, c.b
    if c.full > c.b and tokens[c.b].fold in ("de", "del") and _is_namelike(tokens, c.b - 1, loud):
        b = c.full
    run = b
    while run > a and (
        _is_namelike(tokens, run - 1, loud)
        or (tokens[run - 1].fold in LINKS and run < b)
        or (tokens[run - 1].words == "." and run < b)
    ):
        run -= 1
    while run < b and (tokens[run].fold in LINKS or not tokens[run].is_word):
        run += 1
    titled = _has_title(tokens, run)
    while run < b and _title(tokens[run].fold) and run + 1 < b:
        run, titled = run + 1, True
        while run < b and not tokens[run].is_word:
            run += 1
    if run >= b or (run == c.a and not loud and c.a == 0 and b - run == 1):
        return None
    words = [tokens[k].fold for k in range(run, b)]
    if loud and not any(is_common_name(x) for x in words) and not titled:
        return None
    return run, b


def _is_namelike(tokens: Sequence[Token], k: int, loud: bool) -> bool:
    t = tokens[k]
    if not t.is_word or t.words[0].isdigit():
        return False
    f = t.fold.removesuffix("'s").removesuffix("’s")
    if (
        f in w.PEOPLE
        or f in ROLE_NOUNS
        or f in THINGS
        or f in DETERMINERS
        or f in w.STATES
        or f in DOER_NOUNS
        or f in NOMINALS
    ):
        if f in ROLE_NOUNS or f in DETERMINERS:
            return False
        after_given = k > 0 and f not in THINGS and is_common_name(tokens[k - 1].fold)
        return (after_given or is_common_name(f)) and (loud or t.is_capital)
    if loud:
        return True
    return t.is_capital


@lru_cache(maxsize=4096)
def _title(word: str) -> bool:
    return word.rstrip(".") in TITLES


TITLES = words(
    "mr mrs ms dr dra sr sra gen gral col cnel capt cap lt tte sgt sgto maj general colonel coronel captain capitan lieutenant teniente major "
    "mayor sergeant sargento corporal cabo father padre monsignor monsenor archbishop arzobispo bishop obispo judge juez president presidente "
    "minister ministro governor gobernador senator senador deputy diputado congressman leader lider dirigente professor profesor journalist "
    "periodista priest sacerdote attorney abogado magistrate candidate engineer ingeniero brother sister hermano don dona nun monja"
)


def _has_title(tokens: Sequence[Token], a: int) -> bool:
    k = a - 1
    if k >= 0 and not tokens[k].is_word:
        k -= 1
    return k >= 0 and _title(tokens[k].fold)
