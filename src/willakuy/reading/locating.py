"""Where a text says some words: exactly, in whatever typography, or nowhere.

Folded: quotation marks, apostrophes, dashes, white space, full-width forms, ligatures, composed and decomposed accents,
invisible characters, and a hyphen that only breaks a word over two lines. Letters, accents, case and figures are not. There is
no fuzzy match: a negation, a changed figure or a spliced sentence is another sentence.
Method: docs/method/reading-models.md, "Grounding".
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

_MARKS = {
    **dict.fromkeys(map(ord, "“”„‟«»″〝〞"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′`´ʼʹ"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    # Invisible, and no part of any word. Marks that turn the reading direction are kept: they change what a person sees.
    **dict.fromkeys(map(ord, "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"), ""),
    **{0xFF01 + i: chr(0x21 + i) for i in range(94)},
    0xFF02: '"',
    0xFF07: "'",
    ord("…"): "...",
    **{0xFB00 + i: letters for i, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
}
_PIECE = re.compile(r"(?P<space>\s+)|(?P<plain>[A-Za-z0-9]+)|.", re.DOTALL)
_BREAK = re.compile(r"[^\S\n]*\n\s*")
_HYPHENS = "-‐‑\u00ad"
_NUMBER = re.compile(r"(?:\d{1,3}(?:[., ]\d{3})+(?!\d)|\d+)(?:[.,:/-]\d+)*(?: ?%)?")

_LONGEST_CLUSTER = 32
"""Marks on one letter that are put into order; nobody writes more (UAX 15, stream-safe text, says 30)."""

_SOFT, _HYPHEN, _DASH = "soft", "hyphen", "dash"


@dataclass(slots=True)
class _Key:
    """Folded characters. ``at[i]`` and ``to[i]`` bound what ``chars[i]`` stands for; ``hyphens[i]`` stood before it.

    Marks between two letters are not in ``chars`` but in ``hyphens``, so that a word broken over two lines is found whole.
    """

    chars: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    to: list[int] = field(default_factory=list)
    hyphens: dict[int, str] = field(default_factory=dict)


def _key(text: str) -> _Key:
    k = _Key()
    skip_to = 0
    cluster = 0
    for m in _PIECE.finditer(text):
        i, j = m.span()
        if j <= skip_to:
            continue
        if m["space"]:
            if k.chars and k.chars[-1] != " ":
                _put(k, " ", i, j)
        elif m["plain"]:
            k.chars.extend(m[0])
            k.at.extend(range(i, j))
            k.to.extend(range(i + 1, j + 1))
            cluster = len(k.chars) - 1
        elif unicodedata.combining(m[0]) and k.chars:
            _add_mark(k, text, cluster, i)
        elif (found := _between_letters(text, i, k)) is not None:
            kind, skip_to = found
            if kind:
                k.hyphens[len(k.chars)] = kind
        else:
            cluster = len(k.chars)
            for char in unicodedata.normalize("NFD", m[0]):
                for piece in _MARKS.get(ord(char), char):
                    _put(k, piece, i, j)
    return k


def _put(k: _Key, char: str, start: int, end: int) -> None:
    k.chars.append(char)
    k.at.append(start)
    k.to.append(end)


def _add_mark(k: _Key, text: str, cluster: int, i: int) -> None:
    """A combining mark belongs to the letter before it; several are put into one order."""
    cluster = min(cluster, len(k.chars) - 1)
    start = k.at[cluster]
    if len(k.chars) - cluster > _LONGEST_CLUSTER:
        _put(k, text[i], start, i + 1)
        return
    whole = unicodedata.normalize("NFD", "".join(k.chars[cluster:]) + text[i])
    del k.chars[cluster:], k.at[cluster:], k.to[cluster:]
    for piece in whole:
        _put(k, piece, start, i + 1)


def _between_letters(text: str, i: int, k: _Key) -> tuple[str, int] | None:
    """What a hyphen, soft hyphen or dash at ``i`` does between two letters, and where reading goes on."""
    char = text[i]
    is_hyphen = char in _HYPHENS
    if not is_hyphen and _MARKS.get(ord(char)) != "-":
        return None
    if not (k.chars and k.to[-1] == i and (text[i - 1].isalpha() or unicodedata.combining(text[i - 1]))):
        return None
    line = _BREAK.match(text, i + 1) if is_hyphen else None
    beyond = line.end() if line else i + 1
    if beyond >= len(text) or not text[beyond].isalpha():
        return None
    if char == "\u00ad":
        return ("" if not line else _SOFT), beyond
    return (_SOFT if line else _HYPHEN if is_hyphen else _DASH), beyond


_JOINING = frozenset("-‐‑'’´\u00ad\u200d")


class Grounds:
    """A text prepared for finding quotations in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.printed: dict[str, bool] = {}
        """Names looked for before, and whether the text prints them."""

    @cached_property
    def _key(self) -> _Key:
        return _key(self.text)

    @cached_property
    def _folded(self) -> str:
        return "".join(self._key.chars)

    @cached_property
    def _numbers(self) -> list[tuple[int, int]]:
        return [m.span() for m in _NUMBER.finditer(self._folded)]

    @cached_property
    def _number_starts(self) -> list[int]:
        return [start for start, _ in self._numbers]

    def prints(self, words: str) -> bool:
        """The text has exactly these words, on their own between spaces or marks; false says nothing yet: see ``locate``."""
        i = self.text.find(words)
        while i >= 0:
            j = i + len(words)
            if not (
                self.text[i - 1 : i].isalnum()
                or self.text[j : j + 1].isalnum()
                or self.text[i - 1 : i] in _JOINING
                or self.text[j : j + 1] in _JOINING
            ):
                return True
            i = self.text.find(words, i + 1)
        return False

    def locate(self, quote: str, *, in_compounds: bool = False) -> list[tuple[int, int]]:
        """Every place ``[start, end)`` where the text says ``quote``; none means that it does not.

        A quotation must hold a letter or a figure, and begin and end at the edge of a word and of a number: "40" is not
        found in "400", "40-50" or "40%", nor "violent" in "non-violent", nor "can" in "can't". ``in_compounds`` lets it
        begin or end at a hyphen ("then-Minister Rosa Inventada"): for names, which no prefix denies.
        """
        wanted = _key(quote.strip())
        while wanted.chars and wanted.chars[-1] == " ":
            wanted.chars.pop()
        sought = "".join(wanted.chars)
        if not any(c.isalnum() for c in sought):
            return []
        found = []
        i = self._folded.find(sought)
        while i >= 0:
            j = i + len(sought)
            if self._is_whole(i, j, in_compounds) and self._same_hyphens(i, j, wanted.hyphens):
                found.append((self._key.at[i], self._key.to[j - 1]))
            i = self._folded.find(sought, i + 1)
        return found

    def holds(self, quote: str, start: int, end: int) -> bool:
        """The text says exactly ``quote`` at ``[start, end)``."""
        return 0 <= start < end <= len(self.text) and self.text[start:end] == quote

    def _is_whole(self, i: int, j: int, in_compounds: bool) -> bool:
        k = self._key
        splits_a_letter = (i > 0 and k.at[i] == k.at[i - 1]) or (j < len(k.at) and k.at[j] == k.at[j - 1])
        return not splits_a_letter and self._is_edge(i, in_compounds) and self._is_edge(j, in_compounds)

    def _is_edge(self, i: int, in_compounds: bool) -> bool:
        """Neither a word nor a number goes on across the border before ``chars[i]``."""
        text = self._folded
        if not 0 < i < len(text):
            return True
        n = bisect_right(self._number_starts, i - 1) - 1
        if n >= 0 and self._numbers[n][0] < i < self._numbers[n][1]:
            return False
        before, after = text[i - 1], text[i]
        if before.isalnum() and after.isalnum():
            kind = self._key.hyphens.get(i)
            return kind == _DASH or (in_compounds and kind == _HYPHEN)
        if before == "'" and after.isalnum():
            return not (i > 1 and text[i - 2].isalnum())
        if after == "'" and before.isalnum():
            return text[i + 1 : i + 2] not in ("t", "T")
        return True

    def _same_hyphens(self, i: int, j: int, wanted: dict[int, str]) -> bool:
        """Every hyphen of the one is in the other, but for those that only break a word over two lines."""
        mine = {at - i: kind for at, kind in self._key.hyphens.items() if i < at < j} if self._key.hyphens else {}
        return all(kind == _SOFT or at in wanted for at, kind in mine.items()) and all(
            kind == _SOFT or at in mine for at, kind in wanted.items()
        )
