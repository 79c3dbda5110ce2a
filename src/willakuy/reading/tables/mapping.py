"""Which column holds what: shown to whoever imports, corrected with ``--map``, kept for the source's next list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from willakuy.i18n import N_, gettext

FORMAT = 1


class Why(StrEnum):
    """How a column came to hold what it holds."""

    asked = "asked"
    saved = "saved"
    header = "header"
    values = "values"
    unknown = "unknown"
    taken = "taken"
    identity = "identity"
    contact = "contact"


_REASONS = {
    Why.asked: N_("as asked with --map"),
    Why.saved: N_("as in the last list of this source"),
    Why.header: N_('by its name "{column}"'),
    Why.values: N_("by its values, such as: {sample}"),
    Why.unknown: N_("not recognised; its cells are kept with each row"),
    Why.taken: N_("another column holds this already; its cells are kept with each row"),
    Why.identity: N_("left out: identity numbers are never imported"),
    Why.contact: N_("left out: contacts, homes, relatives or witnesses; ask with --map to import it"),
}
REFUSED = frozenset({Why.identity, Why.contact})


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column. ``field`` is ``None`` when its cells are only kept as they are, or left out (``is_refused``)."""

    index: int
    column: str
    field: str | None
    why: Why
    sample: str = ""

    @property
    def is_refused(self) -> bool:
        return self.why in REFUSED

    def reason(self) -> str:
        return gettext(_REASONS[self.why]).format(column=self.column, sample=self.sample)


@dataclass(frozen=True)
class ColumnMap:
    """Every column of a table, in its order."""

    columns: tuple[MappedColumn, ...]

    @cached_property
    def fields(self) -> Mapping[str, tuple[int, ...]]:
        """Field → indexes of the columns that hold it."""
        found: dict[str, tuple[int, ...]] = {}
        for c in self.columns:
            if c.field is not None:
                found[c.field] = (*found.get(c.field, ()), c.index)
        return found

    @property
    def unmapped(self) -> tuple[MappedColumn, ...]:
        """Columns nobody understood: their cells go into ``VictimRecord.unread``."""
        return tuple(c for c in self.columns if c.field is None and not c.is_refused)

    @property
    def refused(self) -> tuple[MappedColumn, ...]:
        """Columns left out for the protection of people; the kept bytes of the list still hold them."""
        return tuple(c for c in self.columns if c.is_refused)

    def column(self, index: int) -> str:
        return self.columns[index].column

    def say(self) -> list[tuple[str, str, str]]:
        """``(column, field or "-", reason)`` for each, to be shown before anything is recorded."""
        return [(c.column, c.field or "-", c.reason()) for c in self.columns]

    def to_json(self) -> str:
        """What the next list of the source needs: the names of the columns and what they held. Values are not kept."""
        columns = [{"column": c.column, "field": c.field, "why": c.why.value} for c in self.columns]
        return json.dumps({"format": FORMAT, "columns": columns}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> ColumnMap:
        """The inverse of ``to_json``.

        Raises:
            ValueError: text that ``to_json`` did not write.
        """
        data = json.loads(text)
        if data.get("format") != FORMAT:
            raise ValueError(f"a column map of format {FORMAT} was expected, not {data.get('format')!r}")
        return cls(
            tuple(MappedColumn(i, c["column"], c["field"], Why(c["why"])) for i, c in enumerate(data["columns"]))
        )
