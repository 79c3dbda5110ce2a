"""Everything said and decided in a case, at one moment, as plain values.

The case file produces it; ``linkage``, ``figures`` and ``publication`` work from it and need nothing else, so
that a notebook can build one by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from willakuy.statements.dates import PartialDate
from willakuy.statements.ids import DocumentId, ScopeId, SourceId, StatementId
from willakuy.statements.judgements import Judgement, Review, ReviewVerdict, in_force
from willakuy.statements.persons import Identities, identify
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Document, Source
from willakuy.statements.statement import Statement, StatementKind


@dataclass(frozen=True, slots=True)
class PairProposal:
    """A machine's opinion that two victim records are one person: never a judgement.

    ``evidence`` is each field's part: what was compared, a code of how it agrees, and bits for (+) or against (-).
    """

    record_l: StatementId
    record_r: StatementId
    p_same: float
    why: str
    run_id: str
    evidence: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True)
class Corpus:
    """All tuples are in the order the ledger holds them.

    ``proposals`` are of the latest linkage run only. Equal ledgers give equal corpora.
    """

    sources: tuple[Source, ...] = ()
    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    scopes: tuple[Scope, ...] = ()
    proposals: tuple[PairProposal, ...] = field(default=())

    @cached_property
    def source(self) -> Mapping[SourceId, Source]:
        return {s.source_id: s for s in self.sources}

    @cached_property
    def document(self) -> Mapping[DocumentId, Document]:
        return {d.document_id: d for d in self.documents}

    @cached_property
    def statement(self) -> Mapping[StatementId, Statement]:
        return {s.statement_id: s for s in self.statements}

    @cached_property
    def scope(self) -> Mapping[ScopeId, Scope]:
        """The latest version of each."""
        return {s.scope_id: s for s in sorted(self.scopes, key=lambda s: s.version)}

    @cached_property
    def standing(self) -> tuple[Statement, ...]:
        """Statements that may be counted: what people and lists said, and the proposals a person accepted.

        A rejected or corrected proposal is out; the statement that corrects it is in.
        """
        verdicts = {
            j.decision.statement_id: j.decision.verdict
            for j in in_force(self.judgements)
            if isinstance(j.decision, Review)
        }
        out = []
        for statement in self.statements:
            verdict = verdicts.get(statement.statement_id)
            if verdict is ReviewVerdict.accepted or (verdict is None and statement.proposed_by is None):
                out.append(statement)
        return tuple(out)

    @cached_property
    def waiting(self) -> tuple[Statement, ...]:
        """Machine proposals nobody has reviewed yet."""
        reviewed = {j.decision.statement_id for j in in_force(self.judgements) if isinstance(j.decision, Review)}
        return tuple(s for s in self.statements if s.proposed_by is not None and s.statement_id not in reviewed)

    def of_kind(self, kind: StatementKind) -> tuple[Statement, ...]:
        """Standing statements of one kind."""
        return tuple(s for s in self.standing if s.kind is kind)

    @cached_property
    def identities(self) -> Identities:
        """Who is who among the standing victim records, by the judgements in force."""
        return identify((s.statement_id for s in self.of_kind(StatementKind.victim)), self.judgements)

    def source_of(self, statement: Statement) -> Source:
        return self.source[self.document[statement.document_id].source_id]

    def known(self, statement: Statement) -> PartialDate | None:
        """When the statement could be known: when it was said, else its document's as-of or publication time."""
        return statement.said or self.document[statement.document_id].known
