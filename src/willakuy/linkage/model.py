"""The model of agreement: how often each level is seen in pairs of one person and in pairs of two.

Fellegi-Sunter with three changes, each measured (docs/method/linkage.md): the chance of agreement between strangers is
learnt among the pairs that blocking brings together, since those are the ones to be told apart; each record has at
most one partner in another list, so candidates compete; and date and place are one comparison, the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.compare import TOGETHER, Compared, Comparison, Levels
from willakuy.linkage.grouping import Groups, pooled_overlap
from willakuy.linkage.priors import first_other, prior_match, prior_other

Floats = NDArray[np.float64]
_ROUNDS = 25
WHOLE = 30.0
"""For a case small enough to compare whole: how much more than its pairs chance itself says of agreeing names."""
TOGETHER_STRENGTH = 30.0
"""What chance says of names among people killed together is believed this much at most: they may be a family."""
_OVERLAP = 0.3
_REPEATS = 0.01
_MATCH_STRENGTH, _OTHER_STRENGTH = 30.0, 5.0
"""How many pairs' worth the beliefs are that hold before any list is seen."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """``weights[c]`` is the log2 ratio of each level of comparison ``c``; ``log_odds`` is natural, one a pair, before
    candidates compete; ``p`` after. ``expected`` matches for each two lists."""

    weights: tuple[Floats, ...]
    log_odds: Floats
    p: Floats
    expected: Floats


def fit(compared: Compared, groups: Groups, fixed: NDArray[np.int8], *, is_whole: bool = False) -> Fitted:
    """Expectation-maximisation without labels. ``fixed`` is 1 for pairs judged same, -1 for different, 0 else.

    ``compared`` holds the candidates, one for each of ``groups.of_pair``, and after them pairs drawn at random: blocking
    brings together pairs that agree on something, so what they *dis*agree on is learnt from pairs it did not choose.
    """
    from willakuy.linkage.model_kernel import score_pairs, tally

    n = len(groups.of_pair)
    comparisons = compared.comparisons
    number, pattern = patterns_of(n, [(c.levels[:n], len(c.labels)) for c in comparisons])
    is_one_list = bool(groups.repeats.all())
    rival = np.ones(len(groups.repeats)) if is_one_list else np.where(groups.repeats, 0.0, 1.0)
    rivals: Floats = np.bincount(number, weights=rival[groups.of_pair], minlength=len(pattern)).astype(float)
    strangers = [_stranger_counts(c, n, groups, float(rivals.sum())) for c in comparisons]

    def shares(weight: Floats, k: int, prior: Floats, strength: float, more: Floats | float = 0.0) -> Floats:
        labels = comparisons[k].labels
        counts = np.bincount(pattern[:, k], weights=weight, minlength=len(labels)).astype(float) + more
        return _frequencies(counts, labels, prior, strength)

    m = [prior_match(c.name, c.labels) for c in comparisons]
    u = [
        first_other(c.name, c.labels, shares(rivals, k, prior_other(c.labels), 1.0, strangers[k]))
        for k, c in enumerate(comparisons)
    ]
    expected = groups.most * np.where(groups.repeats & (not is_one_list), _REPEATS, _OVERLAP)
    weights, log_odds, p = [_weights(a, b) for a, b in zip(m, u, strict=True)], np.zeros(n), np.zeros(n)
    for _ in range(_ROUNDS):
        weights = [_weights(a, b) for a, b in zip(m, u, strict=True)]
        bits = sum((w[pattern[:, k]] for k, w in enumerate(weights)), np.zeros(len(pattern)))
        score_pairs(bits * np.log(2), number, prior_log_odds(groups, expected), groups.of_pair, log_odds)
        p = compete(log_odds, groups, fixed)
        total, match, other = np.zeros(len(groups.repeats)), np.zeros(len(pattern)), np.zeros(len(pattern))
        tally(p, log_odds, fixed, groups.of_pair, number, groups.teaches, rival, total, match, other)
        expected = pooled_overlap(total, groups)
        m = [shares(match, k, prior_match(c.name, c.labels), _MATCH_STRENGTH) for k, c in enumerate(comparisons)]
        u = [
            shares(other, k, _chance(c), _OTHER_STRENGTH + (WHOLE * n if is_whole and c.name == "name" else 0.0), strangers[k])
            for k, c in enumerate(comparisons)
        ]  # fmt: skip
    return Fitted(tuple(weights), log_odds, p, expected)


def patterns_of(n: int, columns: Sequence[tuple[Levels, int]]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Pairs agree in far fewer ways than there are pairs: the number of each pair's pattern of levels, and the patterns,
    ``(n_patterns, n_comparisons)``. ``columns`` are levels and how many there are."""
    from willakuy.linkage.model_kernel import number_codes

    number = np.zeros(n, np.int32)
    pattern = np.zeros((min(n, 1), 0), np.int64)
    for levels, n_levels in columns:
        codes = number_codes(number.astype(np.int64) * n_levels + levels, number)
        pattern = np.column_stack([pattern[codes // n_levels], codes % n_levels])
    return number, pattern


def _weights(m: Floats, u: Floats) -> Floats:
    weights = np.zeros(len(m))
    weights[1:] = np.log2(np.maximum(m[1:], 1e-9) / np.maximum(u[1:], 1e-9))
    return weights


def prior_log_odds(groups: Groups, expected: Floats) -> Floats:
    """For each two lists: that two records drawn at random are one person, against both having no partner at all.

    With M of n_a and n_b records matched that is M / ((n_a - M)(n_b - M)).
    """
    rest_l = np.maximum(groups.size_l - expected, 0.02 * groups.size_l + 1)
    rest_r = np.maximum(groups.size_r - expected, 0.02 * groups.size_r + 1)
    others = np.where(groups.repeats, np.maximum(groups.pairs - expected, 1.0), rest_l * rest_r)
    return np.asarray(np.log(np.maximum(expected, 0.02) / others))


def compete(log_odds: Floats, groups: Groups, fixed: NDArray[np.int8]) -> Floats:
    """Odds as probabilities when a record has at most one partner in the other list."""
    from willakuy.linkage.model_kernel import share_out

    p = np.zeros(len(log_odds))
    sums = (np.zeros(int(back.max(initial=-1)) + 1) for back in (groups.back_l, groups.back_r))
    share_out(log_odds, fixed, groups.of_pair, groups.repeats, groups.back_l, groups.back_r, *sums, p)
    return p


def _chance(c: Comparison) -> Floats:
    return first_other(c.name, c.labels, prior_other(c.labels))


def _stranger_counts(c: Comparison, n: int, groups: Groups, rivals: float) -> Floats:
    """Levels of the pairs that are no candidates: drawn at random, each standing for its share of all of them.

    Blocking brings together pairs that agree on something. Adding the candidates to these gives how often strangers
    agree on each field whatever the blocking.
    """
    drawn = c.levels[n:]
    counts = np.bincount(drawn, minlength=len(c.labels)).astype(float)
    wanted = groups.pairs.sum() if groups.repeats.all() else groups.pairs[~groups.repeats].sum()
    return np.asarray(counts * (max(wanted - rivals, 0.0) / max(len(drawn), 1)))


def _frequencies(counts: Floats, labels: tuple[str, ...], prior: Floats, strength: float) -> Floats:
    """Shares of the levels among pairs of which both sides say something; level 0 is silence and has none.

    Levels that hold only where the event agrees are shared out among themselves: what the event is worth is counted once.
    """
    counts[0] = 0.0
    out = np.zeros(len(counts))
    together = np.array([label.endswith(TOGETHER) for label in labels])
    for mine in (together, ~together):
        if mine.any():
            usual = prior[mine] / max(prior[mine].sum(), 1e-12)
            believed = min(strength, TOGETHER_STRENGTH) if mine is together else strength
            out[mine] = (counts[mine] + believed * usual) / (counts[mine].sum() + believed)
    return out
