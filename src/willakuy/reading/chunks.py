"""Noun phrases of a sentence, their coordination and what bounds them, without a parser.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from willakuy.reading.lexicon import harm as w
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, NOMINALS, SUFFERS
from willakuy.reading.lexicon.function_words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    PERSONAL,
    PREPOSITIONS,
    ROLE_NOUNS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)
from willakuy.reading.lexicon.speech import CUES, NOUN_READINGS
from willakuy.reading.lexicon.things import COMMON_VERBS, THINGS
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.tokens import Token
from willakuy.statements.names_parts import is_common_name

_OF = frozenset(["of", "de", "del", "'s"])
_JOINS = words("and y e or o u &")
_LINKS = words("de del la las los y van von da dos")
_OBJECT = words("him her_ them me us himself themselves lo le les se nos it")
NUMBERS = words(
    "one two three four five six seven eight nine ten eleven twelve several some many dozens hundreds thousands uno dos tres cuatro cinco seis "
    "siete ocho nueve diez once doce varios varias decenas cientos miles"
)
_MIDDLE = words(
    "more least about over nearly almost approximately some other others another mas menos unos unas otros otras otro otra"
)
_KIN = words("his her their its our my your su sus mi mis nuestro nuestra nuestros nuestras")


@dataclass(slots=True)
class Chunk:
    """Tokens ``[a, b)``: a noun phrase without its "of …"; ``full`` is its end with it. ``head`` is its main noun.

    ``after`` is what stands just before it: "" (nothing), a preposition, ",", a joining word, "v" for a verb.
    """

    a: int
    b: int
    full: int
    head: int


def is_loud(tokens: Sequence[Token]) -> bool:
    """The sentence is in capitals, so that a capital says nothing."""
    words = [t for t in tokens if t.is_word and len(t.words) > 2 and t.words[0].isalpha()]
    return len(words) > 3 and sum(t.words.isupper() for t in words) > 0.7 * len(words)


def chunks_of(tokens: Sequence[Token]) -> list[Chunk]:
    """Every noun phrase, in order. "12 members of the union" is one, with ``full`` after "union"."""
    spanish = is_spanish(tokens)
    kinds = [_kind(tokens, i, spanish) for i in range(len(tokens))]
    bare: list[Chunk] = []
    i = 0
    n = len(tokens)
    while i < n:
        if kinds[i] not in "DWA#R":
            i += 1
            continue
        a, head, number = i, -1, -1
        while i < n and kinds[i] in "DWA#":
            if head >= 0 and (kinds[i] == "D" or (kinds[i] == "#" and _counts_anew(tokens, i))):
                break
            if head < 0 and kinds[i] == "D" and number >= 0 and tokens[i].fold not in _MIDDLE:
                break
            if kinds[i] == "W":
                head = i
            elif kinds[i] == "#":
                number = i
            i += 1
            if i < n and kinds[i] == "." and head == i - 1:
                i += 1
        if kinds[a] == "R" and i == a:
            i += 1
            head = a
        head = max(head, number) if head < 0 else head
        if head < 0:
            if i == a:
                i += 1
            elif any(k in "D#" for k in kinds[a:i]):
                bare.append(Chunk(a, i, i, i - 1))
            continue
        bare.append(Chunk(a, i, i, _head(tokens, a, i, head)))
    return _with_of(tokens, bare)


def _counts_anew(tokens: Sequence[Token], i: int) -> bool:
    """A number after a noun counts what follows ("reporta 14 heridos"), but not in "15-year-old" or "number 5"."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    return nxt is not None and nxt.is_word and not nxt.fold.startswith("year")


def _head(tokens: Sequence[Token], a: int, b: int, last: int) -> int:
    """The main noun: the first noun of people, else the last word (English) of the phrase."""
    people = [k for k in range(a, b) if tokens[k].fold in w.PEOPLE]
    return people[-1] if people else last


def _with_of(tokens: Sequence[Token], bare: list[Chunk]) -> list[Chunk]:
    """Join "members" + "of the union"; a Spanish name keeps its "de la Cruz"."""
    found: list[Chunk] = []
    for chunk in bare:
        before = found[-1] if found else None
        gap = [t.fold for t in tokens[before.full : chunk.a]] if before else []
        if before and gap and len(gap) <= 2 and gap[0] in _OF and all(g in _OF or g in _LINKS for g in gap):
            before.full = chunk.full
            continue
        found.append(chunk)
    return found


def _kind(tokens: Sequence[Token], i: int, spanish: bool) -> str:
    """D determiner, # number, A modifier, W noun, R pronoun, V verb, P preposition, O of, S subordinator, C and, T time, X mark."""
    t = tokens[i]
    f = t.fold
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if not t.is_word:
        inner = i > 0 and nxt is not None and nxt.is_word and len(tokens[i - 1].words) <= 3
        return "." if t.words in ("-", "’", "'", "&") or (t.words == "." and inner) else "X"
    if t.words[0].isdigit() or f in NUMBERS:
        return "#"
    if (known := _SMALL.get(f)) is not None:
        return "W" if f == "son" and not spanish else known
    if f in ("a", "al", "at", "por", "lo", "up"):
        return _of_a(tokens, i, spanish)
    if f in ADJECTIVAL:
        return "A"
    if f in ADVERBS or (f.endswith(("ly", "mente")) and len(f) > 5 and f not in w.PEOPLE):
        return "A" if nxt is not None and nxt.is_word and nxt.fold.endswith(_PARTICIPLES) else "V"
    if f in ("dead", "down") and i and tokens[i - 1].fold in ACTS:
        return "V"
    if f in w.STATES and _stands_as_noun(tokens, i):
        return "W"
    if f in ACTS or f in SUFFERS:
        return "A" if f in ACTS and _is_modifier(tokens, i) else "V"
    if f in NOMINALS or f in w.STATES or f in w.PEOPLE:
        return "W"
    if (f.endswith("ed") and len(f) > 4) or (f.endswith("ing") and len(f) > 5):
        return "A" if _is_modifier(tokens, i) else "V"
    return "V" if len(f) > 4 and (f.endswith(("aron", "ieron", "aban")) or t.words.endswith("ó")) else "W"


ADJECTIVAL = words(
    "armed unarmed united unidentified masked hooded alleged suspected retired organized wanted displaced so-called accused convicted naked "
    "sacred hundred red wicked armado armados armada armadas encapuchado encapuchados encapuchada unidos unidas retirado presunto presuntos "
    "presunta presuntas supuesto supuestos"
)
"""Participles that describe and do not happen."""

_PARTICIPLES = ("ed", "ado", "ados", "ada", "adas")


_SPEECH = (
    frozenset(CUES) - NOUN_READINGS - w.PEOPLE - frozenset(w.STATES) - THINGS - frozenset(NOMINALS) - frozenset(ACTS)
)


def _small() -> dict[str, str]:
    """What a small word is, whatever stands beside it; the first list that holds it decides."""
    kinds: dict[str, str] = {}
    for kind, listed in (
        ("C", _JOINS), ("O", _OF), ("S", ["that", "who", "quien", "quienes"]), ("D", DETERMINERS | _KIN | _MIDDLE),
        ("R", PERSONAL | SUBJECT_PRONOUNS | _OBJECT), ("P", PREPOSITIONS | {"to", "except", "including", "incluyendo", "incluidos", "near", "outside", "via", "per", "ago", "aboard", "despite", "regarding", "such", "either", "neither", "nor", "ni", "hace"}),
        ("S", SUBORDINATORS | {"que", "cuyo", "no", "not", "there", "so", "as", "como", "than"}), ("T", TIME_WORDS | {"last", "next", "early", "late"}), ("V", AUXILIARIES | _SPEECH | COMMON_VERBS | _BECAME),
    ):  # fmt: skip
        for word in listed:
            kinds.setdefault(word, kind)
    for word in ("a", "al", "at", "por", "lo", "up"):
        kinds.pop(word, None)
    return kinds


_BECAME = words("resulto resultaron found hallado hallada encontrado encontrada")
_SMALL = _small()


def _of_a(tokens: Sequence[Token], i: int, spanish: bool) -> str:
    """ "a" is an article in English and a preposition in Spanish; "al menos", "at least", "por lo menos" open a number."""
    f = tokens[i].fold
    after = [t.fold for t in tokens[i + 1 : i + 3]]
    if f == "a":
        return "P" if spanish else "D"
    if f in ("al", "lo", "at", "up") and after[:1] and after[0] in ("menos", "least", "most", "to"):
        return "D"
    if f == "por" and after in (["lo", "menos"],):
        return "D"
    return "R" if f == "lo" else "P"


_SPANISH = words("el la los las un una de del en que y por su se con al fue fueron para segun")
_ENGLISH = words("the of in and to was by that with for on an is at from his who were had have has")


def is_spanish(tokens: Sequence[Token]) -> bool:
    return sum(t.fold in _SPANISH for t in tokens) > sum(t.fold in _ENGLISH for t in tokens)


def _stands_as_noun(tokens: Sequence[Token], i: int) -> bool:
    """ "40 heridos", "the wounded", "tres comuneros muertos": a state that is no verb here."""
    if i == 0:
        return False
    before = tokens[i - 1].fold
    if before in ACTS and not before.endswith(("os", "as", "o", "a")):
        return False
    f = tokens[i].fold
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    counted = (
        tokens[i - 1].words[0].isdigit()
        or before in NUMBERS
        or before in ("the", "los", "las", "el", "la", "otros", "otras", "others", "mas", "de", "and", "y")
    )
    spanish = f.endswith(("o", "a", "os", "as"))
    if f in ("dead", "missing") or (spanish and (counted or before in w.PEOPLE)):
        return not (spanish and nxt is not None and nxt.fold in ("a", "al", "por") and before in ("ha", "han"))
    closes = nxt is None or not nxt.is_word or nxt.fold in PREPOSITIONS or nxt.fold in _JOINS
    return counted and closes


def _is_modifier(tokens: Sequence[Token], i: int) -> bool:
    """A participle before its noun ("the murdered priests", "armed men"), not a verb."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    before = tokens[i - 1] if i else None
    if nxt is None or not nxt.is_word:
        return False
    f = nxt.fold
    if (
        f in DETERMINERS
        or f in PREPOSITIONS
        or f in _OF
        or f in _JOINS
        or f in SUBORDINATORS
        or f in TIME_WORDS
        or f in ("to", "a", "al")
    ):
        return False
    if (
        f in PERSONAL
        or f in _OBJECT
        or nxt.words[0].isdigit()
        or f in NUMBERS
        or f in ADVERBS
        or f in _MIDDLE
        or f in AUXILIARIES
    ):
        return False
    if tokens[i].fold.endswith("ing"):
        return before is not None and before.fold in DETERMINERS
    opens = (
        before is None
        or before.fold in DETERMINERS
        or before.fold in PREPOSITIONS
        or before.fold in _OF
        or before.words[0].isdigit()
        or before.fold in NUMBERS
    )
    adverb = before is not None and before.fold.endswith("ly")
    return opens or adverb or (before is not None and before.fold in _JOINS and f in w.PEOPLE)


# --- what a phrase is about ---


_PRONOUNS = PERSONAL | SUBJECT_PRONOUNS | _OBJECT | words("nobody none nadie nobody anyone everyone someone all both")


def is_pronoun(tokens: Sequence[Token], c: Chunk) -> bool:
    return c.b - c.a == 1 and tokens[c.a].fold in _PRONOUNS


def is_thing(tokens: Sequence[Token], c: Chunk) -> bool:
    """Its main noun is a thing, and no word of it is a noun of people."""
    inside = [t.fold for t in tokens[c.a : c.b]]
    if any(x in w.PEOPLE or x in ROLE_NOUNS for x in inside) or name_in(tokens, c) is not None:
        return False
    return tokens[c.head].fold in THINGS or (inside[-1] in THINGS) or tokens[c.head].fold in TIME_WORDS


def is_people(tokens: Sequence[Token], c: Chunk) -> bool:
    """A noun of people, a role, a state of people ("the wounded"), or a name."""
    inside = [t.fold for t in tokens[c.a : c.b]]
    return (
        any(x in w.PEOPLE or x in w.STATES or x in ROLE_NOUNS or x in DOER_NOUNS for x in inside)
        or name_in(tokens, c) is not None
    )


def is_human(tokens: Sequence[Token], c: Chunk) -> bool:
    """The phrase is about people, and not only described by them: "an army patrol" is, "an army truck" is not."""
    head = tokens[c.head].fold.removesuffix("'s").removesuffix("’s")
    if head in w.PEOPLE or head in w.STATES or head in ROLE_NOUNS:
        return tokens[c.b - 1].fold not in THINGS
    return name_in(tokens, c) is not None and tokens[c.b - 1].fold not in DOER_NOUNS


def name_in(tokens: Sequence[Token], c: Chunk) -> tuple[int, int] | None:
    """Token range of the person's name in the phrase: capitalised words or, in capitals, words known as names."""
    loud = is_loud(tokens)
    a, b = c.a, c.b
    if c.full > c.b and tokens[c.b].fold in ("de", "del") and _is_namelike(tokens, c.b - 1, loud):
        b = c.full
    run = b
    while run > a and (
        _is_namelike(tokens, run - 1, loud)
        or (tokens[run - 1].fold in _LINKS and run < b)
        or (tokens[run - 1].words == "." and run < b)
    ):
        run -= 1
    while run < b and (tokens[run].fold in _LINKS or not tokens[run].is_word):
        run += 1
    titled = _has_title(tokens, run)
    while run < b and _title(tokens[run].fold) and run + 1 < b:
        run, titled = run + 1, True
        while run < b and not tokens[run].is_word:
            run += 1
    if run >= b or (run == c.a and not loud and c.a == 0 and b - run == 1):
        return None
    words = [tokens[k].fold for k in range(run, b)]
    if loud and not any(is_common_name(x) for x in words) and not titled:
        return None
    return run, b


def _is_namelike(tokens: Sequence[Token], k: int, loud: bool) -> bool:
    t = tokens[k]
    if not t.is_word or t.words[0].isdigit():
        return False
    f = t.fold.removesuffix("'s").removesuffix("’s")
    if (
        f in w.PEOPLE
        or f in ROLE_NOUNS
        or f in THINGS
        or f in DETERMINERS
        or f in w.STATES
        or f in DOER_NOUNS
        or f in NOMINALS
    ):
        if f in ROLE_NOUNS or f in DETERMINERS:
            return False
        after_given = k > 0 and is_common_name(tokens[k - 1].fold)
        return (after_given or is_common_name(f)) and (loud or t.is_capital)
    if loud:
        return True
    return t.is_capital


@lru_cache(maxsize=4096)
def _title(word: str) -> bool:
    return word.rstrip(".") in TITLES


TITLES = words(
    "mr mrs ms dr dra sr sra gen gral col cnel capt cap lt tte sgt sgto maj general colonel coronel captain capitan lieutenant teniente major "
    "mayor sergeant sargento corporal cabo father padre monsignor monsenor archbishop arzobispo bishop obispo judge juez president presidente "
    "minister ministro governor gobernador senator senador deputy diputado congressman leader lider dirigente professor profesor journalist "
    "periodista priest sacerdote attorney abogado magistrate candidate engineer ingeniero brother sister hermano don dona nun monja"
)


def _has_title(tokens: Sequence[Token], a: int) -> bool:
    k = a - 1
    if k >= 0 and not tokens[k].is_word:
        k -= 1
    return k >= 0 and _title(tokens[k].fold)
