"""Recording decisions: checked against what the case holds, with their consequences told before anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from willakuy.casefile.case import Case
from willakuy.casefile.errors import NoSuchThing
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext, ngettext
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import JudgementId, SourceId, StatementId, new_id
from willakuy.statements.judgements import (
    Decision,
    DerivationJudged,
    Identity,
    IdentityVerdict,
    Judgement,
    Review,
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
        case "undo":
            return Undo(JudgementId(ids[0]))
        case _:
            raise ValueError(f"no decision is called {name!r}")


def decide(case: Case, decision: Decision, *, reason: str, by: str | None = None, confidence: str = "high") -> Outcome:
    """Record a decision after checking that it speaks of things the case holds.

    Raises:
        NoSuchThing, NotVictimRecords, NotAProposal: nothing was recorded.
    """
    corpus = case.corpus()
    check_decision(corpus, decision)
    judgement = Judgement(
        judgement_id=JudgementId(new_id("judgement", case.entropy)),
        decision=decision,
        by=by or case.settings.coder,
        decided=case.clock(),
        reason=reason,
        confidence=confidence,
    )
    told = consequences(corpus, judgement)
    case.append([judgement], by=by)
    return Outcome(judgement, told)


def check_decision(corpus: Corpus, decision: Decision) -> None:
    """Raises ``NoSuchThing``, ``NotVictimRecords`` or ``NotAProposal``."""
    match decision:
        case Identity(records=records):
            for record in records:
                statement = _present(corpus.statement, record)
                if not isinstance(statement.content, VictimRecord):
                    raise NotVictimRecords(id=record)
        case Review(statement_id=statement_id):
            if _present(corpus.statement, statement_id).proposed_by is None:
                raise NotAProposal(id=statement_id)
        case DerivationJudged(source_id=source, from_source=origin):
            _present(corpus.source, source)
            _present(corpus.source, origin)
        case Undo(judgement_id=judgement_id):
            _present({j.judgement_id: j for j in corpus.judgements}, judgement_id)
        case _:
            pass


def consequences(corpus: Corpus, judgement: Judgement) -> tuple[str, ...]:
    """What follows: how many records become one person or several, and judgements it contradicts."""
    before = corpus.identities
    after = _with(corpus, judgement).identities
    told = []
    fewer = len(before.persons) - len(after.persons)
    if fewer > 0:
        told.append(
            ngettext("{n} person fewer: records are joined.", "{n} persons fewer: records are joined.", fewer).format(
                n=fewer
            )
        )
    if fewer < 0:
        told.append(
            ngettext(
                "{n} person more: records stand apart again.", "{n} persons more: records stand apart again.", -fewer
            ).format(n=-fewer)
        )
    if isinstance(judgement.decision, Identity) and judgement.decision.verdict is IdentityVerdict.same:
        person = after.by_record().get(judgement.decision.records[0])
        others = [r for r in person.records if r not in judgement.decision.records] if person else []
        if others:
            told.append(gettext("It also joins: {records}.").format(records=", ".join(others)))
    told += [
        gettext("It contradicts {id}; both are shown until one is undone.").format(id=conflict)
        for conflict in set(after.conflicts) - set(before.conflicts)
    ]
    return tuple(told)


def _with(corpus: Corpus, judgement: Judgement) -> Corpus:
    return replace(corpus, judgements=(*corpus.judgements, judgement))


def _present(held: Mapping[K, V], key: K) -> V:
    try:
        return held[key]
    except KeyError:
        raise NoSuchThing(id=key) from None
