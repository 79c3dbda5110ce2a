"""A sitting of review: the pairs in order, one decision at a time, each recorded before the next pair is shown.

Nothing is kept that the ledger does not hold: a sitting that is cut off is resumed by starting another. What was
skipped comes back then.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.casefile.agreement import agreement, answers_of
from willakuy.casefile.case import Case
from willakuy.casefile.deciding import decide
from willakuy.casefile.foreseeing import foresee
from willakuy.casefile.pairview import PairView, look
from willakuy.casefile.upholding import exception_subject, with_judgement
from willakuy.casefile.waiting import queue
from willakuy.statements.ids import JudgementId, StatementId
from willakuy.statements.judgements import Coding, Decision, Identity, IdentityVerdict, PolicyException, Undo

VERDICTS = ("same", "different", "undecided")


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair to decide. ``change``: how far the answer is expected to move the bounds of the figures, ``None`` unsaid."""

    left: str
    right: str
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer would do, in sentences. ``exceptions``: (rule, a, b) that would have to be allowed first."""

    is_refused: bool
    lines: tuple[str, ...]
    exceptions: tuple[tuple[str, str, str], ...] = ()


class Sitting(ABC):
    """The pairs of a sitting and where it stands. ``at`` is the pair on the screen, ``None`` past the last."""

    is_blind = False

    def __init__(self, pairs: Sequence[Asked], by: str) -> None:
        self.pairs = tuple(pairs)
        self.by = by
        self.position = 0
        self.skipped: set[Asked] = set()
        self.decided: list[tuple[Asked, str]] = []

    @property
    def at(self) -> Asked | None:
        return self.pairs[self.position] if self.position < len(self.pairs) else None

    @property
    def n_left(self) -> int:
        """Pairs that still wait for an answer, the skipped ones included; two pairs of the same two persons are one."""
        return len({self.asks_about(pair) for pair in self.pairs if not self.is_settled(pair)})

    def forward(self) -> None:
        """To the next pair that waits; past the end when none does."""
        self.position += 1
        while (pair := self.at) is not None and self.is_settled(pair):
            self.position += 1

    def skip(self) -> None:
        if self.at is not None:
            self.skipped.add(self.at)
        self.forward()

    def back(self) -> bool:
        """To the pair before, settled or not; whether there is one."""
        if self.position == 0:
            return False
        self.position -= 1
        return True

    def answer(self, verdict: str, reason: str) -> str:
        """Record the answer to the pair on the screen and go on; the judgement's id.

        Raises:
            WouldBreak: nothing was recorded.
        """
        pair = self.at
        assert pair is not None
        recorded = self.record(pair, verdict, reason)
        self.decided.append((pair, recorded))
        self.forward()
        return recorded

    def undo(self, reason: str) -> Asked | None:
        """Take back the last answer of this sitting and return to its pair; ``None`` when there is none."""
        if not self.decided:
            return None
        pair, recorded = self.decided.pop()
        self.take_back(recorded, reason)
        self.position = self.pairs.index(pair)
        return pair

    def asks_about(self, pair: Asked) -> tuple[str, str]:
        """What tells one question from another."""
        return pair.left, pair.right

    @abstractmethod
    def is_settled(self, pair: Asked) -> bool: ...

    @abstractmethod
    def look(self, pair: Asked) -> PairView: ...

    @abstractmethod
    def foresee(self, pair: Asked, verdict: str) -> Told: ...

    @abstractmethod
    def record(self, pair: Asked, verdict: str, reason: str) -> str: ...

    @abstractmethod
    def take_back(self, recorded: str, reason: str) -> None: ...

    def allow(self, rule: str, a: str, b: str, reason: str) -> None:
        """Record an exception to a rule of merging."""
        raise NotImplementedError


class CaseSitting(Sitting):
    """Review in a case. The corpus is read once and follows the decisions of the sitting."""

    def __init__(self, case: Case, by: str, pairs: Sequence[Asked] | None = None) -> None:
        self.case = case
        self.corpus = case.corpus()
        super().__init__(
            [_asked(w.left, w.right, w.change) for w in queue(self.corpus)] if pairs is None else pairs, by
        )
        self._index()

    def is_settled(self, pair: Asked) -> bool:
        a, b = self.asks_about(pair)
        return a == b or (a, b) in self._apart

    def asks_about(self, pair: Asked) -> tuple[str, str]:
        a, b = (self._person.get(StatementId(r), r) for r in (pair.left, pair.right))
        return (a, b) if a < b else (b, a)

    def look(self, pair: Asked) -> PairView:
        return look(self.corpus, StatementId(pair.left), StatementId(pair.right))

    def foresee(self, pair: Asked, verdict: str, *, with_figures: bool | None = None) -> Told:
        seen = foresee(self.corpus, self._decision(pair, verdict), with_figures=with_figures)
        wanted = tuple((b.rule, str(b.a), str(b.b)) for b in seen.broken if b.may_be_excepted)
        may = len(wanted) == len(seen.broken)
        return Told(seen.is_refused, seen.say(self.corpus), wanted if may else ())

    def record(self, pair: Asked, verdict: str, reason: str) -> str:
        return self._decide(self._decision(pair, verdict), reason)

    def take_back(self, recorded: str, reason: str) -> None:
        self._decide(Undo(JudgementId(recorded)), reason)

    def allow(self, rule: str, a: str, b: str, reason: str) -> None:
        self._decide(PolicyException(rule, exception_subject(a, b), allow=True), reason)

    def _decision(self, pair: Asked, verdict: str) -> Decision:
        return Identity(IdentityVerdict(verdict), (StatementId(pair.left), StatementId(pair.right)))

    def _decide(self, decision: Decision, reason: str) -> str:
        outcome = decide(self.case, decision, reason=reason, by=self.by, corpus=self.corpus)
        self.corpus = with_judgement(self.corpus, outcome.judgement)
        self._index()
        return outcome.judgement.judgement_id

    def _index(self) -> None:
        identities = self.corpus.identities
        self._person = {r: str(p.person_id) for p in identities.persons for r in p.records}
        settled = identities.different | identities.undecided
        self._apart = {
            (min(x, y), max(x, y)) for x, y in ((self._person[a], self._person[b]) for a, b in settled) if x != y
        }


class BlindSitting(CaseSitting):
    """A second coder's answers: neither the machine's opinion nor anybody's decision is shown, and nothing is joined.

    The pairs are those that others answered, mixed with open ones so that being asked tells nothing, in an order of
    the coder's own.
    """

    is_blind = True

    def __init__(self, case: Case, by: str) -> None:
        corpus = case.corpus()
        answered = answers_of(corpus.judgements)
        proposed = {(min(p.record_l, p.record_r), max(p.record_l, p.record_r)) for p in corpus.proposals}
        mine = {pair for pair, found in answered.items() if by in found}
        others = {pair for pair, found in answered.items() if pair in proposed and set(found) - {by}}
        named = {
            (min(j.decision.records), max(j.decision.records))
            for j in corpus.judgements
            if isinstance(j.decision, Identity) and len(j.decision.records) == 2 and j.by != by
        }
        doubly = (others | (named & answered.keys())) - mine
        waiting = [(min(w.left, w.right), max(w.left, w.right)) for w in queue(corpus)]
        mixed = doubly | set([p for p in waiting if p not in mine][: max(20, len(doubly))])
        held = {r for person in corpus.identities.persons for r in person.records}
        order = sorted((p for p in mixed if set(p) <= held), key=lambda p: _shuffled(by, *p))
        super().__init__(case, by, [_asked(*p) for p in order])

    def is_settled(self, pair: Asked) -> bool:
        return (pair.left, pair.right) in self._mine

    def look(self, pair: Asked) -> PairView:
        return look(self.corpus, StatementId(pair.left), StatementId(pair.right), blind=True)

    def foresee(self, pair: Asked, verdict: str, *, with_figures: bool | None = None) -> Told:
        return Told(is_refused=False, lines=())

    def _decision(self, pair: Asked, verdict: str) -> Decision:
        return Coding(IdentityVerdict(verdict), (StatementId(pair.left), StatementId(pair.right)))

    def _index(self) -> None:
        found = answers_of(j for j in self.corpus.judgements if j.by == self.by)
        self._mine = {(str(min(p)), str(max(p))) for p in found}

    def asks_about(self, pair: Asked) -> tuple[str, str]:
        return pair.left, pair.right


def differing_pairs(case: Case) -> list[Asked]:
    """Pairs that two coders answered differently: for a third person to settle."""
    corpus = case.corpus()
    held = {r for person in corpus.identities.persons for r in person.records}
    return [_asked(*pair) for pair, _ in agreement(corpus.judgements).differing if set(pair) <= held]


class DifferingSitting(CaseSitting):
    """Pairs on which coders differ, whatever is in force: settled in this sitting only."""

    def is_settled(self, pair: Asked) -> bool:
        return any(done == pair for done, _ in self.decided)


def _asked(left: str, right: str, change: float | None = None) -> Asked:
    return Asked(str(left), str(right), change)


def _shuffled(by: str, left: str, right: str) -> str:
    return hashlib.sha256(f"{by}\x1f{left}\x1f{right}".encode()).hexdigest()
