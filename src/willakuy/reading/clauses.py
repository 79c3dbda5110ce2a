"""The noun phrases of a sentence, and the walks from a verb to its subject, its object and its agent.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.reading.chunks import Chunk, chunks_of, is_people, is_pronoun, is_thing, name_in
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, SUFFERS
from willakuy.reading.lexicon.deeds import (
    BETWEEN,
)
from willakuy.reading.lexicon.function_words import BE, HAVE, MODALS, ROLE_NOUNS
from willakuy.reading.lexicon.harm import NEGATING_VERBS, NOT_SO, PEOPLE
from willakuy.reading.lexicon.speech import CUES
from willakuy.reading.lexicon.things import COMMON_VERBS
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.tokens import Token

_REAL_INFINITIVE = frozenset(["managed", "logro", "lograron", "used", "proceeded"])


_LISTING = words("and y e also tambien as well a al asi como including incluidos entre")


_OWNED = words("his her their its the a an two three four five su sus un una dos tres cuatro cinco el la los las")


@dataclass(frozen=True, slots=True)
class Act:
    """``at`` is the token of the verb or noun. ``doers`` are those said to have done it. ``is_real`` is false for
    what is denied, threatened, planned or asked about."""

    act: str
    at: int
    victims: tuple[Chunk, ...] = ()
    doers: tuple[Chunk, ...] = ()
    is_real: bool = True
    is_denied: bool = False
    is_arms: bool = False


class Clause:
    """The tokens of a sentence with their noun phrases, and the walks between them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.chunks = chunks_of(tokens)
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

    # --- left of a verb ---

    def subject(self, i: int) -> Chunk | None:
        """The subject of the verb at ``i``: auxiliaries, phrases with a preposition, appositions and relatives are passed over."""
        j = self._verb_start(i) - 1
        hops = 0
        while j >= 0 and hops < 7:
            hops += 1
            f, mark = self.fold(j), self.mark(j)
            if f in ("who", "that", "which", "quien", "quienes", "que", "whom"):
                j -= 1
                if self.mark(j) == ",":
                    j -= 1
                j = self._past_relative_gap(j)
                continue
            if mark in (",", ")", "]", "--", "—", "–"):
                if mark == "," and (last := self.ending(j)) is not None and self.fold(last.a - 1) in ("and", "y", "e"):
                    return last
                opened = self._opening(j)
                if opened is None:
                    return None
                j = opened - 1
                continue
            chunk = self.ending(j + 1)
            if chunk is None:
                return None
            before = self.fold(chunk.a - 1)
            if self._hangs_on_preposition(chunk) and before not in ("among", "entre"):
                j = self._left_of_preposition(chunk) - 1
                continue
            return chunk
        return None

    def _past_relative_gap(self, j: int) -> int:
        return j

    def _verb_start(self, i: int) -> int:
        while i > 0 and (
            self.fold(i - 1) in BE or self.fold(i - 1) in HAVE or self.fold(i - 1) in MODALS or self.fold(i - 1) in BETWEEN or self.fold(i - 1) in ("se", "lo", "le", "les", "los", "to", "habria", "habrian", "no")
            or self.fold(i - 1).endswith(("ly", "mente"))
        ):  # fmt: skip
            i -= 1
        return i

    def _opening(self, j: int) -> int | None:
        """Where the aside that closes at ``j`` opens: the token of its first mark."""
        partner = {",": ",", ")": "(", "]": "[", "--": "--", "—": "—", "–": "–"}[self.mark(j)]
        for p in range(j - 1, max(-1, j - 30), -1):
            if self.mark(p) == partner and p > 0 and self.tokens[p - 1].is_word:
                return p
        return None

    def _hangs_on_preposition(self, chunk: Chunk) -> bool:
        i = chunk.a - 1
        if i < 0 or not self.tokens[i].is_word:
            return False
        f = self.fold(i)
        return f in ("in", "on", "at", "from", "with", "near", "during", "after", "before", "since", "under", "against", "into", "within", "en", "con", "durante", "tras", "desde", "contra", "ante", "bajo", "to", "for", "para", "por", "by", "through", "sobre", "over", "outside", "a", "al")  # fmt: skip

    def _left_of_preposition(self, chunk: Chunk) -> int:
        return chunk.a - 1

    # --- lists of phrases ---

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
        before = self.ending(i + 1)
        if (
            before is not None
            and self._hangs_on_preposition(before)
            and self.fold(before.a - 1) not in ("a", "al", "to")
        ):
            return None
        if before is not None and self._is_age(before) and self.mark(before.a - 1) == ",":
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
        if joins == 0:
            return None
        after = self.starting(i)
        if after is not None and self._is_age(after) and i == chunk.full + 1:
            return self._joined_after(Chunk(chunk.a, chunk.b, after.full, chunk.head))
        if after is None or not self._joins_like(chunk, after):
            return None
        nxt = self.fold(after.full)
        is_subject = nxt in BE or nxt in HAVE or nxt in ACTS or nxt in CUES or nxt in COMMON_VERBS or nxt in SUFFERS
        return None if is_subject else after

    def _is_age(self, c: Chunk) -> bool:
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
        known = [is_people(self.tokens, x) or self.tokens[x.a].words[0].isdigit() for x in (a, b)]
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

    # --- right of a word ---

    def object(self, i: int) -> Chunk | None:
        """The phrase that begins right after token ``i``; Spanish "a" and adverbs are passed over."""
        k = i + 1
        while (
            k < len(self.tokens)
            and k < i + 4
            and (
                self.fold(k)
                in (
                    "a",
                    "al",
                    "also",
                    "tambien",
                    "to",
                    "death",
                    "dead",
                    "down",
                    "up",
                    "at",
                    "least",
                    "today",
                    "yesterday",
                    "hoy",
                    "ayer",
                )
                or self.fold(k).endswith(("ly", "mente"))
            )
            and self.starting(k) is None
        ):
            if self.fold(k) == "at" and self.fold(k + 1) != "least":
                return None
            if self.fold(k) == "to" and self.fold(k + 1) != "death":
                return None
            k += 1
        return self.starting(k)

    def doer_after(self, i: int, reach: int = 10) -> Chunk | None:
        """ "by NP", "por NP", "a manos de NP", "por parte de NP" after token ``i``."""
        for k in range(i, min(len(self.tokens) - 1, i + reach)):
            f = self.fold(k)
            if self.mark(k) in (";", ".", ":") or f in (
                "who",
                "que",
                "and",
                "y",
                "while",
                "mientras",
                "when",
                "cuando",
            ):
                return None
            at = k + 1
            if f in ("by", "por"):
                if (self.fold(k + 1) in ("parte", "manos") and self.fold(k + 2) in ("de", "del")) or (
                    self.fold(k + 1) in ("disparos", "balas", "perdigones", "members", "miembros")
                    and self.fold(k + 2) in ("de", "del")
                ):
                    at = k + 3
            elif (f == "manos" and self.fold(k + 1) in ("de", "del")) or (f == "hands" and self.fold(k + 1) == "of"):
                at = k + 2
            elif not (f in ("from", "en", "in") and self.fold(k + 1) in ("police", "army", "policial")):
                continue
            chunk = self.phrase_at(at)
            if chunk is not None and self.is_doer(chunk, is_certain=f in ("by", "manos", "hands")):
                return chunk
            if chunk is not None and f in ("by",):
                return None
        return None

    def is_doer(self, c: Chunk, *, is_certain: bool) -> bool:
        """``is_certain``: the grammar leaves no other reading, so any phrase that is not a thing will do."""
        inside = [self.tokens[k].fold for k in range(c.a, c.full)]
        if is_pronoun(self.tokens, c):
            return False
        if any(x in DOER_NOUNS for x in inside):
            return not is_thing(self.tokens, c) or any(x in DOER_NOUNS for x in inside[: c.b - c.a])
        if is_thing(self.tokens, c):
            return False
        return is_people(self.tokens, c) or (is_certain and self.tokens[c.head].is_capital) or self._is_acronym(c)

    def _is_acronym(self, c: Chunk) -> bool:
        words = self.tokens[c.head].words
        return words.isupper() and 2 <= len(words) <= 6


def polarity(clause: Clause, i: int) -> tuple[bool, bool]:
    """Whether what the word at ``i`` says happened, and whether the text denies it."""
    start = clause._verb_start(i)
    near = [clause.fold(k) for k in range(max(0, start - 4), i)]
    helpers = [clause.fold(k) for k in range(start, i)]
    denied = any(x in NOT_SO for x in near[-4:] if x and x not in ("sin", "without")) and not any(
        x in ("only", "solo") for x in near
    )
    is_infinitive = (bool(helpers) and helpers[-1] == "to") or clause.fold(i - 1) == "to"
    planned = is_infinitive and not any(x in _REAL_INFINITIVE for x in near)
    modal = any(
        x in ("would", "could", "may", "might", "will", "can", "should", "must", "if", "si", "podria", "podrian")
        for x in helpers
    )
    attempted = any(x in NEGATING_VERBS for x in near)
    return not (denied or planned or modal or attempted), denied


def one(c: Chunk | None) -> tuple[Chunk, ...]:
    return (c,) if c is not None else ()
