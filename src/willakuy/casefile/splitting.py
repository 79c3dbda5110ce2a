"""Taking records out of a person in one step: the joining decisions that tie them are undone, and the rest stays one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from willakuy.casefile.case import Case
from willakuy.casefile.deciding import check_decision
from willakuy.casefile.upholding import with_judgement
from willakuy.errors import UsageError
from willakuy.i18n import N_
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import JudgementId, StatementId, new_id
from willakuy.statements.judgements import Decision, Identity, IdentityVerdict, Judgement, Undo, in_force


class NothingToSplit(UsageError):
    code = "W612"
    what = N_("{records}: no decision joins these records with others.")
    next = N_("Nothing was recorded.")


def split(
    case: Case, records: Sequence[StatementId], *, reason: str, by: str | None = None, confidence: str = "high"
) -> tuple[Judgement, ...]:
    """Take ``records`` out of their persons, recorded together or not at all; undoing all of it brings back what was there.

    Records taken out of one person stay one with each other; so does the rest of that person, whoever tied it.

    Raises:
        NoSuchThing, NotVictimRecords, NothingToSplit: nothing was recorded.
    """
    corpus = case.corpus()
    for record in records:
        check_decision(corpus, Identity(IdentityVerdict.individual, (record,)))
    made: list[Judgement] = []
    for decision in _decisions(corpus, frozenset(records)):
        made.append(
            Judgement(
                JudgementId(new_id("judgement", case.entropy)),
                decision,
                by=by or case.settings.coder,
                decided=case.clock(),
                reason=reason,
                confidence=confidence,
            )
        )
    if not made:
        raise NothingToSplit(records=", ".join(records))
    case.append(made, by=by)
    return tuple(made)


def _decisions(corpus: Corpus, leaving: frozenset[StatementId]) -> Iterator[Decision]:
    person_of = corpus.identities.by_record()
    touched = {person_of[r].person_id: person_of[r] for r in sorted(leaving)}
    parts = [
        part
        for person in touched.values()
        if not set(person.records) <= leaving
        for part in (
            tuple(r for r in person.records if r in leaving),
            tuple(r for r in person.records if r not in leaving),
        )
    ]
    after = corpus
    for judgement in in_force(corpus.judgements):
        said = judgement.decision
        if isinstance(said, Identity) and said.verdict is IdentityVerdict.same:
            inside = set(said.records) & leaving
            if inside and set(said.records) - leaving:
                undo = Undo(judgement.judgement_id)
                after = with_judgement(after, Judgement(JudgementId(f"jdg_{judgement.judgement_id}"), undo, "", "", ""))
                yield undo
    now = after.identities.by_record()
    for part in parts:
        if len({now[r].person_id for r in part}) > 1:
            yield Identity(IdentityVerdict.same, part)
