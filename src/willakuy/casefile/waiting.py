"""The queue: proposed pairs nobody has settled, those whose answer moves the published figures most first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from willakuy.figures import Standing, count
from willakuy.statements.corpus import Corpus, PairProposal
from willakuy.statements.ids import PersonId, ScopeId, StatementId

OPEN_FROM = 0.5
"""From this probability on the figures treat a pair as open (docs/method/counting.md, "Open identities")."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two persons of whom a machine thinks that they may be one, by the likeliest pair of their records.

    ``change`` is by how much the answer is expected to move the bounds of the case's figures, over all scopes that
    count both (``scopes``). ``others`` proposed pairs are of the same two persons.
    """

    left: StatementId
    right: StatementId
    p_same: float
    change: float
    scopes: tuple[ScopeId, ...]
    others: int
    proposal: PairProposal


def pairs_waiting(
    corpus: Corpus, *, touching: Collection[StatementId] | None = None, with_undecided: bool = False
) -> tuple[Waiting, ...]:
    """One for each two persons, in the order of the proposals; ``touching`` keeps those with a record among these.

    Settled is what is one person already, judged different, or (unless asked for) judged undecided, in any records.
    """
    person_of = corpus.identities.by_record()
    verdicts = (
        (corpus.identities.different,) if with_undecided else (corpus.identities.different, corpus.identities.undecided)
    )
    settled = {_between(person_of[a].person_id, person_of[b].person_id) for pairs in verdicts for a, b in pairs}
    found: dict[tuple[PersonId, PersonId], list[PairProposal]] = {}
    for proposal in corpus.proposals:
        left, right = person_of.get(proposal.record_l), person_of.get(proposal.record_r)
        if left is None or right is None or left is right:
            continue
        if touching is not None and not (proposal.record_l in touching or proposal.record_r in touching):
            continue
        key = _between(left.person_id, right.person_id)
        if key not in settled:
            found.setdefault(key, []).append(proposal)
    return tuple(_waiting(proposals) for proposals in found.values())


def queue(corpus: Corpus, *, with_undecided: bool = False) -> tuple[Waiting, ...]:
    """``pairs_waiting`` in the order of what the answer would change; the surest doubt first among equals.

    A pair the figures hold open moves a bound of every figure that counts both, whatever the answer; one below
    ``OPEN_FROM`` moves both bounds if the answer is *same*. A case without scopes has the number of persons for a figure.
    """
    places = _counting(corpus)
    person_of = corpus.identities.by_record()
    ranked = []
    for pair in pairs_waiting(corpus, with_undecided=with_undecided):
        scopes = _both(places, person_of[pair.left].person_id, person_of[pair.right].person_id)
        n = len(scopes) if places else 1
        each = 1.0 if pair.p_same >= OPEN_FROM else 2 * pair.p_same
        ranked.append(
            Waiting(pair.left, pair.right, pair.p_same, round(n * each, 6), scopes, pair.others, pair.proposal)
        )
    ranked.sort(key=lambda w: (-w.change, -w.p_same * (1 - w.p_same), w.left, w.right))
    return tuple(ranked)


def _waiting(proposals: list[PairProposal]) -> Waiting:
    best = max(proposals, key=lambda p: (p.p_same, p.record_l, p.record_r))
    return Waiting(best.record_l, best.record_r, best.p_same, 0.0, (), len(proposals) - 1, best)


def _between(a: PersonId, b: PersonId) -> tuple[PersonId, PersonId]:
    return (a, b) if a < b else (b, a)


def _counting(corpus: Corpus) -> Mapping[ScopeId, frozenset[PersonId]]:
    """For each scope, the persons its figure counts, certainly or possibly."""
    out = {}
    for scope_id, scope in corpus.scope.items():
        figure = count(corpus, scope)
        out[scope_id] = frozenset(p.person_id for p in figure.persons if p.standing is not Standing.excluded)
    return out


def _both(places: Mapping[ScopeId, frozenset[PersonId]], a: PersonId, b: PersonId) -> tuple[ScopeId, ...]:
    return tuple(scope_id for scope_id, persons in places.items() if a in persons and b in persons)
