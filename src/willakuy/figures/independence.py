"""Which sources speak for themselves, and which pass on what another said.

Copies are one source, however many addresses print them. Overlap and agreement between lists are never read as
independence. Method: docs/method/independence.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from willakuy.figures.values import Family
from willakuy.statements.corpus import Corpus
from willakuy.statements.folding import fold
from willakuy.statements.ids import SourceId
from willakuy.statements.judgements import DerivationJudged, in_force
from willakuy.statements.sources import DerivationBasis
from willakuy.statements.statement import Statement

UNHELD = "said:"
"""Prefix of an origin that sources name but the case does not hold ("according to the regional health office")."""

EXACT_UP_TO = 20
"""Above so many sources with several origins each, their independent number is bounded from below, not solved."""

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Link:
    to: str
    is_whole: bool
    basis: str


@dataclass
class Origins:
    """For each source, the origins its words go back to.

    ``every`` follows reprints and partial derivations and keeps a source that adds something of its own;
    ``whole`` follows only what is passed on as a whole. Neither is ever empty.
    """

    links: Mapping[str, list[_Link]]
    by_name: Mapping[str, SourceId]
    _every: dict[str, frozenset[str]] = field(default_factory=dict)
    _whole: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, corpus: Corpus) -> Origins:
        by_name = {fold(_bare(s.name)): s.source_id for s in reversed(corpus.sources)}
        links: dict[str, list[_Link]] = defaultdict(list)
        for source in corpus.sources:
            for derivation in source.derives_from:
                to = derivation.from_source or _unheld(derivation.words, by_name)
                if to and to != source.source_id and derivation.basis is not DerivationBasis.detected:
                    links[source.source_id].append(_Link(to, derivation.share == "whole", str(derivation.basis)))
        for judgement in in_force(corpus.judgements):
            decision = judgement.decision
            if isinstance(decision, DerivationJudged) and decision.source_id != decision.from_source:
                kept = [link for link in links[decision.source_id] if link.to != decision.from_source]
                links[decision.source_id] = kept
                if decision.derives:
                    kept.append(_Link(decision.from_source, True, str(DerivationBasis.judged)))
        return cls({source: found for source, found in links.items() if found}, by_name)

    def every(self, source: str) -> frozenset[str]:
        if source not in self._every:
            self._every[source] = self._ends(source, only_whole=False)
        return self._every[source]

    def whole(self, source: str) -> frozenset[str]:
        if source not in self._whole:
            self._whole[source] = self._ends(source, only_whole=True)
        return self._whole[source]

    def named(self, name: str) -> str | None:
        """The held source of that name, else the name as an origin the case does not hold."""
        return _unheld(name, self.by_name)

    def _ends(self, source: str, *, only_whole: bool) -> frozenset[str]:
        reached = self._reach(source, only_whole=only_whole)
        ends = {node for node in reached if not any(link.is_whole for link in self.links.get(node, ()))}
        for node in reached - ends:
            ring = self._reach(node, only_whole=only_whole)
            if all(node in self._reach(other, only_whole=only_whole) for other in ring):
                ends.add(min(ring))
        return frozenset(ends)

    def _reach(self, source: str, *, only_whole: bool) -> set[str]:
        reached, waiting = {source}, [source]
        while waiting:
            for link in self.links.get(waiting.pop(), ()):
                if (link.is_whole or not only_whole) and link.to not in reached:
                    reached.add(link.to)
                    waiting.append(link.to)
        return reached


def origins_said(origins: Origins, statement: Statement, source_id: str, *, only_whole: bool) -> frozenset[str]:
    """Where one statement comes from: the far end of its speaker chain, else the source of its document.

    A speaker whom the case does not hold as a source adds to the document's origins instead of replacing them:
    "the spokesperson" and the office are not two sources.
    """
    reach = origins.whole if only_whole else origins.every
    if statement.speakers:
        origin = statement.speakers[-1]
        if origin.source_id:
            return reach(origin.source_id)
        named = origins.named(origin.name) if origin.name else None
        if named:
            return reach(named) if not named.startswith(UNHELD) else reach(source_id) | {named}
    return reach(source_id)


def families(corpus: Corpus) -> tuple[Family, ...]:
    """Groups of sources that go back to one origin; a source with two origins stands in two families.

    Only links that a source declares or a person judged make a family, never a detected one. Sorted by the order
    of their first source.
    """
    origins = Origins.of(corpus)
    members: dict[str, list[SourceId]] = defaultdict(list)
    for source in corpus.sources:
        for origin in origins.every(source.source_id):
            members[origin].append(source.source_id)
    order = {source.source_id: i for i, source in enumerate(corpus.sources)}
    found = [
        Family(tuple(sources), _because(origins, origin, sources))
        for origin, sources in members.items()
        if len(sources) > 1
    ]
    return tuple(sorted(found, key=lambda family: [order[source] for source in family.sources]))


def n_independent(corpus: Corpus, source_ids: Iterable[SourceId]) -> int:
    """The largest number of ``source_ids`` no two of which share an origin; 0 for none.

    A copy added to any set of sources changes nothing.
    """
    origins = Origins.of(corpus)
    return n_disjoint(origins.every(source) for source in set(source_ids))


def n_disjoint(origin_sets: Iterable[frozenset[str]]) -> int:
    """The largest number of sets that share no element.

    A set that contains another is never needed; a set of one element is always in a best choice; what is left is
    solved exactly up to ``EXACT_UP_TO`` sets, else bounded from below by taking the smallest first.
    """
    least = set(origin_sets)
    if len(least) < 2:
        return len(least)
    sets = [a for a in least if not any(b < a for b in least)]
    single = sum(1 for a in sets if len(a) == 1)
    several = sorted((a for a in sets if len(a) > 1), key=lambda a: (len(a), sorted(a)))
    if len(several) > EXACT_UP_TO:
        return single + _first_fit(several)
    return single + _most_disjoint(several)


def _most_disjoint(sets: list[frozenset[str]]) -> int:
    if not sets:
        return 0
    first, rest = sets[0], sets[1:]
    apart = [a for a in rest if not a & first]
    taken = 1 + _most_disjoint(apart)
    return taken if len(apart) == len(rest) else max(taken, _most_disjoint(rest))


def _first_fit(sets: list[frozenset[str]]) -> int:
    used: set[str] = set()
    n = 0
    for a in sets:
        if not a & used:
            used |= a
            n += 1
    return n


def _unheld(words: str, by_name: Mapping[str, SourceId]) -> str | None:
    folded = fold(_bare(words))
    return by_name.get(folded, UNHELD + folded) if folded else None


def _bare(name: str) -> str:
    """Without what stands in brackets: "Defensoría del Pueblo (Ombudsman)" is spoken of without them."""
    return re.sub(r"\s*\([^()]*\)", "", name)


def _because(origins: Origins, origin: str, sources: list[SourceId]) -> tuple[tuple[SourceId, SourceId, str], ...]:
    inside = set(sources)
    found: list[tuple[SourceId, SourceId, str]] = []
    naming: list[tuple[SourceId, str]] = []
    for source in sources:
        for link in origins.links.get(source, ()):
            if link.to in inside:
                found.append((source, SourceId(link.to), link.basis))
            elif link.to == origin:
                naming.append((source, link.basis))
    found += [(source, naming[0][0], basis) for source, basis in naming[1:]]
    return tuple(found)
