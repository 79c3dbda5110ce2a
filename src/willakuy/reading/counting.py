"""How many: the numbers of a sentence that count the dead, the wounded, the missing or the detained.

Method: docs/method/reading.md, "Numbers of victims".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.reading.chunks import Chunk
from willakuy.reading.clauses import Clause
from willakuy.reading.lexicon import harm as w
from willakuy.reading.lexicon.acts import ACTS, HARM_OF, NOMINALS, SUFFERS
from willakuy.reading.lexicon.function_words import BE, DETERMINERS, HAVE
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.tokens import Token
from willakuy.statements.numbers import Quantity, find_quantities

_HOLDS = words("total saldo numero cifra grupo toll number group cases casos victims victimas personas people")
"""Nouns whose "of" says what is counted."""
_DEATHS = frozenset(noun for noun, act in NOMINALS.items() if act in ("killed", "died"))


@dataclass(slots=True)
class Count:
    """A number of victims: ``[start, end)`` with its bound words, and the tokens ``[a, b)`` of the phrase it counts."""

    start: int
    end: int
    quantity: Quantity
    harm: str
    a: int
    b: int
    is_negated: bool = False
    population: str = "all"
    group: str | None = None


def _ones(
    text: str, tokens: Sequence[Token], known: Sequence[tuple[int, int, Quantity]]
) -> list[tuple[int, int, Quantity]]:
    """ "un agente", "one medical worker": a number of one before a noun of people."""
    found = []
    for i, t in enumerate(tokens[:-1]):
        if (
            t.fold in ("un", "una", "one")
            and any(x.fold in w.POPULATION or x.fold in w.PEOPLE for x in tokens[i + 1 : i + 3])
            and tokens[i + 1].is_word
        ):
            if (
                (i and tokens[i - 1].fold == "no")
                or tokens[i + 1].fold in ("of", "de", "total", "grupo", "group")
                or any(a <= t.start < b for a, b, _ in known)
            ):
                continue
            found.append((t.start, t.end, Quantity(text[t.start : t.end], 1, 1)))
    return found


def counts_of(
    text: str, start: int, end: int, tokens: Sequence[Token], clause: Clause, harmed: Sequence[tuple[Chunk, str]]
) -> list[Count]:
    """Every number of victims in the sentence; one whose words are not among ``tokens`` (an aside) counts nobody. ``harmed`` are the phrases its acts were done to, with the harm."""
    quantities = [(a + start, b + start, q) for a, b, q in find_quantities(text[start:end])]
    quantities = [_latest(text, tokens, q) for q in quantities]
    quantities = sorted([*quantities, *_ones(text, tokens, quantities)], key=lambda q: q[0])
    found: list[Count] = []
    for at, to, quantity in quantities:
        first = next((k for k, t in enumerate(tokens) if t.end > at), len(tokens))
        if first == len(tokens) or tokens[first].start >= to:
            continue
        last = next((k for k in range(first, len(tokens)) if tokens[k].start >= to), len(tokens))
        if _is_an_age(tokens, first, last) or (
            first and tokens[first - 1].fold == "no" and tokens[first].fold == "one"
        ):
            continue
        b = _phrase_end(clause, first, last)
        nouns = [t.fold for t in tokens[last:b]]
        if any(n in w.NOT_VICTIMS for n in nouns[:4]):
            continue
        kind = _kind_of(tokens, first, last, (last, b), nouns, harmed) or _inherited(tokens, first, last, nouns, found)
        if kind is None:
            continue
        population = next((w.POPULATION[n] for n in nouns if n in w.POPULATION), "all")
        group = next((tokens[last + n].words for n, word in enumerate(nouns) if word in w.PEOPLE), None)
        found.append(Count(at, to, quantity, kind, first, max(b, last), _is_denied(tokens, first), population, group))
    return found


def _is_an_age(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "Rosa Inventada, 42; …", "Rosa (42)": a bare number closed off after a name."""
    if last != first + 1 or first < 2 or not tokens[first].words.isdigit():
        return False
    after = tokens[last].words if last < len(tokens) else "."
    if first > 2 and tokens[first - 3].fold in ("en", "in"):
        return False
    return (
        tokens[first - 1].words in (",", "(")
        and tokens[first - 2].is_capital
        and after in (",", ";", ".", ")", "and", "y")
    )


def _phrase_end(clause: Clause, first: int, last: int) -> int:
    """Where the noun phrase that the number ``[first, last)`` belongs to ends."""
    chunk = clause.over(last - 1) or clause.over(first)
    if chunk is None:
        return last
    return max(last, chunk.full if chunk.b >= last else last)


def _kind_of(
    tokens: Sequence[Token],
    first: int,
    last: int,
    phrase: tuple[int, int],
    nouns: Sequence[str],
    harms: Sequence[tuple[Chunk, str]],
) -> str | None:
    core = next(
        (n for n, word in enumerate(nouns[:6]) if n and word in ("de", "of", "del") and nouns[n - 1] not in _HOLDS), 6
    )
    for n, word in enumerate(nouns[:core]):
        if word in w.COUNTED and not (word in ("victima", "victimas", "victims", "victim") and "heridas" in nouns):
            return w.COUNTED[word]
        if word in w.STATES and n:
            return w.STATES[word]
    for c, harm in harms:
        if c.a <= first < c.full or (first <= c.a < max(last, phrase[1])):
            return harm
    follows = tokens[max(last, phrase[1]) : max(last, phrase[1]) + 7]
    passive = [t.fold for t in follows]
    for n, word in enumerate(passive):
        if word in SUFFERS:
            return HARM_OF[SUFFERS[word]]
        if word in ACTS and any(x in BE for x in passive[:n]) and (known := HARM_OF.get(ACTS[word].act)):
            return known
        if word in w.STATES and all(
            x in BE
            or x in HAVE
            or x in DETERMINERS
            or x in w.PEOPLE
            or x in ("que", "who", "estado", "quedaron", "resultaron")
            for x in passive[:n]
        ):
            return w.STATES[word]
        if word in (".", ";", ":") or (word in ("and", "y") and n):
            break
    return _kind_before(tokens, first, last, nouns)


def _kind_before(tokens: Sequence[Token], first: int, last: int, nouns: Sequence[str]) -> str | None:
    """ "murieron 5", "dejan 9 muertos", "la muerte de 9", "subió a siete el número de personas fallecidas", "death toll … to 40"."""
    near = [t.fold for t in tokens[max(0, first - 5) : first]]
    for word in reversed(near):
        if word in SUFFERS:
            return HARM_OF[SUFFERS[word]]
    if near and near[-1] in ("of", "de") and any(x in _DEATHS for x in near[-3:]):
        return "killed"
    if not nouns and (grown := _grown(tokens, first)) is not None:
        return grown
    before = [t.fold for t in tokens[max(0, first - 14) : first]]
    after = [t.fold for t in tokens[last : last + 9]]
    if len(near) > 1 and near[-1] == ":" and (said := w.STATES.get(near[-2]) or w.COUNTED.get(near[-2])) is not None:
        return said
    if near and near[-1] in ("son", "eran", "fueron", "are", "were", "suman", "sumaron", "total") and not nouns:
        said = next(
            (w.STATES.get(x) or w.COUNTED.get(x) for x in reversed(near) if x in w.STATES or x in w.COUNTED), None
        )
        if said is not None:
            return said
    if (
        near
        and near[-1] in ACTS
        and not near[-1].endswith(("ed", "ado", "ada", "ados", "adas"))
        and ACTS[near[-1]].act in HARM_OF
    ):
        return HARM_OF[ACTS[near[-1]].act]
    if near and near[-1] in (
        "a",
        "en",
        "to",
        "at",
        "es",
        "de",
        "son",
        "is",
        "stands",
        "siendo",
        "asciende",
        "by",
        "of",
    ):
        if "toll" in before or "toll" in after:
            return "killed"
        for words in (after, before):
            if any(x in ("numero", "cifra", "number", "balance", "saldo", "total") for x in words):
                return next(
                    (w.STATES.get(x) or w.COUNTED.get(x) for x in words if x in w.STATES or x in w.COUNTED), None
                )
    if (after[:1] and after[0] in ("las", "los", "the")) or (
        len(after) > 1 and after[0] in ("y", "and") and "no" in after[:2]
    ):
        return next(
            (w.STATES[x] for x in after if x in w.STATES),
            next((HARM_OF[SUFFERS[x]] for x in after if x in SUFFERS), None),
        )
    if near and near[-1] in ("no",) and any(x in w.STATES for x in after):
        return next(w.STATES[x] for x in after if x in w.STATES)
    if any(
        x
        in (
            "incluye",
            "comprende",
            "includes",
            "included",
            "comprises",
            "incluyen",
            "entre",
            "among",
            "including",
            "detalla",
        )
        for x in near
    ):
        return next(
            (w.STATES.get(x) or w.COUNTED.get(x) for x in [*before, *near] if x in w.STATES or x in w.COUNTED), None
        )
    if first == 0 and nouns and nouns[0] in ("personas", "people"):
        return None
    return None


_GROWS = words(
    "subio subieron sube suben aumento aumentaron aumenta aumentan llego llegaron llega llegan ascendio ascendieron asciende ascienden paso pasaron pasa pasan "
    "elevo elevaron crecio crecieron suma suman sumaron sumaban alcanzo alcanzaron alcanza alcanzan bajo bajaron cayo rose rises risen reached reaches climbed "
    "increased grew fell dropped"
)
"""Verbs after which the number is of the people just named: "los heridos llegan a 68", "the dead reached 12"."""


def _grown(tokens: Sequence[Token], first: int) -> str | None:
    at = next((k for k in range(first - 1, max(-1, first - 7), -1) if tokens[k].fold in _GROWS), None)
    if at is None or any(not t.is_word for t in tokens[at:first]):
        return None
    for k in range(at - 1, max(-1, at - 12), -1):
        word = tokens[k].fold
        if not tokens[k].is_word or word in ("mientras", "while", "y", "and"):
            return None
        if known := w.STATES.get(word) or w.COUNTED.get(word):
            return known
    return None


def _latest(text: str, tokens: Sequence[Token], found: tuple[int, int, Quantity]) -> tuple[int, int, Quantity]:
    """ "pasó de 18 a 20" is 20 now, and no range; "entre 18 y 20" is one."""
    at, to, quantity = found
    if quantity.hi is None or quantity.lo == quantity.hi or not (m := _FROM_TO.match(text, at, to)):
        return found
    before = [t.fold for t in tokens if t.end <= at][-7:]
    if not any(x in _GROWS for x in before):
        return found
    again = [(a + m.start("now"), b + m.start("now"), q) for a, b, q in find_quantities(text[m.start("now") : to])]
    return again[0] if len(again) == 1 else found


_FROM_TO = re.compile(r"(?:(?:de|from)\s+)?.{1,30}?\s(?:a|to)\s+(?P<now>\S.*)", re.IGNORECASE | re.DOTALL)


def _inherited(
    tokens: Sequence[Token], first: int, last: int, nouns: Sequence[str], found: Sequence[Count]
) -> str | None:
    """A number in a list takes its noun from the one before: "7 víctimas de Lampa, 5 de Ayaviri y 1 de Melgar"."""
    if not found:
        return None
    between = tokens[found[-1].b : first]
    far = sum(t.is_word for t in between)
    joins = [t.fold for t in between]
    own = [t.fold for t in tokens[last : last + 4]]
    opens = joins[-1] if joins else ""
    if any(x in w.NOT_VICTIMS for x in own):
        return None
    following = tokens[last].fold if last < len(tokens) else ""
    if joins[-2:] in (
        ["los", "cuales"],
        ["las", "cuales"],
        ["of", "whom"],
        ["of", "which"],
        ["of", "them"],
        ["de", "ellos"],
    ):
        return found[-1].harm
    if following in ("por", "by") and opens in (":", ",", "(", "y", "and"):
        return found[-1].harm
    if opens == "(" and any(n in w.PEOPLE for n in nouns[:3]):
        return found[-1].harm
    is_place = opens == "," and far <= 8 and any(x in ("en", "in") for x in joins) and tokens[first - 2].is_capital
    if is_place and following in (";", ".", ",", "", "y", "and", ")"):
        return found[-1].harm
    capital = last + 1 < len(tokens) and tokens[last + 1].is_capital
    if following in ("de", "en", "in", "from") and (capital or far <= 8):
        return found[-1].harm
    if (
        following in ("of", "de")
        and last + 1 < len(tokens)
        and tokens[last + 1].fold in ("them", "whom", "los", "ellos", "ellas", "estos")
    ):
        return found[-1].harm
    if (
        any(n in w.PEOPLE for n in nouns[:3])
        and far <= 14
        and not any(x in (".", ";") for x in joins)
        and any(
            x in ("y", "and", "asi", "ademas", "como", "mientras", "including", "incluidos", "entre") for x in joins
        )
    ):
        return found[-1].harm
    return None


def _is_denied(tokens: Sequence[Token], first: int) -> bool:
    return first > 0 and tokens[first - 1].fold in ("no", "not") and first > 1
