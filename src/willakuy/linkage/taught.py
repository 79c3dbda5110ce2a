"""What one fit taught, kept: under it a pair is scored the same whoever else is in the case.

How common each name is, what each level of agreement is worth, how far lists overlap and which keys are too common to
block on are all learnt from every record at once. So that a list can be added without scoring everything anew, they are
learnt once, kept, and learnt again when the case has outgrown them (``OUTGROWN``) or somebody asks.
Method: docs/method/linkage.md, "Adding a list".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from willakuy.linkage.blocking import ALL_PAIRS, Keying, candidate_pairs, keying_of
from willakuy.linkage.compare import compare
from willakuy.linkage.constraints import constraints_of
from willakuy.linkage.encoding import Commonness, commonness_of, encode
from willakuy.linkage.grouping import group_pairs, matches, overlap_shares
from willakuy.linkage.linking import and_strangers, fixed_pairs
from willakuy.linkage.model import fit
from willakuy.linkage.values import PairJudgement, Record, Settings

OUTGROWN = 1.2
"""Learnt again when there are so many times the records it was learnt from."""


@dataclass(frozen=True, slots=True)
class Taught:
    """``weights`` are bits of each level of each comparison; ``shares`` the pooled overlap between lists and in them."""

    n: int
    common: Commonness
    keying: Keying
    weights: dict[str, tuple[float, ...]]
    labels: dict[str, tuple[str, ...]]
    shares: tuple[float, float]

    def is_outgrown_by(self, n: int) -> bool:
        return n > OUTGROWN * self.n or n < self.n / OUTGROWN

    def as_bytes(self) -> bytes:
        return msgspec.json.encode(self, order="deterministic")


def taught_of(data: bytes) -> Taught:
    return msgspec.json.decode(data, type=Taught)


def teach(records: Sequence[Record], settings: Settings, judgements: Sequence[PairJudgement] = ()) -> Taught:
    """Fit once, on all records."""
    data = encode(records)
    common, keying = commonness_of(data), keying_of(data, settings)
    found = candidate_pairs(data, settings)
    left, right = found.left, found.right
    constraints = constraints_of(judgements, {r.rec_id: i for i, r in enumerate(records)})
    compared = compare(data, *and_strangers(data, left, right))
    groups = group_pairs(data, left, right, settings.copies)
    fitted = fit(compared, groups, fixed_pairs(left, right, constraints, {}), is_whole=len(records) <= ALL_PAIRS)
    learnt = sorted(zip(compared.comparisons, fitted.weights, strict=True), key=lambda pair: pair[0].name)
    weights = {c.name: tuple(round(float(w), 4) for w in of) for c, of in learnt}
    labels = {c.name: c.labels for c, _ in learnt}
    return Taught(len(records), common, keying, weights, labels, overlap_shares(matches(fitted.p, groups), groups))
