"""Words and marks of a text, each with where it stands and its folded form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from willakuy.statements.folding import fold_aligned

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'´-][^\W\d_]+)*\.?(?<![^\W\d_]{3}\.)|\d+(?:[.,]\d+)*|[^\w\s]|_+|[^\W_]+")


@dataclass(slots=True)
class Token:
    """``text[start:end]`` of the layer; ``fold`` is it in lower case without accents."""

    start: int
    end: int
    words: str
    fold: str
    is_word: bool
    is_capital: bool


def tokenise(text: str, folded: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``. ``folded`` is ``fold_aligned(text)``, made once for the whole text.

    An abbreviation of one or two letters keeps its full stop ("Dr.", "U.") unless it ends the span.
    """
    found = []
    for m in _TOKEN.finditer(text, start, end):
        a, b = m.span()
        words = text[a:b]
        if len(words) > 1 and words[-1] == "." and (b >= end or words[:-1].lower() in _NOT_ABBREVIATED):
            b -= 1
            words = words[:-1]
            found.append(Token(a, b, words, folded[a:b], True, words[0].isupper()))
            found.append(Token(b, b + 1, ".", ".", False, False))
            continue
        first = words[0]
        is_word = first.isalnum() or first == "_"
        found.append(Token(a, b, words, folded[a:b], is_word, is_word and first.isupper()))
    return found


_LONGEST_ASIDE = 12


def without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens without what an editor put in square brackets, and without an acronym in round ones: "guerrillas of the
    front [Frente Inventado] (FI) attacked". Longer brackets and those with a number stay."""
    if not any(t.words in ("[", "(") for t in tokens):
        return tokens
    kept: list[Token] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if t.words == "(" and i + 2 < len(tokens) and tokens[i + 2].words == ")" and tokens[i + 1].words.isupper():
            i += 3
            continue
        if t.words == "[":
            end = next((k for k in range(i + 1, min(len(tokens), i + _LONGEST_ASIDE)) if tokens[k].words == "]"), None)
            if end is not None and i and not any(x.fold in ("of", "de", "text") for x in tokens[i + 1 : i + 2]):
                i = end + 1
                continue
        kept.append(t)
        i += 1
    return kept


_NOT_ABBREVIATED = frozenset(
    [
        "he",
        "it",
        "me",
        "us",
        "so",
        "do",
        "in",
        "on",
        "up",
        "no",
        "to",
        "go",
        "is",
        "si",
        "ya",
        "la",
        "lo",
        "el",
        "yo",
        "tu",
        "be",
        "we",
        "of",
        "at",
    ]
)


def fold(text: str) -> str:
    """``fold_aligned``, under the name the rules use."""
    return fold_aligned(text)
