"""Read how many people a phrase or a text speaks of. Method: docs/method/numbers.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from willakuy.statements.dates_scan import scan
from willakuy.statements.folding import fold_aligned
from willakuy.statements.numbers_value import Bound, Quantity
from willakuy.statements.numbers_words import Number, numbers_in

LONGEST_PHRASE = 400

_BEFORE: list[tuple[Bound, str]] = [
    (Bound.at_least, r"al\s+menos|por\s+lo\s+menos|cuando\s+menos|como\s+minimo|un\s+minimo\s+de|no\s+menos\s+de|minimo|at\s+least|"
     r"no\s+(?:less|fewer)\s+than|not\s+less\s+than|a\s+minimum\s+of|minimum|≥|>="),
    (Bound.more_than, r"mas\s+de(?:\s+l[oa]s)?|superan?\s+l[oa]s|supero\s+l[oa]s|por\s+encima\s+de(?:\s+l[oa]s)?|superior\s+a|more\s+than|over|upwards\s+of|above|in\s+excess\s+of|exceeds?|\+|>"),
    (Bound.at_most, r"a\s+lo\s+(?:mas|sumo)|como\s+maximo|un\s+maximo\s+de|maximo|no\s+mas\s+de|hasta|at\s+most|no\s+more\s+than|not\s+more\s+than|"
     r"up\s+to|as\s+many\s+as|a\s+maximum\s+of|maximum|≤|<="),
    (Bound.fewer_than, r"menos\s+de(?:\s+l[oa]s)?|por\s+debajo\s+de(?:\s+l[oa]s)?|(?:fewer|less)\s+than|under|below|<"),
    (Bound.almost, r"casi|nearly|almost|just\s+under"),
    (Bound.about, r"cerca\s+de(?:\s+l[oa]s)?|alrededor\s+de(?:\s+l[oa]s)?|en\s+torno\s+a|aproximadamente|aprox\.?|unos|unas|un[oa]s|about|around|some|"
     r"roughly|approximately|an\s+estimated|close\s+to|circa|c\.|~|≈"),
]  # fmt: skip
_AFTER: list[tuple[Bound, str]] = [
    (Bound.at_least, r"o\s+mas|or\s+more|como\s+minimo|al\s+menos|por\s+lo\s+menos|at\s+least|\+"),
    (Bound.at_most, r"o\s+menos|or\s+fewer|or\s+less|como\s+maximo|at\s+most"),
    (Bound.about, r"aproximadamente|aprox\.?|approximately|or\s+so|mas\s+o\s+menos|more\s+or\s+less"),
]
_BEFORE_RE = [(bound, re.compile(rf"(?<!\w)(?:{words})\s*(?:(?:a|the|los|las)\s+)?$")) for bound, words in _BEFORE]
_AFTER_RE = [(bound, re.compile(rf"\s*(?:{words})(?!\w)")) for bound, words in _AFTER]

_RANGE = re.compile(r"\s*(?:-|\ba\b|\by\b|\bto\b|\band\b|\bo\b|\bu\b|\bor\b)\s*")
_DASHED = re.compile(r"(?<![\w.,/:-])(\d{1,3})-(\d{1,3})(?![\w/:%-]|[.,]\d)", re.ASCII)
_ENTRE = re.compile(r"(?<!\w)(?:entre|de|between|from)\s*$")
_NOT_THE_FIRST = re.compile(r"(?<!\w)(?:no|not)\s*$")
_BUT = re.compile(r"[\s,]*(?:sino|but)\s*")

_UNITS = {"decena": 10, "docena": 12, "quincena": 15, "veintena": 20, "treintena": 30, "cuarentena": 40, "cincuentena": 50,
          "centena": 100, "centenar": 100, "millar": 1000, "dozen": 12}  # fmt: skip
_VAGUE = re.compile(
    r"(?<!\w)(?:(?:(?:varias|algunas|muchas|several|many)\s+)?(?P<tens>decenas|tens|docenas|dozens|centenas|centenares|cientos|hundreds|miles|"
    r"millares|thousands)(?:\s+(?:de|of)\s+(?P<of>miles|thousands))?|(?P<few>varios|varias|algunos|algunas|several|a\s+few|unos\s+cuantos|unas\s+cuantas|"
    r"numerosos|numerosas|numerous|multiple|multiples))(?!\w)"
)
_VAGUE_UNIT = {"decenas": 20, "tens": 20, "docenas": 24, "dozens": 24, "centenas": 200, "centenares": 200, "cientos": 200,
               "hundreds": 200, "miles": 2000, "millares": 2000, "thousands": 2000}  # fmt: skip
_COLLECTIVE = re.compile(
    r"(?<!\w)(?P<half>media\s+|medio\s+|half\s+a\s+)?(?:(?P<one>una|un|a)\s+)?"
    rf"(?P<unit>{'|'.join(_UNITS)})(?!\w)(?:\s+(?:de|of)\b)?"
)
_UNITS_AFTER = re.compile(r"\s+(?P<unit>decenas|docenas|veintenas|centenas|centenares|millares|dozen)(?!\w)")
_PAIR = re.compile(r"(?<!\w)(?:(?P<both>ambos|ambas|both)|un\s+par|a\s+couple)(?!\w)(?:\s+(?:de|of)\b)?")
_NONE = re.compile(r"(?<!\w)(?:ningun|ninguno|ninguna|none|nobody|nadie)(?!\w)")


def parse_quantity(words: str) -> Quantity | None:
    """The number a phrase states, with its bound; ``None`` if it states none.

    "Seis y no siete" is six. A phrase with several numbers ("20 fallecidos en enfrentamientos y otros cinco")
    gives the first. Decimals are not people: "1,5" is ``None``, "1.247" and "1,247" are 1247.
    """
    return _parse(words)


@lru_cache(maxsize=16384)
def _parse(words: str) -> Quantity | None:
    if not words or len(words) > LONGEST_PHRASE:
        return None
    folded = fold_aligned(words)
    first = next(iter(_read(folded)), None)
    if first is None:
        return None
    _, _, lo, hi, bound = first
    return Quantity(words, lo, hi, bound)


def find_quantities(text: str, language: str | None = None) -> list[tuple[int, int, Quantity]]:
    """Every number of things counted in running text: ``(start, end, quantity)``, bound words included.

    Years, dates, ages, ordinals, percentages, money, measures, times of day, numbers of decrees and streets
    are passed over, and so is "one"/"un" unless people are named right after it. ``language`` is not needed.
    """
    folded = fold_aligned(text)
    dated = bytearray(len(folded))
    for e in scan(text, folded, is_cell=False):
        dated[e.start : e.end] = b"\x01" * (e.end - e.start)
    return [
        (start, end, Quantity(text[start:end], lo, hi, bound))
        for start, end, lo, hi, bound in _read(folded, running=text)
        if not any(dated[start:end])
    ]


LOOK_BACK = 60
"""Characters before a number that may qualify it; a bound, so that long texts take time in proportion."""


def _before(pattern: re.Pattern[str], folded: str, at: int) -> re.Match[str] | None:
    return pattern.search(folded, max(0, at - LOOK_BACK), at)


_Read = tuple[int, int, int, int | None, Bound]


def _read(folded: str, running: str | None = None) -> Iterator[_Read]:
    """``(start, end, lo, hi, bound)`` of each quantity, in order."""
    reads: list[_Read] = list(_collectives(folded, is_running=running is not None))
    for m in _DASHED.finditer(folded):
        if int(m[1]) < int(m[2]) and not (running and _NOT_PEOPLE_AFTER.match(folded, m.end())):
            reads.append((*m.span(), int(m[1]), int(m[2]), Bound.between))
    numbers = list(numbers_in(folded))
    if running is not None:
        numbers = [n for n in numbers if _counts_people(running, folded, n)]
    spoken_for = bytearray(len(folded))
    for start, end, *_ in reads:
        spoken_for[start:end] = b"\x01" * (end - start)
    i = 0
    while i < len(numbers):
        read, used = _bounded(folded, numbers, i)
        i += used
        if not any(spoken_for[read[0] : read[1]]):
            reads.append(read)
    return iter(sorted(reads, key=lambda r: (r[0], r[1])))


def _bounded(folded: str, numbers: list[Number], i: int) -> tuple[_Read, int]:
    """The quantity that begins with number ``i``, and how many numbers it takes up."""
    n = numbers[i]
    after = numbers[i + 1] if i + 1 < len(numbers) else None
    if after and _before(_NOT_THE_FIRST, folded, n.start) and _BUT.fullmatch(folded[n.end : after.start]):
        return (n.start, after.end, after.value, after.value, Bound.exactly), 2
    if after and (read := _range(folded, n, after)):
        return read, 2
    start, end, value = n.start, n.end, n.value
    if unit := _UNITS_AFTER.match(folded, end):
        end, value = unit.end(), value * _UNITS[re.sub(r"(?:es|s)$", "", unit["unit"])]
    for bound, pattern in _BEFORE_RE:
        if m := _before(pattern, folded, start):
            return (m.start(), end, *_limits(bound, value), bound), 1
    for bound, pattern in _AFTER_RE:
        if m := pattern.match(folded, end):
            return (start, m.end(), *_limits(bound, value), bound), 1
    bound = Bound.about if unit else Bound.exactly
    return (start, end, value, value, bound), 1


def _range(folded: str, n: Number, after: Number) -> _Read | None:
    between = folded[n.end : after.start]
    if n.value >= after.value or not _RANGE.fullmatch(between):
        return None
    word = between.strip()
    lead = _before(_ENTRE, folded, n.start)
    if word in ("y", "and") and not (lead and lead[0].strip() in ("entre", "between")):
        return None
    if word in ("o", "u", "or") and after.value - n.value > 3:
        return None
    start = lead.start() if lead and lead[0].strip() != "de" else n.start
    return start, after.end, n.value, after.value, Bound.between


def _limits(bound: Bound, value: int) -> tuple[int, int | None]:
    match bound:
        case Bound.at_least:
            return value, None
        case Bound.more_than:
            return value + 1, None
        case Bound.at_most | Bound.almost:
            return 0, value
        case Bound.fewer_than:
            return 0, max(value - 1, 0)
        case _:
            return value, value


def _collectives(folded: str, *, is_running: bool) -> Iterator[_Read]:
    """Words that count without a number: "decenas", "media docena", "ambos", "several"."""
    for m in _VAGUE.finditer(folded):
        if is_running and m["few"] and not _ONE_OF_US.match(folded, m.end()):
            continue
        lo = 2 if m["few"] else _VAGUE_UNIT[m["tens"]] * (1000 if m["of"] else 1)
        yield *m.span(), lo, None, Bound.vague
    for m in _COLLECTIVE.finditer(folded):
        if m["one"] or m["half"]:
            value = _UNITS[m["unit"]] // (2 if m["half"] else 1)
            yield (*_with_bound(folded, m, value, Bound.about),)
    for m in _PAIR.finditer(folded):
        yield *m.span(), 2, 2, Bound.exactly if m["both"] else Bound.about
    for m in _NONE.finditer(folded):
        yield *m.span(), 0, 0, Bound.exactly


def _with_bound(folded: str, m: re.Match[str], value: int, plain: Bound) -> _Read:
    for bound, pattern in _BEFORE_RE:
        if lead := _before(pattern, folded, m.start()):
            return (lead.start(), m.end(), *_limits(bound, value), bound)
    return (*m.span(), value, value, plain)


_PEOPLE = (
    r"personas?|people|persons?|civil(?:es|ians?)?|muert[oa]s?|fallecid[oa]s?|herid[oa]s?|dead|deaths?|killed|wounded|injured|victimas?|victims?|"
    r"policias?|police|officers?|soldados?|soldiers?|militares|menor(?:es)?|minors?|nin[oa]s?|child(?:ren)?|jovene?s?|joven|youths?|"
    r"manifestantes?|protest[eo]rs?|desaparecid[oa]s?|missing|detenid[oa]s?|detainees|hombres?|mujer(?:es)?|m[ae]n|wom[ae]n|campesin[oa]s?|"
    r"trabajador(?:es)?|estudiantes?|students?|peru(?:anos|vians)|ciudadan[oa]s|bebes?|bab(?:y|ies)|decesos|muertes|casos|cases|adolescentes?|"
    r"pobladores|comuneros|brigadistas?|medicos?|doctors?|periodistas?|journalists?|familias|families|deudos|innocent|innocent[es]s"
)
_ONE_OF_US = re.compile(rf"\s+(?:\w+\s+)?(?:{_PEOPLE})\b")
_WORD_ONE = frozenset({"un", "una", "uno", "one"})
_NAME_BEFORE = re.compile(r"[^\W\d_a-z][\w'’]+\s+(?:de\s+|del\s+|la\s+)*[^\W\d_a-z][\w'’]*\.?\s*,\s*$")
_STOP_AFTER = re.compile(r"\s*[,.;)]")
_CAPITAL_AFTER = re.compile(r"\s+[A-ZÁÉÍÓÚÑ]")
_YEAR_LIKE = re.compile(r"(?:1[5-9]|20)\d\d")
_NOT_PEOPLE_AFTER = re.compile(
    r"\s?(?:%|º|°|ª|(?:st|nd|rd|th|ro|er|ero|do|vo|ma|mo)\b|por\s+ciento|per\s?cent|años|anos?\b|years?\b|yr|meses\b|months?\b|mes\b|semanas?\b|weeks?\b|dias?\b|days?\b|"
    r"horas?\b|hours?\b|hrs?\b|minut[eo]s?\b|segundos\b|seconds\b|mm\b|cm\b|km\b|kms\b|m\b|metros\b|met(?:er|re)s\b|kilomet\w+|kilos?\b|kg\b|litros\b|"
    r"soles\b|dolares\b|dollars\b|euros\b|pesos\b|veces\b|times\b|grados\b|degrees\b|a\.?\s?m\b|p\.?\s?m\b|de\s+la\s+(?:manana|tarde|noche)|o'clock|-?\s?year|"
    r"regiones\b|regions\b|provincias\b|provinces\b|distritos\b|bloqueos\b|puntos\b|paginas?\b|pages?\b|balas?\b|bullets\b|disparos\b|shots\b|perdigones\b|"
    r"impactos\b|cartuchos\b|cartridges\b|tweets?\b|mil\s+soles)"
)  # fmt: skip
_NOT_PEOPLE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:s/\.?|us\$|\$|€|n[°º.]|no\.|num\.|articulo|article|art\.|decreto|ley|law|pagina|page|p\.|pp\.|capitulo|chapter|km|"
    r"calibre|caliber|aged|edad\s+de|ruta|route|lote|dni|expediente|resolucion|avenida|av\.|jr\.|jiron|calle|hospital|plaza|a\s+las?|at|grupo\s+de\s+los)"
    r"(?:\s+(?:supremo|legislativo|n[°º.]))?|[$€#])\s*$"
)


def _counts_people(text: str, folded: str, n: Number) -> bool:
    """Whether number ``n`` of running text may count people, rather than years, ages, money or a street."""
    word = folded[n.start : n.end]
    if _NOT_PEOPLE_AFTER.match(folded, n.end) or _before(_NOT_PEOPLE_BEFORE, folded, n.start):
        return False
    counts_people = bool(_ONE_OF_US.match(folded, n.end))
    if word in _WORD_ONE:
        return counts_people and (not text[n.start].isupper() or _is_loud(text, n) or _starts_sentence(text, n))
    if n.is_figure:
        if _YEAR_LIKE.fullmatch(word):
            return counts_people
        return not _in_brackets_alone(folded, n) and not _age_after_a_name(text, n)
    is_named = text[n.start].isupper() and _CAPITAL_AFTER.match(text, n.end)
    return not is_named or _starts_sentence(text, n) or (_is_loud(text, n) and (counts_people or word != "diez"))


def _is_loud(text: str, n: Number) -> bool:
    """The words around are in capitals, so that a capital does not make a name of a number ("SEIS CAMPESINOS")."""
    return text[max(0, n.start - 24) : n.end + 24].isupper()


def _starts_sentence(text: str, n: Number) -> bool:
    before = text[max(0, n.start - LOOK_BACK) : n.start].rstrip(" \t\n\"'“”«(¿¡—–-")
    return not before or before[-1] in ".!?:;"


def _age_after_a_name(text: str, n: Number) -> bool:
    """ "Pedro Inventado, 18, ..." gives an age."""
    return bool(_NAME_BEFORE.search(text, max(0, n.start - 60), n.start)) and bool(_STOP_AFTER.match(text, n.end))


def _in_brackets_alone(folded: str, n: Number) -> bool:
    """ "(15)" after a name is an age, or the number of a row."""
    return folded[n.start - 1 : n.start] == "(" and folded[n.end : n.end + 1] == ")"
