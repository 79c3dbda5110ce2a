"""What speakers later say of earlier statements: rows of a table of retractions, corrections and denials."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from willakuy.reading.tables.cells import term
from willakuy.reading.tables.claims import StatementsRead, cited, day_said, note_of, statement_id
from willakuy.reading.tables.named import NamedRow, named_rows
from willakuy.reading.tables.notices import CellProblem, ProblemKind
from willakuy.reading.tables.rows import speakers_of
from willakuy.reading.tables.table import Table
from willakuy.statements.ids import DocumentId, SourceId, StatementId
from willakuy.statements.sources import Citation, Document, Source
from willakuy.statements.statement import Mode, Statement, Status

Resolve = Callable[[str], StatementId | None]
"""From what a table calls a statement (``stm_L01.r5``) to its id in the case, or ``None``."""


def read_statuses(
    table: Table,
    resolve: Resolve,
    documents: Mapping[DocumentId, Document],
    *,
    fallback: Document | None = None,
    sources: Iterable[Source] = (),
) -> StatementsRead:
    """One status statement a row: ``effect``, ``aspect``, ``targets`` (divided by ``;``), ``reason``, ``said``, ``speaker``.

    A row without an effect of the vocabulary, or none of whose targets the case has, gives no statement and is told.
    """
    problems: list[CellProblem] = []
    known = {s.name.casefold(): s.source_id for s in sources}
    found = []
    for row in named_rows(table, problems):
        citation = cited(row, documents, fallback)
        targets = _targets(row, resolve)
        effect = _code(row, "status_effect", "effect", "efecto")
        if citation is None or not targets or effect is None:
            continue
        found.append(_status(row, citation, Status(effect, targets, *_about(row)), known, fallback))
    return StatementsRead(tuple(found), tuple(problems))


def _status(
    row: NamedRow,
    citation: Citation,
    status: Status,
    known: Mapping[str, SourceId],
    fallback: Document | None,
) -> Statement:
    said_words = row.get("said", "fecha", "date")
    said = day_said(row, "said", said_words)
    identity = statement_id(
        row, row.get("status_id", "statement_id", "id"), fallback.document_id if fallback else citation.document_id
    )
    unread = [f"said: {said_words}"] if said_words and said is None else []
    speakers = speakers_of(row.get("speaker"), row.get("speaker_role"), row.get("attributed_to"), known)
    return Statement(
        statement_id=identity,
        content=status,
        citations=(citation,),
        words=row.get("phrase", "words") or status.reason or status.effect,
        speakers=speakers,
        mode=Mode.reported,
        language=row.get("language"),
        said=said,
        note=note_of(row, *unread),
    )


def _targets(row: NamedRow, resolve: Resolve) -> tuple[StatementId, ...]:
    given = row.several("targets", "target", "statements")
    if not given:
        row.problem("targets", "", ProblemKind.value_needed)
    found = []
    for name in given:
        target = resolve(name if name.startswith("stm_") else f"stm_{name}")
        if target is None:
            row.problem("targets", name, ProblemKind.record_unknown)
        else:
            found.append(target)
    return tuple(dict.fromkeys(found))


def _code(row: NamedRow, vocabulary: str, *names: str) -> str | None:
    words = row.get(*names)
    code = term(vocabulary, words) if words else None
    if code is None:
        row.problem(names[0], words or "", ProblemKind.value_needed)
    return code


def _about(row: NamedRow) -> tuple[str, str | None]:
    words = row.get("aspect", "aspecto")
    aspect = (term("status_aspect", words) if words else None) or "existence"
    if words and term("status_aspect", words) is None:
        row.problem("aspect", words, ProblemKind.word_unknown)
    return aspect, row.get("reason", "razon", "motivo")
