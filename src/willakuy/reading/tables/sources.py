"""Tables of sources, and of the lists a folder holds, as sources and documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from willakuy.reading.tables.cells import term, truth
from willakuy.reading.tables.claims import day_said, note_of
from willakuy.reading.tables.named import NamedRow, named_rows
from willakuy.reading.tables.notices import CellProblem, ProblemKind
from willakuy.reading.tables.rows import named_document
from willakuy.reading.tables.table import Table
from willakuy.statements.errors import IdNotValid
from willakuy.statements.ids import DocumentId, SourceId, check_id, derived_id
from willakuy.statements.names import fold
from willakuy.statements.sources import Derivation, Document, Source

_OWN = re.compile(r"\b(?:own|propi[oa]s?|reporting|not stated|no se dice)\b")
_MENTIONED = re.compile(r"\(?\b(?:src_)?([A-Z]{1,3}\d{1,4})\b\)?")
_SEEN = [
    ("whole", "complete"),
    ("complet", "complete"),
    ("not seen", "not_seen"),
    ("opening", "excerpt"),
    ("excerpt", "excerpt"),
    ("repository", "complete"),
]


@dataclass(frozen=True, slots=True)
class SourcesRead:
    """``documents``: one for each source that has a title or an address. Ids are those of the table, ``doc_`` for ``src_``."""

    sources: tuple[Source, ...]
    documents: tuple[Document, ...]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A list a folder holds: its document (without bytes yet) and the file beside the table, as written there."""

    document: Document
    file: str


@dataclass(frozen=True, slots=True)
class ListsRead:
    entries: tuple[ListEntry, ...]
    problems: tuple[CellProblem, ...]


def read_sources(table: Table, known: Iterable[Source] = ()) -> SourcesRead:
    """Sources by their columns: ``source_id``, ``publisher``, ``kind``, ``derived_from``, ``derived_from_ids``, ``url``…

    ``derived_from`` keeps its words and is linked where ``derived_from_ids`` says to which source, where an id stands
    in the words, or where a source (of the table or ``known``) has exactly that name. "Own research" derives from nobody.
    """
    problems: list[CellProblem] = []
    rows = list(named_rows(table, problems))
    ids = {fold(s.name): s.source_id for s in known}
    present = {s.source_id for s in known}
    named: list[tuple[NamedRow, SourceId, str]] = []
    for row in rows:
        name = row.get("publisher", "name", "source", "fuente", "nombre", "medio")
        if name is None:
            row.problem("publisher", row.get("source_id") or "", ProblemKind.value_needed)
            continue
        source_id = _source_id(row, name)
        named.append((row, source_id, name))
        ids.setdefault(fold(name), source_id)
        present.add(source_id)
    read = [_source(row, source_id, name, ids, present) for row, source_id, name in named]
    documents = tuple(d for _, d in read if d is not None)
    return SourcesRead(tuple(s for s, _ in read), documents, tuple(problems))


def read_list_index(table: Table) -> ListsRead:
    """The lists of a folder: ``list_id``, ``document_id``, ``source_id``, ``file``, ``title``, ``as_of``, ``constants``…"""
    problems: list[CellProblem] = []
    entries = []
    for row in named_rows(table, problems):
        file, source = row.get("file", "archivo"), row.get("source_id")
        list_id = row.get("list_id", "document_id") or ""
        document_id = named_document(row.get("document_id") or list_id)
        if file is None or source is None or document_id is None:
            missing = "file" if file is None else "source_id" if source is None else "document_id"
            row.problem(missing, list_id, ProblemKind.value_needed)
            continue
        entries.append(ListEntry(_list_document(row, document_id, source, file), file))
    return ListsRead(tuple(entries), tuple(problems))


def _source_id(row: NamedRow, name: str) -> SourceId:
    given = row.get("source_id", "id")
    if given:
        try:
            return SourceId(check_id("source", f"src_{given.removeprefix('src_')}"))
        except IdNotValid:
            row.problem("source_id", given, ProblemKind.value_needed)
    return SourceId(derived_id("source", fold(name)))


def _source(
    row: NamedRow, source_id: SourceId, name: str, ids: dict[str, SourceId], present: set[SourceId]
) -> tuple[Source, Document | None]:
    kind_words = row.get("kind", "tipo", "clase")
    kind = (term("source_kind", kind_words) if kind_words else None) or "other"
    more = []
    if kind_words and term("source_kind", kind_words) is None:
        row.problem("kind", kind_words, ProblemKind.word_unknown)
        more.append(f"kind: {kind_words}")
    derivations, own = _derivations(row, source_id, ids, present)
    more += [f"derived_from: {own}"] if own else []
    criteria = row.get("criteria", "covers_and_criteria", "inclusion_criteria", "criterios")
    language = row.get("language", "idioma")
    document = _document(row, source_id, name, criteria, language, more)
    note = note_of(row, *more)
    source = Source(source_id, name, kind, language, derivations, criteria, note=None if document else note)
    return source, replace(document, note=note) if document else None


def _derivations(
    row: NamedRow, source_id: SourceId, ids: dict[str, SourceId], present: set[SourceId]
) -> tuple[tuple[Derivation, ...], str | None]:
    words = row.get("derived_from", "deriva_de", "derives_from")
    given = [SourceId(f"src_{one.removeprefix('src_')}") for one in row.several("derived_from_ids")]
    for one in given:
        if one not in present:
            row.problem("derived_from_ids", one, ProblemKind.record_unknown)
    if given:
        share = "whole" if len(given) == 1 else "part"
        return tuple(Derivation(words or one, one, share=share) for one in given if one in present), None
    if words is None:
        return (), None
    if _OWN.search(fold(words)) and ";" not in words:
        return (), words
    parts = [p.strip() for p in words.split(";") if p.strip() and not _OWN.search(fold(p))]
    share = "whole" if len(parts) == 1 and ";" not in words else "part"
    return tuple(Derivation(p, _linked(p, source_id, ids, present), share=share) for p in parts), None


def _linked(words: str, source_id: SourceId, ids: dict[str, SourceId], present: set[SourceId]) -> SourceId | None:
    by_id = [SourceId(f"src_{m[1]}") for m in _MENTIONED.finditer(words)]
    found = next((s for s in by_id if s in present), None) or ids.get(fold(words))
    return found if found != source_id else None


def _document(
    row: NamedRow, source_id: SourceId, name: str, criteria: str | None, language: str | None, more: list[str]
) -> Document | None:
    title, address = row.get("title", "titulo"), row.get("url", "address", "direccion", "enlace")
    if title is None and address is None:
        return None
    published_words, as_of_words = row.get("date_published", "published", "publicado"), row.get("as_of")
    published = day_said(row, "date_published", published_words)
    as_of = day_said(row, "as_of", as_of_words)
    more += [f"date_published: {published_words}"] if published_words and published is None else []
    more += [f"as_of: {as_of_words}"] if as_of_words and as_of is None else []
    seen = row.get("seen", "completeness")
    completeness = _completeness(seen)
    more += [f"seen: {seen}"] if seen and seen != completeness else []
    return Document(
        document_id=DocumentId(f"doc_{source_id.removeprefix('src_')}"),
        source_id=source_id,
        title=title or name,
        address=address,
        language=language,
        published=published,
        published_basis=row.get("date_basis", "published_basis"),
        as_of=as_of,
        criteria=criteria,
        completeness=completeness,
        capture=row.get("capture"),
    )


def _completeness(words: str | None) -> str | None:
    if words is None:
        return None
    folded = fold(words)
    return term("completeness", words) or next((code for word, code in _SEEN if word in folded), None)


def _list_document(row: NamedRow, document_id: DocumentId, source: str, file: str) -> Document:
    unread = []
    days = {}
    for column in ("as_of", "published"):
        words = row.get(column)
        days[column] = day_said(row, column, words)
        unread += [f"{column}: {words}"] if words and days[column] is None else []
    no_repeats = row.get("is_free_of_duplicates")
    seen = row.get("completeness", "transcription_complete")
    constants = []
    for pair in row.several("constants"):
        name, equals, value = pair.partition("=")
        if name.strip() and equals and value.strip():
            constants.append((name.strip(), value.strip()))
        else:
            row.problem("constants", pair, ProblemKind.word_unknown)
            unread.append(f"constants: {pair}")
    return Document(
        document_id=document_id,
        source_id=SourceId(f"src_{source.removeprefix('src_')}"),
        title=row.get("title", "titulo") or file,
        address=row.get("url", "address"),
        language=row.get("language"),
        published=days["published"],
        as_of=days["as_of"],
        criteria=row.get("criteria", "inclusion_criteria"),
        completeness=_completeness(seen),
        is_list=True,
        is_free_of_duplicates=truth(no_repeats) is not False if no_repeats else True,
        constants=tuple(constants),
        note=note_of(row, *unread),
    )
