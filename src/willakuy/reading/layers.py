"""The text layer of a document: its words as code points, and a map from them back to pages, paragraphs and times.

Offsets everywhere in this package are Unicode code points of ``TextLayer.text``, ``[start, end)``. The text is what
the document says, in its own spelling: only line ends are made uniform and a byte-order mark is dropped.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from willakuy.statements.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Page:
    """Page ``number`` (from 1) holds the characters ``[start, end)``."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, caption cue, or piece of page furniture.

    ``kind``: paragraph, heading, item, cell, speech, furniture (menus, footers: never read), frontmatter.
    ``voice`` is the name printed as the speaker of a caption or transcript turn, found at ``voice_at``.
    """

    start: int
    end: int
    kind: str = "paragraph"
    voice: str | None = None
    voice_at: tuple[int, int] | None = None
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its words and where they stand in the text layer."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of a page, as rows of cells; ragged rows stay ragged. ``page`` is ``None`` where there are no pages."""

    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The words of one document. ``sha256`` is that of the document's bytes, not of the text.

    ``title``, ``published``, ``author`` and ``language`` are what the document says of itself in metadata; each may
    be ``None``. ``author_at`` is where the text prints the author, if metadata in the text gave it. ``doubts`` are codes of what
    a person should look at: ``garbled:WORD``, ``pages_without_text:3,4``.
    """

    text: str
    media_type: str
    sha256: str
    name: str = ""
    encoding: str | None = None
    title: str | None = None
    published: PartialDate | None = None
    author: str | None = None
    author_at: tuple[int, int] | None = None
    publisher: str | None = None
    language: str | None = None
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    doubts: tuple[str, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The number of the page that holds ``offset``; ``None`` for a document without pages."""
        i = bisect_right([page.start for page in self.pages], offset) - 1
        return self.pages[i].number if i >= 0 else None

    def block_of(self, offset: int) -> Block | None:
        """The block that holds ``offset``, if one does."""
        i = bisect_right([block.start for block in self.blocks], offset) - 1
        return self.blocks[i] if i >= 0 and offset < self.blocks[i].end else None
