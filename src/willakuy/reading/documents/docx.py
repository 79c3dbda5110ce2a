"""DOCX documents: paragraphs and tables in the order they are written."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from willakuy.reading.documents.quotas import LARGEST_UNPACKED, LARGEST_XML, MOST_PARAGRAPHS
from willakuy.reading.errors import DocumentDamaged, DocumentTooLarge, Encrypted
from willakuy.reading.layers import Block, Cell, PrintedTable, TextLayer

_PARAGRAPH = (b"<w:p>", b"<w:p ", b"<w:p/")


def read(data: bytes, name: str, media_type: str, sha256: str) -> TextLayer:
    """The body's text; a blank line between paragraphs, tabs between the cells of a table row.

    Raises:
        Encrypted, DocumentDamaged, DocumentTooLarge.
    """
    document = _opened(data, name)
    text = _Text()
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            text.add_table(block)
        else:
            text.add_paragraph(block.text, (block.style.name or "") if block.style is not None else "")
    facts = document.core_properties
    return TextLayer(
        text="".join(text.parts),
        media_type=media_type,
        sha256=sha256,
        name=name,
        title=(facts.title or "").strip() or None,
        language=(facts.language or "")[:2].lower() or None,
        blocks=tuple(text.blocks),
        tables=tuple(text.tables),
    )


def _opened(data: bytes, name: str) -> Any:
    import docx

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Encrypted(file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST_UNPACKED:
                raise DocumentTooLarge(
                    file=name, megabytes=LARGEST_UNPACKED // 1_000_000, limit=LARGEST_UNPACKED // 1_000_000
                )
            parsed = [item for item in archive.infolist() if item.filename.endswith((".xml", ".rels"))]
            if any(item.file_size > LARGEST_XML for item in parsed):
                raise DocumentTooLarge(
                    file=name,
                    megabytes=max(item.file_size for item in parsed) // 1_000_000,
                    limit=LARGEST_XML // 1_000_000,
                )
            if archive.testzip() is not None:
                raise DocumentDamaged(file=name, kind="DOCX")
            body = archive.read("word/document.xml")
            if sum(body.count(tag) for tag in _PARAGRAPH) > MOST_PARAGRAPHS:
                raise DocumentTooLarge(file=name, megabytes=len(body) // 1_000_000, limit=LARGEST_XML // 1_000_000)
        return docx.Document(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        SyntaxError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as e:
        raise DocumentDamaged(file=name, kind="DOCX") from e


class _Text:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[PrintedTable] = []
        self.at = 0

    def add_paragraph(self, words: str, style: str = "") -> None:
        if not words.strip():
            return
        self._put("\n\n" if self.parts else "")
        start = self.at
        self._put(words.rstrip())
        kind = (
            "heading" if style.startswith(("Heading", "Title")) else "item" if style.startswith("List") else "paragraph"
        )
        self.blocks.append(Block(start, self.at, kind))

    def add_table(self, table: Any) -> None:
        self._put("\n\n" if self.parts else "")
        first = self.at
        rows = []
        for row in table.rows:
            cells: list[Cell] = []
            for i, cell in enumerate(_distinct(row.cells)):
                self._put("\t" if i else "")
                start = self.at
                words = " ".join(cell.text.split())
                self._put(words)
                cells.append(Cell(words, start, self.at))
                if words:
                    self.blocks.append(Block(start, self.at, "cell"))
            self._put("\n")
            rows.append(tuple(cells))
        if rows:
            self.tables.append(PrintedTable(tuple(rows), first, self.at))

    def _put(self, words: str) -> None:
        self.parts.append(words)
        self.at += len(words)


def _distinct(cells: Any) -> list[Any]:
    """A merged cell is listed once for each column it covers; it was printed once."""
    seen: list[Any] = []
    for cell in cells:
        if not any(cell._tc is other._tc for other in seen):
            seen.append(cell)
    return seen
