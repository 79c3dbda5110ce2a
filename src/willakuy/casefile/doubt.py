"""How far figures and estimates move with the doubt about who is who: counted again under sampled clusterings.

This range is not the figure's own. ``low``–``high`` holds what the record leaves open whatever the reason; this one holds
only what linkage is unsure of, by its own probabilities, and is always shown beside it. Method: docs/method/linkage.md,
"Doubt carried on".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from willakuy.casefile.case import Case
from willakuy.casefile.estimating import CaseEstimate, ListUsed, capture_rows, estimate_case
from willakuy.figures.sampled import corpus_if, counted_if
from willakuy.linkage.incase import decisions_mark, read_samples
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import DocumentId, ScopeId, StatementId
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Document

MOST_COUNTED = 60
"""Clusterings counted for a range: the 2.5 % ends of more are not worth the wait."""
LEVEL = 0.95

Groups = tuple[tuple[StatementId, ...], ...]


@dataclass(frozen=True, slots=True)
class Clusterings:
    """Sampled clusterings of the case as it is now: each a tuple of the groups of two records or more."""

    run_id: str
    samples: tuple[Groups, ...]


@dataclass(frozen=True, slots=True)
class DoubtRange:
    """The central ``LEVEL`` of the number of persons certainly counted, over ``n`` clusterings."""

    scope_id: ScopeId
    lo: int
    hi: int
    n: int
    run_id: str

    def as_json(self) -> dict[str, object]:
        return {
            "scope": self.scope_id,
            "low": self.lo,
            "high": self.hi,
            "level": LEVEL,
            "clusterings": self.n,
            "run_id": self.run_id,
        }


def clusterings_of(case: Case, corpus: Corpus, most: int = MOST_COUNTED) -> Clusterings | None:
    """Clusterings the last linking drew, evenly spaced; ``None`` if there are none or people decided more since then."""
    kept = read_samples(case.folder)
    if kept is None or kept.decisions != decisions_mark(corpus):
        return None
    chosen = np.unique(np.linspace(0, len(kept.clusterings) - 1, min(most, len(kept.clusterings))).astype(int))
    records = [StatementId(r) for r in kept.records]
    return Clusterings(kept.run_id, tuple(_groups(records, kept.clusterings[i]) for i in chosen))


def doubt_ranges(
    corpus: Corpus, scopes: Sequence[Scope], drawn: Clusterings, as_of: date | None = None
) -> tuple[DoubtRange, ...]:
    """For each scope, how many persons are certainly counted when the clustering is supposed true."""
    counts = np.array([[f.lo for f in counted_if(corpus, scopes, groups, as_of)] for groups in drawn.samples])
    lo, hi = np.quantile(counts, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0, method="inverted_cdf")
    return tuple(
        DoubtRange(scope.scope_id, int(lo[i]), int(hi[i]), len(counts), drawn.run_id) for i, scope in enumerate(scopes)
    )


@dataclass(frozen=True, slots=True)
class CaptureVersions:
    """The case's capture table under each clustering, equal ones once; ``shares`` of the clusterings, adding to 1."""

    lists: tuple[DocumentId, ...]
    tables: tuple[tuple[tuple[tuple[int, ...], int], ...], ...]
    shares: tuple[float, ...]


def capture_versions(corpus: Corpus, scope: Scope, drawn: Clusterings) -> CaptureVersions:
    """Every version of the table that the clusterings give, over all lists that name somebody counted in any of them."""
    supposed = [estimate_case(corpus_if(corpus, groups), scope) for groups in drawn.samples]
    named = {used.document_id for estimate in supposed for used in estimate.lists}
    lists = [d for d in corpus.documents if d.document_id in named]
    times = Counter(tuple(capture_rows(replace(estimate, lists=_over(lists, estimate)))) for estimate in supposed)
    return CaptureVersions(
        tuple(d.document_id for d in lists), tuple(times), tuple(n / len(supposed) for n in times.values())
    )


def _over(lists: Sequence[Document], estimate: CaseEstimate) -> tuple[ListUsed, ...]:
    used = {found.document_id: found for found in estimate.lists}
    return tuple(used.get(d.document_id) or ListUsed(d.document_id, d.title, frozenset()) for d in lists)


def _groups(records: Sequence[StatementId], labels: NDArray[np.int32]) -> Groups:
    together: dict[int, list[StatementId]] = defaultdict(list)
    for record, label in zip(records, labels.tolist(), strict=True):
        together[label].append(record)
    return tuple(tuple(group) for group in together.values() if len(group) > 1)
