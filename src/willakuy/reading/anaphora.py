"""Who "he", "la" or a Spanish verb without a subject stands for: the one person the nearest sentence names, or nobody.

Method: docs/method/reading.md, "Pronouns".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from willakuy.reading.discourse import Discourse
from willakuy.reading.phrases import Span
from willakuy.reading.speakers import Mention
from willakuy.reading.tokens import Token, fold
from willakuy.statements.names_parts import is_common_name

_SENTENCES_BACK = 2
_MASCULINE = frozenset(["he", "him", "himself", "lo", "el"])
_FEMININE = frozenset(["she", "her", "herself", "la", "ella"])
_SINGULAR = _MASCULINE | _FEMININE | {"le"}


class Referents:
    """Finds whom a pronoun of one person stands for. Never guesses: two people that fit are nobody."""

    def __init__(self, d: Discourse) -> None:
        self.d = d
        self.known: set[int] = set()
        """Persons of the text known to be people, beyond those with a common name or a role."""
        self._quotes = [(q.start, q.end) for q in d.quotes]
        self._cited = {u.attribution.source for u in d.utterances if u.attribution.source}

    def of(self, i: int, token: Token, beside: Iterable[Span]) -> Mention | None:
        """The mention that ``token``, a pronoun or a verb in sentence ``i``, points back to.

        ``beside`` are the spans of those who act in the same clause: somebody does not kill himself with "him".
        """
        gender = _gender(token)
        if gender is None:
            return None
        beside = list(beside)
        for k in range(i, max(-1, i - _SENTENCES_BACK - 1), -1):
            sentence = self.d.sentences[k]
            end = token.start if k == i else sentence.end
            found = self._named(sentence.start, end, token.start, gender, beside)
            if len({m.person for m in found}) == 1:
                return found[-1]
            if found:
                return None
        return None

    def _named(self, start: int, end: int, at: int, gender: str, beside: Sequence[Span]) -> list[Mention]:
        found = []
        for m in self.d.people.within(start, end):
            person = self.d.people.named(m)
            is_person = (
                m.person in self.known or person.role is not None or any(is_common_name(x) for x in person.parts)
            )
            acts_here = any(a < m.end and m.start < b for a, b in beside)
            speaks = any(a <= m.start < b for a, b in self._cited)
            if not is_person or acts_here or speaks or self._quote_over(m.start) != self._quote_over(at):
                continue
            if gender in ("", _gender_of_name(person.name), *([] if _gender_of_name(person.name) else [gender])):
                found.append(m)
        return found

    def _quote_over(self, at: int) -> Span | None:
        return next((q for q in self._quotes if q[0] <= at < q[1]), None)


def _gender(token: Token) -> str | None:
    """ "m", "f", "" for either, ``None`` for a word that stands for no single person."""
    f = token.fold
    if f in _MASCULINE:
        return "m"
    if f in _FEMININE:
        return "f"
    if f in _SINGULAR:
        return ""
    if f.endswith(("ado", "ido", "erto")):
        return "m"
    if f.endswith(("ada", "ida", "erta")):
        return "f"
    return "" if f in ("murio", "fallecio", "perecio", "desaparecio", "muere", "fallece") else None


def _gender_of_name(name: str) -> str:
    given = fold(name.split()[0])
    return "f" if given.endswith("a") else "m" if given.endswith("o") else ""
