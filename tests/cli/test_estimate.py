"""`willakuy estimate` as a person or a program meets it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from willakuy.cli.estimate import command
from willakuy.estimation import report_from_json

GOOD = "A,B,C,count\n1,0,0,14\n0,1,0,11\n0,0,1,9\n1,1,0,8\n1,0,1,7\n0,1,1,6\n1,1,1,5\n"


def run(folder: Path, text: str, *more: str) -> tuple[int, str]:
    table = folder / "table.csv"
    table.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(
        command, [str(table), "--seed", "1", "--method", "graphs", *more], standalone_mode=False, catch_exceptions=False
    )
    return done.return_value, done.output


def in_strata(*texts: tuple[str, str]) -> str:
    """One table of the same lists for each named stratum."""
    rows = [f"{name},{row}" for name, text in texts for row in text.strip().split("\n")[1:]]
    return "\n".join(["place," + texts[0][1].split("\n")[0], *rows]) + "\n"


def test_every_answer_says_what_other_models_and_fewer_assumptions_would_give(tmp_path: Path) -> None:
    code, told = run(tmp_path, GOOD, "--json")

    found = json.loads(told)
    assert code == 0
    assert {row["kind"] for row in found["sensitivity"]} == {"method", "bound"}


def test_strata_come_as_a_list_with_the_total_last(tmp_path: Path) -> None:
    code, told = run(tmp_path, in_strata(("north", GOOD), ("south", GOOD)), "--json", "--strata", "place")

    found = json.loads(told)
    assert code == 0
    assert [one["stratum"] for one in found] == ["north", "south", None]
    assert found[-1]["documented"] == 120
    assert found[0]["estimate"]["median"] < found[-1]["estimate"]["median"]


def test_a_refused_stratum_refuses_the_total_and_the_exit_code_says_so(tmp_path: Path) -> None:
    alone = "A,B,C,count\n1,0,0,20\n0,1,0,20\n0,0,1,20\n"

    code, told = run(tmp_path, in_strata(("north", GOOD), ("south", alone)), "--json", "--strata", "place")

    found = json.loads(told)
    assert code == 1
    assert "refused" in found[1]
    assert found[-1]["refused"]["documented_minimum"] == 120


def test_versions_of_a_table_are_mixed_and_shown_beside_rubins_rules(tmp_path: Path) -> None:
    fewer = GOOD.replace("1,1,1,5", "1,1,1,3").replace("1,1,0,8", "1,1,0,4")

    code, told = run(tmp_path, in_strata(("1", GOOD), ("2", fewer)), "--json", "--versions", "place")

    found = json.loads(told)
    own = [v["estimate"] for v in found["versions_mixed"]]
    assert code == 0
    assert min(v["lo"] for v in own) <= found["estimate"]["lo"] <= found["estimate"]["hi"]
    assert min(v["median"] for v in own) <= found["estimate"]["median"] <= max(v["median"] for v in own)
    assert found["rubin"]["replicates"] == 2


def test_the_report_can_be_made_again_from_its_json_to_the_byte(tmp_path: Path) -> None:
    run(tmp_path, GOOD, "--report", str(tmp_path / "one"), "--sensitivity", "quick")

    data = json.loads((tmp_path / "one" / "estimate.json").read_text(encoding="utf-8"))
    assert data["answer"]["documented"] == 60
    assert report_from_json(data).encode() == (tmp_path / "one" / "report.html").read_bytes()


def test_strata_and_refusals_have_a_report_too(tmp_path: Path) -> None:
    alone = "A,B,C,count\n1,0,0,20\n0,1,0,20\n0,0,1,20\n"

    run(
        tmp_path,
        in_strata(("north", GOOD), ("south", alone)),
        "--strata",
        "place",
        "--sensitivity",
        "quick",
        "--report",
        str(tmp_path / "r"),
    )

    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert "No two of the lists A, B, C share a single person." in page
    assert "<h2>north</h2>" in page
