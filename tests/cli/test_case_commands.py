from __future__ import annotations

import hashlib

import pytest


@pytest.fixture
def case(willakuy, tmp_path):
    assert willakuy("init", tmp_path / "case", "--name", "Invented").code == 0
    return tmp_path / "case"


def test_init_makes_the_folders_of_a_case(case):
    assert {p.name for p in case.iterdir()} >= {"case.toml", "case.db", "evidence", "vault", "releases", "keys"}


def test_init_leaves_a_folder_with_something_in_it_alone(willakuy, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    said = willakuy("init", tmp_path)

    assert said.code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_add_keeps_a_file_byte_for_byte(willakuy, case, tmp_path):
    (tmp_path / "acta.pdf").write_bytes(b"\x00\xffacta")

    said = willakuy("add", tmp_path / "acta.pdf", "--case", case, "--json")

    sha256 = hashlib.sha256(b"\x00\xffacta").hexdigest()
    assert said.json["added"][0]["sha256"] == sha256
    assert (case / "evidence" / "sha256" / sha256[:2] / sha256).read_bytes() == b"\x00\xffacta"


@pytest.mark.parametrize(("make", "words"), [(lambda p: p.mkdir(), "folder"), (lambda p: None, "no such file")])
def test_add_says_what_is_wrong_with_a_path(willakuy, case, tmp_path, make, words):
    make(tmp_path / "acta")

    said = willakuy("add", tmp_path / "acta", "--case", case)

    assert said.code == 2
    assert words in said.err


def test_add_keeps_every_file_of_a_folder_and_says_it_in_one_line(willakuy, case, tmp_path):
    folder = tmp_path / "phone" / "photos"
    folder.mkdir(parents=True)
    for i in range(30):
        (folder / f"{i}.jpg").write_bytes(bytes([i % 25]))

    said = willakuy("add", tmp_path / "phone", "--case", case)

    assert said.code == 0
    assert said.out.split() == ["30", "files", "are", "kept", "of", "them", "kept", "before:", "5"]
    assert willakuy("verify", case, "--json").json["good"]["files of evidence"] == 25


def test_files_added_before_a_bad_one_stay_recorded(willakuy, case, tmp_path):
    (tmp_path / "acta").write_text("acta")

    said = willakuy("add", tmp_path / "acta", tmp_path / "gone", "--case", case)

    assert said.code == 2
    assert hashlib.sha256(b"acta").hexdigest() in said.out
    assert willakuy("verify", case, "--json").json["good"]["files of evidence"] == 1


def test_an_empty_file_is_evidence_too(willakuy, case, tmp_path):
    (tmp_path / "empty").touch()

    assert willakuy("add", tmp_path / "empty", "--case", case).code == 0


def test_verify_says_everything_is_good(willakuy, case, tmp_path):
    (tmp_path / "acta").write_bytes(b"acta")
    willakuy("add", tmp_path / "acta", "--case", case)

    said = willakuy("verify", case, "--json")

    assert said.code == 0
    assert said.json["good"]["files of evidence"] == 1


def test_verify_names_what_is_damaged_and_what_is_still_good(willakuy, case, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).write_text(name)
        willakuy("add", tmp_path / name, "--case", case)
    sha256 = hashlib.sha256(b"one").hexdigest()
    kept = case / "evidence" / "sha256" / sha256[:2] / sha256
    kept.chmod(0o644)
    kept.write_text("eno")

    said = willakuy("verify", case, "--json")

    assert said.code == 3
    assert sha256 in said.json["damaged"][0]
    assert said.json["good"]["files of evidence"] == 1


def test_verify_of_a_damaged_database_is_no_traceback(willakuy, case):
    database = case / "case.db"
    raw = bytearray(database.read_bytes())
    raw[4096:8192] = b"\x5a" * 4096
    database.write_bytes(raw)

    said = willakuy("verify", case)

    assert said.code == 3
    assert "Traceback" not in said.err


def test_a_decision_about_nothing_is_not_recorded(willakuy, case):
    said = willakuy("judge", "same", "stm_a", "stm_b", "--reason", "x", "--case", case)

    assert said.code == 2
    assert "stm_a" in said.err


def test_rebuild_reads_the_ledger_only(willakuy, case):
    assert willakuy("rebuild", "--case", case, "--json").json == {"entries": 1}


def test_figures_without_a_scope_says_how_to_write_one(willakuy, case):
    said = willakuy("figures", "--case", case)

    assert said.code == 1
    assert "scope" in said.err
