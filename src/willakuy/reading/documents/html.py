"""HTML pages: the visible words in reading order. Scripts are never run and never part of the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from willakuy.reading.documents.decoding import decode
from willakuy.reading.documents.plain import day_said
from willakuy.reading.documents.quotas import LARGEST_HTML, LONGEST_TEXT, MOST_NESTED
from willakuy.reading.errors import DocumentTooLarge
from willakuy.reading.layers import Block, Cell, PrintedTable, TextLayer

_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "head",
        "audio",
        "video",
        "select",
        "option",
        "textarea",
        "button",
    ]
)
_FURNITURE = frozenset(["nav", "footer", "aside", "form", "menu", "dialog"])
_BREAKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "hr",
        "address",
        "details",
        "summary",
        "body",
        "html",
    ]
)
_KINDS = {"li": "item", "td": "cell", "th": "cell", **{f"h{n}": "heading" for n in range(1, 7)}}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_PUBLISHED = (
    'meta[property="article:published_time"]', 'meta[name="date"]', 'meta[name="pubdate"]', 'meta[name="publish-date"]',
    'meta[name="DC.date.issued"]', 'meta[name="dcterms.date"]', 'meta[itemprop="datePublished"]', 'meta[property="og:published_time"]',
)  # fmt: skip


def read(data: bytes, name: str, media_type: str, sha256: str) -> TextLayer:
    """What a reader of the page sees, one line for each block, blank lines between them.

    Hidden elements are left out as scripts are: nobody read them, and instructions are hidden there.

    Raises:
        DocumentTooLarge: more text than is read at once; nothing is kept of it.
    """
    source, encoding = decode(data, is_html=True)
    if _is_nested_beyond(source, MOST_NESTED):
        raise DocumentTooLarge(file=name, megabytes=len(data) // 1_000_000, limit=LARGEST_HTML // 1_000_000)
    tree = LexborHTMLParser(source)
    page = _Page(name)
    if tree.body is not None:
        page.walk(tree.body)
    text = "".join(page.parts)
    facts = _facts(tree)
    return TextLayer(
        text=text,
        media_type=media_type,
        sha256=sha256,
        name=name,
        encoding=encoding,
        title=facts.get("title"),
        published=day_said((facts.get("published") or "")[:10]),
        author=facts.get("author"),
        publisher=facts.get("publisher"),
        language=facts.get("language"),
        blocks=tuple(page.blocks),
        tables=tuple(_table(rows) for rows in page.tables if len(rows) > 1),
    )


_TAG = re.compile(
    r"<(/?)(?:div|span|table|td|section|article|blockquote|ul|ol|li|b|i|em|font|a|center)\b", re.IGNORECASE
)


def _is_nested_beyond(source: str, most: int) -> bool:
    """A rough count by opening and closing tags, made before the page is parsed."""
    if source.count("<") <= most:
        return False
    depth = 0
    for m in _TAG.finditer(source):
        depth = max(0, depth - 1) if m[1] else depth + 1
        if depth > most:
            return True
    return False


@dataclass
class _Page:
    """The text built so far. ``line`` is the block being read: words and where they come from."""

    name: str = ""
    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[list[list[Cell]]] = field(default_factory=list)
    at: int = 0
    line: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    open_tables: list[list[list[Cell]]] = field(default_factory=list)
    cell_from: list[int] = field(default_factory=list)

    def walk(self, root: LexborNode) -> None:
        """Depth first without recursion: pages nest deeper than Python calls may."""
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, is_leaving = stack.pop()
            if is_leaving:
                self.leave(node.tag or "")
                continue
            tag = node.tag or ""
            if tag == "-text":
                self.line.append(node.text_content or "")
                continue
            if tag.startswith("-") or tag in _SILENT or _is_hidden(node):
                continue
            if tag == "br":
                self.line.append("\n")
                continue
            self.enter(tag)
            stack.append((node, True))
            stack += [(child, False) for child in reversed(list(_children(node)))]
        self.flush()

    def enter(self, tag: str) -> None:
        if tag in _BREAKS:
            self.flush()
        if tag in _FURNITURE:
            self.kinds.append("furniture")
        elif tag in _KINDS:
            self.kinds.append(_KINDS[tag])
        if tag == "table":
            self.open_tables.append([])
        elif tag == "tr" and self.open_tables:
            self.open_tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell_from.append(len(self.blocks))

    def leave(self, tag: str) -> None:
        if tag in _BREAKS:
            self.flush()
        if tag in ("td", "th") and self.cell_from:
            first = self.cell_from.pop()
            if self.open_tables and self.open_tables[-1]:
                self.open_tables[-1][-1].append(self._cell(first))
        elif tag == "table" and self.open_tables:
            self.tables.append([row for row in self.open_tables.pop() if row])
        if (tag in _FURNITURE or tag in _KINDS) and self.kinds:
            self.kinds.pop()

    def flush(self) -> None:
        lines = [_SPACE.sub(" ", line).strip() for line in _joined(self.line).split("\x00")]
        self.line.clear()
        for words in lines:
            if not words:
                continue
            if self.parts:
                self.parts.append("\n\n")
                self.at += 2
            kind = "furniture" if "furniture" in self.kinds else self.kinds[-1] if self.kinds else "paragraph"
            self.blocks.append(Block(self.at, self.at + len(words), kind))
            self.parts.append(words)
            self.at += len(words)
            if self.at > LONGEST_TEXT:
                raise DocumentTooLarge(file=self.name, megabytes=self.at // 1_000_000, limit=LONGEST_TEXT // 1_000_000)

    def _cell(self, first: int) -> Cell:
        inside = self.blocks[first:]
        if not inside:
            return Cell("", self.at, self.at)
        start, end = inside[0].start, inside[-1].end
        # Each block is its words, with one blank line between two: the parts of this cell are the last ones.
        return Cell("".join(self.parts[1 - 2 * len(inside) :]), start, end)


def _joined(line: list[str]) -> str:
    """A ``<br>`` is a line of its own; every other white space is one space."""
    return "".join("\x00" if piece == "\n" else piece for piece in line)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes or {}
    if "hidden" in attributes:
        return True
    return bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


def _table(rows: list[list[Cell]]) -> PrintedTable:
    cells = [cell for row in rows for cell in row]
    return PrintedTable(tuple(map(tuple, rows)), cells[0].start, max(cell.end for cell in cells))


def _facts(tree: LexborHTMLParser) -> dict[str, str | None]:
    """Title, author, publisher, date and language as the page's metadata gives them; absent ones are left out."""
    linked = _linked_data(tree)
    heading = tree.css_first("h1")
    title = tree.css_first("title")
    time = tree.css_first("article time[datetime], main time[datetime], time[datetime]")
    published = next(filter(None, (_meta(tree, selector) for selector in _PUBLISHED)), None)
    root = tree.css_first("html")
    return {
        "title": _meta(tree, 'meta[property="og:title"]') or _words(heading) or _words(title),
        "published": linked.get("published") or published or (time.attributes.get("datetime") if time else None),
        "author": linked.get("author") or _meta(tree, 'meta[name="author"]'),
        "publisher": linked.get("publisher") or _meta(tree, 'meta[property="og:site_name"]'),
        "language": ((root.attributes.get("lang") if root else None) or "")[:2].lower() or None,
    }


def _meta(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return (node.attributes.get("content") or "").strip() or None if node else None


def _words(node: LexborNode | None) -> str | None:
    return _SPACE.sub(" ", node.text()).strip() or None if node else None


def _linked_data(tree: LexborHTMLParser) -> dict[str, str]:
    """``datePublished`` and ``author`` of JSON-LD, read as data; a page whose JSON is broken just has none."""
    for script in tree.css('script[type="application/ld+json"]')[:20]:
        try:
            found = _article(json.loads(script.text()), 0)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return {}


def _article(value: Any, depth: int) -> dict[str, str]:
    if depth > 4:
        return {}
    if isinstance(value, list):
        return next(filter(None, (_article(item, depth + 1) for item in value[:50])), {})
    if not isinstance(value, dict):
        return {}
    if "datePublished" in value:
        said = {
            "published": value["datePublished"],
            "author": _named(value.get("author")),
            "publisher": _named(value.get("publisher")),
        }
        return {key: words for key, words in said.items() if isinstance(words, str) and words}
    return _article(value.get("@graph", []), depth + 1)


def _named(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None
