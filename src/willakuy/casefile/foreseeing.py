"""What a decision would do, told before it is made: who becomes one, who is kept apart, which figures move.

The terminal and the desk show the same. Nothing here records anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from willakuy.casefile.upholding import Broken, broken_by, with_judgement
from willakuy.casefile.waiting import pairs_waiting
from willakuy.figures import count
from willakuy.i18n import gettext, language, ngettext
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import JudgementId, ScopeId, StatementId
from willakuy.statements.judgements import Decision, Identity, IdentityVerdict, Judgement

AT_ONCE = 5_000
"""Up to so many statements the figures are counted anew for every pair shown; beyond, when somebody asks."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A scope's bounds now, and after the decision."""

    scope_id: ScopeId
    name: str
    now: tuple[int, int]
    then: tuple[int, int]

    def say(self) -> str:
        return gettext("{scope}: {now} → {then}").format(
            scope=self.name, now=_range(*self.now), then=_range(*self.then)
        )


@dataclass(frozen=True, slots=True)
class Foresight:
    """``broken`` is why the decision is refused; empty when it may be made.

    ``also`` are records that it joins besides those it names; ``apart`` pairs of records that it keeps apart besides
    them; ``settles`` is how many other proposed pairs it answers; ``fewer`` persons there would be. ``figures`` are
    those that move, ``None`` when they were not counted.
    """

    decision: Decision
    broken: tuple[Broken, ...]
    also: tuple[StatementId, ...]
    apart: tuple[tuple[StatementId, StatementId], ...]
    settles: int
    fewer: int
    figures: tuple[FigureChange, ...] | None

    @property
    def is_refused(self) -> bool:
        return bool(self.broken)

    def say(self, corpus: Corpus) -> tuple[str, ...]:
        """Sentences, in the language being spoken: refusals first."""
        if self.broken:
            return (gettext("Refused:"), *(b.say() for b in self.broken))
        told = [*self._say_persons(), *self._say_others(corpus)]
        if self.figures is not None:
            told += [change.say() for change in self.figures] or [gettext("No figure moves.")]
        return tuple(told)

    def _say_persons(self) -> list[str]:
        n = abs(self.fewer)
        if self.fewer > 0:
            sentence = ngettext("{n} person fewer: records are joined.", "{n} persons fewer: records are joined.", n)
        elif self.fewer < 0:
            sentence = ngettext(
                "{n} person more: records stand apart again.", "{n} persons more: records stand apart again.", n
            )
        else:
            return []
        return [sentence.format(n=n)]

    def _say_others(self, corpus: Corpus) -> list[str]:
        told = []
        if self.also:
            told.append(gettext("It also joins: {records}.").format(records=_named(corpus, self.also)))
        if self.apart:
            others = sorted({r for pair in self.apart for r in pair} - set(getattr(self.decision, "records", ())))
            told.append(
                ngettext(
                    "It keeps {n} more pair apart, with {records}.",
                    "It keeps {n} more pairs apart, with {records}.",
                    len(self.apart),
                ).format(n=len(self.apart), records=_named(corpus, others))
            )
        if self.settles:
            told.append(
                ngettext(
                    "It settles {n} other proposed pair.", "It settles {n} other proposed pairs.", self.settles
                ).format(n=self.settles)
            )
        return told

    def as_json(self) -> dict[str, object]:
        return {
            "refused": [{"rule": b.rule, "a": b.a, "b": b.b, "because": list(b.because)} for b in self.broken],
            "also_joins": list(self.also),
            "keeps_apart": [list(pair) for pair in self.apart],
            "settles": self.settles,
            "persons_fewer": self.fewer,
            "figures": None
            if self.figures is None
            else [{"scope": f.scope_id, "now": list(f.now), "then": list(f.then)} for f in self.figures],
        }


def foresee(corpus: Corpus, decision: Decision, *, with_figures: bool | None = None) -> Foresight:
    """What ``decision`` would do to ``corpus``. ``with_figures`` ``None``: counted when the case is small."""
    judgement = Judgement(JudgementId("jdg_foreseen"), decision, "", "", "")
    after = with_judgement(corpus, judgement)
    broken = broken_by(corpus, judgement, after)
    wanted = len(corpus.statements) <= AT_ONCE if with_figures is None else with_figures
    named = decision.records if isinstance(decision, Identity) else ()
    return Foresight(
        decision=decision,
        broken=broken,
        also=_also_joined(after, named, decision),
        apart=_also_apart(corpus, named, decision),
        settles=_settled(corpus, after, named) if wanted and not broken else 0,
        fewer=len(corpus.identities.persons) - len(after.identities.persons),
        figures=_moved(corpus, after) if wanted and not broken else None,
    )


def _also_joined(after: Corpus, named: Sequence[StatementId], decision: Decision) -> tuple[StatementId, ...]:
    if not isinstance(decision, Identity) or decision.verdict is not IdentityVerdict.same:
        return ()
    person = after.identities.by_record().get(named[0])
    return tuple(r for r in person.records if r not in named) if person else ()


def _also_apart(
    corpus: Corpus, named: Sequence[StatementId], decision: Decision
) -> tuple[tuple[StatementId, StatementId], ...]:
    """Different persons are different in all their records."""
    if not isinstance(decision, Identity) or decision.verdict is not IdentityVerdict.different or len(named) != 2:
        return ()
    person_of = corpus.identities.by_record()
    a, b = (person_of.get(r) for r in named)
    if a is None or b is None or a is b:
        return ()
    return tuple(pair for pair in product(a.records, b.records) if pair != tuple(named))


def _settled(corpus: Corpus, after: Corpus, named: Sequence[StatementId]) -> int:
    """Pairs that wait now and would not wait then, besides the one decided."""
    persons_then = after.identities.by_record()
    touched = {r for record in named if record in persons_then for r in persons_then[record].records}
    now = {(w.left, w.right) for w in pairs_waiting(corpus, touching=touched)}
    then = {(w.left, w.right) for w in pairs_waiting(after, touching=touched)}
    gone = len(now) - len(then)
    return max(0, gone - 1)


def _moved(corpus: Corpus, after: Corpus) -> tuple[FigureChange, ...]:
    out = []
    for scope in corpus.scope.values():
        now, then = count(corpus, scope), count(after, scope)
        if (now.lo, now.hi) != (then.lo, then.hi):
            out.append(FigureChange(scope.scope_id, scope.name(language()), (now.lo, now.hi), (then.lo, then.hi)))
    return tuple(out)


def _named(corpus: Corpus, records: Sequence[StatementId], most: int = 6) -> str:
    """Names as printed with the ids; the rest as a number."""
    told = []
    for record in records[:most]:
        victim = corpus.statement[record].victim
        told.append(f"{victim.names[0].printed if victim.names else '?'} ({record})")
    rest = len(records) - most
    if rest > 0:
        told.append(ngettext("{n} more", "{n} more", rest).format(n=rest))
    return ", ".join(told)


def _range(lo: int, hi: int) -> str:
    return str(lo) if lo == hi else f"{lo}–{hi}"
