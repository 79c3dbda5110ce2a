"""Verbs of violence in the active, the passive and as bare participles, and verbs whose subject suffers.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from collections.abc import Iterator

from willakuy.reading.chunks import Chunk
from willakuy.reading.clauses import Act, Clause, one
from willakuy.reading.lexicon.acts import ACTS, Verb
from willakuy.reading.lexicon.deeds import (
    BECAME,
    BETWEEN,
    BLAMES,
    DEED_NOUNS,
)
from willakuy.reading.lexicon.function_words import BE, HAVE, PREPOSITIONS, TIME_WORDS
from willakuy.reading.lexicon.outcomes import KIN
from willakuy.reading.lexicon.people import KINSFOLK
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.outcomes import fronted, fronted_clitic, has_no_subject
from willakuy.reading.people_in import is_human, is_people, is_pronoun, is_thing, name_in
from willakuy.reading.polarity import polarity
from willakuy.reading.word_kinds import NUMBERS

_UNITS_OF_TIME = words("day days week weeks month months year years hour hours dia dias mes meses ano anos")
_PARTICIPLE = (
    "ed",
    "ado",
    "ada",
    "ados",
    "adas",
    "ido",
    "ida",
    "idos",
    "idas",
    "shot",
    "slain",
    "beaten",
    "blown",
    "thrown",
    "burnt",
)


def of_verb(clause: Clause, i: int, verb: Verb, before: list[Act]) -> Iterator[Act]:
    act = _act_of(clause, i, verb)
    real, denied = polarity(clause, i)
    f = clause.fold(i)
    j = i - 1
    while (
        j >= 0 and clause.fold(j) not in BE and (clause.fold(j) in BETWEEN or clause.fold(j).endswith(("ly", "mente")))
    ):
        j -= 1
    participle = f.endswith(_PARTICIPLE)
    if participle and (clause.fold(j) in BE or clause.fold(j) in BECAME or clause.fold(j) in ("got", "get")):
        yield from of_passive(clause, i, act, verb, real, denied)
        return
    if participle and clause.fold(j) not in HAVE and _is_reduced(clause, i, verb):
        subject = _reduced_subject(clause, i, j)
        doer = clause.doer_after(i + 1)
        if subject is None and clause.fold(j) in ("and", "y", "e") and before and before[-1].victims:
            yield Act(act, i, before[-1].victims, one(doer), real, denied)
            return
        if subject is not None and _may_suffer(clause, subject, verb):
            yield Act(act, i, tuple(clause.listed_left(subject)), one(doer), real, denied)
            return
        if doer is not None:
            yield Act(act, i, (), one(doer), real, denied)
        if act in ("killed", "injured", "kidnapped", "detained"):
            return
    yield from _active(clause, i, act, verb, real, denied)


def _reduced_subject(clause: Clause, i: int, j: int) -> Chunk | None:
    """ "the mayor, kidnapped in May,": the phrase before the comma. "was taken away and killed": the subject of "was"."""
    if clause.mark(j) == ",":
        c = clause.ending(j)
        return _whom_it_describes(clause, i, c) if c is not None else None
    if clause.fold(j) not in ("and", "y", "e"):
        return clause.subject(i)
    if clause.ending(j) is not None and clause.fold(j - 1) not in BE:
        for k in range(j - 1, max(0, j - 25), -1):
            if clause.fold(k) in BE:
                return clause.subject(k)
    return None


def _whom_it_describes(clause: Clause, i: int, c: Chunk) -> Chunk:
    """ "The mother of Isidro Inventado, killed by soldiers,": the one named last, unless the Spanish ending says otherwise."""
    last = clause.last_part(c)
    head = clause.fold(c.head)
    if last is c or name_in(clause.tokens, last) is None or not (head in KIN or head in KINSFOLK):
        return c
    given, ending = clause.fold(last.a), clause.fold(i)[-1:]
    agrees_with_head = ending in "ao" and head[-1:] == ending and given[-1:] in "ao" and given[-1:] != ending
    return c if agrees_with_head else last


def _act_of(clause: Clause, i: int, verb: Verb) -> str:
    """ "shot dead", "beaten to death", "gunned down" kill."""
    after = [clause.fold(k) for k in range(i + 1, i + 7)]
    if verb.act in ("attacked",) and (
        "dead" in after[:4] or ("to" in after and "death" in after and after.index("death") - after.index("to") == 1)
    ):
        return "killed"
    if verb.act in ("attacked",) and ("muerte" in after[:3] or "tiros" in after[:2]):
        return "killed"
    return verb.act


def of_passive(clause: Clause, i: int, act: str, verb: Verb, real: bool, denied: bool) -> Iterator[Act]:
    doer = clause.doer_after(i + 1)
    if verb.is_spanish:
        after = _after_verb(clause, i)
        if after is not None and _may_suffer(clause, after, verb) and not is_thing(clause.tokens, after):
            yield Act(act, i, tuple(clause.listed_right(after)), one(doer), real, denied)
            return
    subject = clause.subject(i) or _far_subject(clause, i)
    certain = (
        act in ("detained", "injured", "kidnapped") and subject is not None and not is_thing(clause.tokens, subject)
    )
    is_one = subject is not None and is_pronoun(clause.tokens, subject)
    if subject is not None and (certain or is_one or _may_suffer(clause, subject, verb)):
        yield Act(act, i, tuple(clause.listed_left(subject)), one(doer), real, denied)
    elif subject is None and verb.is_spanish and has_no_subject(clause, i):
        yield Act(act, i, (Chunk(i, i + 1, i + 1, i),), one(doer), real, denied)
    elif doer is not None:
        yield Act(act, i, (), one(doer), real, denied)


def _after_verb(clause: Clause, i: int) -> Chunk | None:
    """The subject that Spanish puts last: "fue detenida arbitrariamente ayer en Lima Rosa Inventada"."""
    k = i + 1
    while k < min(len(clause.tokens), i + 10):
        f = clause.fold(k)
        if (c := clause.starting(k)) is not None:
            return c
        if f.endswith("mente") or f in TIME_WORDS or f in ("tambien", "asimismo", "ayer", "hoy", "anoche"):
            k += 1
        elif (
            f in ("en", "de", "durante", "a", "al")
            and (c := clause.starting(k + 1)) is not None
            and not is_human(clause.tokens, c)
        ):
            if clause.subject(i) is not None:
                return None
            k = c.full
        else:
            return None
    return None


def of_hostages(clause: Clause, i: int) -> Iterator[Act]:
    """ "Held several ambassadors hostage", "took three nuns hostage", "tomaron de rehenes a NP"."""
    target = clause.object(i)
    held = ("hostage", "hostages", "captive", "prisoner")
    if target is not None and target.b - target.a > 1 and clause.fold(target.b - 1) in held:
        target = Chunk(target.a, target.b - 1, target.b - 1, target.b - 2)
    if target is not None and clause.fold(target.full) in held:
        yield Act("kidnapped", i, tuple(clause.listed_right(target)), one(doer_left(clause, i)), *polarity(clause, i))


def of_rounding_up(clause: Clause, i: int) -> Iterator[Act]:
    """ "Rounded up nine villagers", "locked up the students"."""
    target = clause.object(i)
    if clause.fold(i + 1) == "up" and target is not None and is_human(clause.tokens, target):
        yield Act("detained", i, tuple(clause.listed_right(target)), one(doer_left(clause, i)), *polarity(clause, i))


def seized_as(clause: Clause, i: int) -> str | None:
    """ "were taken into custody", "was rounded up", "were taken hostage": the phrase names the act."""
    j = i - 1
    while clause.fold(j) in BETWEEN or clause.fold(j).endswith("ly"):
        j -= 1
    if clause.fold(j) not in BE:
        return None
    after = [clause.fold(k) for k in range(i + 1, i + 4)]
    f = clause.fold(i)
    if f in ("taken", "kept", "remanded", "placed", "put") and any(
        x in ("custody", "arrest", "detention") for x in after
    ):
        return "detained"
    if (f in ("rounded", "locked", "picked") and after[0] == "up") or (
        f in ("nabbed", "booked", "held") and after[0] not in ("in", "on", "at", "to")
    ):
        return "detained"
    return "kidnapped" if f in ("taken", "held") and after[0] in ("hostage", "captive") else None


def _far_subject(clause: Clause, i: int) -> Chunk | None:
    """ "The one person who happened to pass was wounded": the nearest people with a relative clause or an aside of their own."""
    for c in reversed(clause.chunks):
        if c.full >= i or clause.hangs_on_preposition(c) or not is_human(clause.tokens, c):
            continue
        return (
            c
            if clause.fold(c.full) in ("who", "that", "que", "quien", "quienes") or clause.mark(c.full) == ","
            else None
        )
    return None


def _is_reduced(clause: Clause, i: int, verb: Verb) -> bool:
    """A participle without its auxiliary: nothing follows that it could take as an object."""
    nxt = clause.fold(i + 1)
    if clause.mark(i + 1) in ("", ",", ".", ";", ")", "]", ":") and verb.act in (
        "killed",
        "injured",
        "kidnapped",
        "detained",
    ):
        return True
    if nxt in ("by", "por"):
        return True
    if nxt == "dead" and (
        not clause.tokens[min(i + 2, len(clause.tokens) - 1)].is_word
        or i + 2 >= len(clause.tokens)
        or clause.fold(i + 2) in PREPOSITIONS
    ):
        return True
    if clause.mark(i - 1) == "," and (nxt[:1].isdigit() or nxt in NUMBERS) and clause.fold(i + 2) in _UNITS_OF_TIME:
        return True
    if verb.act in ("killed", "injured", "kidnapped", "detained", "tortured"):
        return nxt in (
            "in",
            "on",
            "at",
            "during",
            "when",
            "while",
            "after",
            "and",
            "or",
            "near",
            "from",
            "with",
            "since",
            "as",
            "yesterday",
            "today",
            "last",
            "this",
            "outside",
            "inside",
            "here",
            "recently",
            "en",
            "el",
            "durante",
            "cuando",
            "tras",
            "y",
            "ayer",
            "hoy",
            "con",
            "de",
            "mientras",
        ) and not (nxt == "el" and verb.is_spanish is False)
    return False


def _active(clause: Clause, i: int, act: str, verb: Verb, real: bool, denied: bool) -> Iterator[Act]:
    if act == "missing":
        yield from of_sufferer(clause, i, i, "missing")
        return
    target = clause.object(i)
    if (
        target is not None
        and clause.fold(i)
        in ("opened", "fired", "planted", "hurled", "threw", "thrown", "throwing", "blew", "detonated", "hurling")
        and not any(x in DEED_NOUNS for x in (clause.fold(k) for k in range(i, target.full + 3)))
        and act == "destroyed"
        and clause.fold(i) != "blew"
    ):
        return
    victims: tuple[Chunk, ...] = ()
    clitic = fronted_clitic(clause, i) if verb.is_spanish else None
    if clitic is not None:
        victims = fronted(clause, clitic)
        target = None
    if clause.fold(i) in _AIMS and (aimed := _aimed_at(clause, i)) is not None:
        yield Act("attacked", i, tuple(clause.listed_right(aimed)), one(doer_left(clause, i)), real, denied)
        return
    if target is not None and (_may_suffer(clause, target, verb) or is_pronoun(clause.tokens, target)):
        victims = tuple(clause.listed_right(target))
    doer = doer_left(clause, i)
    if doer is None and clause.fold(i).endswith(("ing", "ando", "iendo")):
        doer = _main_doer(clause, i)
    if victims or doer is not None:
        yield Act(act, i, victims, one(doer), real, denied)


_AIMS = words(
    "fired shot firing shooting opened disparo dispararon disparado disparando dispara disparan abrieron abrio arremetieron arremetio"
)


def _aimed_at(clause: Clause, i: int) -> Chunk | None:
    """ "Fired at NP", "opened fire on NP", "dispararon contra NP", "disparó a NP"."""
    for k in range(i + 1, min(len(clause.tokens) - 1, i + 5)):
        if clause.fold(k) in ("at", "on", "upon", "against", "contra", "a", "al"):
            c = clause.phrase_at(k + 1)
            return c if c is not None and is_human(clause.tokens, c) else None
        if clause.fold(k) not in ("fire", "fuego", "shots", "bullets", "live", "rubber", "indiscriminately"):
            return None
    return None


def doer_left(clause: Clause, i: int) -> Chunk | None:
    if clause.fold(i).endswith(("ing", "ando", "iendo")) and clause.mark(i - 1) in (",", ";"):
        return None
    subject = clause.subject(i)
    if subject is None and clause.fold(clause.verb_start(i) - 1) in ("and", "y", "e"):
        return _main_doer(clause, i)
    return subject if subject is not None and clause.is_doer(subject, is_certain=False) else None


def _main_doer(clause: Clause, i: int) -> Chunk | None:
    """The nearest phrase to the left that can do such things and is the subject of a verb; after "accused NP of", NP."""
    if clause.fold(i - 1) in ("of", "for", "de", "por"):
        blames = next((k for k in range(i - 1, -1, -1) if clause.fold(k) in BLAMES), None)
        if blames is not None:
            return clause.object(blames)
    for c in reversed(clause.chunks):
        if c.full > i or clause.hangs_on_preposition(c):
            continue
        nxt = c.full
        if clause.tokens[c.a].fold in ("him", "them", "it"):
            continue
        follows_verb = (
            clause.fold(nxt) in HAVE
            or clause.fold(nxt) in ACTS
            or clause.fold(nxt).endswith(("ed", "ó", "aron", "ieron"))
            or clause.fold(nxt) in ("who", "que", "opened", "entered", "took", "went")
        )
        if follows_verb and clause.is_doer(c, is_certain=False):
            return c
    return None


def _may_suffer(clause: Clause, c: Chunk, verb: Verb) -> bool:
    """Verbs that take things as well need a noun of people; the others take any phrase that is not a thing."""
    if verb.act == "destroyed":
        return False
    if verb.needs_people:
        return is_human(clause.tokens, c) or (c.b - c.a == 1 and clause.tokens[c.a].words[0].isdigit())
    return is_people(clause.tokens, c) or not is_thing(clause.tokens, c)


def of_sufferer(clause: Clause, i: int, end: int, act: str) -> Iterator[Act]:
    """Subject before the verb, or after it as Spanish likes ("murieron cinco personas")."""
    real, denied = polarity(clause, i)
    after = clause.starting(end + 1)
    spanish = clause.fold(i).endswith(("o", "on", "en", "e"))
    if (
        after is not None
        and spanish
        and not is_thing(clause.tokens, after)
        and (is_people(clause.tokens, after) or clause.tokens[after.a].words[0].isdigit())
    ):
        yield Act(act, i, tuple(clause.listed_right(after)), one(clause.doer_after(after.full, 6)), real, denied)
        return
    subject = clause.subject(i)
    if subject is not None and not is_thing(clause.tokens, subject):
        yield Act(act, i, tuple(clause.listed_left(subject)), one(clause.doer_after(i + 1, 8)), real, denied)
    elif subject is None and spanish and has_no_subject(clause, i):
        yield Act(act, i, (Chunk(i, i + 1, i + 1, i),), one(clause.doer_after(i + 1, 8)), real, denied)


def life_lost(clause: Clause, i: int) -> int | None:
    """The last token of "lost their lives", "perdió la vida"."""
    for k in range(i + 1, min(len(clause.tokens), i + 4)):
        if clause.fold(k) in ("life", "lives", "vida", "vidas"):
            return k
    return None
