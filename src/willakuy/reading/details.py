"""Dates, places, demands and doubts inside a stretch of text, each with its characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from willakuy.reading.lexicon import harm as w
from willakuy.reading.lexicon.function_words import ORGANISATION_NOUNS, TIME_WORDS
from willakuy.reading.tokens import fold
from willakuy.reading.values import DateFound, DemandFound, PlaceFound
from willakuy.statements.dates import DatePrecision, PartialDate, find_dates
from willakuy.statements.places import find_places, parse_place

_MONTH_NAMED = re.compile(r"\b(?:ene|feb|mar|abr|apr|may|jun|jul|ago|aug|set|sep|oct|nov|dic|dec|jan)[a-z]*\b")
_WE_ASK = re.compile(
    r"\b(?:we|i|nosotros|yo)\s+(?:also\s+|please\s+|hereby\s+|strongly\s+|do\s+|have\s+to\s+)*(?P<verb>want|demand|ask|urge|call\s+(?:for|on|upon)|request|beg|require|insist|need|exhort|plead)\b"
    r"|\b(?P<es>exigimos|pedimos|demandamos|solicitamos|reclamamos|queremos|exijo|pido|demando|solicito|reclamo|instamos|exhortamos|invocamos|rogamos|hacemos\s+un\s+llamado)\b"
    r"|(?:^|[“\"«]\s*)(?P<bare>demand|exigen|piden|urge)\s+(?:that|que|the|la|el)\b"
)
_MUST = re.compile(
    r"\bit\s+is\s+(?:vital|essential|imperative|necessary|crucial|urgent)\s+(?:that|to)\b|\b(?:es|resulta)\s+(?:vital|necesario|urgente|indispensable|imprescindible|imperativo)\s+que\b"
)
_CLAUSE_END = re.compile(r"[.;!?…](?=\s|[”»\"]|$)|[”»\"]$")
_ADDRESSEE = re.compile(
    r"\s*(?:(?:on|upon|a|al)\s+)?(?P<who>(?:al\s+|a\s+(?:la|los|las)\s+|the\s+|our\s+|los\s+|la\s+|las\s+|el\s+)?[^,.;:“”\"«»]{2,70}?)\s+(?:to\b|for\b|que\b|para\s+que\b|a\s+que\b|a\s+(?=\w+[aei]r\b)|(?=\w+[aei]r\b))"
)
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|ignora|ignore|olvida|olvide)\b.{0,40}\b(?:instructions?|prompt|instrucci[oó]n(?:es)?|anterior(?:es)?|previous|above)\b"
    r"|\b(?:system\s+prompt|as\s+an\s+ai|you\s+are\s+now|act\s+as\s+a|eres\s+ahora|act[uú]a\s+como)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:no\s+existe|es\s+fals[oa]|se\s+rectific\w+|desmint\w+|no\s+ha(?:bia)?\s+(?:muerto|fallecido)|sigue\s+con\s+vida|esta\s+viv[oa]|is\s+alive|did\s+not\s+die|does\s+not\s+exist|"
    r"was\s+(?:wrong|mistaken)|retracted|withdrew)\b"
)
_HEDGED = re.compile(
    r"\b(?:al\s+parecer|sin\s+confirmar|no\s+confirmad\w+|por\s+confirmar|se\s+dice\s+que|it\s+seems|not\s+(?:been\s+)?confirmed|aun\s+no\s+se\s+confirma)\b"
)
_CONDITIONAL = re.compile(r"\b(?:habrian?|serian?|tendrian?|estarian?|would\s+have)\b")


class Details:
    """The dates and places of a document, read a block at a time and only where somebody asks."""

    def __init__(self, text: str, published: PartialDate | None) -> None:
        self.text, self.published = text, published
        self.year_day = None if published else full_day_in(text)
        self._starts = _piece_starts(text)
        self._read: dict[int, tuple[list[DateFound], list[PlaceFound]]] = {}

    def dates(self, start: int, end: int) -> list[DateFound]:
        return [d for dates, _ in self._over(start, end) for d in dates if start <= d.start and d.end <= end]

    def places(self, start: int, end: int) -> list[PlaceFound]:
        return [p for _, places in self._over(start, end) for p in places if start <= p.start and p.end <= end]

    def _over(self, start: int, end: int) -> Iterator[tuple[list[DateFound], list[PlaceFound]]]:
        i = max(0, bisect_right(self._starts, start) - 1)
        while i < len(self._starts) and self._starts[i] < end:
            if i not in self._read:
                at = self._starts[i]
                stop = self._starts[i + 1] if i + 1 < len(self._starts) else len(self.text)
                dates = dates_of(self.text, at, stop, self.published, self.year_day)
                self._read[i] = (dates, places_of(self.text, at, stop))
            yield self._read[i]
            i += 1


_PIECE_END = re.compile(r"\n\n|(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ“«\"])")
_LONG = 600


def _piece_starts(text: str) -> list[int]:
    """Where paragraphs begin, and in long ones some of the sentences: no date or place goes over such a border."""
    starts = [0]
    for m in _PIECE_END.finditer(text):
        if m[0] == "\n\n" or m.end() - starts[-1] > _LONG:
            starts.append(m.end())
    return starts


def dates_of(
    text: str, start: int, end: int, published: PartialDate | None, year_day: PartialDate | None
) -> list[DateFound]:
    """The dates of ``text[start:end]``.

    ``year_day`` is a full day the text itself prints. Without a publication date it settles the year of "9 January",
    never what "last week" means.
    """
    found = []
    body = text[start:end]
    again = {(a, b): said for a, b, said in find_dates(body, against=year_day)} if year_day and not published else {}
    for a, b, said in find_dates(body, against=published):
        value = said.value
        if value is None and _MONTH_NAMED.search(fold(said.words)) and (a, b) in again:
            value = again[a, b].value
        found.append(DateFound(said.words, start + a, start + b, value.edtf if value else None))
    return found


def full_day_in(text: str) -> PartialDate | None:
    """The latest day that the text prints with its year, or ``None``; what a missing year is counted from."""
    days = []
    read_to = 0
    for year in _YEAR.finditer(text):
        if year.start() < read_to:
            continue
        start, read_to = max(0, year.start() - _AROUND), min(len(text), year.end() + _AROUND)
        start = text.rfind(" ", 0, start) + 1
        days += [
            said.value
            for _, _, said in find_dates(text[start:read_to])
            if said.value and said.value.precision is DatePrecision.day and re.search(r"\d{4}", said.words)
        ]
    return max(days, key=lambda d: d.edtf, default=None)


_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
_AROUND = 48
"""Characters around a year that may hold its day and month."""


def places_of(text: str, start: int, end: int) -> list[PlaceFound]:
    """The places of ``text[start:end]``; ``code`` only where the words settle one place."""
    found = []
    for a, b, said in find_places(text[start:end]):
        candidates = tuple(p.code for p in said.candidates)
        code = said.place.code if said.place and said.problem is None else None
        found.append(PlaceFound(text[start + a : start + b], start + a, start + b, code, candidates))
    found += [p for p in _named_places(text, start, end) if not any(q.start < p.end and p.start < q.end for q in found)]
    return sorted(found, key=lambda p: p.start)


_CAP = r"[A-ZÁÉÍÓÚÑ][\wáéíóúñü’'-]+(?:\s+(?:de\s+(?:la\s+|los\s+)?|del\s+|la\s+)?[A-ZÁÉÍÓÚÑ][\wáéíóúñü’'-]+){0,3}"
_LOCATED = re.compile(
    rf"(?:(?<![\w.])(?:en|in|near|[Ee]n|[Ii]n)\s+|(?i:\b(?:ciudad|distrito|provincia|departamento|localidad|comunidad|municipio|estado|centro\s+poblado)\s+de\s+|"
    rf"\b(?:city|town|village|district|province|state|department|municipality)\s+of\s+))(?P<name>{_CAP})"
)


def _named_places(text: str, start: int, end: int) -> Iterator[PlaceFound]:
    """Names after a locative that the gazetteer knows several times or not at all: candidates, never a code."""
    for m in _LOCATED.finditer(text, start, end):
        a, b = m.span("name")
        if text[a:b].isupper() and text[start:end].isupper():
            b = a + len(text[a:b].split()[0])
        words = fold(text[a:b]).split()
        if any(x in ORGANISATION_NOUNS or x in TIME_WORDS or _MONTH_NAMED.fullmatch(x) for x in words):
            continue
        said = parse_place(text[a:b])
        yield PlaceFound(text[a:b], a, b, None, tuple(p.code for p in said.candidates))


def demands_of(
    text: str, start: int, end: int, cue_class: str, cue_end: int | None, speaker_asks: bool
) -> tuple[DemandFound, ...]:
    """What is asked, and of whom where the words say so.

    A demanding verb of the reporter ("urged X to …") makes the whole content one demand; inside the content, "we
    demand …" begins one that ends with its clause.
    """
    if cue_class == "ask" and speaker_asks:
        m = _ADDRESSEE.match(text, cue_end if cue_end is not None else start, end)
        who_at = m.span("who") if m and not fold(m["who"]).startswith(("that ", "que ", "for ", "por ")) else None
        return (DemandFound(text[start:end], start, end, text[slice(*who_at)] if who_at else None, who_at),)
    found: list[DemandFound] = []
    folded = fold(text[start:end])
    for m in [*_WE_ASK.finditer(folded), *_MUST.finditer(folded)]:
        a = start + m.start()
        while not text[a].isalnum():
            a += 1
        stop = _CLAUSE_END.search(text, start + m.end(), end)
        b = stop.start() if stop else end
        if b - a > 8 and not any(d.start <= a < d.end for d in found):
            found.append(DemandFound(text[a:b], a, b))
    return tuple(sorted(found, key=lambda d: d.start))


def doubts_of(text: str, start: int, end: int) -> tuple[str, ...]:
    """Flags for words that hedge: hedged, conditional, rumour; and for text that tries to give orders to a reader."""
    folded = fold(text[start:end])
    words = frozenset(re.findall(r"[a-z']+", folded))
    flags = []
    if words & w.HEDGES or _HEDGED.search(folded):
        flags.append("hedged")
    if _CONDITIONAL.search(folded):
        flags.append("conditional")
    if _CORRECTS.search(folded):
        flags.append("corrects")
    if words & w.RUMOURS:
        flags.append("rumour")
    if _INSTRUCTION.search(text, start, end):
        flags.append("instruction_in_source")
    return tuple(flags)


def may_ask(folded: str, start: int, end: int) -> bool:
    """ "Exigimos …", "we demand …": the writer asks in the first person."""
    return _WE_ASK.search(folded, start, end) is not None


def opens_with_must(text: str, folded: str, start: int, end: int) -> bool:
    """ "It is vital that …", "Es urgente que …" at the head of a sentence: the author asks."""
    head = min(end, start + 60)
    return folded[start : start + 12].startswith(("it is", "es ", "resulta")) and bool(
        demands_of(text, start, head, "say", None, False)
    )


def nearest(found: Sequence[DateFound], at: int) -> DateFound | None:
    """Of dates a proposer gave for one figure, the one printed nearest to it."""
    return min(found, key=lambda d: abs(d.start - at), default=None)
