"""What reading a list has to tell its reader: about the whole table, and about single cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from willakuy.i18n import N_, gettext


class NoticeKind(StrEnum):
    """Something about the table as a whole."""

    lines_above = "lines_above"
    headers_repeated = "headers_repeated"
    headers_missing = "headers_missing"
    other_sheets = "other_sheets"
    encoding_mixed = "encoding_mixed"
    formulas_kept = "formulas_kept"
    column_refused = "column_refused"
    harm_not_said = "harm_not_said"
    name_not_found = "name_not_found"


_NOTICES = {
    NoticeKind.lines_above: N_("Column names stand in line {line}; above them: {words}"),
    NoticeKind.headers_repeated: N_("Several columns are called the same; they were told apart as: {words}"),
    NoticeKind.headers_missing: N_("Columns without a name were called: {words}"),
    NoticeKind.other_sheets: N_("Only the sheet {sheet} was read; the workbook also has: {words}"),
    NoticeKind.encoding_mixed: N_(
        "The text is not all in one encoding: {n} bytes were read as cp1252 inside {encoding}."
    ),
    NoticeKind.formulas_kept: N_(
        "{n} cells hold a formula without a result; they were kept as text and not calculated."
    ),
    NoticeKind.column_refused: N_(
        "The column {words} was left out: it seems to hold identity numbers, contacts or relatives."
    ),
    NoticeKind.harm_not_said: N_(
        "Neither the rows nor the column names say whether these people were killed, injured, missing or detained. Say it for "
        "the whole list: --set harm=killed"
    ),
    NoticeKind.name_not_found: N_('No column of names was found. Say which one holds them: --map "name=COLUMN"'),
}


@dataclass(frozen=True, slots=True)
class TableNotice:
    """``facts`` fill the message, in the reader's language when it is shown."""

    kind: NoticeKind
    facts: tuple[tuple[str, str], ...] = ()

    def say(self) -> str:
        return gettext(_NOTICES[self.kind]).format_map(dict(self.facts))


class ProblemKind(StrEnum):
    """What is the matter with one cell or one row."""

    date_ambiguous = "date_ambiguous"
    date_impossible = "date_impossible"
    date_unresolved = "date_unresolved"
    weekday_differs = "weekday_differs"
    age_ambiguous = "age_ambiguous"
    age_impossible = "age_impossible"
    age_unresolved = "age_unresolved"
    sex_ambiguous = "sex_ambiguous"
    place_ambiguous = "place_ambiguous"
    place_unresolved = "place_unresolved"
    count_unresolved = "count_unresolved"
    word_unknown = "word_unknown"
    meaning_unknown = "meaning_unknown"
    cells_missing = "cells_missing"
    cells_extra = "cells_extra"
    quote_open = "quote_open"
    row_not_understood = "row_not_understood"
    row_no_person = "row_no_person"
    row_unnamed = "row_unnamed"
    document_unknown = "document_unknown"
    record_unknown = "record_unknown"
    value_needed = "value_needed"
    numbers_disagree = "numbers_disagree"


_PROBLEMS = {
    ProblemKind.date_ambiguous: N_(
        'Row {row}, {column}: "{words}" can be more than one day. Say how the list writes days: --set date_order=day_first, or month_first'
    ),
    ProblemKind.date_impossible: N_('Row {row}, {column}: there is no such day as "{words}". Kept as printed.'),
    ProblemKind.date_unresolved: N_('Row {row}, {column}: no day could be read from "{words}". Kept as printed.'),
    ProblemKind.weekday_differs: N_('Row {row}, {column}: the weekday in "{words}" is not that of the date. Read by its number.'),
    ProblemKind.age_ambiguous: N_('Row {row}, {column}: "{words}" can be more than one age. Which one is it?'),
    ProblemKind.age_impossible: N_('Row {row}, {column}: nobody is of the age "{words}". Kept as printed.'),
    ProblemKind.age_unresolved: N_('Row {row}, {column}: no age could be read from "{words}". Kept as printed.'),
    ProblemKind.sex_ambiguous: N_('Row {row}, {column}: "{words}" may stand for "male" or for "mujer" in this list. Which one is it?'),
    ProblemKind.place_ambiguous: N_('Row {row}, {column}: "{words}" can be more than one place. Which one is it?'),
    ProblemKind.place_unresolved: N_('Row {row}, {column}: "{words}" is not a place known here. Kept as printed.'),
    ProblemKind.count_unresolved: N_('Row {row}, {column}: how many people "{words}" stands for could not be read.'),
    ProblemKind.word_unknown: N_('Row {row}, {column}: "{words}" is not a word of the vocabulary. Kept as printed.'),
    ProblemKind.meaning_unknown: N_('Row {row}, {column}: "{words}" does not say what the date is of. Kept as a date of unknown meaning.'),
    ProblemKind.cells_missing: N_("Row {row}: the row has fewer cells than there are columns; the rest was taken as empty ({words})."),
    ProblemKind.cells_extra: N_('Row {row}: the row has more cells than there are columns; kept as printed: "{words}".'),
    ProblemKind.quote_open: N_('Row {row}: a quotation mark is never closed; the line was read as it stands: "{words}".'),
    ProblemKind.row_not_understood: N_('Row {row}: nothing in it could be understood: "{words}". What is it?'),
    ProblemKind.row_no_person: N_('Row {row}: "{words}" seems to be a total or a note, not a person. Counted as nobody for certain. Is it a person?'),
    ProblemKind.row_unnamed: N_('Row {row}: nobody is named in it: "{words}".'),
    ProblemKind.document_unknown: N_('Row {row}, {column}: the case has no document "{words}". Add it, then import this file again.'),
    ProblemKind.record_unknown: N_('Row {row}, {column}: the case has no statement "{words}". Import its list first.'),
    ProblemKind.value_needed: N_('Row {row}, {column}: a value is needed here and "{words}" is none; the row was not taken in.'),
    ProblemKind.numbers_disagree: N_('Row {row}, {column}: "{words}" is not the number that the other columns give. Theirs was taken.'),
}  # fmt: skip

_ASKED = frozenset(
    {
        ProblemKind.date_ambiguous,
        ProblemKind.age_ambiguous,
        ProblemKind.sex_ambiguous,
        ProblemKind.count_unresolved,
        ProblemKind.row_not_understood,
        ProblemKind.row_no_person,
        ProblemKind.document_unknown,
        ProblemKind.record_unknown,
        ProblemKind.value_needed,
    }
)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """``row`` counts as in ``Locator``; ``column`` is empty when the whole row is meant. ``words`` are as printed."""

    row: int
    column: str
    words: str
    what: ProblemKind

    @property
    def asked(self) -> bool:
        """A person has to settle it; the others are only reported."""
        return self.what in _ASKED

    def say(self) -> str:
        words = self.words if len(self.words) <= 120 else self.words[:119] + "…"
        return gettext(_PROBLEMS[self.what]).format(row=self.row, column=self.column, words=words)
