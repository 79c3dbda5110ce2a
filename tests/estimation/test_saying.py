"""How an answer is said: JSON, report, screen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from willakuy.cli.estimate import command
from willakuy.estimation import CaptureTable, MultipleSystems, Refusal, as_json, as_text, estimate, report_html
from willakuy.estimation.diagnostics import ess_bulk, ess_tail, rhat


def test_the_json_of_an_estimate_has_the_promised_keys(three_lists: CaptureTable) -> None:
    found = as_json(estimate(three_lists, method="graphs", rng=1))

    promised = [
        "method",
        "documented",
        "n_lists",
        "estimate",
        "diagnostics",
        "sensitivity",
        "assumptions",
        "versions",
        "seed",
    ]
    assert list(found)[:9] == promised
    assert set(found["estimate"]) == {"median", "mean", "lo", "hi", "level"}
    assert {"rhat", "ess_bulk", "ess_tail", "ess_per_s", "chains"} <= set(found["diagnostics"])


def test_the_json_of_a_refusal_has_reasons_and_the_documented_minimum() -> None:
    found = as_json(estimate(CaptureTable.of("AB", [((1, 0), 12), ((0, 1), 8)])))

    assert set(found) == {"refused"}
    assert found["refused"]["documented_minimum"] == 20
    assert set(found["refused"]["reasons"][0]) == {"code", "what", "needed"}


def test_sensitivity_covers_priors_and_other_models(three_lists: CaptureTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("willakuy.estimation.sensitivity.FIVE_PRIORS", ((1.0, 1.0),))

    found = estimate(three_lists, method="graphs", rng=1, sensitivity=True)

    assert not isinstance(found, Refusal)
    assert {row.kind for row in found.sensitivity} == {"prior", "method"}


def test_the_report_stands_alone_and_names_its_pictures(three_lists: CaptureTable) -> None:
    page = report_html(estimate(three_lists, method="graphs", rng=1), three_lists)

    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert page.count("<svg") == page.count("<title>") - 1 == 2
    assert "Nobody counted the people this estimate adds" in page


def test_a_refusal_has_a_report_with_its_reasons() -> None:
    page = report_html(estimate(CaptureTable.of("AB", [((1, 0), 12), ((0, 1), 8)])))

    assert "No two of the lists A, B share a single person." in page


def test_the_command_prints_json_and_exits_1_on_refusal(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("A,B,C,count\n1,0,0,14\n0,1,0,11\n0,0,1,9\n1,1,0,8\n1,0,1,7\n0,1,1,6\n1,1,1,5\n", encoding="utf-8")
    bad.write_text("A,B,count\n1,0,12\n0,1,8\n", encoding="utf-8")

    run = CliRunner().invoke(command, [str(good), "--json", "--method", "graphs", "--seed", "1"], standalone_mode=False)
    refused = CliRunner().invoke(command, [str(bad), "--json"], standalone_mode=False)

    assert (run.return_value, json.loads(run.output)["documented"]) == (0, 60)
    assert (refused.return_value, json.loads(refused.output)["refused"]["documented_minimum"]) == (1, 20)


def test_the_object_interface_gives_the_same_answer(three_lists: CaptureTable) -> None:
    model = MultipleSystems("graphs", random_state=1).fit(
        three_lists.patterns, three_lists.counts, lists=three_lists.lists
    )

    assert as_text(model.result_) == as_text(estimate(three_lists, method="graphs", rng=1))
    assert model.interval_[0] <= model.n_ <= model.interval_[1]


def test_diagnostics_know_independent_draws_from_stuck_chains() -> None:
    rng = np.random.default_rng(1)
    good = rng.normal(size=(4, 1000))
    stuck = good + np.arange(4)[:, None]

    assert rhat(good) < 1.01
    assert ess_bulk(good) == pytest.approx(4000, rel=0.15)
    assert ess_tail(good) > 2500
    assert rhat(stuck) > 1.2


def test_an_autocorrelated_chain_is_worth_what_theory_says() -> None:
    rng = np.random.default_rng(2)
    x = np.zeros((4, 20_000))
    noise = rng.normal(size=x.shape)
    for t in range(1, x.shape[1]):
        x[:, t] = 0.8 * x[:, t - 1] + noise[:, t]

    assert ess_bulk(x) == pytest.approx(80_000 * 0.2 / 1.8, rel=0.12)
