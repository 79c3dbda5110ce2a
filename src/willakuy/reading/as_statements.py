"""A reading as statements of the domain: proposals that a person accepts, corrects or rejects."""

from __future__ import annotations

from collections.abc import Iterator

from willakuy.reading.as_json import statement_id
from willakuy.reading.languages import language_in
from willakuy.reading.values import DateFound, FigureFound, PlaceFound, Proposed, Reading, VictimFound
from willakuy.statements.dates import DateSaid, PartialDate
from willakuy.statements.ids import StatementId
from willakuy.statements.names import recognise_name
from willakuy.statements.places import Place, PlaceSaid
from willakuy.statements.sources import Citation, Document, Locator
from willakuy.statements.statement import (
    Blame,
    Coded,
    Content,
    Demand,
    EventAccount,
    FigureClaim,
    Mode,
    Proposer,
    Speaker,
    Statement,
    VictimRecord,
)


def to_statements(reading: Reading, document: Document) -> tuple[Statement, ...]:
    """Every figure, victim, demand and account as a statement of its own, cited to its characters and page.

    ``speakers`` runs from the reporter, if the text names one, to the speaker. Each statement carries
    ``proposed_by``, so that nothing of it counts before a person accepts it. What denies or withdraws is kept as an
    account: which earlier statement it acts on is a person's judgement.
    """
    found: list[Statement] = []
    for s in reading.statements:
        for n, (content, spans) in enumerate(_contents(s)):
            found.append(_statement(reading, document, s, n, content, spans))
    return tuple(found)


def _contents(s: Proposed) -> Iterator[tuple[Content, tuple[tuple[int, int], ...]]]:
    whole = ((s.start, s.end), *s.mentions)
    for figure in s.figures:
        if figure.polarity == "asserted":
            yield _claim(figure), whole
    for victim in s.victims:
        if (
            victim.polarity == "asserted"
            and victim.harm
            and not any(f.start == victim.start or f.start < victim.end <= f.end for f in s.figures)
        ):
            yield _record(s, victim), whole
    for demand in s.demands:
        yield Demand(demand.text, demand.addressee), ((demand.start, demand.end), *s.mentions)
    if not s.figures and not s.victims and not s.demands:
        yield (
            EventAccount(s.quote, _when(s.dates[0] if s.dates else None), _where(s.places[0] if s.places else None)),
            whole,
        )


def _statement(
    reading: Reading, document: Document, s: Proposed, n: int, content: Content, spans: tuple[tuple[int, int], ...]
) -> Statement:
    layer = reading.layer
    citations = []
    for start, end in spans:
        block = layer.block_of(start)
        times = (block.start_ms, block.end_ms) if block else (None, None)
        locator = Locator(start=start, end=end, page=layer.page_of(start), start_ms=times[0], end_ms=times[1])
        citations.append(Citation(document.document_id, locator))
    speakers = []
    if reading.reporter.name and reading.reporter.name != s.voice.name:
        speakers.append(Speaker(reading.reporter.name, source_id=document.source_id))
    speakers.append(Speaker(s.voice.name, s.voice.role))
    base = statement_id(reading, s)
    return Statement(
        statement_id=StatementId(f"{base}.{n}" if n else base),
        content=content,
        citations=tuple(citations),
        words=layer.text[slice(*spans[0])],
        speakers=tuple(speakers),
        mode=Mode(s.mode),
        language=language_in(layer, *spans[0]),
        proposed_by=_proposer(reading, s),
        note=" ".join(s.flags) or None,
    )


def _proposer(reading: Reading, s: Proposed) -> Proposer:
    who = reading.proposer
    return Proposer(who.name, who.version, who.say(), s.p_right)


def _claim(f: FigureFound) -> FigureClaim:
    return FigureClaim(
        quantity=f.quantity,
        harm=Coded(code=f.unit),
        population=Coded(f.group, f.population),
        scope=Coded(),
        place=_where(f.place),
        period=PartialDate(f.date.edtf) if f.date and f.date.edtf else None,
    )


def _record(s: Proposed, v: VictimFound) -> VictimRecord:
    return VictimRecord(
        names=(recognise_name(v.name or v.text),),
        count=v.quantity,
        harm=Coded(code=v.harm),
        age=v.age,
        dated=_when(v.date),
        place=_where(v.place),
        blamed=tuple(
            Blame(p.text, hedge="alleged" if "hedged" in s.flags else "asserted")
            for p in s.perpetrators
            if (p.start, p.end) in v.blamed
        ),
        details=v.text,
    )


def _when(d: DateFound | None) -> DateSaid | None:
    if d is None:
        return None
    return DateSaid(d.text, PartialDate(d.edtf) if d.edtf else None, problem=None if d.edtf else "unresolved")


def _where(p: PlaceFound | None) -> PlaceSaid | None:
    if p is None:
        return None
    return PlaceSaid(
        p.text,
        Place(p.code) if p.code else None,
        tuple(Place(c) for c in p.candidates),
        problem=None if p.code else "ambiguous",
    )
