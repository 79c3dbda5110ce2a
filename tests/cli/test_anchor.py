from __future__ import annotations

import hashlib

import pytest

from willakuy.ledger import LogProof, NoteNotValid, parse_policy


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


def test_the_place_of_an_entry_is_proven_in_a_file_that_needs_no_case(tmp_path, willakuy, case):
    (tmp_path / "acta.txt").write_text("acta")
    willakuy("add", tmp_path / "acta.txt", "--case", case)
    first, second = (
        willakuy("anchor", "proof", str(n), tmp_path / f"{n}.tlog-proof", "--case", case, "--json").json for n in (0, 1)
    )

    policy = parse_policy(f"log {second['vkey']}\nquorum none\n".encode())
    text = (tmp_path / "1.tlog-proof").read_text()
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 1\n")
    assert LogProof.parse(text).check(bytes.fromhex(second["entry"]), policy).checkpoint.size == 2
    with pytest.raises(NoteNotValid):
        LogProof.parse(text).check(bytes.fromhex(first["entry"]), policy)


@pytest.mark.parametrize("entry", ["7", "x", "-1", "0000000000000000/0"])
def test_an_entry_that_is_not_there_is_named_and_no_file_is_written(tmp_path, willakuy, case, entry):
    said = willakuy("anchor", "proof", "--case", case, "--", entry, tmp_path / "none")

    assert (said.code, entry in said.err, (tmp_path / "none").exists()) == (2, True, False)
