"""The victim records of a case as records to link, each row's list being its document."""

from __future__ import annotations

from collections.abc import Iterable

from willakuy.linkage.names_tokens import NameTokens, tokens_of
from willakuy.linkage.rows import sex_of
from willakuy.linkage.scripts import comparable
from willakuy.linkage.values import PairJudgement, Record, Verdict
from willakuy.statements.ages import AgeSaid
from willakuy.statements.corpus import Corpus
from willakuy.statements.dates import DateSaid, PartialDate
from willakuy.statements.errors import GazetteerUnknown
from willakuy.statements.impossible import is_group, stated
from willakuy.statements.names import Name
from willakuy.statements.persons import Identities
from willakuy.statements.places import Place, PlaceSaid, gazetteer
from willakuy.statements.sources import Citation
from willakuy.statements.statement import Statement, StatementKind, VictimRecord


def records_of(corpus: Corpus) -> list[Record]:
    """One record for each standing victim record of one human being, in the order the case received them.

    Rows that stand for a group are kept, marked, and never joined. Statements of a document that is no list are
    each a list of their own: an article may speak of one person twice.
    """
    return [_record(corpus, s) for s in corpus.of_kind(StatementKind.victim)]


def judgements_of(identities: Identities) -> list[PairJudgement]:
    """What people judged, as pairs: each person's records in a chain, and every pair kept apart or left open.

    A pair judged different that others join is left out: the case shows it as a conflict to be settled.
    """
    out = []
    together = identities.by_record()
    for person in identities.persons:
        out += [PairJudgement(a, b, Verdict.same) for a, b in zip(person.records, person.records[1:], strict=False)]
    for pairs, verdict in ((identities.different, Verdict.different), (identities.undecided, Verdict.undecided)):
        out += [PairJudgement(a, b, verdict) for a, b in sorted(pairs) if together.get(a) is not together.get(b)]
    return out


def _record(corpus: Corpus, statement: Statement) -> Record:
    victim = statement.victim
    document = corpus.document[statement.document_id]
    names = tuple(dict.fromkeys(n for n in (_tokens(name) for name in victim.names) if n.tokens))
    one = document.is_list and document.is_free_of_duplicates
    return Record(
        rec_id=statement.statement_id,
        list_id=document.document_id if one else f"{document.document_id}#{statement.statement_id}",
        names=names,
        age=_age(victim.age),
        born=_span(victim.age.born) if victim.age and victim.age.born else None,
        died=_when(victim),
        sex=sex_of(victim.sex or ""),
        dead=stated(victim.died),
        wounded=stated(victim.wounded),
        place=_place(victim),
        printed=_printed(victim),
        where=_cited(document.title, statement.citations),
        is_group=is_group(victim),
    )


def _tokens(name: Name) -> NameTokens:
    return tokens_of(name.printed, name.kind)


def _age(age: AgeSaid | None) -> tuple[int, int] | None:
    if age is None or (age.lo is None and age.hi is None):
        return None
    margin = 2 if age.is_about else 0
    lo, hi = age.lo or 0, 125 if age.hi is None else age.hi
    return max(0, lo - margin), min(125, hi + margin)


def _when(victim: VictimRecord) -> tuple[int, int] | None:
    """The event's day as far as said: when it happened, the wound, the death, or a date of no stated meaning."""
    for said in (victim.died, victim.happened, victim.dated, victim.wounded):
        if span := _span_said(said):
            return span
    return None


def _span_said(said: DateSaid | None) -> tuple[int, int] | None:
    spans = [s for r in said.readings if (s := _span(r))] if said else []
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def _span(date: PartialDate) -> tuple[int, int] | None:
    first, last = date.earliest, date.latest
    return (first.toordinal(), last.toordinal()) if first and last else None


def _place(victim: VictimRecord) -> tuple[str, str, str, str]:
    """The place of the event by level, by its code where the gazetteer knows it, else as printed."""
    for said in (victim.place, victim.died_at, victim.wounded_at):
        if said is not None:
            return _levels(said)
    return "", "", "", ""


def _levels(said: PlaceSaid) -> tuple[str, str, str, str]:
    words = comparable(said.words or "")
    if said.place is None:
        return "", "", "", words
    codes = said.place.code.split(".")
    region, province, district = (
        _named(".".join(codes[: depth + 1])) if len(codes) > depth else "" for depth in (1, 2, 3)
    )
    return region, province, district, ""


def _named(code: str) -> str:
    place = Place(code)
    try:
        known = gazetteer(place.country)
    except GazetteerUnknown:
        return code
    return comparable(known.name(place, "es")) if place in known else code


def _printed(victim: VictimRecord) -> tuple[tuple[str, str], ...]:
    said: list[tuple[str, str | None]] = [("name", name.printed) for name in victim.names]
    said.append(("age", victim.age.words if victim.age else None))
    for label, date in (
        ("wounded", victim.wounded),
        ("died", victim.died),
        ("happened", victim.happened),
        ("date", victim.dated),
    ):
        said.append((label, date.words if date else None))
    for label, place in (("place", victim.place), ("wounded at", victim.wounded_at), ("died at", victim.died_at)):
        said.append((label, place.words if place else None))
    said += [("cause", cause.words) for cause in victim.causes]
    return tuple((label, words) for label, words in said if words)


def _cited(title: str, citations: Iterable[Citation]) -> str:
    first = next(iter(citations))
    row = first.locator.row
    return f"{title}, {row}" if row else title
