"""Acts, and the walks from a verb to its subject, its object and its agent.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from dataclasses import dataclass

from willakuy.reading.chunks import Chunk
from willakuy.reading.coordination import Lists
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, SUFFERS
from willakuy.reading.lexicon.deeds import (
    BETWEEN,
)
from willakuy.reading.lexicon.function_words import BE, DETERMINERS, HAVE, MODALS, TIME_WORDS
from willakuy.reading.lexicon.things import COMMON_VERBS
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.people_in import is_people, is_pronoun, is_thing

_BEFORE_OBJECT = words(
    "a al also tambien to death dead down up at least today yesterday hoy ayer anoche esta este de la el los las"
)
_OPENS_ASIDE = words(
    "most mostly many including some among all la en entre incluidos incluidas incluyendo mayoritariamente"
)
"""Words with which an aside about a group begins: ", most of them women and children,"."""
_BLOWS = words(
    "tiros tiro balazos balazo golpes golpe machetazos punaladas cuchilladas pedradas palos patadas hachazos quemarropa sangre"
)


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


class Clause(Lists):
    """A sentence whose verbs are being read."""

    # --- left of a verb ---

    def subject(self, i: int) -> Chunk | None:
        """The subject of the verb at ``i``: auxiliaries, phrases with a preposition, appositions and relatives are passed over."""
        j = self.verb_start(i) - 1
        hops = 0
        while j >= 0 and hops < 7:
            hops += 1
            f, mark = self.fold(j), self.mark(j)
            if f in ("who", "that", "which", "quien", "quienes", "que", "whom"):
                j -= 1
                if self.mark(j) == ",":
                    j -= 1
                antecedent = self.before_age(self.ending(j + 1))
                if (
                    antecedent is not None
                    and f in ("who", "quien", "quienes", "whom")
                    and is_people(self.tokens, antecedent)
                ):
                    return antecedent
                continue
            if mark == ":":
                return self._heading(j)
            if mark in (",", ")", "]", "--", "—", "–"):
                opened = self.opening(j)
                is_aside = opened is not None and self.fold(opened + 1) in _OPENS_ASIDE
                last = self.ending(j)
                if mark == "," and not is_aside and last is not None and self.fold(last.a - 1) in ("and", "y", "e"):
                    return last
                if opened is None:
                    return None
                j = opened - 1
                continue
            if f in ("and", "y", "e") and hops == 1 and (verb := self._verb_before(j)) is not None:
                return self.subject(verb)
            if hops > 1 and f.endswith("ing") and len(f) > 5 and j not in self._within and self.ending(j) is not None:
                j -= 1
            chunk = self.ending(j + 1)
            if chunk is None:
                return None
            before = self.fold(chunk.a - 1)
            if self.hangs_on_preposition(chunk) and before not in ("among", "entre"):
                j = chunk.a - 2
                continue
            if (left := self._left_of_relative(chunk)) is not None:
                return left
            return chunk
        return None

    def _verb_before(self, i: int) -> int | None:
        """The finite verb that the verb after the "and" at ``i`` is joined to: "he was hit and died"."""
        for k in range(i - 1, max(-1, i - 22), -1):
            if self.mark(k) in (".", ";", ":"):
                return None
            f = self.fold(k)
            is_verb = (
                f in ACTS or f in SUFFERS or f in COMMON_VERBS or self.tokens[k].words.endswith(("ó", "aron", "ieron"))
            )
            if is_verb and k not in self._within and not f.endswith(("ing", "ando", "iendo")):
                return k
        return None

    def _heading(self, colon: int) -> Chunk | None:
        """ "(a) Mr. Juan Inventado, 34, farmer: shot by …": whom the line before the colon is about."""
        for c in self.chunks[:2]:
            if c.a <= 4 and c.full <= colon < c.a + 25 and is_people(self.tokens, c):
                return c
        return None

    def _left_of_relative(self, chunk: Chunk) -> Chunk | None:
        """ "A soldier guarding the bridge was wounded": whoever does what the -ing word says, not what it is done to."""
        i = chunk.a - 1
        f = self.fold(i)
        if not (f.endswith("ing") and len(f) > 5) or i in self._within:
            return None
        left = self.ending(i)
        return (
            left if left is not None and is_people(self.tokens, left) and not self.hangs_on_preposition(left) else None
        )

    def verb_start(self, i: int) -> int:
        while i > 0 and (
            self.fold(i - 1) in BE or self.fold(i - 1) in HAVE or self.fold(i - 1) in MODALS or self.fold(i - 1) in BETWEEN or self.fold(i - 1) in ("se", "lo", "le", "les", "los", "to", "habria", "habrian", "no")
            or self.fold(i - 1).endswith(("ly", "mente"))
        ):  # fmt: skip
            i -= 1
        return i

    # --- right of a word ---

    def object(self, i: int) -> Chunk | None:
        """The phrase that begins right after token ``i``; Spanish "a" and adverbs are passed over."""
        k = i + 1
        while k < len(self.tokens) and k < i + 7:
            c = self.starting(k)
            if c is not None and not self._is_blow_or_time(c):
                return c
            if self.fold(k) == "at" and self.fold(k + 1) != "least":
                return None
            if self.fold(k) == "to" and self.fold(k + 1) != "death":
                return None
            is_small = (
                self.fold(k) in _BEFORE_OBJECT or self.fold(k) in TIME_WORDS or self.fold(k).endswith(("ly", "mente"))
            )
            if c is None and not is_small:
                return None
            k = c.full if c is not None else k + 1
        return self.starting(k)

    def _is_blow_or_time(self, c: Chunk) -> bool:
        """ "a tiros", "a balazos", "anoche" between a verb and whom it was done to."""
        if c.b - c.a > 2:
            return False
        last = self.fold(c.b - 1)
        return (last in _BLOWS and self.fold(c.a - 1) == "a") or last in TIME_WORDS or last in ("anoche", "anteayer")

    def doer_after(self, i: int, reach: int = 10) -> Chunk | None:
        """ "by NP", "por NP", "a manos de NP", "por parte de NP" after token ``i``."""
        for k in range(i, min(len(self.tokens) - 1, i + reach)):
            f = self.fold(k)
            if self.mark(k) in _PARTING or f in _OTHERWISE or (f in BE and not self._is_done(k)):
                return None  # "the killing of X was condemned by the bishop": the "by" is another verb's
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
            at += self.mark(at) in ("“", '"', "«", "(")
            chunk = self.phrase_at(at)
            if chunk is not None and self.is_doer(chunk, is_certain=f in ("by", "manos", "hands")):
                return chunk
            if chunk is not None and f in ("by",):
                return None
        return None

    def _is_done(self, k: int) -> bool:
        """ "The killing was claimed by X", "fue perpetrado por X": the verb after ``k`` says who did the deed."""
        return any(self.fold(x) in _DONE for x in range(k + 1, k + 4))

    def is_doer(self, c: Chunk, *, is_certain: bool) -> bool:
        """``is_certain``: the grammar leaves no other reading, so any phrase that is not a thing will do."""
        inside = [self.tokens[k].fold for k in range(c.a, c.full)]
        if is_pronoun(self.tokens, c) or all(x in DETERMINERS or not x[:1].isalpha() for x in inside):
            return False
        if any(x in DOER_NOUNS for x in inside):
            return not is_thing(self.tokens, c) or any(x in DOER_NOUNS for x in inside[: c.b - c.a])
        if is_thing(self.tokens, c):
            return False
        return is_people(self.tokens, c) or (is_certain and self.tokens[c.head].is_capital) or self._is_acronym(c)

    def _is_acronym(self, c: Chunk) -> bool:
        words = self.tokens[c.head].words
        return words.isupper() and 2 <= len(words) <= 6


_DONE = words(
    "claimed carried committed perpetrated staged ordered executed conducted planned masterminded caused done reivindicado reivindicada reivindicados perpetrado "
    "perpetrada perpetrados cometido cometida cometidos ejecutado ejecutada ordenado ordenada planeado planeada realizado realizada causado causada "
    "provocado provocada"
)
_PARTING = frozenset([";", ".", ":", "—", "–"])
_OTHERWISE = frozenset(["who", "que", "and", "y", "while", "mientras", "when", "cuando"])
"""After these another clause begins, whose agent is not this one's."""


def one(c: Chunk | None) -> tuple[Chunk, ...]:
    return (c,) if c is not None else ()
