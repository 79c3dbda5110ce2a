"""What linkage works on and what it answers, as values.

A ``Record`` is what one row of one list says of one victim, made comparable. Nothing in it is corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from willakuy.linkage.names_tokens import NameTokens

PLACE_LEVELS = ("region", "province", "district", "locality")
"""Levels of place from the largest inward; lists of every country are read into these four."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row.

    ``names`` are forms of one name (two spellings, two scripts), any of which may agree. ``age``, ``died`` and
    ``born`` are intervals with both ends included, ``None`` where nothing was said; days are proleptic ordinals.
    ``place`` has one comparable text for each of ``PLACE_LEVELS``, "" where unknown. ``extra`` holds comparable
    values of other columns by name. ``printed`` and ``where`` are for people: the words of the row, and the row.
    ``is_group`` marks a row that stands for several people; it is nobody's match.
    """

    rec_id: str
    list_id: str
    names: tuple[NameTokens, ...] = ()
    age: tuple[int, int] | None = None
    born: tuple[int, int] | None = None
    died: tuple[int, int] | None = None
    sex: str = ""
    place: tuple[str, str, str, str] = ("", "", "", "")
    extra: tuple[tuple[str, str], ...] = ()
    printed: tuple[tuple[str, str], ...] = ()
    where: str = ""
    is_group: bool = False
    dead: tuple[int, int] | None = None
    wounded: tuple[int, int] | None = None
    """The day of death and of the wound where the row states them as such, without "about" or "?" (``impossible``)."""

    @property
    def is_named(self) -> bool:
        return bool(self.names) and any(n.tokens for n in self.names)

    @property
    def is_blank(self) -> bool:
        """Says nothing that could tell one person from another."""
        return (
            not self.is_named and self.age is None and self.born is None and self.died is None and not any(self.place)
        )


class Verdict(StrEnum):
    same = "same"
    different = "different"
    undecided = "undecided"


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """A person's decision on two records. Later ones win; contradictions among those in force are refused."""

    rec_l: str
    rec_r: str
    verdict: Verdict
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to link. The defaults are one configuration for every set; nothing here is tuned to a set.

    ``may_repeat`` names lists that may hold one person twice; ``None`` lets the data say, list by list, and an
    empty set forbids it everywhere. ``copies`` are pairs of lists of which the second copies the first.
    """

    may_repeat: frozenset[str] | None = None
    copies: frozenset[tuple[str, str]] = frozenset()
    roles: Mapping[str, str] = field(default_factory=dict)
    p_shown: float = 0.01
    samples: int = 200
    most_pairs: int = 30_000_000
    engine: str = "duckdb"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One field's part in a pair: ``level`` is a code, ``bits`` speak for (+) or against (-) one person."""

    comparison: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class PairScore:
    """``p_same`` is the probability that the two records are one person, given everything else that was linked."""

    rec_l: str
    rec_r: str
    p_same: float
    evidence: tuple[Evidence, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Records taken as one person in the single best clustering; ``p_whole`` that exactly these are one."""

    person_id: str
    rec_ids: tuple[str, ...]
    p_whole: float


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A pair worth a person's time. ``change`` is how many persons the count is expected to move by."""

    rec_l: str
    rec_r: str
    p_same: float
    change: float
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A merge that was not made, and the reason: ``judged_different``, ``left_open``, ``one_list``,
    ``others_fit_better``, ``unnamed``, or a rule of ``impossible``."""

    rec_l: str
    rec_r: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """What was run, exactly enough to run it again."""

    run_id: str
    engine: str
    version: str
    settings: tuple[tuple[str, str], ...]
    seed: int
    n_records: int
    n_pairs: int
    seconds: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = ()
