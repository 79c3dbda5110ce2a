"""Persons: the victim records that people judged to be of one human being.

A person has no values of its own; its profile is computed from its records each time. Undo every judgement
and every record stands alone again, exactly as it was printed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from willakuy.statements.ids import JudgementId, PersonId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement, in_force

Pair = tuple[StatementId, StatementId]


@dataclass(frozen=True, slots=True)
class Person:
    """``records`` in the order the case received them; ``joined_by`` the judgements that hold them together."""

    person_id: PersonId
    records: tuple[StatementId, ...]
    joined_by: tuple[JudgementId, ...] = ()
    is_individual: bool = False
    """A person judged that these records are of one definite human being, named or not."""


@dataclass(frozen=True, slots=True)
class Identities:
    """What the judgements in force say about who is who.

    ``different`` and ``undecided`` hold ordered pairs of records. ``conflicts`` lists judgements ``different``
    whose two records other judgements join: a contradiction a person must settle. They are shown, not
    resolved by us, and the pair stays joined *and* listed.
    """

    persons: tuple[Person, ...]
    different: frozenset[Pair]
    undecided: frozenset[Pair]
    conflicts: tuple[JudgementId, ...]

    def by_record(self) -> dict[StatementId, Person]:
        return {record: person for person in self.persons for record in person.records}


def identify(records: Iterable[StatementId], judgements: Iterable[Judgement]) -> Identities:
    """Join ``records`` as the judgements in force say; one person for each group, singletons included.

    Args:
        records: every victim record of the case, in the order received. Judgements about others are ignored.
        judgements: all of them, undone ones included, oldest first. Among ``different`` and ``undecided`` on one
            pair the latest wins; ``same`` joins whatever was said of the pair before it.
    """
    order = {record: i for i, record in enumerate(records)}
    forest = _Forest(order)
    joined: dict[StatementId, list[JudgementId]] = defaultdict(list)
    individual: set[StatementId] = set()
    verdicts: dict[Pair, tuple[IdentityVerdict, JudgementId]] = {}
    for judgement in in_force(judgements):
        decision = judgement.decision
        if not isinstance(decision, Identity):
            continue
        known = sorted((r for r in set(decision.records) if r in order), key=order.__getitem__)
        match decision.verdict:
            case IdentityVerdict.individual:
                individual.update(known)
            case IdentityVerdict.same:
                for other in known[1:]:
                    forest.join(known[0], other)
                    verdicts.pop((known[0], other), None)
                if known:
                    joined[known[0]].append(judgement.judgement_id)
            case _:
                for i, a in enumerate(known):
                    for b in known[i + 1 :]:
                        verdicts[a, b] = (decision.verdict, judgement.judgement_id)
    persons = _persons(forest, order, joined, individual)
    different = {pair for pair, (verdict, _) in verdicts.items() if verdict is IdentityVerdict.different}
    undecided = {pair for pair, (verdict, _) in verdicts.items() if verdict is IdentityVerdict.undecided}
    conflicts = [verdicts[a, b][1] for a, b in sorted(different) if forest.root(a) == forest.root(b)]
    return Identities(persons, frozenset(different), frozenset(undecided), tuple(conflicts))


def person_id_of(first_record: StatementId) -> PersonId:
    """A person is named after the first record the case received of them, and says nothing about them."""
    return PersonId("per_" + hashlib.sha256(first_record.encode()).hexdigest()[:10])


def _persons(
    forest: _Forest,
    order: dict[StatementId, int],
    joined: dict[StatementId, list[JudgementId]],
    individual: set[StatementId],
) -> tuple[Person, ...]:
    groups: dict[StatementId, list[StatementId]] = defaultdict(list)
    for record in order:
        groups[forest.root(record)].append(record)
    return tuple(
        Person(
            person_id=person_id_of(members[0]),
            records=tuple(members),
            joined_by=tuple(j for record in members for j in joined.get(record, ())),
            is_individual=len(members) > 1 or members[0] in individual,
        )
        for members in groups.values()
    )


class _Forest:
    """Disjoint sets whose representative is the earliest record."""

    def __init__(self, order: dict[StatementId, int]) -> None:
        self._order = order
        self._parent = {record: record for record in order}

    def root(self, record: StatementId) -> StatementId:
        while self._parent[record] != record:
            self._parent[record] = record = self._parent[self._parent[record]]
        return record

    def join(self, a: StatementId, b: StatementId) -> None:
        first, second = sorted((self.root(a), self.root(b)), key=self._order.__getitem__)
        self._parent[second] = first
