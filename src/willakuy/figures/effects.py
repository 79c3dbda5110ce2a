"""Statements about statements: what is withdrawn, rectified, denied, confirmed or replaced, by whom, from when.

Nothing is deleted: an effect decides whether a record is counted from its own day on. Method:
docs/method/counting.md, "What is taken back".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from willakuy.figures.independence import Origins, origins_said
from willakuy.figures.knowledge import certain_from
from willakuy.figures.values import Reason
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import StatementId
from willakuy.statements.statement import Statement, Status, VictimRecord

DENIAL = "denial"
TAKING_BACK = {"retraction": Reason.withdrawn, "rectification": Reason.rectified, DENIAL: Reason.denied}
CONFIRMING = frozenset({"confirmation"})
REPLACING = frozenset({"supersession"})
ROW_STATUS = {"withdrawn": "retraction", "rectified": "rectification", "denied": DENIAL}
"""What a list says of its own row, as the effect it has."""

WHOLE_RECORD = frozenset({"existence", "death", "link"})
"""Aspects without which there is nobody to count."""

CRITERIA_OF_ASPECT = {"age": ("minors_only",), "place": ("place",), "date": ("period",)}
"""Criteria of a scope on which an aspect bears. Other aspects (a name, a cause, who did it) change no count of persons."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One status statement, or a row that its own list marks as withdrawn, rectified or denied."""

    statement_id: StatementId
    day: date | None
    effect: str
    aspect: str
    targets: tuple[StatementId, ...]
    source: str
    whole: frozenset[str]
    is_row: bool = False
    """The row speaks of itself. Of a denial that means: the source reports that somebody denies it."""

    @property
    def reason(self) -> Reason | None:
        """The reason it gives for not counting somebody; ``None`` if it takes nothing back."""
        return TAKING_BACK.get(self.effect)

    @property
    def is_about_existence(self) -> bool:
        return self.aspect in WHOLE_RECORD

    @property
    def is_own_word(self) -> bool:
        """By its meaning said by whoever said its targets: a retraction or rectification, not a denial by another."""
        return self.effect in TAKING_BACK and self.effect != DENIAL

    @property
    def reaches_copies(self) -> bool:
        """Whether it takes with it what else goes back to the same origin, or only its targets."""
        return not (self.is_row and self.effect == DENIAL)


class State(StrEnum):
    """What became of one record by a given day."""

    live = "live"
    contested = "contested"
    """Somebody else denies it."""
    fallen = "fallen"
    """Taken back by whoever it goes back to."""
    replaced = "replaced"


def effects_of(corpus: Corpus, origins: Origins, set_aside: Collection[StatementId]) -> tuple[Effect, ...]:
    """Every effect of the case in the order of the ledger; those a person judged wrong do not act."""
    found = []
    for statement in corpus.standing:
        if statement.statement_id in set_aside:
            continue
        content = statement.content
        if isinstance(content, Status):
            found.append(_effect(corpus, origins, statement, content.effect, content.aspect, content.targets))
        elif isinstance(content, VictimRecord) and (effect := ROW_STATUS.get(content.row_status.code or "")):
            acting = _effect(corpus, origins, statement, effect, "existence", (statement.statement_id,))
            found.append(replace(acting, is_row=True))
    return tuple(found)


def _effect(
    corpus: Corpus, origins: Origins, statement: Statement, effect: str, aspect: str, targets: tuple[StatementId, ...]
) -> Effect:
    document = corpus.document[statement.document_id]
    origin = statement.speakers[-1].source_id if statement.speakers else None
    return Effect(
        statement_id=statement.statement_id,
        day=certain_from(corpus.known(statement)),
        effect=effect,
        aspect=aspect,
        targets=targets,
        source=origin or document.source_id,
        whole=origins_said(origins, statement, document.source_id, only_whole=True),
    )
