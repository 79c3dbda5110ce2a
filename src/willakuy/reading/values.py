"""What a proposer hands back: statements with the exact characters they rest on.

Every span is ``[start, end)`` in code points of the text layer, and the words beside it are the text's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from willakuy.reading.layers import TextLayer
from willakuy.statements.ages import AgeSaid
from willakuy.statements.dates import PartialDate
from willakuy.statements.numbers import Quantity

BASES = ("named", "pronoun", "inherited", "unattributed")
KINDS = ("victim", "figure", "event", "demand", "status")
ADULT_FROM = 18
MODES = ("direct", "reported", "mixed", "narrator")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks. ``basis`` says how we know: named in the sentence, by a pronoun, inherited from before, or not at all.

    ``name`` is the fullest form the text prints; ``start``/``end`` is the mention used here.
    """

    name: str | None = None
    role: str | None = None
    start: int | None = None
    end: int | None = None
    basis: str = "unattributed"


@dataclass(frozen=True, slots=True)
class DateFound:
    text: str
    start: int
    end: int
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """``code`` is set only where the words name one place and no other; else ``candidates`` holds them all."""

    text: str
    start: int
    end: int
    code: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A number of people. ``unit`` is a code of the vocabulary ``harm``, ``population`` one of ``population``.

    ``place`` is set only where the words tie the figure to it; ``places_nearby`` are those the statement prints when
    they do not.
    """

    start: int
    end: int
    quantity: Quantity
    unit: str
    population: str = "all"
    group: str | None = None
    place: PlaceFound | None = None
    date: DateFound | None = None
    polarity: str = "asserted"
    places_nearby: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VictimFound:
    """One victim or one group. ``kind``: named, initials, nn, group, unnamed.

    ``harm`` is a code of the vocabulary ``harm``, or ``None`` where the words name an ``act`` (attacked, tortured,
    threatened) and not what became of the person. ``basis`` is "pronoun" where the words here only point to somebody whom the
    text names elsewhere. ``blamed`` are the spans of those the words hold responsible for this act.
    """

    start: int
    end: int
    text: str
    kind: str
    harm: str | None
    quantity: Quantity
    name: str | None = None
    age: AgeSaid | None = None
    age_at: tuple[int, int] | None = None
    role: str | None = None
    place: PlaceFound | None = None
    date: DateFound | None = None
    cause: str | None = None
    polarity: str = "asserted"
    act: str | None = None
    blamed: tuple[tuple[int, int], ...] = ()
    basis: str = "named"

    @property
    def is_minor(self) -> bool:
        """By the age printed, or by the word for the group; unknown is not a minor."""
        young = self.age is not None and self.age.hi is not None and self.age.hi < ADULT_FROM
        return young or self.role == "minors"


@dataclass(frozen=True, slots=True)
class PerpetratorFound:
    """Whom the words hold responsible. ``asserted_by`` is the speaker's name, or ``None`` for the text's own voice."""

    text: str
    start: int
    end: int
    asserted_by: str | None = None


@dataclass(frozen=True, slots=True)
class ActFound:
    """An act of violence said to have happened, at the verb or noun that says so: killed, died, injured, detained,
    arrested (as suspected of violence), kidnapped, missing, tortured, attacked, threatened, destroyed."""

    act: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DemandFound:
    text: str
    start: int
    end: int
    addressee: str | None = None
    addressee_at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposed statement: ``quote == text[start:end]``. ``frame`` is the whole reported clause around a quotation.

    ``mentions`` are further places where the same utterance stands (a pull quote). ``flags`` are codes:
    unclosed_quote, hedged, rumour, conditional, inherited_speaker, unattributed, negated, instruction_in_source.
    """

    start: int
    end: int
    quote: str
    mode: str
    kind: str
    voice: Voice = Voice()
    cue: tuple[int, int] | None = None
    frame: tuple[int, int] | None = None
    figures: tuple[FigureFound, ...] = ()
    victims: tuple[VictimFound, ...] = ()
    perpetrators: tuple[PerpetratorFound, ...] = ()
    demands: tuple[DemandFound, ...] = ()
    dates: tuple[DateFound, ...] = ()
    places: tuple[PlaceFound, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()
    p_right: float = 0.5
    proposer: str = "rules"
    flags: tuple[str, ...] = ()
    acts: tuple[ActFound, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposerIdentity:
    """The program that proposed, exactly enough to run it again.

    ``parameters`` are "key=value" words. ``model_digest`` is the SHA-256 of a model file, or what a server calls its own.
    """

    name: str
    version: str
    parameters: str = ""
    model: str | None = None
    model_digest: str | None = None
    prompt_sha256: str | None = None
    seed: int | None = None

    def say(self) -> str:
        """Everything but name and version as one line: what is recorded with each proposal."""
        facts = (
            ("model", self.model),
            ("digest", self.model_digest),
            ("prompt", self.prompt_sha256),
            ("seed", self.seed),
        )
        return " ".join(
            [*([self.parameters] if self.parameters else []), *(f"{k}={v}" for k, v in facts if v is not None)]
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """Something a proposer said that the text does not hold, and why it was refused."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one proposer read in one document."""

    layer: TextLayer
    proposer: ProposerIdentity
    statements: tuple[Proposed, ...]
    language: str | None = None
    published: PartialDate | None = None
    reporter: Voice = Voice()
    refused: tuple[Refused, ...] = ()
