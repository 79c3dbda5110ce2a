"""What a linkage run found, and the two questions most often asked of it: how many persons, and what to look at next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.values import PairScore, PersonFound, Record, Refused, ReviewItem, Run


@dataclass(frozen=True, slots=True)
class LinkResult:
    """``pairs`` with ``p_same`` at or above what the settings show, in the order of the records; those
    that only other records join come last.

    ``samples`` is ``(n_samples, n_records)``: equal numbers within a row of it are one person; columns follow
    ``records``. ``persons`` is the single clustering expected to be wrong least; it is a proposal, not a decision.
    """

    records: tuple[Record, ...]
    pairs: tuple[PairScore, ...]
    persons: tuple[PersonFound, ...]
    review: tuple[ReviewItem, ...]
    refused: tuple[Refused, ...]
    samples: NDArray[np.int32]
    run: Run

    def person_of(self) -> dict[str, str]:
        return {rec_id: person.person_id for person in self.persons for rec_id in person.rec_ids}

    def count_range(self, level: float = 0.95) -> tuple[int, int]:
        """How many persons the records are of: the central ``level`` of the samples, both ends included."""
        if self.samples.size == 0:
            return len(self.records), len(self.records)
        counts = [np.count_nonzero(np.bincount(row)) for row in self.samples]
        lo, hi = np.quantile(counts, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
        return int(lo), int(hi)
