"""Persons, the review queue and the refusals, read off the sampled clusterings."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.constraints import Constraints
from willakuy.linkage.partition import NEVER, Links, Sampled
from willakuy.linkage.values import PairScore, PersonFound, Record, Refused, ReviewItem

Ints = NDArray[np.int32]
_LONGEST_QUEUE = 2000


def found_persons(records: Sequence[Record], best: Ints, clusterings: Ints) -> tuple[PersonFound, ...]:
    """One person for each cluster, in the order of their first records; ids follow from the records alone."""
    groups: dict[int, list[int]] = defaultdict(list)
    for i, c in enumerate(best.tolist()):
        groups[c].append(i)
    sizes = [np.bincount(row, minlength=len(best)) for row in clusterings]
    out = []
    for members in groups.values():
        out.append(
            PersonFound(
                person_id=person_id([records[i].rec_id for i in members]),
                rec_ids=tuple(records[i].rec_id for i in members),
                p_whole=_share_whole(members, clusterings, sizes),
            )
        )
    return tuple(out)


def person_id(rec_ids: Sequence[str]) -> str:
    return "per_" + hashlib.sha256("\x1f".join(sorted(rec_ids)).encode()).hexdigest()[:10]


def _share_whole(members: list[int], clusterings: Ints, sizes: list[NDArray[np.int64]]) -> float:
    """In what share of the samples exactly these records are one person."""
    if not len(clusterings):
        return 1.0
    together = clusterings[:, members]
    whole = (together == together[:, :1]).all(axis=1)
    exact = [bool(w) and int(size[row[0]]) == len(members) for w, size, row in zip(whole, sizes, together, strict=True)]
    return round(sum(exact) / len(exact), 4)


def review_queue(
    records: Sequence[Record], links: Links, sampled: Sampled, constraints: Constraints, pairs: Sequence[PairScore]
) -> tuple[ReviewItem, ...]:
    """Pairs in the order of how far a decision on them is expected to move the number of persons.

    Joined or not is one person more or less; deciding a pair settles, on average, ``2 p (1 - p)`` of that. A pair that
    ties two larger groups together moves more records, and more figures, than one of two rows: it counts for more.
    """
    why = {(pair.rec_l, pair.rec_r): pair.why for pair in pairs}
    size = _mean_sizes(sampled.clusterings)
    items = []
    for k in np.flatnonzero((sampled.p > 0.005) & (sampled.p < 0.995)).tolist():
        a, b = int(links.left[k]), int(links.right[k])
        if (a, b) in constraints.same or (a, b) in constraints.different:
            continue
        p = float(sampled.p[k])
        change = 2 * p * (1 - p) * (1 + 0.1 * float(size[a] + size[b] - 2))
        ids = (records[a].rec_id, records[b].rec_id)
        items.append(ReviewItem(*ids, round(p, 6), round(change, 6), why.get(ids, "")))
    items.sort(key=lambda item: (-item.change, item.rec_l, item.rec_r))
    return tuple(items[:_LONGEST_QUEUE])


def _mean_sizes(clusterings: Ints) -> NDArray[np.float64]:
    if not len(clusterings):
        return np.ones(clusterings.shape[1])
    taken = clusterings[:: max(1, len(clusterings) // 20)]
    return np.asarray(np.mean([np.bincount(row, minlength=len(row))[row] for row in taken], axis=0))


def refusals(
    records: Sequence[Record],
    links: Links,
    p: NDArray[np.float64],
    p_pair: NDArray[np.float64],
    best: Ints,
    constraints: Constraints,
    barred: Mapping[tuple[int, int], str],
) -> tuple[Refused, ...]:
    """Likely pairs that were not joined, and why: shown, so that nobody wonders."""
    out = []
    for k in np.flatnonzero((p > 0.5) | (p_pair > 0.5) | (links.log_odds == NEVER)).tolist():
        a, b = int(links.left[k]), int(links.right[k])
        if best[a] == best[b]:
            continue
        if (a, b) in constraints.different:
            reason = "judged_different"
        elif (a, b) in barred:
            reason = barred[a, b]
        elif links.log_odds[k] == NEVER:
            continue
        elif (a, b) in constraints.undecided:
            reason = "left_open"
        elif links.list_of[a] == links.list_of[b]:
            reason = "one_list"
        else:
            reason = "others_fit_better"
        out.append(Refused(records[a].rec_id, records[b].rec_id, reason))
    return tuple(out)
