"""What the room ``figures`` answers about a case, gathered once for a release.

Figures are asked of the whole case; profiles, findings and families only of what may be published, so that no name
kept back can come in through them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from willakuy.figures import (
    Family,
    Figure,
    Finding,
    Point,
    Profile,
    change_days,
    count,
    families,
    findings,
    profiles,
    series,
)
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import PersonId, ScopeId

MOST_STANDINGS = 1_000_000
"""Persons times days for which every standing is published; beyond it only those of all that is recorded."""


@dataclass(frozen=True)
class Answers:
    """``series`` holds, for each scope, its figure on every day on which its bounds changed, then of all that is recorded.

    ``points`` are the bounds alone, for every such day (they are never left out).
    """

    series: Mapping[ScopeId, tuple[Figure, ...]]
    points: Mapping[ScopeId, tuple[Point, ...]]
    profiles: Mapping[PersonId, Profile] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    families: tuple[Family, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """One for each scope: of all that is recorded."""
        return tuple(figures[-1] for figures in self.series.values())

    def with_figures(self, change: Callable[[Figure], Figure]) -> Answers:
        return replace(self, series={s: tuple(change(f) for f in figures) for s, figures in self.series.items()})


def ask(corpus: Corpus, public: Corpus) -> Answers:
    """Everything a release says, of ``corpus`` (counts) and of ``public`` (all that prints words)."""
    days = change_days(corpus)
    points = {s: _changes(series(corpus, scope, days)) for s, scope in corpus.scope.items()}
    n_persons = len(corpus.identities.persons)
    figures: dict[ScopeId, tuple[Figure, ...]] = {}
    for scope_id, scope in corpus.scope.items():
        shown = points[scope_id] if n_persons * len(points[scope_id]) <= MOST_STANDINGS else ()
        asked: list[date | None] = [p.as_of for p in shown]
        figures[scope_id] = tuple(count(corpus, scope, as_of) for as_of in [*asked, None])
    return Answers(
        series=figures,
        points=points,
        profiles=profiles(public),
        findings=findings(public),
        families=families(public),
    )


def _changes(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Only the days on which a bound differs from the day before; the days before anybody was counted are left out."""
    out: list[Point] = []
    for point in points:
        before = (out[-1].lo, out[-1].hi) if out else (0, 0)
        if (point.lo, point.hi) != before:
            out.append(point)
    return tuple(out)
