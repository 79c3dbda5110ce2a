"""What can go wrong when lists are linked."""

from __future__ import annotations

from willakuy.errors import ProblemFound, UsageError
from willakuy.i18n import N_


class ListNotRead(UsageError):
    """A file that was given as a list holds no table."""

    code = "W400"
    what = N_("{file}: this list cannot be read ({reason}).")
    next = N_("Nothing was linked and the file is unchanged. A list is a CSV file with a header, one victim a row.")


class IdColumnMissing(UsageError):
    """No column holds the records' ids."""

    code = "W614"
    what = N_("{file}: no column holds the id of each record.")
    next = N_("Nothing was linked. Name the column, one of {columns}:\n    willakuy link {file} --id COLUMN")


class IdRepeated(UsageError):
    """Two rows of one list have the same id."""

    code = "W615"
    what = N_('{file}: the id "{rec_id}" stands in row {first} and again in row {second}.')
    next = N_("Nothing was linked. Each row needs an id of its own; choose the column with --id COLUMN.")


class IdEmpty(UsageError):
    """A row has no id."""

    code = "W616"
    what = N_("{file}: row {row} has no id.")
    next = N_("Nothing was linked. Give the row an id, or choose another column with --id COLUMN.")


class ColumnUnknown(UsageError):
    """``--column`` names a column that no list has, or a role there is not."""

    code = "W417"
    what = N_('"{column}={role}" names no column of these lists, or no role.')
    next = N_(
        "Nothing was linked. The roles are {roles}:\n    willakuy link … --column 'quien=name' --column 'cuando=died'"
    )


class NothingToCompare(ProblemFound):
    """No record says anything that could tell one person from another."""

    code = "W410"
    what = N_(
        "There is nothing to link by: none of the {n} records has a name, a date, a place, an age or another value."
    )
    next = N_("Nothing was joined. Check that the columns were recognised:\n    {columns}")


class JudgementsContradict(UsageError):
    """Judgements join two records and keep the same two apart."""

    code = "W411"
    what = N_("The judgements contradict one another: {rec_l} and {rec_r} are judged different, and joined by {chain}.")
    next = N_("Nothing was joined. Take back one of these judgements, then link again.")


class JudgementUnknownRecord(UsageError):
    """A judgement names a record that no list holds."""

    code = "W412"
    what = N_('{file}: row {row} judges "{rec_id}", which none of the lists holds.')
    next = N_("Nothing was linked. Correct the id, or leave that row out.")


class JudgementNotRead(UsageError):
    """A file of judgements without the columns it needs, or with a verdict nobody knows."""

    code = "W413"
    what = N_("{file}: this file of judgements cannot be read ({reason}).")
    next = N_("Nothing was linked. Its columns are rec_l, rec_r, judgement (same, different or undecided), by, reason.")


class TooManyPairs(ProblemFound):
    """The records are so alike that comparing them all would take days."""

    code = "W414"
    what = N_("The records are too alike: {n} pairs would have to be compared, the limit is {most}.")
    next = N_("Nothing was joined. Add columns that tell people apart, or link fewer lists at a time.")


class SparkMissing(UsageError):
    """The engine asked for is not installed."""

    code = "W415"
    what = N_("The engine spark needs PySpark, which is not installed.")
    next = N_("Nothing was joined. Install it, and Java 17 or newer:\n    pip install 'willakuy[spark]'")


class SparkNotStarted(UsageError):
    """Spark is installed and does not start: most often there is no Java."""

    code = "W416"
    what = N_("Spark did not start ({reason}).")
    next = N_(
        "Nothing was joined. It needs Java 17 or newer. The engine duckdb needs none:\n    willakuy link … --engine duckdb"
    )
