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

_EDGE = 38.0
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


@njit(cache=True, fastmath=_FLAGS, error_model="numpy")
def gradient(
    x: Any, g: Any, work: Any, beta: Any, starts: Any, marks: Any, counts: Any, n: float, n_lists: int, prior: Any
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
                o = _exp(min(max(x[i, lane], -_EDGE), _EDGE))
                d = 1.0 / (1.0 + o)
                odds[i, lane] = o
                lam[i, lane] = o * d
                q0[k, lane] *= d
    for lane in range(width):
        unseen[0, lane] = 1.0
        unseen[1, lane] = 0.0
    for k in range(last):
        for lane in range(width):
            s = _exp(min(max(x[kj + k, lane], -_EDGE), _EDGE))
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
    a_lam, b_lam, a_alpha, b_alpha = prior
    ab = a_lam + b_lam
    for k in range(n_classes):
        for j in range(n_lists):
            i = k * n_lists + j
            for lane in range(width):
                p = lam[i, lane]
                g[i, lane] = beta[lane] * (g[i, lane] - total[k, lane] * p) + a_lam - ab * p
    for lane in range(width):
        unseen[0, lane] = b_alpha
        unseen[2, lane] = 0.0
    for k in range(last):
        for lane in range(width):
            unseen[0, lane] += stick[k, lane]
    shape = a_alpha + last
    for back in range(last):
        k = last - 1 - back
        for lane in range(width):
            unseen[2, lane] += total[k + 1, lane]
            s = stick[k, lane]
            fall = min(s, 100.0) if s < 100.0 else 0.0
            lik = total[k, lane] * stick[last + k, lane] - unseen[2, lane] * fall
            g[kj + k, lane] = beta[lane] * lik + 1.0 - shape * s / unseen[0, lane]


@njit(cache=True, error_model="numpy")
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


@njit(cache=True, error_model="numpy")
def densities(x: Any, work: Any, counts: Any, n: float, n_lists: int, prior: Any, lane: int) -> tuple[float, float]:
    """(log-likelihood, log-prior) of one lane, from what :func:`gradient` left in ``work``."""
    _, _, q0, rho0, _, _, pi, unseen, stick = work
    n_classes = rho0.shape[0]
    kj = n_lists * n_classes
    ll = -n * math.log(unseen[1, lane])
    for m in range(counts.shape[0]):
        ll += counts[m] * math.log(pi[m, lane])
    a_lam, b_lam, a_alpha, b_alpha = prior
    lp = 0.0
    for i in range(kj):
        if abs(x[i, lane]) > _EDGE:
            return ll, -np.inf
        lp += a_lam * x[i, lane]
    for k in range(n_classes):
        lp += (a_lam + b_lam) * math.log(max(q0[k, lane], 1e-300))
    s = b_alpha
    for k in range(n_classes - 1):
        if abs(x[kj + k, lane]) > _EDGE:
            return ll, -np.inf
        lp += x[kj + k, lane]
        s += stick[k, lane]
    lp -= (a_alpha + n_classes - 1) * math.log(s)
    return ll, lp


@njit(cache=True, error_model="numpy", nogil=True, fastmath={"contract"})
def run_scans(
    x: Any,
    temp: Any,
    chain: Any,
    betas: Any,
    eps: Any,
    leaps: Any,
    normals: Any,
    unis: Any,
    swaps: Any,
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
    first_parity: int,
) -> None:
    """Advance every replica by ``len(leaps)`` scans, each one Hamiltonian move and one round of swaps.

    x (B, P, W) states · temp (B, W) rung of each lane · chain (B, W) · betas, eps (T,) by rung · normals
    (S, B, P, W) · unis (S, B, W, 2) · swaps (S, C, T) uniforms.
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
    beta = np.empty(width)
    step = np.empty(width)
    h0 = np.empty(width)
    where = np.empty((n_chains, n_rungs, 2), np.int64)
    for s in range(n_scans):
        for b in range(n_blocks):
            for lane in range(width):
                beta[lane] = betas[temp[b, lane]]
                step[lane] = eps[temp[b, lane]] * (0.7 + 0.6 * unis[s, b, lane, 1])
            gradient(x[b], g, work, beta, starts, marks, counts, n, n_lists, prior)
            for lane in range(width):
                ll, lp = densities(x[b], work, counts, n, n_lists, prior, lane)
                loglik[b, lane] = ll
                seen[b, lane] = work[7][1, lane]
                h = beta[lane] * ll + lp
                for i in range(n_par):
                    h -= 0.5 * normals[s, b, i, lane] ** 2
                h0[lane] = h
            for i in range(n_par):
                for lane in range(width):
                    p[i, lane] = normals[s, b, i, lane]
                    y[i, lane] = x[b, i, lane]
            for hop in range(leaps[s]):
                for i in range(n_par):
                    for lane in range(width):
                        p[i, lane] += (0.5 if hop == 0 else 1.0) * step[lane] * g[i, lane]
                        y[i, lane] += step[lane] * p[i, lane]
                gradient(y, g, work, beta, starts, marks, counts, n, n_lists, prior)
            for lane in range(width):
                ll, lp = densities(y, work, counts, n, n_lists, prior, lane)
                h = beta[lane] * ll + lp
                for i in range(n_par):
                    q = p[i, lane] + 0.5 * step[lane] * g[i, lane]
                    h -= 0.5 * q * q
                a = h - h0[lane]
                if not a > -1e300:
                    a = -1e300
                accepted[temp[b, lane]] += math.exp(min(0.0, a))
                if math.log(unis[s, b, lane, 0]) < a:
                    for i in range(n_par):
                        x[b, i, lane] = y[i, lane]
                    loglik[b, lane] = ll
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
                a = (betas[t] - betas[t + 1]) * (loglik[b1, l1] - loglik[b0, l0])
                rejected[t] += 1.0 - math.exp(min(0.0, a))
                if math.log(swaps[s, c, t]) < a:
                    temp[b0, l0] = t + 1
                    temp[b1, l1] = t
                t += 2
        for b in range(n_blocks):
            for lane in range(width):
                rungs[s, b, lane] = temp[b, lane]
                trace[s, chain[b, lane], temp[b, lane]] = seen[b, lane]
