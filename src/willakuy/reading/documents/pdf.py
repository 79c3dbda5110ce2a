"""PDF documents: the text of each page as it is read, columns one after the other, tables cell by cell."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from willakuy.reading.documents.layout import Part, Word, parts_of
from willakuy.reading.documents.plain import paragraphs
from willakuy.reading.documents.quotas import LONGEST_TEXT, MOST_LETTERS_OF_A_PAGE, MOST_PAGES
from willakuy.reading.errors import DocumentDamaged, DocumentTooLarge, Encrypted, OnlyImages, TooManyPages
from willakuy.reading.layers import Block, Cell, Page, PrintedTable, TextLayer

_EDGE, _FEWEST_RUNNING = 2, 3
_FIGURES = re.compile(r"\d+")
_BREAKING = "\ufffe\x02\u00ad"
_SOFT_BREAK = re.compile(r"[\ufffe\u00ad\x02]\n?")
_TRAILING = re.compile(r"[ \t]+\n")


def read(data: bytes, name: str, media_type: str, sha256: str) -> TextLayer:
    """The text layer, pages one after another with a blank line between.

    Raises:
        Encrypted: a password is needed. DocumentDamaged: no page tree. OnlyImages: pages, but no letters.
        TooManyPages, DocumentTooLarge: nothing was read.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as e:
        if e.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted(file=name) from None
        raise DocumentDamaged(file=name, kind="PDF") from None
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise TooManyPages(file=name, pages=count, limit=MOST_PAGES)
        text = _Text()
        for i in range(count):
            text.add_page(_page(document, i))
            if text.at > LONGEST_TEXT:
                raise DocumentTooLarge(file=name, megabytes=text.at // 1_000_000, limit=LONGEST_TEXT // 1_000_000)
        facts = document.get_metadata_dict()
    finally:
        document.close()
    whole = "".join(text.pieces)
    if not whole.strip():
        raise OnlyImages(file=name, pages=count)
    return TextLayer(
        text=whole,
        media_type=media_type,
        sha256=sha256,
        name=name,
        title=_title(facts.get("Title")),
        pages=tuple(text.pages),
        blocks=tuple(_blocks(whole, text)),
        tables=tuple(text.tables),
        doubts=_doubts(text.empty),
    )


class _Text:
    """The text built so far, with where its pages and tables stand."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.pages: list[Page] = []
        self.tables: list[PrintedTable] = []
        self.empty: list[int] = []
        self.at = 0

    def add_page(self, page: str | list[Part]) -> None:
        if self.pages:
            self._put("\n\n")
        start = self.at
        number = len(self.pages) + 1
        if isinstance(page, str):
            self._put(page)
        else:
            for n, part in enumerate(page):
                self._put("\n" if n else "")
                if part.rows:
                    self._add_table(part.rows, number)
                else:
                    self._put(_SOFT_BREAK.sub("", "\n".join(part.lines)))
        if self.at == start:
            self.empty.append(number)
        self.pages.append(Page(number, start, self.at))

    def _add_table(self, rows: list[list[str]], number: int) -> None:
        first = self.at
        printed: list[tuple[Cell, ...]] = []
        for n, row in enumerate(rows):
            self._put("\n" if n else "")
            cells = []
            for i, cell in enumerate(row):
                self._put("\t" if i else "")
                start = self.at
                self._put(_SOFT_BREAK.sub("", cell))
                cells.append(Cell(_SOFT_BREAK.sub("", cell), start, self.at))
            printed.append(tuple(cells))
        self.tables.append(PrintedTable(tuple(printed), first, self.at, number))

    def _put(self, words: str) -> None:
        self.pieces.append(words)
        self.at += len(words)


def _doubts(empty: list[int]) -> tuple[str, ...]:
    """Pages that are only images in a document that has text elsewhere."""
    return (f"pages_without_text:{','.join(map(str, empty[:50]))}",) if empty else ()


def _blocks(text: str, laid_out: _Text) -> list[Block]:
    """Paragraphs of each page; running heads and feet are furniture, cells of tables are cells."""
    running = running_lines(text, laid_out.pages)
    blocks: list[Block] = []
    for page in laid_out.pages:
        at = page.start
        silent = [Block(a, b, "furniture") for a, b in running if page.start <= a < page.end]
        cells = [
            Block(c.start, c.end, "cell")
            for t in laid_out.tables
            if t.page == page.number
            for row in t.rows
            for c in row
            if c.text
        ]
        for block in sorted([*silent, *cells], key=lambda x: x.start):
            blocks += paragraphs(text, at, block.start)
            blocks.append(block)
            at = block.end
        blocks += paragraphs(text, at, page.end)
    return blocks


def running_lines(text: str, pages: list[Page]) -> list[tuple[int, int]]:
    """Heads and feet printed on most pages, apart from their numbers: ``[start, end)`` of each."""
    edges: list[tuple[str, int, int]] = []
    for page in pages:
        lines, at = [], page.start
        for line in text[page.start : page.end].split("\n"):
            if line.strip():
                lines.append((_FIGURES.sub("#", line.strip()), at, at + len(line)))
            at += len(line) + 1
        near = lines[:_EDGE] + lines[max(_EDGE, len(lines) - _EDGE) :]
        edges += near
    times = Counter(words for words, _, _ in edges)
    enough = max(_FEWEST_RUNNING, len(pages) // 2)
    return [(a, b) for words, a, b in edges if times[words] >= enough]


def _title(words: str | None) -> str | None:
    """The title the program that made the file wrote down, unless it is only a file name or "untitled"."""
    bare = (words or "").strip()
    return (
        None
        if not bare or bare.lower() == "untitled" or bare.lower().endswith((".doc", ".docx", ".pdf", ".indd"))
        else bare
    )


def _page(document: pdfium.PdfDocument, i: int) -> str | list[Part]:
    """The page's own text, or its parts where it has tables or columns."""
    try:
        page = document[i]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return ""
    try:
        n = pdfium_c.FPDFText_CountChars(text_page.raw)
        parts = parts_of(_words(text_page.raw, n)) if 0 < n <= MOST_LETTERS_OF_A_PAGE else None
        if parts is not None:
            return parts
        buffer = (ctypes.c_ushort * (n + 1))()
        got = pdfium_c.FPDFText_GetText(text_page.raw, 0, n, buffer) if n > 0 else 0
    finally:
        text_page.close()
        page.close()
    text = bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _TRAILING.sub("\n", _SOFT_BREAK.sub("", text)).strip("\n")


def _words(raw: Any, n: int) -> list[Word]:
    """Every word with its box; letters far apart or on another height begin a new one."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found: list[Word] = []
    letters: list[str] = []
    box = (0.0, 0.0, 0.0, 0.0)

    def close() -> None:
        if letters:
            found.append(Word("".join(letters), *box))
            letters.clear()

    for i in range(n):
        char = chr(pdfium_c.FPDFText_GetUnicode(raw, i))
        if char.isspace() or char == "\x00" or (pdfium_c.FPDFText_IsGenerated(raw, i) == 1 and char not in _BREAKING):
            close()
            continue
        if char in _BREAKING:
            if letters:
                letters.append("\u00ad")
            close()
            continue
        pdfium_c.FPDFText_GetCharBox(raw, i, left, right, bottom, top)
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if letters:
            height = max(box[3] - box[1], y1 - y0, 1.0)
            if x0 - box[2] > 0.35 * height or x0 < box[0] or y0 > box[3] or y1 < box[1]:
                close()
        box = (min(box[0], x0), min(box[1], y0), max(box[2], x1), max(box[3], y1)) if letters else (x0, y0, x1, y1)
        letters.append(char)
    close()
    return found
