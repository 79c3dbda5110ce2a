"""What the cells of one row say of days, places, age and sex; what they do not yield is kept as unread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from willakuy.reading.tables.cells import (
    Habits,
    age_of,
    day_against,
    sex_of,
    term,
    truth,
)
from willakuy.reading.tables.mapping import ColumnMap
from willakuy.reading.tables.notices import CellProblem, ProblemKind
from willakuy.reading.tables.table import Row, Table
from willakuy.statements.ages import AgeSaid
from willakuy.statements.dates import DateSaid, PartialDate, parse_date
from willakuy.statements.names import fold
from willakuy.statements.places import PlaceSaid, parse_place
from willakuy.statements.sources import Document

_MEANT = {
    "wound": "wounded",
    "death": "died",
    "event": "happened",
    "report": "reported",
    "day_entry": "dated",
    "heading_not_stated": "dated",
}
_DATE_PROBLEMS = {
    "ambiguous": ProblemKind.date_ambiguous,
    "impossible": ProblemKind.date_impossible,
    "unresolved": ProblemKind.date_unresolved,
    "weekday_differs": ProblemKind.weekday_differs,
}
_AGE_PROBLEMS = {
    "ambiguous": ProblemKind.age_ambiguous,
    "impossible": ProblemKind.age_impossible,
    "unresolved": ProblemKind.age_unresolved,
}
_UNREAD = (ProblemKind.date_impossible, ProblemKind.date_unresolved, ProblemKind.age_impossible, ProblemKind.age_unresolved)  # fmt: skip
_ALL_CELLS = frozenset(
    {"name", "given_names", "surnames", "paternal_surname", "maternal_surname", "other_name", "cause", "circumstance", "blamed", "role",
     "details", "note", "hospital", "street", "place"}
)  # fmt: skip
"""Fields of which every column is taken; of the others only the first cell that is not empty."""


@dataclass(slots=True)
class RowReading:
    """What has been found out of one row so far."""

    row: Row
    problems: list[CellProblem]
    unread: list[tuple[str, str]] = field(default_factory=list)
    understood: int = 0

    def problem(self, column: str, words: str, what: ProblemKind) -> None:
        self.problems.append(CellProblem(self.row.number, column, words, what))
        if what in _UNREAD:
            self.keep(column, words)

    def keep(self, column: str, words: str) -> None:
        if (column, words) not in self.unread:
            self.unread.append((column, words))


class RowFacts:
    """The cells of one table's rows by the field each column holds."""

    def __init__(self, table: Table, mapping: ColumnMap, habits: Habits):
        self.mapping = mapping
        self.at = dict(mapping.fields)
        self._habits = habits
        self._other = [(c.index, c.column) for c in mapping.unmapped]
        self.width = len(table.headers)

    def cell(self, row: Row, name: str) -> str | None:
        """The first cell of a field that is not empty, without the space around it."""
        for i in self.at.get(name, ()):
            if words := row.cells[i].strip():
                return words
        return None

    def cells(self, row: Row, name: str) -> list[str]:
        return [words for i in self.at.get(name, ()) if (words := row.cells[i].strip())]

    def text(self, row: Row, name: str) -> str | None:
        return "; ".join(self.cells(row, name)) or None

    def keep_other(self, r: RowReading, document: Document) -> None:
        """Cells of columns nobody understood, and cells beyond the last column."""
        for i, column in self._other:
            if words := r.row.cells[i].strip():
                r.keep(column, words)
        for n, words in enumerate(r.row.extra, self.width + 1):
            if words.strip():
                r.keep(f"#{n}", words.strip())
        for name, expected in (("list_id", document.document_id[4:]), ("row", str(r.row.number))):
            told = self.cell(r.row, name)
            if told is not None and told not in (expected, f"doc_{expected}"):
                r.keep(self.column(name), told)
        for name in self.at:
            if name not in _ALL_CELLS:
                for i in self.at[name][1:]:
                    if words := r.row.cells[i].strip():
                        r.keep(self.mapping.column(i), words)

    def column(self, name: str) -> str:
        return self.mapping.column(self.at[name][0]) if name in self.at else name

    def dates(self, r: RowReading, known: PartialDate | None) -> dict[str, DateSaid]:
        found: dict[str, DateSaid] = {}
        own: PartialDate | None = None
        if (main := self._date(r, "date", known)) is not None:
            meant = self._meaning(r)
            if meant is None:
                r.keep(self.column("date"), main.words)
            else:
                found[meant] = main
            own = main.value
        against = day_against(own, known) if own and own.precision in ("day", "time") else known
        for name, slot in (
            ("date_wounded", "wounded"),
            ("date_died", "died"),
            ("date_happened", "happened"),
            ("date_reported", "reported"),
        ):
            said = self._date(r, name, against)
            if said is None:
                continue
            if slot in found and found[slot].words != said.words:
                if "dated" in found:
                    r.keep(self.column("date"), found[slot].words)
                found.setdefault("dated", found[slot])
            found[slot] = said
        return found

    def _date(self, r: RowReading, name: str, against: PartialDate | None) -> DateSaid | None:
        cell = self.cell(r.row, name)
        if cell is None:
            return None
        said = parse_date(cell, against=against, order=self._habits.order(self.at[name][0]))
        if said.problem is not None:
            r.problem(self.column(name), cell, _DATE_PROBLEMS.get(said.problem, ProblemKind.date_unresolved))
        if said.value is not None or said.alternatives:
            r.understood += 1
        return said

    def _meaning(self, r: RowReading) -> str | None:
        """Which date of the record the general date column is; ``None`` for one it has no place for (a burial)."""
        cell = self.cell(r.row, "date_meaning")
        if cell is None:
            return "dated"
        code = term("date_meaning", cell)
        if code is None:
            r.keep(self.column("date_meaning"), cell)
            r.problem(self.column("date_meaning"), cell, ProblemKind.meaning_unknown)
            return "dated"
        if code not in _MEANT:
            r.keep(self.column("date_meaning"), cell)
        return _MEANT.get(code)

    def places(self, r: RowReading) -> dict[str, PlaceSaid]:
        row = r.row
        units = {u: self.cell(row, u) for u in ("district", "province", "department")}
        inner = self.cells(row, "street") + self.cells(row, "place")
        found = {}
        outer = [w for w in (*units.values(), self.cell(row, "country")) if w]
        if inner or outer:
            words = ", ".join(inner)
            said = parse_place(
                words, district=units["district"], province=units["province"], department=units["department"]
            )
            found["place"] = replace(said, words=_with(words, outer))
        for name in ("wounded_at", "died_at", "origin"):
            if cell := self.cell(row, name):
                found[name] = parse_place(cell)
        for name, said in found.items():
            r.understood += said.place is not None
            if said.problem in ("ambiguous", "unresolved"):
                what = ProblemKind.place_ambiguous if said.problem == "ambiguous" else ProblemKind.place_unresolved
                r.problem(self.column(name), said.words, what)
        return found

    def age(self, r: RowReading) -> AgeSaid | None:
        cell, born, minor = (self.cell(r.row, f) for f in ("age", "birth_date", "is_minor"))
        order = self._habits.order(self.at["birth_date"][0]) if "birth_date" in self.at else None
        said = age_of(cell, born, (self.column("is_minor"), minor) if minor else None, order)
        if minor and (said is None or ((cell or born) and truth(minor) is not said.is_minor())):
            r.keep(self.column("is_minor"), minor)
        if said is None:
            return None
        if said.problem:
            r.problem(
                self.column("age" if cell else "birth_date"),
                cell or born or "",
                _AGE_PROBLEMS.get(said.problem, ProblemKind.age_unresolved),
            )
        else:
            r.understood += 1
        return said

    def sex(self, r: RowReading) -> str | None:
        if cell := self.cell(r.row, "sex"):
            code, is_open = sex_of(cell, self._habits)
            if code is None:
                r.keep(self.column("sex"), cell)
                r.problem(self.column("sex"), cell, ProblemKind.sex_ambiguous if is_open else ProblemKind.word_unknown)
            return code
        if cell := self.cell(r.row, "is_male"):
            is_male = truth(cell)
            if is_male is None:
                r.keep(self.column("is_male"), cell)
                return None
            return "male" if is_male else "female"
        return None


def _with(words: str, outer: list[str]) -> str:
    """The place as printed, followed by what the columns of its province and department print besides."""
    parts = [words] if words else []
    for w in outer:
        if fold(w) not in fold(" ".join(parts)):
            parts.append(w)
    return ", ".join(parts)
