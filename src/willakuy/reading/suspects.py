"""Arrests of those suspected of violence, told apart from the detentions a record of harm is about.

Method: docs/method/reading.md, "Who did what to whom".
"""

from __future__ import annotations

from dataclasses import replace

from willakuy.reading.clauses import Act, Clause, one
from willakuy.reading.lexicon.acts import ACTS, NOMINALS
from willakuy.reading.lexicon.word_lists import words

_SUSPECTS = words(
    "suspect suspects gunman gunmen killer killers murderer murderers kidnapper kidnappers abductor abductors assassin assassins hitman hitmen attacker "
    "attackers assailant assailants perpetrator perpetrators robber robbers terrorist terrorists criminal criminals bandits culprit culprits mastermind "
    "sospechoso sospechosos sospechosa sicario sicarios asesino asesinos homicida homicidas secuestrador secuestradores atacante atacantes delincuente "
    "delincuentes terrorista terroristas autor autores"
)
_LINKS = words(
    "for over connection suspicion charges charge accused charged suspected implicated involvement linked regarding por acusado acusada acusados "
    "sospechoso imputado vinculado implicado presunto presunta relation relacion"
)
_VIOLENT = frozenset(noun for noun, act in NOMINALS.items() if act in ("killed", "kidnapped", "attacked", "tortured"))
_REACH = 14


def told_apart(clause: Clause, act: Act) -> Act:
    """A detention of a suspect becomes the act "arrested": "held over the murder of …", "police arrested the kidnappers"."""
    if act.act != "detained":
        return act
    taken = act.victims or one(clause.object(act.at))
    of_suspects = any(clause.fold(k) in _SUSPECTS for c in taken for k in range(c.a, c.full))
    return replace(act, act="arrested") if of_suspects or _for_violence(clause, act.at) else act


def _for_violence(clause: Clause, at: int) -> bool:
    """After the word, in its clause, a link ("for", "over", "por") to a noun or verb of violence."""
    linked = False
    for k in range(at + 1, min(len(clause.tokens), at + _REACH)):
        f = clause.fold(k)
        if clause.mark(k) in (".", ";"):
            return False
        linked = linked or f in _LINKS
        verb = ACTS.get(f)
        if linked and (
            f in _VIOLENT or (verb is not None and verb.act in ("killed", "kidnapped") and f.endswith("ing"))
        ):
            return True
    return False
