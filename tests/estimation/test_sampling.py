"""What a person meets of the sampler besides its numbers: stopping it, checking its fit, its diagnostics."""

from __future__ import annotations

import numpy as np
import pytest

from willakuy.estimation import CaptureTable, Estimate, Options, Refusal, StrataTable, estimate
from willakuy.estimation.diagnostics import ess_bulk, ess_tail, mcse_quantile, rhat
from willakuy.estimation.predictive import draw_seen, p_predictive
from willakuy.estimation.tempering import Ladder, round_trips, trapped, tree_of


def logits_of(share: list[float], capture: list[list[float]]) -> np.ndarray:
    """A sampler state that says exactly these classes."""
    p, left = np.array(capture), 1 - np.cumsum([0.0, *share[:-1]])
    sticks = -np.log1p(-np.array(share[:-1]) / left[:-1])
    return np.concatenate([np.log(p / (1 - p)).ravel(), np.log(sticks)])


def table_from(share: list[float], capture: list[list[float]], n: int, seed: int) -> CaptureTable:
    rows = draw_seen(np.array(share), np.array(capture), n, np.random.default_rng(seed))
    names = [f"list {j}" for j in range(rows.shape[1])]
    return CaptureTable.of(names, ((tuple(map(int, r)), 1) for r in rows))


TWO_KINDS = ([0.7, 0.3], [[0.1, 0.1, 0.1, 0.1], [0.7, 0.7, 0.7, 0.7]])


def test_the_predictive_check_accepts_the_model_that_made_the_table_and_rejects_one_kind_of_person() -> None:
    table = table_from(*TWO_KINDS, n=600, seed=1)
    rate = (table.sizes / table.documented * 0.8).tolist()

    right = p_predictive(table, [logits_of(*TWO_KINDS)] * 80, 2, np.random.default_rng(2))
    wrong = p_predictive(table, [logits_of([1.0], [rate])] * 80, 1, np.random.default_rng(2))

    assert 0.05 < right < 0.95
    assert wrong < 0.01


def test_people_drawn_are_all_on_some_list_in_the_proportions_the_classes_say() -> None:
    share, capture = np.array([0.6, 0.4]), np.array([[0.2, 0.1], [0.5, 0.6]])

    rows = draw_seen(share, capture, 40_000, np.random.default_rng(3))

    seen = share @ (1 - np.prod(1 - capture, axis=1))
    assert rows.any(axis=1).all()
    assert rows.mean(axis=0) == pytest.approx(share @ capture / seen, abs=0.01)
    assert (rows.all(axis=1)).mean() == pytest.approx(share @ capture.prod(axis=1) / seen, abs=0.01)


@pytest.mark.parametrize(("after", "answered"), [(2, False), (100_000, True)])
def test_ctrl_c_keeps_what_was_sampled_and_answers_only_if_that_is_enough(
    monkeypatch: pytest.MonkeyPatch, after: int, answered: bool
) -> None:
    scan, calls = Ladder.scan, [0]

    def scan_until_stopped(self, pool, n_scans, tuning=False):  # type: ignore[no-untyped-def]
        if not tuning:
            calls[0] += 1
            if calls[0] > after:
                raise KeyboardInterrupt
        return scan(self, pool, n_scans, tuning)

    monkeypatch.setattr(Ladder, "scan", scan_until_stopped)

    found = estimate(table_from(*TWO_KINDS, n=600, seed=1), rng=1, draws=400)

    assert isinstance(found, Estimate) == answered
    if isinstance(found, Refusal):
        assert found.reasons[0].code == "interrupted"
        assert "list 0, list 1" in found.reasons[0].what


def test_a_round_trip_is_from_the_hottest_rung_to_the_coldest() -> None:
    path = np.array([[2], [1], [0], [1], [0], [1], [2], [1], [0]])

    assert round_trips(path, 3) == 2


def test_a_replica_that_never_left_the_colder_half_is_called_trapped_however_often_it_was_coldest() -> None:
    paths = np.array([[0, 1], [1, 0], [0, 2], [1, 3], [0, 2], [1, 0]])

    assert trapped(paths, 4) == 1


def test_chains_with_a_trapped_replica_give_no_number_even_if_they_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("willakuy.estimation.latent.trapped", lambda rungs, n_rungs: 2)

    found = estimate(table_from(*TWO_KINDS, n=600, seed=1), rng=1, options=Options(rounds=2))

    assert isinstance(found, Refusal)
    assert "2 of their replicas" in found.reasons[0].what


def test_patterns_in_a_tree_share_beginnings_and_keep_their_counts() -> None:
    patterns = np.array([[1, 0, 0], [1, 1, 0], [1, 1, 1], [0, 0, 1], [0, 1, 1]])

    parent, mark, counts, leaf, last = tree_of(patterns, np.array([5.0, 4.0, 3.0, 2.0, 1.0]))

    lists_of = [frozenset[int]()]
    for node in range(1, len(parent)):
        lists_of.append(lists_of[parent[node]] | {int(mark[node])})
    held = {tuple(sorted(lists)): count for lists, count in zip(lists_of, counts.tolist(), strict=True) if count}
    assert held == {(0,): 5, (0, 1): 4, (0, 1, 2): 3, (2,): 2, (1, 2): 1}
    assert (parent[1:] < np.arange(1, len(parent))).all()
    assert set(np.flatnonzero(leaf)) == set(range(len(parent))) - set(parent[1:].tolist())
    assert [max(np.flatnonzero(parent[1:] == p)) + 1 for p in sorted(set(parent[1:].tolist()))] == sorted(
        np.flatnonzero(last[1:]) + 1, key=lambda node: parent[node]
    )


def test_diagnostics_are_those_of_arviz() -> None:
    """Figures printed by arviz-stats 0.8.0 (rank R-hat, bulk and tail ESS, MCSE of the 97.5 % quantile) for the same draws."""
    rng = np.random.default_rng(7)
    x = rng.normal(size=(4, 500))
    for t in range(1, 500):
        x[:, t] += 0.6 * x[:, t - 1]
    x[3] += 0.3

    found = (rhat(x), ess_bulk(x), ess_tail(x), mcse_quantile(x, 0.975))

    assert found == pytest.approx(
        (1.0186854486469765, 386.96946742582054, 977.4921531275107, 0.08162340987905248), rel=1e-9
    )


@pytest.mark.slow
def test_a_small_stratum_that_borrows_is_drawn_towards_the_others_and_says_so() -> None:
    large = table_from(*TWO_KINDS, n=900, seed=1)
    small = table_from([1.0], [[0.45, 0.4, 0.5, 0.45]], n=40, seed=2)
    tables = StrataTable({"large": large, "small": small})

    alone, leaning = (estimate(tables, rng=1, options=Options(borrow=b)).strata["small"] for b in (0.0, 200.0))

    assert isinstance(alone, Estimate)
    assert isinstance(leaning, Estimate)
    assert leaning.span.median > 1.2 * alone.span.median
    assert "200 people" in leaning.assumptions[-1]
