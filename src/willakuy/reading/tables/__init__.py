"""From lists (CSV, TSV, XLSX, XLS, ODS) to statements: open, recognise the columns, read the rows."""

from willakuy.reading.tables.claims import StatementsRead, read_claims
from willakuy.reading.tables.columns import recognise_columns
from willakuy.reading.tables.errors import (
    ColumnUnknown,
    DelimiterNotOne,
    EncodingUnknown,
    FieldUnknown,
    NoHeader,
    NotATable,
    SensitiveColumn,
    SheetUnknown,
    TableEmpty,
    TableError,
    TableIsFolder,
    TableMissing,
    TableNotAllowed,
    WorkbookDamaged,
    WorkbookLocked,
    WorkbookTooLarge,
)
from willakuy.reading.tables.fields import FIELDS
from willakuy.reading.tables.judgements import JudgementsRead, read_judgements
from willakuy.reading.tables.kinds import kind_of_table
from willakuy.reading.tables.mapping import ColumnMap, MappedColumn, Why
from willakuy.reading.tables.notices import CellProblem, NoticeKind, ProblemKind, TableNotice
from willakuy.reading.tables.rows import RowsRead, named_document, read_mentions, read_rows, row_id
from willakuy.reading.tables.sources import ListEntry, ListsRead, SourcesRead, read_list_index, read_sources
from willakuy.reading.tables.statuses import read_statuses
from willakuy.reading.tables.table import Row, Table, open_table

__all__ = [
    "open_table",
    "Table",
    "Row",
    "kind_of_table",
    "recognise_columns",
    "ColumnMap",
    "MappedColumn",
    "Why",
    "FIELDS",
    "read_rows",
    "read_mentions",
    "RowsRead",
    "row_id",
    "named_document",
    "read_claims",
    "read_statuses",
    "StatementsRead",
    "read_sources",
    "SourcesRead",
    "read_list_index",
    "ListsRead",
    "ListEntry",
    "read_judgements",
    "JudgementsRead",
    "CellProblem",
    "ProblemKind",
    "TableNotice",
    "NoticeKind",
    "TableError",
    "TableMissing",
    "TableIsFolder",
    "TableNotAllowed",
    "TableEmpty",
    "NotATable",
    "WorkbookDamaged",
    "WorkbookLocked",
    "WorkbookTooLarge",
    "SheetUnknown",
    "NoHeader",
    "EncodingUnknown",
    "DelimiterNotOne",
    "ColumnUnknown",
    "FieldUnknown",
    "SensitiveColumn",
]
