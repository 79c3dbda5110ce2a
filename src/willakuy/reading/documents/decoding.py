"""Bytes to text, in whatever encoding they were saved."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_SAMPLE = 200_000


def decode(data: bytes, *, is_html: bool = False) -> tuple[str, str]:
    """``(text, encoding)``; line ends become ``\\n`` and a byte-order mark is dropped, nothing else changes.

    UTF-8 is believed whenever it fits; then what an HTML page declares; then a guess among the encodings Spanish and
    English are saved in. Never raises: bytes that no encoding explains become U+FFFD.
    """
    text, encoding = _decoded(data, is_html)
    return _LINE_ENDS.sub("\n", text), encoding


def _decoded(data: bytes, is_html: bool) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as e:
        if e.start > len(data) - 4 and e.reason == "unexpected end of data":
            return data.decode("utf-8", "replace"), "utf-8"
    if is_html and (m := _DECLARED.search(data[:4096])):
        try:
            declared = m[1].decode("ascii")
            known = codecs.lookup(declared).name
            # Browsers read a page that says Latin-1 as Windows-1252; so do its authors.
            known = "cp1252" if known in ("iso8859-1", "ascii") else known
            return data.decode(known, "replace"), known
        except LookupError:
            pass
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=["cp1252", "mac_roman", "cp850", "utf_16_le", "utf_16_be"]).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode(encoding, "replace"), encoding
