"""The compiled part of sampling clusterings: records that people judged the same move together, everything else alone.

Arrays only, no objects: ``start[i]:start[i+1]`` are the links of record ``i`` in ``other``, ``weight`` and ``edge``.
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

NEVER = -1e6
ALWAYS = 1e3


@njit(cache=True)
def sweep_clusters(
    rng: Any, start: Any, other: Any, weight: Any, edge: Any, list_of: Any,
    unit_of: Any, unit_start: Any, unit_records: Any, movable: Any, cluster: Any,
    sweeps: int, burn_in: int, keep: int, unseen: float, shared: float, best_share: float, n_edges: int, several: bool,
    window: int,
) -> Any:  # fmt: skip
    """Gibbs sampling over clusterings. Returns the links' summed conditional probabilities and ``keep`` clusterings.

    ``cluster`` is the start, one number a unit (changed in place). A unit's pull to a cluster of ``pairs`` record pairs
    is ``pairs ** (1 - shared)`` times the mean of their log-odds, moved by ``best_share`` towards the best of them. With
    ``several`` lists, a link to a row of its own list there that speaks against one person caps the pull. Units are
    visited in random order, ``window`` of them at a time.
    """
    n, units = len(unit_of), len(unit_start) - 1
    head, after, before = np.full(units, -1), np.full(units, -1), np.full(units, -1)
    size = np.zeros(units, np.int64)
    for u in range(units):
        _join(u, cluster[u], head, after, before)
        size[cluster[u]] += unit_start[u + 1] - unit_start[u]
    free = np.empty(units, np.int64)
    n_free = 0
    for c in range(units):
        if head[c] < 0:
            free[n_free] = c
            n_free += 1
    total = np.zeros(n_edges)
    taken = np.zeros((keep, n), np.int32)
    order = movable.copy()
    slot = np.full(units, -1)
    near = np.empty(units, np.int64)
    pull, links, twins, odds = np.empty(units), np.empty(units, np.int64), np.empty(units, np.int64), np.empty(units)
    best, worst_twin = np.empty(units), np.empty(units)
    kept = 0
    for sweep in range(burn_in + sweeps):
        for base in range(0, len(order), window):
            for k in range(min(window, len(order) - base) - 1, 0, -1):
                swap = int(rng.random() * (k + 1))
                order[base + k], order[base + swap] = order[base + swap], order[base + k]
        for u in order:
            weighs = unit_start[u + 1] - unit_start[u]
            c = cluster[u]
            _leave(u, c, head, after, before)
            size[c] -= weighs
            if head[c] < 0:
                free[n_free] = c
                n_free += 1
            m = 0
            for r in range(unit_start[u], unit_start[u + 1]):
                i = unit_records[r]
                for e in range(start[i], start[i + 1]):
                    j = other[e]
                    if unit_of[j] == u:
                        continue
                    c = cluster[unit_of[j]]
                    if slot[c] < 0:
                        slot[c] = m
                        near[m] = c
                        pull[m], links[m], twins[m] = 0.0, 0, 0
                        best[m], worst_twin[m] = -1e9, 1e9
                        m += 1
                    s = slot[c]
                    pull[s] += weight[e]
                    best[s] = max(best[s], weight[e])
                    links[s] += 1
                    if list_of[i] == list_of[j]:
                        twins[s] += 1
                        worst_twin[s] = min(worst_twin[s], weight[e])
            top = 0.0
            for s in range(m):
                pairs = weighs * size[near[s]]
                if pull[s] > NEVER / 2:
                    if (
                        links[s] < pairs
                        and _repeats(u, near[s], list_of, unit_start, unit_records, head, after) > twins[s]
                    ):
                        pull[s] = NEVER
                    else:
                        mean = (pull[s] + (pairs - links[s]) * unseen) / pairs
                        pull[s] = (mean + best_share * (best[s] - mean)) * math.pow(pairs, 1 - shared)
                        if several and worst_twin[s] < 0:
                            pull[s] = min(pull[s], worst_twin[s])
                top = max(top, pull[s])
            whole = math.exp(-top)
            for s in range(m):
                odds[s] = math.exp(pull[s] - top)
                whole += odds[s]
            if sweep >= burn_in:
                for r in range(unit_start[u], unit_start[u + 1]):
                    i = unit_records[r]
                    for e in range(start[i], start[i + 1]):
                        if unit_of[other[e]] != u:
                            total[edge[e]] += odds[slot[cluster[unit_of[other[e]]]]] / whole
            mark = rng.random() * whole
            chosen = -1
            for s in range(m):
                mark -= odds[s]
                if mark < 0:
                    chosen = near[s]
                    break
            for s in range(m):
                slot[near[s]] = -1
            if chosen < 0:
                n_free -= 1
                chosen = free[n_free]
            cluster[u] = chosen
            size[chosen] += weighs
            _join(u, chosen, head, after, before)
        if sweep >= burn_in and (sweep - burn_in + 1) * keep // sweeps > kept:
            for i in range(n):
                taken[kept, i] = cluster[unit_of[i]]
            kept += 1
    return total, taken


@njit(cache=True)
def _join(u: int, c: int, head: Any, after: Any, before: Any) -> None:
    after[u], before[u] = head[c], -1
    if head[c] >= 0:
        before[head[c]] = u
    head[c] = u


@njit(cache=True)
def _leave(u: int, c: int, head: Any, after: Any, before: Any) -> None:
    if before[u] >= 0:
        after[before[u]] = after[u]
    else:
        head[c] = after[u]
    if after[u] >= 0:
        before[after[u]] = before[u]


@njit(cache=True)
def _repeats(u: int, c: int, list_of: Any, unit_start: Any, unit_records: Any, head: Any, after: Any) -> int:
    """Record pairs of one list between unit ``u`` and the units of cluster ``c``."""
    found = 0
    v = head[c]
    while v >= 0:
        for r in range(unit_start[u], unit_start[u + 1]):
            for q in range(unit_start[v], unit_start[v + 1]):
                found += list_of[unit_records[r]] == list_of[unit_records[q]]
        v = after[v]
    return found


@njit(cache=True)
def join_greedily(
    order: Any, left: Any, right: Any, p: Any, log_odds: Any, list_of: Any, start: Any, other: Any, edge: Any,
    unit_of: Any, unit_start: Any, unit_records: Any, at: float,
) -> Any:  # fmt: skip
    """Join clusters along the links in ``order`` while the mean probability of all pairs between them is above ``at``."""
    units = len(unit_start) - 1
    cluster = np.arange(units)
    tail, after, size = np.arange(units), np.full(units, -1), np.zeros(units, np.int64)
    for u in range(units):
        size[u] = unit_start[u + 1] - unit_start[u]
    for k in order:
        a, b = cluster[unit_of[left[k]]], cluster[unit_of[right[k]]]
        if a == b:
            continue
        if size[a] < size[b]:
            a, b = b, a
        together, twins, barred = 0.0, 0, False
        v = b
        while v >= 0:
            for r in range(unit_start[v], unit_start[v + 1]):
                i = unit_records[r]
                for e in range(start[i], start[i + 1]):
                    if cluster[unit_of[other[e]]] == a:
                        together += p[edge[e]]
                        barred = barred or log_odds[edge[e]] <= NEVER / 2
                        twins += list_of[i] == list_of[other[e]] and p[edge[e]] > at
            v = after[v]
        if (
            barred
            or together <= at * size[a] * size[b]
            or _twins(a, b, list_of, unit_start, unit_records, after) > twins
        ):
            continue
        v = b
        while v >= 0:
            cluster[v] = a
            v = after[v]
        after[tail[a]] = b
        tail[a] = tail[b]
        size[a] += size[b]
    return cluster


@njit(cache=True)
def _twins(a: int, b: int, list_of: Any, unit_start: Any, unit_records: Any, after: Any) -> int:
    found = 0
    v = b
    while v >= 0:
        w = a
        while w >= 0:
            for r in range(unit_start[v], unit_start[v + 1]):
                for q in range(unit_start[w], unit_start[w + 1]):
                    found += list_of[unit_records[r]] == list_of[unit_records[q]]
            w = after[w]
        v = after[v]
    return found
