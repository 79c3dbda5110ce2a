"""A statement: who says what, where, in which words.

Nothing here is a fact. A statement of one of five kinds carries a speaker chain, at least one citation, and the
words as printed; two statements that contradict one another both stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from willakuy.statements.ages import AgeSaid
from willakuy.statements.dates import DateSaid, PartialDate
from willakuy.statements.ids import DocumentId, SourceId, StatementId
from willakuy.statements.names import Name
from willakuy.statements.numbers import Quantity
from willakuy.statements.places import PlaceSaid
from willakuy.statements.sources import Citation

ONE_PERSON = Quantity.exactly(1)


class StatementKind(StrEnum):
    victim = "victim"
    figure = "figure"
    event = "event"
    demand = "demand"
    status = "status"


class Mode(StrEnum):
    """How the words reach us."""

    direct = "direct"
    reported = "reported"
    mixed = "mixed"
    narrator = "narrator"
    list_row = "list_row"


@dataclass(frozen=True, slots=True)
class Coded:
    """Words as printed and the code of a vocabulary they were read as; either may be missing."""

    words: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One link of the chain through which words came. ``name`` is ``None`` for an unattributed voice.

    ``is_protected`` marks a witness, relative or contributor: published by role only.
    """

    name: str | None = None
    role: str | None = None
    source_id: SourceId | None = None
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Proposer:
    """The program that proposed a statement, exactly enough to run it again. ``p_right`` in [0, 1]."""

    name: str
    version: str
    parameters: str = ""
    p_right: float | None = None


@dataclass(frozen=True, slots=True)
class Blame:
    """Whom a speaker holds responsible, and how firmly. Never a finding of ours."""

    words: str
    party: str | None = None
    hedge: str = "asserted"


@dataclass(frozen=True, slots=True)
class VictimRecord:
    """What one source says of one victim, or of one group.

    ``count`` is one person unless the row stands for several ("17 dead, among them a doctor").
    Each date has a meaning of its own; ``dated`` is the one whose meaning the source does not state.
    Likewise ``place`` beside ``wounded_at``, ``died_at`` and ``origin``.
    """

    names: tuple[Name, ...] = ()
    count: Quantity = ONE_PERSON
    harm: Coded = Coded(code="killed")
    age: AgeSaid | None = None
    sex: str | None = None
    roles: tuple[Coded, ...] = ()
    wounded: DateSaid | None = None
    died: DateSaid | None = None
    happened: DateSaid | None = None
    reported: DateSaid | None = None
    dated: DateSaid | None = None
    place: PlaceSaid | None = None
    wounded_at: PlaceSaid | None = None
    died_at: PlaceSaid | None = None
    origin: PlaceSaid | None = None
    causes: tuple[Coded, ...] = ()
    circumstances: tuple[Coded, ...] = ()
    blamed: tuple[Blame, ...] = ()
    hospital: str | None = None
    details: str | None = None
    printed_no: str | None = None
    row_status: Coded = Coded(code="listed")
    is_truncated: bool = False
    unread: tuple[tuple[str, str], ...] = ()
    """Cells that could not be read as what their column holds: (column, words). Kept, listed, never dropped."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a total that the same speaker states: "41 in clashes, 1 police officer, 7 at blockades"."""

    label: str
    quantity: Quantity
    claim_id: StatementId | None = None


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A number somebody published, with everything that says what it counts.

    ``scope`` is a code of ``claim_scope``, ``population`` of ``population``, ``harm`` of ``harm``; the words
    stand beside each. ``as_of`` is when the number was true, to the minute where printed.
    """

    quantity: Quantity
    harm: Coded = Coded(code="killed")
    population: Coded = Coded(code="all")
    scope: Coded = Coded(code="all_linked")
    place: PlaceSaid | None = None
    period: PartialDate | None = None
    as_of: PartialDate | None = None
    parts: tuple[Part, ...] = ()
    counts_rows_of: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class EventAccount:
    """What happened, when and where, as told."""

    what: str
    when: DateSaid | None = None
    where: PlaceSaid | None = None
    actors: tuple[Coded, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """What someone asks of whom."""

    what: str
    addressee: str | None = None
    kind: Coded = Coded()


@dataclass(frozen=True, slots=True)
class Status:
    """What a speaker later says of earlier statements: withdraws, rectifies, denies, confirms, replaces them.

    ``effect`` and ``aspect`` are codes of ``status_effect`` and ``status_aspect``. It acts from the date its
    statement was made; the statements in ``targets`` stay visible for ever.
    """

    effect: str
    targets: tuple[StatementId, ...]
    aspect: str = "existence"
    reason: str | None = None


Content = VictimRecord | FigureClaim | EventAccount | Demand | Status

CONTENT_OF: dict[StatementKind, type[Content]] = {
    StatementKind.victim: VictimRecord,
    StatementKind.figure: FigureClaim,
    StatementKind.event: EventAccount,
    StatementKind.demand: Demand,
    StatementKind.status: Status,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Someone said something, somewhere.

    ``speakers`` runs from the voice nearest to the document to the origin: ``(agency, ministry, hospital)``.
    ``said`` is when it was said; when missing, the document's as-of or publication time stands for it.
    ``proposed_by`` is set for what a machine proposed: not counted until a person accepts it.
    """

    statement_id: StatementId
    content: Content
    citations: tuple[Citation, ...]
    words: str
    speakers: tuple[Speaker, ...] = ()
    mode: Mode = Mode.reported
    language: str | None = None
    said: PartialDate | None = None
    proposed_by: Proposer | None = None
    note: str | None = None
    reading: int = 1
    """Which reading of its row or passage this is: the same words, read with other columns, keep their id."""

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"{self.statement_id}: a statement without a citation is a rumour")

    @property
    def kind(self) -> StatementKind:
        return next(kind for kind, of in CONTENT_OF.items() if isinstance(self.content, of))

    @property
    def document_id(self) -> DocumentId:
        """Where it was first found."""
        return self.citations[0].document_id

    @property
    def victim(self) -> VictimRecord:
        """The content of a victim record; a ``TypeError`` of ours for any other kind."""
        if not isinstance(self.content, VictimRecord):
            raise TypeError(f"{self.statement_id} is not a victim record")
        return self.content

    @property
    def figure(self) -> FigureClaim:
        if not isinstance(self.content, FigureClaim):
            raise TypeError(f"{self.statement_id} is not a figure claim")
        return self.content
