"""The candidates that cannot be one person by what their rows state (``statements.impossible``)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.values import Record
from willakuy.statements.impossible import contradiction


def barred_pairs(
    records: Sequence[Record], left: NDArray[np.int32], right: NDArray[np.int32]
) -> dict[tuple[int, int], str]:
    """Of the candidates, those whose dates rule one person out, with the rule; positions, smaller first."""
    telling = np.array([r.dead is not None or r.wounded is not None for r in records], bool)
    at: list[int] = np.flatnonzero(telling[left] & telling[right]).tolist() if telling.any() else []
    found = {}
    for k in at:
        a, b = int(left[k]), int(right[k])
        one, other = records[a], records[b]
        if rule := contradiction((one.dead, one.wounded), (other.dead, other.wounded)):
            found[a, b] = rule
    return found
