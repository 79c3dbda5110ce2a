"""A release accounts for everything it considered: a dropped victim is found by whoever holds the case."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from tests.publication import invented
from willakuy.casefile import Case
from willakuy.publication import publish, verify_case, verify_release
from willakuy.publication.considered import KINDS, left_out, place_of


def listed(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "ledger/considered.jsonl").read_text().splitlines()]


def test_everything_in_the_ledger_is_on_the_list_once(case: Case) -> None:
    release = publish(case)

    rows = listed(release.path)
    held = Counter(e.entry.kind for e in case.entries() if e.entry.kind in KINDS)
    assert Counter(row["kind"] for row in rows) == held
    assert {row["rule"] for row in rows if "rule" in row} >= {"not_killed", "not_reviewed"}
    assert list(left_out(case.entries(), rows)) == []


def test_the_list_does_not_say_where_what_is_kept_back_stands(case: Case) -> None:
    release = publish(case)

    shown = {row["entry"] for row in listed(release.path) if "entry" in row}
    text = (release.path / "ledger/considered.jsonl").read_text()
    for logged in case.entries():
        assert place_of(logged) in shown or f'"{place_of(logged)}"' not in text
    assert invented.INJURED not in text


def test_a_statement_left_off_the_list_is_named_by_whoever_holds_the_case(case: Case) -> None:
    rows = listed(publish(case).path)

    dropped = next(row for row in rows if row.get("rule") == "not_reviewed")
    [found] = left_out(case.entries(), [row for row in rows if row is not dropped])

    assert found.entry.kind == "statement"


def test_a_shown_statement_that_is_not_on_the_list_fails_the_one_file_verifier(copy: Path) -> None:
    rows = listed(copy)
    (copy / "ledger/considered.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[1:]))

    assert {"changed", "considered"} <= set(verify_release(copy).kinds)


def test_a_case_says_which_of_its_releases_is_damaged_and_what_is_still_good(case: Case) -> None:
    release = publish(case)
    (release.path / "data/persons.csv").write_text("id\n")

    report = verify_case(case.folder)

    assert [d for d in report.damaged if d.startswith("releases/001/data/persons.csv")]
    assert dict(report.good)["ledger entries"] == len(list(case.entries()))


def test_a_release_that_is_not_kept_here_is_worth_a_note_and_no_damage(case: Case, tmp_path: Path) -> None:
    publish(case, tmp_path / "out")

    report = verify_case(case.folder)

    assert not [d for d in report.damaged if "releases" in d]
    assert report.notes
