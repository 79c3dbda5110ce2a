"""Single cells read as what their column holds, and what is known of a column as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from willakuy.reading.tables.mapping import ColumnMap
from willakuy.reading.tables.table import Table
from willakuy.statements.ages import MAJORITY, AgeBand, AgeSaid, parse_age
from willakuy.statements.dates import DateOrder, PartialDate, column_order, parse_date
from willakuy.statements.names import Name, NameKind, recognise_name
from willakuy.statements.numbers import Bound, Quantity, parse_quantity
from willakuy.statements.statement import Blame, Coded
from willakuy.statements.vocabularies import recognise

DATE_FIELDS = ("date", "date_died", "date_wounded", "date_happened", "date_reported", "birth_date")
_NUMERIC = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", re.ASCII)
_YES = frozenset({"si", "sí", "yes", "y", "s", "true", "1", "1.0", "x", "verdadero"})
_NO = frozenset({"no", "n", "false", "0", "0.0", "falso"})
_GROUP_KIND = re.compile(r"group(?:_of_(?P<n>\d+))?(?:_\w+)?|grupo(?: de (?P<m>\d+))?.*")
MOST_SEX_WORDS = 40
LONGEST_TERM = 600


@dataclass(frozen=True, slots=True)
class Habits:
    """What the cells of whole columns show of how this list writes: read in one pass before the rows.

    ``orders``: column index → day first or month first. ``m_is_female``: the list writes H and M (hombre, mujer);
    ``None`` where nothing but M is written.
    """

    orders: tuple[tuple[int, DateOrder], ...] = ()
    m_is_female: bool | None = False

    def order(self, index: int) -> DateOrder | None:
        return dict(self.orders).get(index)


def learn_habits(table: Table, mapping: ColumnMap, asked_order: str | None = None) -> Habits:
    """Read the date and sex columns once. ``asked_order`` (``day_first``, ``month_first``) settles every date column.

    A column that proves no order takes that of the list's other date columns, if they agree.
    """
    dates = [i for field in DATE_FIELDS for i in mapping.fields.get(field, ())]
    sexes = mapping.fields.get("sex", ())
    seen: dict[int, set[str]] = {i: set() for i in dates}
    sex_words: set[str] = set()
    if dates or sexes:
        for row in table.rows():
            for i in dates:
                if (cell := row.cells[i]) and _NUMERIC.search(cell):
                    seen[i].add(cell)
            for i in sexes:
                if len(sex_words) < MOST_SEX_WORDS and (cell := row.cells[i].strip()):
                    sex_words.add(cell.casefold().rstrip("."))
    if asked_order in tuple(DateOrder):
        return Habits(tuple((i, DateOrder(asked_order)) for i in dates), _m_is_female(sex_words))
    proved = {i: order for i in dates if (order := column_order(sorted(seen[i])))}
    common = set(proved.values())
    rest = next(iter(common)) if len(common) == 1 else None
    orders = tuple((i, order) for i in dates if (order := proved.get(i, rest)))
    return Habits(orders, _m_is_female(sex_words))


def _m_is_female(words: Iterable[str]) -> bool | None:
    letters = {w for w in words if len(w) == 1}
    if "m" not in letters:
        return False
    if letters & {"h", "v"} and "f" not in letters:
        return True
    return False if "f" in letters or any(recognise("sex", w) for w in words if len(w) > 1) else None


def sex_of(cell: str, habits: Habits) -> tuple[str | None, bool]:
    """The code, and whether a lone M leaves it open."""
    word = cell.strip().casefold().rstrip(".")
    if word == "m" and habits.m_is_female is None:
        return None, True
    if word == "m":
        return ("female" if habits.m_is_female else "male"), False
    if word in ("h", "v"):
        return "male", False
    return term("sex", cell), False


@lru_cache(maxsize=65536)
def term(vocabulary: str, words: str) -> str | None:
    """``recognise``, remembered: columns of terms repeat a few words thousands of times. Longer cells are prose."""
    return recognise(vocabulary, words) if len(words) <= LONGEST_TERM else None


def coded(vocabulary: str, cells: Sequence[str]) -> tuple[Coded, ...]:
    return tuple(Coded(cell, term(vocabulary, cell)) for cell in cells)


def truth(cell: str) -> bool | None:
    """Yes or no, in either language or as 1 and 0."""
    word = cell.strip().casefold()
    return True if word in _YES else False if word in _NO else None


@lru_cache(maxsize=4096)
def name_kind(cell: str) -> tuple[NameKind | None, int | None, str | None]:
    """``(kind, people, role)`` that a column of name kinds says: ``group_of_17_unnamed``, ``unnamed_unborn``, ``NN``."""
    word = "_".join(cell.strip().lower().split())
    if m := _GROUP_KIND.fullmatch(word.replace("grupo_de_", "grupo de ")):
        n = m["n"] or m["m"]
        return NameKind.group, int(n) if n and len(n) < 9 else None, None
    if word in tuple(NameKind):
        return NameKind(word), None, None
    if word.startswith("unnamed_"):
        return NameKind.unnamed, None, term("role", word.removeprefix("unnamed_"))
    code = term("name_kind", cell)
    return (NameKind(code) if code else None), None, None


def joined_name(parts: Sequence[str]) -> Name:
    """A name printed in columns of its own: given names first, then the surnames, whatever order the columns have."""
    printed = " ".join(" ".join(p.split()) for p in parts if p.strip())
    name = recognise_name(printed)
    return replace(name, kind=NameKind.full) if name.kind is NameKind.surname_first else name


def people(words: str, kind: NameKind | None, stated: int | None) -> Quantity | None:
    """How many a row that is not one person stands for; ``None`` when it is one."""
    if kind is not NameKind.group:
        return None
    if stated is not None:
        return Quantity(words, stated, stated)
    return parse_quantity(words) or Quantity(words, 2, None, Bound.vague)


def age_of(
    cell: str | None, born: str | None, minor: tuple[str, str] | None, order: DateOrder | None
) -> AgeSaid | None:
    """One age from up to three columns: an age, a birth date, a yes or no to "minor" (with the column's name)."""
    said = parse_age(cell) if cell else None
    if born:
        day = parse_date(born, order=order).value
        if said is None:
            said = AgeSaid(born, born=day, problem=None if day else "unresolved")
        else:
            said = replace(said, words=f"{said.words}; {born}", born=said.born or day)
    if minor and said is None and (is_minor := truth(minor[1])) is not None:
        words = f"{minor[0]}: {minor[1]}"
        said = (
            AgeSaid(words, 0, MAJORITY - 1, band=AgeBand.minor)
            if is_minor
            else AgeSaid(words, MAJORITY, None, band=AgeBand.adult)
        )
    return said


def blame_of(cell: str) -> Blame:
    return Blame(cell, term("blamed_party", cell), term("hedge", cell) or "asserted")


def day_against(*candidates: PartialDate | None) -> PartialDate | None:
    """The first that is a whole day: what "the day before" and a missing year are counted from; else the first at all."""
    given = [c for c in candidates if c is not None]
    return next((c for c in given if c.precision in ("day", "time")), given[0] if given else None)
