"""What comparing quoted words with kept bytes gives: values, and how they are said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from willakuy.i18n import N_, gettext
from willakuy.statements.sources import Locator


class Unchecked(StrEnum):
    """Why words cannot be compared with bytes."""

    no_place = "no_place"
    nothing_kept = "nothing_kept"
    not_opened = "not_opened"
    not_as_printed = "not_as_printed"
    changed = "changed"


_WHY = {
    Unchecked.no_place: N_("cited without a place in the document: {n}"),
    Unchecked.nothing_kept: N_("neither the text nor the list they cite is here: {n}"),
    Unchecked.not_opened: N_("the bytes do not open as they did when they were read: {n}"),
    Unchecked.not_as_printed: N_("not given as a row as printed: {n}"),
    Unchecked.changed: N_("erased or masked: {n}"),
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of one statement. ``places`` are those it cites in the document of its first citation, the words' own first."""

    statement_id: str
    document_id: str
    words: str | None
    places: tuple[Locator, ...]
    is_row: bool
    is_changed: bool = False
    """Published with something masked: when they still stand at their place they say so, else that is no difference."""


@dataclass(frozen=True, slots=True)
class Differing:
    """``recorded`` is what the statement says stands at ``place``, ``found`` what the bytes say there, both shortened."""

    statement_id: str
    document_id: str
    place: str
    recorded: str
    found: str

    def say(self) -> str:
        said = gettext("{id}: recorded “{recorded}”; {document}, {place}, says “{found}”.")
        return said.format(
            id=self.statement_id, document=self.document_id, place=self.place, recorded=self.recorded, found=self.found
        )


@dataclass
class Compared:
    """What came of comparing: how many words stand at their place, which differ, how many could not be compared and why."""

    n_standing: int = 0
    differing: list[Differing] = field(default_factory=list)
    unchecked: Counter[Unchecked] = field(default_factory=Counter)

    def differs(self, quotation: Quotation, found: Differing) -> None:
        if quotation.is_changed:
            self.unchecked[Unchecked.changed] += 1
        else:
            self.differing.append(found)

    def add_to(self, damaged: list[str], notes: list[str], good: list[tuple[str, int]]) -> None:
        damaged += [differing.say() for differing in self.differing]
        notes += filter(None, [self.say_unchecked()])
        good.append((gettext("quoted words at their place"), self.n_standing))

    def say_unchecked(self) -> str | None:
        n = self.unchecked.total()
        if not n:
            return None
        why = "; ".join(gettext(_WHY[w]).format(n=f"{self.unchecked[w]:,}") for w in Unchecked if self.unchecked[w])
        return gettext("Words that cannot be compared with kept bytes: {n} ({why}).").format(n=f"{n:,}", why=why)
