"""Rows of one list that share a name and say nothing else: namesakes, as far as anybody can tell.

A list seldom holds a person twice, and hardly ever three times. Where a row agrees by its name alone with ``m`` other rows
of its own list, at most one of them can be expected to be the same person, so no pair of them is more likely than
``1 / (1 + m)``. Rows that agree on anything else as well (an age, a day, a place) are not held to this.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.compare import Comparison
from willakuy.linkage.encoding import Ints

Floats = NDArray[np.float64]


def namesake_caps(
    list_of: Ints, left: Ints, right: Ints, fields: Sequence[Comparison], weights: Sequence[Floats]
) -> Floats:
    """The most that each pair's natural log-odds may be: ``-log(m)`` where ``m`` is 2 or more, else ``inf``. ``weights`` are bits of
    each field's levels."""
    caps = np.full(len(left), np.inf)
    only = list_of[left] == list_of[right]
    for field, bits in zip(fields, weights, strict=True):
        only &= bits[field.levels] > 0 if field.name == "name" else field.levels == 0
    at = np.flatnonzero(only)
    if len(at):
        alike = np.bincount(np.concatenate([left[at], right[at]]), minlength=len(list_of))
        most = np.maximum(alike[left[at]], alike[right[at]])
        caps[at[most >= 2]] = -np.log(most[most >= 2])
    return caps
