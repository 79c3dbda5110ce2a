"""The compiled part of the latent-class sampler: tempered Hamiltonian moves on the marginal likelihood.

All replicas move in lock-step, the replica ("lane") index last in every array, so that the compiler turns each
inner loop into vector instructions. Nothing here knows about individuals or about the
2^J possible patterns: work grows with observed patterns × classes × lists marked per pattern.

Method: docs/method/estimation.md, "Latent classes".
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from willakuy.estimation.latent_moves import EDGE, trade_places

_FLAGS = {"contract", "reassoc", "nsz", "arcp"}


@njit(inline="always", fastmath=_FLAGS, error_model="numpy")
def _exp(x: float) -> float:
    """e^x for |x| <= 38 to 1e-13 relative, without branches or tables, so that it vectorises."""
    y = x * (1.0 / 1024.0)
    p = 1.0 + y * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720 + y * (1 / 5040 + y / 40320))))))
    r = 1.0 + y * p
    r *= r
    r *= r
    r *= r
    r *= r
    r *= r
    r *= r
    r *= r
    r *= r
    r *= r
    return r * r


@njit(inline="always", fastmath=_FLAGS, error_model="numpy")
def _one_minus_exp(s: float) -> float:
    """1 - e^-s for 0 <= s <= 100, accurate for small s."""
    y = -s * (1.0 / 1024.0)
    p = y * (
        1.0 + y * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720 + y * (1 / 5040 + y / 40320))))))
    )
    for _ in range(10):
        p = p * (2.0 + p)
    return -p


@njit(forceinline=True, fastmath=_FLAGS, error_model="numpy")
def gradient(
    x: Any,
    g: Any,
    work: Any,
    beta: Any,
    starts: Any,
    marks: Any,
    counts: Any,
    n: float,
    n_lists: int,
    prior: Any,
    conc: Any,
    margin: Any,
) -> None:
    """Gradient of β·log-likelihood + log-prior for all lanes; leaves π_m, 1-π_0, T_k and q_0k in ``work``.

    ``x``: (P, W), P = K·J + K-1: logit λ_kj in rows k·J+j, then log s_k with 1-V_k = exp(-s_k).
    ``work``: the tuple of :func:`workspace`. ``prior``: (a_λ, b_λ, a_α, b_α).
    """
    odds, lam, q0, rho0, total, r, pi, unseen, stick = work
    n_classes = rho0.shape[0]
    width = x.shape[1]
    last = n_classes - 1
    kj = n_classes * n_lists
    for k in range(n_classes):
        for lane in range(width):
            q0[k, lane] = 1.0
        for j in range(n_lists):
            i = k * n_lists + j
            for lane in range(width):
                o = _exp(min(max(x[i, lane], -EDGE), EDGE))
                d = 1.0 / (1.0 + o)
                odds[i, lane] = o
                lam[i, lane] = o * d
                q0[k, lane] *= d
    for lane in range(width):
        unseen[0, lane] = 1.0
        unseen[1, lane] = 0.0
    for k in range(last):
        for lane in range(width):
            s = _exp(min(max(x[kj + k, lane], -EDGE), EDGE))
            c = min(s, 100.0)
            v = _one_minus_exp(c)
            left = max(1.0 - v, 1e-44)
            rho0[k, lane] = unseen[0, lane] * v
            unseen[0, lane] *= left
            stick[k, lane] = s
            stick[last + k, lane] = s * left / v
    for lane in range(width):
        rho0[last, lane] = unseen[0, lane]
        unseen[0, lane] = 0.0
    for k in range(n_classes):
        for lane in range(width):
            unseen[1, lane] += rho0[k, lane] * (1.0 - q0[k, lane])
            rho0[k, lane] *= q0[k, lane]
    for lane in range(width):
        unseen[1, lane] = max(unseen[1, lane], 1e-290)
    for k in range(n_classes):
        for lane in range(width):
            total[k, lane] = rho0[k, lane] * (n / unseen[1, lane])
    for i in range(kj):
        for lane in range(width):
            g[i, lane] = 0.0
    for m in range(counts.shape[0]):
        for lane in range(width):
            unseen[2, lane] = 1e-290
        first, end = starts[m], starts[m + 1]
        for k in range(n_classes):
            for lane in range(width):
                r[k, lane] = rho0[k, lane]
            for t in range(first, end):
                i = k * n_lists + marks[t]
                for lane in range(width):
                    r[k, lane] *= odds[i, lane]
            for lane in range(width):
                unseen[2, lane] += r[k, lane]
        count = counts[m]
        for lane in range(width):
            pi[m, lane] = unseen[2, lane]
            unseen[2, lane] = count / unseen[2, lane]
        for k in range(n_classes):
            for lane in range(width):
                r[k, lane] *= unseen[2, lane]
                total[k, lane] += r[k, lane]
            for t in range(first, end):
                i = k * n_lists + marks[t]
                for lane in range(width):
                    g[i, lane] += r[k, lane]
    a_lam, b_lam = prior
    ab = a_lam + b_lam
    for k in range(n_classes):
        for j in range(n_lists):
            i = k * n_lists + j
            for lane in range(width):
                p = lam[i, lane]
                pinned = conc[2, lane]
                g[i, lane] = (
                    beta[lane] * (g[i, lane] - total[k, lane] * p) + a_lam + pinned * margin[j] - (ab + pinned) * p
                )
    for lane in range(width):
        unseen[0, lane] = conc[1, lane]
        unseen[2, lane] = 0.0
    for k in range(last):
        for lane in range(width):
            unseen[0, lane] += stick[k, lane]
    for back in range(last):
        k = last - 1 - back
        for lane in range(width):
            unseen[2, lane] += total[k + 1, lane]
            s = stick[k, lane]
            fall = min(s, 100.0) if s < 100.0 else 0.0
            lik = total[k, lane] * stick[last + k, lane] - unseen[2, lane] * fall
            g[kj + k, lane] = beta[lane] * lik + 1.0 - (conc[0, lane] + last) * s / unseen[0, lane]


@njit(forceinline=True, error_model="numpy")
def workspace(n_lists: int, n_classes: int, n_patterns: int, width: int) -> Any:
    kj = n_lists * n_classes
    return (
        np.empty((kj, width)),
        np.empty((kj, width)),
        np.empty((n_classes, width)),
        np.empty((n_classes, width)),
        np.empty((n_classes, width)),
        np.empty((n_classes, width)),
        np.empty((n_patterns, width)),
        np.empty((3, width)),
        np.empty((2 * n_classes, width)),
    )


@njit(forceinline=True, error_model="numpy")
def densities(
    x: Any, work: Any, counts: Any, n: float, n_lists: int, prior: Any, margin: Any, lane: int
) -> tuple[float, float, float, float]:
    """(log-likelihood, log-prior but for the concentration, Σ s_k) of one lane, from what :func:`gradient` left."""
    _, _, q0, rho0, _, _, pi, unseen, stick = work
    n_classes = rho0.shape[0]
    kj = n_lists * n_classes
    ll = -n * math.log(unseen[1, lane])
    for m in range(counts.shape[0]):
        ll += counts[m] * math.log(pi[m, lane])
    a_lam, b_lam = prior
    lp = 0.0
    sticks = 0.0
    pulled = 0.0
    for i in range(kj):
        pulled += margin[i % n_lists] * x[i, lane]
        if abs(x[i, lane]) > EDGE:
            return ll, -np.inf, 0.0, 0.0
        lp += a_lam * x[i, lane]
    for k in range(n_classes):
        lp += (a_lam + b_lam) * math.log(max(q0[k, lane], 1e-300))
        pulled += math.log(max(q0[k, lane], 1e-300))
    for k in range(n_classes - 1):
        if abs(x[kj + k, lane]) > EDGE:
            return ll, -np.inf, 0.0, 0.0
        lp += x[kj + k, lane]
        sticks += stick[k, lane]
    return ll, lp, sticks, pulled


@njit(inline="always", error_model="numpy")
def tempered(conc: Any, at: int, beta: float, ll: float, sticks: float, pulled: float, n_classes: int) -> float:
    """What of the log-density differs between rungs: β·log L, and α integrated over its Gamma(a, b)."""
    return float(beta * ll - (conc[0, at] + n_classes - 1) * math.log(conc[1, at] + sticks) + conc[2, at] * pulled)


@njit(forceinline=True, error_model="numpy")
def curvature(
    work: Any, beta: float, n_lists: int, prior: Any, pinned: float, curved: Any, rung: int, lane: int
) -> None:
    """Add this lane's complete-data information of every coordinate to ``curved[:, rung]``.

    It bounds the curvature of the tempered posterior from above wherever labels are uncertain, so that steps scaled
    by its mean are stable; sample variances would be inflated by classes that change places.
    """
    _, lam, _, _, total, _, _, _, stick = work
    n_classes = total.shape[0]
    ab = prior[0] + prior[1] + pinned
    after = 0.0
    for back in range(n_classes):
        k = n_classes - 1 - back
        if k < n_classes - 1:
            s = min(stick[k, lane], 100.0)
            v = _one_minus_exp(s)
            curved[n_classes * n_lists + k, rung] += beta * (total[k, lane] + after) * s * s * (1.0 - v) / v + 1.0
        after += total[k, lane]
        for j in range(n_lists):
            p = lam[k * n_lists + j, lane]
            curved[k * n_lists + j, rung] += (beta * total[k, lane] + ab) * p * (1.0 - p)


@njit(cache=True, error_model="numpy", nogil=True, fastmath={"contract"})
def run_scans(
    x: Any,
    temp: Any,
    chain: Any,
    betas: Any,
    concs: Any,
    eps: Any,
    scales: Any,
    leaps: Any,
    normals: Any,
    unis: Any,
    swaps: Any,
    rng: Any,
    trades: int,
    margin: Any,
    starts: Any,
    marks: Any,
    counts: Any,
    n_lists: int,
    n_classes: int,
    prior: Any,
    loglik: Any,
    seen: Any,
    trace: Any,
    rungs: Any,
    accepted: Any,
    rejected: Any,
    curved: Any,
    first_parity: int,
) -> None:
    """Advance every replica by ``len(leaps)`` scans, each one Hamiltonian move and one round of swaps.

    x (B, P, W) states · temp (B, W) rung of each lane · chain (B, W) · betas, eps (T,), concs (3, T) and scales (P, T)
    by rung · normals (S, B, P, W) · unis (S, B, W, 2) · swaps (S, C, T) uniforms · margin (J,) what rows are pulled to.
    Writes loglik, seen = 1-π_0 (B, W), trace (S, C, T) of 1-π_0 by rung, rungs (S, B, W), acceptance by rung and
    swap rejection by pair (both summed).
    """
    n_scans, n_blocks = normals.shape[0], x.shape[0]
    n_par = x.shape[1]
    width = x.shape[2]
    n_rungs = betas.shape[0]
    n_chains = swaps.shape[1]
    n = 0.0
    for m in range(counts.shape[0]):
        n += counts[m]
    work = workspace(n_lists, n_classes, counts.shape[0], width)
    g = np.empty((n_par, width))
    y = np.empty((n_par, width))
    p = np.empty((n_par, width))
    stride = np.empty((n_par, width))
    beta = np.empty(width)
    conc = np.empty((3, width))
    stuck = np.empty((n_blocks, width))
    pulls = np.empty((n_blocks, width))
    step = np.empty(width)
    h0 = np.empty(width)
    where = np.empty((n_chains, n_rungs, 2), np.int64)
    for s in range(n_scans):
        for b in range(n_blocks):
            for lane in range(width):
                beta[lane] = betas[temp[b, lane]]
                conc[:, lane] = concs[:, temp[b, lane]]
                step[lane] = eps[temp[b, lane]] * (0.7 + 0.6 * unis[s, b, lane, 1])
            if n_classes > 1:
                for lane in range(width):
                    for _ in range(trades):
                        k = int(rng.random() * n_classes)
                        other = (k + 1 + int(rng.random() * (n_classes - 1))) % n_classes
                        trade_places(
                            x[b],
                            lane,
                            k,
                            other,
                            conc[0, lane],
                            conc[1, lane],
                            n_lists,
                            n_classes,
                            math.log(rng.random()),
                        )
            gradient(x[b], g, work, beta, starts, marks, counts, n, n_lists, prior, conc, margin)
            for lane in range(width):
                ll, lp, sticks, pulled = densities(x[b], work, counts, n, n_lists, prior, margin, lane)
                loglik[b, lane] = ll
                stuck[b, lane] = sticks
                pulls[b, lane] = pulled
                seen[b, lane] = work[7][1, lane]
                curvature(work, beta[lane], n_lists, prior, conc[2, lane], curved, temp[b, lane], lane)
                h = tempered(conc, lane, beta[lane], ll, sticks, pulled, n_classes) + lp
                for i in range(n_par):
                    h -= 0.5 * normals[s, b, i, lane] ** 2
                h0[lane] = h
            for i in range(n_par):
                for lane in range(width):
                    p[i, lane] = normals[s, b, i, lane]
                    y[i, lane] = x[b, i, lane]
                    stride[i, lane] = step[lane] * scales[i, temp[b, lane]]
            for hop in range(leaps[s]):
                half = 0.5 if hop == 0 else 1.0
                for i in range(n_par):
                    for lane in range(width):
                        p[i, lane] += half * stride[i, lane] * g[i, lane]
                        y[i, lane] += stride[i, lane] * p[i, lane]
                gradient(y, g, work, beta, starts, marks, counts, n, n_lists, prior, conc, margin)
            for lane in range(width):
                ll, lp, sticks, pulled = densities(y, work, counts, n, n_lists, prior, margin, lane)
                h = tempered(conc, lane, beta[lane], ll, sticks, pulled, n_classes) + lp
                for i in range(n_par):
                    q = p[i, lane] + 0.5 * stride[i, lane] * g[i, lane]
                    h -= 0.5 * q * q
                a = h - h0[lane]
                if not a > -1e300:
                    a = -1e300
                accepted[temp[b, lane]] += math.exp(min(0.0, a))
                if math.log(unis[s, b, lane, 0]) < a:
                    for i in range(n_par):
                        x[b, i, lane] = y[i, lane]
                    loglik[b, lane] = ll
                    stuck[b, lane] = sticks
                    pulls[b, lane] = pulled
                    seen[b, lane] = work[7][1, lane]
        for b in range(n_blocks):
            for lane in range(width):
                c, t = chain[b, lane], temp[b, lane]
                where[c, t, 0] = b
                where[c, t, 1] = lane
        for c in range(n_chains):
            t = (s + first_parity) % 2
            while t + 1 < n_rungs:
                b0, l0 = where[c, t, 0], where[c, t, 1]
                b1, l1 = where[c, t + 1, 0], where[c, t + 1, 1]
                a = 0.0
                for rung, sign in ((t, 1.0), (t + 1, -1.0)):
                    here = tempered(concs, rung, betas[rung], loglik[b1, l1], stuck[b1, l1], pulls[b1, l1], n_classes)
                    there = tempered(concs, rung, betas[rung], loglik[b0, l0], stuck[b0, l0], pulls[b0, l0], n_classes)
                    a += sign * (here - there)
                rejected[t] += 1.0 - math.exp(min(0.0, a))
                if math.log(swaps[s, c, t]) < a:
                    temp[b0, l0] = t + 1
                    temp[b1, l1] = t
                t += 2
        for b in range(n_blocks):
            for lane in range(width):
                rungs[s, b, lane] = temp[b, lane]
                trace[s, chain[b, lane], temp[b, lane]] = seen[b, lane]
