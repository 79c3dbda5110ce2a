"""The model of agreement: how often each level is seen in pairs of one person and in pairs of two.

Fellegi-Sunter with three changes, each measured (docs/method/linkage.md): the chance of agreement between strangers is
learnt among the pairs that blocking brings together, since those are the ones to be told apart; each record has at
most one partner in another list, so candidates compete; and date and place are one comparison, the event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.compare import TOGETHER, Compared, Comparison
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
    n = len(groups.of_pair)
    comparisons = [Comparison(c.name, c.labels, c.levels[:n]) for c in compared.comparisons]
    is_one_list = bool(groups.repeats.all())
    rival = np.ones(n) if is_one_list else np.where(groups.repeats, 0.0, 1.0)[groups.of_pair]
    strangers = [_stranger_counts(c, n, groups, rival) for c in compared.comparisons]
    m = [prior_match(c.name, c.labels) for c in comparisons]
    u = [
        first_other(c.name, c.labels, _frequencies(c, rival, prior_other(c.labels), 1.0, s))
        for c, s in zip(comparisons, strangers, strict=True)
    ]
    expected = groups.most * np.where(groups.repeats & (not is_one_list), _REPEATS, _OVERLAP)
    for _ in range(_ROUNDS):
        weights = [_weights(a, b) for a, b in zip(m, u, strict=True)]
        bits = sum((w[c.levels] for w, c in zip(weights, comparisons, strict=True)), np.zeros(n))
        log_odds = bits * np.log(2) + prior_log_odds(groups, expected)[groups.of_pair]
        p = compete(log_odds, groups, fixed)
        expected = pooled_overlap(p, groups)
        other = _not_one_person(p, log_odds, fixed) * rival
        m = [_frequencies(c, p * groups.teaches, prior_match(c.name, c.labels), _MATCH_STRENGTH) for c in comparisons]
        u = [
            _frequencies(
                c, other, _chance(c), _OTHER_STRENGTH + (WHOLE * n if is_whole and c.name == "name" else 0.0), s
            )
            for c, s in zip(comparisons, strangers, strict=True)
        ]
    return Fitted(tuple(weights), log_odds, p, expected)


def _not_one_person(p: Floats, log_odds: Floats, fixed: NDArray[np.int8]) -> Floats:
    """How far each pair teaches what two persons look like. One that only a rival keeps from being joined teaches nothing.

    A person who stands twice in a list splits the probability of every pair between both rows; those are no strangers.
    """
    doubtful = (log_odds > 0) & (p > 0.02) & (p < 0.5) & (fixed == 0)
    return np.asarray(np.where(doubtful, 0.0, 1 - p))


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
    odds = np.exp(np.clip(log_odds, -40, 40))
    odds[fixed < 0] = 0.0
    sum_l = np.bincount(groups.back_l, weights=odds)[groups.back_l] if len(odds) else odds
    sum_r = np.bincount(groups.back_r, weights=odds)[groups.back_r] if len(odds) else odds
    rivals = np.maximum(sum_l - odds, 0) + np.maximum(sum_r - odds, 0)
    p = odds / (1.0 + odds + np.where(groups.repeats[groups.of_pair], 0.0, rivals))
    p[fixed > 0] = 1.0
    return np.asarray(p)


def _chance(c: Comparison) -> Floats:
    return first_other(c.name, c.labels, prior_other(c.labels))


def _stranger_counts(c: Comparison, n: int, groups: Groups, rival: Floats) -> Floats:
    """Levels of the pairs that are no candidates: drawn at random, each standing for its share of all of them.

    Blocking brings together pairs that agree on something. Adding the candidates to these gives how often strangers
    agree on each field whatever the blocking.
    """
    drawn = c.levels[n:]
    counts = np.bincount(drawn, minlength=len(c.labels)).astype(float)
    wanted = groups.pairs.sum() if groups.repeats.all() else groups.pairs[~groups.repeats].sum()
    return np.asarray(counts * (max(wanted - rival.sum(), 0.0) / max(len(drawn), 1)))


def _frequencies(c: Comparison, weight: Floats, prior: Floats, strength: float, more: Floats | float = 0.0) -> Floats:
    """Shares of the levels among pairs of which both sides say something; level 0 is silence and has none.

    Levels that hold only where the event agrees are shared out among themselves: what the event is worth is counted once.
    """
    counts = np.bincount(c.levels, weights=weight, minlength=len(c.labels)).astype(float) + more
    counts[0] = 0.0
    out = np.zeros(len(counts))
    together = np.array([label.endswith(TOGETHER) for label in c.labels])
    for mine in (together, ~together):
        if mine.any():
            usual = prior[mine] / max(prior[mine].sum(), 1e-12)
            believed = min(strength, TOGETHER_STRENGTH) if mine is together else strength
            out[mine] = (counts[mine] + believed * usual) / (counts[mine].sum() + believed)
    return out
