"""Published numbers as figure claims: what was counted, by whom, up to when, in whose words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from willakuy.reading.tables.cells import term
from willakuy.reading.tables.named import NamedRow, named_rows
from willakuy.reading.tables.notices import CellProblem, ProblemKind
from willakuy.reading.tables.rows import named_document, row_id, speakers_of
from willakuy.reading.tables.table import Table
from willakuy.statements.dates import PartialDate, parse_date, span_of
from willakuy.statements.errors import DateNotEdtf, IdNotValid, QuantityNotValid
from willakuy.statements.ids import DocumentId, SourceId, StatementId, check_id
from willakuy.statements.numbers import Bound, Quantity, parse_quantity
from willakuy.statements.places import parse_place
from willakuy.statements.sources import Citation, Document, Locator, Source
from willakuy.statements.statement import Coded, FigureClaim, Mode, Part, Statement

_QUALIFIERS = {
    "exact": Bound.exactly,
    "best": Bound.exactly,
    "": Bound.exactly,
    "minimum": Bound.at_least,
    "min": Bound.at_least,
}
_PART = re.compile(r"(?P<label>.+?)\s*[:=]\s*(?P<n>[^:=]+)")


@dataclass(frozen=True, slots=True)
class StatementsRead:
    """``statements`` in the order of the rows; ``problems`` name the rows that gave none."""

    statements: tuple[Statement, ...]
    problems: tuple[CellProblem, ...]


def read_claims(
    table: Table,
    documents: Mapping[DocumentId, Document],
    *,
    fallback: Document | None = None,
    sources: Iterable[Source] = (),
) -> StatementsRead:
    """One figure claim a row. Codes come from columns ``harm``, ``population_code``, ``scope_code``, else from the words.

    ``sources`` link speakers to sources of the same name. A row whose document the case does not have cites
    ``fallback`` and is asked about; without a ``fallback`` it is not taken in, and said so. Columns nobody asks for
    are kept in the note. What is not said is ``not_stated``, never "all".
    """
    problems: list[CellProblem] = []
    known = {s.name.casefold(): s.source_id for s in sources}
    found = []
    for row in named_rows(table, problems):
        citation = cited(row, documents, fallback)
        if citation is None:
            continue
        found.append(_claim(row, citation, documents, known, fallback))
    return StatementsRead(tuple(found), tuple(problems))


def cited(row: NamedRow, documents: Mapping[DocumentId, Document], fallback: Document | None) -> Citation | None:
    """The document that a row names, or the table itself, or (told) none."""
    by_document = row.get("document_id")
    source = row.get("source_id")
    given = by_document or source or ""
    named = named_document(given)
    if named is not None and named in documents:
        return Citation(documents[named].document_id)
    if found := next((d for d in documents.values() if d.source_id == given), None):
        return Citation(found.document_id)
    if given or fallback is None:
        row.problem("document_id" if by_document else "source_id", given, ProblemKind.document_unknown)
    return Citation(fallback.document_id, Locator(row=row.number)) if fallback else None


def statement_id(row: NamedRow, given: str | None, where: DocumentId) -> StatementId:
    """``K007`` → ``stm_K007``; a row without an id of its own takes it from the document and its place."""
    if given:
        try:
            return StatementId(check_id("statement", f"stm_{given.removeprefix('stm_')}"))
        except IdNotValid:
            pass
    return row_id(where, row.number)


def day_said(row: NamedRow, column: str, words: str | None) -> PartialDate | None:
    """A date that carries its own meaning (as of, published, said); problems are told and the words stay in the note."""
    if words is None:
        return None
    said = parse_date(words)
    if said.value is None:
        what = ProblemKind.date_ambiguous if said.problem == "ambiguous" else ProblemKind.date_unresolved
        row.problem(column, words, ProblemKind.date_impossible if said.problem == "impossible" else what)
    return said.value


def note_of(row: NamedRow, *more: str) -> str | None:
    """The note column, then every cell that nothing else took."""
    return (
        "; ".join(part for part in (row.get("note", "notes", "nota", "transcriber_note"), *more, row.rest()) if part)
        or None
    )


def _claim(
    row: NamedRow,
    citation: Citation,
    documents: Mapping[DocumentId, Document],
    known: Mapping[str, SourceId],
    fallback: Document | None,
) -> Statement:
    where = fallback.document_id if fallback else citation.document_id
    identity = statement_id(row, row.get("claim_id", "statement_id", "id"), where)
    printed = row.get("figure_printed", "figure", "cifra", "numero", "number")
    as_of_words = row.get("as_of", "al", "corte")
    as_of = day_said(row, "as_of", as_of_words)
    unread = [f"as_of: {as_of_words}"] if as_of_words and as_of is None else []
    place = row.get("place", "lugar")
    counted = named_document(row.get("counts_rows_of") or "")
    figure = FigureClaim(
        quantity=_quantity(row, printed),
        harm=_coded(row, "harm", row.get("unit", "unidad"), row.get("harm")),
        population=_coded(row, "population", row.get("population", "poblacion"), row.get("population_code")),
        scope=_coded(row, "claim_scope", row.get("scope", "alcance"), row.get("scope_code")),
        place=parse_place(place) if place else None,
        period=_period(row, unread),
        as_of=as_of,
        parts=tuple(_parts(row, unread)),
        counts_rows_of=counted,
    )
    document = documents.get(citation.document_id)
    speakers = speakers_of(
        row.get("speaker"), row.get("speaker_role"), row.get("attributed_to", "segun", "according_to"), known
    )
    return Statement(
        statement_id=identity,
        content=figure,
        citations=(citation,),
        words=row.get("phrase", "frase", "words") or printed or figure.quantity.words,
        speakers=speakers,
        mode=Mode.reported,
        language=row.get("language", "idioma") or (document.language if document else None),
        note=note_of(row, *unread),
    )


def _coded(row: NamedRow, vocabulary: str, words: str | None, code: str | None) -> Coded:
    """The code a column gives, if it is one; else what the words are recognised as; else ``not_stated``."""
    given = code if code and term(vocabulary, code) == code else term(vocabulary, code) if code else None
    if code and given is None:
        row.problem(vocabulary, code, ProblemKind.word_unknown)
    if given is None and words is not None:
        given = term(vocabulary, words)
        if given is None:
            row.problem(vocabulary, words, ProblemKind.word_unknown)
            given = "other" if vocabulary == "claim_scope" else None
    if given is None and words is None:
        given = "killed" if vocabulary == "harm" else "not_stated"
    return Coded(words, given)


def _quantity(row: NamedRow, printed: str | None) -> Quantity:
    """From ``value_low``, ``value_high`` and ``qualifier`` where given, under the words as printed; else from the words."""
    lo, hi = _number(row, "value_low", "lo"), _number(row, "value_high", "hi")
    qualifier = row.get("qualifier", "cota", "bound")
    read = parse_quantity(printed) if printed else None
    if lo is None and hi is None:
        if read is None:
            row.problem("figure_printed", printed or "", ProblemKind.count_unresolved)
        return read or Quantity(printed or "", 0, None, Bound.vague)
    words = printed or " ".join(w for w in (qualifier, str(lo if lo is not None else hi)) if w)
    bound = _bound(row, qualifier, lo, hi)
    try:
        said = _bounded(words, lo, hi, bound)
    except QuantityNotValid:
        row.problem("value_high", f"{lo}–{hi}", ProblemKind.numbers_disagree)
        return read or Quantity(words, lo or 0, None, Bound.at_least)
    if read is not None and read.bound is bound and (read.lo, read.hi) != (said.lo, said.hi) and bound is Bound.exactly:
        row.problem("figure_printed", words, ProblemKind.numbers_disagree)
    return read if read is not None and read.bound is bound and bound is not Bound.exactly else said


def _bound(row: NamedRow, qualifier: str | None, lo: int | None, hi: int | None) -> Bound:
    word = "_".join((qualifier or "").lower().split())
    if word in tuple(Bound):
        return Bound(word)
    if word in _QUALIFIERS:
        return Bound.between if lo is not None and hi is not None and lo != hi else _QUALIFIERS[word]
    code = term("bound", qualifier or "")
    if code is None:
        row.problem("qualifier", qualifier or "", ProblemKind.word_unknown)
    return Bound(code) if code else Bound.exactly if lo == hi else Bound.between


def _bounded(words: str, lo: int | None, hi: int | None, bound: Bound) -> Quantity:
    n = lo if lo is not None else hi or 0
    if bound in (Bound.at_least, Bound.vague):
        return Quantity(words, n, None, bound)
    if bound is Bound.more_than:
        return Quantity(words, n, None, bound)
    if bound in (Bound.at_most, Bound.fewer_than, Bound.almost):
        return Quantity(words, 0, hi if hi is not None else n, bound)
    if hi is None:
        return Quantity(words, n, n, bound)
    return Quantity(words, lo if lo is not None else 0, hi, bound)


def _number(row: NamedRow, *names: str) -> int | None:
    words = row.get(*names)
    if words is None:
        return None
    bare = words.removesuffix(".0").replace("\u00a0", "")
    if bare.isdecimal() and len(bare) < 12:
        return int(bare)
    said = parse_quantity(words)
    if said is None:
        row.problem(names[0], words, ProblemKind.count_unresolved)
    return said.lo if said else None


def _period(row: NamedRow, unread: list[str]) -> PartialDate | None:
    whole, first, last = row.get("period", "periodo"), row.get("period_from", "desde"), row.get("period_to", "hasta")
    if whole is not None:
        return _kept(day_said(row, "period", whole), "period", whole, unread)
    start = _kept(day_said(row, "period_from", first), "period_from", first, unread)
    end = _kept(day_said(row, "period_to", last), "period_to", last, unread)
    if start is None and end is None:
        return None
    if start is not None and start == end:
        return start
    try:
        return span_of(start, end)
    except DateNotEdtf:
        unread.append(f"period: {first} / {last}")
        row.problem("period_to", last or "", ProblemKind.date_impossible)
        return None


def _kept(value: PartialDate | None, column: str, words: str | None, unread: list[str]) -> PartialDate | None:
    if words is not None and value is None:
        unread.append(f"{column}: {words}")
    return value


def _parts(row: NamedRow, unread: list[str]) -> Iterable[Part]:
    """``clashes:41;police:1;blockades:7``; what does not read as label and number stays in the note."""
    for one in row.several("parts", "partes", "desglose"):
        m = _PART.fullmatch(one)
        quantity = parse_quantity(m["n"]) if m else None
        if m is None or quantity is None:
            row.problem("parts", one, ProblemKind.count_unresolved)
            unread.append(f"parts: {one}")
        else:
            yield Part(m["label"], quantity)
