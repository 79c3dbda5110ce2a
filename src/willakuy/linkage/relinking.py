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
from willakuy.linkage.compare import Levels, compare
from willakuy.linkage.constraints import Constraints, constraints_of
from willakuy.linkage.encoding import Ints, encode
from willakuy.linkage.explaining import why_of
from willakuy.linkage.grouping import Groups, grouped, pooled_overlap
from willakuy.linkage.impossible import barred_pairs
from willakuy.linkage.linking import alike_barred, fixed_pairs, run_of, with_judged
from willakuy.linkage.model import compete, prior_log_odds
from willakuy.linkage.partition import ALWAYS, NEVER, Links
from willakuy.linkage.persons import person_id, refusals, review_queue
from willakuy.linkage.result import LinkResult
from willakuy.linkage.sampling import Component, Drawn, components_of, draw, gathered
from willakuy.linkage.taught import Taught
from willakuy.linkage.values import Evidence, PairJudgement, PairScore, PersonFound, Record, Settings

Floats = NDArray[np.float64]
_ROUNDS = 10
"""Rounds of the overlap of two lists and the competition between their candidates, weights being fixed."""
_ENGINE = "keys, under what was taught"
LIKELY = -4.6
"""Natural log-odds (1 %) below which a pair ties nobody together here; its probability is written as 0."""


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
    digests = tuple(hashlib.blake2b(repr(r).encode(), digest_size=8).digest() for r in records)
    old = _still_so(kept, under, records, digests)
    keys, left, right, levels, n_new = _pairs(records, taught, kept, old)
    work = _Work(records, [d.hex() for d in digests], taught, settings, left, right, levels)
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
    """(key, position) of the records at ``at``; a key is the first 8 bytes of its digest."""
    data = encode([records[i] for i in at], taught.common)
    rows = [
        (int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big"), i)
        for i, mine in zip(at.tolist(), keys_by(taught.keying, data), strict=True)
        for key in mine
    ]
    return np.array(rows, np.uint64).reshape(-1, 2)


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


def levels_of(records: Sequence[Record], left: Ints, right: Ints, taught: Taught) -> Levels:
    """``(n_pairs, n_comparisons)`` in the order of ``taught.weights``; 0 where a comparison says nothing."""
    out = np.zeros((len(left), len(taught.weights)), np.int16)
    if not len(left):
        return out
    used, inverse = np.unique(np.concatenate([left, right]), return_inverse=True)
    data = encode([records[i] for i in used.tolist()], taught.common)
    compared = compare(data, inverse[: len(left)].astype(np.int32), inverse[len(left) :].astype(np.int32))
    found = {comparison.name: comparison for comparison in compared.comparisons}
    for k, (name, labels) in enumerate(taught.labels.items()):
        if name in found:
            number = {label: i for i, label in enumerate(labels)}
            # a level that nobody had seen when the weights were learnt has none
            as_taught = np.array([number.get(label, 0) for label in found[name].labels], np.int16)
            out[:, k] = as_taught[found[name].levels]
    return out


@dataclass(frozen=True, slots=True)
class _Work:
    """Every candidate pair with its levels; the rest is arithmetic on arrays and done anew each time."""

    records: Sequence[Record]
    marks: Sequence[str]
    taught: Taught
    settings: Settings
    left: Ints
    right: Ints
    levels: Levels

    def scored(self, constraints: Constraints) -> _Scored:
        """Pairs that people judged take their place among the candidates, and move nothing but their own rivals."""
        left, right = with_judged(self.left, self.right, constraints)
        own, levels = self._with_levels(left, right)
        lists = tuple(dict.fromkeys(r.list_id for r in self.records))
        number = {name: i for i, name in enumerate(lists)}
        list_of = np.array([number[r.list_id] for r in self.records], np.int32)
        telling = np.array([not (r.is_blank or r.is_group) for r in self.records], float)

        def groups_of(a: Ints, b: Ints) -> Groups:
            return grouped(lists, list_of, telling, a, b, self.settings.copies)

        log_odds = np.zeros(len(left))
        for k, weights in enumerate(self.taught.weights.values()):
            log_odds += np.array(weights)[levels[:, k]] * np.log(2)
        groups = groups_of(self.left, self.right)
        log_odds[own] += self._prior(log_odds[own], groups)
        barred = barred_pairs(self.records, left, right)
        fixed = fixed_pairs(left, right, constraints, barred)
        p = compete(log_odds, groups if own.all() else groups_of(left, right), fixed)
        return _Scored(self, constraints, left, right, levels, list_of, log_odds, p, fixed, barred)

    def _with_levels(self, left: Ints, right: Ints) -> tuple[NDArray[np.bool_], Levels]:
        """Which of the pairs keys brought together, and the levels of all; the others are compared here."""
        if len(left) == len(self.left):
            return np.ones(len(left), bool), self.levels
        n = len(self.records) + 1
        have = self.left.astype(np.int64) * n + self.right
        own = np.isin(left.astype(np.int64) * n + right, have)
        levels = np.zeros((len(left), self.levels.shape[1]), np.int16)
        levels[own] = self.levels
        levels[~own] = levels_of(self.records, left[~own], right[~own], self.taught)
        return own, levels

    def _prior(self, log_odds: Floats, groups: Groups) -> Floats:
        """What is believed of two lists, from their own candidates alone; judgements do not move it."""
        expected = groups.most * np.where(groups.repeats, self.taught.shares[1], self.taught.shares[0])
        nobody = np.zeros(len(log_odds), np.int8)
        for _ in range(_ROUNDS):
            prior = prior_log_odds(groups, expected)[groups.of_pair]
            expected = pooled_overlap(compete(log_odds + prior, groups, nobody), groups, self.taught.shares)
        return np.asarray(prior_log_odds(groups, expected)[groups.of_pair])


@dataclass(frozen=True, slots=True)
class _Scored:
    work: _Work
    constraints: Constraints
    left: Ints
    right: Ints
    levels: Levels
    list_of: Ints
    log_odds: Floats
    p: Floats
    fixed: NDArray[np.int8]
    barred: dict[tuple[int, int], str]

    def links(self) -> tuple[Links, NDArray[np.int64]]:
        at = np.flatnonzero((self.log_odds > LIKELY) | (self.fixed != 0))
        log_odds = self.log_odds[at].copy()
        log_odds[self.fixed[at] > 0] = ALWAYS
        log_odds[self.fixed[at] < 0] = NEVER
        return Links(len(self.work.records), self.left[at], self.right[at], log_odds, self.list_of), at

    def components(self) -> tuple[Component, ...]:
        links, at = self.links()
        ids = [r.rec_id for r in self.work.records]
        return components_of(links, self.p[at], ids, self.constraints.undecided)

    def result(
        self, drawn: Sequence[Drawn], components: Sequence[Component], judgements: Sequence[PairJudgement], seed: int
    ) -> LinkResult:
        records, settings = self.work.records, self.work.settings
        links, at = self.links()
        sampled, best, whole = gathered(links, components, drawn, settings.samples)
        pairs = self._pairs(links, at, sampled.p)
        return LinkResult(
            records=tuple(records),
            pairs=pairs,
            persons=_persons(records, best, whole),
            review=review_queue(records, links, sampled, self.constraints, pairs),
            refused=refusals(
                records, links, sampled.p, self.p[at], best, self.constraints,
                alike_barred(self.barred, self.left, self.right, self._other_bits()),
            ),
            samples=sampled.clusterings,
            run=run_of(self.work.marks, judgements, settings, seed, len(self.left), [], _ENGINE),
        )  # fmt: skip

    def _pairs(self, links: Links, at: NDArray[np.int64], p: Floats) -> tuple[PairScore, ...]:
        records = self.work.records
        said: dict[bytes, tuple[tuple[Evidence, ...], str]] = {}
        out = []
        for k in np.flatnonzero(p >= self.work.settings.p_shown).tolist():
            i = int(at[k])
            alike = self.levels[i].tobytes() + self.fixed[i].tobytes()
            if alike not in said:
                evidence = self._evidence(i)
                said[alike] = evidence, why_of(evidence)
            a, b = records[int(links.left[k])].rec_id, records[int(links.right[k])].rec_id
            out.append(PairScore(a, b, round(float(p[k]), 6), *said[alike]))
        return tuple(out)

    def _other_bits(self) -> Floats:
        """What all but date and place says of each pair."""
        bits = np.zeros(len(self.left))
        for k, (name, weights) in enumerate(self.work.taught.weights.items()):
            if name != "event":
                bits += np.array(weights)[self.levels[:, k]]
        return bits

    def _evidence(self, k: int) -> tuple[Evidence, ...]:
        if self.fixed[k]:
            return (Evidence("judged", "same" if self.fixed[k] > 0 else "differ", 40.0 * float(self.fixed[k])),)
        weights, labels = self.work.taught.weights, self.work.taught.labels
        return tuple(
            Evidence(name, labels[name][level], round(weights[name][level], 2))
            for name, level in zip(weights, self.levels[k].tolist(), strict=True)
            if level
        )


def _persons(records: Sequence[Record], best: Ints, whole: Floats) -> tuple[PersonFound, ...]:
    groups: dict[int, list[int]] = {}
    for i, c in enumerate(best.tolist()):
        groups.setdefault(c, []).append(i)
    return tuple(
        PersonFound(person_id([records[i].rec_id for i in m]), tuple(records[i].rec_id for i in m), float(whole[m[0]]))
        for m in groups.values()
    )
