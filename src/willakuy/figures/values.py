"""What a question about a case is answered with. Every number can name the statements it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from willakuy.statements.ids import DocumentId, PersonId, SourceId, StatementId
from willakuy.statements.scopes import Scope


class Standing(StrEnum):
    """How a person stands to a scope on a date."""

    counted = "counted"
    """Some live record affirms every criterion and none denies one: in ``lo`` and in ``hi``."""
    possible = "possible"
    """Records disagree or are silent on a criterion, or the identity is open: in ``hi`` only."""
    excluded = "excluded"


class Reason(StrEnum):
    """Why a person or group is not (certainly) counted. Each has a sentence in both languages."""

    withdrawn = "withdrawn"
    rectified = "rectified"
    denied = "denied"
    not_yet_known = "not_yet_known"
    other_harm = "other_harm"
    other_role = "other_role"
    other_circumstance = "other_circumstance"
    other_place = "other_place"
    other_period = "other_period"
    not_a_minor = "not_a_minor"
    too_few_sources = "too_few_sources"
    criterion_unknown = "criterion_unknown"
    criterion_disputed = "criterion_disputed"
    identity_open = "identity_open"
    unnamed = "unnamed"
    inside_group = "inside_group"
    judged_wrong = "judged_wrong"


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """One person under one scope on one date, with the records that speak for and against counting them.

    ``criterion`` names the scope's criterion that decided, for ``possible`` and ``excluded``.
    """

    person_id: PersonId
    standing: Standing
    reason: Reason | None
    criterion: str | None
    records_for: tuple[StatementId, ...]
    records_against: tuple[StatementId, ...]


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """Unnamed people one document speaks of, and how many of them nobody counted can be.

    ``n_lo``/``n_hi`` as said (``n_hi`` None: no upper bound said); ``candidates`` are named persons, counted or not,
    taken to be among them; ``adds`` is what the group adds to ``hi`` after those and after larger groups of the same place and day.
    """

    records: tuple[StatementId, ...]
    n_lo: int
    n_hi: int | None
    candidates: tuple[PersonId, ...]
    adds: int
    inside: tuple[StatementId, ...]
    """Records of the larger group this one is taken to be an account of; empty when it stands for itself."""
    reason: Reason | None = Reason.unnamed
    """``unnamed`` (in ``hi`` only), ``inside_group``, or why the whole group is left out."""
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """``figure(scope, as_of)``: never a bare number.

    ``0 <= lo <= hi``. ``lo`` counts persons certainly counted after joining every pair whose identity is open;
    ``hi`` counts persons counted or possible kept apart, plus what unnamed groups add. So ``lo`` is the number of persons
    ``counted``, and ``hi`` adds those ``possible`` and the sum of ``adds``. ``as_of`` ``None`` is "all that is recorded".
    ``open_pairs`` are the pairs of persons that were joined for ``lo``; ``hi_is_open`` says that some group in ``hi`` has
    no upper number ("at least 17"): ``hi`` then rests on its lower one. Method: docs/method/counting.md.
    """

    scope: Scope
    as_of: date | None
    lo: int
    hi: int
    persons: tuple[PersonStanding, ...]
    groups: tuple[GroupStanding, ...]
    claims_for: tuple[StatementId, ...]
    claims_against: tuple[StatementId, ...]
    open_pairs: tuple[tuple[PersonId, PersonId], ...] = ()
    hi_is_open: bool = False

    def of(self, standing: Standing) -> tuple[PersonStanding, ...]:
        return tuple(p for p in self.persons if p.standing is standing)


@dataclass(frozen=True, slots=True)
class ValueSaid:
    """One value of one field, with every record that says it, and how many independent sources they are.

    ``key`` is the value as compared (folded name, EDTF date, code); ``words`` the ways it was printed.
    """

    key: str
    words: tuple[str, ...]
    records: tuple[StatementId, ...]
    n_independent: int


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """Everything said about one field of one person. Disputed is computed, never typed."""

    field: str
    values: tuple[ValueSaid, ...]
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """``display_name`` is the form most independent sources print; initials for a minor (``is_minor``).

    ``fields`` in the order of a record: names, age, sex, roles, origin, wounded, wounded_at, died, died_at, dated, place, causes,
    circumstances, blamed, hospital. Only fields somebody spoke about are present.
    """

    person_id: PersonId
    display_name: str
    is_minor: bool | None
    fields: tuple[FieldProfile, ...]
    records: tuple[StatementId, ...]
    n_sources: int
    n_independent: int
    grade: str
    grade_given: str | None
    retracted_by: tuple[StatementId, ...]

    def field(self, name: str) -> FieldProfile | None:
        return next((f for f in self.fields if f.field == name), None)


class Point(NamedTuple):
    """One day of a series: the figure's bounds, without what they rest on."""

    as_of: date
    lo: int
    hi: int


class Relation(StrEnum):
    """What two figure claims are to one another."""

    agree = "agree"
    contradict = "contradict"
    supersedes = "supersedes"
    not_comparable = "not_comparable"
    same_number_other_meaning = "same_number_other_meaning"


@dataclass(frozen=True, slots=True)
class Difference:
    """One reason two claims do not count the same thing. ``aspect``: harm, population, scope, place, period, as_of."""

    aspect: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``differences`` is empty exactly when the two are comparable. ``line`` is one sentence, in the reader's language."""

    a: StatementId
    b: StatementId
    relation: Relation
    differences: tuple[Difference, ...]

    @property
    def is_comparable(self) -> bool:
        return not self.differences


class FindingKind(StrEnum):
    """Contradictions the record can show by itself."""

    claims_contradict = "claims_contradict"
    same_number_other_meaning = "same_number_other_meaning"
    parts_do_not_add = "parts_do_not_add"
    parts_add = "parts_add"
    rows_do_not_match = "rows_do_not_match"
    withdrawn = "withdrawn"
    status_disputed = "status_disputed"
    profile_disputed = "profile_disputed"
    superseded = "superseded"


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction or correction, with the statements that make it. ``facts`` fill its sentence."""

    kind: FindingKind
    statements: tuple[StatementId, ...]
    facts: tuple[tuple[str, str], ...]
    person_id: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Sources that pass on one another's words: one source in every count. ``because`` pairs (source, from, basis)."""

    sources: tuple[SourceId, ...]
    because: tuple[tuple[SourceId, SourceId, str], ...]


@dataclass(frozen=True, slots=True)
class CopySign:
    """What two lists share beyond chance: an indication, put to a person as a question.

    ``shared_rows`` of ``possible_rows``; ``same_order`` and ``same_slips`` (misspellings, wrong numbers found nowhere else)
    with the probability of as much by chance, ``p_chance``.
    """

    a: DocumentId
    b: DocumentId
    shared_rows: int
    possible_rows: int
    same_order: int
    same_slips: int
    p_chance: float
    is_known: bool = False
    """The sources already share an origin by what they declare or a person judged."""
