"""The case as the figures read it: records, persons and later statements about them, indexed once.

Everything here follows from the corpus alone and holds for every scope and every day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from willakuy.figures.effects import Effect, effects_of
from willakuy.figures.independence import Origins, origins_said
from willakuy.figures.knowledge import certain_from, possible_from
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import PersonId, StatementId
from willakuy.statements.judgements import ClaimStanding, ClaimVerdict, in_force
from willakuy.statements.sources import Document
from willakuy.statements.statement import Statement, StatementKind, VictimRecord


class EntryKind(StrEnum):
    """What a victim record stands for when people are counted."""

    named = "named"
    unnamed = "unnamed"
    group = "group"


@dataclass(frozen=True, slots=True)
class Entry:
    """A victim record with what its document and source add. ``day`` is the first day it was certainly known.

    ``every`` and ``whole`` are its origins (see ``independence``); ``source`` the one it goes back to directly.
    """

    statement_id: StatementId
    record: VictimRecord
    document: Document
    constants: Mapping[str, str]
    kind: EntryKind
    day: date | None
    possible: date
    source: str
    every: frozenset[str]
    whole: frozenset[str]
    person: int
    is_set_aside: bool
    """A person judged that it does not stand against the others: its values are shown, not counted."""

    @property
    def n(self) -> int:
        """How many people it can stand for: the number said, or its lower bound when no upper one was."""
        count = self.record.count
        return count.lo if count.hi is None else count.hi


@dataclass(frozen=True, slots=True)
class Subject:
    """One person of the case, as far as counting goes.

    ``is_person``: named, or judged to be one definite human being. ``days`` sorts every day on which something about
    them became known; between two of those days nothing about them changes.
    """

    person_id: PersonId
    key: StatementId
    """The smallest record id: stands for the person whatever the order of the ledger."""
    is_person: bool
    entries: tuple[Entry, ...]
    groups: tuple[Entry, ...]
    effects: tuple[Effect, ...]
    days: tuple[date, ...]


@dataclass
class Register:
    corpus: Corpus
    origins: Origins
    entries: Mapping[StatementId, Entry]
    subjects: tuple[Subject, ...]
    effects: tuple[Effect, ...]
    memo: dict[Any, Any] = field(default_factory=dict)
    """What later questions computed, by question. A register is never changed otherwise."""


def register_of(corpus: Corpus) -> Register:
    """The register of ``corpus``, built once and kept beside it, as its own cached properties are."""
    kept = vars(corpus).get("_figures_register")
    if not isinstance(kept, Register):
        kept = _build(corpus)
        vars(corpus)["_figures_register"] = kept
    return kept


def _build(corpus: Corpus) -> Register:
    origins = Origins.of(corpus)
    aside = set_aside(corpus)
    persons = corpus.identities.persons
    person_of = {record: i for i, person in enumerate(persons) for record in person.records}
    entries = {
        s.statement_id: _entry(corpus, origins, s, person_of[s.statement_id], s.statement_id in aside)
        for s in corpus.of_kind(StatementKind.victim)
    }
    effects = effects_of(corpus, origins, aside)
    touching: dict[int, list[Effect]] = defaultdict(list)
    for effect in effects:
        for i in sorted({person_of[target] for target in effect.targets if target in person_of}):
            touching[i].append(effect)
    subjects = tuple(
        _subject(person.person_id, person.is_individual, [entries[r] for r in person.records], touching.get(i, []))
        for i, person in enumerate(persons)
    )
    return Register(corpus, origins, entries, subjects, effects)


def set_aside(corpus: Corpus) -> frozenset[StatementId]:
    """Statements that a judgement in force says do not stand."""
    verdicts: dict[StatementId, ClaimVerdict] = {}
    for judgement in in_force(corpus.judgements):
        if isinstance(judgement.decision, ClaimStanding):
            verdicts[judgement.decision.statement_id] = judgement.decision.verdict
    return frozenset(s for s, verdict in verdicts.items() if verdict is ClaimVerdict.conflicts)


def kind_of(record: VictimRecord) -> EntryKind:
    """One named person, one unnamed person, or anything that is not exactly one person."""
    count = record.count
    if (count.lo, count.hi) != (1, 1):
        return EntryKind.group
    if any(name.kind.names_somebody for name in record.names):
        return EntryKind.named
    return EntryKind.unnamed


def _entry(corpus: Corpus, origins: Origins, statement: Statement, person: int, is_set_aside: bool) -> Entry:
    document = corpus.document[statement.document_id]
    known = corpus.known(statement)
    return Entry(
        statement_id=statement.statement_id,
        record=statement.victim,
        document=document,
        constants=dict(document.constants),
        kind=kind_of(statement.victim),
        day=certain_from(known),
        possible=possible_from(known),
        source=origin_source(statement, document),
        every=origins_said(origins, statement, document.source_id, only_whole=False),
        whole=origins_said(origins, statement, document.source_id, only_whole=True),
        person=person,
        is_set_aside=is_set_aside,
    )


def origin_source(statement: Statement, document: Document) -> str:
    """The one source that a statement is directly attributed to: the far end of its chain, if held."""
    origin = statement.speakers[-1].source_id if statement.speakers else None
    return origin or document.source_id


def _subject(person_id: PersonId, is_individual: bool, found: list[Entry], effects: list[Effect]) -> Subject:
    single = tuple(entry for entry in found if entry.kind is not EntryKind.group)
    is_person = bool(single) and (is_individual or any(entry.kind is EntryKind.named for entry in single))
    days = {entry.day for entry in found if entry.day} | {effect.day for effect in effects if effect.day}
    return Subject(
        person_id=person_id,
        key=min(entry.statement_id for entry in found),
        is_person=is_person,
        entries=single,
        groups=tuple(entry for entry in found if entry.kind is EntryKind.group),
        effects=tuple(effects),
        days=tuple(sorted(days)),
    )
