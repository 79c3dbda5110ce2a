"""The latent-class sampler against answers known exactly, and against itself from other seeds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy.special import gammaln, logsumexp
from scipy.stats import kstest

from willakuy.estimation import CaptureTable, Estimate, as_text, estimate
from willakuy.estimation.latent import LatentSettings, sample


def exact_one_class(table: CaptureTable, most: int) -> np.ndarray:
    """p(n0) when every person is alike and capture probabilities are uniform: Beta integrals, prior 1/N."""
    n0 = np.arange(most)
    total = table.documented + n0
    log_p = gammaln(total + 1) - gammaln(n0 + 1) - np.log(total)
    for size in table.sizes:
        log_p = log_p + gammaln(total - size + 1) - gammaln(total + 2)
    return np.exp(log_p - logsumexp(log_p))


def exact_two_classes(table: CaptureTable, most: int, alphas: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """p(n0) for two classes by summing over every way to deal the counts to them."""
    patterns, counts = table.patterns, table.counts
    out = np.full(most, -np.inf)
    for dealt in product(*[range(int(c) + 1) for c in counts]):
        c1 = np.array(dealt)
        ways = (gammaln(counts + 1) - gammaln(c1 + 1) - gammaln(counts - c1 + 1)).sum()
        for n0 in range(most):
            z = np.arange(n0 + 1)
            a, b = c1.sum() + z, (counts - c1).sum() + n0 - z
            total = counts.sum() + n0
            term = gammaln(total + 1) - gammaln(n0 + 1) - np.log(total) + ways
            term = term + gammaln(n0 + 1) - gammaln(z + 1) - gammaln(n0 - z + 1)
            for marks1, marks2 in zip(c1 @ patterns, (counts - c1) @ patterns, strict=True):
                term = term + gammaln(marks1 + 1) + gammaln(a - marks1 + 1) - gammaln(a + 2)
                term = term + gammaln(marks2 + 1) + gammaln(b - marks2 + 1) - gammaln(b + 2)
            stick = logsumexp(
                np.log(weights)[:, None] + np.log(alphas)[:, None] + gammaln(1 + a) + gammaln(alphas[:, None] + b)
                - gammaln(1 + alphas[:, None] + a + b), axis=0,
            )  # fmt: skip
            out[n0] = np.logaddexp(out[n0], logsumexp(term + stick))
    return np.exp(out - logsumexp(out))


def test_with_one_class_the_draws_follow_the_exact_posterior() -> None:
    table = CaptureTable.of("abc", [((1, 0, 0), 9), ((0, 1, 0), 7), ((1, 1, 0), 5), ((0, 1, 1), 4), ((1, 1, 1), 6)])
    exact = exact_one_class(table, 4000)

    drawn = sample(table, LatentSettings(n_classes=1, draws=4000, warmup=400), np.random.default_rng(3))

    for q in (0.1, 0.5, 0.9):
        at = int(np.searchsorted(np.cumsum(exact), q))
        assert np.mean(drawn.n0 <= at) == pytest.approx(exact[: at + 1].sum(), abs=0.025)


@pytest.mark.parametrize("rounds", [1, 3])
def test_with_two_classes_the_draws_follow_the_sum_over_every_way_to_deal_the_counts(rounds: int) -> None:
    """After one round nothing is lifted; after three the hotter rungs are, and the draws must not show it."""
    table = CaptureTable.of("abc", [((1, 0, 0), 1), ((0, 1, 0), 1), ((1, 1, 0), 2), ((1, 0, 1), 1), ((1, 1, 1), 3)])
    logs = np.linspace(-3, 3, 25)
    alphas = np.exp(logs)
    weights = np.exp(2 * logs - 2 * alphas)  # Gamma(2, 2) in log α
    exact = exact_two_classes(table, 60, alphas, weights / weights.sum())
    settings = LatentSettings(
        n_classes=2, draws=6000 // 2 ** (rounds - 1), warmup=400, a_alpha=2, b_alpha=2, rounds=rounds, rhat_at_most=0
    )

    drawn = sample(table, settings, np.random.default_rng(4))

    inside = drawn.n0[drawn.n0 < 60].ravel()
    for at in (0, 1, 3, 8):
        assert np.mean(inside <= at) == pytest.approx(exact[: at + 1].sum(), abs=0.025)


def test_the_compiled_gradient_is_the_slope_of_the_compiled_density(three_lists: CaptureTable) -> None:
    from willakuy.estimation import latent_kernel as kernel
    from willakuy.estimation.tempering import tree_of

    n_classes, n_people = 4, float(three_lists.documented)
    n_par = n_classes * 3 + n_classes - 1
    x = np.random.default_rng(5).normal(size=(n_par, 8))
    tree = tree_of(three_lists.patterns, three_lists.counts.astype(float))
    rung = np.repeat([[0.6], [1.3], [0.7], [2.0]], 8, axis=1)
    prior, margin = (0.7, 2.0), np.array([0.2, 0.3, 0.1])
    work, temp = kernel.workspace(3, n_classes, len(tree[0])), np.arange(8)
    lift = (np.random.default_rng(6).normal(size=(8, 3)) * 40, -30.0, 30.0)

    def value(at: np.ndarray) -> np.ndarray:
        parts = np.empty((6, 8))
        kernel.gradient(at, np.empty_like(at), work, rung, lift, temp, tree, n_people, 3, prior, margin)
        kernel.densities(at, work, tree, n_people, 3, prior, margin, parts)
        ll, lp, sticks, pulled, _, eta = parts
        plain = [kernel.tempered(*rung[:, i], ll[i], sticks[i], pulled[i], n_classes) + lp[i] for i in range(8)]
        return np.array([plain[i] + kernel.lifted(lift, i, eta[i])[0] for i in range(8)])

    slope = np.empty_like(x)
    kernel.gradient(x, slope, work, rung, lift, temp, tree, n_people, 3, prior, margin)
    for i in range(n_par):
        up, down = x.copy(), x.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        assert slope[i] == pytest.approx((value(up) - value(down)) / 2e-5, rel=1e-4, abs=1e-4)


def test_the_compiled_likelihood_is_that_of_the_classes_written_out(three_lists: CaptureTable) -> None:
    from willakuy.estimation import latent_kernel as kernel
    from willakuy.estimation.tempering import tree_of

    x = 2 * np.random.default_rng(5).normal(size=(4 * 3 + 3, 8))
    tree = tree_of(three_lists.patterns, three_lists.counts.astype(float))
    work, parts, rung = kernel.workspace(3, 4, len(tree[0])), np.empty((6, 8)), np.ones((4, 8))
    lift, temp = (np.zeros((1, 3)), -30.0, 30.0), np.zeros(8, np.int64)
    kernel.gradient(
        x, np.empty_like(x), work, rung, lift, temp, tree, float(three_lists.documented), 3, (1.0, 1.0), np.ones(3)
    )

    kernel.densities(x, work, tree, float(three_lists.documented), 3, (1.0, 1.0), np.ones(3), parts)

    for lane in range(8):
        capture, v = 1 / (1 + np.exp(-x[:12, lane].reshape(4, 3))), 1 - np.exp(-np.exp(x[12:, lane]))
        share = np.append(v, 1.0) * np.append(1.0, np.cumprod(1 - v))
        of_class = np.where(three_lists.patterns[:, None, :] == 1, capture, 1 - capture).prod(axis=2)
        seen = 1 - share @ (1 - capture).prod(axis=1)
        by_hand = three_lists.counts @ np.log(of_class @ share / seen)
        assert parts[0, lane] == pytest.approx(by_hand, rel=1e-11)


def test_classes_that_trade_places_leave_sizes_rows_and_the_prior_as_they_must() -> None:
    from willakuy.estimation import latent_moves as moves

    rng = np.random.default_rng(6)
    x = rng.normal(size=(4 * 2 + 3, 1))
    before, after = np.empty(4), np.empty(4)
    fresh = np.empty(3)
    moves.sizes_of(x, 0, 8, 4, before)
    prior_before = moves.sticks_of(before, 0.5, 0.7, fresh)
    turned = x.copy()

    moved = moves.trade_places(turned, 0, 0.5, 0.7, 2, 4, np.array([[0.0, 0.4, 0.0]]))

    moves.sizes_of(turned, 0, 8, 4, after)
    assert moved == 1
    assert after[[2, 1, 0, 3]] == pytest.approx(before)
    assert turned[[4, 5, 2, 3, 0, 1, 6, 7]] == pytest.approx(x[:8])
    assert moves.sticks_of(after, 0.5, 0.7, fresh) == pytest.approx(stick_prior(after, 0.5, 0.7))
    assert prior_before == pytest.approx(stick_prior(before, 0.5, 0.7))


def stick_prior(sizes: np.ndarray, a: float, b: float) -> float:
    """Density of class sizes by hand: Beta(1, α) sticks, α integrated on a grid, over the Jacobian; up to a constant."""
    left = 1 - np.concatenate([[0.0], np.cumsum(sizes)[:-2]])
    v = sizes[:-1] / left
    alphas = np.exp(np.linspace(-14, 8, 20_001))
    logs = (a + len(v)) * np.log(alphas) - b * alphas + (alphas - 1) * np.log1p(-v).sum()
    return float(np.log(np.trapezoid(np.exp(logs), np.log(alphas))) - np.log(left).sum() - gammaln(a + len(v)))


def test_the_same_seed_gives_the_same_bytes_and_another_the_same_answer(three_lists: CaptureTable) -> None:
    first, again, other = (estimate(three_lists, rng=seed) for seed in (8, 8, 9))

    assert as_text(first) == as_text(again)
    assert isinstance(first, Estimate)
    assert isinstance(other, Estimate)
    assert other.span.median == pytest.approx(first.span.median, rel=0.03)


def test_renaming_and_reordering_the_lists_leaves_the_answer(three_lists: CaptureTable) -> None:
    turned = CaptureTable.of(
        "xyz", zip(three_lists.patterns[:, ::-1].tolist(), three_lists.counts.tolist(), strict=True)
    )

    a, b = estimate(three_lists, rng=1), estimate(turned, rng=2)

    assert isinstance(a, Estimate)
    assert isinstance(b, Estimate)
    assert b.span.median == pytest.approx(a.span.median, rel=0.03)
    assert b.span.hi == pytest.approx(a.span.hi, rel=0.12)


def test_chains_that_do_not_agree_give_no_number(three_lists: CaptureTable) -> None:
    drawn = sample(three_lists, LatentSettings(draws=20, warmup=25, rounds=1), np.random.default_rng(1))

    assert not drawn.converged


@pytest.mark.parametrize(
    ("name", "median", "lo", "hi"),
    [
        ("kosovo", 10_466, 9_146, 13_939),
        pytest.param("artificial_3", 402, 238, 825, marks=pytest.mark.slow),
        ("hare", 76, 70, 90),
        pytest.param("congenital_massachusetts", 629, 590, 718, marks=pytest.mark.slow),
    ],
)
def test_medians_are_within_2_percent_of_lcmcr_and_limits_within_5(
    flat: Callable[[str], CaptureTable], name: str, median: float, lo: float, hi: float
) -> None:
    answer = sample(flat(name), LatentSettings(draws=3000), np.random.default_rng(1))

    found = np.quantile(answer.n0 + flat(name).documented, [0.5, 0.025, 0.975])
    assert answer.converged
    assert found == pytest.approx([median, lo, hi], rel=0.05)
    assert found[0] == pytest.approx(median, rel=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_every_chain_on_netherlands_5_visits_both_explanations(flat: Callable[[str], CaptureTable], seed: int) -> None:
    settings = LatentSettings(draws=4000, rounds=1)

    drawn = sample(flat("netherlands_5"), settings, np.random.default_rng(seed))

    people = drawn.n0 + 8_234
    assert ((people > 40_000) & (people < 60_000)).any(axis=1).all()
    assert (people > 90_000).any(axis=1).sum() >= 3


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [1, 3])
def test_ranks_of_true_totals_are_uniform_when_tables_come_from_the_prior(rounds: int) -> None:
    """Simulation-based calibration (Talts et al. 2018) of the observed-part posterior, N given a 1/N prior on a range.

    After one round no rung is lifted, after three the hotter ones are.
    """
    rng = np.random.default_rng(11)
    ranks = []
    settings = LatentSettings(n_classes=3, draws=200, warmup=200, rounds=rounds, a_alpha=2, b_alpha=2, rhat_at_most=0)
    while len(ranks) < 120:
        total = int(np.exp(rng.uniform(np.log(20), np.log(2000))))
        alpha = rng.gamma(2, 1 / 2)
        v = np.append(rng.beta(1, alpha, 2), 1.0)
        share = v * np.append(1, np.cumprod(1 - v[:-1]))
        capture = rng.random((3, 4))
        people = rng.random((total, 4)) < capture[rng.choice(3, total, p=share / share.sum())]
        table = CaptureTable.of("abcd", (((tuple(map(int, p))), 1) for p in people))
        if table.documented < 2:
            continue
        drawn = sample(table, settings, rng)
        n = (drawn.n0 + table.documented).ravel()[::8]
        inside = n[(n >= 20) & (n <= 2000)]
        if len(inside) > 20:
            ranks.append((np.sum(inside < total) + rng.random() * (1 + np.sum(inside == total))) / (len(inside) + 1))

    assert kstest(ranks, "uniform").pvalue > 0.01


@pytest.mark.slow
def test_the_first_run_after_installing_gives_the_bytes_of_every_later_run(tmp_path: Path) -> None:
    code = (
        "from willakuy.estimation import CaptureTable, as_text, estimate\n"
        "rows = [((1,0,0),14),((0,1,0),11),((0,0,1),9),((1,1,0),8),((1,0,1),7),((0,1,1),6),((1,1,1),5)]\n"
        "print(as_text(estimate(CaptureTable.of('abc', rows), rng=8)))"
    )
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}

    told = [subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout for _ in "12"]

    assert told[0] == told[1]
