"""How values are said on a page, in one language. Everything repeated is said once and kept."""

from __future__ import annotations

import gettext as _stdlib
from functools import cached_property

from willakuy.errors import WillakuyError
from willakuy.figures import FieldProfile, Figure, Reason, ValueSaid, say_reason
from willakuy.i18n import N_, catalogue
from willakuy.publication.frozen import PublicRecord
from willakuy.statements import vocabularies
from willakuy.statements.dates import PartialDate
from willakuy.statements.ids import SourceId
from willakuy.statements.places import Place, PlaceSaid, gazetteer
from willakuy.statements.sources import Citation, Source
from willakuy.statements.statement import Coded, Speaker, Statement

FIELDS = {
    "names": N_("Names as printed"),
    "age": N_("Age"),
    "sex": N_("Sex"),
    "roles": N_("Role"),
    "origin": N_("From"),
    "wounded": N_("Wounded on"),
    "wounded_at": N_("Wounded in"),
    "died": N_("Died on"),
    "died_at": N_("Died in"),
    "happened": N_("Happened on"),
    "reported": N_("Reported on"),
    "dated": N_("Date, its meaning not stated"),
    "place": N_("Place"),
    "causes": N_("Cause"),
    "circumstances": N_("Circumstances"),
    "blamed": N_("Who is blamed, and by whom"),
    "hospital": N_("Hospital"),
    "harm": N_("Harm"),
    "details": N_("Details"),
}
VOCABULARY_OF = {
    "sex": "sex",
    "roles": "role",
    "causes": "cause",
    "circumstances": "circumstance",
    "harm": "harm",
    "blamed": "blamed_party",
}
DATES = frozenset({"wounded", "died", "happened", "reported", "dated"})
PLACES = frozenset({"origin", "wounded_at", "died_at", "place"})


READ = frozenset({*VOCABULARY_OF, *DATES, *PLACES, "age"})
"""Fields for which our reading stands first and the words as printed beside it."""


class Speech:
    """``lang`` is "es" or "en"; ``country`` chooses the gazetteer."""

    def __init__(self, lang: str, country: str, record: PublicRecord) -> None:
        self.lang = lang
        self.record = record
        self._gazetteer = gazetteer(country)
        self._country = country
        self._kept: dict[tuple[str, object], str] = {}

    @cached_property
    def translations(self) -> _stdlib.NullTranslations:
        return catalogue(self.lang)

    def text(self, message: str, **facts: object) -> str:
        said = self.translations.gettext(message)
        return said.format(**facts) if facts else said

    def plural(self, one: str, many: str, n: int, **facts: object) -> str:
        return self.translations.gettext(one if n == 1 else many).format(n=n, **facts)

    def term(self, vocabulary: str, code: str | None) -> str:
        if not code:
            return ""
        key = (vocabulary, code)
        if key not in self._kept:
            try:
                self._kept[key] = vocabularies.term(vocabulary, code).say(self.lang)
            except WillakuyError:
                self._kept[key] = code
        return self._kept[key]

    def coded(self, vocabulary: str, coded: Coded) -> str:
        """The term; the words alone when they were not read as one."""
        return self.term(vocabulary, coded.code) or coded.words or ""

    def date(self, date: PartialDate | None) -> str:
        if date is None:
            return ""
        key = ("date", date)
        if key not in self._kept:
            self._kept[key] = date.say(self.lang)
        return self._kept[key]

    def place(self, place: Place | None) -> str:
        """ "Juliaca, San Román, Puno": from the place outward, each name once, without the country."""
        if place is None:
            return ""
        key = ("place", place)
        if key not in self._kept:
            known = place.country == self._country and place in self._gazetteer
            path = self._gazetteer.path(place, self.lang) if known else ()
            name = self._gazetteer.name(place, self.lang) if known else place.code
            self._kept[key] = ", ".join(dict.fromkeys(path)) or name
        return self._kept[key]

    def place_said(self, said: PlaceSaid | None) -> str:
        return "" if said is None else self.place(said.place) or said.words

    def field(self, name: str) -> str:
        return self.text(FIELDS.get(name, name))

    def value(self, field: str, value: ValueSaid) -> str:
        """What stands for a value: its term, date or place in the reader's language, else the words as printed."""
        if field == "age" and value.key.isdigit() and value.key != "0":
            return self.plural(N_("{n} year"), N_("{n} years"), int(value.key))
        if field in VOCABULARY_OF:
            return self.term(VOCABULARY_OF[field], value.key) if value.key else value.words[0]
        if field in DATES and value.key:
            try:
                return self.date(PartialDate(value.key))
            except WillakuyError:
                return value.words[0]
        if field in PLACES and value.key:
            try:
                return self.place(Place(value.key))
            except WillakuyError:
                return value.words[0]
        return value.words[0] if value.words else value.key

    def words_beside(self, field: str, value: ValueSaid) -> list[str]:
        """The words as printed where they differ from what stands for them."""
        shown = self.value(field, value).casefold()
        return [w for w in value.words if w and w.casefold() not in shown] if field in READ else []

    def age(self, field: FieldProfile) -> str:
        """The age, or the ages that sources differ on with none chosen: "29 or 31 years"."""
        values = field.values if field.is_disputed else field.values[:1]
        years = sorted(int(v.key) for v in values if v.key.isdigit() and v.key != "0")
        if len(years) < 2 or len(years) < len(values):
            return self._one_of([self.value("age", v) for v in values])
        return self.text(N_("{years} years"), years=self._one_of([str(n) for n in years]))

    def _one_of(self, said: list[str]) -> str:
        *head, last = list(dict.fromkeys(said))
        return self.text(N_("{some} or {last}"), some=", ".join(head), last=last) if head else last

    def source(self, source: Source) -> str:
        return source.name or self.text(N_("A protected source ({kind})"), kind=self.term("source_kind", source.kind))

    def source_id(self, source_id: SourceId) -> str:
        found = self.record.corpus.source.get(source_id)
        return self.source(found) if found else self.text(N_("a source that is not shown"))

    def speaker(self, speaker: Speaker) -> str:
        if speaker.is_protected or not (speaker.name or speaker.source_id):
            return speaker.role or self.text(N_("an unnamed voice"))
        name = speaker.name or self.source_id(SourceId(speaker.source_id or ""))
        return self.text(N_("{name} ({role})"), name=name, role=speaker.role) if speaker.role else name

    def chain(self, statement: Statement) -> list[str]:
        """Who says it, nearest voice first; the source itself when nobody else is named."""
        said = [self.speaker(s) for s in statement.speakers]
        return said or [self.source(self.record.corpus.source_of(statement))]

    def locator(self, citation: Citation) -> str:
        at = citation.locator
        parts = []
        if at.page is not None:
            parts.append(self.text(N_("page {n}"), n=at.page))
        if at.row is not None:
            parts.append(self.text(N_("row {n}"), n=at.row))
        if at.column:
            parts.append(self.text(N_("column {name}"), name=at.column))
        if at.start is not None:
            parts.append(self.text(N_("characters {start}–{end}"), start=at.start, end=at.end))
        if at.start_ms is not None:
            parts.append(self.text(N_("from {start} to {end}"), start=_clock(at.start_ms), end=_clock(at.end_ms or 0)))
        if at.place:
            parts.append(at.place)
        return ", ".join(parts)

    def range(self, figure: Figure) -> str:
        if figure.hi_is_open:
            return self.text(N_("{lo} to {hi} or more"), lo=figure.lo, hi=figure.hi)
        return str(figure.lo) if figure.lo == figure.hi else f"{figure.lo}–{figure.hi}"

    def reason(self, reason: Reason | None, criterion: str | None = None) -> str:
        return "" if reason is None else say_reason(reason, criterion)


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes}:{seconds:02d}"
