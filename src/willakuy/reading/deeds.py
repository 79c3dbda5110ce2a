"""Nouns of violence, states, names given to the dead, and the ways of holding somebody responsible.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Iterator

from willakuy.reading.chunks import Chunk, is_people, is_thing, name_in
from willakuy.reading.clauses import Act, Clause, one, polarity
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, NOMINALS
from willakuy.reading.lexicon.deeds import (
    BECAME,
    DEED_NOUNS,
    THE_DEAD,
    THE_HURT,
    THE_TAKEN,
)
from willakuy.reading.lexicon.function_words import BE
from willakuy.reading.lexicon.harm import PEOPLE, STATES
from willakuy.reading.verbs import doer_left

_TAKES = {
    "attacked": ("against", "contra", "on", "a", "al"),
    "detained": ("of", "de", "del", "against", "contra", "a", "al"),
}


def of_noun(clause: Clause, i: int, act: str) -> Iterator[Act]:
    """ "the murder of NP by NP", "the attack on NP", "NP’s death", "the death of NP at the hands of NP"."""
    real, denied = polarity(clause, i)
    if clause.fold(i - 1) == "to":
        return
    if clause.fold(i - 1) in ("attempted", "threats", "threat", "intento", "tentativa"):
        real = False
    end = i
    victims: tuple[Chunk, ...] = ()
    f = clause.fold(i + 1)
    own = clause._within.get(i)
    target: Chunk | None = None
    k = i + 1
    if f in ("in", "en"):
        k = next((x for x in range(i + 2, min(i + 6, len(clause.tokens))) if clause.fold(x) in ("of", "de")), k)
        f = clause.fold(k)
    takes = _TAKES.get(act, ("of", "de", "del", "against", "contra"))
    if f in takes:
        target = clause.phrase_at(k + 1)
    if (
        target is not None
        and not is_thing(clause.tokens, target)
        and (is_people(clause.tokens, target) or (act in ("killed", "died", "kidnapped") and f in ("of", "de", "del")))
    ):
        victims = tuple(clause.listed_right(target))
        end = victims[-1].full
    elif clause.fold(i - 1).endswith(("'s", "’s")) and own is not None:
        c = clause.chunks[own]
        owner = Chunk(c.a, i, i, i - 1)
        if i > c.a and is_people(clause.tokens, owner) and act in ("killed", "died", "kidnapped", "missing"):
            victims = (owner,)
    doer = clause.doer_after(max(end, i + 1), 9) or _attributed(clause, max(end, i + 1))
    if victims or doer is not None:
        yield Act(act, i, victims, one(doer), real, denied)


def _attributed(clause: Clause, i: int) -> Chunk | None:
    """ "attributed to NP", "blamed on NP", "atribuido a NP"."""
    for k in range(i, min(len(clause.tokens) - 2, i + 14)):
        if clause.mark(k) in (";", "."):
            return None
        if clause.fold(k) in (
            "attributed",
            "blamed",
            "atribuido",
            "atribuida",
            "atribuidos",
            "atribuidas",
        ) and clause.fold(k + 1) in ("to", "on", "a", "al"):
            c = clause.phrase_at(k + 2)
            return c if c is not None and clause.is_doer(c, is_certain=True) else None
    return None


def _state_act(clause: Clause, i: int, harm: str) -> str:
    """ "Dead" says that somebody died, "asesinado" that somebody was killed."""
    return "died" if harm == "killed" and clause.fold(i) not in ACTS else harm


def of_state(clause: Clause, i: int, harm: str) -> Iterator[Act]:
    """ "two people dead", "resultó herido Juan", "was found dead", "left one person injured"."""
    if clause.fold(i) in ACTS:
        return
    harm = _state_act(clause, i, harm)
    real, denied = polarity(clause, i)
    before = clause.fold(i - 1)
    if before in BECAME or before in BE:
        after = clause.starting(i + 1)
        if after is not None and clause.fold(i).endswith(("o", "a", "os", "as")) and is_people(clause.tokens, after):
            yield Act(harm, i, tuple(clause.listed_right(after)), (), real, denied)
            return
        subject = clause.subject(i - 1 if before in BECAME else i)
        if subject is not None and is_people(clause.tokens, subject):
            yield Act(harm, i, tuple(clause.listed_left(subject)), (), real, denied)


def within_phrases(clause: Clause) -> Iterator[Act]:
    """Harm said inside the phrase itself: "the murdered priests", "personas heridas", "17 dead"."""
    for c in clause.chunks:
        for k in range(c.a, c.b):
            f = clause.fold(k)
            harm = (_state_act(clause, k, STATES[f]) if f in STATES else None) or (
                ACTS[f].act if f in ACTS and k != c.head else None
            )
            if harm is None or f in NOMINALS or is_thing(clause.tokens, c):
                continue
            has_noun = (
                any(clause.fold(x) in PEOPLE for x in range(c.a, c.b) if x != k)
                or name_in(clause.tokens, c) is not None
            )
            if has_noun or (f in STATES and (clause.fold(c.a) != f)):
                yield Act(harm, k, (c,), one(clause.doer_after(c.full, 5)), *polarity(clause, c.a))
                break


def of_blame(clause: Clause, i: int) -> Iterator[Act]:
    """ "accused NP of …", "responsabilizó a NP": whom somebody holds responsible, for violence named in the sentence."""
    if not any(t.fold in NOMINALS or t.fold in ACTS for t in clause.tokens):
        return
    target = clause.object(i)
    if target is not None and clause.is_doer(target, is_certain=True):
        yield Act("blamed", i, (), tuple(clause.listed_right(target))[:3])


def _among(clause: Clause, i: int) -> Chunk | None:
    """ "Entre los muertos está NP", "among the dead was NP"."""
    j = i - 1 - (clause.fold(i - 1) == "se")
    c = clause.ending(j + 1)
    return c if c is not None and clause.fold(c.a - 1) in ("entre", "among") else None


def of_naming(clause: Clause, i: int) -> Iterator[Act]:
    """ "The victims were identified as NP, NP and NP", "los fallecidos fueron identificados como NP"."""
    k = i + 1
    if clause.fold(i) in BE or clause.mark(i) == ":":
        k = i + (clause.mark(i + 1) == ":") + 1
    elif clause.fold(k) in ("as", "como"):
        k += 1
    elif clause.fold(i).startswith("identif"):
        return
    while clause.fold(k) in ("encuentra", "encuentran", "el", "figura", "also", "tambien"):
        k += 1
    target, subject = clause.starting(k) or clause.starting(k - 1), clause.subject(i) or _among(clause, i)
    if target is None or subject is None or name_in(clause.tokens, target) is None:
        return
    said = {clause.fold(x) for x in range(subject.a, subject.full)}
    if said & THE_DEAD:
        yield Act("killed", i, tuple(c for c in clause.listed_right(target) if name_in(clause.tokens, c)))
    elif said & THE_TAKEN:
        yield Act("kidnapped", i, tuple(c for c in clause.listed_right(target) if name_in(clause.tokens, c)))
    elif said & THE_HURT:
        yield Act("injured", i, tuple(c for c in clause.listed_right(target) if name_in(clause.tokens, c)))


def of_deed(clause: Clause, i: int) -> Iterator[Act]:
    """ "carried out its sixth attack", "set fire to", "colocaron una bomba": who is the subject."""
    near = [clause.fold(k) for k in range(i + 1, i + 8)]
    if not any(NOMINALS.get(x) in ("attacked", "killed", "kidnapped", "tortured") or x in DEED_NOUNS for x in near):
        return
    doer = clause.doer_after(i + 1, 8) or doer_left(clause, i)
    if doer is not None:
        yield Act("attacked", i, (), (doer,), *polarity(clause, i))


def of_arms(clause: Clause, i: int) -> Iterator[Act]:
    """ "killed in police firing", "balas de la policía", "represión del gobierno": whose arms they were."""
    if clause.fold(i - 1) in DOER_NOUNS and clause.fold(i) not in ("represion",):
        yield Act("attacked", i, (), (Chunk(i - 1, i, i, i - 1),), is_arms=True)
    elif (
        clause.fold(i + 1) in ("de", "del", "by")
        and (c := clause.phrase_at(i + 2)) is not None
        and clause.is_doer(c, is_certain=False)
    ):
        yield Act("attacked", i, (), (c,), is_arms=True)


def of_attributing(clause: Clause, i: int) -> Iterator[Act]:
    """ "La Fiscalía atribuyó el crimen a NP"."""
    near = [clause.fold(k) for k in range(i + 1, i + 9)]
    at = next((k for k, x in enumerate(near) if x in NOMINALS or x in ("hecho", "hechos", "masacre")), None)
    if at is None:
        return
    for k in range(i + 1 + at, min(len(clause.tokens) - 1, i + 14)):
        if (
            clause.fold(k) in ("a", "al", "to")
            and (c := clause.phrase_at(k + 1)) is not None
            and clause.is_doer(c, is_certain=True)
        ):
            yield Act("blamed", i, (), (c,))
            return


def of_claim(clause: Clause, i: int) -> Iterator[Act]:
    """ "claimed responsibility for", "se atribuyó el atentado": those who say they did it."""
    near = [clause.fold(k) for k in range(i + 1, i + 5)]
    if not any(
        x in ("responsibility", "credit", "atentado", "ataque", "secuestro", "asesinato", "responsabilidad", "autoria")
        for x in near
    ):
        return
    subject = clause.subject(i)
    if subject is not None and clause.is_doer(subject, is_certain=True):
        yield Act("blamed", i, (), (subject,), *polarity(clause, i))
