"""What can go wrong before the first row of a list is read. Once a table has opened, reading it never fails."""

from __future__ import annotations

from willakuy.errors import UsageError
from willakuy.i18n import N_


class TableError(UsageError):
    """A file that was given as a list cannot be read as one. The file itself is untouched."""

    code = "W180"
    what = N_("{file}: this list cannot be read.")
    next = N_("Nothing was recorded and the file is untouched.")


class TableMissing(TableError):
    code = "W181"
    what = N_("{file}: there is no such file.")
    next = N_("Nothing was recorded. Check the name; the files beside it are: {beside}")


class TableIsFolder(TableError):
    code = "W182"
    what = N_("{file}: this is a folder; a list is one file.")
    next = N_("Nothing was recorded. Name one of the files in it: {inside}")


class TableNotAllowed(TableError):
    code = "W183"
    what = N_("{file}: the system does not let this file be read ({reason}).")
    next = N_("Nothing was recorded. Ask whoever owns the file for permission, or copy it where you can read it.")


class TableEmpty(TableError):
    code = "W184"
    what = N_("{file}: the list is empty; a row of column names and the rows under it were expected.")
    next = N_("Nothing was recorded and the file is untouched. Check that the file was saved or downloaded whole.")


class NotATable(TableError):
    """Bytes of something else: an image, a PDF, a program, a web page called .xls."""

    code = "W185"
    what = N_("{file}: this is not a list (it looks like {kind}); CSV, TSV, XLSX, XLS or ODS was expected.")
    next = N_(
        "Nothing was recorded and the file is untouched. If it holds text, propose statements from it instead:\n"
        "    willakuy read {file}"
    )


class WorkbookDamaged(TableError):
    code = "W186"
    what = N_("{file}: the workbook is damaged or cut short ({reason}).")
    next = N_(
        "Nothing was recorded and the file is untouched. Fetch it again, or open it and save it as CSV:\n    willakuy import LIST.csv"
    )


class WorkbookLocked(TableError):
    code = "W187"
    what = N_("{file}: the workbook is locked with a password.")
    next = N_("Nothing was recorded and the file is untouched. Save a copy without the password, and import that copy.")


class WorkbookTooLarge(TableError):
    code = "W188"
    what = N_(
        "{file}: the workbook unpacks to {megabytes} MB, more than can be held at once (the limit is {limit} MB)."
    )
    next = N_(
        "Nothing was recorded and the file is untouched. Save the sheet as CSV, which is read row by row at any size:\n    willakuy import LIST.csv"
    )


class SheetUnknown(TableError):
    code = "W189"
    what = N_('{file}: there is no sheet "{sheet}" with rows in it.')
    next = N_("Nothing was recorded. Sheets of this workbook: {known}\n    willakuy import {file} --sheet NAME")


class NoHeader(TableError):
    """Rows, but none that names the columns: guessing what a column of numbers means would be inventing."""

    code = "W190"
    what = N_('{file}, line {line}: no row names the columns (the first row with values is "{row}").')
    next = N_(
        "Nothing was recorded and the file is untouched. Add a first row with names such as:\n    nombre, edad, fecha, lugar"
    )


class EncodingUnknown(TableError):
    code = "W191"
    what = N_('"{encoding}" is not the name of an encoding.')
    next = N_(
        "Nothing was recorded. Leave it out to have it guessed, or use one like these: utf-8, utf-16, cp1252, latin-1"
    )


class DelimiterNotOne(TableError):
    code = "W192"
    what = N_('"{delimiter}" cannot separate columns: one character was expected.')
    next = N_(
        "Nothing was recorded. Leave it out to have it guessed, or use one of: comma, semicolon, tab, pipe, or the character itself"
    )


class ColumnUnknown(TableError):
    code = "W193"
    what = N_('{file}: there is no column "{column}".')
    next = N_("Nothing was recorded. Columns of this list: {known}")


class FieldUnknown(TableError):
    code = "W194"
    what = N_('"{field}" is not a field that a column can hold.')
    next = N_("Nothing was recorded. Fields: {known}")


class SensitiveColumn(TableError):
    """Identity numbers of people never enter a case, not even on request."""

    code = "W195"
    what = N_('{file}: the column "{column}" holds identity numbers, which are never imported.')
    next = N_("Nothing was recorded. Leave the column out of --map; the kept copy of the list still holds it.")
