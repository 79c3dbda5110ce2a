"""One recorded value as a release shows it. Everything here takes away; nothing is added but initials and […]."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from willakuy.publication.policy import Rule
from willakuy.publication.scrub import GAP, Scrubber
from willakuy.statements.consent import Consent
from willakuy.statements.ids import StatementId
from willakuy.statements.judgements import (
    ClaimStanding,
    Coding,
    GradeGiven,
    Identity,
    IdentityVerdict,
    Judgement,
    PolicyException,
    Review,
    Undo,
)
from willakuy.statements.names import Name, NameKind, fold, mask
from willakuy.statements.sources import Document, Source
from willakuy.statements.statement import (
    Demand,
    EventAccount,
    FigureClaim,
    Mode,
    Speaker,
    Statement,
    Status,
    VictimRecord,
)

_RELATIVE_ROLES = (
    "padre", "madre", "herman", "espos", "viud", "hij", "tio", "tia", "prim", "familiar", "testig", "vecin", "sobrevivient", "herid",
    "father", "mother", "brother", "sister", "wife", "husband", "widow", "son ", "daughter", "uncle", "aunt", "cousin", "relative", "witness",
    "neighbo", "survivor", "injured", "wounded",
)  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shower:
    """What it needs to know to show a value: names to mask, and the statements that will be published."""

    scrubber: Scrubber
    masked: Mapping[StatementId, Rule]
    letters: Mapping[str, str]
    """Working names of those who decide, to letters."""
    rules: dict[tuple[str, str], Rule]
    """(id, path) to the rule that changed it; filled as values are shown."""

    def text(self, item: str, path: str, words: str, *, is_blame: bool = False) -> str:
        clean, rule = self.scrubber.clean(words, is_blame=is_blame)
        if rule is not None:
            self.rules.setdefault((item, path), rule)
        return clean

    def maybe(self, item: str, path: str, words: str | None) -> str | None:
        return None if words is None else self.text(item, path, words)

    def said(self, item: str, path: str, value: T) -> T:
        """``value`` (something with ``words``, or a tuple of such) with its words cleaned."""
        if isinstance(value, tuple):
            return tuple(self.said(item, path, v) for v in value)  # type: ignore[return-value]
        words = getattr(value, "words", None)
        if not words:
            return value
        clean = self.text(item, path, words)
        return value if clean == words else replace(value, words=clean)  # type: ignore[type-var]

    def statement(self, statement: Statement, published: Set[StatementId]) -> Statement:
        """``published`` are the ids of the statements that may be named."""
        item = statement.statement_id
        content: Any = statement.content
        match content:
            case VictimRecord():
                content = self._victim(item, content)
            case FigureClaim():
                parts = tuple(replace(p, label=self.text(item, "content.parts", p.label)) for p in content.parts)
                content = replace(
                    content,
                    parts=parts,
                    population=self.said(item, "content.population", content.population),
                    scope=self.said(item, "content.scope", content.scope),
                )
            case EventAccount():
                content = replace(content, what=self.text(item, "content.what", content.what))
            case Demand():
                content = replace(
                    content,
                    what=self.text(item, "content.what", content.what),
                    addressee=self.maybe(item, "content.addressee", content.addressee),
                )
            case Status():
                content = replace(
                    content,
                    targets=tuple(t for t in content.targets if t in published),
                    reason=self.maybe(item, "content.reason", content.reason),
                )
        return replace(
            statement,
            content=content,
            words=self._words(statement, content),
            speakers=tuple(self._speaker(item, s) for s in statement.speakers),
            note=self.maybe(item, "note", statement.note),
        )

    def _words(self, statement: Statement, content: object) -> str:
        item = statement.statement_id
        if statement.mode is Mode.list_row and isinstance(content, VictimRecord):
            self.rules.setdefault((item, "words"), Rule.row_words)
            return row_words(content)
        return self.text(item, "words", statement.words)

    def _victim(self, item: str, record: VictimRecord) -> VictimRecord:
        changed: dict[str, Any] = {"unread": ()}
        if record.unread:
            self.rules[item, "content.unread"] = Rule.unread_cell
        rule = self.masked.get(StatementId(item))
        changed["names"] = tuple(
            dict.fromkeys(
                _shown_name(n, rule is not None) for n in record.names if n.kind is not NameKind.nickname or not rule
            )
        )
        if rule is not None:
            if changed["names"] != record.names:
                self.rules[item, "content.names"] = rule
            if record.age is not None and record.age.born is not None:
                self.rules[item, "content.age"] = rule
                changed["age"] = replace(record.age, words="", born=None)
        for name in (
            "harm",
            "roles",
            "causes",
            "circumstances",
            "place",
            "wounded_at",
            "died_at",
            "origin",
            "row_status",
        ):
            changed[name] = self.said(item, f"content.{name}", getattr(record, name))
        changed["blamed"] = tuple(
            replace(
                b,
                words=self.text(item, "content.blamed", b.words, is_blame=True),
                party=None if b.party is None else self.text(item, "content.blamed", b.party, is_blame=True),
            )
            for b in record.blamed
        )
        for name in ("hospital", "details"):
            changed[name] = self.maybe(item, f"content.{name}", getattr(record, name))
        return replace(record, **changed)

    def _speaker(self, item: str, speaker: Speaker) -> Speaker:
        role = self.maybe(item, "speakers", speaker.role)
        named = fold(f"{speaker.role or ''} ")
        if speaker.is_protected or any(word in named for word in _RELATIVE_ROLES):
            self.rules[item, "speakers"] = Rule.protected_speaker
            return Speaker(None, role, None if speaker.is_protected else speaker.source_id, is_protected=True)
        return replace(speaker, role=role, name=self.maybe(item, "speakers", speaker.name))

    def source(self, source: Source) -> Source:
        item = source.source_id
        if source.is_protected:
            self.rules[item, "name"] = Rule.protected_source
            return Source(item, "", source.kind, source.language, is_protected=True)
        return replace(
            source,
            name=self.text(item, "name", source.name),
            criteria=self.maybe(item, "criteria", source.criteria),
            note=self.maybe(item, "note", source.note),
            derives_from=self.said(item, "derives_from", source.derives_from),
        )

    def document(self, document: Document, source: Source) -> Document:
        item = document.document_id
        if source.is_protected:
            self.rules[item, "title"] = Rule.protected_source
            return replace(
                document,
                title="",
                address=None,
                sha256=None,
                size=None,
                note=None,
                capture=None,
                criteria=None,
                completeness=None,
            )
        address = document.address
        if address and self.scrubber.address_names_somebody(address):
            self.rules[item, "address"] = Rule.minor
            address = None
        return replace(
            document,
            address=address,
            title=self.text(item, "title", document.title),
            criteria=self.maybe(item, "criteria", document.criteria),
            completeness=self.maybe(item, "completeness", document.completeness),
            note=self.maybe(item, "note", document.note),
        )

    def judgement(self, judgement: Judgement, published: Set[str]) -> Judgement | None:
        """``None`` when nothing it is about is published."""
        item, decision = judgement.judgement_id, judgement.decision
        match decision:
            case Identity():
                records = tuple(r for r in decision.records if r in published)
                if len(set(records)) < (1 if decision.verdict is IdentityVerdict.individual else 2):
                    return None
                decision = replace(decision, records=records)
            case Coding(records=pair):
                if not set(pair) <= published:
                    return None
            case ClaimStanding():
                decision = replace(decision, against=tuple(s for s in decision.against if s in published))
                if decision.statement_id not in published:
                    return None
            case Review(statement_id=subject) | GradeGiven(record=subject) | PolicyException(subject=subject):
                if subject not in published:
                    return None
            case Consent():
                return None
            case Undo(judgement_id=undone):
                if undone not in published:
                    return None
        self.rules[item, "by"] = Rule.coder
        reason = self.text(item, "reason", judgement.reason)
        return replace(judgement, decision=decision, by=self.letters[judgement.by], reason=reason)


def _shown_name(name: Name, is_masked: bool) -> Name:
    if not name.kind.names_somebody:
        return replace(name, printed=mask(name))
    if not is_masked:
        return name
    masked = mask(name)
    same = name.kind is NameKind.initials and _letters_of(masked) == _letters_of(name.printed)
    return name if same else Name(masked, NameKind.initials)


def _letters_of(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalpha())


def row_words(record: VictimRecord) -> str:
    """The published cells of a row, as printed, in the order of a record."""
    cells: list[str | None] = [record.printed_no, *(n.printed for n in record.names)]
    if record.count.words != "1":
        cells.append(record.count.words)
    cells += [record.age.words if record.age else None, record.sex]
    cells += [c.words for c in (*record.roles, record.harm)]
    dates = (record.dated, record.happened, record.wounded, record.died, record.reported)
    places = (record.place, record.wounded_at, record.died_at, record.origin)
    cells += [d.words for d in dates if d] + [p.words for p in places if p]
    cells += [c.words for c in (*record.causes, *record.circumstances)]
    cells += [b.words for b in record.blamed] + [record.hospital, record.details]
    cells += [record.row_status.words if record.row_status.code != "listed" else None]
    return " · ".join(dict.fromkeys(cell for cell in cells if cell)) or GAP
