"""Linkage inside a case: its records in, a recorded run of proposals out. Nothing is judged by it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np

from willakuy.linkage.blocking import ALL_PAIRS
from willakuy.linkage.case_records import judgements_of, records_of
from willakuy.linkage.keeping import Samples, load_samples, read_kept, write_kept, write_samples
from willakuy.linkage.linking import link
from willakuy.linkage.relinking import Touched, relink
from willakuy.linkage.result import LinkResult
from willakuy.linkage.taught import teach
from willakuy.linkage.values import PairJudgement, Record, Settings
from willakuy.statements.corpus import Corpus, PairProposal
from willakuy.statements.ids import StatementId

KEPT = Path("projections") / "linkage.npz"
"""Inside the folder of a case: what one run leaves for the next."""


SAMPLES = Path("projections") / "samples.npz"
"""The clusterings the last linking drew, for the range of any count."""


class LinkableCase(Protocol):
    """What linkage needs of a case; ``casefile.Case`` is one."""

    @property
    def folder(self) -> Path: ...

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


@dataclass(frozen=True, slots=True)
class CaseLinked:
    """``touched`` is ``None`` where everything was compared: a small case has no use for what was kept."""

    result: LinkResult
    touched: Touched | None


def link_case(
    case: LinkableCase, *, settings: Settings | None = None, seed: int = 0, learn_again: bool = False
) -> LinkResult:
    """Link the case and record the run: its pairs become ``corpus().proposals``. No judgement is made or changed."""
    return relink_case(case, settings=settings, seed=seed, learn_again=learn_again).result


def relink_case(
    case: LinkableCase, *, settings: Settings | None = None, seed: int = 0, learn_again: bool = False
) -> CaseLinked:
    """``link_case``, with how much was done anew. Beyond ``ALL_PAIRS`` records only what changed is linked again."""
    corpus = case.corpus()
    settings = replace(settings or Settings(), may_repeat=frozenset(), copies=copies_of(corpus))
    records, judgements = records_of(corpus), judgements_of(corpus.identities)
    if len(records) <= ALL_PAIRS:
        linked = CaseLinked(link(records, judgements=judgements, settings=settings, seed=seed), None)
    else:
        linked = _from_kept(case, records, judgements, settings, seed, learn_again)
    _record_run(case, linked.result)
    drawn = linked.result
    ids = tuple(r.rec_id for r in drawn.records)
    write_samples(case.folder / SAMPLES, Samples(drawn.run.run_id, decisions_mark(corpus), ids, drawn.samples))
    return linked


def decisions_mark(corpus: Corpus) -> str:
    """Tells whether who is who was judged the same way, of the same records."""
    return hashlib.sha256(repr(corpus.identities).encode()).hexdigest()


def read_samples(folder: Path) -> Samples | None:
    """The clusterings the last linking of a case drew."""
    return load_samples(folder / SAMPLES)


def _from_kept(
    case: LinkableCase,
    records: list[Record],
    judgements: list[PairJudgement],
    settings: Settings,
    seed: int,
    learn_again: bool,
) -> CaseLinked:
    path = case.folder / KEPT
    taught, kept = (None if learn_again else read_kept(path)) or (None, None)
    if taught is None or taught.is_outgrown_by(len(records)):
        taught, kept = teach(records, settings, judgements), None
    done = relink(records, taught, kept, judgements=judgements, settings=settings, seed=seed)
    write_kept(path, taught, done.kept)
    return CaseLinked(done.result, done.touched)


def _record_run(case: LinkableCase, result: LinkResult) -> None:
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
