"""Link records: candidates, agreement, probabilities, persons, and what a person should look at first."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from willakuy.i18n import gettext
from willakuy.linkage.blocking import ALL_PAIRS, Candidates, candidate_pairs
from willakuy.linkage.compare import Compared, Comparison, compare
from willakuy.linkage.constraints import Constraints, constraints_of
from willakuy.linkage.encoding import Encoded, Ints, encode
from willakuy.linkage.errors import NothingToCompare
from willakuy.linkage.explaining import why_of
from willakuy.linkage.grouping import group_pairs
from willakuy.linkage.impossible import barred_pairs
from willakuy.linkage.model import Fitted, fit, patterns_of
from willakuy.linkage.namesakes import namesake_caps
from willakuy.linkage.partition import ALWAYS, MANY, MOST_CELLS, NEVER, Links, Sampled, best_clustering, sample
from willakuy.linkage.persons import found_persons, refusals, review_queue
from willakuy.linkage.result import LinkResult
from willakuy.linkage.through import pairs_through_others
from willakuy.linkage.unnamed import OPEN_P, left_open, settled, unnamed_caps
from willakuy.linkage.values import Evidence, PairJudgement, PairScore, Record, Run, Settings

Floats = NDArray[np.float64]
_MOST_STRANGERS = 50_000
_TELLING_BITS = 3.32
_HOPELESS = -7.0
"""Natural log-odds below which a pair is left out of the sampling; its probability is written as 0."""
_UNLIKELY = -4.6
"""The same in a case of more than ``MANY`` records: 1 %, below which no pair is written."""


def link(
    records: Sequence[Record],
    *,
    judgements: Sequence[PairJudgement] = (),
    settings: Settings | None = None,
    rng: np.random.Generator | None = None,
    seed: int = 0,
    on_stage: Callable[[], None] = lambda: None,
) -> LinkResult:
    """Which records are one person, with how much doubt.

    Needs no labels. The same records, judgements, settings and seed give the same pairs, persons and samples, in
    whatever order lists, rows and the judgements on different pairs come. Records that say nothing, and rows that stand
    for a group, stay alone.

    Raises:
        NothingToCompare: no record tells one person from another.
        JudgementsContradict: nothing is joined until a person takes one back.
        TooManyPairs: the records hardly differ.
    """
    settings = settings or Settings()
    rng = rng or np.random.default_rng(seed)
    clock = _Clock(on_stage)
    if records and all(r.is_blank and not r.extra for r in records):
        columns = ", ".join(dict.fromkeys(c for r in records for c, _ in r.printed)) or "-"
        raise NothingToCompare(n=len(records), columns=columns)
    given, records = records, sorted(records, key=lambda r: r.rec_id)
    data = encode(records)
    constraints = constraints_of(judgements, {r.rec_id: i for i, r in enumerate(records)})
    found_pairs = candidate_pairs(data, settings)
    left, right = with_judged(found_pairs.left, found_pairs.right, constraints)
    clock.lap("blocking")
    compared = compare(data, *and_strangers(data, left, right))
    clock.lap("comparison")
    barred = barred_pairs(records, left, right)
    fixed = fixed_pairs(left, right, constraints, barred)
    fitted = fit(compared, group_pairs(data, left, right, settings.copies), fixed, is_whole=len(records) <= ALL_PAIRS)
    clock.lap("model")
    fields = [Comparison(c.name, c.labels, c.levels[: len(left)]) for c in compared.comparisons]
    caps = np.minimum(
        unnamed_caps(records, data.list_of, left, right, fields),
        namesake_caps(data, left, right, fields, fitted.weights),
    )
    links, kept = _links(data, left, right, np.minimum(fitted.log_odds, caps), fixed)
    most = np.where((caps[kept] < np.inf) & (fixed[kept] <= 0), OPEN_P, 1.0)
    start = best_clustering(links, np.minimum(fitted.p[kept], most))
    sweeps = max(1, min(settings.samples, MOST_CELLS // max(len(records), 1)))
    sampled = sample(links, start, sweeps=sweeps, burn_in=max(10, sweeps // 5), rng=rng)
    shut = _barred(links, constraints.undecided)
    nameless = np.array([not r.is_named for r in records], bool)
    best, torn = settled(links, np.minimum(sampled.p, most), nameless, lambda p: best_clustering(shut, p))
    clock.lap("persons")
    chosen = _Chosen(data, compared, fitted, left[kept], right[kept], kept, sampled, fixed[kept])
    pairs = _scores(chosen, settings)
    pairs += pairs_through_others(records, links, sampled.clusterings, settings.p_shown)
    found = LinkResult(
        records=tuple(records),
        pairs=pairs,
        persons=found_persons(records, best, sampled.clusterings),
        review=review_queue(records, links, sampled, constraints, pairs),
        refused=refusals(
            records,
            links,
            sampled.p,
            fitted.p[kept],
            best,
            constraints,
            alike_barred(barred, left, right, _other_bits(compared, fitted)) | left_open(links, (most < 1) | torn),
        ),
        samples=sampled.clusterings,
        run=run_of(
            [digest_of(r) for r in records],
            judgements,
            settings,
            seed,
            len(left),
            clock.laps,
            notes=_notes(found_pairs),
        ),
    )
    return _in_order(found, given)


def _in_order(found: LinkResult, given: Sequence[Record]) -> LinkResult:
    """Records, their columns in the samples and persons as the lists were given; pairs stay in the order of their ids."""
    sorted_at = {r.rec_id: i for i, r in enumerate(found.records)}
    place = {r.rec_id: i for i, r in enumerate(given)}
    persons = [replace(p, rec_ids=tuple(sorted(p.rec_ids, key=place.__getitem__))) for p in found.persons]
    return replace(
        found,
        records=tuple(given),
        persons=tuple(sorted(persons, key=lambda p: place[p.rec_ids[0]])),
        samples=found.samples[:, [sorted_at[r.rec_id] for r in given]] if given else found.samples,
    )


def _notes(found: Candidates) -> tuple[str, ...]:
    if not found.n_passed_over:
        return ()
    told = gettext("{n} records were compared with nobody: what they say, too many others say as well.")
    return (told.format(n=found.n_passed_over),)


@dataclass(frozen=True, slots=True)
class _Chosen:
    data: Encoded
    compared: Compared
    fitted: Fitted
    left: Ints
    right: Ints
    at: NDArray[np.int64]
    sampled: Sampled
    fixed: NDArray[np.int8]


class _Clock:
    def __init__(self, on_stage: Callable[[], None]) -> None:
        self._on_stage = on_stage
        self._last = time.perf_counter()
        self.laps: list[tuple[str, float]] = []

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps.append((name, now - self._last))
        self._last = now
        self._on_stage()


def and_strangers(data: Encoded, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """The candidates, and after them as many other pairs drawn at random, between lists where there are several.

    Drawn with a generator of their own, so that the same records are always compared with the same strangers.
    """
    n = len(data.records)
    rng = np.random.default_rng(n)
    wanted = min(len(left), _MOST_STRANGERS)
    a, b = (rng.integers(0, max(n, 1), 3 * wanted).astype(np.int32) for _ in range(2))
    a, b = np.minimum(a, b), np.maximum(a, b)
    ok = (a != b) if len(data.lists) == 1 else (data.list_of[a] != data.list_of[b])
    known, drawn = left.astype(np.int64) * n + right, a.astype(np.int64) * n + b
    if len(known):
        ok &= known[np.minimum(np.searchsorted(known, drawn), len(known) - 1)] != drawn
    return np.concatenate([left, a[ok][:wanted]]), np.concatenate([right, b[ok][:wanted]])


def with_judged(left: Ints, right: Ints, constraints: Constraints) -> tuple[Ints, Ints]:
    """Judged pairs are candidates even where blocking would not have brought them together."""
    judged = sorted(constraints.same | constraints.different)
    if not judged:
        return left, right
    n = 1 + max(*(b for _, b in judged), int(right.max(initial=0)))
    keys = np.unique(np.concatenate([left.astype(np.int64) * n + right, [a * n + b for a, b in judged]]))
    return (keys // n).astype(np.int32), (keys % n).astype(np.int32)


def fixed_pairs(
    left: Ints, right: Ints, constraints: Constraints, barred: Mapping[tuple[int, int], str]
) -> NDArray[np.int8]:
    """What is no longer open: judged pairs, and pairs that cannot be one person unless somebody judged them to be."""
    fixed = np.zeros(len(left), np.int8)
    n = 1 + int(right.max(initial=0))
    keys = left.astype(np.int64) * n + right
    for pairs, verdict in ((barred, -1), (constraints.different, -1), (constraints.same, 1)):
        if pairs:
            fixed[np.isin(keys, [a * n + b for a, b in pairs if b < n])] = verdict
    return fixed


def alike_barred(
    barred: Mapping[tuple[int, int], str], left: Ints, right: Ints, other_bits: Floats
) -> dict[tuple[int, int], str]:
    """The barred pairs that all but date and place speak for, by ten to one or more: worth telling."""
    if not barred:
        return {}
    alike = np.flatnonzero(other_bits > _TELLING_BITS)
    pairs = zip(left[alike].tolist(), right[alike].tolist(), strict=True)
    return {pair: barred[pair] for pair in pairs if pair in barred}


def _other_bits(compared: Compared, fitted: Fitted) -> Floats:
    """What all but date and place says of each pair."""
    n = len(fitted.log_odds)
    parts = [w[c.levels[:n]] for c, w in zip(compared.comparisons, fitted.weights, strict=True) if c.name != "event"]
    return np.asarray(sum(parts, np.zeros(n)))


def _links(
    data: Encoded, left: Ints, right: Ints, log_odds: Floats, fixed: NDArray[np.int8]
) -> tuple[Links, NDArray[np.int64]]:
    least = _HOPELESS if len(data.records) <= MANY else _UNLIKELY
    kept = np.flatnonzero((log_odds > least) | (fixed != 0))
    log_odds = log_odds[kept].copy()
    log_odds[fixed[kept] > 0] = ALWAYS
    log_odds[fixed[kept] < 0] = NEVER
    return Links(len(data.records), left[kept], right[kept], log_odds, data.list_of), kept


def _barred(links: Links, undecided: frozenset[tuple[int, int]]) -> Links:
    """Pairs that a person looked at and left open stay open in the one clustering that is written down."""
    if not undecided:
        return links
    open_ = np.array([pair in undecided for pair in zip(links.left.tolist(), links.right.tolist(), strict=True)], bool)
    return Links(links.n, links.left, links.right, np.where(open_, NEVER, links.log_odds), links.list_of)


def _scores(chosen: _Chosen, settings: Settings) -> tuple[PairScore, ...]:
    records, p = chosen.data.records, chosen.sampled.p
    shown = np.flatnonzero(p >= settings.p_shown)
    at = chosen.at[shown]
    levels = [(c.levels[at], len(c.labels)) for c in chosen.compared.comparisons]
    number, _ = patterns_of(len(at), [*levels, (chosen.fixed[shown].astype(np.int16) + 1, 3)])
    said: dict[int, tuple[tuple[Evidence, ...], str]] = {}
    out = []
    for k, alike in zip(shown.tolist(), number.tolist(), strict=True):
        if alike not in said:
            evidence = _evidence(chosen, k)
            said[alike] = evidence, why_of(evidence)
        a, b = records[int(chosen.left[k])].rec_id, records[int(chosen.right[k])].rec_id
        out.append(PairScore(a, b, round(float(p[k]), 6), *said[alike]))
    return tuple(out)


def _evidence(chosen: _Chosen, k: int) -> tuple[Evidence, ...]:
    """Each field's bits, and what the prior, the rivals and the other records of the cluster add to make ``p_same``."""
    if chosen.fixed[k]:
        return (Evidence("judged", "same" if chosen.fixed[k] > 0 else "differ", 40.0 * float(chosen.fixed[k])),)
    at = int(chosen.at[k])
    found = []
    for comparison, weights in zip(chosen.compared.comparisons, chosen.fitted.weights, strict=True):
        level = int(comparison.levels[at])
        if level:
            found.append(Evidence(comparison.name, comparison.labels[level], round(float(weights[level]), 2)))
    return tuple(found)


def digest_of(record: Record) -> bytes:
    """Eight bytes that tell one record's content from another's."""
    return hashlib.blake2b(msgspec.msgpack.encode(record), digest_size=8).digest()


def run_of(
    records: Sequence[bytes],
    judgements: Sequence[PairJudgement],
    settings: Settings,
    seed: int,
    n_pairs: int,
    laps: list[tuple[str, float]],
    engine: str = "",
    notes: tuple[str, ...] = (),
) -> Run:
    """The run as recorded; ``records`` are the digests of what they say."""
    from importlib.metadata import version

    from willakuy import __version__

    told = tuple(sorted((name, str(_plain(getattr(settings, name)))) for name in settings.__slots__))
    digest = hashlib.sha256(b"".join(records))
    digest.update("\x1f".join([*map(repr, judgements), repr(told), str(seed), __version__]).encode())
    if not engine:
        # Up to ALL_PAIRS records every pair is compared, and no engine is asked for candidates.
        engine = "every pair" if len(records) <= ALL_PAIRS else f"splink {version('splink')} on {settings.engine}"
    return Run(
        f"run_{digest.hexdigest()[:12]}", engine, __version__, told, seed, len(records), n_pairs, tuple(laps), notes
    )


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else value
