"""Graphs, log-linear models and bounds against published figures and exact small cases."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from scipy.special import gammaln

from willakuy.estimation import CaptureTable, Estimate, combine_replicates, doubly_robust, estimate, mix_tables
from willakuy.estimation.bounds import lower_bound
from willakuy.estimation.decomposable import average_graphs, decomposable_graphs
from willakuy.estimation.existence import check
from willakuy.estimation.loglinear import fit, hierarchical_models, profile_interval, select
from willakuy.estimation.priors import expansion_range, prior_for_expansion


@pytest.mark.parametrize(("lists", "graphs"), [(3, 8), (4, 61), (5, 822), (6, 18_154)])
def test_every_decomposable_graph_is_found_once(lists: int, graphs: int) -> None:
    masks, _, _ = decomposable_graphs(lists)

    assert len(set(masks.tolist())) == len(masks) == graphs


@pytest.mark.parametrize(
    ("name", "median", "lo", "hi"),
    [
        ("kosovo", 12_595, 9_827, 16_544), ("spina_bifida", 725, 686, 784), ("congenital_massachusetts", 618, 590, 656),
        ("uk_slavery_5", 22_990, 10_387, 33_508), ("diabetes_italy", 2_471, 2_376, 2_589),
    ],
)  # fmt: skip
def test_graph_averages_agree_with_dga(
    flat: Callable[[str], CaptureTable], name: str, median: int, lo: int, hi: int
) -> None:
    span = average_graphs(flat(name)).span

    assert (span.median, span.lo, span.hi) == pytest.approx((median, lo, hi), rel=0.003)


def test_a_graph_search_beyond_enumeration_finds_what_enumeration_finds(
    flat: Callable[[str], CaptureTable], monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    table = flat("kosovo")
    exact = average_graphs(table).span
    monkeypatch.setattr("willakuy.estimation.decomposable.ENUMERATED_UP_TO", 3)

    searched = average_graphs(table, rng=np.random.default_rng(1)).span

    assert searched.median == pytest.approx(exact.median, rel=0.01)


def test_the_independence_graph_is_the_product_of_beta_binomials() -> None:
    from willakuy.estimation.decomposable import _Margins, _rows

    table = CaptureTable.of("ab", [((1, 0), 3), ((0, 1), 4), ((1, 1), 2)])
    n0 = np.arange(1.0, 50)
    margins = _Margins(table, n0, 0.25)
    terms = np.stack([margins.of(s) for s in range(4)])

    ours = _rows(np.array([[1, 2]]), np.array([[0, 0]]), terms, margins.base)[0]

    n = 9 + n0
    by_hand = gammaln(n + 1) - gammaln(n0 + 1) - np.log(n)
    for size in (5, 6):
        by_hand += gammaln(size + 0.5) + gammaln(n - size + 0.5) - gammaln(n + 1)
    assert np.ptp(ours - by_hand) < 1e-9


def test_the_best_bic_model_and_its_profile_interval_are_the_published_ones(kosovo: CaptureTable) -> None:
    best = select(kosovo)[0]  # type: ignore[index]

    lo, hi = profile_interval(kosovo, best)

    assert best.name(("1", "2", "3", "4")) == "[1-4] [3-4] [1-2-3]"
    assert (kosovo.documented + best.unseen, lo, hi) == pytest.approx((10_357, 8_994, 12_110), abs=1)


def test_models_without_an_answer_are_told_apart(flat: Callable[[str], CaptureTable]) -> None:
    table = flat("artificial_3")
    mains = ((0,), (1,), (2,))

    codes = [check(table, mains + pairs) for pairs in (tuple(combinations(range(3), 2)), ((0, 1),), ())]

    assert codes == [2, 1, 0]


def test_hierarchical_models_are_counted_right() -> None:
    assert [len(hierarchical_models(k)) for k in (2, 3, 4, 5)] == [1, 8, 113, 1024]


def test_the_lower_bound_does_not_overshoot_independent_lists_of_unequal_size() -> None:
    rng = np.random.default_rng(2)
    bounds = []
    for _ in range(30):
        people = rng.random((2000, 3)) < [0.4, 0.2, 0.1]
        bounds.append(lower_bound(CaptureTable.of("abc", ((tuple(map(int, p)), 1) for p in people))))

    assert np.mean(bounds) == pytest.approx(2000, rel=0.03)


def test_a_prior_said_as_a_range_of_expansion_gives_that_range() -> None:
    a, b = prior_for_expansion(1.2, 8, 4)

    lo, hi = expansion_range(a, b, 4, np.random.default_rng(1))

    assert (lo, hi) == pytest.approx((1.2, 8), rel=0.25)


def test_rubin_combination_follows_the_formula_by_hand() -> None:
    draws = [np.array([90.0, 100.0, 110.0]), np.array([130.0, 150.0, 140.0])]

    found = combine_replicates([50, 60], draws)

    logs = [np.log(d) for d in draws]
    between = np.var([x.mean() for x in logs], ddof=1)
    assert found.between == pytest.approx(between)
    assert found.within == pytest.approx(np.mean([x.var(ddof=1) for x in logs]))
    assert found.estimate == pytest.approx(55 + 120)
    assert found.lo < found.estimate < found.hi


def test_replicates_that_agree_exactly_still_give_an_interval() -> None:
    same = np.array([90.0, 100.0, 110.0])

    found = combine_replicates([50, 50], [same, same])

    assert np.isfinite([found.lo, found.hi]).all()


def test_a_mixture_over_versions_of_a_table_is_wider_than_any_of_them() -> None:
    def version(shared: int) -> CaptureTable:
        rows = [
            ((1, 0, 0), 80),
            ((0, 1, 0), 60),
            ((0, 0, 1), 50),
            ((1, 1, 0), shared),
            ((0, 1, 1), shared),
            ((1, 0, 1), shared),
            ((1, 1, 1), 4),
        ]
        return CaptureTable.of("abc", rows)

    found = mix_tables([version(10), version(25)], rng=1, method="graphs")
    mixed, each = found.answer, list(found.each.values())

    assert isinstance(mixed, Estimate)
    spans = [e.span for e in each if isinstance(e, Estimate)]
    assert mixed.span.lo <= max(s.lo for s in spans)
    assert mixed.span.hi - mixed.span.lo > min(s.hi - s.lo for s in spans)


def test_covariates_repair_what_they_explain() -> None:
    rng = np.random.default_rng(7)
    x = rng.normal(size=20_000)
    p = 1 / (1 + np.exp(-np.column_stack([x - 0.5, 1.2 * x])))
    on = rng.random((20_000, 2)) < p
    seen = on.any(axis=1)

    found = doubly_robust(on[seen, 0], on[seen, 1], x[seen], rng=1)
    naive = on[:, 0].sum() * on[:, 1].sum() / (on[:, 0] & on[:, 1]).sum()

    assert isinstance(found, Estimate)
    assert abs(found.span.median - 20_000) < 0.5 * abs(naive - 20_000)
    assert found.span.lo < 20_000 < found.span.hi * 1.05


def test_strata_are_answered_alone_and_a_refused_one_is_never_hidden_in_the_total(three_lists: CaptureTable) -> None:
    from willakuy.estimation import StrataTable

    empty = CaptureTable.of(three_lists.lists, [((1, 0, 0), 30), ((0, 1, 0), 20)])
    found = estimate(StrataTable({"a": three_lists, "b": empty}), method="graphs", rng=1)

    assert isinstance(found.strata["a"], Estimate)
    assert not isinstance(found.total, Estimate)
    assert found.total.lower_bound is not None
    assert found.total.lower_bound >= found.total.documented_minimum


def test_among_six_lists_the_likeliest_graphs_join_the_two_that_depend() -> None:
    rng = np.random.default_rng(4)
    people = rng.random((4000, 6)) < 0.25
    people[:, 3] = np.where(people[:, 1], rng.random(4000) < 0.7, people[:, 3])
    table = CaptureTable.of("abcdef", ((tuple(map(int, p)), 1) for p in people))

    found = average_graphs(table)

    assert found.n_models == 18_154
    assert all("b-d" in name.split(", ") for name, _ in found.models)
    assert found.span.lo < 4000 < found.span.hi


def test_a_term_nobody_supports_still_costs_what_a_term_costs() -> None:
    """Its estimate is minus infinity and its cells leave the table, which must not make a model look better for free."""
    rows = [((1, 0, 0), 60), ((0, 1, 0), 50), ((0, 0, 1), 3), ((1, 1, 0), 20), ((0, 1, 1), 1)]
    table = CaptureTable.of("abc", rows)
    without, with_it = fit(table, ((0,), (1,), (2,))), fit(table, ((0,), (1,), (2,), (0, 2)))

    assert without is not None
    assert with_it is not None
    assert with_it.bic > without.bic


def test_an_answer_that_rests_on_kinds_of_people_hardly_on_both_lists_says_so() -> None:
    rng = np.random.default_rng(5)
    kind = rng.integers(0, 2, 6000)
    on = rng.random((6000, 2)) < np.array([[0.5, 0.5], [0.3, 0.006]])[kind]
    seen = on.any(axis=1)

    found = doubly_robust(on[seen, 0], on[seen, 1], kind[seen], rng=1)

    assert isinstance(found, Estimate)
    assert "thin-kinds" in [w.code for w in found.warnings]
    assert len({int(v.replace(",", "")) for v in dict(found.settings)["splits by themselves"].split(", ")}) > 1
