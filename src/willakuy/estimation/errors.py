"""What can be wrong with a table of capture patterns before any estimate is tried."""

from __future__ import annotations

from willakuy.errors import UsageError
from willakuy.i18n import N_


class EstimationUsage(UsageError):
    """Base of what can be wrong with what estimation was asked to do."""

    code = "W170"


class TableUnreadable(EstimationUsage):
    """The file is not a table of capture patterns."""

    code = "W171"
    what = N_("{file}: {problem}")
    next = N_(
        "The file was not changed. A table has one column per list holding 0 or 1, and a column named count:\n"
        "    A,B,C,count\n    1,0,1,12\nFor one row per person, without counts, add --records."
    )


class CellUnreadable(EstimationUsage):
    """One cell holds something a capture table cannot hold. Like any table that cannot carry a number it is refused:
    exit code 1, and in JSON a ``refused`` whose documented minimum counts the rows that can be read."""

    code = "W172"
    exit_code = 1
    what = N_("{file}, row {row}, column {column}: expected {expected}, found “{found}” (the lists are {lists}).")
    next = N_("The file was not changed. Correct that cell, or remove the row, and try again.")

    def as_json(self) -> dict[str, object]:
        reason = {"code": "unreadable-cell", "what": self.say_what(), "needed": self.say_next()}
        refused = {"reasons": [reason], "documented_minimum": self.facts.get("documented", 0)}
        return {**super().as_json(), "refused": refused}


class UnknownMethod(EstimationUsage):
    """No estimator has that name."""

    code = "W173"
    what = N_("There is no method called “{method}”.")
    next = N_("Nothing was estimated. The methods are: {known}.")


class NeedsPeople(EstimationUsage):
    """Doubly robust estimation was asked for without what is recorded of each person."""

    code = "W174"
    what = N_("The method doubly-robust needs what is recorded of people: --covariates.")
    next = N_(
        "Nothing was estimated. With one row per person and two lists:\n"
        "    willakuy estimate PEOPLE.csv --records --method doubly-robust --covariates age,sex"
    )
