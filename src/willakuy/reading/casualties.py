"""Figures, victims and those held responsible, from the words of one sentence.

Method: docs/method/reading.md, "Casualties".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from willakuy.reading.lexicon import harm as w
from willakuy.reading.lexicon.function_words import (
    BE,
    DETERMINERS,
    HAVE,
    PERSONAL,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_WORDS,
)
from willakuy.reading.speakers import NAME, People
from willakuy.reading.tokens import Token
from willakuy.statements.numbers import Quantity, find_quantities

Span = tuple[int, int]
_TRIGGER = re.compile(
    r"\b(?:"
    + "|".join(
        sorted(
            {re.escape(x) for x in [*w.DOES, *w.SUFFERS, *w.STATES, *w.COUNTED, "perdio", "perdieron", "lost", "toll"]},
            key=len,
            reverse=True,
        )
    )
    + r")\b"
)
_LOST_LIFE = re.compile(
    r"\b(?:perdi(?:o|eron)|perder|lost|lose|loses|pierden?)\s+(?:la|su|sus|las|his|her|their|the)?\s*(?:vidas?|li(?:fe|ves))\b"
)
_AMONG = frozenset(["and", "y", "e", "or", "o", ","])


@dataclass(slots=True)
class Harm:
    """One victim phrase: tokens ``[a, b)`` of the sentence, what befell them, and who is said to have done it."""

    a: int
    b: int
    harm: str
    at: int
    agent: tuple[int, int] | None = None
    quantity: Quantity | None = None
    quantity_at: Span | None = None
    is_negated: bool = False


@dataclass(slots=True)
class Count:
    """A number of victims: its span with bound words, and the noun phrase it counts."""

    start: int
    end: int
    quantity: Quantity
    harm: str
    a: int
    b: int
    is_negated: bool = False
    population: str = "all"
    group: str | None = None


@dataclass(slots=True)
class Casualties:
    counts: list[Count] = field(default_factory=list)
    harms: list[Harm] = field(default_factory=list)


def may_speak_of_harm(folded: str) -> bool:
    """A quick look, before the careful one."""
    return _TRIGGER.search(folded) is not None


def casualties(text: str, folded: str, start: int, end: int, tokens: Sequence[Token], people: People) -> Casualties:
    """Everything the sentence says of victims. ``tokens`` are all of its words, those inside quotation marks too."""
    found = Casualties()
    if not may_speak_of_harm(folded[start:end]):
        return found
    found.harms = _harms(tokens, folded, people)
    quantities = [(a + start, b + start, q) for a, b, q in find_quantities(text[start:end])]
    quantities = sorted([*quantities, *_ones(text, tokens, quantities)], key=lambda q: q[0])
    found.counts = _counts(tokens, quantities, found.harms, folded)
    _join_counts(found, tokens)
    return found


# --- phrases ---------------------------------------------------------------------------------------------------


def _right(tokens: Sequence[Token], i: int, longest: int = 14) -> tuple[int, int] | None:
    """The noun phrase right of token ``i - 1``, up to a preposition, a relative, a verb or a mark."""
    b = i
    while b < len(tokens) and b - i < longest:
        t = tokens[b]
        if not t.is_word:
            if t.words in ("-", "’", "'", "%") or (
                t.words == "." and len(tokens[b - 1].words) <= 3 and tokens[b - 1].is_capital
            ):
                b += 1
                continue
            break
        if t.fold in _AMONG:
            nxt = tokens[b + 1] if b + 1 < len(tokens) else None
            if (
                nxt is None
                or nxt.fold in w.LEAVES
                or nxt.words[0].isdigit()
                or nxt.fold in ("a", "un", "una", "one", "another", "otro", "otra")
                or not (nxt.fold in DETERMINERS or nxt.is_capital or nxt.fold in w.PEOPLE)
                or b == i
            ):
                break
        elif b > i and t.fold in ("at", "por") and _may_open_a_phrase(tokens, b) and b == i:
            pass
        elif (
            (
                b > i
                and (
                    t.fold in BE
                    or t.fold in HAVE
                    or (t.fold in PREPOSITIONS and t.fold not in ("about", "over", "under", "among", "hasta", "entre"))
                    or t.fold in SUBORDINATORS
                )
            )
            or (t.fold in ("a", "to") and b > i and t.fold == "to")
            or (
                b > i and (t.fold in TIME_WORDS or t.fold in w.SUFFERS or (t.fold in w.DOES and t.fold not in w.STATES))
            )
        ):
            break
        b += 1
    while b > i and (
        tokens[b - 1].fold in DETERMINERS or tokens[b - 1].fold in ("of", "de", "and", "y", "a", "more", "mas", "del")
    ):
        b -= 1
    return (i, b) if b > i else None


def _left(tokens: Sequence[Token], i: int, longest: int = 12) -> tuple[int, int] | None:
    """The noun phrase that ends just before token ``i``; an apposition between commas is passed over."""
    j = i - 1
    if j >= 2 and tokens[j].fold in ("who", "que", "quien", "quienes", "which"):
        j -= 1
        if tokens[j].words == ",":
            j -= 1
    if j >= 2 and tokens[j].words in (",", ")"):
        opening = "," if tokens[j].words == "," else "("
        p = next((p for p in range(j - 1, max(-1, j - 12), -1) if tokens[p].words == opening), None)
        if p is None or p == 0:
            return None
        j = p - 1
    a = j + 1
    while a > 0 and j + 1 - a < longest:
        t = tokens[a - 1]
        if not t.is_word:
            if t.words in ("-", "’", "'") or (
                t.words == "." and a >= 2 and len(tokens[a - 2].words) <= 3 and tokens[a - 2].is_capital
            ):
                a -= 1
                continue
            break
        if t.fold in BE or t.fold in SUBORDINATORS or t.fold in w.SUFFERS:
            break
        if t.fold in PREPOSITIONS and t.fold not in (
            "about",
            "over",
            "under",
            "cerca",
            "hasta",
            "more",
            "among",
            "entre",
        ):
            break
        if t.fold in ("and", "y", "e") and not (
            a >= 2 and (tokens[a - 2].is_capital or tokens[a - 2].fold in w.PEOPLE)
        ):
            break
        a -= 1
    while a <= j and (
        tokens[a].fold in TIME_WORDS
        or tokens[a].fold in ("and", "y", "that", "que", "also", "tambien", "otros_", "of", "de")
    ):
        a += 1
    return (a, j + 1) if a <= j else None


def _is_people(tokens: Sequence[Token], phrase: tuple[int, int], people: People) -> bool:
    """The phrase names people: a noun of people, a harmed-people noun, a person's name, or a number alone."""
    inside = tokens[slice(*phrase)]
    if any(t.fold in w.PEOPLE or t.fold in w.STATES for t in inside):
        return True
    start, end = inside[0].start, inside[-1].end
    if people.in_span(start, end):
        return True
    return inside[0].words[:1].isdigit() or (inside[0].fold in PERSONAL and len(inside) == 1)


# --- who was harmed --------------------------------------------------------------------------------------------


def _harms(tokens: Sequence[Token], folded: str, people: People) -> list[Harm]:
    found: list[Harm] = []
    for i, t in enumerate(tokens):
        for harm in _at(tokens, i, t, folded, people):
            if not any(h.a == harm.a and h.b == harm.b for h in found):
                harm.is_negated = _negated(tokens, i)
                found.append(harm)
    return found


def _at(tokens: Sequence[Token], i: int, t: Token, folded: str, people: People) -> Iterator[Harm]:
    if t.fold in w.SUFFERS:
        yield from _sufferers(tokens, i, i + 1, w.SUFFERS[t.fold], people)
    elif m := _LOST_LIFE.match(folded, t.start):
        j = next((k for k in range(i, len(tokens)) if tokens[k].start >= m.end()), len(tokens))
        yield from _sufferers(tokens, i, j, "killed", people)
    elif t.fold in w.DEATH_OF and i + 2 < len(tokens) and tokens[i + 1].fold in ("of", "de", "del"):
        phrase = _right(tokens, i + 2)
        if phrase and _is_people(tokens, phrase, people):
            kind = "detained" if t.fold in ("kidnapping", "secuestro", "arrest", "detencion") else "killed"
            yield Harm(*phrase, kind, i, _agent(tokens, phrase[1]))
    elif t.fold in w.DOES:
        yield from _done_to(tokens, i, w.DOES[t.fold], people)
    elif t.fold in w.STATES:
        yield from _described(tokens, i, w.STATES[t.fold], people)


def _sufferers(tokens: Sequence[Token], i: int, j: int, kind: str, people: People) -> Iterator[Harm]:
    """Subject before the verb, or after it as Spanish likes ("murieron cinco personas")."""
    before = i
    while before > 0 and (
        tokens[before - 1].fold in HAVE
        or tokens[before - 1].fold in ("se", "would", "would", "also", "ya", "tambien", "lo", "habria")
        or tokens[before - 1].fold.endswith(("ly", "mente"))
    ):
        before -= 1
    after = _right(tokens, j) if j < len(tokens) and tokens[j].is_word and tokens[j].fold not in PREPOSITIONS else None
    if after and _is_people(tokens, after, people):
        yield Harm(*after, kind, i)
        return
    phrase = _left(tokens, before)
    if phrase and _is_people(tokens, phrase, people):
        yield Harm(*phrase, kind, i)


def _done_to(tokens: Sequence[Token], i: int, kind: str, people: People) -> Iterator[Harm]:
    """Passive, active and bare participles of a verb of harm."""
    if tokens[i].fold in ("shot", "shoot", "shoots", "stabbed", "gunned", "beaten", "hacked") and _then_dead(tokens, i):
        kind = "killed"
    j = i - 1
    while j >= 0 and (tokens[j].fold.endswith(("ly", "mente")) or tokens[j].fold in ("also", "not", "then", "tambien")):
        j -= 1
    is_participle = tokens[i].fold.endswith(
        ("ed", "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "shot", "slain", "hurt", "beaten")
    )
    if j >= 0 and tokens[j].fold in BE and is_participle:
        k = j
        while k > 0 and (
            tokens[k - 1].fold in BE
            or tokens[k - 1].fold in HAVE
            or tokens[k - 1].fold in ("will", "could", "would", "may", "might", "to")
        ):
            k -= 1
        phrase = _left(tokens, k)
        agent = _agent(tokens, i + 1)
        if phrase and _is_people(tokens, phrase, people):
            yield Harm(*phrase, kind, i, agent)
            return
        after = _right(tokens, i + 1) if i + 1 < len(tokens) and tokens[i + 1].fold not in PREPOSITIONS else None
        if after and _is_people(tokens, after, people):
            yield Harm(*after, kind, i, agent)
        return
    after = (
        _right(tokens, i + 1)
        if i + 1 < len(tokens) and tokens[i + 1].is_word and _may_open_a_phrase(tokens, i + 1)
        else None
    )
    if (
        i + 1 < len(tokens)
        and tokens[i + 1].fold == "a"
        and i + 2 < len(tokens)
        and tokens[i].fold not in ("killed",)
        and tokens[i].fold[-1] in "oano"
    ):
        after = _right(tokens, i + 2) or after
    if after and _is_people(tokens, after, people) and not (is_participle and tokens[after[0]].fold in TIME_WORDS):
        agent = _left(tokens, _verb_start(tokens, i))
        yield Harm(
            *after,
            kind,
            i,
            _whole_agent(tokens, agent) if agent and _is_agent(tokens, agent) else _relative_agent(tokens, i),
        )
    elif is_participle:
        phrase = _left(tokens, i)
        if phrase and _is_people(tokens, phrase, people) and tokens[i - 1].fold not in HAVE:
            yield Harm(*phrase, kind, i, _agent(tokens, i + 1))


def _may_open_a_phrase(tokens: Sequence[Token], i: int) -> bool:
    """ "at least 40", "about 40", "por lo menos 40" open a phrase; other prepositions do not."""
    t = tokens[i]
    if t.fold not in PREPOSITIONS:
        return True
    nxt = tokens[i + 1].fold if i + 1 < len(tokens) else ""
    return t.fold in ("about", "over", "under", "hasta", "entre", "between") or (
        t.fold in ("at", "por", "up") and nxt in ("least", "most", "lo", "to")
    )


def _then_dead(tokens: Sequence[Token], i: int) -> bool:
    return any(t.fold in ("dead", "death", "down") for t in tokens[i + 1 : i + 4])


def _verb_start(tokens: Sequence[Token], i: int) -> int:
    while i > 0 and (
        tokens[i - 1].fold in HAVE
        or tokens[i - 1].fold in ("also", "then", "would", "who", "that", "se", "que", "le", "tambien")
        or tokens[i - 1].fold.endswith("ly")
    ):
        i -= 1
    return i


def _described(tokens: Sequence[Token], i: int, kind: str, people: People) -> Iterator[Harm]:
    """Adjectives of harm: "two people dead", "personas heridas", "resultó herido Juan", "the wounded"."""
    before = tokens[i - 1] if i else None
    if before is not None and before.fold in (
        "resulto",
        "resultaron",
        "resultado",
        "cayo",
        "cayeron",
        "fallecio",
        "quedo",
        "quedaron",
        "was",
        "were",
        "found",
        "hallado",
        "murio",
    ):
        after = (
            _right(tokens, i + 1)
            if i + 1 < len(tokens) and tokens[i + 1].is_word and tokens[i + 1].fold not in PREPOSITIONS
            else None
        )
        phrase = after if after and _is_people(tokens, after, people) else _left(tokens, i - 1)
        if phrase and _is_people(tokens, phrase, people):
            yield Harm(*phrase, kind, i, _agent(tokens, i + 1))
    elif before is not None and before.fold in w.PEOPLE:
        phrase = _left(tokens, i + 1)
        if phrase:
            yield Harm(*phrase, kind, i, _agent(tokens, i + 1))
    elif before is not None and (before.fold in DETERMINERS or before.words[0].isdigit()):
        after = _right(tokens, i)
        if after:
            yield Harm(i - 1, after[1], kind, i)


# --- who is held responsible -----------------------------------------------------------------------------------


def _agent(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """ "by NP", "por NP", "a manos de NP" within a few words."""
    for j in range(k, min(len(tokens) - 1, k + 7)):
        t = tokens[j]
        if not t.is_word or t.fold in ("and", "y", "who", "que"):
            return None
        start = j + 1 if t.fold in ("by", "por") else j + 2 if t.fold == "manos" and j + 2 < len(tokens) else None
        if start:
            phrase = _right(tokens, start)
            return phrase if phrase and _is_agent(tokens, phrase) else None
    return None


def _is_agent(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    return any(t.fold in w.AGENTS or t.fold in w.PEOPLE for t in tokens[slice(*phrase)]) or (
        tokens[phrase[0]].is_capital and phrase[1] - phrase[0] <= 6
    )


def _whole_agent(tokens: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int]:
    """ "the repression deployed by the ministry": the noun before "by" belongs to it."""
    a, b = phrase
    if (
        a >= 3
        and tokens[a - 1].fold in ("by", "por", "of", "de", "del")
        and tokens[a - 2].fold.endswith(("ed", "ado", "ada", "ido", "ida"))
    ):
        wider = _left(tokens, a - 1)
        if wider and any(t.fold in w.AGENTS for t in tokens[slice(*wider)]):
            return wider[0], b
    return phrase


def _relative_agent(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """ "a regime that has killed …": whom the relative clause is about."""
    k = i
    while k > 0 and tokens[k].fold not in ("that", "who", "que", "which"):
        if i - k > 4:
            return None
        k -= 1
    if k == 0:
        return None
    phrase = _left(tokens, k)
    return phrase if phrase and _is_agent(tokens, phrase) else None


def _negated(tokens: Sequence[Token], i: int) -> bool:
    return any(t.fold in w.NOT_SO or t.fold in w.NEGATING_VERBS for t in tokens[max(0, i - 4) : i])


# --- how many --------------------------------------------------------------------------------------------------


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
            if tokens[i + 1].fold in ("of", "de", "total", "grupo", "group") or any(
                a <= t.start < b for a, b, _ in known
            ):
                continue
            found.append((t.start, t.end, Quantity(text[t.start : t.end], 1, 1)))
    return found


def _counts(
    tokens: Sequence[Token], quantities: Sequence[tuple[int, int, Quantity]], harms: Sequence[Harm], folded: str
) -> list[Count]:
    found: list[Count] = []
    for start, end, quantity in quantities:
        first = next((k for k, t in enumerate(tokens) if t.end > start), len(tokens))
        last = next((k for k in range(first, len(tokens)) if tokens[k].start >= end), len(tokens))
        phrase = _right(tokens, last, 9) or (last, last)
        nouns = [t.fold for t in tokens[last : phrase[1]]]
        if any(n in w.NOT_VICTIMS for n in nouns[:4]):
            continue
        kind = _kind_of(tokens, first, last, phrase, nouns, harms) or _inherited(tokens, first, last, nouns, found)
        if kind is None:
            continue
        population = next((w.POPULATION[n] for n in nouns if n in w.POPULATION), "all")
        group = next((tokens[last + n].words for n, word in enumerate(nouns) if word in w.PEOPLE), None)
        head = next((last + n for n, word in enumerate(nouns) if word in w.COUNTED or word in w.PEOPLE), None)
        b = phrase[1] if phrase[1] > last else (head + 1 if head is not None else last)
        found.append(Count(start, end, quantity, kind, first, b, _is_denied(tokens, first), population, group))
    return found


_OPENERS = frozenset(
    [
        "mas",
        "more",
        "other",
        "otros",
        "otras",
        "otra",
        "otro",
        "another",
        "adicionales",
        "nuevos",
        "new",
        "first",
        "primeros",
        "primeras",
        "personas",
        "people",
    ]
)


def _kind_of(
    tokens: Sequence[Token], first: int, last: int, phrase: tuple[int, int], nouns: Sequence[str], harms: Sequence[Harm]
) -> str | None:
    for n, word in enumerate(nouns[:6]):
        if word in w.COUNTED and not (word in ("victima", "victimas", "victims", "victim") and "heridas" in nouns):
            return w.COUNTED[word]
        if word in w.STATES and n:
            return w.STATES[word]
    for h in harms:
        if h.a <= first < h.b or (first <= h.a < max(last, phrase[1])):
            return h.harm
    follows = tokens[max(last, phrase[1]) : max(last, phrase[1]) + 7]
    passive = [t.fold for t in follows]
    for n, word in enumerate(passive):
        if word in w.SUFFERS:
            return w.SUFFERS[word]
        if word in w.DOES and any(x in BE for x in passive[:n]):
            return w.DOES[word]
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
        if word in w.SUFFERS:
            return w.SUFFERS[word]
    if near and near[-1] in ("of", "de") and any(x in w.DEATH_OF for x in near[-3:]):
        return "killed"
    before = [t.fold for t in tokens[max(0, first - 14) : first]]
    after = [t.fold for t in tokens[last : last + 9]]
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
            (w.STATES[x] for x in after if x in w.STATES), next((w.SUFFERS[x] for x in after if x in w.SUFFERS), None)
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
    if any(x in w.NOT_VICTIMS for x in own):
        return None
    following = tokens[last].fold if last < len(tokens) else ""
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


def _join_counts(found: Casualties, tokens: Sequence[Token]) -> None:
    """A victim phrase that begins with a number is that group; a count nobody's phrase holds is a group of its own."""
    for count in found.counts:
        holder = next((h for h in found.harms if h.a <= count.a < h.b or count.a <= h.a < count.b), None)
        if holder is not None and holder.quantity is None:
            holder.quantity, holder.quantity_at = count.quantity, (count.start, count.end)
            holder.a = count.a
            holder.b = max(holder.b, count.a + 1)
        elif holder is None and not count.is_negated:
            found.harms.append(
                Harm(
                    count.a,
                    max(count.b, count.a + 1),
                    count.harm,
                    count.a,
                    None,
                    count.quantity,
                    (count.start, count.end),
                )
            )


NAMED = NAME
