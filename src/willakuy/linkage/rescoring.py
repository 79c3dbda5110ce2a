"""Candidate pairs and their levels, scored under one teaching: priors of lists, competition, components, the result.

Arithmetic on arrays, done anew for all pairs each time; what is dear (comparing, sampling) comes in from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.compare import Comparison, Levels, compare
from willakuy.linkage.constraints import Constraints
from willakuy.linkage.encoding import Ints, encode
from willakuy.linkage.explaining import why_of
from willakuy.linkage.grouping import Groups, grouped, matches, pooled_overlap
from willakuy.linkage.impossible import barred_pairs
from willakuy.linkage.linking import alike_barred, fixed_pairs, run_of, with_judged
from willakuy.linkage.model import compete, prior_log_odds
from willakuy.linkage.partition import ALWAYS, NEVER, Links
from willakuy.linkage.persons import person_id, refusals, review_queue
from willakuy.linkage.result import LinkResult
from willakuy.linkage.sampling import Component, Drawn, components_of, gathered
from willakuy.linkage.taught import Taught
from willakuy.linkage.through import pairs_through_others
from willakuy.linkage.unnamed import left_open, unnamed_caps
from willakuy.linkage.values import Evidence, PairJudgement, PairScore, PersonFound, Record, Settings

Floats = NDArray[np.float64]
_ROUNDS = 10
"""Rounds of the overlap of two lists and the competition between their candidates, weights being fixed."""
_ENGINE = "keys, under what was taught"
LIKELY = -4.6
"""Natural log-odds (1 %) below which a pair ties nobody together here; its probability is written as 0."""


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
class Work:
    """Every candidate pair with its levels; the rest is arithmetic on arrays and done anew each time."""

    records: Sequence[Record]
    marks: Sequence[bytes]
    taught: Taught
    settings: Settings
    left: Ints
    right: Ints
    levels: Levels

    def scored(self, constraints: Constraints) -> Scored:
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
        labels = self.taught.labels.items()
        fields = [Comparison(name, tuple(mine), levels[:, k]) for k, (name, mine) in enumerate(labels)]
        caps = unnamed_caps(self.records, list_of, left, right, fields)
        unsure = (caps < np.inf) & (fixed <= 0)
        return Scored(
            self, constraints, left, right, levels, list_of, np.minimum(log_odds, caps), p, unsure, fixed, barred
        )

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
            expected = pooled_overlap(
                matches(compete(log_odds + prior, groups, nobody), groups), groups, self.taught.shares
            )
        return np.asarray(prior_log_odds(groups, expected)[groups.of_pair])


@dataclass(frozen=True, slots=True)
class Scored:
    work: Work
    constraints: Constraints
    left: Ints
    right: Ints
    levels: Levels
    list_of: Ints
    log_odds: Floats
    p: Floats
    unnamed: NDArray[np.bool_]
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
        return components_of(links, self.p[at], self.work.records, self.constraints.undecided, self.unnamed[at])

    def result(
        self, drawn: Sequence[Drawn], components: Sequence[Component], judgements: Sequence[PairJudgement], seed: int
    ) -> LinkResult:
        records, settings = self.work.records, self.work.settings
        links, at = self.links()
        sampled, best, whole = gathered(links, components, drawn, settings.samples)
        pairs = self._pairs(links, at, sampled.p)
        pairs += pairs_through_others(records, links, sampled.clusterings, settings.p_shown)
        return LinkResult(
            records=tuple(records),
            pairs=pairs,
            persons=_persons(records, best, whole),
            review=review_queue(records, links, sampled, self.constraints, pairs),
            refused=refusals(
                records, links, sampled.p, self.p[at], best, self.constraints,
                alike_barred(self.barred, self.left, self.right, self._other_bits()) | left_open(links, self.unnamed[at]),
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
