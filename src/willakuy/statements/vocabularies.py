"""The controlled words of the project: code, Spanish and English term and definition, HURIDOCS code where one exists.

The vocabularies are TOML files beside this module; a release prints every term it uses with its definition.
Ordered ones are scales: ``rank`` rises from term to term, in every language alike.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from willakuy.statements.errors import TermUnknown, VocabularyDamaged, VocabularyUnknown
from willakuy.statements.folding import fold

_DATA = Path(__file__).parent / "data" / "vocabularies"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry. ``huridocs`` is a code of their Micro-thesauri ("MT4 01 01 05 01"), ``None`` where none fits.

    ``parent`` is a broader code of the same vocabulary. ``is_local`` marks a term that no standard has.
    """

    code: str
    es: str
    en: str
    definition_es: str
    definition_en: str
    huridocs: str | None = None
    rank: int | None = None
    parent: str | None = None
    is_local: bool = False
    also: tuple[str, ...] = ()

    def say(self, language: str) -> str:
        return self.es if language == "es" else self.en

    def define(self, language: str) -> str:
        return self.definition_es if language == "es" else self.definition_en


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``terms`` in reading order; on a scale (``is_ordered``) from least to most."""

    name: str
    title_es: str
    title_en: str
    terms: tuple[Term, ...]
    is_ordered: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(t.code for t in self.terms)

    def __contains__(self, code: object) -> bool:
        return any(t.code == code for t in self.terms)

    def title(self, language: str) -> str:
        return self.title_es if language == "es" else self.title_en


def names() -> tuple[str, ...]:
    """Every vocabulary, by name."""
    return tuple(sorted(file.stem for file in _DATA.glob("*.toml")))


@cache
def vocabulary(name: str) -> Vocabulary:
    """Load a vocabulary once.

    Raises:
        VocabularyUnknown: no such name.
        VocabularyDamaged: two terms with one code, a parent that does not exist, a term without a definition.
    """
    if name not in names():
        raise VocabularyUnknown(name=name, known=", ".join(names()))
    text = (_DATA / f"{name}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    is_ordered = bool(data.get("ordered", False))
    terms = tuple(_term(name, entry, i if is_ordered else None) for i, entry in enumerate(data["term"], 1))
    found = Vocabulary(name, data["es"], data["en"], terms, is_ordered)
    check(found)
    return found


def term(name: str, code: str) -> Term:
    """The term of a code.

    Raises:
        TermUnknown: the vocabulary has no such code.
    """
    terms = _by_code(name)
    if code not in terms:
        raise TermUnknown(vocabulary=name, term=code, known=", ".join(terms))
    return terms[code]


def ancestors(name: str, code: str) -> tuple[str, ...]:
    """The code and every broader one, narrowest first: ("tear_gas_canister", "projectile")."""
    path: list[str] = []
    at: str | None = code
    while at is not None:
        path.append(at)
        at = term(name, at).parent
    return tuple(path)


def recognise(name: str, words: str) -> str | None:
    """The code that printed words stand for: the whole of them first, else the longest synonym inside them.

    ``None`` when nothing fits, and when synonyms of different terms fit equally long.
    """
    folded = fold(words)
    known = _synonyms(name)
    if folded in known:
        return known[folded]
    best: dict[str, int] = {}
    padded = f" {''.join(c if c.isalnum() else ' ' for c in folded)} "
    padded = f" {' '.join(padded.split())} "
    for synonym, code in _loose_synonyms(name):
        if f" {synonym} " in padded:
            best[code] = max(best.get(code, 0), len(synonym))
    if not best:
        return None
    longest = max(best.values())
    codes = [code for code, length in best.items() if length == longest]
    return codes[0] if len(codes) == 1 else None


@cache
def _by_code(name: str) -> dict[str, Term]:
    return {t.code: t for t in vocabulary(name).terms}


@cache
def _synonyms(name: str) -> dict[str, str]:
    return {fold(s): t.code for t in vocabulary(name).terms for s in (t.code, t.es, t.en, *t.also)}


@cache
def _loose_synonyms(name: str) -> tuple[tuple[str, str], ...]:
    loose = {
        " ".join("".join(c if c.isalnum() else " " for c in s).split()): code for s, code in _synonyms(name).items()
    }
    return tuple(sorted(loose.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _term(name: str, entry: dict[str, Any], rank: int | None) -> Term:
    try:
        return Term(
            code=entry["code"],
            es=entry["es"],
            en=entry["en"],
            definition_es=entry["def_es"],
            definition_en=entry["def_en"],
            huridocs=entry.get("huridocs"),
            rank=rank,
            parent=entry.get("parent"),
            is_local=bool(entry.get("local", False)),
            also=tuple(entry.get("also", ())),
        )
    except KeyError as missing:
        raise VocabularyDamaged(name=name, reason=f"{entry.get('code')} lacks {missing}") from missing


def check(found: Vocabulary) -> None:
    """Raise ``VocabularyDamaged`` unless codes are unique and every parent is among them."""
    codes = found.codes
    if len(set(codes)) != len(codes):
        raise VocabularyDamaged(name=found.name, reason="two terms have one code")
    for t in found.terms:
        if t.parent is not None and t.parent not in codes:
            raise VocabularyDamaged(name=found.name, reason=f"{t.code} has no parent {t.parent}")


__all__ = ["Term", "Vocabulary", "vocabulary", "term", "names", "ancestors", "recognise", "check"]
