"""PDF documents: the text of each page in the order it is printed in the file."""

from __future__ import annotations

import ctypes
import re

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from willakuy.reading.documents.plain import paragraphs
from willakuy.reading.errors import DocumentDamaged, Encrypted, OnlyImages
from willakuy.reading.layers import Block, Page, PrintedTable, TextLayer

_SOFT_BREAK = re.compile(r"[\ufffe\u00ad\x02]\n?")
_TRAILING = re.compile(r"[ \t]+\n")
MOST_PAGES = 5000


def read(data: bytes, name: str, media_type: str, sha256: str) -> TextLayer:
    """The text layer, pages one after another with a blank line between.

    Raises:
        Encrypted: a password is needed. DocumentDamaged: no page tree. OnlyImages: pages, but no letters.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as e:
        if e.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted(file=name) from None
        raise DocumentDamaged(file=name, kind="PDF") from None
    try:
        count = len(document)
        texts = [_page_text(document, i) for i in range(min(count, MOST_PAGES))]
        facts = document.get_metadata_dict()
    finally:
        document.close()
    if not any(text.strip() for text in texts):
        raise OnlyImages(file=name, pages=count)
    text, pages = _joined(texts)
    blocks: list[Block] = []
    for page in pages:
        blocks += paragraphs(text, page.start, page.end)
    return TextLayer(
        text=text,
        media_type=media_type,
        sha256=sha256,
        name=name,
        title=_title(facts.get("Title")),
        pages=tuple(pages),
        blocks=tuple(blocks),
        tables=tuple(printed_tables(text, pages)),
    )


def _title(words: str | None) -> str | None:
    """The title the program that made the file wrote down, unless it is only a file name or "untitled"."""
    bare = (words or "").strip()
    return (
        None
        if not bare or bare.lower() == "untitled" or bare.lower().endswith((".doc", ".docx", ".pdf", ".indd"))
        else bare
    )


def _page_text(document: pdfium.PdfDocument, i: int) -> str:
    try:
        page = document[i]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return ""
    n = pdfium_c.FPDFText_CountChars(text_page.raw)
    buffer = (ctypes.c_ushort * (n + 1))()
    got = pdfium_c.FPDFText_GetText(text_page.raw, 0, n, buffer) if n > 0 else 0
    text = bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
    text_page.close()
    page.close()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _TRAILING.sub("\n", _SOFT_BREAK.sub("", text)).strip("\n")


def _joined(texts: list[str]) -> tuple[str, list[Page]]:
    pages, at = [], 0
    for number, text in enumerate(texts, 1):
        pages.append(Page(number, at, at + len(text)))
        at += len(text) + 2
    return "\n\n".join(texts), pages


def printed_tables(text: str, pages: list[Page]) -> list[PrintedTable]:
    """Tables of the pages; see ``columns``."""
    from willakuy.reading.documents.columns import tables_in

    return [table for page in pages for table in tables_in(text, page)]
