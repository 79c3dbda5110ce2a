"""Nouns of violence, states, names given to the dead, and the ways of holding somebody responsible.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Iterator

from willakuy.reading.chunks import Chunk
from willakuy.reading.clauses import Act, Clause, one
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, NOMINALS
from willakuy.reading.lexicon.deeds import (
    ACCOMPLISHED,
    BECAME,
    BETWEEN,
    DEED_NOUNS,
    THE_DEAD,
    THE_HURT,
    THE_TAKEN,
)
from willakuy.reading.lexicon.function_words import BE, ROLE_NOUNS
from willakuy.reading.lexicon.harm import PEOPLE, STATES
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.outcomes import owner
from willakuy.reading.people_in import is_people, is_pronoun, is_thing, name_in
from willakuy.reading.polarity import polarity
from willakuy.reading.verbs import doer_left
from willakuy.reading.word_kinds import NUMBERS
from willakuy.statements.names_parts import is_common_name

_ADJECTIVE = (
    "al",
    "ales",
    "ada",
    "adas",
    "ado",
    "aria",
    "arias",
    "ario",
    "iva",
    "ivas",
    "ento",
    "enta",
    "enta",
    "osa",
    "oso",
)
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
    target: Chunk | None = None
    k = i + 1
    if f in ("in", "en"):
        k = next((x for x in range(i + 2, min(i + 6, len(clause.tokens))) if clause.fold(x) in ("of", "de")), k)
        f = clause.fold(k)
    if f in ("case", "caso", "[") and clause.fold(i + 2) in ("of", "de", "del"):
        k, f = i + 2, clause.fold(i + 2)
    if clause.mark(i + 1) == "[" and clause.fold(i + 2) == "of":
        k, f = i + 2, "of"
    if f not in ("of", "de", "del") and clause.fold(i + 2) in ("de", "del") and f.endswith(_ADJECTIVE):
        k, f = i + 2, clause.fold(i + 2)
    takes = _TAKES.get(act, ("of", "de", "del", "against", "contra"))
    if f in takes:
        target = clause.phrase_at(k + 1)
    if (
        target is not None
        and not is_thing(clause.tokens, target)
        and not (clause.fold(i) in _AT_A_PLACE and _is_mere_name(clause, target))
        and (is_people(clause.tokens, target) or (act in ("killed", "died", "kidnapped") and f in ("of", "de", "del")))
    ):
        victims = tuple(clause.listed_right(target))
        end = victims[-1].full
    elif act in ("killed", "died", "kidnapped", "missing", "detained") and (whose := owner(clause, i)) is not None:
        victims = (whose,)
    doer = clause.doer_after(max(end, i + 1), 9) or _attributed(clause, max(end, i + 1))
    if victims or doer is not None:
        yield Act(act, i, victims, one(doer), real, denied)
    elif act in ("tortured", "missing", "kidnapped") and real and _is_reported(clause, i):
        yield Act(act, i, (), (), real, denied)


def _is_reported(clause: Clause, i: int) -> bool:
    """ "Subjected to torture", "reports of abductions and torture": said to have happened, to people not named here."""
    near = [clause.fold(k) for k in range(max(0, i - 12), i)]
    after = [clause.fold(k) for k in range(i + 1, i + 3)]
    if any(x in _INSTITUTIONS for x in (*near[-4:], *after)):
        return False
    return any(x in _REPORTS for x in near)


_REPORTS = words(
    "subjected reports report reported reporting allegations alleged allege cases case acts suffered endured including include included such documented "
    "documenting amid faced face undergo underwent evidence denunciaron denuncia denuncias denuncio casos caso actos sufrio sufrieron sometido sometidos "
    "sometida incluidos incluidas registro registraron documento documentaron victimas victims rape killings detention arrests executions"
)
_INSTITUTIONS = words(
    "committee convention against prohibition ban prevention subcommittee rapporteur anti comite convencion contra prohibicion prevencion relator mecanismo "
    "psychological plot plan plots insurance ring"
)


_AT_A_PLACE = ("massacre", "massacres", "masacre", "masacres", "matanza", "slaughter")
"""Nouns whose "of" names the place as often as the dead."""


def _is_mere_name(clause: Clause, c: Chunk) -> bool:
    """Capitalised words and no noun of people, title or common name among them."""
    folds = [clause.fold(k) for k in range(c.a, c.full)]
    return not any(
        x in PEOPLE or x in ROLE_NOUNS or is_common_name(x) or x[:1].isdigit() or x in NUMBERS for x in folds
    )


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
    k = i
    while clause.fold(k - 1) in BETWEEN and clause.fold(k - 1) not in BE:
        k -= 1
    before = clause.fold(k - 1)
    if clause.mark(i - 1) == "," and (described := _described(clause, i)) is not None:
        yield Act(harm, i, (described,), one(clause.doer_after(i + 1)), real, denied)
        return
    if before in BECAME or before in BE:
        after = clause.starting(i + 1)
        if after is not None and clause.fold(i).endswith(("o", "a", "os", "as")) and is_people(clause.tokens, after):
            yield Act(harm, i, tuple(clause.listed_right(after)), (), real, denied)
            return
        subject = clause.subject(k - 1 if before in BECAME else i)
        if subject is not None and (is_people(clause.tokens, subject) or is_pronoun(clause.tokens, subject)):
            yield Act(harm, i, tuple(clause.listed_left(subject)), (), real, denied)


def _described(clause: Clause, i: int) -> Chunk | None:
    """ "La menor K. F. V., de 8 años, muerta el mismo día": whom the state after the comma describes."""
    c = clause.ending(i - 1)
    while c is not None and clause.is_age(c):
        k = c.a - 1 - (clause.fold(c.a - 1) in ("de", "aged"))
        c = clause.ending(k) if clause.mark(k) == "," else None
    if c is None or not clause.fold(i).endswith(("o", "a", "os", "as")) or clause.fold(c.a - 1) in ("and", "y", ","):
        return None
    last = clause.last_part(c)
    return last if is_people(clause.tokens, last) else None


def within_phrases(clause: Clause) -> Iterator[Act]:
    """Harm said inside the phrase itself: "the murdered priests", "personas heridas", "17 dead"."""
    for c in clause.parts:
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
            opens = clause.starting(c.a) is not None
            if has_noun or (opens and f in STATES and clause.fold(c.a) != f):
                yield Act(harm, k, (c,), one(clause.doer_after(c.full, 5)), *polarity(clause, c.a))
                break


def of_blame(clause: Clause, i: int) -> Iterator[Act]:
    """ "accused NP of …", "responsabilizó a NP": whom somebody holds responsible, for violence named in the sentence."""
    if not any(t.fold in NOMINALS or t.fold in ACTS for t in clause.tokens):
        return
    nxt = clause.fold(i + 1)
    is_passive = (
        clause.fold(i - 1) in BE or not nxt or not clause.tokens[i + 1].is_word or nxt in ("of", "for", "de", "in")
    )
    target = clause.subject(i) if is_passive else clause.object(i)
    if target is not None and clause.is_doer(target, is_certain=not is_passive):
        yield Act("blamed", i, (), tuple(clause.listed_left(target) if is_passive else clause.listed_right(target))[:3])


def _said_of_subject(clause: Clause, i: int) -> str | None:
    """What befell the subject of "One of the students killed last weekend was …", "those who were kidnapped are …"."""
    if clause.fold(i) not in BE and clause.mark(i) != ":":
        return None
    for k in range(i - 1, max(0, i - 8), -1):
        f = clause.fold(k)
        if not clause.tokens[k].is_word:
            return None
        if (
            f in ACTS
            and ACTS[f].act in ("killed", "injured", "kidnapped", "detained")
            and f.endswith(("ed", "shot", "ados", "ado", "ada", "adas", "idos"))
        ):
            before = clause.ending(k) or (clause.subject(k) if clause.fold(k - 1) in BE else None)
            is_them = clause.fold(k - 1) in ("those", "them") or clause.fold(k - 2) == "who"
            return ACTS[f].act if is_them or (before is not None and is_people(clause.tokens, before)) else None
    return None


def _among(clause: Clause, i: int) -> Chunk | None:
    """ "Entre los muertos está NP", "among the dead was NP"."""
    j = i - 1 - (clause.fold(i - 1) == "se")
    c = clause.ending(j + 1)
    return c if c is not None and clause.fold(c.a - 1) in ("entre", "among") else None


def of_naming(clause: Clause, i: int) -> Iterator[Act]:
    """ "The victims were identified as NP, NP and NP", "los fallecidos fueron identificados como NP"."""
    k = i + 1
    if clause.fold(i) in BE or clause.mark(i) == ":" or clause.fold(i).startswith("inclu"):
        k = i + (clause.mark(i + 1) == ":") + 1
    elif clause.fold(k) in ("as", "como"):
        k += 1
    elif clause.fold(i).startswith("identif"):
        return
    while clause.fold(k) in ("encuentra", "encuentran", "el", "figura", "also", "tambien"):
        k += 1
    target, subject = clause.starting(k) or clause.starting(k - 1), clause.subject(i) or _among(clause, i)
    if (
        target is not None
        and name_in(clause.tokens, target) is not None
        and (done := _said_of_subject(clause, i)) is not None
    ):
        yield Act(done, i, tuple(c for c in clause.listed_right(target) if name_in(clause.tokens, c)))
        return
    includes = _among(clause, i) is not None or clause.fold(i) in (
        "include",
        "includes",
        "included",
        "incluyen",
        "incluye",
    )
    if target is None or subject is None:
        return
    if name_in(clause.tokens, target) is None and not (includes and is_people(clause.tokens, target)):
        return
    said = {clause.fold(x) for x in range(subject.a, subject.full)}
    if said & THE_DEAD:
        yield Act("killed", i, tuple(c for c in clause.listed_right(target) if includes or name_in(clause.tokens, c)))
    elif said & THE_TAKEN:
        yield Act("kidnapped", i, tuple(c for c in clause.listed_right(target) if name_in(clause.tokens, c)))
    elif said & THE_HURT:
        yield Act("injured", i, tuple(c for c in clause.listed_right(target) if includes or name_in(clause.tokens, c)))


def of_deed(clause: Clause, i: int) -> Iterator[Act]:
    """ "carried out its sixth attack", "set fire to", "colocaron una bomba": who is the subject."""
    if clause.fold(i) in ACCOMPLISHED and any(t.fold in NOMINALS or t.fold in DEED_NOUNS for t in clause.tokens[:i]):
        doer = clause.doer_after(i + 1, 10)
        if doer is not None:
            yield Act("attacked", i, (), tuple(clause.listed_right(doer))[:2], *polarity(clause, i))
            return
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
