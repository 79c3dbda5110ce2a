"""How well each proposer serves its coders, and how far coders agree on proposals. Method: docs/method/reading-models.md, "Rates"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from willakuy.casefile.agreement import krippendorff_alpha
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import DocumentId, StatementId
from willakuy.statements.judgements import Review, ReviewCoding, ReviewVerdict, in_force
from willakuy.statements.statement import FigureClaim, Statement


@dataclass(frozen=True, slots=True)
class Rates:
    """Of one proposer. ``missed``: standing statements, in the documents it read, on whose words it proposed nothing."""

    name: str
    version: str
    proposed: int
    accepted: int
    corrected: int
    rejected: int
    standing: int
    missed: int

    @property
    def decided(self) -> int:
        return self.accepted + self.corrected + self.rejected

    def share(self, n: int) -> float | None:
        """``n`` of the decided ones, in [0, 1]; ``None`` before any was decided."""
        return n / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Of the proposals a person accepted or corrected (``n``), how many kept this part as proposed (``same``).

    ``alpha`` is Krippendorff's, nominal, between the proposer and the person; ``None`` where all values are one.
    """

    field: str
    n: int
    same: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class CodingFigures:
    """``alpha`` over proposals that two coders or more answered (``n_double``): Krippendorff's, nominal."""

    proposers: tuple[Rates, ...]
    n_double: int
    alpha: float | None
    fields: tuple[FieldAgreement, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "proposers": [
                {
                    "name": r.name, "version": r.version, "proposed": r.proposed, "accepted": r.accepted, "corrected": r.corrected,
                    "rejected": r.rejected, "standing": r.standing, "missed": r.missed,
                }
                for r in self.proposers
            ],
            "answered_twice": self.n_double,
            "krippendorff_alpha": self.alpha,
            "fields": [{"field": x.field, "n": x.n, "same": x.same, "krippendorff_alpha": x.alpha} for x in self.fields],
        }  # fmt: skip


def coding_figures(corpus: Corpus) -> CodingFigures:
    verdicts: dict[StatementId, ReviewVerdict] = {}
    stands_for: dict[StatementId, StatementId] = {}
    answers: dict[StatementId, dict[str, str]] = defaultdict(dict)
    for j in in_force(corpus.judgements):
        if isinstance(j.decision, Review):
            verdicts[j.decision.statement_id] = j.decision.verdict
            if j.decision.verdict is not ReviewVerdict.rejected:
                stands_for[j.decision.statement_id] = j.decision.replacement or j.decision.statement_id
        if isinstance(j.decision, Review | ReviewCoding):
            answers[j.decision.statement_id][j.by] = j.decision.verdict.value
    by_proposer: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in corpus.statements:
        if s.proposed_by is not None:
            by_proposer[s.proposed_by.name, s.proposed_by.version].append(s)
    double = [list(found.values()) for found in answers.values() if len(found) > 1]
    rates = tuple(_rates(key, made, corpus.standing, verdicts) for key, made in sorted(by_proposer.items()))
    by_id = {s.statement_id: s for s in corpus.statements}
    proposed = [s for made in by_proposer.values() for s in made if stands_for.get(s.statement_id) in by_id]
    pairs = [(s, by_id[stands_for[s.statement_id]]) for s in proposed]
    return CodingFigures(rates, len(double), krippendorff_alpha(double), tuple(_fields(pairs)))


def _fields(pairs: Sequence[tuple[Statement, Statement]]) -> Iterator[FieldAgreement]:
    """``pairs`` of a proposal and what stands in its place."""
    for field, value in (("words", _words), ("speaker", _speaker), ("number", _number)):
        units = [
            (a, b)
            for proposed, stands in pairs
            if (a := value(proposed)) is not None and (b := value(stands)) is not None
        ]
        if units:
            yield FieldAgreement(field, len(units), sum(a == b for a, b in units), krippendorff_alpha(units))


def _words(s: Statement) -> str | None:
    return " ".join(f"{a}-{b}" for a, b in _spans(s)) or None


def _speaker(s: Statement) -> str | None:
    return (s.speakers[-1].name or "") if s.speakers else None


def _number(s: Statement) -> str | None:
    counted = s.content.quantity if isinstance(s.content, FigureClaim) else None
    return f"{counted.lo}-{counted.hi}" if counted else None


def _rates(
    key: tuple[str, str],
    made: list[Statement],
    standing: Iterable[Statement],
    verdicts: dict[StatementId, ReviewVerdict],
) -> Rates:
    spans: dict[DocumentId, list[tuple[int, int]]] = defaultdict(list)
    for s in made:
        spans[s.document_id] += _spans(s)
    there = [s for s in standing if s.document_id in spans and _spans(s)]
    missed = [s for s in there if not any(a < y and x < b for a, b in _spans(s) for x, y in spans[s.document_id])]
    given = [verdicts.get(s.statement_id) for s in made]
    return Rates(
        *key,
        len(made),
        given.count(ReviewVerdict.accepted),
        given.count(ReviewVerdict.corrected),
        given.count(ReviewVerdict.rejected),
        len(there),
        len(missed),
    )


def _spans(s: Statement) -> list[tuple[int, int]]:
    places = (c.locator for c in s.citations)
    return [(p.start, p.end) for p in places if p.start is not None and p.end is not None]
