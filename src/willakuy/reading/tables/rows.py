"""Rows of a list as statements: one victim record a row, nothing invented and nothing dropped.

Every cell that is not empty is in the record, in its ``unread``, or in a column left out for protection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from willakuy.reading.tables.cells import Habits, learn_habits
from willakuy.reading.tables.fields import OWN_FIELDS
from willakuy.reading.tables.mapping import ColumnMap
from willakuy.reading.tables.notices import CellProblem, NoticeKind, ProblemKind, TableNotice
from willakuy.reading.tables.record import RecordReader
from willakuy.reading.tables.table import Row, Table
from willakuy.statements.errors import IdNotValid
from willakuy.statements.ids import DocumentId, SourceId, StatementId, check_id, derived_id
from willakuy.statements.sources import Citation, Document, Locator
from willakuy.statements.statement import Mode, Speaker, Statement

Progress = Callable[[int], None]
EVERY = 1000
"""Rows between two calls of ``progress``, which is given the number of rows read since the last."""

_PRIVATE = re.compile(r"\b(?:relative|familiar|witness|testigo|survivor|sobreviviente|mother|father|madre|padre|brother|sister|herman[oa]|widow|viuda|neighbou?r|vecin[oa])\b", re.IGNORECASE)  # fmt: skip


class RowsRead:
    """The statements of a list. Iterate to have them one by one, in constant memory; each iteration reads from the start.

    ``statements``, ``problems``, ``n_rows`` and ``n_blank`` read the whole list once, on first use, and keep it.
    """

    def __init__(
        self, read: Callable[[list[CellProblem], list[int]], Iterator[Statement]], notices: tuple[TableNotice, ...]
    ):
        self._read = read
        self._done: tuple[tuple[Statement, ...], tuple[CellProblem, ...], int] | None = None
        self._problems: list[CellProblem] = []
        self._blank: list[int] = []
        self.notices = notices

    def __iter__(self) -> Iterator[Statement]:
        if self._done is not None:
            yield from self._done[0]
            return
        self._problems, self._blank = [], []
        yield from self._read(self._problems, self._blank)

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self._whole()[0]

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        return self._whole()[1]

    @property
    def so_far(self) -> tuple[CellProblem, ...]:
        """Problems of the rows iterated over until now, without keeping the statements."""
        return tuple(self._problems) if self._done is None else self._done[1]

    @property
    def n_rows(self) -> int:
        return len(self.statements)

    @property
    def n_blank(self) -> int:
        return self._whole()[2]

    def _whole(self) -> tuple[tuple[Statement, ...], tuple[CellProblem, ...], int]:
        if self._done is None:
            statements = tuple(self)
            self._done = (statements, tuple(self._problems), len(self._blank))
        return self._done


def read_rows(table: Table, mapping: ColumnMap, document: Document, *, progress: Progress | None = None) -> RowsRead:
    """Every row that is not blank as a statement citing ``document`` and its row.

    Dates without a year, and words like "the day before", are counted from the row's own date, else from the
    document's as-of day, else its publication. A numeric date stays open (and is asked about) unless its column,
    the list's other columns or ``document.constants["date_order"]`` settle the order. What the list's criteria say
    of all rows (``document.constants``) is not copied into them: a record keeps only what its row says.
    """
    reader = RecordReader(table, mapping, _habits(table, mapping, document))
    harm_known = reader.says_harm or "harm" in dict(document.constants)
    words = _WordsOf(mapping)

    def read(problems: list[CellProblem], blank: list[int]) -> Iterator[Statement]:
        for row in _counted(table, blank, progress):
            _about_row(row, problems)
            victim = reader.read(row, document, problems)
            yield Statement(
                statement_id=row_id(document.document_id, row.number),
                content=victim,
                citations=(Citation(document.document_id, Locator(row=row.number)),),
                words=words.of(row),
                speakers=_speakers(reader, row),
                mode=Mode.list_row,
                language=reader.cell(row, "language") or document.language,
                note=reader.text(row, "note"),
            )

    return RowsRead(read, _notices(table, mapping, harm_known))


def read_mentions(
    table: Table,
    mapping: ColumnMap,
    documents: Mapping[DocumentId, Document],
    *,
    fallback: Document | None = None,
    progress: Progress | None = None,
) -> RowsRead:
    """Rows that each cite a document of their own, named in a column ``document_id`` or ``source_id``.

    A ``source_id`` stands for the document of the same name (``src_S01``: ``doc_S01``). A row whose document the
    case does not have cites ``fallback`` (the table itself) when there is one, and is asked about either way.
    """
    reader = RecordReader(table, mapping, _habits(table, mapping, fallback))
    words = _WordsOf(mapping)

    def read(problems: list[CellProblem], blank: list[int]) -> Iterator[Statement]:
        for row in _counted(table, blank, progress):
            _about_row(row, problems)
            document, locator = _document_of(reader, row, documents, fallback, problems)
            victim = reader.read(row, document, problems)
            yield Statement(
                statement_id=_mention_id(reader, row, fallback or document),
                content=victim,
                citations=(Citation(document.document_id, locator),),
                words=reader.cell(row, "phrase") or words.of(row),
                speakers=_speakers(reader, row),
                mode=Mode.reported,
                language=reader.cell(row, "language") or document.language,
                note=reader.text(row, "note"),
            )

    return RowsRead(read, _notices(table, mapping, harm_known=reader.says_harm))


def row_id(document_id: DocumentId, row: int) -> StatementId:
    """``doc_L01``, 5 → ``stm_L01.r5``: the same on every machine, so that a list imported twice is recorded once."""
    try:
        return StatementId(check_id("statement", f"stm_{document_id[4:]}.r{row}"))
    except IdNotValid:
        return StatementId(derived_id("statement", document_id, str(row)))


def named_document(name: str) -> DocumentId | None:
    """The document that ``doc_S01``, ``src_S01`` or ``S01`` names; ``None`` when it can be no name at all."""
    bare = name.strip().removeprefix("src_").removeprefix("doc_")
    try:
        return DocumentId(check_id("document", f"doc_{bare}"))
    except IdNotValid:
        return None


@dataclass(frozen=True, slots=True)
class _WordsOf:
    """The cells of a row as printed, joined: those the source printed, not what a transcriber added."""

    mapping: ColumnMap

    def of(self, row: Row) -> str:
        cells = [row.cells[c.index] for c in self.mapping.columns if not c.is_refused and c.field not in OWN_FIELDS]
        return " · ".join(" ".join(c.split()) for c in (*cells, *row.extra) if c.strip())


def _habits(table: Table, mapping: ColumnMap, document: Document | None) -> Habits:
    return learn_habits(table, mapping, dict(document.constants).get("date_order") if document else None)


def _counted(table: Table, blank: list[int], progress: Progress | None) -> Iterator[Row]:
    n = 0
    for row in table.rows():
        n += 1
        if progress is not None and n % EVERY == 0:
            progress(EVERY)
        if row.is_blank:
            blank.append(row.number)
            continue
        yield row
    if progress is not None:
        progress(n % EVERY)


def _about_row(row: Row, problems: list[CellProblem]) -> None:
    if row.is_open:
        problems.append(CellProblem(row.number, "", " ".join((*row.cells, *row.extra)).strip(), ProblemKind.quote_open))
    if row.n_missing:
        problems.append(CellProblem(row.number, "", str(row.n_missing), ProblemKind.cells_missing))
    if any(c.strip() for c in row.extra):
        problems.append(CellProblem(row.number, "", ", ".join(row.extra), ProblemKind.cells_extra))


def _speakers(reader: RecordReader, row: Row) -> tuple[Speaker, ...]:
    name, role = reader.cell(row, "speaker"), reader.cell(row, "speaker_role")
    upstream = reader.cell(row, "attributed_to")
    return speakers_of(name, role, upstream)


def speakers_of(
    name: str | None, role: str | None, upstream: str | None, sources: Mapping[str, SourceId] | None = None
) -> tuple[Speaker, ...]:
    """From the voice nearest to the document to the origin. ``upstream`` names several, side by side, with ``;``."""
    known = sources or {}
    chain = []
    if name or role:
        is_private = bool(_PRIVATE.search(role or ""))
        chain.append(Speaker(name, role, known.get(name.casefold()) if name else None, is_private))
    for one in (upstream or "").split(";"):
        if one.strip() and one.strip() != name:
            chain.append(Speaker(one.strip(), None, known.get(one.strip().casefold()), bool(_PRIVATE.search(one))))
    return tuple(chain)


def _document_of(
    reader: RecordReader,
    row: Row,
    documents: Mapping[DocumentId, Document],
    fallback: Document | None,
    problems: list[CellProblem],
) -> tuple[Document, Locator]:
    given = reader.cell(row, "document_id") or reader.cell(row, "source_id") or ""
    named = named_document(given)
    if named is not None and named in documents:
        return documents[named], Locator()
    if source := next((d for d in documents.values() if d.source_id == given), None):
        return source, Locator()
    column = "document_id" if reader.cell(row, "document_id") else "source_id"
    problems.append(CellProblem(row.number, column, given, ProblemKind.document_unknown))
    if fallback is not None:
        return fallback, Locator(row=row.number)
    made = named or DocumentId(derived_id("document", given))
    return Document(made, SourceId(derived_id("source", given)), given), Locator()


def _mention_id(reader: RecordReader, row: Row, table_of: Document) -> StatementId:
    given = reader.cell(row, "statement_id")
    if given:
        bare = given.removeprefix("stm_")
        try:
            return StatementId(check_id("statement", f"stm_{bare}"))
        except IdNotValid:
            return StatementId(derived_id("statement", table_of.document_id, given))
    return row_id(table_of.document_id, row.number)


def _notices(table: Table, mapping: ColumnMap, harm_known: bool) -> tuple[TableNotice, ...]:
    found = list(table.notices)
    if mapping.refused:
        found.append(TableNotice(NoticeKind.column_refused, (("words", ", ".join(c.column for c in mapping.refused)),)))
    if not {"name", "given_names", "surnames", "paternal_surname", "other_name"} & mapping.fields.keys():
        found.append(TableNotice(NoticeKind.name_not_found))
    if not harm_known:
        found.append(TableNotice(NoticeKind.harm_not_said))
    return tuple(found)
