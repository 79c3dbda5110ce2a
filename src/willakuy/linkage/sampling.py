"""Clusterings of one component at a time: records tied to one another by likely pairs, and to nobody else.

What is drawn for a component depends on its records, its links and the seed alone. Components are therefore kept by a
digest of all that (``Component.key``) and never drawn twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.encoding import Ints
from willakuy.linkage.partition import ALWAYS, MOST_CELLS, NEVER, Links, Sampled, best_clustering, roots, sample
from willakuy.linkage.unnamed import OPEN_P, settled
from willakuy.linkage.values import Record

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Component:
    """``members`` are positions, ascending; ``links`` numbers its links among all, which stand between places in
    ``members``. ``open_`` marks the links a person left undecided, ``unnamed`` those of two unnamed rows that nothing
    individual speaks for; ``nameless`` the members without a name; ``p`` is each link's probability before sampling."""

    key: bytes
    members: NDArray[np.int64]
    links: NDArray[np.int64]
    left: Ints
    right: Ints
    log_odds: Floats
    list_of: Ints
    open_: NDArray[np.bool_]
    unnamed: NDArray[np.bool_]
    nameless: NDArray[np.bool_]
    p: Floats


@dataclass(frozen=True, slots=True)
class Drawn:
    """``p`` one a link; ``clusterings`` ``(n_samples, k)``; ``best`` and ``whole`` one a record, as places in the component."""

    p: Floats
    clusterings: NDArray[np.int32]
    best: Ints
    whole: Floats


def components_of(
    links: Links,
    p: Floats,
    records: Sequence[Record],
    undecided: frozenset[tuple[int, int]],
    unnamed: NDArray[np.bool_],
) -> tuple[Component, ...]:
    """Every component with a link that is not barred, by first record. A barred link ties nobody, and is kept inside one."""
    root = roots(links)
    of_link = root[links.left]
    inside = of_link == root[links.right]
    order = np.argsort(of_link, kind="stable")
    order = order[inside[order]]
    cuts = np.flatnonzero(np.r_[True, np.diff(of_link[order]) != 0]) if len(order) else np.zeros(0, np.int64)
    _, _, list_at = np.unique(links.list_of, return_index=True, return_inverse=True)
    open_ = np.zeros(len(links.left), bool)
    if undecided:
        open_ = np.isin(links.left.astype(np.int64) * links.n + links.right, [a * links.n + b for a, b in undecided])
    nameless = np.array([not r.is_named for r in records], bool)
    out = []
    for a, b in zip(cuts.tolist(), [*cuts[1:].tolist(), len(order)], strict=True):
        at = np.sort(order[a:b])
        members, places = np.unique(np.concatenate([links.left[at], links.right[at]]), return_inverse=True)
        left, right = places[: len(at)].astype(np.int32), places[len(at) :].astype(np.int32)
        _, lists = np.unique(list_at[members], return_inverse=True)
        parts = (
            left,
            right,
            links.log_odds[at],
            lists.astype(np.int32),
            open_[at],
            unnamed[at],
            nameless[members],
            p[at],
        )
        key = _key([records[i].rec_id for i in members.tolist()], parts)
        out.append(Component(key, members.astype(np.int64), at, *parts))
    return tuple(out)


def draw(component: Component, n_samples: int, seed: int) -> Drawn:
    """Samples, probabilities and the best clustering of one component, with a generator named after it."""
    rng = np.random.default_rng([seed, int.from_bytes(component.key, "big")])
    k = len(component.members)
    links = Links(k, component.left, component.right, component.log_odds, component.list_of)
    most = np.where(component.unnamed, OPEN_P, 1.0)
    if k == 2:
        sampled = _pair(float(component.log_odds[0]), n_samples, rng)
    else:
        start = best_clustering(links, np.minimum(component.p, most))
        sampled = sample(links, start, sweeps=n_samples, burn_in=max(10, n_samples // 5), rng=rng)
    shut = np.where(component.open_, NEVER, component.log_odds)
    written = Links(k, component.left, component.right, shut, component.list_of)
    best, _ = settled(links, np.minimum(sampled.p, most), component.nameless, lambda p: best_clustering(written, p))
    return Drawn(sampled.p, sampled.clusterings, best, _whole(best, sampled.clusterings))


def gathered(
    links: Links, components: Sequence[Component], drawn: Sequence[Drawn], n_samples: int
) -> tuple[Sampled, Ints, Floats]:
    """All components as one: samples, the best clustering, and for each record how often its cluster is exactly so."""
    p = np.zeros(len(links.left))
    keep = max(1, min(n_samples, MOST_CELLS // max(links.n, 1)))
    clusterings = np.tile(np.arange(links.n, dtype=np.int32), (keep, 1))
    best = np.arange(links.n, dtype=np.int32)
    whole = np.ones(links.n)
    for component, found in zip(components, drawn, strict=True):
        p[component.links] = found.p
        clusterings[:, component.members] = component.members[found.clusterings[:keep]]
        best[component.members] = component.members[found.best]
        whole[component.members] = found.whole
    return Sampled(p, clusterings), best, whole


def _pair(log_odds: float, n_samples: int, rng: np.random.Generator) -> Sampled:
    """Two records: what the sampler would converge to, drawn at once."""
    p = 0.0 if log_odds == NEVER else 1.0 if log_odds == ALWAYS else 1.0 / (1.0 + float(np.exp(-log_odds)))
    together = rng.random(n_samples) < p
    clusterings = np.tile(np.arange(2, dtype=np.int32), (n_samples, 1))
    clusterings[together, 1] = 0
    return Sampled(np.array([p]), clusterings)


def _whole(best: Ints, clusterings: Ints) -> Floats:
    """For each record, the share of samples in which its cluster of ``best`` is a cluster."""
    out = np.ones(len(best))
    for c in np.unique(best):
        mine = best == c
        inside = clusterings[:, mine]
        first = inside[:, :1]
        exact = (inside == first).all(axis=1) & ~(clusterings[:, ~mine] == first).any(axis=1)
        out[mine] = round(float(exact.mean()), 4) if len(clusterings) else 1.0
    return out


def _key(rec_ids: Sequence[str], parts: Sequence[NDArray[np.generic]]) -> bytes:
    digest = hashlib.blake2b("\\x1f".join(rec_ids).encode(), digest_size=16)
    for part in parts:
        digest.update(part.tobytes())
    return digest.digest()
