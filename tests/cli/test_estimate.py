"""`willakuy estimate` as a person or a program meets it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from willakuy.cli.estimate import command
from willakuy.estimation import report_from_json

GOOD = "A,B,C,count\n1,0,0,14\n0,1,0,11\n0,0,1,9\n1,1,0,8\n1,0,1,7\n0,1,1,6\n1,1,1,5\n"


def run(folder: Path, text: str, *more: str) -> tuple[int, str]:
    table = folder / "table.csv"
    table.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(
        command,
        [str(table), "--seed", "1", "--method", "graphs", *more],
        standalone_mode=False,
        catch_exceptions=False,
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
    assert found[-1]["answered_strata"]["documented"] == 60
    own, together = found[0]["estimate"]["median"], found[-1]["answered_strata"]["estimate"]["median"]
    assert together == pytest.approx(own, rel=0.01)


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


def test_versions_of_which_too_many_are_refused_give_no_number_but_show_what_the_others_say(tmp_path: Path) -> None:
    alone = "A,B,C,count\n1,0,0,20\n0,1,0,20\n0,0,1,20\n"

    code, told = run(tmp_path, in_strata(("1", GOOD), ("2", alone)), "--json", "--versions", "place")
    _, shown = run(tmp_path, in_strata(("1", GOOD), ("2", alone)), "--versions", "place")

    found = json.loads(told)
    assert code == 1
    assert found["refused"]["reasons"][0]["code"] == "versions-refused"
    assert found["refused"]["lower_bound"] == 60
    assert found["answered_versions"]["weight"] == 0.5
    own = found["versions_mixed"][0]["estimate"]["median"]
    assert found["answered_versions"]["estimate"]["median"] == pytest.approx(own, rel=0.02)
    assert "That is not the answer" in shown


def test_versions_in_strata_are_totalled_before_they_are_mixed(tmp_path: Path) -> None:
    rows = [f"{v},{place},{row}" for v in "12" for place in ("north", "south") for row in GOOD.split()[1:]]
    table = "\n".join(["try,place,A,B,C,count", *rows]) + "\n"

    code, told = run(tmp_path, table, "--json", "--versions", "try", "--strata", "place")

    found = json.loads(told)
    assert code == 0
    assert [v["documented"] for v in found["versions_mixed"]] == [120]
    assert found["estimate"]["median"] > 2 * 70


def test_the_total_of_strata_is_shown_beside_one_table_and_another_family(tmp_path: Path) -> None:
    code, told = run(tmp_path, in_strata(("north", GOOD), ("south", GOOD)), "--json", "--method", "latent")

    found = json.loads(told)
    assert code == 0
    assert {row["kind"] for row in found[-1]["sensitivity"]} == {"strata", "method"}
    assert {row["kind"] for row in found[0]["sensitivity"]} == {"method", "bound"}


def test_two_lists_with_what_is_recorded_of_people_are_answered_doubly_robustly(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    place, age = rng.integers(0, 3, 3000), rng.integers(1, 90, 3000)
    on = rng.random((3000, 2)) < np.array([0.2, 0.4, 0.7])[place][:, None]
    rows = [f"{int(a)},{int(b)},{'xyz'[p]},{y if y % 9 else ''}"
            for (a, b), p, y in zip(on, place, age, strict=True) if a or b]  # fmt: skip
    table = tmp_path / "people.csv"
    table.write_text("\n".join(["ngo,press,place,age", *rows]) + "\n", encoding="utf-8")

    done = CliRunner().invoke(
        command, [str(table), "--records", "--method", "doubly-robust", "--covariates", "place,age", "--json"],
        standalone_mode=False, catch_exceptions=False,
    )  # fmt: skip

    found = json.loads(done.output)
    assert done.return_value == 0
    assert found["method"] == "doubly-robust"
    assert found["estimate"]["lo"] <= 3000 <= found["estimate"]["hi"]
    without = next(row for row in found["sensitivity"] if row["kind"] == "covariates")
    assert without["estimate"]["median"] < found["estimate"]["lo"]


def test_wrong_use_ends_in_one_sentence_and_exit_code_2(tmp_path: Path, willakuy) -> None:  # type: ignore[no-untyped-def]
    table = tmp_path / "t.csv"
    table.write_text(GOOD, encoding="utf-8")

    for wrong in (
        ("--method", "magic"), ("--method", "doubly-robust"), ("--expansion", "5", "2"), ("--lists", "A,Z"),
        ("--strata", "nowhere"), ("--count", "nowhere"), ("--covariates", "A", "--method", "graphs"),
    ):  # fmt: skip
        said = willakuy("estimate", table, *wrong)
        assert (said.code, said.out) == (2, ""), wrong
        assert said.err.strip()
