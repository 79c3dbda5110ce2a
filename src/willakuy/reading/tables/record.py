"""One row as a victim record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from willakuy.reading.tables.cells import (
    Habits,
    age_of,
    blame_of,
    coded,
    day_against,
    joined_name,
    name_kind,
    people,
    sex_of,
    term,
    truth,
)
from willakuy.reading.tables.fields import normalized
from willakuy.reading.tables.mapping import ColumnMap
from willakuy.reading.tables.notices import CellProblem, ProblemKind
from willakuy.reading.tables.table import Row, Table
from willakuy.statements.ages import AgeSaid
from willakuy.statements.dates import DateSaid, PartialDate, parse_date
from willakuy.statements.names import Name, NameKind, fold, recognise_name
from willakuy.statements.numbers import Bound, Quantity, parse_quantity
from willakuy.statements.places import PlaceSaid, gazetteer, parse_place
from willakuy.statements.sources import Document
from willakuy.statements.statement import Coded, VictimRecord

ONE = Quantity.exactly(1)
SILENT = Coded()
LISTED = Coded(code="listed")

_FOOT = re.compile(
    r"\W*(?:sub\s?-?total(?:es)?|total(?:es)?(?: general)?|grand total|suma|fuentes?|sources?|notas?|notes?|elaboracion|leyenda|legend)\b(?:\W|$).*"
)
_DEADLY = re.compile(
    r"\b(?:fallecid[oa]s?|muert[oae]s?|occis[oa]s?|deceso|defuncion|victimas? mortal(?:es)?|death|deaths|dead|died|deceased|killed|fatalities)\b"
)
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


@dataclass(slots=True)
class _Reading:
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


class RecordReader:
    """Reads the rows of one table by one mapping. ``says_harm``: a row or a column name says what happened to them."""

    def __init__(self, table: Table, mapping: ColumnMap, habits: Habits):
        self._map = mapping
        self._at = dict(mapping.fields)
        self._habits = habits
        self._other = [(c.index, c.column) for c in mapping.unmapped]
        self._width = len(table.headers)
        deadly = [c for c in mapping.columns if _says_dead(c.column, c.field)]
        self._all_dead = next((c.column for c in deadly if c.field in _OF_EVERYONE), None)
        self._dead_if_said = [(c.index, c.column) for c in deadly if c.field not in _OF_EVERYONE]
        self.says_harm = "harm" in self._at or self._all_dead is not None

    def cell(self, row: Row, name: str) -> str | None:
        """The first cell of a field that is not empty, without the space around it."""
        for i in self._at.get(name, ()):
            if words := row.cells[i].strip():
                return words
        return None

    def cells(self, row: Row, name: str) -> list[str]:
        return [words for i in self._at.get(name, ()) if (words := row.cells[i].strip())]

    def text(self, row: Row, name: str) -> str | None:
        return "; ".join(self.cells(row, name)) or None

    def read(self, row: Row, document: Document, problems: list[CellProblem]) -> VictimRecord:
        """Never fails: what a cell does not yield stays in ``unread``, and the problem is told."""
        r = _Reading(row, problems)
        self._keep_other(r, document)
        names, count, role = self._names(r)
        dates = self._dates(r, document.as_of or document.published)
        places = self._places(r)
        causes = coded("cause", self.cells(row, "cause"))
        circumstances = coded("circumstance", self.cells(row, "circumstance"))
        roles = coded("role", self.cells(row, "role"))
        if role is not None and role.code not in (r.code for r in roles):
            roles = (*roles, role)
        record = VictimRecord(
            names=names,
            count=count,
            harm=self._harm(r),
            age=self._age(r),
            sex=self._sex(r),
            roles=roles,
            wounded=dates.get("wounded"),
            died=dates.get("died"),
            happened=dates.get("happened"),
            reported=dates.get("reported"),
            dated=dates.get("dated"),
            place=places.get("place"),
            wounded_at=places.get("wounded_at"),
            died_at=places.get("died_at"),
            origin=places.get("origin"),
            causes=causes,
            circumstances=circumstances,
            blamed=tuple(blame_of(c) for c in self.cells(row, "blamed")),
            hospital=self.text(row, "hospital"),
            details=self.text(row, "details"),
            printed_no=self.cell(row, "printed_no"),
            row_status=self._status(r),
            is_truncated=self._truncated(r),
        )
        return self._settled(r, record)

    def _keep_other(self, r: _Reading, document: Document) -> None:
        """Cells of columns nobody understood, and cells beyond the last column."""
        for i, column in self._other:
            if words := r.row.cells[i].strip():
                r.keep(column, words)
        for n, words in enumerate(r.row.extra, self._width + 1):
            if words.strip():
                r.keep(f"#{n}", words.strip())
        for name, expected in (("list_id", document.document_id[4:]), ("row", str(r.row.number))):
            told = self.cell(r.row, name)
            if told is not None and told not in (expected, f"doc_{expected}"):
                r.keep(self._column(name), told)
        for name in self._at:
            if name not in _ALL_CELLS:
                for i in self._at[name][1:]:
                    if words := r.row.cells[i].strip():
                        r.keep(self._map.column(i), words)

    def _column(self, name: str) -> str:
        return self._map.column(self._at[name][0]) if name in self._at else name

    def _names(self, r: _Reading) -> tuple[tuple[Name, ...], Quantity, Coded | None]:
        row = r.row
        parts = [
            w for f in ("given_names", "surnames", "paternal_surname", "maternal_surname") for w in self.cells(row, f)
        ]
        names = [recognise_name(w) for w in self.cells(row, "name")]
        if parts:
            names.append(joined_name(parts))
        said, stated, role_code = self._said_kind(r)
        if said is not None and names:
            names[0] = replace(names[0], kind=said)
        others = [recognise_name(w) for w in self.cells(row, "other_name")]
        nicknames = "ali" in normalized(self._column("other_name")) or "apodo" in normalized(self._column("other_name"))
        names += [replace(n, kind=NameKind.nickname) if nicknames else n for n in others]
        if names:
            r.understood += 1
        printed = names[0].printed if names else ""
        count = people(printed, names[0].kind if names else said, stated) or ONE
        return tuple(dict.fromkeys(names)), self._count(r, count), Coded(code=role_code) if role_code else None

    def _said_kind(self, r: _Reading) -> tuple[NameKind | None, int | None, str | None]:
        cell = self.cell(r.row, "name_kind")
        if cell is None:
            return None, None, None
        kind, stated, role = name_kind(cell)
        if kind is None:
            r.keep(self._column("name_kind"), cell)
            r.problem(self._column("name_kind"), cell, ProblemKind.word_unknown)
        return kind, stated, role

    def _count(self, r: _Reading, count: Quantity) -> Quantity:
        cell = self.cell(r.row, "count")
        if cell is None:
            return count
        if cell.isdecimal() and len(cell) < 10:
            n = int(cell)
            return Quantity(cell, n, n)
        said = parse_quantity(cell)
        if said is None:
            r.keep(self._column("count"), cell)
            r.problem(self._column("count"), cell, ProblemKind.count_unresolved)
            return Quantity(cell, 1, None, Bound.vague) if count is ONE else count
        return said

    def _dates(self, r: _Reading, known: PartialDate | None) -> dict[str, DateSaid]:
        found: dict[str, DateSaid] = {}
        own: PartialDate | None = None
        if (main := self._date(r, "date", known)) is not None:
            meant = self._meaning(r)
            if meant is None:
                r.keep(self._column("date"), main.words)
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
                    r.keep(self._column("date"), found[slot].words)
                found.setdefault("dated", found[slot])
            found[slot] = said
        return found

    def _date(self, r: _Reading, name: str, against: PartialDate | None) -> DateSaid | None:
        cell = self.cell(r.row, name)
        if cell is None:
            return None
        said = parse_date(cell, against=against, order=self._habits.order(self._at[name][0]))
        if said.problem is not None:
            r.problem(self._column(name), cell, _DATE_PROBLEMS.get(said.problem, ProblemKind.date_unresolved))
        if said.value is not None or said.alternatives:
            r.understood += 1
        return said

    def _meaning(self, r: _Reading) -> str | None:
        """Which date of the record the general date column is; ``None`` for one it has no place for (a burial)."""
        cell = self.cell(r.row, "date_meaning")
        if cell is None:
            return "dated"
        code = term("date_meaning", cell)
        if code is None:
            r.keep(self._column("date_meaning"), cell)
            r.problem(self._column("date_meaning"), cell, ProblemKind.meaning_unknown)
            return "dated"
        if code not in _MEANT:
            r.keep(self._column("date_meaning"), cell)
        return _MEANT.get(code)

    def _places(self, r: _Reading) -> dict[str, PlaceSaid]:
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
                r.problem(self._column(name), said.words, what)
        return found

    def _age(self, r: _Reading) -> AgeSaid | None:
        cell, born, minor = (self.cell(r.row, f) for f in ("age", "birth_date", "is_minor"))
        order = self._habits.order(self._at["birth_date"][0]) if "birth_date" in self._at else None
        said = age_of(cell, born, (self._column("is_minor"), minor) if minor else None, order)
        if minor and (said is None or ((cell or born) and truth(minor) is not said.is_minor())):
            r.keep(self._column("is_minor"), minor)
        if said is None:
            return None
        if said.problem:
            r.problem(
                self._column("age" if cell else "birth_date"),
                cell or born or "",
                _AGE_PROBLEMS.get(said.problem, ProblemKind.age_unresolved),
            )
        else:
            r.understood += 1
        return said

    def _sex(self, r: _Reading) -> str | None:
        if cell := self.cell(r.row, "sex"):
            code, is_open = sex_of(cell, self._habits)
            if code is None:
                r.keep(self._column("sex"), cell)
                r.problem(self._column("sex"), cell, ProblemKind.sex_ambiguous if is_open else ProblemKind.word_unknown)
            return code
        if cell := self.cell(r.row, "is_male"):
            is_male = truth(cell)
            if is_male is None:
                r.keep(self._column("is_male"), cell)
                return None
            return "male" if is_male else "female"
        return None

    def _harm(self, r: _Reading) -> Coded:
        """As the row says; else as a column says of everyone ("nombre del fallecido") or of this row (a date of death);
        else nothing: the list's criteria may say it."""
        if cell := self.cell(r.row, "harm"):
            code = term("harm", cell)
            if code is None:
                r.problem(self._column("harm"), cell, ProblemKind.word_unknown)
            return Coded(cell, code)
        if self._all_dead:
            return Coded(self._all_dead, "killed")
        said = next((column for i, column in self._dead_if_said if r.row.cells[i].strip()), None)
        return Coded(said, "killed") if said else SILENT

    def _status(self, r: _Reading) -> Coded:
        cell = self.cell(r.row, "row_status")
        if cell is None:
            return LISTED
        code = term("record_status", cell)
        if code is None:
            r.problem(self._column("row_status"), cell, ProblemKind.word_unknown)
        return Coded(cell, code)

    def _truncated(self, r: _Reading) -> bool:
        cell = self.cell(r.row, "is_truncated")
        if cell is None:
            return False
        said = truth(cell)
        if said is None:
            r.keep(self._column("is_truncated"), cell)
        return bool(said)

    def _settled(self, r: _Reading, record: VictimRecord) -> VictimRecord:
        """A total, a footnote or a row nobody understands is kept too, counted as nobody for certain."""
        words = self._printable(r)
        first = next(c.strip() for c in (*r.row.cells, *r.row.extra) if c.strip())
        n_cells = sum(bool(c.strip()) for c in r.row.cells)
        what = None
        if (n_cells <= max(2, self._width // 3) and _FOOT.fullmatch(fold(first[:200]))) or (
            n_cells == 1 and self._width >= 4 and _is_heading(first)
        ):
            what = ProblemKind.row_no_person
        elif not r.understood:
            what = ProblemKind.row_not_understood
        elif not record.names:
            r.problem("", words, ProblemKind.row_unnamed)
        if what is not None:
            r.problem("", words, what)
            printed = record.names[0].printed if record.names else words
            rest = record.names[1:]
            record = replace(
                record, names=(Name(printed, NameKind.unclear), *rest), count=Quantity(printed, 0, 1, Bound.between)
            )
        return replace(record, unread=tuple(r.unread)) if r.unread else record

    def _printable(self, r: _Reading) -> str:
        """What stands in the row, without the columns left out for protection."""
        refused = {c.index for c in self._map.refused}
        return " · ".join(
            c.strip() for i, c in enumerate((*r.row.cells, *r.row.extra)) if c.strip() and i not in refused
        )


_ALL_CELLS = frozenset(
    {"name", "given_names", "surnames", "paternal_surname", "maternal_surname", "other_name", "cause", "circumstance", "blamed", "role",
     "details", "note", "hospital", "street", "place"}
)  # fmt: skip
"""Fields of which every column is taken; of the others only the first cell that is not empty."""


_OF_EVERYONE = frozenset({"name", "given_names", "surnames"})


def _says_dead(column: str, name: str | None) -> bool:
    if name == "date_died":
        return True
    return name in (*_OF_EVERYONE, "died_at", "cause", "age") and bool(_DEADLY.search(normalized(column)))


def _is_heading(words: str) -> bool:
    """A day or a place alone in its row stands over the rows that follow."""
    return parse_date(words).problem in (None, "ambiguous") or gazetteer("PE").find(fold(words)) != ()


def _with(words: str, outer: list[str]) -> str:
    """The place as printed, followed by what the columns of its province and department print besides."""
    parts = [words] if words else []
    for w in outer:
        if fold(w) not in fold(" ".join(parts)):
            parts.append(w)
    return ", ".join(parts)
