from __future__ import annotations

import pytest

from willakuy.casefile import Case, Settings
from willakuy.statements.ages import AgeSaid
from willakuy.statements.dates import DateSaid, PartialDate
from willakuy.statements.ids import DocumentId, SourceId, StatementId
from willakuy.statements.names import Name, NameKind
from willakuy.statements.places import Place, PlaceSaid
from willakuy.statements.sources import Citation, Document, Locator, Source
from willakuy.statements.statement import Blame, Coded, Mode, Speaker, Statement, VictimRecord


@pytest.fixture
def case(tmp_path, clock, entropy):
    with Case.create(tmp_path / "case", Settings(name="Invented"), clock=clock, entropy=entropy) as case:
        yield case


@pytest.fixture
def radio():
    return Source(SourceId("src_radio"), "Radio Inventada", "press", language="es")


@pytest.fixture
def bulletin(radio):
    return Document(
        DocumentId("doc_bulletin"),
        radio.source_id,
        "Boletín",
        published=PartialDate("2023-01-10"),
        is_list=True,
        is_free_of_duplicates=False,
    )


def victim(row: int, name: str = "Anacleto Ejemplo Primero", **values: object) -> Statement:
    record = VictimRecord(
        names=(Name(name, NameKind.full),),
        age=AgeSaid("31 años", 31, 31),
        died=DateSaid("9 de enero", PartialDate("2023-01-09"), against="2023-01-10"),
        place=PlaceSaid("Juliaca", Place("PE.21.11.01")),
        causes=(Coded("impacto de proyectil", "firearm"),),
        blamed=(Blame("la policía", "police", "alleged"),),
        **values,  # type: ignore[arg-type]
    )
    return Statement(
        statement_id=StatementId(f"stm_bulletin.r{row}"),
        content=record,
        citations=(Citation(DocumentId("doc_bulletin"), Locator(row=row)),),
        words=f"{name}, 31 años",
        speakers=(Speaker("Radio Inventada", source_id=SourceId("src_radio")),),
        mode=Mode.list_row,
        language="es",
    )
