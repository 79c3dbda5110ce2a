"""Noun phrases of a sentence, found by their edges, without a parser.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.reading.tokens import Token
from willakuy.reading.word_kinds import LINKS, MIDDLE, OF, capitals_tell, is_spanish, kind_of, names_people


@dataclass(slots=True)
class Chunk:
    """Tokens ``[a, b)``: a noun phrase without its "of …"; ``full`` is its end with it. ``head`` is its main noun.

    ``after`` is what stands just before it: "" (nothing), a preposition, ",", a joining word, "v" for a verb.
    """

    a: int
    b: int
    full: int
    head: int


def chunks_of(tokens: Sequence[Token]) -> list[Chunk]:
    """Every noun phrase, in order. "12 members of the union" is one, with ``full`` after "union"."""
    return joined_by_of(tokens, bare_chunks(tokens))


def bare_chunks(tokens: Sequence[Token]) -> list[Chunk]:
    """Noun phrases before any "of" joins them."""
    spanish, tells = is_spanish(tokens), capitals_tell(tokens)
    kinds = [kind_of(tokens, i, spanish, tells) for i in range(len(tokens))]
    bare: list[Chunk] = []
    i = 0
    n = len(tokens)
    while i < n:
        if kinds[i] not in "DWA#R":
            i += 1
            continue
        a, head, number = i, -1, -1
        while i < n and (kinds[i] in "DWA#" or _opens_name(tokens, kinds, i, a)):
            if head >= 0 and (kinds[i] == "D" or (kinds[i] == "#" and _counts_anew(tokens, i))):
                break
            if head < 0 and kinds[i] == "D" and number >= 0 and tokens[i].fold not in MIDDLE:
                break
            if kinds[i] == "W":
                head = i
            elif kinds[i] == "#":
                number = i
            i += 1
            if i < n and kinds[i] == "." and head == i - 1:
                i += 1
        if kinds[a] == "R" and i == a:
            i += 1
            head = a
        head = max(head, number) if head < 0 else head
        if head < 0:
            if i == a:
                i += 1
            elif any(k in "D#" for k in kinds[a:i]) and not (i < n and kinds[i] == "T"):
                bare.append(Chunk(a, i, i, i - 1))
            continue
        bare.append(Chunk(a, i, i, _head(tokens, a, i, head)))
    return bare


def _opens_name(tokens: Sequence[Token], kinds: Sequence[str], i: int, a: int) -> bool:
    """The mark of "the “Sendero Inventado” column", between its article and its name."""
    return (
        i > a
        and kinds[i - 1] in "DA"
        and tokens[i].words in ("“", '"', "«")
        and i + 1 < len(kinds)
        and kinds[i + 1] in "WA#"
    )


def _counts_anew(tokens: Sequence[Token], i: int) -> bool:
    """A number after a noun counts what follows ("reporta 14 heridos"), but not in "15-year-old" or "number 5"."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    return nxt is not None and nxt.is_word and not nxt.fold.startswith("year")


def _head(tokens: Sequence[Token], a: int, b: int, last: int) -> int:
    """The main noun: the first noun of people, else the last word (English) of the phrase."""
    people = [k for k in range(a, b) if names_people(tokens, k, b)]
    return people[-1] if people else last


def joined_by_of(tokens: Sequence[Token], bare: Sequence[Chunk]) -> list[Chunk]:
    """Join "members" + "of the union"; a Spanish name keeps its "de la Cruz"."""
    found: list[Chunk] = []
    for part in bare:
        chunk = Chunk(part.a, part.b, part.full, part.head)
        before = found[-1] if found else None
        gap = [t.fold for t in tokens[before.full : chunk.a]] if before else []
        if before and gap and len(gap) <= 2 and gap[0] in OF and all(g in OF or g in LINKS for g in gap):
            before.full = chunk.full
            continue
        found.append(chunk)
    return found
