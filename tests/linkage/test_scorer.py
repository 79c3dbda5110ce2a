"""The scorer of the benchmark, against figures worked out by hand."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from tests.conftest import ROOT


def _scorer():
    spec = importlib.util.spec_from_file_location("linkage_score", ROOT / "benchmarks" / "linkage_score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["linkage_score"] = module
    spec.loader.exec_module(module)
    return module


scorer = _scorer()
PERSON_OF = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "c1": "C"}


def pair(a, b):
    return frozenset((a, b))


def test_scores_are_those_worked_out_by_hand():
    truth = scorer.true_pairs(PERSON_OF, frozenset())
    found = {"a1": "x", "a2": "x", "a3": "y", "b1": "y", "c1": "z"}

    s = scorer.score(found, PERSON_OF, frozenset(), truth)

    assert (s.precision, s.recall, s.wrong, s.missed) == (0.5, pytest.approx(1 / 3), 1, 2)
    assert s.b3_precision == pytest.approx((1 + 1 + 0.5 + 0.5 + 1) / 5)
    assert s.b3_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert s.exact == pytest.approx(1 / 3)


def test_pairs_nobody_can_settle_change_no_pairwise_score():
    unsure = frozenset({pair("a1", "b1"), pair("a1", "a3")})
    truth = scorer.true_pairs(PERSON_OF, unsure)

    s = scorer.score({"a1": "x", "a2": "x", "b1": "x", "a3": "y"}, PERSON_OF, unsure, truth)

    assert (s.wrong, s.missed) == (1, 1)


def test_a_pair_without_a_probability_counts_as_zero_in_the_brier_score():
    truth = {pair("a1", "a2"), pair("a1", "a3")}

    assert scorer.brier({pair("a1", "a2"): 0.5}, truth, truth) == pytest.approx((0.25 + 1) / 2)


def test_calibration_compares_what_was_said_with_what_came_true():
    p_of = {pair("a1", "a2"): 0.84, pair("a1", "b1"): 0.86, pair("b1", "c1"): 1.0}

    rows = scorer.calibration(p_of, {pair("a1", "a2")})

    assert rows[0] == (0.8, 0.9, 2, pytest.approx(0.85), 0.5)
    assert rows[1] == (0.99, 1.0, 1, 1.0, 0.0)
    assert scorer.off_by(rows) == pytest.approx((2 * 0.35 + 1) / 3)
