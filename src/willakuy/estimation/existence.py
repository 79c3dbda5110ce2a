"""Whether a log-linear model of a sparse table has an answer at all.

Chan, Silverman & Vincent 2021 (JASA 116:1297-1306), section 3: the extended maximum-likelihood estimate exists when
a linear programme has a positive optimum, and is unique when the design left over has full column rank.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from willakuy.estimation.results import Floats
from willakuy.estimation.tables import CaptureTable, Ints

Terms = tuple[tuple[int, ...], ...]
"""Interaction terms of a model, each a sorted tuple of list numbers; the constant is implied."""


def design_for(cells: Ints, terms: Terms) -> Floats:
    columns = [np.ones(len(cells))] + [cells[:, list(t)].prod(axis=1).astype(float) for t in terms]
    return np.column_stack(columns)


def observable_cells(n_lists: int) -> Ints:
    return np.array([c for c in product((0, 1), repeat=n_lists) if any(c)], dtype=np.int64)


def reduce_sparse(table: CaptureTable, terms: Terms, cells: Ints) -> tuple[Ints, Terms]:
    """Leave out terms nobody supports (their estimate is -∞) and every cell that contains one."""
    kept: list[tuple[int, ...]] = []
    for term in terms:
        if int(table.counts[table.patterns[:, list(term)].all(axis=1)].sum()):
            kept.append(term)
        else:
            cells = cells[~cells[:, list(term)].all(axis=1)]
    return cells, tuple(kept)


def check(table: CaptureTable, terms: Terms) -> int:
    """0: an estimate exists and is unique; 1: it does not exist; 2: it is not identifiable; 3: neither."""
    from scipy.optimize import linprog

    cells, kept = reduce_sparse(table, terms, observable_cells(table.n_lists))
    design = design_for(cells, kept)
    if len(cells) == 0:
        return 3
    counts = counts_in(table, cells)
    rank_short = np.linalg.matrix_rank(design) < design.shape[1]
    n_cells = len(cells)
    # maximise s subject to X'x = X'n, x_c >= s >= 0
    equal = np.column_stack([design.T, np.zeros(design.shape[1])])
    above = np.column_stack([-np.eye(n_cells), np.ones(n_cells)])
    cost = np.zeros(n_cells + 1)
    cost[-1] = -1
    found = linprog(cost, A_ub=above, b_ub=np.zeros(n_cells), A_eq=equal, b_eq=design.T @ counts, bounds=(0, None))
    exists = found.status == 0 and -found.fun > 1e-7
    return (0 if exists else 1) + (2 if rank_short else 0)


def counts_in(table: CaptureTable, cells: Ints) -> Floats:
    where = {tuple(p): c for p, c in zip(table.patterns.tolist(), table.counts.tolist(), strict=True)}
    return np.array([where.get(tuple(c), 0) for c in cells.tolist()], dtype=float)
