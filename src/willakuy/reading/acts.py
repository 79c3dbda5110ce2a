"""Who did what to whom in a sentence: active, passive, nominal, agentless; subjects, objects, relative clauses, coordination.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from willakuy.reading.clauses import Act, Clause, polarity
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
from willakuy.reading.lexicon.acts import ACTS, DOER_NOUNS, NOMINALS, SUFFERS, Verb
from willakuy.reading.lexicon.deeds import (
    ARMS,
    BLAMES,
    CLAIMS,
    DOES_DEEDS,
    NAMED_AS,
)
from willakuy.reading.lexicon.harm import COUNTED, STATES
from willakuy.reading.tokens import Token
from willakuy.reading.verbs import life_lost, of_passive, of_sufferer, of_verb, seized_as


def acts_of(tokens: Sequence[Token], clause: Clause | None = None) -> list[Act]:
    """Every act of violence the sentence speaks of, in order."""
    clause = clause or Clause(tokens)
    found: list[Act] = []
    for i, t in enumerate(tokens):
        f = t.fold
        made: Iterator[Act] = iter(())
        if f in ARMS and clause.fold(i - 1) in DOER_NOUNS:
            made = of_arms(clause, i)
        elif f in ACTS and i not in _modifiers(clause, i):
            made = of_verb(clause, i, ACTS[f], found)
        elif f in SUFFERS:
            made = of_sufferer(clause, i, i, SUFFERS[f])
        elif f in ("lost", "lose", "perdio", "perdieron", "perder", "pierden", "pierde") and (
            end := life_lost(clause, i)
        ):
            made = of_sufferer(clause, i, end, "died")
        elif f in NOMINALS and not (f in ARMS and clause.fold(i + 1) in ("de", "del", "by")):
            made = of_noun(clause, i, NOMINALS[f])
        elif f in STATES:
            made = of_state(clause, i, STATES[f])
        elif f in BLAMES:
            made = of_blame(clause, i)
        elif f in NAMED_AS:
            made = of_naming(clause, i)
        elif (
            f in ("atribuyo", "atribuyeron", "atribuye", "atribuyen", "attributed", "attributes")
            and clause.fold(i - 1) != "se"
        ):
            made = of_attributing(clause, i)
        elif f in CLAIMS:
            made = of_claim(clause, i)
        elif (seized := seized_as(clause, i)) is not None:
            made = of_passive(clause, i, seized, Verb(seized, is_spanish=False), *polarity(clause, i))
        elif f in DOES_DEEDS:
            made = of_deed(clause, i)
        elif f in ARMS:
            made = of_arms(clause, i)
        found += made
    found += within_phrases(clause)
    return sorted(found, key=lambda a: a.at)


def _modifiers(clause: Clause, i: int) -> frozenset[int]:
    """A participle inside a noun phrase is no verb of the clause."""
    k = clause._within.get(i)
    return frozenset([i]) if k is not None and clause.chunks[k].head != i else frozenset()


def may_speak_of_acts(folded: str) -> bool:
    """A quick look, before the careful one."""
    return not _TRIGGERS.isdisjoint(_WORDS.findall(folded))


_WORDS = re.compile(r"[a-z]+")


_TRIGGERS = frozenset(
    [*ACTS, *SUFFERS, *NOMINALS, *STATES, *BLAMES, *COUNTED, "perdio", "perdieron", "lost", "lives", "toll"]
)
