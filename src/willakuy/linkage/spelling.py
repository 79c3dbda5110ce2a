"""Families of spelling: Huamán, Guamán and Waman are one surname; Quispe, Qispe and Kispe another.

The key is a blunt tool on purpose. It finds candidates and says "spelled as the same family"; whether two records
are one person is decided by everything they say.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from willakuy.linkage.scripts import comparable, is_arabic

_RULES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"[^a-z]", ""),
        (r"^(?:h|g)u(?=[aeiy])", "w"),
        (r"(?<=[aeiou])(?:h|g)u(?=[aei])", "w"),
        (r"^hoa", "wa"),
        (r"gu(?=[ei])", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"sch|sh", "s"),
        (r"ch", "C"),
        (r"cc(?=[ei])", "ks"),
        (r"qu(?=[ei])", "k"),
        (r"[qck]h?(?=[aou])", "k"),
        (r"c(?=[eiy])", "s"),
        (r"[cqk]h?", "k"),
        (r"g(?=[eiy])", "j"),
        (r"ll", "y"),
        (r"ou|oo", "u"),
        (r"ee|ie$", "i"),
        (r"x|z", "s"),
        (r"v", "b"),
        (r"h", ""),
        (r"(?<=[aeiou])y(?=[aeiou])", "i"),
        (r"y", "i"),
        (r"e", "i"),
        (r"o", "u"),
        (r"(.)\1+", r"\1"),
        (r"n(?=[bp])", "m"),
        (r"iu|ia", "ia"),
    )
)
_ARABIC_WEAK = re.compile(r"[اويه]")


@lru_cache(maxsize=262144)
def family(token: str) -> str:
    """The spelling family of one comparable token (see ``comparable``); never empty for a token that is not."""
    if is_arabic(token):
        return token[0] + _ARABIC_WEAK.sub("", token[1:])
    key = token.removeprefix("al-").removeprefix("el-") if "-" in token else token
    for pattern, to in _RULES:
        key = pattern.sub(to, key)
    return key or token


@cache
def _familiar() -> dict[str, frozenset[str]]:
    """Each token to the groups of familiar forms it belongs to."""
    text = files("willakuy.linkage").joinpath("data", "familiar_names.txt").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for number, line in enumerate(text.splitlines()):
        if line and not line.startswith("#"):
            for word in line.split():
                found.setdefault(comparable(word), set()).add(str(number))
    return {word: frozenset(groups) for word, groups in found.items()}


def is_familiar(token: str) -> bool:
    """Whether other forms of this given name are known at all."""
    return token in _familiar()


def are_familiar(a: str, b: str) -> bool:
    """Familiar forms of one given name: Pepe and José, Bob and Robert."""
    known = _familiar()
    return a in known and b in known and not known[a].isdisjoint(known[b])
