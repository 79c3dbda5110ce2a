"""Figures, victims and those held responsible, from the words of one sentence.

Method: docs/method/reading.md, "Casualties".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from willakuy.reading.acts import acts_of, may_speak_of_acts
from willakuy.reading.chunks import Chunk
from willakuy.reading.clauses import Act, Clause
from willakuy.reading.counting import Count, counts_of
from willakuy.reading.lexicon.acts import HARM_OF
from willakuy.reading.lexicon.deeds import SHOOTS
from willakuy.reading.lexicon.function_words import DETERMINERS
from willakuy.reading.people_in import is_pronoun
from willakuy.reading.tokens import Token
from willakuy.statements.numbers import Quantity


@dataclass(slots=True)
class Harm:
    """One victim phrase: tokens ``[a, b)`` of the sentence and what befell them. ``harm`` is ``None`` where the words
    name an act (attacked, tortured, threatened) and not its outcome. ``agents`` are token ranges.
    ``refers``: a pronoun, or a Spanish verb without a subject, that stands for somebody named before."""

    a: int
    b: int
    act: str
    harm: str | None
    at: int
    agents: tuple[tuple[int, int], ...] = ()
    quantity: Quantity | None = None
    is_denied: bool = False
    is_real: bool = True
    refers: bool = False


@dataclass(slots=True)
class Casualties:
    """``blamed`` are token ranges of those held responsible, whether or not the sentence says for whom.
    ``acts`` are the acts said to have happened, the token of each, and whether the sentence says to whom.
    """

    counts: list[Count] = field(default_factory=list)
    harms: list[Harm] = field(default_factory=list)
    blamed: list[tuple[int, int]] = field(default_factory=list)
    acts: list[tuple[str, int, bool]] = field(default_factory=list)
    clause: Clause | None = None


def casualties(text: str, folded: str, start: int, end: int, tokens: Sequence[Token]) -> Casualties:
    """Everything the sentence says of victims. ``tokens`` are all of its words, those inside quotation marks too."""
    if not may_speak_of_acts(folded[start:end]):
        return Casualties()
    clause = Clause(tokens)
    acts = acts_of(tokens, clause)
    found = Casualties(clause=clause)
    for act in acts:
        found.harms += _harms(tokens, act, found.harms)
        if act.is_real:
            found.acts.append((act.act, act.at, bool(act.victims)))
            found.blamed += [(c.a, c.full) for c in act.doers if (c.a, c.full) not in found.blamed]
    harmed = [(c, HARM_OF[a.act]) for a in acts for c in a.victims if a.act in HARM_OF and (a.is_real or a.is_denied)]
    _arms(tokens, found.harms, acts)
    found.counts = counts_of(text, start, end, tokens, clause, harmed)
    _join_counts(found)
    return found


def _harms(tokens: Sequence[Token], act: Act, known: Sequence[Harm]) -> list[Harm]:
    """The victims of an act, each once; what is only threatened or planned has none, what is denied is kept as denied."""
    if not act.is_real and not act.is_denied:
        return []
    agents = tuple((c.a, c.full) for c in act.doers)
    made = []
    for c in act.victims:
        if is_pronoun(tokens, c) or (c.b - c.a == 1 and c.a == act.at):
            made.append(
                Harm(
                    c.a,
                    c.b,
                    act.act,
                    HARM_OF.get(act.act),
                    act.at,
                    agents,
                    None,
                    act.is_denied,
                    act.is_real,
                    refers=True,
                )
            )
            continue
        before = next((h for h in known if h.a == c.a and h.act == act.act), None)
        if before is not None:
            before.agents = before.agents or agents
            continue
        made.append(Harm(c.a, c.full, act.act, HARM_OF.get(act.act), act.at, agents, None, act.is_denied, act.is_real))
    return made


def _arms(tokens: Sequence[Token], harms: list[Harm], acts: Sequence[Act]) -> None:
    """ "In police firing, two were killed", "two died when soldiers opened fire": whose arms they were is who is blamed, if one is named and nobody else is."""
    arms = {(c.a, c.full) for a in acts if (a.is_arms or tokens[a.at].fold in SHOOTS) and a.is_real for c in a.doers}
    named = {tuple(t.fold for t in tokens[a:b] if t.fold not in DETERMINERS) for a, b in arms}
    if len(named) == 1:
        at = min(arms)
        for harm in harms:
            between = tokens[min(harm.a, at[0]) : max(harm.b, at[1])]
            if (
                harm.harm in ("killed", "injured")
                and not harm.agents
                and not any(t.fold in _ELSEWHERE for t in between)
            ):
                harm.agents = (at,)


_ELSEWHERE = frozenset([".", ";", "while", "whereas", "but", "mientras", "pero", "later", "earlier", "meanwhile"])
"""Words between a death and the shots of somebody that part the two."""


def _bare_act(harm: str) -> str:
    """What a bare number says happened: "17 dead" died, and nobody is said to have killed them."""
    return "died" if harm == "killed" else harm


def _join_counts(found: Casualties) -> None:
    """A victim phrase that begins with a number is that group; a count nobody's phrase holds is a group of its own."""
    for count in found.counts:
        holder = next(
            (
                h
                for h in found.harms
                if not h.refers and h.harm == count.harm and (h.a <= count.a < h.b or count.a <= h.a < count.b)
            ),
            None,
        )
        if holder is not None and holder.quantity is None:
            holder.quantity = count.quantity
            holder.a = min(holder.a, count.a)
            holder.b = max(holder.b, count.a + 1)
        elif holder is None and not count.is_negated and count.quantity.hi != 0:
            found.harms.append(
                Harm(count.a, max(count.b, count.a + 1), _bare_act(count.harm), count.harm, count.a, (), count.quantity)
            )


__all__ = ["Casualties", "Chunk", "Count", "Harm", "casualties"]
