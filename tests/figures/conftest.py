"""A tiny case to say things in: invented people, invented sources, real kinds of trouble."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from willakuy.statements.ages import parse_age
from willakuy.statements.corpus import Corpus, PairProposal
from willakuy.statements.dates import DateSaid, PartialDate
from willakuy.statements.ids import DocumentId, JudgementId, ScopeId, SourceId, StatementId
from willakuy.statements.judgements import (
    ClaimStanding,
    ClaimVerdict,
    Decision,
    DerivationJudged,
    GradeGiven,
    Identity,
    IdentityVerdict,
    Judgement,
    Undo,
)
from willakuy.statements.names import Name, NameKind, recognise_name
from willakuy.statements.numbers import Quantity, parse_quantity
from willakuy.statements.places import Place, PlaceSaid
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Citation, Derivation, Document, Locator, Source
from willakuy.statements.statement import Coded, FigureClaim, Part, Speaker, Statement, Status, VictimRecord

JULIACA = "PE.21.11.01"
AYACUCHO = "PE.05"
KNOWN = "2023-01-10"

ALL = Scope(ScopeId("scp_all"), 1, "Todos", "All", "Todas las muertes.", "All deaths.")
CIVILIANS = replace(
    ALL, scope_id=ScopeId("scp_civilians"), not_roles=("police", "soldier"), circumstances=("clash_or_forces",)
)
MINORS = replace(ALL, scope_id=ScopeId("scp_minors"), minors_only=True)


@dataclass
class TinyCase:
    """Say things; then take the corpus. Sources and documents appear when first named."""

    sources: dict[str, Source] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    proposals: list[PairProposal] = field(default_factory=list)

    def source(
        self, name: str, *, copies: tuple[str, ...] = (), partly: tuple[str, ...] = (), kind: str = "press"
    ) -> SourceId:
        derived = [Derivation("", self.source(s)) for s in copies]
        derived += [Derivation("", self.source(s), share="part") for s in partly]
        source_id = SourceId(f"src_{name}")
        if name not in self.sources or derived or kind != "press":
            self.sources[name] = Source(source_id, name, kind, derives_from=tuple(derived))
        return source_id

    def document(self, name: str, *, by: str | None = None, is_list: bool = False, **more: object) -> DocumentId:
        document_id = DocumentId(f"doc_{name}")
        if name not in self.documents or more or is_list:
            source_id = self.source(by or name)
            self.documents[name] = Document(document_id, source_id, name, is_list=is_list, **more)  # type: ignore[arg-type]
        return document_id

    def say(
        self,
        where: str,
        who: str = "",
        *,
        place: str | None = JULIACA,
        on: str | None = "2023-01-09",
        known: str | None = KNOWN,
        age: str | None = None,
        role: str | None = None,
        circumstance: str | None = "clash_or_forces",
        harm: str | None = "killed",
        row_status: str = "listed",
        speaker: str | None = None,
        died: str | None = None,
        sex: str | None = None,
        cause: str | None = None,
    ) -> StatementId:
        """``who`` is a name, "NN", or a group like "17 killed"."""
        quantity = parse_quantity(who) if who[:1].isdigit() or who.startswith("at least") else None
        name = Name(who, NameKind.group) if quantity else recognise_name(who or "NN")
        record = VictimRecord(
            names=(name,),
            count=quantity or Quantity.exactly(1),
            harm=Coded(code=harm),
            age=parse_age(age) if age else None,
            sex=sex,
            roles=(Coded(code=role),) if role else (),
            dated=_date(on),
            died=_date(died),
            place=PlaceSaid(place, Place(place)) if place else None,
            causes=(Coded(words=cause, code=cause),) if cause else (),
            circumstances=(Coded(code=circumstance),) if circumstance else (),
            row_status=Coded(code=row_status),
        )
        return self._add(where, record, known, speaker)

    def claim(
        self,
        where: str,
        number: str,
        *,
        population: str | None = "all",
        scope: str | None = "all_linked",
        harm: str = "killed",
        as_of: str | None = "2023-01-10",
        place: str = "PE",
        period: str | None = None,
        speaker: str | None = None,
        parts: tuple[tuple[str, str], ...] = (),
        counts_rows_of: str | None = None,
    ) -> StatementId:
        quantity = parse_quantity(number)
        assert quantity is not None
        claim = FigureClaim(
            quantity,
            harm=Coded(code=harm),
            population=Coded(code=population),
            scope=Coded(code=scope),
            place=PlaceSaid(place, Place(place)),
            period=PartialDate(period) if period else None,
            as_of=PartialDate(as_of) if as_of else None,
            parts=tuple(Part(label, Quantity(words, int(words), int(words))) for label, words in parts),
            counts_rows_of=DocumentId(f"doc_{counts_rows_of}") if counts_rows_of else None,
        )
        return self._add(where, claim, as_of, speaker)

    def status(
        self,
        where: str,
        effect: str,
        *targets: StatementId,
        aspect: str = "existence",
        known: str | None = "2023-01-13",
        speaker: str | None = None,
    ) -> StatementId:
        return self._add(where, Status(effect, targets, aspect), known, speaker)

    def judge(self, decision: Decision) -> JudgementId:
        judgement_id = JudgementId(f"jdg_{len(self.judgements):04d}")
        self.judgements.append(Judgement(judgement_id, decision, "coder", "2023-05-01T00:00:00Z", "invented"))
        return judgement_id

    def same(self, *records: StatementId) -> JudgementId:
        return self.judge(Identity(IdentityVerdict.same, records))

    def different(self, *records: StatementId) -> JudgementId:
        return self.judge(Identity(IdentityVerdict.different, records))

    def undecided(self, *records: StatementId) -> JudgementId:
        return self.judge(Identity(IdentityVerdict.undecided, records))

    def individual(self, *records: StatementId) -> JudgementId:
        return self.judge(Identity(IdentityVerdict.individual, records))

    def undo(self, judgement: JudgementId) -> JudgementId:
        return self.judge(Undo(judgement))

    def copies(self, source: str, of: str, *, does: bool = True) -> JudgementId:
        return self.judge(DerivationJudged(self.source(source), self.source(of), does))

    def conflicts(self, statement: StatementId) -> JudgementId:
        return self.judge(ClaimStanding(ClaimVerdict.conflicts, statement))

    def grade(self, record: StatementId, grade: str) -> JudgementId:
        return self.judge(GradeGiven(record, grade))

    def propose(self, a: StatementId, b: StatementId, p_same: float) -> None:
        self.proposals.append(PairProposal(a, b, p_same, "invented", "run_1"))

    def corpus(self) -> Corpus:
        return Corpus(
            sources=tuple(self.sources.values()),
            documents=tuple(self.documents.values()),
            statements=tuple(self.statements),
            judgements=tuple(self.judgements),
            proposals=tuple(self.proposals),
        )

    def _add(self, where: str, content: object, known: str | None, speaker: str | None) -> StatementId:
        document_id = self.document(where)
        row = sum(1 for s in self.statements if s.document_id == document_id) + 1
        statement_id = StatementId(f"stm_{where}.r{row}")
        by = (Speaker(speaker, source_id=self.source(speaker)),) if speaker else ()
        self.statements.append(
            Statement(
                statement_id,
                content,  # type: ignore[arg-type]
                (Citation(document_id, Locator(row=row)),),
                words="",
                speakers=by,
                said=PartialDate(known) if known else None,
            )
        )
        return statement_id


def _date(edtf: str | None) -> DateSaid | None:
    return DateSaid(edtf, PartialDate(edtf)) if edtf else None


@pytest.fixture
def tiny_case() -> TinyCase:
    return TinyCase()
