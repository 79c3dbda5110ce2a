"""How much of a document is read: more is refused with a reason, before it takes the machine's memory or minutes of time."""

from __future__ import annotations

LARGEST_BYTES = 64_000_000
"""A document above this is refused before it is read; a book of 1,000 pages is below 10 MB."""

LARGEST_HTML = 32_000_000
"""Bytes of a page: its tree takes some ten times as much memory."""

MOST_NESTED = 50_000
"""Elements of a page inside one another: reading takes time with the square of it, and browsers stop at 512."""

LONGEST_TEXT = 8_000_000
"""Code points of a text layer; a longer one is refused rather than read for minutes."""

MOST_PAGES = 5000
MOST_LETTERS_OF_A_PAGE = 60_000
"""A page of a PDF with more is read in the file's own order: measuring each letter would take seconds."""

LARGEST_UNPACKED = 300_000_000
"""Bytes a DOCX may unfold to; a small file that grows beyond is not a document but a trap."""

LARGEST_XML = 40_000_000
"""Bytes of any one part of a DOCX that is parsed: its tree takes some fifteen times as much memory. A book has 10 MB."""

MOST_PARAGRAPHS = 100_000
