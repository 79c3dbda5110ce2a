"""Letters made comparable: case, accents, full-width forms and apostrophes put aside.

``fold_aligned`` keeps one character for each character of the text, so that a span found in the folded text is
the same span of the words as printed. ``fold`` is for comparing values and may change the length.
"""

from __future__ import annotations

import unicodedata

_APOSTROPHES = "'’‘ʼʹ`´′ꞌ＇"
_DASHES = "‐‑‒–—―−－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"


def _bare(char: str) -> str:
    """Lower case, without accents; may be several letters (ß, ligatures) or none (a combining accent)."""
    decomposed = unicodedata.normalize("NFKD", char).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", decomposed) if not unicodedata.combining(c))


class _Aligned(dict[int, str]):
    """A translation table that learns each character the first time it is met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        if char in _APOSTROPHES:
            folded = "'"
        elif char in _DASHES:
            folded = "-"
        elif char in "ºª":
            folded = char
        elif char.isspace() or char in _INVISIBLE or unicodedata.category(char) == "Cc":
            folded = " "
        else:
            bare = _bare(char)
            folded = bare if len(bare) == 1 else char
        self[point] = folded
        return folded


class _Free(dict[int, str]):
    def __missing__(self, point: int) -> str:
        char = chr(point)
        if char in _APOSTROPHES:
            folded = "'"
        elif char in _INVISIBLE:
            folded = ""
        elif char in _DASHES:
            folded = "-"
        elif char.isspace() or unicodedata.category(char) == "Cc":
            folded = " "
        else:
            folded = _bare(char)
        self[point] = folded
        return folded


_ALIGNED = _Aligned()
_FREE = _Free()


def fold_aligned(text: str) -> str:
    """``text`` in lower case without accents, ``len`` unchanged: offsets mean the same in both."""
    return text.translate(_ALIGNED)


def fold(text: str) -> str:
    """``text`` for comparing: lower case, accents off (ñ and n alike), apostrophes one, spaces single.

    Quechua and Aymara names are printed with and without the apostrophe ("T'ika", "T’ika"); it is unified,
    not dropped. ñ is folded because sources set in capitals or ASCII print n for it.
    """
    return " ".join(text.translate(_FREE).split())
