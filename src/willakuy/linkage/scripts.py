"""Letters of other scripts made comparable: Arabic by its own spelling rules, Cyrillic and Greek by Latin letters.

Sources print one Arabic name with and without hamza, with ه for ة, ى for ي, and with the article joined or left
out. Those are habits of typing, not differences between people.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from willakuy.statements.names import fold

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_MISREAD = re.compile(r"[ÃÂã]")
_MISREAD_LETTER = re.compile(r"[Ãã]([\x80-\xbf])")
_CONTROL = re.compile(r"[\x80-\x9f]")
_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "گ": "ك",
        "ء": "",
        "ـ": "",
        "ھ": "ه",
    }
)
_JOINED_TO_NEXT = frozenset({"عبد", "ابو", "ابي", "ام", "بن", "ابن", "ال"})
_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґўљњћђџјё",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "sch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
            "i",
            "yi",
            "ye",
            "g",
            "u",
            "lj",
            "nj",
            "c",
            "dj",
            "dz",
            "j",
            "e",
        ],
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "y",
            "f",
            "ch",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_LATIN = {ord(c): latin for c, latin in {**_CYRILLIC, **_GREEK}.items()} | {
    ord("ı"): "i",
    ord("ł"): "l",
    ord("ø"): "o",
    ord("đ"): "d",
}


def repaired(text: str) -> str:
    """UTF-8 that was once read as Latin-1 ("MUÃ\x91OZ", "Muã\x91oz") read again; other text unchanged."""
    if not _MISREAD.search(text):
        return text
    try:
        return text.encode("cp1252" if not _CONTROL.search(text) else "latin-1").decode("utf-8")
    except UnicodeError:
        return _MISREAD_LETTER.sub(lambda m: chr(ord(m[1]) + 0x40), text)


def is_arabic(text: str) -> bool:
    return bool(_ARABIC.search(text))


@lru_cache(maxsize=65536)
def comparable(text: str) -> str:
    """``text`` folded; Arabic normalised, Cyrillic and Greek written in Latin letters; words apart by one space."""
    if is_arabic(text):
        return _arabic(text)
    text = repaired(text)
    lowered = unicodedata.normalize("NFC", text.casefold()).translate(_LATIN)
    return fold(lowered)


def _arabic(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKC", text) if not unicodedata.combining(c))
    words = bare.translate(_ARABIC_LETTERS).split()
    out: list[str] = []
    pending = ""
    for word in words:
        if word in _JOINED_TO_NEXT:
            pending += "" if word == "ال" else word
            continue
        if word.startswith("ال") and len(word) > 4:
            word = word[2:]
        out.append(pending + word)
        pending = ""
    if pending:
        out.append(pending)
    return " ".join(out)
