"""How well a person's record is supported: computed from facts, beside what a person decided.

Codes and definitions are those of the vocabulary ``grade``. Method: docs/method/grades.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from willakuy.figures.criteria import broader, circumstances_of, codes_of
from willakuy.figures.effects import State
from willakuy.figures.independence import UNHELD, n_disjoint
from willakuy.figures.register import Entry, Register, Subject, register_of
from willakuy.figures.standing import live_on
from willakuy.i18n import language
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import PersonId, SourceId, StatementId
from willakuy.statements.judgements import GradeGiven, in_force
from willakuy.statements.persons import Person
from willakuy.statements.vocabularies import term

WITHDRAWN = "withdrawn"
CONTESTED = "contested"
SINGLE = "single_source"
SUPPORTED = "supported"
CORROBORATED = "corroborated"

SOURCES_TO_CORROBORATE = 3
STATE_KIND = "state_body"
"""Ombudsman, prosecutors, forensic institutes, ministries and forces are kinds of it."""


def grade(corpus: Corpus, person: Person | PersonId) -> str:
    """The grade that the facts of all that is recorded give ``person``, a code of the vocabulary ``grade``.

    A new statement computes it anew. What a person decided (``GradeGiven``) never replaces it: see ``grade_given``.
    """
    register = register_of(corpus)
    return grade_of(register, subject_of(register, person))


def subject_of(register: Register, person: Person | PersonId) -> Subject:
    """The subject of a person or of its id; ``KeyError`` if the case has no such person."""
    if "by person" not in register.memo:
        register.memo["by person"] = {subject.person_id: subject for subject in register.subjects}
    by_person: dict[PersonId, Subject] = register.memo["by person"]
    return by_person[person.person_id if isinstance(person, Person) else person]


def grade_of(register: Register, subject: Subject) -> str:
    live = live_on(subject, None)
    speaking = [entry for entry in live.speaking if not entry.is_set_aside] or list(subject.groups)
    if not speaking and not live.confirming:
        return WITHDRAWN
    if any(state in (State.contested, State.fallen) for _, state in live.states) or _are_incompatible(speaking):
        return CONTESTED
    origins = [entry.every for entry in speaking] + [effect.whole for effect in live.confirming]
    n = n_disjoint(origins)
    if n >= SOURCES_TO_CORROBORATE and _has_state_and_other(register, origins):
        return CORROBORATED
    return SUPPORTED if n > 1 else SINGLE


def grade_given(register: Register, subject: Subject) -> str | None:
    """The latest grade a person gave to any record of ``subject``; ``None`` if nobody did or all was undone."""
    if "grades" not in register.memo:
        register.memo["grades"] = {
            j.decision.record: (i, j.decision.grade)
            for i, j in enumerate(in_force(register.corpus.judgements))
            if isinstance(j.decision, GradeGiven)
        }
    given: dict[StatementId, tuple[int, str]] = register.memo["grades"]
    found = [given[e.statement_id] for e in (*subject.entries, *subject.groups) if e.statement_id in given]
    return max(found)[1] if found else None


def define_grade(code: str) -> str:
    """What a grade means, in the reader's language: printed wherever the grade is."""
    return term("grade", code).define(language())


def _are_incompatible(speaking: list[Entry]) -> bool:
    """Two sources that share no origin place the person in roles or circumstances that cannot both be."""
    if len(speaking) < 2:
        return False
    said = [(e, codes_of(e.record.roles, e.constants.get("role")), circumstances_of(e)) for e in speaking]
    return any(
        not a.every & b.every and (are_apart("role", one, other) or are_apart("circumstance", x, y))
        for (a, one, x), (b, other, y) in combinations(said, 2)
    )


def are_apart(vocabulary: str, a: frozenset[str], b: frozenset[str]) -> bool:
    """Both say something, and no code of one is the same as, or a kind of, a code of the other."""
    return (
        bool(a)
        and bool(b)
        and not any(x in broader(vocabulary, y) or y in broader(vocabulary, x) for x in a for y in b)
    )


def _has_state_and_other(register: Register, origins: Iterable[frozenset[str]]) -> bool:
    kinds = {_is_state(register, origin) for every in origins for origin in every}
    return kinds == {True, False}


def _is_state(register: Register, origin: str) -> bool:
    source = register.corpus.source.get(SourceId(origin)) if not origin.startswith(UNHELD) else None
    return source is not None and STATE_KIND in broader("source_kind", source.kind)
