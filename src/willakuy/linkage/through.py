"""Pairs that nothing brought together by themselves, and that other records join in some of the samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.explaining import why_of
from willakuy.linkage.partition import Links
from willakuy.linkage.values import Evidence, PairScore, Record

Keys = NDArray[np.int64]


def pairs_through_others(
    records: Sequence[Record], links: Links, clusterings: NDArray[np.int32], p_shown: float
) -> tuple[PairScore, ...]:
    """The pairs without a link of their own that stand in one cluster in ``p_shown`` of the samples or more.

    ``p_same`` is that share. ``clusterings`` is ``(n_samples, n_records)``. Pairs come in the order of the records.
    """
    if not clusterings.size:
        return ()
    linked = np.unique(links.left.astype(np.int64) * links.n + links.right)
    found = [_unlinked(key, linked) for row in clusterings for key in _together(row)]
    pairs, times = np.unique(np.concatenate([np.zeros(0, np.int64), *found]), return_counts=True)
    shares = times / len(clusterings)
    out = []
    for pair, share in zip(pairs[shares >= p_shown].tolist(), shares[shares >= p_shown].tolist(), strict=True):
        evidence = (Evidence("others", "through", 0.0),)
        a, b = records[pair // links.n].rec_id, records[pair % links.n].rec_id
        out.append(PairScore(a, b, round(share, 6), evidence, why_of(evidence)))
    return tuple(out)


def _together(cluster: NDArray[np.int32]) -> Iterator[Keys]:
    """The pairs of one sample's clusters of three or more, as ``smaller * n + larger``: two alone have a link."""
    size = np.bincount(cluster)
    at = np.flatnonzero(size[cluster] > 2)
    order = at[np.argsort(cluster[at], kind="stable")]
    for apart in range(1, int(size.max())):
        one, other = order[:-apart], order[apart:]
        same = cluster[one] == cluster[other]
        if not same.any():
            return
        yield one[same].astype(np.int64) * len(cluster) + other[same]


def _unlinked(pairs: Keys, linked: Keys) -> Keys:
    if not len(linked):
        return pairs
    at = np.minimum(np.searchsorted(linked, pairs), len(linked) - 1)
    return np.asarray(pairs[linked[at] != pairs])
