"""What each word of a sentence is in a noun phrase: determiner, number, modifier, noun, verb; in capitals and lower case too.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Sequence

from willakuy.reading.lexicon import harm as w
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, NOMINALS, PRESENT, SUFFERS
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
from willakuy.reading.lexicon.people import ADJECTIVES
from willakuy.reading.lexicon.speech import CUES, NOUN_READINGS
from willakuy.reading.lexicon.things import COMMON_VERBS, THINGS
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.tokens import Token
from willakuy.statements.names_parts import is_common_name

OF = frozenset(["of", "de", "del", "'s"])

JOINS = words("and y e or o u &")

LINKS = words("de del la las los y van von da dos")
OBJECT_PRONOUNS = words("him her_ them me us himself themselves lo le les se nos it")

NUMBERS = words(
    "one two three four five six seven eight nine ten eleven twelve several some many dozens hundreds thousands uno dos tres cuatro cinco seis "
    "siete ocho nueve diez once doce varios varias decenas cientos miles"
)

MIDDLE = words(
    "more least about over nearly almost approximately some other others another mas menos unos unas otros otras otro otra"
)

_KIN = words("his her their its our my your su sus mi mis nuestro nuestra nuestros nuestras")

ADJECTIVAL = words(
    "armed unarmed united unidentified masked hooded alleged suspected retired organized wanted displaced so-called accused convicted naked "
    "sacred hundred red wicked armado armados armada armadas encapuchado encapuchados encapuchada unidos unidas retirado presunto presuntos "
    "presunta presuntas supuesto supuestos"
)
"""Participles that describe and do not happen."""

_OPENS_ANEW = frozenset([".", ":", "?", "!", "-", "—", "–", "•", "“", "”", "«", '"', "‘", "¿", "¡", "(", "["])

_PARTICIPLES = ("ed", "ado", "ados", "ada", "adas")

_SPEECH = (
    frozenset(CUES) - NOUN_READINGS - w.PEOPLE - frozenset(w.STATES) - THINGS - frozenset(NOMINALS) - frozenset(ACTS)
)

_BECAME = words("cayera cayeran cayo cayeron resulto resultaron found hallado hallada encontrado encontrada")


def is_loud(tokens: Sequence[Token]) -> bool:
    """The sentence is in capitals, so that a capital says nothing."""
    words = [t for t in tokens if t.is_word and len(t.words) > 2 and t.words[0].isalpha()]
    return len(words) > 3 and sum(t.words.isupper() for t in words) > 0.7 * len(words)


def capitals_tell(tokens: Sequence[Token]) -> bool:
    """A capital inside the sentence marks a name: it is neither in capitals nor a title with a capital on every word."""
    long = [t for t in tokens[1:] if t.is_word and len(t.words) > 3 and t.words[0].isalpha()]
    return not is_loud(tokens) and (len(long) < 4 or sum(t.is_capital for t in long) < 0.65 * len(long))


_SPANISH = words("el la los las un una de del en que y por su se con al fue fueron para segun")


_ENGLISH = words("the of in and to was by that with for on an is at from his who were had have has")


def is_spanish(tokens: Sequence[Token]) -> bool:
    spanish, english = sum(t.fold in _SPANISH for t in tokens), sum(t.fold in _ENGLISH for t in tokens)
    if spanish or english:
        return spanish > english
    long = [t.fold for t in tokens if t.is_word and len(t.fold) > 3]
    return sum(x.endswith(("a", "o", "as", "os", "an", "en", "on", "e")) for x in long) > 0.6 * len(long)


def kind_of(tokens: Sequence[Token], i: int, spanish: bool, tells: bool) -> str:
    """D determiner, # number, A modifier, W noun, R pronoun, V verb, P preposition, O of, S subordinator, C and, T time, X mark."""
    t = tokens[i]
    f = t.fold
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if _is_years_old(tokens, i):
        return "A"
    if not t.is_word:
        inner = i > 0 and nxt is not None and nxt.is_word and len(tokens[i - 1].words) <= 3
        return "." if t.words in ("-", "’", "'", "&") or (t.words == "." and inner) else "X"
    if t.words[0].isdigit() or f in NUMBERS:
        return "#"
    named = tells and i > 0 and t.is_capital and tokens[i - 1].words not in _OPENS_ANEW
    if (known := _SMALL.get(f)) is not None:
        return "W" if (f == "son" and not spanish) or (known == "V" and named and f not in AUXILIARIES) else known
    if f == "frente" and nxt is not None and nxt.fold in ("a", "al"):
        return "P"
    if f in ("a", "al", "at", "por", "lo", "up"):
        return _of_a(tokens, i, spanish)
    if f in ADJECTIVAL or (f == "following" and i > 0 and tokens[i - 1].fold in DETERMINERS):
        return "A"
    if named and f not in ACTS:
        return "W"
    if f in ADVERBS or (f.endswith(("ly", "mente")) and len(f) > 5 and f not in w.PEOPLE):
        return "A" if nxt is not None and nxt.is_word and nxt.fold.endswith(_PARTICIPLES) else "V"
    if f in ("dead", "down") and i and tokens[i - 1].fold in ACTS:
        return "V"
    if f in w.STATES and _stands_as_noun(tokens, i):
        return "W"
    if f in ACTS or f in SUFFERS:
        return "A" if f in ACTS and _is_modifier(tokens, i) else "V"
    if f in PRESENT and _is_present(tokens, i):
        return "V"
    if i and tokens[i - 1].fold == "to" and _is_infinitive(tokens, i, tells):
        return "V"
    if f in NOMINALS or f in w.STATES or f in w.PEOPLE:
        return "W"
    if (f.endswith("ed") and len(f) > 4) or (f.endswith("ing") and len(f) > 5):
        return "A" if _is_modifier(tokens, i) else "V"
    return "V" if len(f) > 4 and (f.endswith(("aron", "ieron", "aban")) or t.words.endswith("ó")) else "W"


def names_people(tokens: Sequence[Token], k: int, b: int) -> bool:
    """A noun of people; a word of nation or belief only where no other noun follows that it describes."""
    f = tokens[k].fold.removesuffix("'s")
    if f not in w.PEOPLE:
        return False
    if f not in ADJECTIVES or k + 1 >= b:
        return True
    nxt = tokens[k + 1]
    return (
        nxt.fold in w.PEOPLE
        or nxt.fold in ROLE_NOUNS
        or is_common_name(nxt.fold)
        or (nxt.is_capital and not nxt.words.isupper())
    )


def _is_infinitive(tokens: Sequence[Token], i: int, tells: bool) -> bool:
    """ "To mourn Rosa", "to bury the dead": between "to" and a phrase of its own."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is None or not nxt.is_word or tokens[i].words[0].isdigit() or (tells and tokens[i].is_capital):
        return False
    return nxt.fold in DETERMINERS or nxt.fold in OBJECT_PRONOUNS or (tells and nxt.is_capital)


def _is_present(tokens: Sequence[Token], i: int) -> bool:
    """ "Soldiers kill seven", "police arrest students", "attack leaves": a verb after who does it and before whom it is done to."""
    before, nxt = (tokens[i - 1].fold if i else ""), tokens[i + 1] if i + 1 < len(tokens) else None
    after = tokens[i + 2].fold if i + 2 < len(tokens) else ""
    counts = (
        nxt is not None and nxt.fold in ("at", "more", "over", "up") and after in ("least", "than", "to")
    ) or after[:1].isdigit()
    if (
        nxt is None
        or not nxt.is_word
        or (nxt.fold in PREPOSITIONS and not counts)
        or nxt.fold in OF
        or nxt.fold in JOINS
    ):
        return False
    does = before in DOER_NOUNS and before.endswith(("s", "men", "police", "troops", "mob", "army", "militia"))
    cause = before in NOMINALS or before in THINGS or before in DOER_NOUNS
    return (does and not tokens[i].fold.endswith("s")) or (cause and tokens[i].fold.endswith("s") and _counts(nxt))


def _counts(t: Token) -> bool:
    return t.words[0].isdigit() or t.fold in NUMBERS or t.fold in DETERMINERS or t.fold in w.PEOPLE


def _is_years_old(tokens: Sequence[Token], i: int) -> bool:
    """Any part of "26-year-old", which only describes."""
    t = tokens[i]
    if t.words != "-" and not t.words[0].isdigit() and not t.fold.startswith(("year-", "month-", "day-")):
        return False
    return any(
        k >= 0 and k + 2 < len(tokens)
        and tokens[k].words.isdigit() and tokens[k + 1].words == "-" and tokens[k + 2].fold.startswith(("year-", "month-", "day-"))
        for k in (i - 2, i - 1, i)
    )  # fmt: skip


def _small() -> dict[str, str]:
    """What a small word is, whatever stands beside it; the first list that holds it decides."""
    kinds: dict[str, str] = {}
    for kind, listed in (
        ("C", JOINS), ("O", OF), ("S", ["that", "who", "quien", "quienes"]), ("D", DETERMINERS | _KIN | MIDDLE),
        ("R", PERSONAL | SUBJECT_PRONOUNS | OBJECT_PRONOUNS), ("P", PREPOSITIONS | {"to", "except", "including", "incluyendo", "incluidos", "near", "outside", "via", "per", "ago", "aboard", "along", "together", "junto", "despite", "regarding", "such", "either", "neither", "nor", "ni", "hace"}),
        ("S", SUBORDINATORS | {"que", "cuyo", "no", "not", "there", "so", "as", "como", "than"}), ("T", TIME_WORDS | {"last", "next", "early", "late"}), ("V", AUXILIARIES | _SPEECH | COMMON_VERBS | _BECAME),
    ):  # fmt: skip
        for word in listed:
            kinds.setdefault(word, kind)
    for word in ("a", "al", "at", "por", "lo", "up"):
        kinds.pop(word, None)
    return kinds


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
    closes = nxt is None or not nxt.is_word or nxt.fold in PREPOSITIONS or nxt.fold in JOINS
    return counted and closes


def _is_modifier(tokens: Sequence[Token], i: int) -> bool:
    """A participle before its noun ("the murdered priests", "armed men"), not a verb."""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    before = tokens[i - 1] if i else None
    if nxt is None or not nxt.is_word or tokens[i].fold.endswith(("aron", "ieron")) or tokens[i].words.endswith("ó"):
        return False
    f = nxt.fold
    if (
        f in DETERMINERS
        or f in PREPOSITIONS
        or f in OF
        or f in JOINS
        or f in SUBORDINATORS
        or f in TIME_WORDS
        or f in ("to", "a", "al")
    ):
        return False
    if (
        f in PERSONAL
        or f in OBJECT_PRONOUNS
        or nxt.words[0].isdigit()
        or f in NUMBERS
        or f in ADVERBS
        or f in MIDDLE
        or f in AUXILIARIES
    ):
        return False
    if tokens[i].fold.endswith("ing"):
        return before is not None and before.fold in DETERMINERS
    opens = (
        before is None
        or before.fold in DETERMINERS
        or before.fold in PREPOSITIONS
        or before.fold in OF
        or before.words[0].isdigit()
        or before.fold in NUMBERS
    )
    if (
        before is not None
        and before.fold == "that"
        and i > 1
        and tokens[i - 2].is_word
        and tokens[i - 2].fold not in CUES
    ):
        return False
    adverb = before is not None and before.fold.endswith("ly")
    return (
        opens or adverb or (before is not None and before.fold in JOINS and f in w.PEOPLE and f.endswith(("s", "men")))
    )
