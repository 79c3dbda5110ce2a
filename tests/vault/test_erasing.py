"""Erasing destroys a value and its salt, nothing else, and leaves every proof standing."""

from __future__ import annotations

import pytest

from willakuy.casefile import Case
from willakuy.casefile.checking import check_case
from willakuy.casefile.erasing import FieldNotErasable, erasable, erase, finish_erasures
from willakuy.casefile.errors import CaseNotWritten
from willakuy.casefile.sealing import seal_values
from willakuy.casefile.unsealing import NothingLeft, drill, open_sealed
from willakuy.ledger import erased
from willakuy.statements.dates import PartialDate
from willakuy.statements.ids import DocumentId, SourceId, StatementId
from willakuy.statements.names import Name
from willakuy.statements.sources import Citation, Document, Locator, Source
from willakuy.statements.statement import EventAccount, Speaker, Statement, VictimRecord

WITNESS = "Casimiro Supuesto Testigo"
DEAD = "Anacleto Ejemplo Primero"


def statements():
    cited = (Citation(DocumentId("doc_1"), Locator(row=1)),)
    speaker = Speaker(WITNESS, "vecino", is_protected=True)
    return [
        Statement(
            StatementId("stm_1"),
            EventAccount("lo que vio"),
            cited,
            f"dijo {WITNESS}",
            (speaker,),
            note=f"vive junto a {WITNESS}",
        ),
        Statement(StatementId("stm_2"), VictimRecord(names=(Name(DEAD),), details=f"lo vio {WITNESS}"), cited, DEAD),
    ]


@pytest.fixture
def filled(case):
    source = Source(SourceId("src_1"), "Radio Supuesta", "press")
    document = Document(DocumentId("doc_1"), source.source_id, "Boletín", published=PartialDate("2023-01-10"))
    case.append([source, document, *statements()])
    return case


def every_byte(case: Case) -> bytes:
    return b"".join(p.read_bytes() for p in case.folder.rglob("*") if p.is_file())


def test_an_erased_value_is_in_no_byte_of_the_case(filled):
    note = sealed_sign(filled)
    for path in ("words", "speakers", "note"):
        erase(filled, "stm_1", [path], reason="asked")
    erase(filled, "stm_2", ["content.details"], reason="asked")

    held = every_byte(filled)
    assert WITNESS.encode() not in held
    assert note not in held


def sealed_sign(case: Case) -> bytes:
    """The salt of the note: as telling as the note itself, since guesses can be tested with it."""
    (logged,) = [e for e in case.entries("statement") if e.entry.fields["statement_id"] == "stm_1"]
    salt = logged.entry.salts[sorted(logged.entry.fields).index("note")]
    assert salt in every_byte(case)
    return salt


def test_where_else_the_same_words_stand_is_said(filled):
    done = erase(filled, "stm_1", ["speakers"], reason="asked")

    assert (done.n, done.elsewhere) == (1, (("stm_1", "note"), ("stm_1", "words"), ("stm_2", "content.details")))


def test_checkpoints_signed_before_still_hold(filled):
    filled.sign_checkpoint()
    before = filled.commitments()

    erase(filled, "stm_1", ["note"], reason="asked")

    assert filled.commitments()[: len(before)] == before
    assert check_case(filled).damaged == ()


def test_the_rest_of_the_record_reads_as_before(filled):
    erase(filled, "stm_1", ["speakers", "words"], reason="asked")

    statement = filled.corpus().statement[StatementId("stm_1")]
    assert (statement.speakers, statement.words, statement.content) == ((), "[…]", EventAccount("lo que vio"))
    filled.rebuild()
    assert filled.corpus().statement[StatementId("stm_1")] == statement


def test_importing_the_same_again_does_not_bring_it_back(filled):
    erase(filled, "stm_1", ["speakers"], reason="asked")

    assert filled.append(statements()) == 0
    assert filled.corpus().statement[StatementId("stm_1")].speakers == ()


def test_an_age_or_an_id_cannot_be_erased(filled):
    for path in ("statement_id", "content.age", "kind"):
        with pytest.raises(FieldNotErasable):
            erase(filled, "stm_1", [path], reason="asked")

    assert erasable(filled, "stm_2")["content.names"]
    assert not erasable(filled, "stm_2")["statement_id"]


def test_a_sealed_identity_is_destroyed_with_its_file_and_still_proven_to_have_been(filled, keys):
    item = seal_values(filled, {"name": WITNESS}, about="src_x1")
    other = seal_values(filled, {"name": DEAD}, about="src_x2")

    erase(filled, item.seal_id, [], reason="asked")

    assert not filled.vault.holds(item.file_sha256)
    with pytest.raises(NothingLeft):
        open_sealed(filled, item.seal_id, keys.identity("papel"), reason="x")
    assert drill(filled, keys.identity("papel")).n_opened == 1
    assert open_sealed(filled, other.seal_id, keys.identity("papel"), reason="x").values == {"name": DEAD}
    assert check_case(filled).damaged == ()


def test_killed_between_saying_and_destroying_the_next_opening_ends_it(filled, monkeypatch):
    folder = filled.folder
    item = seal_values(filled, {"name": WITNESS}, about="src_x1")

    def killed(*_args):
        raise CaseNotWritten(path=folder, reason="killed")

    with monkeypatch.context() as patch:
        patch.setattr(Case, "destroy_values", killed)
        for target, paths in (("stm_1", ["note"]), (item.seal_id, [])):
            with pytest.raises(CaseNotWritten):
                erase(filled, target, paths, reason="asked")
    filled.close()

    with Case.open(folder) as again:
        assert again.corpus().statement[StatementId("stm_1")].note is None
        assert not again.vault.holds(item.file_sha256)
        assert finish_erasures(again) == 0
        assert check_case(again).damaged == ()


def test_what_another_device_erased_is_said_and_not_destroyed(filled):
    from willakuy.casefile.keys import new_device

    ours = filled.device
    filled.device = new_device(ours.case_id, filled.entropy)
    (logged,) = [e for e in filled.entries("statement") if e.entry.fields["statement_id"] == "stm_1"]
    filled.record(
        "erased",
        {
            "device": logged.device,
            "seq": logged.seq,
            "commitment": "",
            "paths": ["note"],
            "reason": "x",
            "item": "stm_1",
        },
    )
    filled.device = ours

    finish_erasures(filled)

    assert filled.corpus().statement[StatementId("stm_1")].note
    assert any("stm_1" in note for note in check_case(filled).notes)


def test_a_value_removed_without_an_entry_is_named_by_verify(filled):
    from sqlalchemy import update

    from willakuy.casefile.engine import writing
    from willakuy.casefile.schema import ledger_entry, updates_allowed
    from willakuy.casefile.stored import row_of

    (logged,) = [e for e in filled.entries("statement") if e.entry.fields["statement_id"] == "stm_1"]
    row = row_of(replace_entry(logged))
    with writing(filled._engine, filled._path) as connection, updates_allowed(connection):
        connection.execute(update(ledger_entry).where(ledger_entry.c.seq == logged.seq).values(**row))

    assert any("note" in damage for damage in check_case(filled).damaged)


def replace_entry(logged):
    from dataclasses import replace

    return replace(logged, entry=erased(logged.entry, ["note"]))


def test_the_ledger_still_refuses_updates_after_an_erasure(filled):
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    from willakuy.casefile.engine import writing

    erase(filled, "stm_1", ["note"], reason="asked")

    with pytest.raises(IntegrityError, match="only grows"), writing(filled._engine, filled._path) as connection:
        connection.execute(text("UPDATE ledger_entry SET kind = 'x'"))
