"""What kind of name a cell holds: a guess from its form, shown as such, that a person can correct."""

from __future__ import annotations

import re
from functools import lru_cache

from willakuy.statements.folding import fold
from willakuy.statements.names_parts import are_initials, came_first, is_given, is_surname, take_rank, units_of
from willakuy.statements.names_value import Name, NameKind
from willakuy.statements.numbers_read import parse_quantity

_NOBODY = re.compile(
    r"[\W\d_]*(?:n\W{0,2}n\W{0,2}|no\s+identificad[oa]s?|sin\s+identificar|por\s+identificar|sin\s+nombre|desconocid[oa]s?|anonim[oa]|unidentified|unknown|"
    r"unnamed|no\s+name|name\s+(?:withheld|unknown)|identidad\s+(?:reservada|desconocida)|reservad[oa]|s/?n|x{1,3}|-+|\?+|null|none|n/?a|no\s+consta|jane\s+doe|john\s+doe)?"
    r"(?:\s+(?:masculino|femenino|varon|mujer|hombre|male|female|adult[oa]|menor)|\s*\d+)*[\W_]*",
)
_ROLE = re.compile(
    r"\b(?:policias?|police|officer|agente|efectivo|suboficial|soldad[oa]s?|soldier|militar|medic[oa]|doctor|enfermer[oa]|nurse|brigadista|periodista|"
    r"journalist|fiscal|prosecutor|docente|teacher|chofer|conductor|driver)\b"
)
_PEOPLE = re.compile(
    r"\b(?:personas?|people|persons|fallecid[oa]s|muert[oa]s|dead|killed|victimas?|victims|civiles|civilians|policias|officers|soldados|soldiers|menores|minors|"
    r"ninos|children|jovenes|youths|hombres|men|mujeres|women|familia|family|hermanos|brothers|cuerpos|bodies|herid[oa]s|wounded|manifestantes|protesters|"
    r"pobladores|comuneros|otros|others|bebes|trabajadores|mineros)\b"
)
_DESCRIBED = re.compile(
    r"\b(?:bebe|feto|nonato|recien|paciente|menor|hij[oa]|esposa|madre|padre|gestante|adolescente|nin[oa]|joven|hombre|mujer|varon|persona|victima|anciano|"
    r"manifestante|ciudadano|civil|transeunte|poblador|comuner[oa]|estudiante|baby|boy|girl|man|woman|child|teenager|person|protester|patient|unborn|fetus|newborn|born|one|un|una|el|la|a|the)\b"
)
_SEVERAL = re.compile(
    r"(?:(?:l[oa]s|the|otr[oa]s|other|al\s+menos|at\s+least|mas\s+de|over|more\s+than|un[oa]s|about|cerca\s+de)\s+)*"
    rf"(?:(?P<few>familia|family|hermanos|brothers|vari[oa]s|several|algun[oa]s|otr[oa]s|others|decenas|dozens)\b|(?P<n>\d+|[a-z-]+(?:\s+y\s+[a-z]+)?)\s+(?:[a-z]+\s+)?(?:{_PEOPLE.pattern[2:-2]})\b)"
)
_KIN = re.compile(r"\b(?:hij[oa]|son|daughter|espos[oa]|madre|padre|mother|father)\b")
_QUOTED = re.compile(r"[\"“«'‘]([^\"”»'’]+)[\"”»'’]")
_ALIAS_ONLY = re.compile(r"(?:alias|apodado|apodada|a\.?k\.?a\.?|known\s+as)\s+.+")
_UNCLEAR = re.compile(r"\?|\(sic\)|\[sic\]|ilegible|illegible|\[\.\.\.\]")
_CUT = re.compile(r"(?:…|\.\.\.|[-–—])\s*$")
_SHORT_WORDS = frozenset(
    ["ana", "eva", "luz", "eda", "ada", "noe", "leo", "ian", "max", "paz", "gil", "rey", "sol", "mar", "ruiz", "diaz", "vera", "leon", "luna", "luis", "juan", "jose", "raul", "hugo", "ivan", "rosa", "rita", "sara", "cruz", "rios", "vega", "soto", "lara", "jara", "mesa", "meza", "pena", "poma", "cusi", "nina", "tito", "calla", "puma", "roca", "mora", "ponce", "laura", "paul", "john", "jhon", "rene", "joel", "elsa", "elva", "olga", "irma", "alex", "eric", "erik", "yuri", "elmer"]
)  # fmt: skip

_NO_NAME_WORD = re.compile(
    rf"(?:n+|no|sin|por|identificad\w*|identificar|desconocid\w*|anonim\w*|unidentified|unknown|unnamed|name|nombre|identidad|reservad\w*|x+|null|"
    rf"none|na|consta|jane|john|doe|alias|apodad[oa]|aka|known|familia|family|vari[oa]s|several|algun[oa]s|otr[oa]s|decenas|dozens)|.*il?legible.*|(?:{_PEOPLE.pattern})"
)


def may_name_nobody(word: str) -> bool:
    """Whether a phrase that names nobody, or several people, may hold this word.

    Two words or more of three letters or more, letters only, the second in capitals or with a capital, none of them such
    a word, are a name of somebody, whole and no initials.
    """
    return bool(_NO_NAME_WORD.fullmatch(fold(word)))


def recognise_name(printed: str) -> Name:
    """``printed`` with the kind its form suggests. Never fails; words that fit nothing are ``unclear``.

    A name cut short without a mark ("JOSE LUIS AGU") cannot be told from a whole one, nor a lone pair of
    surnames from a given name and a surname: the first is taken as full, the second as short.
    """
    return _recognise(printed)


@lru_cache(maxsize=32768)
def _recognise(printed: str) -> Name:
    text = " ".join(printed.split())
    return Name(printed, _kind(text) if len(text) <= 300 else NameKind.unclear)


def _kind(text: str) -> NameKind:
    folded = fold(text)
    if not folded or _NOBODY.fullmatch(folded):
        return NameKind.unnamed
    if kind := _described(text, folded):
        return kind
    if _is_initials(text):
        return NameKind.initials
    if _ALIAS_ONLY.match(folded) or _QUOTED.fullmatch(text):
        return NameKind.nickname
    if _UNCLEAR.search(folded):
        return NameKind.unclear
    if _CUT.search(text):
        return NameKind.truncated
    return _kind_of_words(text, folded)


def _described(text: str, folded: str) -> NameKind | None:
    """A description instead of a name: in brackets, or with no capital beyond its first letter."""
    bracketed = text[0] in "([" and not re.search(r"[)\]]\s*\S", text)
    inner = folded.strip("([]) ")
    if _counts_several(inner):
        return NameKind.group
    words = text.strip("([]) ").split()
    has_no_name = not any(w[:1].isupper() for w in words[1:])
    describes = has_no_name and bool(_DESCRIBED.search(folded) or _ROLE.search(folded))
    if bracketed and 1 < len(words) <= 4 and all(w[:1].isupper() for w in words):
        return None
    if not (bracketed or (describes and (words[0][:1].islower() or len(words) > 2))):
        return None
    is_role = _ROLE.search(folded) and not _KIN.search(folded)
    return NameKind.role_only if is_role else NameKind.unnamed


def _counts_several(inner: str) -> bool:
    """The description begins with a number of people above one, or with a word for several."""
    m = _SEVERAL.match(inner)
    if not m:
        return False
    if m["few"]:
        return True
    quantity = parse_quantity(m["n"])
    return quantity is not None and (quantity.hi is None or quantity.hi > 1)


def _is_initials(text: str) -> bool:
    if are_initials(text):
        return True
    return (
        bool(re.fullmatch(r"[A-ZÑ]{2,4}", text))
        and fold(text) not in _SHORT_WORDS
        and not is_given(text)
        and not is_surname(text)
    )


def _kind_of_words(text: str, folded: str) -> NameKind:
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]?", "", text).strip()
    rank, rest = take_rank(bare)
    words = rest.split()
    if rank and len(words) <= 2 and not (len(words) == 2 and is_given(words[0])):
        return NameKind.surname_and_rank
    if not words or not any(c.isalpha() for c in bare):
        return NameKind.unclear
    if "," in rest or came_first(units_of(rest)):
        return NameKind.surname_first
    initials = [are_initials(w) for w in words]
    if any(initials) and initials[-1] and not all(initials):
        return NameKind.given_name_and_initials
    if len(words) == 1:
        return NameKind.short if is_surname(words[0]) else NameKind.given_name_only
    return NameKind.short if len(words) == 2 else NameKind.full
