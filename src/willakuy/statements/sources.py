"""Who gives information, the documents they gave it in, and the exact place in a document.

A source *derives* from another when it passes on what the other said. Copies are one source, however
many addresses print them: every "number of sources" in the project is counted after joining them
(docs/method/independence.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from willakuy.statements.dates import PartialDate
from willakuy.statements.ids import DocumentId, SourceId


class DerivationBasis(StrEnum):
    """How we know that one source passes on another."""

    declared = "declared"
    judged = "judged"
    detected = "detected"


@dataclass(frozen=True, slots=True)
class Derivation:
    """``source`` says (or was found to say) what it says on the word of ``from_source``.

    ``from_source`` is ``None`` when the source names somebody the case does not hold; ``words`` keeps the name.
    ``share`` is how much of it derives: ``whole`` (a reprint), ``part``.
    """

    words: str
    from_source: SourceId | None = None
    basis: DerivationBasis = DerivationBasis.declared
    share: str = "whole"


@dataclass(frozen=True, slots=True)
class Source:
    """A person or body that gives information. ``kind`` is a code of the vocabulary ``source_kind``."""

    source_id: SourceId
    name: str
    kind: str
    language: str | None = None
    derives_from: tuple[Derivation, ...] = ()
    criteria: str | None = None
    note: str | None = None
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One item of source material.

    ``sha256`` is ``None`` when the case holds no copy of the item itself (an address that was read and
    transcribed). ``parent`` and ``made_by`` belong to derivatives: a text layer, a transcription, a thumbnail.
    ``as_of`` is the moment the content speaks of; ``published`` when it came out. ``constants`` are values that
    hold for every row of a list because its own criteria say so ({"harm": "killed"}).
    """

    document_id: DocumentId
    source_id: SourceId
    title: str
    sha256: str | None = None
    size: int | None = None
    media_type: str | None = None
    address: str | None = None
    language: str | None = None
    published: PartialDate | None = None
    published_basis: str | None = None
    as_of: PartialDate | None = None
    criteria: str | None = None
    completeness: str | None = None
    capture: str | None = None
    parent: DocumentId | None = None
    made_by: str | None = None
    is_list: bool = False
    is_free_of_duplicates: bool = True
    constants: tuple[tuple[str, str], ...] = ()
    note: str | None = None

    @property
    def known(self) -> PartialDate | None:
        """When what it says was known: its as-of time, else its publication."""
        return self.as_of or self.published


@dataclass(frozen=True, slots=True)
class Locator:
    """The exact place in a document; only what applies is set.

    ``start``/``end`` count Unicode code points of the text layer, ``[start, end)``. ``row`` counts the rows of a
    list from 1, without its header. ``page`` counts from 1. Times are milliseconds from the beginning.
    """

    start: int | None = None
    end: int | None = None
    row: int | None = None
    column: str | None = None
    page: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    place: str | None = None

    def __post_init__(self) -> None:
        for lo, hi in ((self.start, self.end), (self.start_ms, self.end_ms)):
            if (lo is None) != (hi is None) or (lo is not None and hi is not None and not 0 <= lo <= hi):
                raise ValueError(f"a span needs 0 <= start <= end, got {lo}..{hi}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A document and the place in it."""

    document_id: DocumentId
    locator: Locator = Locator()
