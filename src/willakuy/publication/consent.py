"""What consent keeps out of a release, or lets into it.

What a protected source told is shown only while consent to publish it is in force; what anyone withdrew is not shown.
A withdrawal is told in the release after it, as a number and never as whose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from willakuy.publication.policy import Rule
from willakuy.statements.consent import Consent, Purpose
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import DocumentId, StatementId
from willakuy.statements.judgements import Undo, consents_in_force
from willakuy.statements.persons import identify
from willakuy.statements.statement import Statement, VictimRecord


def unconsented(corpus: Corpus, purpose: Purpose = Purpose.publish) -> dict[StatementId, Rule]:
    """Standing statements that may not serve ``purpose``, with the reason."""
    said = consents_in_force(corpus.judgements)
    out: dict[StatementId, Rule] = {}
    for statement in corpus.standing:
        answers = [said.get((subject, purpose)) for subject in _subjects(corpus, statement)]
        if False in answers:
            out[statement.statement_id] = Rule.consent_withdrawn
        elif True not in answers and _is_told_by_protected(corpus, statement):
            out[statement.statement_id] = Rule.no_consent
    for person in corpus.identities.persons:
        if any(said.get((subject, purpose)) is False for subject in (person.person_id, *person.records)):
            out.update(dict.fromkeys(person.records, Rule.consent_withdrawn))
    return out


def documents_unconsented(corpus: Corpus, purpose: Purpose) -> frozenset[DocumentId]:
    """Documents that may not serve ``purpose``: themselves or their source withdrawn, or of a protected source that has not agreed."""
    said = consents_in_force(corpus.judgements)
    out = set()
    for document in corpus.documents:
        answers = [said.get((subject, purpose)) for subject in (document.document_id, document.source_id)]
        is_protected = corpus.source[document.source_id].is_protected
        if False in answers or (is_protected and True not in answers):
            out.add(document.document_id)
    return frozenset(out)


def split_apart(corpus: Corpus, gone: Mapping[StatementId, Rule]) -> dict[StatementId, Rule]:
    """What is left of persons who, without the records in ``gone``, would fall into several: kept back with them."""
    left = [s.statement_id for s in corpus.standing if isinstance(s.content, VictimRecord)]
    public = identify((r for r in left if r not in gone), corpus.judgements).by_record()
    out: dict[StatementId, Rule] = {}
    for person in corpus.identities.persons:
        shown = [r for r in person.records if r not in gone]
        if len({public[r].person_id for r in shown}) > 1:
            out.update(dict.fromkeys(shown, Rule.about_withheld))
    return out


def with_consents_of(earlier: Corpus, now: Corpus) -> Corpus:
    """``earlier`` as it would be shown under the consents of ``now``, so that comparing the two names nobody who withdrew."""
    known = {j.judgement_id for j in earlier.judgements}
    wanted = {j.judgement_id for j in now.judgements if isinstance(j.decision, Consent)}
    later = []
    for judgement in now.judgements:
        if isinstance(judgement.decision, Undo) and judgement.decision.judgement_id in wanted:
            wanted.add(judgement.judgement_id)
        if judgement.judgement_id in wanted and judgement.judgement_id not in known:
            later.append(judgement)
    return replace(earlier, judgements=(*earlier.judgements, *later)) if later else earlier


def _subjects(corpus: Corpus, statement: Statement) -> tuple[str, ...]:
    documents = {c.document_id for c in statement.citations}
    sources = {corpus.document[d].source_id for d in documents}
    speakers = {s.source_id for s in statement.speakers if s.source_id}
    return (statement.statement_id, *sorted(documents), *sorted(sources | speakers))


def _is_told_by_protected(corpus: Corpus, statement: Statement) -> bool:
    ids = {corpus.document[c.document_id].source_id for c in statement.citations}
    ids |= {s.source_id for s in statement.speakers if s.source_id}
    return any(corpus.source[i].is_protected for i in ids if i in corpus.source)
