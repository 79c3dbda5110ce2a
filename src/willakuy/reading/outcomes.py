"""What became of people, said without a verb of violence: bodies found, wounds suffered, kin lost, people taken away.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Iterator

from willakuy.reading.chunks import Chunk
from willakuy.reading.clauses import Act, Clause, one
from willakuy.reading.lexicon.acts import ACTS, NOMINALS
from willakuy.reading.lexicon.function_words import BE
from willakuy.reading.lexicon.harm import STATES
from willakuy.reading.lexicon.outcomes import (
    BODY_PARTS,
    FOUND,
    KIN,
    LIFELESS,
    MENACES,
    POLICE,
    PROJECTILES,
    STAYS,
    TAKES_LIFE,
    WHERE_FROM,
    WOUNDS,
)
from willakuy.reading.people_in import is_people, is_pronoun, is_thing, name_in
from willakuy.reading.polarity import polarity


def of_bodies(clause: Clause, i: int) -> Iterator[Act]:
    """ "The body of NP was found", "hallaron el cadáver de NP", "NP’s body": somebody died, and nobody is said to have killed them."""
    folds = [t.fold for t in clause.tokens]
    is_found = any(x in FOUND or x in LIFELESS for x in folds)
    k = next((k for k in range(i + 1, min(i + 4, len(folds))) if folds[k] in ("of", "de", "del")), None)
    if k is not None and is_found and (target := clause.phrase_at(k + 1)) is not None and _is_somebody(clause, target):
        yield Act("died", i, tuple(clause.listed_right(target)), (), *polarity(clause, i))
        return
    if is_found and (owner := _owner(clause, i)) is not None:
        yield Act("died", i, (owner,), (), *polarity(clause, i))
    elif is_found and folds[i - 1 : i] == [":"] and (subject := clause.subject(i)) is not None:
        yield Act("died", i, (subject,))


def _owner(clause: Clause, i: int) -> Chunk | None:
    """Whose it is: "Rosa Inventada’s body", "the jesuits’ assassination"; the phrase before the apostrophe."""
    c = clause.over(i) or clause.ending(i)
    if c is not None and c.a < i:
        before = clause.fold(i - 1)
        if before.endswith(("'s", "’s")):
            return Chunk(c.a, i, i, i - 1)
    if clause.mark(i - 1) in ("'", "’") and clause.fold(i - 2).endswith("s"):
        c = clause.over(i - 2)
        if c is not None:
            return Chunk(c.a, i - 1, i - 1, i - 2)
    return None


def owner(clause: Clause, i: int) -> Chunk | None:
    """``_owner``, or the phrase "whose"/"cuyo" points back to."""
    if (c := _owner(clause, i)) is not None:
        return c if _is_somebody(clause, c) else None
    if clause.fold(i - 1) in ("whose", "cuyo", "cuya", "cuyos", "cuyas"):
        k = i - 1 - (clause.mark(i - 2) == ",")
        c = clause.ending(k)
        return clause.last_part(c) if c is not None and _is_somebody(clause, clause.last_part(c)) else None
    return None


def of_killers(clause: Clause, i: int) -> Iterator[Act]:
    """ "The murderers of NP", "asesino de NP", "NP’s killer"."""
    if clause.fold(i + 1) in ("of", "de", "del"):
        target = clause.phrase_at(i + 2)
        if target is not None and _is_somebody(clause, target):
            yield Act("killed", i, tuple(clause.listed_right(target)))
    elif (whose := owner(clause, i)) is not None and name_in(clause.tokens, whose) is not None:
        yield Act("killed", i, (whose,))


def of_victim(clause: Clause, i: int) -> Iterator[Act]:
    """ "Police shooting victim Juan Inventado", "murder victim Rosa Inventada"."""
    act = NOMINALS.get(clause.fold(i - 1))
    c = clause.over(i)
    if act is not None and c is not None and (name := name_in(clause.tokens, c)) is not None and name[0] > i:
        yield Act(act, i, (Chunk(name[0], name[1], name[1], name[1] - 1),))


def of_suffering(clause: Clause, i: int) -> Iterator[Act]:
    """ "Sufrió lesiones graves", "recibió un impacto de bala", "sustained burns", "received death threats"."""
    after = [clause.fold(k) for k in range(i + 1, i + 7)]
    if any(x in MENACES for x in after):
        act = "threatened"
    elif any(x in WOUNDS for x in after):
        act = "injured"
    else:
        return
    yield from _of_subject(clause, i, act)


def of_being_hit(clause: Clause, i: int) -> Iterator[Act]:
    """ "Fue alcanzado por una bala", "was hit in the eye by a pellet"."""
    after = [clause.fold(k) for k in range(i + 1, i + 9)]
    if any(x in BE for x in (clause.fold(i - 1), clause.fold(i - 2))) and any(x in PROJECTILES for x in after):
        yield from _of_subject(clause, i, "injured")


def _of_subject(clause: Clause, i: int, act: str) -> Iterator[Act]:
    subject = clause.subject(i)
    if subject is not None and not is_thing(clause.tokens, subject):
        yield Act(act, i, tuple(clause.listed_left(subject)), one(clause.doer_after(i + 1)), *polarity(clause, i))
    elif subject is None and has_no_subject(clause, i):
        yield Act(act, i, (Chunk(i, i + 1, i + 1, i),), one(clause.doer_after(i + 1)), *polarity(clause, i))


def has_no_subject(clause: Clause, i: int) -> bool:
    """ "Fue asesinado a balazos", "…, donde murió": nothing before the verb in its clause can be its subject."""
    k = clause.verb_start(i) - 1
    return (
        k < 0
        or clause.mark(k) in (",", ";", ":", "—", "–", "“", '"', "«")
        or clause.fold(k) in ("donde", "cuando", "y", "pero", "tras", "quien")
    )


def of_loss(clause: Clause, i: int) -> Iterator[Act]:
    """ "Perdió a su esposo", "lost her two sons": kin, or somebody by name."""
    target = clause.object(i)
    if target is None:
        return
    if clause.fold(target.head) in BODY_PARTS:
        yield from _of_subject(clause, i, "injured")
        return
    has_kin = any(clause.fold(k) in KIN for k in range(target.a, target.b))
    named = clause.fold(i + 1) in ("a", "al") and name_in(clause.tokens, target) is not None
    if has_kin or named:
        yield Act("died", i, tuple(clause.listed_right(target)), (), *polarity(clause, i))


def of_being_among(clause: Clause, i: int) -> Iterator[Act]:
    """ "NP was among those killed", "NP was among the dead"."""
    if clause.fold(i - 1) not in BE:
        return
    for k in range(i + 1, min(len(clause.tokens), i + 7)):
        f = clause.fold(k)
        if not clause.tokens[k].is_word:
            return
        act = ACTS[f].act if f in ACTS else "died" if STATES.get(f) == "killed" else STATES.get(f)
        if act in ("killed", "died", "injured", "kidnapped", "detained", "missing"):
            subject = clause.subject(i - 1)
            if subject is not None and not is_thing(clause.tokens, subject):
                yield Act(act, i, tuple(clause.listed_left(subject)), (), *polarity(clause, i))
            return


def of_being_held(clause: Clause, i: int) -> Iterator[Act]:
    """ "NP remains behind bars", "is in police custody", "sigue en prisión"."""
    before = [clause.fold(k) for k in range(max(0, i - 4), i)]
    led = any(x in ("behind", "in", "en", "tras") for x in before[-3:])
    verb = next((k for k in range(i - 1, max(-1, i - 5), -1) if clause.fold(k) in BE or clause.fold(k) in STAYS), None)
    if led and verb is not None:
        yield from _of_subject(clause, verb, "detained")


def of_not_seen(clause: Clause, i: int) -> Iterator[Act]:
    """ "NP has not been seen since", "no se sabe nada de NP desde"."""
    before = [clause.fold(k) for k in range(max(0, i - 4), i)]
    if "not" in before and any(x in ("since", "again") for x in (clause.fold(k) for k in range(i + 1, i + 4))):
        subject = clause.subject(i - before[::-1].index("not") - 1) or clause.subject(i)
        if subject is not None and is_people(clause.tokens, subject):
            yield Act("missing", i, tuple(clause.listed_left(subject)))


def of_life_taken(clause: Clause, i: int) -> Iterator[Act]:
    """ "Privaron de la vida a NP", "acabó con la vida de NP", "le quitaron la vida a NP"."""
    before = [clause.fold(k) for k in range(max(0, i - 5), i)]
    at = next((k for k in range(i - 1, max(-1, i - 6), -1) if clause.fold(k) in TAKES_LIFE), None)
    if at is None or clause.fold(i + 1) not in ("a", "al", "de", "del") or "su" in before:
        return
    target = clause.phrase_at(i + 2)
    if target is not None and _is_somebody(clause, target):
        subject = clause.subject(at)
        doer = subject if subject is not None and clause.is_doer(subject, is_certain=False) else None
        yield Act("killed", i, tuple(clause.listed_right(target)), one(doer), *polarity(clause, at))


def of_bleeding(clause: Clause, i: int) -> Iterator[Act]:
    """ "Bled to death", "choked to death"."""
    if clause.fold(i + 1) == "to" and clause.fold(i + 2) == "death":
        yield from _of_subject(clause, i, "died")


def of_taking_away(clause: Clause, i: int) -> Iterator[Act]:
    """ "Soldiers took away NP", "NP was dragged from her home by", "a NP se lo llevaron los soldados".

    By police or soldiers it is a detention; by others, or by nobody named, a kidnapping.
    """
    after = [clause.fold(k) for k in range(i + 1, i + 9)]
    away = (
        "away" in after[:5]
        or (clause.fold(i - 1) == "se" and clause.fold(i).startswith("llev"))
        or any(x in WHERE_FROM for x in _origin(after))
    )
    clitic = fronted_clitic(clause, i)
    if not away and not (clitic is not None and clause.fold(i) in ("llevo", "llevaron", "lleva", "llevan")):
        return
    passive = clause.fold(i - 1) in BE
    doer = clause.doer_after(i + 1) if passive else _doer_beside(clause, i)
    if passive:
        subject = clause.subject(i)
        victims = tuple(clause.listed_left(subject)) if subject is not None and _is_somebody(clause, subject) else ()
    elif clitic is not None:
        victims = fronted(clause, clitic)
    else:
        target = clause.object(i)
        if target is None and after[:1] == ["away"]:
            target = clause.object(i + 1)
        is_one = target is not None and (is_people(clause.tokens, target) or is_pronoun(clause.tokens, target))
        victims = tuple(clause.listed_right(target)) if target is not None and is_one else ()
    if doer is not None and any(doer.a == v.a for v in victims):
        doer = None
    if not victims or (doer is None and not passive and clitic is None and clause.fold(i - 1) != "se"):
        return
    by_state = doer is not None and any(clause.fold(k) in POLICE for k in range(doer.a, doer.full))
    yield Act("detained" if by_state else "kidnapped", i, victims, one(doer), *polarity(clause, i))


def _origin(after: list[str]) -> list[str]:
    """The words after "from", "de", "desde"."""
    at = next((n for n, x in enumerate(after) if x in ("from", "de", "del", "desde")), None)
    return after[at + 1 : at + 5] if at is not None else []


def _doer_beside(clause: Clause, i: int) -> Chunk | None:
    subject = clause.subject(i)
    if subject is not None and clause.is_doer(subject, is_certain=False):
        return subject
    after = clause.starting(i + 1)
    return after if after is not None and clause.is_doer(after, is_certain=False) else None


def fronted_clitic(clause: Clause, i: int) -> int | None:
    """The token of "lo", "la", "los", "las", "le", "les" right before a Spanish verb; "se lo" too."""
    j = i - 1
    while clause.fold(j) in ("habian", "habia", "han", "ha", "no"):
        j -= 1
    return j if clause.fold(j) in ("lo", "la", "los", "las", "le", "les") else None


def fronted(clause: Clause, clitic: int) -> tuple[Chunk, ...]:
    """Whom the pronoun stands for where the sentence says so first: "A mi hijo Juan lo mataron"; else the pronoun itself."""
    for c in clause.chunks:
        if c.full > clitic:
            break
        if (
            clause.fold(c.a - 1) in ("a", "al")
            and _is_somebody(clause, c)
            and not _verb_between(clause, c.full, clitic)
        ):
            return tuple(clause.listed_right(c))
    return (Chunk(clitic, clitic + 1, clitic + 1, clitic),)


def _verb_between(clause: Clause, a: int, b: int) -> bool:
    return any(clause.mark(k) in (".", ";", ":") or clause.fold(k) in ("que", "quien") for k in range(a, b))


def _is_somebody(clause: Clause, c: Chunk) -> bool:
    return not is_thing(clause.tokens, c) and is_people(clause.tokens, c)
