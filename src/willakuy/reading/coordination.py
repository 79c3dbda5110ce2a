"""The noun phrases of a sentence by place, and which of them are joined in a list: "A, mayor of B, and two others".

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Sequence

from willakuy.reading.chunks import Chunk, bare_chunks, chunks_of, joined_by_of
from willakuy.reading.lexicon.acts import ACTS, SUFFERS
from willakuy.reading.lexicon.function_words import BE, HAVE, ROLE_NOUNS
from willakuy.reading.lexicon.harm import PEOPLE
from willakuy.reading.lexicon.speech import CUES
from willakuy.reading.lexicon.things import COMMON_VERBS
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.people_in import is_people, is_pronoun, is_thing, name_in
from willakuy.reading.tokens import Token

_LISTING = words("and y e also tambien as well a al asi como including incluidos entre")
_HANGS_ON = words(
    "in on at from with near during after before since under against into within to for by through over outside inside about between among across "
    "behind beside beyond despite amid without upon around along toward towards until according en con durante tras desde contra ante bajo para por "
    "sobre a al hasta sin segun mediante hacia entre cerca"
)
"""A phrase after one of these is no subject."""

_OWNED = words("his her their its the a an two three four five su sus un una dos tres cuatro cinco el la los las")


class Phrases:
    """The tokens of a sentence with its noun phrases."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.parts = bare_chunks(tokens)
        self.chunks = joined_by_of(tokens, self.parts)
        self._starts = {c.a: k for k, c in enumerate(self.chunks)}
        self._within = {i: k for k, c in enumerate(self.chunks) for i in range(c.a, c.full)}

    def fold(self, i: int) -> str:
        return self.tokens[i].fold if 0 <= i < len(self.tokens) else ""

    def mark(self, i: int) -> str:
        return self.tokens[i].words if 0 <= i < len(self.tokens) else ""

    def starting(self, i: int) -> Chunk | None:
        k = self._starts.get(i)
        return self.chunks[k] if k is not None else None

    def ending(self, i: int) -> Chunk | None:
        """The phrase whose last token is ``i - 1``."""
        k = self._within.get(i - 1)
        return self.chunks[k] if k is not None and self.chunks[k].full == i else None

    def over(self, i: int) -> Chunk | None:
        """The phrase that token ``i`` stands in."""
        k = self._within.get(i)
        return self.chunks[k] if k is not None else None

    def phrase_at(self, i: int) -> Chunk | None:
        """The phrase that begins at ``i``, also where it is the second half of "X of Y"."""
        if (c := self.starting(i)) is not None or (own := self._within.get(i)) is None:
            return c
        inner = chunks_of(self.tokens[i : self.chunks[own].full])
        if not inner or inner[0].a:
            return None
        return Chunk(i, inner[0].b + i, inner[0].full + i, inner[0].head + i)

    def last_part(self, c: Chunk) -> Chunk:
        """ "Juan Inventado" of "the mother of Juan Inventado"; the phrase itself where nothing hangs on it."""
        return next((p for p in reversed(self.parts) if c.a <= p.a and p.full == c.full), c)


class Lists(Phrases):
    """Phrases joined by commas and "and", descriptions and ages between them passed over."""

    def listed_left(self, chunk: Chunk) -> list[Chunk]:
        """``chunk`` and the phrases joined to it on its left: "A, B and C were killed"."""
        found = [chunk]
        while (k := self._joined_before(found[0])) is not None:
            found.insert(0, k)
        return self._without_asides(found)

    def listed_right(self, chunk: Chunk) -> list[Chunk]:
        found = [chunk]
        while len(found) < 30 and (k := self._joined_after(found[-1])) is not None:
            found.append(k)
        return self._without_asides(found)

    def _joined_before(self, chunk: Chunk) -> Chunk | None:
        i = chunk.a - 1
        joins = 0
        while (
            i >= 0
            and (
                self.mark(i) in (",", ";")
                or self.fold(i) in ("and", "y", "e", "or", "o", "also", "tambien", "well", "as", "asi", "como")
            )
            and joins < 4
        ):
            i -= 1
            joins += 1
        if joins == 0:
            return None
        if self.mark(i) == ")" and (opened := self.opening(i)) is not None:
            i = opened - 1
        before = self.ending(i + 1)
        if (
            before is not None
            and self.hangs_on_preposition(before)
            and self.fold(before.a - 1) not in ("a", "al", "to")
        ):
            return None
        if before is not None and self.is_age(before) and self.mark(before.a - 1) == ",":
            before = self.ending(before.a - 1)
        return before if before is not None and self._joins_like(before, chunk) else None

    def _joined_after(self, chunk: Chunk) -> Chunk | None:
        i = chunk.full
        joins = 0
        while i < len(self.tokens) and joins < 5 and (self.mark(i) in (",", ";") or self.fold(i) in _LISTING):
            if self.fold(i) == "a" and self.starting(i) is not None:
                break
            i += 1
            joins += 1
        if self.fold(i) in ("along", "together", "junto") and self.fold(i + 1) in ("with", "con", "a", "al"):
            i, joins = i + 2, joins + 1
        if joins == 0:
            return None
        after = self.starting(i)
        if after is not None and self.is_age(after) and i == chunk.full + 1:
            return self._joined_after(Chunk(chunk.a, chunk.b, after.full, chunk.head))
        if after is None or not self._joins_like(chunk, after):
            return None
        nxt = self.fold(after.full)
        is_subject = nxt in BE or nxt in HAVE or nxt in ACTS or nxt in CUES or nxt in COMMON_VERBS or nxt in SUFFERS
        return None if is_subject else after

    def before_age(self, c: Chunk | None) -> Chunk | None:
        """ "Rosa Inventada" for the "30" of "Rosa Inventada, 30, who …"; any other phrase itself."""
        if c is None or not self.is_age(c):
            return c
        k = c.a - 1 - (self.fold(c.a - 1) in ("de", "aged"))
        return self.ending(k) if self.mark(k) in (",", "(") else c

    def _has_age(self, c: Chunk) -> bool:
        """ "Noralba Inventada, 23;" is somebody, known name or not."""
        after = self.starting(c.full + 1) if self.mark(c.full) in (",", "(") else None
        return after is not None and self.is_age(after) and self.mark(after.full) in (";", ",", ")", ".", "")

    def is_age(self, c: Chunk) -> bool:
        """ "42", "20 years old", "23 años" between the marks of a list."""
        words = [self.fold(k) for k in range(c.a, c.full)]
        return (
            words[0].isdigit()
            and len(words[0]) <= 2
            and all(x in ("years", "year", "old", "anos", "ano", "de", "edad") for x in words[1:])
        )

    def _joins_like(self, a: Chunk, b: Chunk) -> bool:
        if (
            is_pronoun(self.tokens, a)
            or is_pronoun(self.tokens, b)
            or is_thing(self.tokens, a)
            or is_thing(self.tokens, b)
        ):
            return False
        known = [is_people(self.tokens, x) or self.tokens[x.a].words[0].isdigit() or self._has_age(x) for x in (a, b)]
        return all(known) or (
            any(known) and all(is_k or self.fold(x.a) in _OWNED for is_k, x in zip(known, (a, b), strict=True))
        )

    def _without_asides(self, found: list[Chunk]) -> list[Chunk]:
        """ "Rosa Inventada, mayor of Lampa, and her driver": the description of somebody just named is nobody new."""
        kept: list[Chunk] = []
        for c in found:
            before = kept[-1] if kept else None
            gap = [self.mark(k) for k in range(before.full, c.a)] if before else []
            named, was = name_in(self.tokens, c), before and name_in(self.tokens, before)
            if before and c.b - c.a == 1 and self.tokens[c.a].words.isdigit() and was:
                continue
            if before and gap == [","]:
                if (
                    was
                    and not named
                    and not self.tokens[c.a].words[0].isdigit()
                    and any(t.fold in ROLE_NOUNS or t.fold in PEOPLE for t in self.tokens[c.a : c.b])
                ):
                    continue
                if (
                    named
                    and not was
                    and self.fold(before.a) in ("the", "his", "her", "el", "la", "su", "a", "un", "una", "former")
                    and not self.fold(before.head).endswith("s")
                ):
                    kept[-1] = c
                    continue
            kept.append(c)
        return kept

    def opening(self, j: int) -> int | None:
        """Where the aside that closes at ``j`` opens: the token of its first mark."""
        partner = {",": ",", ")": "(", "]": "[", "--": "--", "—": "—", "–": "–"}[self.mark(j)]
        for p in range(j - 1, max(-1, j - 30), -1):
            if self.mark(p) == partner and p > 0 and self.tokens[p - 1].is_word:
                return p
        return None

    def hangs_on_preposition(self, chunk: Chunk) -> bool:
        i = chunk.a - 1
        if i < 0 or not self.tokens[i].is_word:
            return False
        f = self.fold(i)
        return f in _HANGS_ON
