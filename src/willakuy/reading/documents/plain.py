"""Plain text: paragraphs by blank lines, and the lines that a saved article often carries about itself."""

from __future__ import annotations

import re
from itertools import pairwise

from willakuy.reading.documents.decoding import decode
from willakuy.reading.layers import Block, TextLayer
from willakuy.statements.dates import DatePrecision, PartialDate, parse_date

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t\u00a0]*(?:\n|\Z)))*")
_KEY_VALUE = re.compile(r"([A-Za-zÁÉÍÓÚÑáéíóúñ_ ]{2,20}):[ \t]*(\S.*)?")
_KEYS = {
    "title": "title", "titulo": "title", "título": "title", "headline": "title",
    "date": "published", "published": "published", "fecha": "published", "publicado": "published",
    "author": "author", "by": "author", "autor": "author", "autora": "author",
    "publisher": "publisher", "medio": "publisher", "source": "publisher", "fuente": "publisher",
    "language": "language", "idioma": "language", "lang": "language",
}  # fmt: skip
_ALSO = frozenset(
    {
        "url",
        "doc_id",
        "source_id",
        "id",
        "kind",
        "truncated",
        "address",
        "link",
        "tags",
        "section",
        "enlace",
        "tipo",
        "captured",
        "license",
    }
)
_ISO_DAY = re.compile(r"\s*\d{4}-\d{2}-\d{2}")
_DATE_ALONE = 32
_WRAPPED = 55
"""Lines at least this long, that do not end a sentence, are one paragraph wrapped by hand."""


def read(data: bytes, name: str, media_type: str, sha256: str) -> TextLayer:
    """The text as decoded, character for character but for line ends."""
    text, encoding = decode(data)
    facts, start = front_matter(text)
    blocks = [Block(0, start, "frontmatter")] if start else []
    blocks += paragraphs(text, start)
    return TextLayer(
        text=text,
        media_type=media_type,
        sha256=sha256,
        name=name,
        encoding=encoding,
        title=facts.get("title"),
        published=day_said(facts.get("published")),
        author=facts.get("author"),
        publisher=facts.get("publisher"),
        language=facts.get("language"),
        blocks=tuple(blocks),
    )


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """What ``key: value`` lines at the very top say, and where the body begins; ``({}, 0)`` when there are none.

    At least two such lines are needed, with keys that are known; a dialogue ("Ana: …") is not front matter.
    """
    facts: dict[str, str] = {}
    known = at = 0
    lines = text.split("\n")
    i = 1 if lines[0].strip() == "---" else 0
    at += len(lines[0]) + 1 if i else 0
    while i < len(lines) and (m := _KEY_VALUE.fullmatch(lines[i].rstrip())):
        key = m[1].strip().lower()
        if key not in _KEYS and key not in _ALSO:
            break
        known += 1
        if key in _KEYS and m[2]:
            facts.setdefault(_KEYS[key], m[2].strip())
        at += len(lines[i]) + 1
        i += 1
    if i < len(lines) and lines[i].strip() == "---" and known:
        at += len(lines[i]) + 1
    return (facts, min(at, len(text))) if known >= 2 else ({}, 0)


def day_said(words: str | None) -> PartialDate | None:
    """A date of metadata, if it says one day and nothing else: "not visible (reported on …)" is none."""
    if not words:
        return None
    if "(" in words:
        return None
    iso = _ISO_DAY.match(words)
    said = parse_date(iso[0] if iso else words[:60]).value
    return said if said and said.precision is DatePrecision.day and (iso or len(words) <= _DATE_ALONE) else None


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Block]:
    """Paragraphs between blank lines; a run of short or finished lines is one paragraph each."""
    found: list[Block] = []
    for m in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        found += _by_line(text, m.start(), m.end())
    return found


def _by_line(text: str, start: int, end: int) -> list[Block]:
    cuts, at = [start], start
    lines = text[start:end].split("\n")
    widest = max(map(len, lines))
    for line, after in pairwise(lines):
        at += len(line) + 1
        bare = line.rstrip()
        is_wrapped = len(bare) >= max(_WRAPPED, widest * 0.6) and widest <= 110
        ends = bare.endswith((".", "!", "?", ":", ";", "”", "»", '"', "…"))
        goes_on = after.strip()[:1].islower() and not ends
        if goes_on:
            continue
        if not is_wrapped or (ends and len(bare) < widest * 0.8) or _is_item(after):
            cuts.append(at)
    return [_trimmed(text, a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True) if text[a:b].strip()]


def _is_item(line: str) -> bool:
    return bool(re.match(r"\s*(?:[•·●▪‣*–—-]\s+|\(?\d{1,4}[.)]\s+|\((?:[a-z]|[ivx]{1,4})\)\s+)", line))


def _trimmed(text: str, start: int, end: int) -> Block:
    body = text[start:end]
    lead = len(body) - len(body.lstrip())
    kind = "item" if _is_item(body) else "paragraph"
    return Block(start + lead, start + len(body.rstrip()), kind)
