"""A printed name as the tokens that comparison works on.

``juan carlos quispe mamani`` is four tokens; ``D.A.Q.`` three initials; ``NN`` none. Particles are passed over, as
printed lists keep and drop them without rule. What is surname and what is given name is not decided here: position
is kept, and comparison forgives an order that differs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from willakuy.linkage.scripts import comparable, is_arabic, repaired
from willakuy.statements.names import Name, NameKind, may_name_nobody, recognise_name

_PARTICLES = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "lo",
        "da",
        "das",
        "do",
        "dos",
        "di",
        "van",
        "von",
        "der",
        "den",
        "y",
        "e",
        "i",
        "san",
        "santa",
        "bin",
        "ibn",
        "al",
        "el",
        "ul",
        "ud",
        "ad",
        "the",
    ]
)
_JOINED = frozenset(["abu", "abo", "um", "umm", "abd", "abdul", "abdel", "abdal", "abed", "mc", "mac"])
_SUFFIX = frozenset(["jr", "sr", "ii", "iii", "iv", "junior", "senior", "hijo", "snr", "jnr", "esq", "md"])
_RANK = frozenset(
    [
        "sgt",
        "sargento",
        "cabo",
        "soldado",
        "so",
        "so1",
        "so2",
        "so3",
        "suboficial",
        "teniente",
        "tte",
        "capitan",
        "cap",
        "mayor",
        "coronel",
        "crnl",
        "comandante",
        "general",
        "pnp",
        "dr",
        "dra",
        "sr",
        "sra",
        "mr",
        "mrs",
        "ms",
        "don",
        "dona",
        "officer",
        "deputy",
    ]
)
_INITIALS_RUN = re.compile(r"(?:[^\W\d_]{1,2}\s*[.]\s*)+(?:[^\W\d_]{1,2}\s*\.?)?")
_BARE_RUN = re.compile(r"[^\W\d_](?:\s+[^\W\d_])+")
_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]|[\"“”«»]")
BY_MARRIAGE = "~"
"""Stands before a husband's surname ("María Astete de Ríos"): it contradicts no other surname, and is often left out."""
MOST_TOKENS = 7
"""Longer names are cut: what is longer is a phrase."""


@dataclass(frozen=True, slots=True)
class NameTokens:
    """``tokens`` in the order given names, surnames where that is known. ``is_ordered`` when it is known."""

    tokens: tuple[str, ...] = ()
    n_given: int | None = None
    is_cut: bool = False

    @property
    def are_initials(self) -> bool:
        return bool(self.tokens) and all(is_initial(t) for t in self.tokens)


NOBODY = NameTokens()


def is_initial(token: str) -> bool:
    return len(token) == 1 or token in ("ll", "ch")


@lru_cache(maxsize=131072)
def tokens_of(printed: str, kind: NameKind | None = None) -> NameTokens:
    """The tokens of one printed name; ``NOBODY`` for NN, a group, a role or a description."""
    if kind is None and (plain := _plain_tokens(printed)):
        return NameTokens(plain)
    text = repaired(" ".join(printed.split()))
    if not text:
        return NOBODY
    name = Name(text, kind) if kind else recognise_name(text)
    if not name.kind.names_somebody:
        return NOBODY
    if name.kind is NameKind.initials or _INITIALS_RUN.fullmatch(text) or _BARE_RUN.fullmatch(text):
        return NameTokens(_initials(text))
    text = _BRACKETS.sub(" ", text)
    if "," in text:
        surnames, _, given = text.partition(",")
        first = _words(given)
        last = _words(surnames)
        if first and last and not set(last) <= _SUFFIX:
            return _cut((*first, *last), len(first), name.kind)
    return _cut(_words(text), None, name.kind)


def _plain_tokens(printed: str) -> tuple[str, ...]:
    """The words of a name that is nothing but words of it, as nearly all are; () where the long way must be gone."""
    words = printed.split()
    if not 2 <= len(words) <= MOST_TOKENS or not words[1][:1].isupper():
        return ()
    found = tuple(map(_plain_word, words))
    return found if all(found) else ()


@lru_cache(maxsize=262144)
def _plain_word(word: str) -> str:
    """The word made comparable, "" if it needs a look at its neighbours or at what it is made of."""
    if len(word) < 3 or not word.isalpha() or is_arabic(word) or repaired(word) != word or may_name_nobody(word):
        return ""
    token = comparable(word)
    is_plain = len(token) >= 3 and token.isalpha() and token not in _PARTICLES | _JOINED | _SUFFIX | _RANK
    return token if is_plain else ""


def tokens_of_parts(given: str, surnames: str) -> NameTokens:
    """The tokens of a name that a list prints in two columns or more."""
    first = tokens_of(given).tokens if given.strip() else ()
    last = tokens_of(surnames).tokens if surnames.strip() else ()
    return _cut((*first, *last), len(first), NameKind.full) if first or last else NOBODY


def _cut(tokens: tuple[str, ...], n_given: int | None, kind: NameKind) -> NameTokens:
    return NameTokens(tokens[:MOST_TOKENS], n_given, kind is NameKind.truncated)


def _initials(text: str) -> tuple[str, ...]:
    if re.fullmatch(r"[^\W\d_]{2,5}", text):
        return tuple(comparable(c) for c in text)
    return tuple(w for w in (comparable(m[0]) for m in re.finditer(r"[^\W\d_]{1,2}", text)) if w)[:MOST_TOKENS]


def _words(text: str) -> tuple[str, ...]:
    if is_arabic(text):
        return tuple(comparable(text).split())
    words = [w for m in _WORD.finditer(text) for w in _split(comparable(m[0]))]
    kept: list[str] = []
    pending = ""
    for i, word in enumerate(words):
        if i == len(words) - 1 and len(kept) >= 2 and words[i - 1] == "de":
            kept.append(BY_MARRIAGE + word)
        elif word in _JOINED and i + 1 < len(words):
            pending += word
        elif (
            (word in _PARTICLES and len(words) > 2 and not pending and not _begins(words, i))
            or (word in _SUFFIX and i > 0)
            or (word in _RANK and i == 0 and len(words) > 1)
        ):
            continue
        else:
            kept.append(pending + word)
            pending = ""
    return tuple(kept) or tuple(words)


def _begins(words: list[str], i: int) -> bool:
    """ "Del" and "Las" are given names when a name begins with one of them alone ("Las Flores Palomino")."""
    return i == 0 and words[0] in ("del", "las", "los") and words[1] not in _PARTICLES


def _split(word: str) -> list[str]:
    """Hyphened surnames are two tokens ("Wilson-Seidle"); an article is passed over ("al-asali")."""
    parts = [p for p in word.replace("'", "").replace("`", "").split("-") if p]
    return parts[1:] if len(parts) == 2 and parts[0] in ("al", "el", "as", "ar", "an", "ad", "at") else parts
