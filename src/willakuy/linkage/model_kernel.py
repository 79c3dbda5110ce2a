"""The compiled part of the fit: one pass over the pairs for each step of a round."""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def number_codes(codes: Any, number: Any) -> Any:
    """Write to ``number`` the number of each code, in the order in which codes are first met; return the codes."""
    size = 1 << 12
    slots, values = np.full(size, -1, np.int64), np.zeros(size, np.int32)
    met = np.zeros(size, np.int64)
    n = 0
    for i in range(len(codes)):
        at = _slot(slots, codes[i])
        if slots[at] < 0:
            if 2 * n >= size:
                size *= 4
                slots, values = np.full(size, -1, np.int64), np.zeros(size, np.int32)
                for k in range(n):
                    old = _slot(slots, met[k])
                    slots[old], values[old] = met[k], k
                met = np.concatenate((met, np.zeros(size - len(met), np.int64)))
                at = _slot(slots, codes[i])
            slots[at], values[at], met[n] = codes[i], n, codes[i]
            n += 1
        number[i] = values[at]
    return met[:n]


@njit(cache=True)
def _slot(slots: Any, key: int) -> int:
    mask = len(slots) - 1
    at = np.int64((np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)) & mask
    while slots[at] >= 0 and slots[at] != key:
        at = (at + 1) & mask
    return int(at)


@njit(cache=True)
def score_pairs(nats: Any, pattern: Any, prior: Any, of: Any, log_odds: Any) -> None:
    """``log_odds`` of each pair: what its pattern of levels says, and what is believed of its two lists."""
    for k in range(len(log_odds)):
        log_odds[k] = nats[pattern[k]] + prior[of[k]]


@njit(cache=True)
def share_out(
    log_odds: Any, fixed: Any, of: Any, repeats: Any, back_l: Any, back_r: Any, sum_l: Any, sum_r: Any, p: Any
) -> None:
    """Odds as probabilities ``p`` when a record has at most one partner in another list."""
    for k in range(len(log_odds)):
        odds = 0.0 if fixed[k] < 0 else math.exp(min(max(log_odds[k], -40.0), 40.0))
        p[k] = odds
        sum_l[back_l[k]] += odds
        sum_r[back_r[k]] += odds
    for k in range(len(log_odds)):
        odds, rivals = p[k], 0.0
        if not repeats[of[k]]:
            rivals = max(sum_l[back_l[k]] - odds, 0.0) + max(sum_r[back_r[k]] - odds, 0.0)
        p[k] = 1.0 if fixed[k] > 0 else odds / (1.0 + odds + rivals)


@njit(cache=True)
def tally(
    p: Any,
    log_odds: Any,
    fixed: Any,
    of: Any,
    pattern: Any,
    teaches: Any,
    rival: Any,
    total: Any,
    match: Any,
    other: Any,
) -> None:
    """Expected matches of each two lists; and of each pattern, how far it shows one person and how far two.

    A pair that only a rival keeps from being joined shows neither: a person who stands twice in a list splits the
    probability of every pair between both rows, and those are no strangers.
    """
    for k in range(len(p)):
        total[of[k]] += p[k]
        match[pattern[k]] += p[k] * teaches[of[k]]
        if not (log_odds[k] > 0 and 0.02 < p[k] < 0.5 and fixed[k] == 0):
            other[pattern[k]] += (1.0 - p[k]) * rival[of[k]]
