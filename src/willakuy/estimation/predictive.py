"""Would tables drawn from the fitted model look like the one we have? A posterior predictive check.

Gelman, Meng & Stern 1996 with a Freeman-Tukey distance over what most bears on the unseen: how many people are on
exactly one, two, three … lists, and how many each pair of lists shares.
"""

from __future__ import annotations

import numpy as np

from willakuy.estimation.results import Floats
from willakuy.estimation.tables import CaptureTable, Ints


def p_predictive(table: CaptureTable, states: list[Floats], n_classes: int, rng: np.random.Generator) -> float:
    """Share of states (logit capture rows, then log sticks) whose replicated table lies further from the model's
    expectation than ours. Near 0: the model cannot explain these overlaps."""
    further = []
    for x in states:
        share, capture = classes_of(x, n_classes, table.n_lists)
        expected = _expected(share, capture, table.documented)
        ours = _features(table.patterns, table.counts.astype(float))
        drawn = draw_seen(share, capture, table.documented, rng)
        further.append(_far(_features(drawn, np.ones(len(drawn))), expected) >= _far(ours, expected))
    return float(np.mean(further))


def classes_of(x: Floats, n_classes: int, n_lists: int) -> tuple[Floats, Floats]:
    """(share ``(K,)``, capture ``(K, J)``) of one state of the sampler."""
    logits = x[: n_classes * n_lists].reshape(n_classes, n_lists)
    left = np.exp(-np.concatenate([[0.0], np.cumsum(np.exp(np.minimum(x[n_classes * n_lists :], 6)))]))
    return left - np.append(left[1:], 0.0), 1 / (1 + np.exp(-logits))


def draw_seen(share: Floats, capture: Floats, n: int, rng: np.random.Generator) -> Ints:
    """``(n, J)`` rows of people on at least one list: the class, then the first list, then the later ones."""
    never = np.cumprod(1 - capture, axis=1)
    first = capture * np.column_stack([np.ones(len(share)), never[:, :-1]])
    chance = (share[:, None] * first).ravel()
    cell = rng.choice(len(chance), n, p=chance / chance.sum())
    k, j = np.divmod(cell, capture.shape[1])
    rows = rng.random((n, capture.shape[1])) < capture[k]
    rows &= np.arange(capture.shape[1]) > j[:, None]
    rows[np.arange(n), j] = True
    return rows.astype(np.int64)


def _features(patterns: Ints, counts: Floats) -> Floats:
    times = np.bincount(patterns.sum(axis=1), weights=counts, minlength=patterns.shape[1] + 1)[1:]
    pairs = patterns.T @ (counts[:, None] * patterns)
    return np.concatenate([times, pairs[np.triu_indices(len(pairs), 1)]])


def _expected(share: Floats, capture: Floats, n: int) -> Floats:
    """The same features under the model, given that everyone is seen."""
    times = np.zeros((len(share), capture.shape[1] + 1))
    times[:, 0] = 1.0
    for p in capture.T:
        times[:, 1:] = times[:, 1:] * (1 - p[:, None]) + times[:, :-1] * p[:, None]
        times[:, 0] *= 1 - p
    seen = float(share @ (1 - times[:, 0]))
    pairs = capture.T @ (share[:, None] * capture)
    return np.asarray(n / seen * np.concatenate([share @ times[:, 1:], pairs[np.triu_indices(capture.shape[1], 1)]]))


def _far(found: Floats, expected: Floats) -> float:
    return float(((np.sqrt(found) - np.sqrt(expected)) ** 2).sum())
