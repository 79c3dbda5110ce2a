"""A reading in the case: proposals that count for nothing until somebody accepts them. Everybody here is invented."""

from __future__ import annotations

from willakuy.reading import propose, text_layer, to_statements
from willakuy.statements.ids import DocumentId, SourceId
from willakuy.statements.sources import Document
from willakuy.statements.statement import Demand, EventAccount, FigureClaim, Statement, VictimRecord

DOCUMENT = Document(DocumentId("doc_nota"), SourceId("src_radio"), "Nota inventada")


def statements_of(text: str) -> tuple[Statement, ...]:
    return to_statements(propose(text_layer(text.encode(), "nota.txt")), DOCUMENT)


def test_each_find_is_a_statement_of_its_own_marked_as_proposed() -> None:
    found = statements_of(
        "Murieron 17 personas, dijo Rosa Inventada. “El Ejército mató a Juan Imaginario”, dijo Inventada. "
        "Inventada exigió al Congreso que investigue los hechos."
    )

    kinds = {type(s.content) for s in found}
    assert {FigureClaim, VictimRecord, Demand} <= kinds
    assert all(s.proposed_by is not None and s.proposed_by.name == "rules" for s in found)
    assert len({s.statement_id for s in found}) == len(found)


def test_a_denial_or_a_retraction_makes_no_claim_of_a_death() -> None:
    denied = statements_of("El ministerio negó que hayan muerto cinco personas.")
    retracted = statements_of("Police later withdrew an earlier statement that two officers had been killed.")

    assert {type(s.content) for s in (*denied, *retracted)} == {EventAccount}


def test_a_victim_is_blamed_on_nobody_but_whoever_the_words_blame() -> None:
    found = statements_of("Sicarios mataron a Juan Imaginario y la Policía hirió a Rosa Inventada.")

    blamed = {
        s.content.names[0].printed: [b.words for b in s.content.blamed]
        for s in found
        if isinstance(s.content, VictimRecord)
    }
    assert blamed == {"Juan Imaginario": ["Sicarios"], "Rosa Inventada": ["la Policía"]}


def test_somebody_only_attacked_is_no_victim_record() -> None:
    found = statements_of("Soldiers shot her son as he walked home.")

    assert not any(isinstance(s.content, VictimRecord) for s in found)


def test_reading_the_same_document_again_gives_the_same_statements() -> None:
    text = "Murieron 17 personas, dijo Rosa Inventada."

    assert [s.statement_id for s in statements_of(text)] == [s.statement_id for s in statements_of(text)]
