"""Persons, the review queue and the refusals, read off the sampled clusterings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.constraints import Constraints
from willakuy.linkage.partition import NEVER, Links, Sampled
from willakuy.linkage.values import PairScore, PersonFound, Record, Refused, ReviewItem

Ints = NDArray[np.int32]
_LONGEST_QUEUE = 2000


def found_persons(records: Sequence[Record], best: Ints, clusterings: Ints) -> tuple[PersonFound, ...]:
    """One person for each cluster, in the order of their first records; ids follow from the records alone."""
    _, first, cluster = np.unique(best, return_index=True, return_inverse=True)
    whole = _shares_whole(cluster, first, clusterings)
    ids: list[list[str]] = [[] for _ in first]
    for record, c in zip(records, cluster.tolist(), strict=True):
        ids[c].append(record.rec_id)
    return tuple(PersonFound(person_id(ids[c]), tuple(ids[c]), whole[c]) for c in np.argsort(first).tolist())


def person_id(rec_ids: Sequence[str]) -> str:
    return "per_" + hashlib.sha256("\x1f".join(sorted(rec_ids)).encode()).hexdigest()[:10]


def _shares_whole(cluster: NDArray[np.int64], first: NDArray[np.int64], clusterings: Ints) -> list[float]:
    """In what share of the samples the records of each cluster, and no others, are one person.

    ``first`` is a record of each cluster; samples are ``(n_samples, n_records)``.
    """
    size, times = np.bincount(cluster), np.zeros(len(first))
    for row in clusterings:
        there = row[first]
        strays = np.bincount(cluster[row != there[cluster]], minlength=len(first))
        times += (strays == 0) & (np.bincount(row)[there] == size)
    return [round(t / max(len(clusterings), 1), 4) if len(clusterings) else 1.0 for t in times.tolist()]


def review_queue(
    records: Sequence[Record], links: Links, sampled: Sampled, constraints: Constraints, pairs: Sequence[PairScore]
) -> tuple[ReviewItem, ...]:
    """Pairs in the order of how far a decision on them is expected to move the number of persons.

    Joined or not is one person more or less; deciding a pair settles, on average, ``2 p (1 - p)`` of that. A pair that
    ties two larger groups together moves more records, and more figures, than one of two rows: it counts for more.
    """
    size = _mean_sizes(sampled.clusterings)
    open_ = np.flatnonzero((sampled.p > 0.005) & (sampled.p < 0.995))
    p, left, right = sampled.p[open_], links.left[open_], links.right[open_]
    change = 2 * p * (1 - p) * (1 + 0.1 * (size[left] + size[right] - 2))
    most = _LONGEST_QUEUE + len(constraints.same) + len(constraints.different)
    far = np.arange(len(open_))
    if len(open_) > most:
        far = np.flatnonzero(change >= np.partition(change, -most)[-most] - 1e-6)
    items = []
    for k in far.tolist():
        a, b = int(left[k]), int(right[k])
        if (a, b) not in constraints.same and (a, b) not in constraints.different:
            ids = (records[a].rec_id, records[b].rec_id)
            items.append(ReviewItem(*ids, round(float(p[k]), 6), round(float(change[k]), 6), ""))
    items.sort(key=lambda item: (-item.change, item.rec_l, item.rec_r))
    items = items[:_LONGEST_QUEUE]
    wanted = {(item.rec_l, item.rec_r) for item in items}
    why = {ids: pair.why for pair in pairs if (ids := (pair.rec_l, pair.rec_r)) in wanted}
    return tuple(replace(item, why=why.get((item.rec_l, item.rec_r), "")) for item in items)


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
    apart = best[links.left] != best[links.right]
    for k in np.flatnonzero(apart & ((p > 0.5) | (p_pair > 0.5) | (links.log_odds == NEVER))).tolist():
        a, b = int(links.left[k]), int(links.right[k])
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
