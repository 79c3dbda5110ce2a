"""The compiled part of the latent-class sampler: tempered Hamiltonian moves on the marginal likelihood.

Replicas move in lock-step, eight to a block (:mod:`willakuy.estimation.lanes`), the replica ("lane") index last in every
array. Nothing here knows about individuals or about the 2^J possible patterns: work grows with classes × the
nodes of a tree in which patterns that begin with the same lists share their beginning.

Method: docs/method/estimation.md, "Latent classes".
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from willakuy.estimation.lanes import LANES, exp, least, load, log, most, one_minus_exp, splat, store, where
from willakuy.estimation.latent_moves import EDGE, trade_places

TINY = 1e-290
BETA, A, B, PULL = 0, 1, 2, 3
"""Rows of a rung: the likelihood's power, the Gamma prior of α, and the strength of the pull to the lists' own rates."""
LL, LP, STICKS, PULLED, FURTHEST, ETA = 0, 1, 2, 3, 4, 5
"""Rows of a density: log-likelihood, log-prior but for the concentration, Σ s_k, the pull, the largest coordinate, log π_0/(1-π_0)."""


@njit(forceinline=True, error_model="numpy")
def workspace(n_lists: int, n_classes: int, n_nodes: int) -> Any:
    kj = n_lists * n_classes
    return (
        np.empty((kj, LANES)),  # odds of capture
        np.empty((kj, LANES)),  # probability of capture
        np.empty((n_classes, LANES)),  # q_0k, the chance that no list sees one of class k
        np.empty((n_classes, LANES)),  # T_k, people in class k
        np.empty((n_nodes * n_classes, LANES)),  # ρ_mk of every node
        np.empty((n_nodes * n_classes, LANES)),  # what the patterns below a node add up to
        np.empty((n_nodes, LANES)),  # π_m
        np.empty((2 * n_classes, LANES)),  # s_k, then s_k(1-V_k)/V_k
        np.empty((3, LANES)),  # 1 - π_0, log π_0/(1-π_0), slope of the lift there
    )


@njit(inline="always", error_model="numpy")
def lifted(lift: Any, at: int, eta: float) -> tuple[float, float]:
    """The lift of rung ``at`` at ``eta``, and its slope; ``lift``: (curves (T, G), where they begin, width of a step)."""
    curves, low, width = lift
    place = min(max((eta - low) / width, 0.0), curves.shape[1] - 1.000001)
    i = int(place)
    rise = curves[at, i + 1] - curves[at, i]
    return curves[at, i] + rise * (place - i), rise / width


@njit(forceinline=True, error_model="numpy")
def _shares(x: Any, work: Any, rung: Any, lift: Any, temp: Any, n_lists: int, n: float) -> None:
    """Odds, capture probabilities, q_0k, sticks, the root's ρ_0k, 1-π_0, and T_k as far as the unseen go.

    The lift pulls at the unseen as so many more or fewer of them would.
    """
    odds, lam, q0, total, rho, _, _, stick, seen = work
    n_classes = q0.shape[0]
    last = n_classes - 1
    kj = n_classes * n_lists
    for k in range(n_classes):
        q = splat(1.0)
        for j in range(n_lists):
            o = exp(most(least(load(x, k * n_lists + j), EDGE), -EDGE))
            d = 1.0 / (o + 1.0)
            store(odds, k * n_lists + j, o)
            store(lam, k * n_lists + j, o * d)
            q = q * d
        store(q0, k, q)
    left, found, missed = splat(1.0), splat(0.0), splat(TINY)
    for k in range(n_classes):
        share = left
        if k < last:
            s = exp(most(least(load(x, kj + k), EDGE), -EDGE))
            v = one_minus_exp(least(s, 100.0))
            after = most(1.0 - v, 1e-44)
            store(stick, k, s)
            store(stick, last + k, s * after / v)
            share = left * v
            left = left * after
        q = load(q0, k)
        found = found + share * (1.0 - q)
        missed = missed + share * q
        store(rho, k, share * q)
    found = most(found, TINY)
    store(seen, 0, found)
    store(seen, 1, log(missed / found))
    for lane in range(LANES):
        seen[2, lane] = lifted(lift, temp[lane], seen[1, lane])[1]
    unseen = (load(seen, 2) / (load(rung, BETA) * missed) + n) / found
    for k in range(n_classes):
        store(total, k, load(rho, k) * unseen)


@njit(forceinline=True, error_model="numpy")
def _patterns(g: Any, work: Any, tree: Any, n_lists: int) -> None:
    """π_m down the tree; then, up it, Σ_m r_mk x_mj into ``g`` and Σ_m r_mk added to T_k."""
    odds, _, q0, total, rho, below, pi, _, _ = work
    parent, mark, counts, is_leaf, is_last = tree
    n_classes = q0.shape[0]
    for node in range(1, counts.shape[0]):
        up, at, j = parent[node] * n_classes, node * n_classes, mark[node]
        whole = splat(TINY)
        for k in range(n_classes):
            v = load(rho, up + k) * load(odds, k * n_lists + j)
            store(rho, at + k, v)
            whole = whole + v
        store(pi, node, whole)
    for i in range(n_classes * n_lists):
        store(g, i, splat(0.0))
    for back in range(1, counts.shape[0]):
        node = counts.shape[0] - back
        up, at, j = parent[node] * n_classes, node * n_classes, mark[node]
        weight = counts[node] / load(pi, node)
        for k in range(n_classes):
            i = k * n_lists + j
            v = load(rho, at + k) * weight
            if not is_leaf[node]:
                v = v + load(below, at + k)
            store(g, i, load(g, i) + v)
            if not is_last[node]:
                v = v + load(below, up + k)
            store(below, up + k, v)
    for k in range(n_classes):
        store(total, k, load(total, k) + load(below, k))


@njit(error_model="numpy")
def gradient(
    x: Any, g: Any, work: Any, rung: Any, lift: Any, temp: Any, tree: Any, n: float, n_lists: int, prior: Any,
    margin: Any,
) -> None:  # fmt: skip
    """Gradient of β·log-likelihood + log-prior + lift for a block of lanes; leaves π_m, 1-π_0, T_k and q_0k in ``work``.

    ``x``: (P, LANES), P = K·J + K-1: logit λ_kj in rows k·J+j, then log s_k with 1-V_k = exp(-s_k).
    ``work``: the tuple of :func:`workspace`. ``rung``: (4, LANES). ``lift``: see :func:`lifted`. ``tree``: parent, list and count of every node,
    parents first and children in a row after them, whether it has no children, and whether it is its parent's last. ``prior``: (a_λ, b_λ).
    """
    _, lam, q0, total, _, _, _, stick, _ = work
    n_classes = q0.shape[0]
    last = n_classes - 1
    kj = n_classes * n_lists
    _shares(x, work, rung, lift, temp, n_lists, n)
    _patterns(g, work, tree, n_lists)
    beta, pull = load(rung, BETA), load(rung, PULL)
    weight = pull + (prior[0] + prior[1])
    for k in range(n_classes):
        people = load(total, k) * beta + weight
        for j in range(n_lists):
            i = k * n_lists + j
            store(g, i, beta * load(g, i) + (pull * margin[j] + prior[0]) - people * load(lam, i))
    rate = load(rung, B)
    for k in range(last):
        rate = rate + load(stick, k)
    spread = (load(rung, A) + float(last)) / rate
    later = splat(0.0)
    for back in range(last):
        k = last - 1 - back
        later = later + load(total, k + 1)
        s = load(stick, k)
        slope = load(total, k) * load(stick, last + k) - later * least(s, 100.0)
        store(g, kj + k, beta * slope + 1.0 - spread * s)


@njit(error_model="numpy")
def densities(x: Any, work: Any, tree: Any, n: float, n_lists: int, prior: Any, margin: Any, parts: Any) -> None:
    """Fill ``parts`` (6, LANES) from ``x`` and what :func:`gradient` left in ``work``."""
    _, _, q0, _, _, _, pi, stick, seen = work
    counts = tree[2]
    n_classes = q0.shape[0]
    ll = log(load(seen, 0)) * -n
    for node in range(1, counts.shape[0]):
        if counts[node] > 0:
            ll = ll + log(load(pi, node)) * counts[node]
    lp, sticks, pulled, furthest = splat(0.0), splat(0.0), splat(0.0), splat(0.0)
    for k in range(n_classes):
        for j in range(n_lists):
            v = load(x, k * n_lists + j)
            pulled = pulled + v * margin[j]
            lp = lp + v * prior[0]
            furthest = most(furthest, most(v, 0.0 - v))
        unseen = log(most(load(q0, k), 1e-300))
        lp = lp + unseen * (prior[0] + prior[1])
        pulled = pulled + unseen
    for k in range(n_classes - 1):
        v = load(x, n_classes * n_lists + k)
        lp = lp + v
        sticks = sticks + load(stick, k)
        furthest = most(furthest, most(v, 0.0 - v))
    store(parts, LL, ll)
    store(parts, LP, lp)
    store(parts, STICKS, sticks)
    store(parts, PULLED, pulled)
    store(parts, FURTHEST, furthest)
    store(parts, ETA, load(seen, 1))


@njit(inline="always", error_model="numpy")
def tempered(beta: float, a: float, b: float, pull: float, ll: float, sticks: float, pulled: float, n: int) -> float:
    """What of the log-density differs between rungs: β·log L, the pull, and α integrated over its Gamma(a, b).

    ``n``: the number of classes.
    """
    return float(beta * ll - (a + n - 1) * math.log(b + sticks) + pull * pulled)


@njit(forceinline=True, error_model="numpy")
def _energy(parts: Any, rung: Any, lift: Any, temp: Any, n_classes: int) -> Any:
    """Log-density of a block of lanes, each on its own rung; a large negative number beyond :data:`EDGE`."""
    h = load(rung, BETA) * load(parts, LL) + load(parts, LP) + load(rung, PULL) * load(parts, PULLED)
    h = h - (load(rung, A) + float(n_classes - 1)) * log(load(rung, B) + load(parts, STICKS))
    height = np.empty((1, LANES))
    for lane in range(LANES):
        height[0, lane] = lifted(lift, temp[lane], parts[ETA, lane])[0]
    return where(load(parts, FURTHEST) - EDGE, splat(-1e300), h + load(height, 0))


@njit(error_model="numpy")
def curvature(work: Any, rung: Any, n_lists: int, prior: Any, temp: Any, curved: Any) -> None:
    """Add each lane's complete-data information of every coordinate to ``curved[:, its rung]``.

    It bounds the curvature of the tempered posterior from above wherever labels are uncertain, so that steps scaled
    by its mean are stable; sample variances would be inflated by classes that change places.
    """
    _, lam, q0, total, _, _, _, stick, _ = work
    n_classes = q0.shape[0]
    for lane in range(LANES):
        beta, at = rung[BETA, lane], temp[lane]
        ab = prior[0] + prior[1] + rung[PULL, lane]
        after = 0.0
        for back in range(n_classes):
            k = n_classes - 1 - back
            if k < n_classes - 1:
                s = min(stick[k, lane], 100.0)
                v = -math.expm1(-s)
                people = max(total[k, lane] + after, 0.0)
                curved[n_classes * n_lists + k, at] += beta * people * s * s * (1.0 - v) / v + 1.0
            after += total[k, lane]
            for j in range(n_lists):
                p = lam[k * n_lists + j, lane]
                curved[k * n_lists + j, at] += (beta * max(total[k, lane], 0.0) + ab) * p * (1.0 - p)


@njit(error_model="numpy")
def leapfrog(
    x: Any, y: Any, momentum: Any, stride: Any, g: Any, work: Any, rung: Any, lift: Any, temp: Any, hops: int,
    tree: Any, n: float, n_lists: int, prior: Any, margin: Any,
) -> Any:  # fmt: skip
    """``hops`` steps from ``x`` to ``y``, with the gradient of ``x`` in ``g``; returns the kinetic energy at the end."""
    n_par = x.shape[0]
    for i in range(n_par):
        store(y, i, load(x, i))
    for hop in range(hops):
        half = 0.5 if hop == 0 else 1.0
        for i in range(n_par):
            step = load(stride, i)
            p = load(momentum, i) + step * load(g, i) * half
            store(momentum, i, p)
            store(y, i, load(y, i) + step * p)
        gradient(y, g, work, rung, lift, temp, tree, n, n_lists, prior, margin)
    kinetic = splat(0.0)
    for i in range(n_par):
        p = load(momentum, i) + load(stride, i) * load(g, i) * 0.5
        kinetic = kinetic + p * p * 0.5
    return kinetic


@njit(cache=True, error_model="numpy", nogil=True)
def run_scans(
    x: Any, temp: Any, chain: Any, rungs: Any, lift: Any, eps: Any, scales: Any, leaps: Any, momenta: Any, unis: Any, swaps: Any,
    picks: Any, margin: Any, tree: Any, n_lists: int, n_classes: int, prior: Any, trace: Any, visited: Any,
    accepted: Any, rejected: Any, curved: Any, first_parity: int,
) -> None:  # fmt: skip
    """Advance every replica by ``len(leaps)`` scans, each one Hamiltonian move and one round of swaps.

    x (B, P, W) states · temp, chain (B, W) rung and chain of each lane · rungs (4, T) · lift as in :func:`lifted` · eps (T,) and scales (P, T) step
    sizes by rung · momenta (S, B, P, W) standard normal, used up · unis (S, B, W, 2), swaps (S, C, T) and picks (S, B,
    W, trades, 3) uniforms · margin (J,) what rows are pulled to.
    Writes trace (S, C, T) of 1-π_0 by rung, visited (S, B, W), acceptance by rung and swap rejection by pair (both
    summed), and curvature summed by coordinate and rung unless ``curved`` is empty.
    """
    n_blocks, n_par, width = x.shape
    n_rungs, n_chains = eps.shape[0], swaps.shape[1]
    n = tree[2].sum()
    work = workspace(n_lists, n_classes, tree[2].shape[0])
    g, y, stride = np.empty((n_par, LANES)), np.empty((n_par, LANES)), np.empty((n_par, LANES))
    rung, parts, fresh = np.empty((4, LANES)), np.empty((6, LANES)), np.empty((6, LANES))
    change, taken, found = np.empty((1, LANES)), np.empty((1, LANES)), np.empty((1, LANES))
    states, seen = np.empty((n_blocks, 6, width)), np.empty((n_blocks, width))
    where_is = np.empty((n_chains, n_rungs, 2), np.int64)
    for s in range(leaps.shape[0]):
        for b in range(n_blocks):
            for lane in range(LANES):
                at = temp[b, lane]
                rung[:, lane] = rungs[:, at]
                step = eps[at] * (0.7 + 0.6 * unis[s, b, lane, 1])
                for i in range(n_par):
                    stride[i, lane] = step * scales[i, at]
                if n_classes > 1:
                    trade_places(x[b], lane, rung[A, lane], rung[B, lane], n_lists, n_classes, picks[s, b, lane])
            gradient(x[b], g, work, rung, lift, temp[b], tree, n, n_lists, prior, margin)
            densities(x[b], work, tree, n, n_lists, prior, margin, parts)
            if curved.shape[0] > 0:
                curvature(work, rung, n_lists, prior, temp[b], curved)
            store(found, 0, load(work[8], 0))
            kinetic = splat(0.0)
            for i in range(n_par):
                p = load(momenta[s, b], i)
                kinetic = kinetic + p * p * 0.5
            before = _energy(parts, rung, lift, temp[b], n_classes) - kinetic
            kinetic = leapfrog(
                x[b], y, momenta[s, b], stride, g, work, rung, lift, temp[b], leaps[s], tree, n, n_lists, prior, margin
            )
            densities(y, work, tree, n, n_lists, prior, margin, fresh)
            store(change, 0, _energy(fresh, rung, lift, temp[b], n_classes) - kinetic - before)
            for lane in range(LANES):
                a = change[0, lane] if change[0, lane] > -1e290 else -1e290
                accepted[temp[b, lane]] += math.exp(min(0.0, a))
                taken[0, lane] = 1.0 if math.log(unis[s, b, lane, 0]) < a else 0.0
            yes = load(taken, 0)
            for i in range(n_par):
                store(x[b], i, where(yes, load(y, i), load(x[b], i)))
            for i in range(6):
                store(states[b], i, where(yes, load(fresh, i), load(parts, i)))
            store(found, 0, where(yes, load(work[8], 0), load(found, 0)))
            seen[b] = found[0]
            for lane in range(LANES):
                where_is[chain[b, lane], temp[b, lane], 0] = b
                where_is[chain[b, lane], temp[b, lane], 1] = lane
        for c in range(n_chains):
            _swap(c, (s + first_parity) % 2, where_is, temp, rungs, lift, states, swaps[s], rejected, n_classes)
        for b in range(n_blocks):
            for lane in range(LANES):
                visited[s, b, lane] = temp[b, lane]
                trace[s, chain[b, lane], temp[b, lane]] = seen[b, lane]


@njit(error_model="numpy")
def _swap(
    c: int,
    first: int,
    where_is: Any,
    temp: Any,
    rungs: Any,
    lift: Any,
    states: Any,
    swaps: Any,
    rejected: Any,
    n_classes: int,
) -> None:
    """Neighbours of one parity in chain ``c`` change rungs, or do not."""
    for t in range(first, rungs.shape[1] - 1, 2):
        b0, l0 = where_is[c, t]
        b1, l1 = where_is[c, t + 1]
        a = 0.0
        for at, sign in ((t, 1.0), (t + 1, -1.0)):
            beta, conc_a, conc_b, pull = rungs[BETA, at], rungs[A, at], rungs[B, at], rungs[PULL, at]
            here, there = states[b1, :, l1], states[b0, :, l0]
            a += sign * tempered(beta, conc_a, conc_b, pull, here[LL], here[STICKS], here[PULLED], n_classes)
            a -= sign * tempered(beta, conc_a, conc_b, pull, there[LL], there[STICKS], there[PULLED], n_classes)
            a += sign * (lifted(lift, at, here[ETA])[0] - lifted(lift, at, there[ETA])[0])
        rejected[t] += 1.0 - math.exp(min(0.0, a))
        if math.log(swaps[c, t]) < a:
            temp[b0, l0] = t + 1
            temp[b1, l1] = t
