"""What changed since the release before, and why: no difference without a stated reason.

Both records are computed from the ledger, so that each difference can be laid to entries recorded in between. What
no entry explains was changed by the rules themselves (the program or the settings), and is said to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from willakuy.figures import Figure, Standing
from willakuy.publication.frozen import PublicRecord
from willakuy.statements.ids import JudgementId, PersonId, StatementId
from willakuy.statements.judgements import Identity, Undo
from willakuy.statements.statement import Status


class What(StrEnum):
    figure = "figure"
    person = "person"
    statements = "statements"
    statement = "statement"
    judgement = "judgement"
    source = "source"
    document = "document"
    scope = "scope"
    consent = "consent"
    rules = "rules"


class Change(StrEnum):
    added = "added"
    changed = "changed"
    removed = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """``item`` is the id of what differs (of its document for ``statements``); ``before`` and ``after`` short values.

    The reason is in ``statements`` and ``judgements`` recorded since; with neither, in the rules (``by_rules``).
    """

    what: What
    change: Change
    item: str
    before: str = ""
    after: str = ""
    statements: tuple[StatementId, ...] = ()
    judgements: tuple[JudgementId, ...] = ()

    @property
    def by_rules(self) -> bool:
        return not self.statements and not self.judgements and self.what not in _SPEAK_FOR_THEMSELVES


_SPEAK_FOR_THEMSELVES = (What.statements, What.judgement, What.source, What.document, What.scope, What.consent)
"""A new entry is its own reason: what it says stands beside it."""


def differences(earlier: PublicRecord | None, now: PublicRecord, *, is_first: bool) -> tuple[Difference, ...]:
    """Every difference between two releases; none for the first one.

    ``earlier`` is ``None`` when the ledger is the same and only the rules of publication differ.
    """
    if is_first:
        return ()
    if earlier is None:
        return (Difference(What.rules, Change.changed, "rules"),)
    return tuple(_Diff(earlier, now).all())


def consent_changes(was: PublicRecord, agreed: PublicRecord) -> tuple[Difference, ...]:
    """How many statements of the release before are gone, or would have been in it, under the consents of now."""
    before, after = was.corpus.statement.keys(), agreed.corpus.statement.keys()
    out = []
    if n := len(before - after):
        out.append(Difference(What.consent, Change.removed, "consent", before=str(n)))
    if n := len(after - before):
        out.append(Difference(What.consent, Change.added, "consent", after=str(n)))
    return tuple(out)


class _Diff:
    def __init__(self, earlier: PublicRecord, now: PublicRecord) -> None:
        self.a, self.b = earlier, now
        known = earlier.corpus.statement
        self.new = [s for s in now.corpus.statements if s.statement_id not in known]
        before = {j.judgement_id for j in earlier.corpus.judgements}
        self.decided = [j for j in now.corpus.judgements if j.judgement_id not in before]
        self._by_id = {j.judgement_id: j for j in now.corpus.judgements}

    def all(self) -> Iterator[Difference]:
        yield from self.figures()
        yield from self.persons()
        yield from self.described()
        yield from self.statements()
        for judgement in self.decided:
            yield Difference(What.judgement, Change.added, judgement.judgement_id, after=judgement.reason)

    def figures(self) -> Iterator[Difference]:
        old = {f.scope.scope_id: f for f in self.a.answers.figures}
        for figure in self.b.answers.figures:
            before = old.pop(figure.scope.scope_id, None)
            if before is None:
                yield Difference(What.figure, Change.added, figure.scope.scope_id, after=_range(figure))
            elif (before.lo, before.hi) != (figure.lo, figure.hi):
                statements, judgements = self._why(self._moved(before, figure))
                extra = {r for g in figure.groups for r in g.records} & {s.statement_id for s in self.new}
                statements = tuple(dict.fromkeys([*statements, *sorted(extra)]))
                yield Difference(
                    What.figure,
                    Change.changed,
                    figure.scope.scope_id,
                    _range(before),
                    _range(figure),
                    statements,
                    judgements,
                )
        for scope_id, before in old.items():
            yield Difference(What.figure, Change.removed, scope_id, _range(before))

    def _moved(self, before: Figure, after: Figure) -> list[PersonId]:
        """Persons whose standing is another one now; those newly excluded or gone included."""
        old = {p.person_id: p.standing for p in before.persons}
        new = {p.person_id: p.standing for p in after.persons}
        out = Standing.excluded
        return [p for p in dict.fromkeys([*new, *old]) if old.get(p, out) is not new.get(p, out)]

    def persons(self) -> Iterator[Difference]:
        old = {p: person.records for p, person in self.a.person.items()}
        for person_id, person in self.b.person.items():
            before = old.pop(person_id, None)
            name = _name(self.b, person_id)
            if before is None:
                yield Difference(What.person, Change.added, person_id, "", name, *self._why([person_id]))
            elif before != person.records:
                yield Difference(
                    What.person,
                    Change.changed,
                    person_id,
                    str(len(before)),
                    str(len(person.records)),
                    *self._why([person_id]),
                )
            elif _name(self.a, person_id) != name:
                was = self._printable(person_id, self.a.person[person_id].records)
                yield Difference(What.person, Change.changed, person_id, was, name, *self._why([person_id]))
        for person_id, records in old.items():
            was = self._printable(person_id, records)
            yield Difference(What.person, Change.removed, person_id, was, "", *self._why_records(set(records)))

    def _printable(self, person_id: PersonId, records: Iterable[StatementId]) -> str:
        """What a person was called before, if a record of theirs still says so in public; else nothing."""
        was, now = _name(self.a, person_id), self.b.corpus.statement
        said = {n.printed for r in records if r in now for n in now[r].victim.names}
        return was if was in said else ""

    def described(self) -> Iterator[Difference]:
        for what, field in ((What.source, "source"), (What.document, "document"), (What.scope, "scope")):
            old = dict(getattr(self.a.corpus, field))
            for item, value in getattr(self.b.corpus, field).items():
                before = old.pop(item, None)
                if before != value:
                    yield Difference(what, Change.changed if before else Change.added, item)
            for item in old:
                yield Difference(what, Change.removed, item)

    def statements(self) -> Iterator[Difference]:
        for document_id, n in Counter(s.document_id for s in self.new).items():
            yield Difference(What.statements, Change.added, document_id, after=str(n))
        now = self.b.corpus.statement
        for statement_id, before in self.a.corpus.statement.items():
            if statement_id not in now:
                yield Difference(
                    What.statement, Change.removed, statement_id, "", "", *self._why_records({statement_id})
                )
            elif now[statement_id] != before:
                yield Difference(
                    What.statement, Change.changed, statement_id, "", "", *self._why_records({statement_id})
                )

    def _why(self, persons: Iterable[PersonId]) -> tuple[tuple[StatementId, ...], tuple[JudgementId, ...]]:
        records: set[StatementId] = set()
        for person_id in persons:
            for record in (self.a, self.b):
                if person_id in record.person:
                    records.update(record.person[person_id].records)
        return self._why_records(records)

    def _why_records(self, records: set[StatementId]) -> tuple[tuple[StatementId, ...], tuple[JudgementId, ...]]:
        """What was recorded since that speaks of ``records``."""
        said = [
            s.statement_id
            for s in self.new
            if s.statement_id in records
            or (isinstance(s.content, Status) and not records.isdisjoint(s.content.targets))
        ]
        decided = [j.judgement_id for j in self.decided if self._touches(j.judgement_id, records)]
        return tuple(said), tuple(decided)

    def _touches(self, judgement_id: JudgementId, records: set[StatementId]) -> bool:
        judgement = self._by_id.get(judgement_id)
        if judgement is None:
            return False
        match judgement.decision:
            case Identity(records=about):
                return not records.isdisjoint(about)
            case Undo(judgement_id=undone):
                return self._touches(undone, records)
            case decision:
                subjects = {getattr(decision, name, None) for name in ("statement_id", "record", "subject")}
                return not records.isdisjoint(subjects)


def _range(figure: Figure) -> str:
    return str(figure.lo) if figure.lo == figure.hi else f"{figure.lo}–{figure.hi}"


def _name(record: PublicRecord, person_id: PersonId) -> str:
    profile = record.answers.profiles.get(person_id)
    return profile.display_name if profile else person_id
