"""Statements, claims and people as the templates print them: plain values, made once for a language and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from willakuy.figures import Profile
from willakuy.i18n import N_
from willakuy.publication.frozen import PublicRecord
from willakuy.publication.masking import is_group
from willakuy.publication.policy import Rule, say_rule
from willakuy.publication.speech import Speech
from willakuy.statements.dates import PartialDate
from willakuy.statements.errors import DateNotEdtf, PlaceCodeNotValid
from willakuy.statements.ids import DocumentId, PersonId, StatementId
from willakuy.statements.names import fold
from willakuy.statements.places import Place
from willakuy.statements.statement import Mode, Statement, Status, VictimRecord

PER_PAGE = 400
"""Statements on one page of a document, and names on one page of a list."""

_DATES = ("died", "dated", "happened", "wounded")
_PLACES = ("died_at", "place", "wounded_at")

_EFFECTS = {
    "withdraws": N_("Withdrawn by {who}."),
    "rectifies": N_("Set right by {who}."),
    "denies": N_("Denied by {who}."),
    "confirms": N_("Confirmed by {who}."),
    "replaces": N_("Replaced by {who}."),
}

_UNTOLD = frozenset({Rule.row_words, Rule.coder})
"""Rules that change every row alike; the methodology page tells them once."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person in a list. ``sort`` is their place among names; ``day`` and ``place`` the values most sources give."""

    id: PersonId
    name: str
    about: str
    sort: str
    day: PartialDate | None
    place: Place | None
    is_named: bool


class Cards:
    """Everything repeated on many pages of one language."""

    def __init__(self, record: PublicRecord, speech: Speech) -> None:
        self.record, self.speech = record, speech
        self._statements: dict[StatementId, dict[str, Any]] = {}
        self._people: dict[PersonId, Someone] = {}
        self._masks: dict[Rule, str] = {}
        self._page_of = _pages_of_documents(record)
        self._masked = _masked_rules(record)
        self._status_on = _status_on(record)

    def href(self, statement_id: StatementId) -> str:
        """Where a statement stands in its document, from the top of the language."""
        return f"d/{self._page_of[statement_id]}.html#{statement_id}"

    def document_page(self, document_id: DocumentId, part: int) -> str:
        return document_id if part == 0 else f"{document_id}-{part + 1}"

    def statement(self, statement_id: StatementId) -> dict[str, Any]:
        card = self._statements.get(statement_id)
        if card is None:
            card = self._statements[statement_id] = self._statement(self.record.corpus.statement[statement_id])
        return card

    def _statement(self, s: Statement) -> dict[str, Any]:
        speech, corpus = self.speech, self.record.corpus
        document = corpus.document[s.document_id]
        person = self.record.person_of.get(s.statement_id)
        person = person if person and self.has_page(person.person_id) else None
        language = s.language or document.language
        known = corpus.known(s)
        return {
            "anchor": s.statement_id,
            "href": self.href(s.statement_id),
            "words": s.words,
            "lang": language if language and language != speech.lang else None,
            "who": self.who(s),
            "document": document.title or speech.source(corpus.source[document.source_id]),
            "locator": speech.locator(s.citations[0]),
            "date": speech.date(known),
            "address": safe_address(document.address),
            "person": person.person_id if person else None,
            "person_name": self.someone(person.person_id).name if person else None,
            "blamed": self.blamed(s),
            "status": [
                {"text": speech.text(_EFFECTS.get(effect, effect), who=who), "href": self.href(by)}
                for effect, who, by in self._status(s.statement_id)
            ],
            "note": s.note,
            **self._mask(s.statement_id),
            "row": s.citations[0].locator.row,
        }

    def who(self, s: Statement) -> str:
        """Who says it, on whose word: never in our own voice."""
        chain = self.speech.chain(s)
        source = self.speech.source(self.record.corpus.source_of(s))
        if s.mode is Mode.list_row:
            return self.speech.text(N_("{source} lists"), source=source)
        said = self.speech.text(N_("{who} said"), who=chain[-1])
        via = [name for name in [*reversed(chain[:-1]), source] if name != chain[-1]]
        if not via:
            return said
        return self.speech.text(N_("{said}, reported by {chain}"), said=said, chain=" ← ".join(dict.fromkeys(via)))

    def blamed(self, s: Statement) -> list[str]:
        """Accusations, each as the words of whoever made it."""
        if not isinstance(s.content, VictimRecord):
            return []
        who = self.speech.chain(s)[-1]
        hedge = {b: self.speech.term("hedge", b.hedge) for b in s.content.blamed}
        return [
            self.speech.text(
                N_("{who} said who was responsible: “{words}” ({hedge})"), who=who, words=b.words, hedge=hedge[b]
            )
            for b in s.content.blamed
        ]

    def _status(self, statement_id: StatementId) -> list[tuple[str, str, StatementId]]:
        corpus = self.record.corpus
        return [
            (effect, self.speech.chain(corpus.statement[by])[-1], by)
            for effect, by in self._status_on.get(statement_id, ())
        ]

    def _mask(self, statement_id: StatementId) -> dict[str, str | None]:
        """The rule that changed words of a statement: of its name alone (told once on a person's page), or another."""
        rule = self._masked.get(statement_id)
        said = None
        if rule is not None:
            said = self._masks.get(rule) or self._masks.setdefault(rule, say_rule(rule))
        is_name = rule in (Rule.minor, Rule.may_be_alive)
        return {"is_masked": said, "told": None if is_name else said}

    def someone(self, person_id: PersonId) -> Someone:
        found = self._people.get(person_id)
        if found is None:
            found = self._people[person_id] = self._someone(self.record.answers.profiles[person_id])
        return found

    def _someone(self, profile: Profile) -> Someone:
        day, place = first_date(profile), first_place(profile)
        age = profile.field("age")
        about = [self.speech.age(age)] if age else []
        about += [self.speech.date(day)] if day else []
        about += [self.speech.place(place)] if place else []
        is_named = self.is_named(profile.person_id)
        name = profile.display_name if is_named else self.speech.text(N_("Unnamed person"))
        return Someone(
            profile.person_id, name, " · ".join(about), sort_key(name) if is_named else "", day, place, is_named
        )

    def is_named(self, person_id: PersonId) -> bool:
        """Some record holds part of a name."""
        corpus = self.record.corpus
        return any(
            name.kind.names_somebody
            for r in self.record.person[person_id].records
            for name in corpus.statement[r].victim.names
        )

    def has_page(self, person_id: PersonId) -> bool:
        """Everyone but groups: a row for several people is shown in its document and in the figures."""
        corpus = self.record.corpus
        return any(not is_group(corpus.statement[r].victim) for r in self.record.person[person_id].records)

    def claim(self, statement_id: StatementId) -> dict[str, Any]:
        """A published figure: the number, what it counts, as of when, who says it, and where."""
        speech = self.speech
        s = self.record.corpus.statement[statement_id]
        card = self.statement(statement_id)
        if not isinstance(s.content, Status) and s.kind.value == "figure":
            f = s.figure
            what = [
                speech.coded("harm", f.harm),
                speech.coded("population", f.population),
                speech.coded("claim_scope", f.scope),
            ]
            what += [speech.place_said(f.place), speech.date(f.period)]
            parts = " + ".join(f"{p.quantity.say(speech.lang)} {p.label}" for p in f.parts)
            number, as_of = f.quantity.say(speech.lang), speech.date(f.as_of or self.record.corpus.known(s))
            return {**card, "number": number, "what": " · ".join(w for w in what if w), "as_of": as_of, "parts": parts}
        name = card["person_name"] or ""
        return {**card, "number": name, "what": "", "as_of": card["date"], "parts": ""}


def first_date(profile: Profile) -> PartialDate | None:
    for name in _DATES:
        if field := profile.field(name):
            for value in field.values:
                try:
                    return PartialDate(value.key)
                except DateNotEdtf:
                    continue
    return None


def first_place(profile: Profile) -> Place | None:
    for name in _PLACES:
        if field := profile.field(name):
            for value in field.values:
                try:
                    return Place(value.key)
                except PlaceCodeNotValid:
                    continue
    return None


def sort_key(name: str) -> str:
    return fold(name)


def safe_address(address: str | None) -> str | None:
    """An address a browser may open; anything else (``javascript:``, ``file:``) is shown by nobody."""
    return address if address and address.startswith(("https://", "http://")) else None


def _pages_of_documents(record: PublicRecord) -> dict[StatementId, str]:
    seen: dict[DocumentId, int] = {}
    out: dict[StatementId, str] = {}
    for s in record.corpus.statements:
        n = seen[s.document_id] = seen.get(s.document_id, -1) + 1
        out[s.statement_id] = s.document_id if n < PER_PAGE else f"{s.document_id}-{n // PER_PAGE + 1}"
    return out


def _masked_rules(record: PublicRecord) -> dict[str, Rule]:
    out: dict[str, Rule] = {}
    for (item, _), rule in record.rules.items():
        if rule not in _UNTOLD:
            out.setdefault(item, rule)
    return out


def _status_on(record: PublicRecord) -> dict[StatementId, list[tuple[str, StatementId]]]:
    out: dict[StatementId, list[tuple[str, StatementId]]] = {}
    for s in record.corpus.statements:
        if isinstance(s.content, Status):
            for target in s.content.targets:
                out.setdefault(target, []).append((s.content.effect, s.statement_id))
    return out
