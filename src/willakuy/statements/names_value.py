"""A name as printed, of a stated kind; a person may have many, and none of them is the true one.

Method: docs/method/names.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from willakuy.statements.folding import fold


class NameKind(StrEnum):
    """What of a name a source prints."""

    full = "full"
    short = "short"
    surname_first = "surname_first"
    initials = "initials"
    given_name_only = "given_name_only"
    given_name_and_initials = "given_name_and_initials"
    surname_and_rank = "surname_and_rank"
    nickname = "nickname"
    truncated = "truncated"
    unclear = "unclear"
    unnamed = "unnamed"
    group = "group"
    role_only = "role_only"

    @property
    def names_somebody(self) -> bool:
        """Whether the words hold any part of a personal name."""
        return self not in (NameKind.unnamed, NameKind.group, NameKind.role_only)


@dataclass(frozen=True, slots=True)
class Name:
    """``printed`` is never changed, not even its capitals. ``kind`` is what the transcriber or the program took it for."""

    printed: str
    kind: NameKind = NameKind.full


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a name, as printed, in order. ``initials`` only those the source prints as initials.

    A particle stays with its surname: ("de la Cruz",), ("Da Silva",).
    """

    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    rank: str | None = None
    nickname: str | None = None

    @property
    def folded_given(self) -> tuple[str, ...]:
        return tuple(fold(part) for part in self.given)

    @property
    def folded_surnames(self) -> tuple[str, ...]:
        return tuple(fold(part) for part in self.surnames)
