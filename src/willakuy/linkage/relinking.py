"""Linking again when little has changed: only what the change touches is compared and sampled anew.

Under one ``Taught`` a pair's levels depend on its two records alone, the prior of two lists on their pairs alone, and the
clusterings of a component (records tied by likely pairs) on that component alone, which draws with a generator named
after its records. So what was kept for records, pairs and components that are still the same *is* what a run from
scratch would find, to the last bit, and a test holds the two equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy import __version__
from willakuy.linkage.blocking import keys_by
from willakuy.linkage.compare import Levels
from willakuy.linkage.constraints import constraints_of
from willakuy.linkage.encoding import Ints, encode
from willakuy.linkage.linking import digest_of
from willakuy.linkage.rescoring import Work, levels_of
from willakuy.linkage.result import LinkResult
from willakuy.linkage.sampling import Drawn, draw
from willakuy.linkage.taught import Taught
from willakuy.linkage.values import PairJudgement, Record, Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """What one run leaves for the next. All of it can be made again from the records under the same ``taught``.

    ``under`` names what it was made with: another teaching, seed, number of samples or version makes it worthless.
    ``keys`` is ``(n_keys, 2)``: a key's number and the record's position, sorted. ``levels`` is
    ``(n_pairs, n_comparisons)`` in the order of ``names``, for ``left``/``right``, positions into ``records``.
    """

    under: str
    records: tuple[str, ...]
    digests: tuple[bytes, ...]
    keys: NDArray[np.uint64]
    left: Ints
    right: Ints
    levels: Levels
    drawn: dict[bytes, Drawn]


@dataclass(frozen=True, slots=True)
class Touched:
    """How much of the work was new: records read, pairs compared, components sampled, of all there are."""

    records: tuple[int, int]
    pairs: tuple[int, int]
    components: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relinked:
    result: LinkResult
    kept: Kept
    touched: Touched


def relink(
    records: Sequence[Record],
    taught: Taught,
    kept: Kept | None = None,
    *,
    judgements: Sequence[PairJudgement] = (),
    settings: Settings | None = None,
    seed: int = 0,
) -> Relinked:
    """Link under ``taught``, taking from ``kept`` whatever is still so. The same result as with ``kept=None``.

    Raises:
        JudgementsContradict
    """
    settings = settings or Settings()
    under = _under(taught, settings, seed)
    digests = tuple(map(digest_of, records))
    old = _still_so(kept, under, records, digests)
    keys, left, right, levels, n_new = _pairs(records, taught, kept, old)
    work = Work(records, digests, taught, settings, left, right, levels)
    constraints = constraints_of(judgements, {r.rec_id: i for i, r in enumerate(records)})
    scored = work.scored(constraints)
    components = scored.components()
    before = kept.drawn if kept is not None and kept.under == under else {}
    drawn = [before.get(c.key) or draw(c, settings.samples, seed) for c in components]
    result = scored.result(drawn, components, judgements, seed)
    again = {c.key: d for c, d in zip(components, drawn, strict=True)}
    now = Kept(under, tuple(r.rec_id for r in records), digests, keys, left, right, levels, again)
    n_old = int((old >= 0).sum()) if len(old) else 0
    n_drawn = sum(c.key not in before for c in components)
    touched = Touched((len(records) - n_old, len(records)), (n_new, len(left)), (n_drawn, len(components)))
    return Relinked(result, now, touched)


def _under(taught: Taught, settings: Settings, seed: int) -> str:
    parts = (taught.as_bytes(), f"{settings.samples}/{seed}/{__version__}".encode())
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _still_so(kept: Kept | None, under: str, records: Sequence[Record], digests: Sequence[bytes]) -> NDArray[np.int64]:
    """For each kept record, where it stands now; -1 if it is gone or says something else."""
    if kept is None or kept.under != under:
        return np.zeros(0, np.int64)
    at = {r.rec_id: i for i, r in enumerate(records)}
    found = [at.get(rec_id, -1) for rec_id in kept.records]
    return np.array(
        [i if i >= 0 and digests[i] == d else -1 for i, d in zip(found, kept.digests, strict=True)], np.int64
    )


def _pairs(
    records: Sequence[Record], taught: Taught, kept: Kept | None, old: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], Ints, Ints, Levels, int]:
    """Keys, candidate pairs and their levels: the kept ones, and those of records that are new; in order of position."""
    known = np.zeros(len(records), bool)
    known[old[old >= 0]] = True
    fresh = np.flatnonzero(~known)
    keys = _keys_of(records, fresh, taught)
    if kept is not None and len(old):
        stays = old[kept.keys[:, 1].astype(np.int64)]
        moved = kept.keys[stays >= 0].copy()
        moved[:, 1] = stays[stays >= 0].astype(np.uint64)
        left, right = _joined(keys, moved)
        keys = np.concatenate([moved, keys])
    else:
        left, right = _joined(keys, keys[:0])
    keys = keys[np.lexsort((keys[:, 1], keys[:, 0]))]
    ok = _worth(records, left, right)
    left, right = left[ok], right[ok]
    levels = levels_of(records, left, right, taught)
    n_new = len(left)
    if kept is not None and len(old):
        a, b = old[kept.left], old[kept.right]
        both = (a >= 0) & (b >= 0)
        left = np.concatenate([np.minimum(a, b)[both].astype(np.int32), left])
        right = np.concatenate([np.maximum(a, b)[both].astype(np.int32), right])
        levels = np.concatenate([kept.levels[both], levels])
    order = np.lexsort((right, left))
    return keys, left[order], right[order], levels[order], n_new


def _keys_of(records: Sequence[Record], at: NDArray[np.int64], taught: Taught) -> NDArray[np.uint64]:
    """(key, position) of the records at ``at``."""
    data = encode([records[i] for i in at.tolist()], taught.common)
    keys = keys_by(taught.keying, data)
    return np.stack([keys.key, at[keys.row].astype(np.uint64)], axis=1)


def _joined(new: NDArray[np.uint64], old: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Each pair of records that share a key, at least one of them new, once; in order."""
    both = np.concatenate([old, new])
    if not len(new):
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    is_new = np.r_[np.zeros(len(old), bool), np.ones(len(new), bool)]
    order = np.argsort(both[:, 0], kind="stable")
    key, at, is_new = both[order, 0], both[order, 1].astype(np.int64), is_new[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    ends = np.r_[starts[1:], len(key)]
    wanted = (np.add.reduceat(is_new, starts) > 0) & (ends - starts > 1)
    found = []
    for start, end in zip(starts[wanted].tolist(), ends[wanted].tolist(), strict=True):
        a, b = np.triu_indices(end - start, 1)
        touched = is_new[start:end][a] | is_new[start:end][b]
        found.append((at[start:end][a[touched]], at[start:end][b[touched]]))
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    x, y = (np.concatenate(ends_) for ends_ in zip(*found, strict=True))
    n = int(at.max()) + 1
    pairs = np.unique(np.minimum(x, y) * n + np.maximum(x, y))
    return (pairs // n).astype(np.int32), (pairs % n).astype(np.int32)


def _worth(records: Sequence[Record], left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Pairs of two lists: a list of a case names each person once."""
    number: dict[str, int] = {}
    list_of = np.array([number.setdefault(r.list_id, len(number)) for r in records], np.int32)
    return np.asarray(list_of[left] != list_of[right])
