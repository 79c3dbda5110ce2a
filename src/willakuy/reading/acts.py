"""Who did what to whom in a sentence: active, passive, nominal, agentless; subjects, objects, relative clauses, coordination.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from willakuy.reading.appositions import identified
from willakuy.reading.chunks import Chunk
from willakuy.reading.clauses import Act, Clause
from willakuy.reading.deeds import (
    of_arms,
    of_attributing,
    of_blame,
    of_claim,
    of_deed,
    of_naming,
    of_noun,
    of_state,
    within_phrases,
)
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, NOMINALS, PRESENT, SUFFERS, Verb
from willakuy.reading.lexicon.deeds import (
    ARMS,
    BLAMES,
    CLAIMS,
    DOES_DEEDS,
    NAMED_AS,
)
from willakuy.reading.lexicon.harm import COUNTED, STATES
from willakuy.reading.lexicon.outcomes import (
    BODIES,
    HIT,
    KILLERS,
    NOBODY,
    PRISONS,
    SUFFERED,
    TAKE_AWAY,
    WHERE_FROM,
    WOUNDS,
)
from willakuy.reading.lexicon.word_lists import words
from willakuy.reading.outcomes import (
    of_being_among,
    of_being_held,
    of_being_hit,
    of_bleeding,
    of_bodies,
    of_killers,
    of_life_taken,
    of_loss,
    of_not_seen,
    of_suffering,
    of_taking_away,
    of_victim,
)
from willakuy.reading.people_in import is_people, name_in
from willakuy.reading.polarity import polarity
from willakuy.reading.suspects import told_apart
from willakuy.reading.tokens import Token
from willakuy.reading.verbs import life_lost, of_hostages, of_passive, of_rounding_up, of_sufferer, of_verb, seized_as
from willakuy.reading.word_kinds import NUMBERS

_LOSES = words("lost lose perdio perdieron perder pierden pierde perdi perdimos")
_BLEEDS = words("bled choked suffocated froze starved burned")
_ATTRIBUTES = words("atribuyo atribuyeron atribuye atribuyen attributed attributes")
_HOLDS = words("held took taking holding keeping kept")
_SEIZES = words("taken kept remanded placed put rounded locked picked nabbed booked held")


def acts_of(tokens: Sequence[Token], clause: Clause | None = None) -> list[Act]:
    """Every act of violence the sentence speaks of, in order."""
    clause = clause or Clause(tokens)
    found: list[Act] = []
    for i, t in enumerate(tokens):
        f = t.fold
        if f not in _OPENS_AN_ACT:
            continue
        made: Iterator[Act] = iter(())
        if f in ARMS and clause.fold(i - 1) in DOER_NOUNS:
            made = of_arms(clause, i)
        elif f == "seized" and (taken := tuple(of_taking_away(clause, i))):
            made = iter(taken)
        elif f in NOMINALS and f in ACTS and (clause.fold(i + 1) == "of" or clause.fold(i - 1).endswith(("'s", "’s"))):
            made = of_noun(clause, i, NOMINALS[f])
        elif f in ACTS and i not in _modifiers(clause, i) and clause.fold(i + 1) not in ("victim", "victims"):
            made = of_verb(clause, i, ACTS[f], found)
        elif f in PRESENT and clause.over(i) is None:
            made = of_verb(clause, i, PRESENT[f], found)
        elif f in SUFFERS:
            made = of_sufferer(clause, i, i, SUFFERS[f])
        elif f in _LOSES:
            end = life_lost(clause, i)
            made = of_sufferer(clause, i, end, "died") if end else of_loss(clause, i)
        elif f in NOMINALS and not (f in ARMS and clause.fold(i + 1) in ("de", "del", "by")):
            made = of_noun(clause, i, NOMINALS[f])
        elif f in STATES:
            made = of_state(clause, i, STATES[f])
        elif f in BLAMES:
            made = of_blame(clause, i)
        elif f in NAMED_AS:
            made = of_naming(clause, i)
        elif f in _ATTRIBUTES and clause.fold(i - 1) != "se":
            made = of_attributing(clause, i)
        elif f in CLAIMS:
            made = of_claim(clause, i)
        elif f in BODIES:
            made = of_bodies(clause, i)
        elif f in KILLERS:
            made = of_killers(clause, i)
        elif f in ("victim", "victims"):
            made = of_victim(clause, i)
        elif f in HIT:
            made = of_being_hit(clause, i)
        elif f == "among":
            made = of_being_among(clause, i)
        elif f in PRISONS:
            made = of_being_held(clause, i)
        elif f == "seen":
            made = of_not_seen(clause, i)
        elif f == "vida":
            made = of_life_taken(clause, i)
        elif f in _BLEEDS:
            made = of_bleeding(clause, i)
        elif (seized := seized_as(clause, i)) is not None:
            made = of_passive(clause, i, seized, Verb(seized, is_spanish=False), *polarity(clause, i))
        elif f in ("rounded", "locked", "rounding", "locking") and (rounded := tuple(of_rounding_up(clause, i))):
            made = iter(rounded)
        elif f in SUFFERED and (suffered := tuple(of_suffering(clause, i))):
            made = iter(suffered)
        elif f in _HOLDS and (held := tuple(of_hostages(clause, i))):
            made = iter(held)
        elif f in TAKE_AWAY and (taken := tuple(of_taking_away(clause, i))):
            made = iter(taken)
        elif f in DOES_DEEDS or (f in ("abrio", "abrieron", "abriendo") and clause.fold(i + 1) == "fuego"):
            made = of_deed(clause, i)
        elif f in ARMS:
            made = of_arms(clause, i)
        found += made
    found += within_phrases(clause)
    found = [replace(a, victims=identified(clause, _everybody(clause, a))) if a.victims else a for a in found]
    return sorted((told_apart(clause, a) for a in found), key=lambda a: a.at)


def _everybody(clause: Clause, act: Act) -> list[Chunk]:
    """The victims of an act with those the sentence adds later; "nobody was hurt" hurt nobody."""
    victims = [_narrow(clause, c) for c in act.victims if clause.fold(c.a) not in NOBODY and clause.fold(c.a) != "no"]
    if victims:
        victims += [c for c in (*_companions(clause, act.at), *_list_after(clause, act)) if c not in victims]
    return victims


def _narrow(clause: Clause, c: Chunk) -> Chunk:
    """ "The burial of the ten leaders killed": the leaders."""
    first = next((p for p in clause.parts if p.a == c.a), c)
    opens = [clause.fold(k) for k in range(first.a, first.b)]
    holds = is_people(clause.tokens, first) or any(x in NUMBERS or x[:1].isdigit() or x in _GROUPS for x in opens)
    last = clause.last_part(c)
    return c if holds or last is c or not is_people(clause.tokens, last) else last


_GROUPS = words(
    "group grupo number numero total majority mayoria part parte rest resto couple pair par dozen docena column family familia half mitad some most"
)


def _companions(clause: Clause, at: int) -> list[Chunk]:
    """ "Was found dead along with NP", "fue asesinado junto a NP"."""
    for k in range(at + 1, min(len(clause.tokens) - 2, at + 6)):
        if not clause.tokens[k].is_word:
            break
        if clause.fold(k) in ("along", "together", "junto") and clause.fold(k + 1) in ("with", "con", "a", "al"):
            c = clause.starting(k + 2)
            return clause.listed_right(c) if c is not None and is_people(clause.tokens, c) else []
    return []


def _list_after(clause: Clause, act: Act) -> list[Chunk]:
    """ "The following policemen died in combat: NP, NP and NP"."""
    if not any(clause.fold(k) in ("following", "siguientes") for c in act.victims for k in range(c.a - 1, c.full)):
        return []
    colon = next((k for k in range(act.at, len(clause.tokens)) if clause.mark(k) == ":"), None)
    first = clause.starting(colon + 1) if colon is not None else None
    return [c for c in clause.listed_right(first) if name_in(clause.tokens, c)] if first is not None else []


def _modifiers(clause: Clause, i: int) -> frozenset[int]:
    """A participle inside a noun phrase is no verb of the clause."""
    k = clause._within.get(i)
    return frozenset([i]) if k is not None and clause.chunks[k].head != i else frozenset()


def may_speak_of_acts(folded: str) -> bool:
    """A quick look, before the careful one."""
    return not _TRIGGERS.isdisjoint(_WORDS.findall(folded))


_WORDS = re.compile(r"[a-z]+")


_OPENS_AN_ACT = frozenset(
    [
        *ARMS, *ACTS, *PRESENT, *SUFFERS, *NOMINALS, *STATES, *BLAMES, *NAMED_AS, *CLAIMS, *BODIES, *KILLERS, *HIT, *SUFFERED, *TAKE_AWAY,
        *DOES_DEEDS, *_LOSES, *_BLEEDS, *_ATTRIBUTES, *_HOLDS, *_SEIZES, "seized", "victim", "victims", "abrio", "abrieron", "abriendo",
        *PRISONS, "among", "seen", "vida",
    ]
)  # fmt: skip
"""Words at which an act may begin; all others are passed over at once."""
_TRIGGERS = frozenset(
    [
        *ACTS,
        *SUFFERS,
        *NOMINALS,
        *STATES,
        *BLAMES,
        *COUNTED,
        *PRESENT,
        *BODIES,
        *KILLERS,
        *HIT,
        *WOUNDS,
        *WHERE_FROM,
        "llevo",
        "llevaron",
        "perdio",
        "perdieron",
        "perdi",
        "lost",
        "lives",
        "toll",
        "vida",
        "bars",
        "prison",
        "jail",
        "prision",
        "carcel",
        "seen",
        "away",
        "death",
        "custody",
        "booked",
        "nabbed",
        "rounded",
        "hostage",
        "captive",
    ]
)
