from __future__ import annotations

import hashlib

import pytest


@pytest.fixture
def case(tmp_path, willakuy):
    willakuy("init", tmp_path / "case")
    return tmp_path / "case"


def test_the_head_is_printed_in_three_lines_and_as_a_picture(tmp_path, willakuy, case):
    said = willakuy("anchor", "print", "--case", case, "--out", tmp_path / "head", "--qr", tmp_path / "head.svg")

    lines = said.out.splitlines()
    assert lines[0].startswith("willakuy/")
    assert lines[1] == "1"
    assert (tmp_path / "head").read_text().startswith("\n".join(lines[:3]) + "\n\n— willakuy/")
    assert (tmp_path / "head.svg").read_text().startswith("<svg")
    assert "█" in willakuy("anchor", "print", "--case", case).out


def test_from_the_newspaper_back_into_the_case(willakuy, case):
    head = willakuy("anchor", "print", "--case", case, "--json").json

    kept = willakuy(
        "anchor", "printed", head["size"], head["root"], "--where", "Diario Inventado", "--case", case, "--json"
    )
    wrong = willakuy("anchor", "printed", head["size"], "A" * 43 + "=", "--where", "Diario Inventado", "--case", case)

    assert (kept.code, kept.json["kind"]) == (0, "printed")
    assert (wrong.code, "W620" in wrong.err) == (2, True)
    assert willakuy("anchor", "check", "--case", case).code == 0
    assert any("1 entries" in note for note in willakuy("verify", case, "--json").json["notes"])


def test_a_case_without_an_anchor_is_told_so_and_is_whole(willakuy, case):
    said = willakuy("verify", case)

    assert said.code == 0
    assert "no external anchor" in said.out


def test_a_request_holds_the_hash_of_the_head_and_nothing_else(tmp_path, willakuy, case):
    assert willakuy("anchor", "request", tmp_path / "q.tsq", "--case", case).code == 0
    again = willakuy("anchor", "request", tmp_path / "q.tsq", "--case", case)

    note = willakuy("anchor", "print", "--case", case, "--json").json["note"]
    assert hashlib.sha256(note.encode()).digest() in (tmp_path / "q.tsq").read_bytes()
    assert len((tmp_path / "q.tsq").read_bytes()) < 80
    assert again.code == 2
