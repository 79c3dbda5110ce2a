"""Linkage inside a case: its records in, a recorded run of proposals out. Nothing is judged by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import msgspec
import numpy as np

from willakuy.linkage.case_records import judgements_of, records_of
from willakuy.linkage.linking import link
from willakuy.linkage.result import LinkResult
from willakuy.linkage.values import Settings
from willakuy.statements.corpus import Corpus, PairProposal
from willakuy.statements.ids import StatementId


class LinkableCase(Protocol):
    """What linkage needs of a case; ``casefile.Case`` is one."""

    @property
    def evidence(self) -> Any: ...

    def corpus(self) -> Corpus: ...

    def record(self, kind: str, fields: Mapping[str, Any]) -> None: ...


def link_corpus(
    corpus: Corpus,
    *,
    settings: Settings | None = None,
    rng: np.random.Generator | None = None,
    seed: int = 0,
    with_judgements: bool = True,
) -> LinkResult:
    """Link the victim records of a case. Two rows of a list that is free of duplicates are never joined.

    ``with_judgements=False`` leaves people's decisions out, to see what the machine alone would propose.
    """
    judgements = judgements_of(corpus.identities) if with_judgements else []
    settings = settings or Settings(may_repeat=frozenset(), copies=copies_of(corpus))
    return link(records_of(corpus), judgements=judgements, settings=settings, rng=rng, seed=seed)


def copies_of(corpus: Corpus) -> frozenset[tuple[str, str]]:
    """Documents whose source passes on the source of another: their agreement shows copying, not two witnesses."""
    origins = {s.source_id: {d.from_source for d in s.derives_from if d.from_source} for s in corpus.sources}
    found = set()
    for a in corpus.documents:
        for b in corpus.documents:
            if a.document_id != b.document_id and a.source_id in _reached(b.source_id, origins):
                found.add((str(a.document_id), str(b.document_id)))
    return frozenset(found)


def _reached(source: Any, origins: Mapping[Any, set[Any]]) -> set[Any]:
    reached: set[Any] = set()
    queue = [source]
    while queue:
        for origin in origins.get(queue.pop(), ()):
            if origin not in reached:
                reached.add(origin)
                queue.append(origin)
    return reached


def link_case(case: LinkableCase, *, settings: Settings | None = None, seed: int = 0) -> LinkResult:
    """Link the case and record the run: its pairs become ``corpus().proposals``. No judgement is made or changed."""
    result = link_corpus(case.corpus(), settings=settings, seed=seed)
    kept = case.evidence.put_bytes(pairs_as_lines(proposals_of(result)))
    run = result.run
    case.record(
        "link-run",
        {
            "run_id": run.run_id,
            "pairs_sha256": str(getattr(kept, "sha256", kept)),
            "engine": run.engine,
            "version": run.version,
            "settings": "; ".join(f"{name}={value}" for name, value in run.settings),
            "seed": run.seed,
            "n_pairs": len(result.pairs),
        },
    )
    return result


def proposals_of(result: LinkResult) -> tuple[PairProposal, ...]:
    """The pairs of a run as the case keeps them."""
    return tuple(
        PairProposal(
            StatementId(p.rec_l),
            StatementId(p.rec_r),
            p.p_same,
            p.why,
            result.run.run_id,
            tuple((e.comparison, e.level, e.bits) for e in p.evidence),
        )
        for p in result.pairs
    )


def pairs_as_lines(proposals: Iterable[PairProposal]) -> bytes:
    """JSON Lines, one proposal a line."""
    return b"".join(msgspec.json.encode(p) + b"\n" for p in proposals)
