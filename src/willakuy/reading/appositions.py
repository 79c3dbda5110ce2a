"""Who a phrase is, when the name stands beside it: "his driver, Tomas Inventado, was hurt", "the two nuns -- Ana and Eva -- were shot".

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from willakuy.reading.chunks import Chunk
from willakuy.reading.clauses import Clause
from willakuy.reading.lexicon.function_words import DETERMINERS, ROLE_NOUNS
from willakuy.reading.lexicon.harm import PEOPLE
from willakuy.reading.lexicon.speech import CUES
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.people_in import is_people, name_in
from willakuy.reading.word_kinds import NUMBERS

_OPENS = (",", "(", "--", "—", "–", ":", "-")
_CLOSES = (",", ")", "--", "—", "–", ";", ".", ":", "-", "")
_IDENTIFIED = words("identified identificado identificada identificados identificadas named llamado llamada llamados")
_ONE_OF_A_KIND = words("a an un una one the el la his her my their its our su mi nuestro nuestra former ex alias")


def identified(clause: Clause, victims: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """The phrases, with those that only describe somebody named right beside them replaced by the name.

    A phrase with a number ("two Italians, A and B,") stays, for it says how many, and the names follow it.
    """
    found: list[Chunk] = []
    for c in victims:
        for x in _identities(clause, c):
            if not any(x.a == known.a for known in found):
                found.append(x)
    return tuple(found)


def _identities(clause: Clause, c: Chunk) -> Iterator[Chunk]:
    if name_in(clause.tokens, c) is not None or not is_people(clause.tokens, c):
        yield c
        return
    names = _named_right(clause, c)
    if names:
        if _is_counted(clause, c):
            yield c
        yield from names
        return
    left = _named_left(clause, c)
    yield from left if left else [c]


def _named_right(clause: Clause, c: Chunk) -> list[Chunk]:
    """ "his driver, Tomas Inventado,", "los hermanos: Ana y Eva", "two Italians (A of Milan and B of Rome)"."""
    if clause.mark(c.full) not in _OPENS and clause.fold(c.full) not in _IDENTIFIED:
        return []
    i = c.full + (clause.mark(c.full) in _OPENS)
    while clause.fold(i) in (*_IDENTIFIED, "as", "como"):
        i += 1
    first = clause.starting(i)
    if first is None or name_in(clause.tokens, first) is None:
        return []
    listed = clause.listed_right(first)
    is_plural = _is_counted(clause, c) or clause.fold(c.head).endswith("s")
    if not is_plural:
        return [first] if clause.mark(first.full) in _CLOSES or clause.fold(first.full) in ("and", "y", "e") else []
    return [x for x in listed if name_in(clause.tokens, x) is not None]


def _named_left(clause: Clause, c: Chunk) -> list[Chunk]:
    """ "Rosa Inventada and Juan Supuesto, a teacher at the school have been killed": those named before the comma."""
    opening = clause.fold(c.a)
    describes = opening in _ONE_OF_A_KIND or opening in ROLE_NOUNS or opening in PEOPLE
    if clause.mark(c.a - 1) != "," or not describes or _is_counted(clause, c):
        return []
    named = clause.before_age(clause.ending(c.a - 1))
    if named is not None and name_in(clause.tokens, named) is None:
        named = clause.last_part(named)
    if named is None or name_in(clause.tokens, named) is None or clause.hangs_on_preposition(named):
        return []
    if clause.fold(named.a - 1) in CUES or clause.fold(c.full) in ("and", "y", "e"):
        return []
    return clause.listed_left(named)


def _is_counted(clause: Clause, c: Chunk) -> bool:
    opening = [clause.fold(k) for k in range(c.a, min(c.b, c.a + 3)) if clause.fold(k) not in DETERMINERS]
    return bool(opening) and (opening[0][:1].isdigit() or (opening[0] in NUMBERS and opening[0] not in ("one", "uno")))
