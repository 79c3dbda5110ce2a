"""What a language model answers, made into proposals: only words it copied from the text survive.

A model gives words and sentence numbers, never offsets, values, codes, confidence or status: those are read from the text here,
so that no answer can set them. Method: docs/method/reading-models.md, "Language models".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from willakuy.reading.details import dates_of, doubts_of, full_day_in, nearest, places_of
from willakuy.reading.discourse import Discourse
from willakuy.reading.lexicon.function_words import PERSONAL
from willakuy.reading.lexicon.harm import POPULATION
from willakuy.reading.locating import Grounds
from willakuy.reading.tokens import fold
from willakuy.reading.values import (
    DemandFound,
    FigureFound,
    PerpetratorFound,
    Proposed,
    Refused,
    VictimFound,
    Voice,
)
from willakuy.statements.dates import PartialDate
from willakuy.statements.numbers import Quantity, find_quantities, parse_quantity

Span = tuple[int, int]
P_RIGHT = 0.5
"""What any model's proposal starts with; a model cannot raise it."""

HARMS = ("killed", "injured", "missing", "detained")
_TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_WORDS: dict[str, Any] = {"type": ["string", "null"]}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_HARMED = _object(words={"type": "string"}, harm={"type": "string", "enum": list(HARMS)}, is_denied={"type": "boolean"})
SCHEMA = _object(
    statements={
        "type": "array",
        "items": _object(
            sentences={"type": "array", "items": {"type": "integer"}},
            quote={"type": "string"},
            speaker=_WORDS,
            figures={"type": "array", "items": _HARMED},
            victims={"type": "array", "items": _HARMED},
            blamed=_TEXTS,
            demand=_WORDS,
            addressee=_WORDS,
        ),
    }
)
"""The JSON Schema of an answer. Strings are words copied from the text."""


class AnswerReader:
    """Turns answers about one document into proposals."""

    def __init__(self, d: Discourse, published: PartialDate | None, proposer: str) -> None:
        self.d = d
        self.published = published
        self.proposer = proposer
        self.text = d.layer.text
        self.grounds = Grounds(self.text)
        self.year_day = None if published else full_day_in(self.text)

    def read(self, answer: Mapping[str, Any]) -> tuple[list[Proposed], list[Refused]]:
        """Proposals in reading order, and what was refused, with the reason. Never raises on odd shapes."""
        kept: list[Proposed] = []
        refused: list[Refused] = []
        rows = answer.get("statements")
        for row in rows if isinstance(rows, list) else []:
            made = self._statement(row) if isinstance(row, dict) else Refused(str(row)[:200], "not_an_object")
            if isinstance(made, Proposed):
                kept.append(made)
            else:
                refused.append(made)
        return sorted(kept, key=lambda s: (s.start, s.end)), refused

    def _statement(self, row: Mapping[str, Any]) -> Proposed | Refused:
        quote = _string(row.get("quote"))
        places = self.grounds.locate(quote)
        if not places:
            return Refused(quote, "quote_not_in_text")
        window = self._window(row.get("sentences"))
        here = [p for p in places if window and window[0] <= p[0] and p[1] <= window[1]]
        chosen = here or places
        flags: tuple[str, ...] = () if here or not window else ("not_where_said",)
        if len(chosen) > 1:
            flags += ("two_places",)
        start, end = chosen[0]
        made = Proposed(start, end, self.text[start:end], self._mode(start, end), "event", proposer=self.proposer)
        made = replace(made, mentions=tuple(chosen[1:]), p_right=P_RIGHT, flags=flags)
        for add in (self._with_voice, self._with_harm, self._with_demand):
            result = add(made, row)
            if isinstance(result, Refused):
                return result
            made = result
        dates = tuple(dates_of(self.text, start, end, self.published, self.year_day))
        return replace(
            made,
            kind=_kind(made),
            dates=dates,
            places=tuple(places_of(self.text, start, end)),
            flags=(*made.flags, *doubts_of(self.text, start, end)),
        )

    def _window(self, ids: Any) -> Span | None:
        """From the first of the sentences a model names to the last, if there are such sentences."""
        known = (
            [i for i in ids if isinstance(i, int) and 0 < i <= len(self.d.sentences)] if isinstance(ids, list) else []
        )
        if not known:
            return None
        return self.d.sentences[min(known) - 1].start, self.d.sentences[max(known) - 1].end

    def _mode(self, start: int, end: int) -> str:
        touching = [q for q in self.d.quotes if q.start < end and start < q.end]
        if any(q.start - 1 <= start and end <= q.end + 1 for q in touching) or (
            touching and touching[0].start <= start + 1 and touching[-1].end >= end - 1
        ):
            return "direct"
        if touching:
            return "mixed"
        inside = [u for u in self.d.utterances if any(a < end and start < b for a, b in u.attribution.frame)]
        return "reported" if inside else "narrator"

    def _with_voice(self, made: Proposed, row: Mapping[str, Any]) -> Proposed | Refused:
        said = _string(row.get("speaker"))
        if not said:
            return made
        places = self.grounds.locate(said, in_compounds=True)
        if not places:
            return Refused(said, "speaker_not_in_text")
        at = min(places, key=lambda p: (max(p[0] - made.end, made.start - p[1], 0), p[0]))
        words = self.text[slice(*at)]
        if fold(words) in PERSONAL:
            return replace(made, voice=Voice(None, None, *at, "pronoun"))
        mention = self.d.people.in_span(*at)
        person = self.d.people.named(mention) if mention else None
        name = person.name if person and mention and (mention.start, mention.end) == at else words
        is_near = self.d.layer.block_of(at[0]) == self.d.layer.block_of(made.start)
        voice = Voice(name, person.role if person else None, *at, "named" if is_near else "inherited")
        flags = (*(() if is_near else ("inherited_speaker",)), *self._differs(made, name))
        return replace(made, voice=voice, flags=(*made.flags, *flags))

    def _differs(self, made: Proposed, name: str) -> tuple[str, ...]:
        """The sentence itself names somebody else as the one who says these words."""
        for u in self.d.utterances:
            covers = any(a < made.end and made.start < b for a, b in u.attribution.frame)
            if covers and u.voice.name and u.voice.basis == "named":
                shared = set(fold(u.voice.name).split()) & set(fold(name).split())
                return () if shared else ("speaker_differs",)
        return ()

    def _with_harm(self, made: Proposed, row: Mapping[str, Any]) -> Proposed | Refused:
        figures, victims, blamed = [], [], []
        for item in _objects(row.get("figures")):
            at = self._inside(made, item.get("words"))
            if at is None:
                return Refused(_string(item.get("words")), "figure_not_in_text")
            quantity = _quantity(self.text[slice(*at)])
            if quantity is None:
                return Refused(self.text[slice(*at)], "no_figure_in_words")
            figures.append(
                FigureFound(*at, quantity, _harm(item), _population(self.text[slice(*at)]), polarity=_polarity(item))
            )
        for item in _objects(row.get("victims")):
            at = self._inside(made, item.get("words"))
            if at is None:
                return Refused(_string(item.get("words")), "victim_not_in_text")
            victims.append(self._victim(at, item))
        for words in _strings(row.get("blamed")):
            at = self._inside(made, words)
            if at is None:
                return Refused(words, "blamed_not_in_text")
            blamed.append(PerpetratorFound(self.text[slice(*at)], *at, made.voice.name))
        day = dates_of(self.text, made.start, made.end, self.published, self.year_day)
        dated = tuple(replace(f, date=nearest(day, f.start)) for f in figures)
        return replace(made, figures=dated, victims=tuple(victims), perpetrators=tuple(blamed))

    def _victim(self, at: Span, item: Mapping[str, Any]) -> VictimFound:
        words = self.text[slice(*at)]
        mention = self.d.people.in_span(*at)
        quantity = _quantity(words)
        if mention is not None and quantity is None:
            name = self.text[mention.start : mention.end]
            return VictimFound(
                mention.start, mention.end, name, "named", _harm(item), Quantity.exactly(1),
                self.d.people.named(mention).name, polarity=_polarity(item),
            )  # fmt: skip
        kind = "group" if quantity and (quantity.hi is None or quantity.hi > 1) else "unnamed"
        return VictimFound(*at, words, kind, _harm(item), quantity or Quantity.exactly(1), polarity=_polarity(item))

    def _with_demand(self, made: Proposed, row: Mapping[str, Any]) -> Proposed | Refused:
        words = _string(row.get("demand"))
        if not words:
            return made
        at = self._inside(made, words)
        if at is None:
            return Refused(words, "demand_not_in_text")
        addressee = _string(row.get("addressee"))
        whom = self._inside(made, addressee) or next(iter(self.grounds.locate(addressee)), None) if addressee else None
        if addressee and whom is None:
            return Refused(addressee, "addressee_not_in_text")
        said = self.text[slice(*whom)] if whom else None
        return replace(made, demands=(DemandFound(self.text[slice(*at)], *at, said, whom),))

    def _inside(self, made: Proposed, words: Any) -> Span | None:
        """Where the statement itself says ``words``; the first place if it says them twice."""
        said = _string(words)
        places = self.grounds.locate(said, in_compounds=True) if said else []
        return next((p for p in places if made.start <= p[0] and p[1] <= made.end), None)


def numbered(sentences: Sequence[Any], text: str) -> str:
    """The text as it is sent: one sentence a line, each with its number."""
    return "\n".join(f"[{n}] {' '.join(text[s.start : s.end].split())}" for n, s in enumerate(sentences, 1))


def _quantity(words: str) -> Quantity | None:
    found = find_quantities(words)
    if found:
        start, end, _ = found[0]
        return parse_quantity(words[start:end])
    return parse_quantity(words)


def _population(words: str) -> str:
    return next((POPULATION[w] for w in fold(words).split() if w in POPULATION), "all")


def _kind(made: Proposed) -> str:
    if made.figures:
        return "figure"
    if made.victims:
        return "victim"
    return "demand" if made.demands else "event"


def _harm(item: Mapping[str, Any]) -> str:
    return item["harm"] if item.get("harm") in HARMS else "killed"


def _polarity(item: Mapping[str, Any]) -> str:
    return "denied" if item.get("is_denied") is True else "asserted"


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _strings(value: Any) -> list[str]:
    return [v.strip() for v in value if isinstance(v, str) and v.strip()] if isinstance(value, list) else []


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
