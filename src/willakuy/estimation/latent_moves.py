"""A move no gradient makes: two classes exchange their places in the stick.

Hot replicas use classes in any order, cold ones want the large classes first; without this move they would have to
shrink and regrow to change places. Method: docs/method/estimation.md, "Latent classes".
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

EDGE = 38.0
_MOST_STICK = 600.0


@njit(forceinline=True, error_model="numpy")
def sizes_of(x: Any, lane: int, kj: int, n_classes: int, size: Any) -> float:
    """Fill ``size`` with the share of each class; Σ s_k is returned, or infinity where shares underflow."""
    left, total = 1.0, 0.0
    for i in range(n_classes - 1):
        s = math.exp(x[kj + i, lane])
        total += s
        if not total < _MOST_STICK:
            return np.inf
        size[i] = left * -math.expm1(-s)
        left *= math.exp(-s)
    size[n_classes - 1] = left
    return total


@njit(forceinline=True, error_model="numpy")
def sticks_of(size: Any, a: float, b: float, fresh: Any) -> float:
    """Fill ``fresh`` with the s_k of these shares; returns their log prior density on the simplex, α integrated out.

    It is Σ_i (K-i)·s_i - (a+K-1)·log(b + Σ s), i from 1; -infinity where an s_k leaves what can be held.
    """
    last = size.shape[0] - 1
    rest, total, weighted = size[last], 0.0, 0.0
    for back in range(last):
        i = last - 1 - back
        upper = rest + size[i]
        v = size[i] / upper
        s = -math.log1p(-v) if v < 0.5 else math.log(upper / rest)
        if not 1e-16 < s < _MOST_STICK:
            return -np.inf
        fresh[i] = s
        total += s
        weighted += s * (last - i)
        rest = upper
    if total > _MOST_STICK:
        return -np.inf
    return float(weighted - (a + last) * math.log(b + total))


@njit(error_model="numpy")
def trade_places(x: Any, lane: int, a: float, b: float, n_lists: int, n_classes: int, picks: Any) -> int:
    """Pairs of classes exchange their places in the stick, sizes and rows and all; the likelihood does not change.

    ``picks``: (tries, 3) uniforms: who, with whom, and whether. Returns how many pairs did.
    Papaspiliopoulos & Roberts 2008 (Biometrika 95:169), section 3.4, with α integrated out.
    """
    kj = n_classes * n_lists
    size, fresh = np.empty(n_classes), np.empty(n_classes - 1)
    if sizes_of(x, lane, kj, n_classes, size) == np.inf:
        return 0
    now = sticks_of(size, a, b, fresh)
    if now == -np.inf:
        return 0
    moved = 0
    for who, whom, whether in picks:
        k = int(who * n_classes)
        other = (k + 1 + int(whom * (n_classes - 1))) % n_classes
        size[k], size[other] = size[other], size[k]
        then = sticks_of(size, a, b, fresh)
        if then == -np.inf or math.log(whether) > then - now:
            size[k], size[other] = size[other], size[k]
            continue
        now = then
        moved += 1
        for j in range(n_lists):
            u, w = k * n_lists + j, other * n_lists + j
            x[u, lane], x[w, lane] = x[w, lane], x[u, lane]
    if moved:
        sticks_of(size, a, b, fresh)
        for i in range(n_classes - 1):
            x[kj + i, lane] = math.log(fresh[i])
    return moved
