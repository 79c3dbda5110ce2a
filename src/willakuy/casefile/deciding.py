"""Recording decisions: checked against what the case holds, with their consequences told before anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from willakuy.casefile.case import Case
from willakuy.casefile.errors import NoSuchThing
from willakuy.casefile.foreseeing import foresee
from willakuy.casefile.protecting import check_working_name
from willakuy.casefile.upholding import MERGE_RULES, Broken, exception_subject
from willakuy.errors import UsageError
from willakuy.i18n import N_
from willakuy.statements.consent import Consent
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import JudgementId, SourceId, StatementId, new_id
from willakuy.statements.judgements import (
    Coding,
    Decision,
    DerivationJudged,
    Identity,
    IdentityVerdict,
    Judgement,
    PolicyException,
    Review,
    ReviewCoding,
    ReviewVerdict,
    Undo,
)
from willakuy.statements.statement import VictimRecord

K = TypeVar("K")
V = TypeVar("V")


class NotVictimRecords(UsageError):
    code = "W140"
    what = N_("{id}: only victim records can be of one person, and this is a statement of another kind.")
    next = N_("Nothing was recorded.")


class NeedsTwoRecords(UsageError):
    code = "W141"
    what = N_("“{verdict}” is said of two records or more.")
    next = N_("Nothing was recorded. Name them:\n    willakuy judge {verdict} RECORD RECORD --reason …")


class NotAProposal(UsageError):
    code = "W142"
    what = N_("{id}: this statement was not proposed by a machine; there is nothing to accept or reject.")
    next = N_("Nothing was recorded.")


class WouldBreak(UsageError):
    """The decision cannot stand beside what people judged, or joins records that cannot be one person."""

    code = "W143"
    what = N_("This cannot be recorded:\n{told}")
    next = N_("Nothing was recorded. What can be done first:\n{ways}")

    def __init__(self, broken: Sequence[Broken]) -> None:
        super().__init__(told="\n".join(f"  · {b.say()}" for b in broken), ways="\n".join(ways_round(broken)))
        self.broken = tuple(broken)


def ways_round(broken: Sequence[Broken]) -> tuple[str, ...]:
    """What to type so that the decision can be made."""
    ways = []
    for b in broken:
        if b.is_joined:
            ways.append(f"    willakuy judge split {b.b} --reason …")
        elif b.may_be_excepted:
            ways.append(f"    willakuy judge exception {b.rule} {b.a} {b.b} --reason …")
        else:
            ways += [f"    willakuy judge undo {judgement_id} --reason …" for judgement_id in b.because]
    return tuple(dict.fromkeys(ways))


class NoSuchRule(UsageError):
    code = "W144"
    what = N_("“{rule}” is no rule that an exception can be made to.")
    next = N_(
        "Nothing was recorded. The rules are {known}:\n    willakuy judge exception RULE RECORD RECORD --reason …"
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """``consequences`` are sentences: what else follows from the decision."""

    judgement: Judgement
    consequences: tuple[str, ...]


def decision_named(name: str, ids: Sequence[str]) -> Decision:
    """The decision a command line asks for.

    Raises:
        NeedsTwoRecords
    """
    match name:
        case "same" | "different" | "undecided" | "individual":
            if name != "individual" and len(set(ids)) < 2:
                raise NeedsTwoRecords(verdict=name)
            return Identity(IdentityVerdict(name), tuple(StatementId(i) for i in ids))
        case "accept" | "reject":
            return Review(ReviewVerdict(f"{name}ed"), StatementId(ids[0]))
        case "derives" | "independent":
            return DerivationJudged(SourceId(ids[0]), SourceId(ids[1]), derives=name == "derives")
        case "exception":
            return PolicyException(ids[0], exception_subject(*ids[1:3]), allow=True)
        case "undo":
            return Undo(JudgementId(ids[0]))
        case _:
            raise ValueError(f"no decision is called {name!r}")


def decide(
    case: Case,
    decision: Decision,
    *,
    reason: str,
    by: str | None = None,
    confidence: str = "high",
    corpus: Corpus | None = None,
) -> Outcome:
    """Record a decision after checking that it speaks of things the case holds and breaks nothing people decided.

    ``corpus``: what the case holds now, when the caller has it already.

    Raises:
        NoSuchThing, NotVictimRecords, NotAProposal, NoSuchRule, WouldBreak, WorkingNameIsLegal: nothing was recorded.
    """
    check_working_name(by)
    corpus = corpus or case.corpus()
    check_decision(corpus, decision)
    seen = foresee(corpus, decision)
    if seen.is_refused:
        raise WouldBreak(seen.broken)
    judgement = Judgement(
        judgement_id=JudgementId(new_id("judgement", case.entropy)),
        decision=decision,
        by=by or case.settings.coder,
        decided=case.clock(),
        reason=reason,
        confidence=confidence,
    )
    case.append([judgement], by=by)
    return Outcome(judgement, seen.say(corpus))


def check_decision(corpus: Corpus, decision: Decision) -> None:
    """Raises ``NoSuchThing``, ``NotVictimRecords``, ``NotAProposal`` or ``NoSuchRule``."""
    match decision:
        case Identity(records=records):
            for record in records:
                statement = _present(corpus.statement, record)
                if not isinstance(statement.content, VictimRecord):
                    raise NotVictimRecords(id=record)
        case Review(statement_id=statement_id) | ReviewCoding(statement_id=statement_id):
            if _present(corpus.statement, statement_id).proposed_by is None:
                raise NotAProposal(id=statement_id)
        case DerivationJudged(source_id=source, from_source=origin):
            _present(corpus.source, source)
            _present(corpus.source, origin)
        case Coding(records=records):
            for record in records:
                if not isinstance(_present(corpus.statement, record).content, VictimRecord):
                    raise NotVictimRecords(id=record)
        case PolicyException(rule=rule, subject=subject) if " " in subject or rule in MERGE_RULES:
            if rule not in MERGE_RULES:
                raise NoSuchRule(rule=rule, known=", ".join(MERGE_RULES))
            for record_id in subject.split():
                _present(corpus.statement, StatementId(record_id))
        case Consent(subject=subject):
            held = {*corpus.source, *corpus.document, *corpus.statement}
            _present({item: item for item in held}, subject)
        case Undo(judgement_id=judgement_id):
            _present({j.judgement_id: j for j in corpus.judgements}, judgement_id)
        case _:
            pass


def _present(held: Mapping[K, V], key: K) -> V:
    try:
        return held[key]
    except KeyError:
        raise NoSuchThing(id=key) from None
