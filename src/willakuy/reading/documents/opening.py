"""Open a document: look at its size, see what its bytes are, hand it to the reader of that kind."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from willakuy.reading.documents.garbled import garbled_word
from willakuy.reading.documents.quotas import LARGEST_BYTES, LARGEST_HTML, LONGEST_TEXT
from willakuy.reading.errors import DocumentTooLarge, EmptyDocument, NotADocument
from willakuy.reading.layers import TextLayer

_READERS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/html": "html",
    "text/vtt": "captions",
    "application/x-subrip": "captions",
    "text/plain": "plain",
}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"RIFF", "sound or video"),
    (b"ID3", "sound"),
    (b"OggS", "sound or video"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "a database"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|table)\b", re.IGNORECASE)
_SRT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\d+\s*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*-->")


def text_layer(source: Path | str | bytes, name: str | None = None, media_type: str | None = None) -> TextLayer:
    """The text layer of a document.

    Args:
        source: a path, or the bytes themselves.
        name: what to call it in messages; the file's own name by default.
        media_type: what the bytes are, when the caller knows; otherwise they are looked at. A wrong type that
            the bytes contradict (an image called text) is not believed.

    Raises:
        DocumentTooLarge, EmptyDocument, NotADocument, OnlyImages, Encrypted, DocumentDamaged: nothing is changed.
        OSError: the path cannot be opened.
    """
    if isinstance(source, bytes):
        data, name = source, name or "document"
        _check_size(len(data), name)
    else:
        path = Path(source)
        name = name or path.name
        _check_size(path.stat().st_size, name)
        data = path.read_bytes()
    if not data.strip():
        raise EmptyDocument(file=name)
    kind = kind_of(data, name, media_type)
    if kind == "text/html":
        _check_size(len(data), name, LARGEST_HTML)
    read: Callable[[bytes, str, str, str], TextLayer] = import_module(
        f"willakuy.reading.documents.{_READERS[kind]}"
    ).read
    layer = read(data, name, kind, hashlib.sha256(data).hexdigest())
    if not layer.text.strip():
        raise EmptyDocument(file=name)
    if word := garbled_word(layer.text):
        layer = replace(layer, doubts=(*layer.doubts, f"garbled:{word}"))
    if len(layer.text) > LONGEST_TEXT:
        raise DocumentTooLarge(file=name, megabytes=len(layer.text) // 1_000_000, limit=LONGEST_TEXT // 1_000_000)
    return layer


def kind_of(data: bytes, name: str, media_type: str | None = None) -> str:
    """The media type to read ``data`` as.

    Raises:
        NotADocument: images, sound, archives, programs, and bytes that are no text at all.
    """
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        if b"word/" in data[:200_000] or b"word/document.xml" in data[-200_000:]:
            return _DOCX
        if name.lower().endswith(".docx") or media_type == _DOCX:
            return _DOCX
        raise NotADocument(file=name, kind="an archive or a spreadsheet")
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise NotADocument(file=name, kind=what)
    if name.lower().endswith(".docx") or media_type == _DOCX:
        return _DOCX
    if _is_binary(head):
        raise NotADocument(file=name, kind="binary data")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WEBVTT"):
        return "text/vtt"
    if _SRT.match(head):
        return "application/x-subrip"
    if media_type in _READERS and media_type != "text/plain":
        return media_type
    if name.lower().endswith((".html", ".htm", ".xhtml")) or (start.startswith(b"<") and _HTML.search(head)):
        return "text/html"
    return "text/plain"


_NEVER_IN_TEXT = bytes([*range(9), *range(14, 27), *range(28, 32)])


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = len(head) - len(head.translate(None, _NEVER_IN_TEXT))
    if head.count(0) and _looks_like_utf16(head):
        return False
    return odd > 0 and (0 in head or odd * 50 > len(head))


def _looks_like_utf16(head: bytes) -> bool:
    """Every second byte is zero in Latin text of UTF-16 without a byte-order mark."""
    half = max(1, len(head) // 2)
    return head[0::2].count(0) > 0.7 * half or head[1::2].count(0) > 0.7 * half


def _check_size(size: int, name: str, limit: int = LARGEST_BYTES) -> None:
    if size > limit:
        raise DocumentTooLarge(file=name, megabytes=size // 1_000_000, limit=limit // 1_000_000)
