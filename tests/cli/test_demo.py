from __future__ import annotations

import pytest

from tests.conftest import ROOT
from willakuy.casefile import Case


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The example case, built once for this module."""
    import contextlib
    import io
    import json

    from willakuy.cli import main

    folder = tmp_path_factory.mktemp("demo") / "case"
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["demo", str(folder), "--json", "--lang", "en"])
    return folder, code, json.loads(out.getvalue())


def test_the_demo_builds_counts_publishes_and_verifies(demo):
    folder, code, told = demo

    assert code == 0
    assert told["verified"] is True
    assert (folder / "releases" / "001" / "index.html").is_file()


def test_the_man_who_did_not_exist_is_counted_on_the_12th_and_not_on_the_13th(willakuy, demo):
    folder, _, _ = demo
    figures = {
        day: willakuy("figures", "--case", folder, "--scope", "scp_all", "--as-of", day, "--json").json["figures"][0]
        for day in ("2022-12-12", "2022-12-13")
    }

    assert (figures["2022-12-12"]["low"], figures["2022-12-13"]["low"]) == (7, 6)
    assert "withdrawn" in {p["reason"] for p in figures["2022-12-13"]["excluded"]}


def test_every_figure_names_as_many_persons_as_it_counts(demo):
    _, _, told = demo

    for figure in told["figures"]:
        assert figure["low"] == len(figure["counted"])
        assert figure["high"] == figure["low"] + len(figure["possible"]) + sum(g["adds"] for g in figure["groups"])


def test_nothing_is_estimated_and_the_reasons_name_the_lists(demo):
    _, _, told = demo

    codes = {reason["code"] for reason in told["estimate"]["refused"]["reasons"]}
    assert {"lists_copy", "truncated_lists", "list_inside_list"} <= codes
    assert told["estimate"]["refused"]["documented_minimum"] > 0


def test_the_demo_is_the_same_for_everyone(willakuy, demo, tmp_path):
    _, _, told = demo

    again = willakuy("demo", tmp_path / "again", "--json").json

    assert again["manifest_sha256"] == told["manifest_sha256"]


def test_a_demo_case_already_there_is_used_as_it_is(willakuy, demo):
    folder, _, told = demo

    again = willakuy("demo", folder, "--json")

    assert again.code == 0
    assert again.json["manifest_sha256"] == told["manifest_sha256"]


def test_without_judgements_the_machine_joins_nobody(willakuy, tmp_path):
    told = willakuy("demo", tmp_path / "bare", "--without-judgements", "--json").json

    assert told["held"]["judgements"] == 0
    assert told["held"]["persons"] == told["held"]["records"]


def test_the_example_rebuilds_exactly(demo):
    folder, _, _ = demo
    with Case.open(folder) as case:
        before = case.corpus()

        case.rebuild()

        assert case.corpus() == before


def test_the_example_folder_is_where_the_demo_looks():
    from willakuy.casefile.example import example_folder

    assert example_folder().resolve() == (ROOT / "examples" / "peru-2022-2023").resolve()


def test_two_claims_are_compared_in_one_line(willakuy, demo):
    folder, _, _ = demo

    said = willakuy("figures", "--case", folder, "--compare", "stm_K046", "stm_K045", "--json")

    assert said.json["comparable"] is False
    assert said.json["differences"]
    assert "\n" not in said.json["line"]
