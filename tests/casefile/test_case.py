from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from tests.casefile.conftest import victim
from tests.conftest import seeded_entropy
from willakuy.casefile import Case, Settings
from willakuy.casefile.deciding import decide
from willakuy.casefile.engine import check_engine, writing
from willakuy.casefile.errors import CaseBusy, CaseExists, DuplicateId, EngineTooOld, LedgerDamaged, NoCaseHere
from willakuy.casefile.intake import Making, keep_derived
from willakuy.evidence import BytesMissing
from willakuy.statements.ids import JudgementId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Undo


def test_what_was_recorded_comes_back_as_it_was_said(case, radio, bulletin):
    case.append([radio, bulletin, victim(1), victim(2, "NN")])

    corpus = case.corpus()

    assert corpus.sources == (radio,)
    assert corpus.documents == (bulletin,)
    assert corpus.statements == (victim(1), victim(2, "NN"))


def test_recording_the_same_list_twice_records_it_once(case, radio, bulletin):
    first = case.append([radio, bulletin, victim(1)])
    again = case.append([radio, bulletin, victim(1)])

    assert (first, again) == (3, 0)


def test_a_statement_is_never_overwritten(case, radio, bulletin):
    case.append([radio, bulletin, victim(1)])

    with pytest.raises(DuplicateId):
        case.append([victim(1, "Otra Persona Inventada")])

    assert case.corpus().statements == (victim(1),)


def test_a_failure_half_way_records_nothing(case, radio, bulletin):
    def values():
        yield radio
        yield bulletin
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        case.append(values())

    assert case.corpus().sources == ()


def test_the_projection_can_be_made_again_from_the_ledger_exactly(case, radio, bulletin):
    case.append([radio, bulletin, victim(1), victim(2, "Basilio Ejemplo")])
    decide(
        case,
        Identity(IdentityVerdict.same, (StatementId("stm_bulletin.r1"), StatementId("stm_bulletin.r2"))),
        reason="x",
    )
    before = _projected(case)
    with writing(case._engine, case._path) as connection:
        connection.execute(text("DELETE FROM projected WHERE kind = 'statement'"))
        connection.execute(text("UPDATE projected SET fields = '{}'"))

    case.rebuild()

    assert _projected(case) == before


def _projected(case):
    with case._engine.connect() as connection:
        return connection.execute(text("SELECT * FROM projected ORDER BY kind, id")).all()


@pytest.mark.parametrize(
    "verb", ["UPDATE ledger_entry SET kind = 'x'", "DELETE FROM ledger_entry", "DELETE FROM checkpoint"]
)
def test_the_ledger_refuses_to_be_changed(case, radio, verb):
    case.append([radio])
    case.sign_checkpoint()

    with pytest.raises(Exception, match="the ledger only grows"), case._engine.connect() as connection:
        connection.execute(text(verb))


def test_an_entry_changed_behind_our_back_is_named(case, radio, bulletin):
    case.append([radio, bulletin, victim(1)])
    with case._engine.connect() as connection:
        connection.execute(text("DROP TRIGGER ledger_entry_no_update"))
        connection.execute(text("UPDATE ledger_entry SET fields = replace(fields, '31', '13') WHERE seq = 3"))

    with pytest.raises(LedgerDamaged) as e:
        case.check_ledger()

    assert e.value.facts["seq"] == 3


def test_an_entry_taken_out_is_missed(case, radio, bulletin):
    case.append([radio, bulletin, victim(1)])
    with case._engine.connect() as connection:
        connection.execute(text("DROP TRIGGER ledger_entry_no_delete"))
        connection.execute(text("DELETE FROM ledger_entry WHERE seq = 2"))

    with pytest.raises(LedgerDamaged):
        case.check_ledger()


def test_undoing_a_judgement_brings_back_the_earlier_persons(case, radio, bulletin):
    case.append([radio, bulletin, victim(1), victim(2)])
    before = case.corpus().identities
    joined = decide(
        case,
        Identity(IdentityVerdict.same, (StatementId("stm_bulletin.r1"), StatementId("stm_bulletin.r2"))),
        reason="x",
    )
    assert len(case.corpus().identities.persons) == 1

    decide(case, Undo(JudgementId(joined.judgement.judgement_id)), reason="two brothers")

    assert case.corpus().identities == before


def test_a_case_is_made_only_in_an_empty_folder(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(CaseExists):
        Case.create(tmp_path, Settings(name="Invented"))

    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_without_a_case_is_said_to_have_none(tmp_path):
    with pytest.raises(NoCaseHere):
        Case.open(tmp_path)


def test_a_case_opened_twice_is_read_by_both_and_written_by_one(case, radio, bulletin, monkeypatch):
    monkeypatch.setattr("willakuy.casefile.case.make_engine", _impatient)
    with Case.open(case.folder) as other, writing(case._engine, case._path):
        assert other.corpus().sources == ()

        with pytest.raises(CaseBusy):
            other.append([radio])


def _impatient(path):
    from willakuy.casefile.engine import make_engine

    return make_engine(path, busy_ms=10)


def test_two_processes_that_record_at_once_lose_nothing(case):
    script = (
        "import sys; from pathlib import Path; from willakuy.casefile import Case\n"
        "case = Case.open(Path(sys.argv[1]))\n"
        "for i in range(20): case.record('note', {'n': f'{sys.argv[2]}-{i}'})\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(case.folder), who], env=os.environ.copy()) for who in "ab"
    ]

    assert [p.wait() for p in running] == [0, 0]

    assert len(list(case.entries("note"))) == 40
    assert case.check_ledger() == 41


def test_an_engine_with_the_known_corruption_bug_is_refused():
    with pytest.raises(EngineTooOld):
        check_engine((3, 40, 1))


def test_the_same_build_gives_the_same_ledger(tmp_path, clock, radio, bulletin):
    heads = []
    for name in ("a", "b"):
        settings = Settings(name="Invented")
        with Case.create(tmp_path / name, settings, clock=clock, entropy=seeded_entropy("one")) as built:
            built.append([radio, bulletin, victim(1)])
            heads.append(built.sign_checkpoint())

    assert heads[0] == heads[1]


def test_case_toml_survives_quotes_and_new_lines(tmp_path):
    settings = Settings(name='A "case"\nof two lines', notice_es="ñandú \\ barra")

    Case.create(tmp_path / "case", settings).close()

    assert Case.open(tmp_path / "case").settings == settings


def test_entries_hold_no_floats_and_no_nulls(case, radio, bulletin):
    case.append([radio, bulletin, victim(1)])

    for logged in case.entries():
        assert "null" not in json.dumps(logged.entry.fields)


def test_a_derivative_says_from_what_by_what_and_how_it_was_made(case):
    parent = case.evidence.put_bytes(b"%PDF-", "acta.pdf").sha256

    kept = keep_derived(case, parent, b"Acta", Making("pdftotext", "24.1", ("-layout",)), name="acta.txt")

    [logged] = case.entries("derived")
    fields = logged.entry.fields
    assert (fields["object.sha256"], fields["parent.sha256"]) == (kept.sha256, parent)
    assert (fields["method.tool"], fields["method.version"], fields["method.arguments"]) == (
        "pdftotext",
        "24.1",
        ["-layout"],
    )


def test_nothing_is_derived_from_bytes_the_case_does_not_hold(case):
    with pytest.raises(BytesMissing):
        keep_derived(case, "0" * 64, b"Acta", Making("pdftotext"), name="acta.txt")

    assert list(case.entries("derived")) == []
