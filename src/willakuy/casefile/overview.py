"""What a case holds, on one screen."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass

from willakuy.casefile.case import Case
from willakuy.casefile.waiting import pairs_waiting
from willakuy.figures import families
from willakuy.i18n import language
from willakuy.statements.statement import StatementKind
from willakuy.statements.vocabularies import term


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what is held. ``families`` counts sources after joining copies; ``persons`` are groups of records, not a figure: a figure needs a scope and a date."""

    name: str
    sources: int
    families: int
    documents: int
    statements: int
    by_kind: tuple[tuple[str, int], ...]
    records: int
    persons: int
    judgements: int
    waiting: int
    open_pairs: int
    entries: int

    def as_json(self) -> dict[str, object]:
        return {**dataclasses.asdict(self), "by_kind": dict(self.by_kind)}


def overview(case: Case) -> Overview:
    corpus = case.corpus()
    by_kind = Counter(s.kind.value for s in corpus.statements)
    return Overview(
        name=case.settings.name,
        sources=len(corpus.sources),
        families=len(corpus.sources) - sum(len(family.sources) - 1 for family in families(corpus)),
        documents=len(corpus.documents),
        statements=len(corpus.statements),
        by_kind=tuple(sorted(by_kind.items())),
        records=len(corpus.of_kind(StatementKind.victim)),
        persons=len(corpus.identities.persons),
        judgements=len(corpus.judgements),
        waiting=len(corpus.waiting),
        open_pairs=len(pairs_waiting(corpus)),
        entries=case.n_entries(),
    )


def kinds_in_words(held: Overview) -> str:
    """How many statements of each kind, in the reader's words."""
    speaks_spanish = language() == "es"
    terms = {kind: term("statement_kind", kind) for kind, _ in held.by_kind}
    return ", ".join(f"{terms[kind].es if speaks_spanish else terms[kind].en}: {n:,}" for kind, n in held.by_kind)
