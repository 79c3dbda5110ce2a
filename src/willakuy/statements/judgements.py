"""Decisions of people: dated, reasoned, reversible. A judgement never edits what it judges.

Undoing is a judgement too (``Undo``): with the judgement and its undoing both in the ledger, every
question is answered as if neither had been made, and both can still be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from willakuy.statements.consent import Consent, Purpose
from willakuy.statements.ids import JudgementId, SourceId, StatementId


class IdentityVerdict(StrEnum):
    """Whether records are of one person. ``individual``: this record alone is of one, distinct person."""

    same = "same"
    different = "different"
    undecided = "undecided"
    individual = "individual"


class ReviewVerdict(StrEnum):
    accepted = "accepted"
    corrected = "corrected"
    rejected = "rejected"


class ClaimVerdict(StrEnum):
    stands = "stands"
    conflicts = "conflicts"


class JudgementKind(StrEnum):
    identity = "identity"
    review = "review"
    claim = "claim"
    derivation = "derivation"
    grade = "grade"
    exception = "exception"
    coding = "coding"
    review_coding = "review_coding"
    consent = "consent"
    undo = "undo"


@dataclass(frozen=True, slots=True)
class Identity:
    """``records`` are victim records. ``same``: all of one person. ``different``/``undecided``: each pair."""

    verdict: IdentityVerdict
    records: tuple[StatementId, ...]

    def __post_init__(self) -> None:
        need = 1 if self.verdict is IdentityVerdict.individual else 2
        if len(set(self.records)) < need:
            raise ValueError(f"{self.verdict} needs {need} or more records")


@dataclass(frozen=True, slots=True)
class Review:
    """On a proposed statement. ``corrected`` names the statement that stands in its place."""

    verdict: ReviewVerdict
    statement_id: StatementId
    replacement: StatementId | None = None


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """Whether a figure claim (or any statement) stands against the others, with a public note."""

    verdict: ClaimVerdict
    statement_id: StatementId
    against: tuple[StatementId, ...] = ()


@dataclass(frozen=True, slots=True)
class DerivationJudged:
    """``source_id`` does (or does not) pass on what ``from_source`` said."""

    source_id: SourceId
    from_source: SourceId
    derives: bool


@dataclass(frozen=True, slots=True)
class GradeGiven:
    """A grade set by a person, shown beside the one computed from the facts."""

    record: StatementId
    grade: str


@dataclass(frozen=True, slots=True)
class PolicyException:
    """One thing released or withheld against the default policy, by name of the rule."""

    rule: str
    subject: str
    allow: bool


@dataclass(frozen=True, slots=True)
class Coding:
    """What a second coder answered without seeing anybody's decision. It joins and parts nobody: it measures agreement."""

    verdict: IdentityVerdict
    records: tuple[StatementId, StatementId]


@dataclass(frozen=True, slots=True)
class ReviewCoding:
    """What a second coder answered on a proposed statement without seeing anybody's decision. It accepts nothing."""

    verdict: ReviewVerdict
    statement_id: StatementId


@dataclass(frozen=True, slots=True)
class Undo:
    judgement_id: JudgementId


Decision = (
    Identity
    | Review
    | ClaimStanding
    | DerivationJudged
    | GradeGiven
    | PolicyException
    | Coding
    | ReviewCoding
    | Consent
    | Undo
)

DECISION_OF: dict[JudgementKind, type[Decision]] = {
    JudgementKind.identity: Identity,
    JudgementKind.review: Review,
    JudgementKind.claim: ClaimStanding,
    JudgementKind.derivation: DerivationJudged,
    JudgementKind.grade: GradeGiven,
    JudgementKind.exception: PolicyException,
    JudgementKind.coding: Coding,
    JudgementKind.review_coding: ReviewCoding,
    JudgementKind.consent: Consent,
    JudgementKind.undo: Undo,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """``by`` is a coder's working name, never a legal one; ``decided`` is their clock, evidence of nothing.

    ``confidence`` is a code of the ordered vocabulary of that name.
    """

    judgement_id: JudgementId
    decision: Decision
    by: str
    decided: str
    reason: str
    confidence: str = "high"

    @property
    def kind(self) -> JudgementKind:
        return next(kind for kind, of in DECISION_OF.items() if isinstance(self.decision, of))


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements not undone, oldest first as given; an undoing may itself be undone."""
    given = list(judgements)
    undone: set[JudgementId] = set()
    for judgement in reversed(given):
        if isinstance(judgement.decision, Undo) and judgement.judgement_id not in undone:
            undone.add(judgement.decision.judgement_id)
    return [j for j in given if j.judgement_id not in undone and not isinstance(j.decision, Undo)]


def consents_in_force(judgements: Iterable[Judgement]) -> Mapping[tuple[str, Purpose], bool]:
    """(subject, purpose) to whether it is allowed, as the latest consent in force says."""
    return {
        (j.decision.subject, purpose): j.decision.is_given
        for j in in_force(judgements)
        if isinstance(j.decision, Consent)
        for purpose in j.decision.purposes
    }
