"""Divide a printed name into given names, surnames, initials, rank and nickname."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from willakuy.statements.folding import fold
from willakuy.statements.names_value import Name, NameKind, NameParts

_DATA = Path(__file__).parent / "data" / "names"

PARTICLES = frozenset(
    {
        "de",
        "del",
        "la",
        "las",
        "los",
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
        "san",
        "santa",
        "mc",
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
    }
)
_SKIPPED_IN_INITIALS = frozenset({"de", "del", "la", "las", "los", "y", "e"})
_RANKS = (
    "general", "coronel", "comandante", "mayor", "capitan", "teniente", "alferez", "suboficial", "sub oficial", "sargento", "cabo",
    "soldado", "oficial", "agente", "policia", "efectivo", "brigadier", "tecnico", "almirante", "tripulante", "recluta", "sldo", "sgto", "cap", "tte",
    "tnte", "crnl", "cmdte", "so", "so1", "so2", "so3", "s1", "s2", "s3", "pnp", "ep", "ejercito", "officer", "captain", "lieutenant", "sergeant",
    "corporal", "private", "colonel", "major", "constable", "soldier", "doctor", "doctora", "dr", "dra", "sr", "sra", "srta", "senor", "senora",
    "senorita", "mr", "mrs", "ms", "don", "dona", "ing", "lic", "prof", "profesor", "profesora", "fiscal", "abogado", "abogada",
)  # fmt: skip
RANK = re.compile(
    rf"(?:(?:{'|'.join(sorted(_RANKS, key=lambda r: -len(r)))})\b\.?\s*(?:(?:de|del)\s+(?:la\s+)?)?(?:\d(?:[ra]{{1,2}}|º|°)?\.?\s+)?)+"
)
_INITIAL = re.compile(r"(?:Ll|LL|Ch|CH|Rr|RR|[^\W\d_])\.?")
_LETTER_SPLIT = re.compile(r"[.\s]+")
_DIGRAPHS = ("Ll", "LL", "Ch", "CH", "Rr", "RR")
_ALIAS = re.compile(
    r"[,(]?\s*(?:\b(?:alias|apodado|apodada|conocido como|conocida como|a\.?k\.?a\.?|known as|llamado)\s+)[\"“”«»'‘’]?(?P<a>[^\"“”«»()]+?)[\"“”«»'‘’]?\s*\)?$"
    r"|(?:(?<=\s)|^)['‘](?P<s>[^'‘’]+)['’](?=\s|$)|[\"“«](?P<q>[^\"“”«»]+)[\"”»]",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?")


@cache
def _listed(which: str) -> frozenset[str]:
    text = _DATA.joinpath(f"{which}.txt").read_text("utf-8")
    return frozenset(fold(w) for line in text.splitlines() if not line.startswith("#") for w in line.split())


@lru_cache(maxsize=65536)
def is_given(token: str) -> bool:
    """Among the common given names, and not more usual as a surname."""
    folded = fold(token)
    return folded in _listed("given") and folded not in _listed("surnames")


@lru_cache(maxsize=65536)
def is_surname(token: str) -> bool:
    folded = fold(token)
    return folded in _listed("surnames") and folded not in _listed("given")


@lru_cache(maxsize=65536)
def is_common_name(token: str) -> bool:
    """Among the common given names or surnames."""
    folded = fold(token)
    return folded in _listed("given") or folded in _listed("surnames")


def name_parts(name: Name) -> NameParts:
    """The parts of ``name``; all empty when it names nobody.

    Two surnames are the rule in Spanish: of four words the last two are surnames, of three the last two unless
    the second is a common given name. What the division gets wrong, comparison by initials and whole tokens
    forgives; nothing is stored divided.
    """
    return _parts(name)


@lru_cache(maxsize=32768)
def _parts(name: Name) -> NameParts:
    if not name.kind.names_somebody:
        return NameParts()
    text = " ".join(name.printed.split())
    nickname = None
    if m := _ALIAS.search(text):
        nickname = (m["a"] or m["q"] or m["s"]).strip()
        text = f"{text[: m.start()]} {text[m.end() :]}".strip(" ,")
    text = _BRACKETS.sub("", text).strip(" ,;:…")
    if name.kind is NameKind.nickname and not nickname:
        return NameParts(nickname=text)
    rank, text = take_rank(text)
    if name.kind is NameKind.initials:
        return NameParts(initials=initials_printed(text), rank=rank, nickname=nickname)
    if name.kind is NameKind.surname_first or "," in text:
        before, _, after = text.partition(",")
        if after:
            return NameParts(units_of(after), units_of(before), rank=rank, nickname=nickname)
    words, initials = _take_initials(text)
    given, surnames = _divide(units_of(words), name.kind)
    return NameParts(given, surnames, initials, rank, nickname)


def initials_printed(text: str) -> tuple[str, ...]:
    """The letters of "D. A. Q", "R.P.M.Ll." or "DAQ", "Ll" and "Ch" as one when so printed."""
    letters = re.sub(r"[^\w]", "", text)
    if letters.isupper() and "." not in text and " " not in text.strip():
        return tuple(letters)
    return tuple(m[0].rstrip(".") for m in _INITIAL.finditer(text))


def are_initials(text: str) -> bool:
    """Single capitals, of any alphabet, with full stops or spaces between: "D. A. Q", "J.W.T.C.", "R.P.M.Ll."."""
    if len(text) > 3 and "." not in text and " " not in text:
        return False
    letters = [part for part in _LETTER_SPLIT.split(text) if part]
    spelled = all(
        (len(part) == 1 and part.isalpha() and part.upper() == part) or (part in _DIGRAPHS and "." in text)
        for part in letters
    )
    return bool(letters) and spelled and (len(letters) > 1 or len(letters[0]) == 1)


def units_for_initials(unit: str) -> str:
    """The word of a unit whose first letter stands for it: "de la Cruz" by its C, "Da Silva" by its D."""
    words = unit.split()
    kept = [w for w in words if fold(w) not in _SKIPPED_IN_INITIALS] or words
    return kept[0]


def take_rank(text: str) -> tuple[str | None, str]:
    folded = fold(text)
    m = RANK.match(folded)
    if not m or len(folded) != len(text) or m.end() >= len(text):
        return None, text
    return text[: m.end()].strip(), text[m.end() :].strip()


def _take_initials(text: str) -> tuple[str, tuple[str, ...]]:
    """Words and the initials among them: "Yamileth A. H." gives "Yamileth" and ("A", "H")."""
    words: list[str] = []
    initials: list[str] = []
    for token in text.split():
        if are_initials(token):
            initials.extend(initials_printed(token if "." in token else token + "."))
        else:
            words.append(token)
    return " ".join(words), tuple(initials)


def units_of(text: str) -> tuple[str, ...]:
    """Words, each with the particles before it."""
    units: list[str] = []
    pending: list[str] = []
    tokens = [t.strip(".,;") for t in text.split()]
    for token in tokens:
        if not token:
            continue
        pending.append(token)
        if fold(token) not in PARTICLES:
            units.append(" ".join(pending))
            pending = []
    if pending:
        units.append(" ".join(pending))
    return tuple(units)


def _divide(units: tuple[str, ...], kind: NameKind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if kind is NameKind.surname_and_rank and not (units and is_given(units[0])):
        return (), units
    if kind in (NameKind.given_name_only, NameKind.given_name_and_initials):
        return units, ()
    n = len(units)
    if n <= 1:
        return ((), units) if units and is_surname(units[0]) else (units, ())
    if all(is_surname(unit) for unit in units):
        return ((), units) if n == 2 else (units[: max(0, n - 2)], units[max(0, n - 2) :])
    if came_first(units):
        first_given = next(i for i, unit in enumerate(units) if not is_surname(unit))
        return units[first_given:], units[:first_given]
    cut = max(1, n - 2)
    while cut < n - 1 and is_given(units[cut]):
        cut += 1
    while cut > 1 and is_surname(units[cut - 1]):
        cut -= 1
    return units[:cut], units[cut:]


def came_first(units: tuple[str, ...]) -> bool:
    """ "QUISPE MAMANI JUAN CARLOS": known surnames, then known given names, with no comma between."""
    if len(units) < 2 or not is_surname(units[0]):
        return False
    rest = [unit for unit in units if not is_surname(unit)]
    return (
        is_given(units[-1])
        and all(is_given(unit) for unit in rest)
        and units[: len(units) - len(rest)] == tuple(unit for unit in units if is_surname(unit))
    )
