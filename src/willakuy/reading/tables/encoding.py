"""Which encoding the bytes of a text list are in, decided on all of the file and never by dropping a byte."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from willakuy.reading.tables.errors import EncodingUnknown

SAMPLE = 64 * 1024
CHUNK = 1 << 20
KEEP_EVERY_BYTE = "willakuy-cp1252"
"""Name of the error handler that reads a byte which is wrong in the encoding as cp1252 has it, else as ``\\xNN``."""

_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_LETTERS = "áéíóúüñÁÉÍÓÚÜÑàèìòùâêîôûçäöëïãõÀÈÇÄÖÃÕ"
_SIGNS = "¿¡°ºª«»“”‘’–—…·\u00a0€§©®"
_SPANISH = frozenset(_LETTERS + _SIGNS)
_FAMILIAR = ("cp1252", "mac_roman", "cp850")
"""Encodings of lists in Spanish and English that are not Unicode, commonest first: Windows, old Macintosh, DOS."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """``n_strays``: bytes that are not of the encoding (a list pasted together from two), read as cp1252."""

    name: str
    n_strays: int = 0


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_one_byte(b) for b in wrong), error.end


def _one_byte(b: int) -> str:
    try:
        return bytes([b]).decode("cp1252")
    except UnicodeDecodeError:
        return f"\\x{b:02x}"


codecs.register_error(KEEP_EVERY_BYTE, _keep)


def named_encoding(name: str) -> Encoding:
    """The encoding a person asked for.

    Raises:
        EncodingUnknown: Python has no text encoding of that name.
    """
    try:
        info = codecs.lookup(name)
        "".encode(name)
    except (LookupError, UnicodeError) as e:
        raise EncodingUnknown(encoding=name) from e
    return Encoding("utf-8-sig" if info.name == "utf-8" else info.name)


def find_encoding(path: Path) -> Encoding:
    """Look at the whole file in pieces: a stray byte in row 90,000 is found before row 1 is read."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name)
    if wide := _without_bom(head):
        return Encoding(wide)
    n_good, n_wrong, odd = _as_utf8(path)
    if n_wrong == 0:
        return Encoding("utf-8-sig")
    if n_good > 20 * n_wrong:
        return Encoding("utf-8-sig", n_wrong)
    return Encoding(_single_byte(odd))


def _without_bom(head: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text every other byte is zero."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0) / pairs, head[1 : 2 * pairs : 2].count(0) / pairs
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    if even > 0.6 and odd < 0.1:
        return "utf-16-be"
    return None


def _as_utf8(path: Path) -> tuple[int, int, bytes]:
    """``(characters beyond ASCII, bytes that are wrong, a sample around them)`` of the file read as UTF-8."""
    n_good = n_wrong = 0
    sample = bytearray()
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            block = rest + chunk
            rest = b""
            try:
                n_good += _beyond_ascii(block.decode("utf-8"))
                continue
            except UnicodeDecodeError as e:
                if e.reason == "unexpected end of data" and e.start > len(block) - 4:
                    rest = block[e.start :]
                    n_good += _beyond_ascii(block[: e.start].decode("utf-8"))
                    continue
            good, wrong = _count_wrong(block)
            n_good, n_wrong = n_good + good, n_wrong + wrong
            if len(sample) < 4 * SAMPLE:
                sample += _around(block)
    return n_good, n_wrong + len(rest), bytes(sample) or rest


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else len(text.encode("utf-8")) - len(text)


def _count_wrong(block: bytes) -> tuple[int, int]:
    text = block.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= c <= "\udcff" for c in text)
    good = sum(c >= "\x80" for c in text) - wrong
    return good, wrong


def _around(block: bytes) -> bytes:
    """The lines of a block that hold bytes beyond ASCII: what tells one encoding from another."""
    lines = [line for line in block.splitlines() if not line.isascii()]
    return b"\n".join(lines)[:SAMPLE]


def _single_byte(sample: bytes) -> str:
    """The familiar encoding in which nearly all letters are ones Spanish and English use, else the detector's guess."""
    scored = sorted(((_plausible(sample, name), -i, name) for i, name in enumerate(_FAMILIAR)), reverse=True)
    if scored[0][0] >= 0.9:
        return scored[0][2]
    guess = from_bytes(sample).best()
    return guess.encoding if guess is not None and guess.encoding != "ascii" else "cp1252"


def _plausible(sample: bytes, name: str) -> float:
    text = sample.decode(name, "replace")
    beyond = [c for c in text if c >= "\x80"]
    if not beyond:
        return 0.0
    return sum((c in _LETTERS) + 0.9 * (c in _SIGNS) for c in beyond) / len(beyond)
