"""An invented case with several lists, for tests of who is one person."""

from __future__ import annotations

from collections.abc import Iterable

from willakuy.casefile import Case
from willakuy.linkage.incase import pairs_as_lines
from willakuy.statements.ages import AgeSaid
from willakuy.statements.corpus import PairProposal
from willakuy.statements.dates import DateSaid, PartialDate
from willakuy.statements.ids import DocumentId, ScopeId, SourceId, StatementId
from willakuy.statements.names import Name, NameKind
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Citation, Document, Locator, Source
from willakuy.statements.statement import Mode, Speaker, Statement, VictimRecord

EVERYBODY = Scope(
    scope_id=ScopeId("scp_everybody"),
    version=1,
    name_es="Todas las muertes",
    name_en="All deaths",
    rule_es="Quienes murieron.",
    rule_en="Everybody who died.",
    harms=("killed",),
)


def source(letter: str) -> Source:
    return Source(SourceId(f"src_{letter}"), f"Radio {letter.upper()}", "press", language="es")


def listed(letter: str) -> Document:
    return Document(
        DocumentId(f"doc_{letter}"),
        SourceId(f"src_{letter}"),
        f"Lista {letter.upper()}",
        published=PartialDate("2023-02-01"),
        is_list=True,
    )


def row(letter: str, n: int, name: str, *, died: str | None = None, wounded: str | None = None) -> Statement:
    said = {key: DateSaid(day, PartialDate(day)) for key, day in (("died", died), ("wounded", wounded)) if day}
    return Statement(
        statement_id=StatementId(f"stm_{letter}.r{n}"),
        content=VictimRecord(names=(Name(name, NameKind.full),), age=AgeSaid("31 años", 31, 31), **said),
        citations=(Citation(DocumentId(f"doc_{letter}"), Locator(row=n)),),
        words=name,
        speakers=(Speaker(f"Radio {letter.upper()}", source_id=SourceId(f"src_{letter}")),),
        mode=Mode.list_row,
        language="es",
    )


def say(case: Case, *rows: Statement) -> None:
    """Put lists with these rows into the case, and a scope that counts everybody."""
    letters = sorted({r.statement_id[4] for r in rows})
    case.append([*map(source, letters), *map(listed, letters), *rows, EVERYBODY])


def propose(case: Case, pairs: Iterable[tuple[str, str, float]]) -> None:
    """Record a run of proposals, as linkage does."""
    proposals = [
        PairProposal(
            StatementId(a), StatementId(b), p, "names", "run_1", (("name", "agree_18", 12.0), ("age", "differ", -2.5))
        )
        for a, b, p in pairs
    ]
    kept = case.evidence.put_bytes(pairs_as_lines(proposals))
    case.record("link-run", {"run_id": "run_1", "pairs_sha256": kept.sha256})
