"""One row as a victim record."""

from __future__ import annotations

import re
from dataclasses import replace

from willakuy.reading.tables.cells import (
    Habits,
    blame_of,
    coded,
    joined_name,
    name_kind,
    people,
    term,
    truth,
)
from willakuy.reading.tables.fields import normalized
from willakuy.reading.tables.mapping import ColumnMap
from willakuy.reading.tables.notices import CellProblem, ProblemKind
from willakuy.reading.tables.row_facts import RowFacts, RowReading
from willakuy.reading.tables.table import Row, Table
from willakuy.statements.dates import parse_date
from willakuy.statements.names import Name, NameKind, fold, recognise_name
from willakuy.statements.numbers import Bound, Quantity, parse_quantity
from willakuy.statements.places import gazetteer
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
_OF_EVERYONE = frozenset({"name", "given_names", "surnames"})


class RecordReader(RowFacts):
    """Reads the rows of one table by one mapping. ``says_harm``: a row or a column name says what happened to them."""

    def __init__(self, table: Table, mapping: ColumnMap, habits: Habits):
        super().__init__(table, mapping, habits)
        deadly = [c for c in mapping.columns if _says_dead(c.column, c.field)]
        self._all_dead = next((c.column for c in deadly if c.field in _OF_EVERYONE), None)
        self._dead_if_said = [(c.index, c.column) for c in deadly if c.field not in _OF_EVERYONE]
        self.says_harm = "harm" in self.at or self._all_dead is not None

    def read(self, row: Row, document: Document, problems: list[CellProblem]) -> VictimRecord:
        """Never fails: what a cell does not yield stays in ``unread``, and the problem is told."""
        r = RowReading(row, problems)
        self.keep_other(r, document)
        names, count, role = self._names(r)
        dates = self.dates(r, document.as_of or document.published)
        places = self.places(r)
        causes = coded("cause", self.cells(row, "cause"))
        circumstances = coded("circumstance", self.cells(row, "circumstance"))
        roles = coded("role", self.cells(row, "role"))
        if role is not None and role.code not in (r.code for r in roles):
            roles = (*roles, role)
        record = VictimRecord(
            names=names,
            count=count,
            harm=self._harm(r),
            age=self.age(r),
            sex=self.sex(r),
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

    def _names(self, r: RowReading) -> tuple[tuple[Name, ...], Quantity, Coded | None]:
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
        nicknames = "ali" in normalized(self.column("other_name")) or "apodo" in normalized(self.column("other_name"))
        names += [replace(n, kind=NameKind.nickname) if nicknames else n for n in others]
        if names:
            r.understood += 1
        printed = names[0].printed if names else ""
        count = people(printed, names[0].kind if names else said, stated) or ONE
        return tuple(dict.fromkeys(names)), self._count(r, count), Coded(code=role_code) if role_code else None

    def _said_kind(self, r: RowReading) -> tuple[NameKind | None, int | None, str | None]:
        cell = self.cell(r.row, "name_kind")
        if cell is None:
            return None, None, None
        kind, stated, role = name_kind(cell)
        if kind is None:
            r.keep(self.column("name_kind"), cell)
            r.problem(self.column("name_kind"), cell, ProblemKind.word_unknown)
        return kind, stated, role

    def _count(self, r: RowReading, count: Quantity) -> Quantity:
        cell = self.cell(r.row, "count")
        if cell is None:
            return count
        if cell.isdecimal() and len(cell) < 10:
            n = int(cell)
            return Quantity(cell, n, n)
        said = parse_quantity(cell)
        if said is None:
            r.keep(self.column("count"), cell)
            r.problem(self.column("count"), cell, ProblemKind.count_unresolved)
            return Quantity(cell, 1, None, Bound.vague) if count is ONE else count
        return said

    def _harm(self, r: RowReading) -> Coded:
        """As the row says; else as a column says of everyone ("nombre del fallecido") or of this row (a date of death);
        else nothing: the list's criteria may say it."""
        if cell := self.cell(r.row, "harm"):
            code = term("harm", cell)
            if code is None:
                r.problem(self.column("harm"), cell, ProblemKind.word_unknown)
            return Coded(cell, code)
        if self._all_dead:
            return Coded(self._all_dead, "killed")
        said = next((column for i, column in self._dead_if_said if r.row.cells[i].strip()), None)
        return Coded(said, "killed") if said else SILENT

    def _status(self, r: RowReading) -> Coded:
        cell = self.cell(r.row, "row_status")
        if cell is None:
            return LISTED
        code = term("record_status", cell)
        if code is None:
            r.problem(self.column("row_status"), cell, ProblemKind.word_unknown)
        return Coded(cell, code)

    def _truncated(self, r: RowReading) -> bool:
        cell = self.cell(r.row, "is_truncated")
        if cell is None:
            return False
        said = truth(cell)
        if said is None:
            r.keep(self.column("is_truncated"), cell)
        return bool(said)

    def _settled(self, r: RowReading, record: VictimRecord) -> VictimRecord:
        """A total, a footnote or a row nobody understands is kept too, counted as nobody for certain."""
        words = self._printable(r)
        first = next(c.strip() for c in (*r.row.cells, *r.row.extra) if c.strip())
        n_cells = sum(bool(c.strip()) for c in r.row.cells)
        what = None
        if (n_cells <= max(2, self.width // 3) and _FOOT.fullmatch(fold(first[:200]))) or (
            n_cells == 1 and self.width >= 4 and _is_heading(first)
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

    def _printable(self, r: RowReading) -> str:
        """What stands in the row, without the columns left out for protection."""
        refused = {c.index for c in self.mapping.refused}
        return " · ".join(
            c.strip() for i, c in enumerate((*r.row.cells, *r.row.extra)) if c.strip() and i not in refused
        )


def _says_dead(column: str, name: str | None) -> bool:
    if name == "date_died":
        return True
    return name in (*_OF_EVERYONE, "died_at", "cause", "age") and bool(_DEADLY.search(normalized(column)))


def _is_heading(words: str) -> bool:
    """A day or a place alone in its row stands over the rows that follow."""
    return parse_date(words).problem in (None, "ambiguous") or gazetteer("PE").find(fold(words)) != ()
