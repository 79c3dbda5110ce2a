"""Judgements as constraints, with what follows from them: a same as b, b different from c, so a different from c."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from willakuy.linkage.errors import JudgementsContradict
from willakuy.linkage.values import PairJudgement, Verdict

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Constraints:
    """Pairs of record positions, smaller first. ``same`` and ``different`` are closed under what follows."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    undecided: frozenset[Pair] = frozenset()


def constraints_of(judgements: Sequence[PairJudgement], position: Mapping[str, int]) -> Constraints:
    """What the judgements in force say and imply; of several on one pair the last counts. Unknown records are passed over.

    Raises:
        JudgementsContradict: two records are joined through others and judged different; nobody chooses for people.
    """
    latest: dict[Pair, PairJudgement] = {}
    for judgement in judgements:
        if judgement.rec_l in position and judgement.rec_r in position:
            latest[_pair(position[judgement.rec_l], position[judgement.rec_r])] = judgement
    joined = [pair for pair, j in latest.items() if j.verdict is Verdict.same]
    groups = _groups(joined)
    same = {_pair(a, b) for group in groups for i, a in enumerate(group) for b in group[i + 1 :]}
    group_of = {record: tuple(group) for group in groups for record in group}
    different: set[Pair] = set()
    for pair, judgement in latest.items():
        if judgement.verdict is not Verdict.different:
            continue
        if pair in same:
            raise JudgementsContradict(rec_l=judgement.rec_l, rec_r=judgement.rec_r, chain=_chain(pair, joined, latest))
        for a in group_of.get(pair[0], (pair[0],)):
            different.update(_pair(a, b) for b in group_of.get(pair[1], (pair[1],)))
    undecided = {pair for pair, j in latest.items() if j.verdict is Verdict.undecided and pair not in same}
    return Constraints(frozenset(same), frozenset(different), frozenset(undecided - different))


def consequences(judgements: Sequence[PairJudgement], new: PairJudgement) -> tuple[tuple[str, str, Verdict], ...]:
    """What accepting ``new`` would decide besides the pair itself, to be shown before it is accepted.

    Raises:
        JudgementsContradict: it cannot stand beside the others.
    """
    ids = sorted({r for j in (*judgements, new) for r in (j.rec_l, j.rec_r)})
    position = {rec_id: i for i, rec_id in enumerate(ids)}
    before = constraints_of(judgements, position)
    after = constraints_of((*judgements, new), position)
    itself = _pair(position[new.rec_l], position[new.rec_r])
    found = [(pair, Verdict.same) for pair in sorted(after.same - before.same - {itself})]
    found += [(pair, Verdict.different) for pair in sorted(after.different - before.different - {itself})]
    return tuple((ids[a], ids[b], verdict) for (a, b), verdict in found)


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def _groups(pairs: Iterable[Pair]) -> list[list[int]]:
    near = _neighbours(pairs)
    seen: set[int] = set()
    groups = []
    for start in sorted(near):
        if start not in seen:
            reached = _reached(start, near)
            seen |= reached.keys()
            groups.append(sorted(reached))
    return groups


def _neighbours(pairs: Iterable[Pair]) -> dict[int, list[int]]:
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    return near


def _reached(start: int, near: Mapping[int, list[int]]) -> dict[int, int]:
    """Every record joined to ``start``, each with the one it was reached from."""
    came: dict[int, int] = {start: start}
    queue = deque([start])
    while queue:
        at = queue.popleft()
        for other in near.get(at, ()):
            if other not in came:
                came[other] = at
                queue.append(other)
    return came


def _chain(pair: Pair, joined: Iterable[Pair], latest: Mapping[Pair, PairJudgement]) -> str:
    """The judgements that lead from one record to the other, as ids."""
    came = _reached(pair[0], _neighbours(joined))
    steps: list[str] = []
    at = pair[1]
    while at != pair[0]:
        judgement = latest[_pair(at, came[at])]
        steps.append(f"{judgement.rec_l} = {judgement.rec_r}")
        at = came[at]
    return ", ".join(reversed(steps))
