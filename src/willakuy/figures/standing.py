"""One person under one scope on one day: counted, possible or left out, and which records say so.

Method: docs/method/counting.md, "From records to a person".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from willakuy.figures.criteria import FINAL_HARM, REASON_OF, Truth, answers, criteria_of, harm_of, when_silent
from willakuy.figures.effects import CONFIRMING, CRITERIA_OF_ASPECT, DENIAL, REPLACING, Effect, State
from willakuy.figures.independence import n_disjoint
from willakuy.figures.register import Entry, Register, Subject
from willakuy.figures.values import PersonStanding, Reason, Standing
from willakuy.statements.ids import StatementId
from willakuy.statements.scopes import Scope

EXISTENCE = "existence"
UPHELD = "upheld"
"""Not criteria of any scope: whether there was such a person, such a death, such a link at all; and, where that was
taken back or denied, that somebody upholds it."""


@dataclass(frozen=True, slots=True)
class Live:
    """What may be said of one person by one day."""

    states: tuple[tuple[Entry, State], ...]
    confirming: tuple[Effect, ...]
    against: tuple[Effect, ...]
    """Effects in force that take back or deny somebody's existence."""
    aspects: tuple[Effect, ...]
    """Effects in force on one aspect only."""

    @property
    def speaking(self) -> list[Entry]:
        return [entry for entry, state in self.states if state in (State.live, State.contested)]


def stand(register: Register, scope: Scope, subject: Subject, as_of: date | None) -> PersonStanding | None:
    """How ``subject`` stands to ``scope`` on ``as_of``; ``None`` if nobody had spoken of them yet.

    Between two of ``subject.days`` the answer is the same, and is computed once.
    """
    step = _step(subject, as_of)
    if step == 0:
        return _not_yet(subject, as_of)
    memo = register.memo.setdefault(("stand", scope), {})
    key = (subject.person_id, step)
    if key not in memo:
        memo[key] = _stand(register, scope, subject, _day_of(subject, step))
    found: PersonStanding | None = memo[key]
    return found if found is not None else _not_yet(subject, as_of)


def _step(subject: Subject, as_of: date | None) -> int:
    return len(subject.days) + 1 if as_of is None else bisect_right(subject.days, as_of)


def _day_of(subject: Subject, step: int) -> date | None:
    return None if step > len(subject.days) else subject.days[step - 1]


def _not_yet(subject: Subject, as_of: date | None) -> PersonStanding | None:
    """Listed only if some record may have been known by then; one that certainly was not changes nothing."""
    maybe = tuple(e.statement_id for e in subject.entries if as_of is None or e.possible <= as_of)
    if not maybe:
        return None
    return PersonStanding(subject.person_id, Standing.excluded, Reason.not_yet_known, None, (), maybe)


def _stand(register: Register, scope: Scope, subject: Subject, as_of: date | None) -> PersonStanding | None:
    live = live_on(subject, as_of)
    if not live.states:
        return None
    speaking = [entry for entry in live.speaking if not entry.is_set_aside]
    said = [(entry, _with_aspects(live, entry, answers_of(register, scope, entry), scope)) for entry in speaking]
    for_, against = _sides(live, said)

    def left(standing: Standing, reason: Reason, criterion: str | None) -> PersonStanding:
        return PersonStanding(subject.person_id, standing, reason, criterion, for_, against)

    if not live.speaking and not live.confirming:
        return left(Standing.excluded, _taken_back(live), EXISTENCE)
    if not said and live.speaking:
        return left(Standing.excluded, Reason.judged_wrong, EXISTENCE)
    verdicts = _verdicts(live, scope, said)
    for name, verdict in verdicts:
        if verdict is False:
            return left(Standing.excluded, REASON_OF[name], name)
    if scope.min_sources > 1 and _n_sources(live, said) < scope.min_sources:
        return left(Standing.excluded, Reason.too_few_sources, "min_sources")
    if any(state in (State.fallen, State.contested) for _, state in live.states):
        return left(Standing.possible, _taken_back(live), UPHELD)
    for name, verdict in verdicts:
        if verdict is not True:
            reason = Reason.criterion_disputed if verdict == "disputed" else Reason.criterion_unknown
            return left(Standing.possible, reason, name)
    return PersonStanding(subject.person_id, Standing.counted, None, None, for_, against)


def answers_of(register: Register, scope: Scope, entry: Entry) -> tuple[Truth, ...]:
    memo = register.memo.setdefault(("answers", scope), {})
    if entry.statement_id not in memo:
        memo[entry.statement_id] = answers(entry, scope)
    found: tuple[Truth, ...] = memo[entry.statement_id]
    return found


def live_on(subject: Subject, as_of: date | None) -> Live:
    """What became of every record of ``subject`` that was certainly known on ``as_of``."""
    return live_among(subject.entries, subject.effects, as_of)


def live_among(found: Iterable[Entry], effects: Iterable[Effect], as_of: date | None) -> Live:
    known = [entry for entry in found if is_known(entry.day, as_of)]
    acting = [effect for effect in effects if is_known(effect.day, as_of)]
    taking = [e for e in acting if e.reason and e.is_about_existence and not _taken_up_again(e, known, acting)]
    replacing = [e for e in acting if e.effect in REPLACING]
    confirming = [e for e in acting if e.effect in CONFIRMING and e.is_about_existence]
    targets = {entry.statement_id: entry for entry in known}
    states = tuple((entry, _state(entry, taking, replacing, targets)) for entry in known)
    reached = {entry.statement_id for entry, state in states if state in (State.fallen, State.contested)}
    return Live(
        states=states,
        confirming=tuple(confirming),
        against=tuple(e for e in taking if reached & set(e.targets)),
        aspects=tuple(e for e in acting if e.reason and not e.is_about_existence),
    )


def is_known(day: date | None, as_of: date | None) -> bool:
    return as_of is None or (day is not None and day <= as_of)


def _taken_up_again(effect: Effect, known: Sequence[Entry], acting: Sequence[Effect]) -> bool:
    """The very source that took it back later says it again, in a record or by confirming it.

    A copy of that source does not suffice: stale copies go on circulating for days.
    """
    if effect.day is None:
        return False
    own = [e.day for e in known if e.source == effect.source and e.statement_id not in effect.targets]
    own += [e.day for e in acting if e.effect in CONFIRMING and e.is_about_existence and e.source == effect.source]
    return any(day is not None and day > effect.day for day in own)


def _state(
    entry: Entry, taking: Sequence[Effect], replacing: Sequence[Effect], targets: dict[StatementId, Entry]
) -> State:
    contested = False
    for effect in taking:
        addressed = [targets[t] for t in effect.targets if t in targets]
        if not addressed:
            continue
        is_target = any(t is entry for t in addressed)
        if not effect.reaches_copies and not is_target:
            contested = contested or any(entry.every & t.whole for t in addressed)
            continue
        own = [t for t in addressed if effect.is_own_word or _is_kin(t, effect.whole, effect.source)]
        if _is_kin(entry, effect.whole, effect.source) or any(_is_kin(entry, t.whole, t.source) for t in own):
            return State.fallen
        contested = contested or is_target or any(entry.every & t.whole for t in addressed)
    if contested:
        return State.contested
    is_replaced = any(
        entry.statement_id in e.targets and _is_kin(entry, e.whole, e.source) and e.statement_id != entry.statement_id
        for e in replacing
    )
    return State.replaced if is_replaced else State.live


def _is_kin(entry: Entry, whole: frozenset[str], source: str) -> bool:
    """``entry`` is of that source, or both pass on as a whole what one origin says."""
    return entry.source == source or bool(entry.whole & whole)


def _with_aspects(live: Live, entry: Entry, said: tuple[Truth, ...], scope: Scope) -> tuple[Truth, ...]:
    """``said`` after what was taken back of single aspects: denied is "no", withdrawn or rectified is silence."""
    if not live.aspects:
        return said
    out = list(said)
    for effect in live.aspects:
        if entry.statement_id not in effect.targets or not _is_kin(entry, effect.whole, effect.source):
            continue
        for i, name in enumerate(criteria_of(scope)):
            if name in CRITERIA_OF_ASPECT.get(effect.aspect, ()):
                out[i] = False if effect.effect == DENIAL and out[i] else None
    return tuple(out)


def _is_denied(live: Live, name: str) -> bool:
    """Somebody else denies, of a speaking record, the aspect that ``name`` asks about."""
    speaking = {entry.statement_id: entry for entry in live.speaking}
    return any(
        name in CRITERIA_OF_ASPECT.get(effect.aspect, ())
        and any(t in speaking and not _is_kin(speaking[t], effect.whole, effect.source) for t in effect.targets)
        for effect in live.aspects
    )


def _verdicts(
    live: Live, scope: Scope, said: Sequence[tuple[Entry, tuple[Truth, ...]]]
) -> list[tuple[str, bool | str | None]]:
    """Each criterion with what all records together say: True, False, None (silence) or ``"disputed"``."""
    found: list[tuple[str, bool | str | None]] = []
    for i, name in enumerate(criteria_of(scope)):
        truths = {vector[i] for _, vector in said}
        if truths <= {None} and not _is_denied(live, name):
            found.append((name, when_silent(name, scope)))
        elif name.startswith("not_") and False not in truths and not _is_denied(live, name):
            found.append((name, True))
        elif name == "harms" and True in truths and False in truths:
            found.append((name, _harm_verdict(scope, [entry for entry, _ in said])))
        elif True in truths and (False in truths or _is_denied(live, name)):
            found.append((name, "disputed"))
        else:
            found.append((name, True if True in truths else False if False in truths else None))
    return found


def _harm_verdict(scope: Scope, said: Sequence[Entry]) -> bool:
    """Records of one person name several harms: death ends the sequence; short of it, any wanted harm will do."""
    if any(harm_of(entry) == FINAL_HARM for entry in said):
        return FINAL_HARM in scope.harms
    return True


def _n_sources(live: Live, said: Sequence[tuple[Entry, tuple[Truth, ...]]]) -> int:
    origins = [entry.every for entry, vector in said if False not in vector]
    return n_disjoint([*origins, *(effect.whole for effect in live.confirming)])


def _taken_back(live: Live) -> Reason:
    last = max(live.against, key=lambda e: (e.day is not None, e.day or date.min), default=None)
    return (last.reason if last else None) or Reason.withdrawn


def _sides(
    live: Live, said: Sequence[tuple[Entry, tuple[Truth, ...]]]
) -> tuple[tuple[StatementId, ...], tuple[StatementId, ...]]:
    """Statements for counting the person, and against: those that say no to something, and whatever was taken back."""
    for_ = [entry.statement_id for entry, vector in said if False not in vector]
    for_ += [effect.statement_id for effect in live.confirming]
    against = [entry.statement_id for entry, state in live.states if state is not State.replaced]
    against += [effect.statement_id for effect in live.against]
    return tuple(dict.fromkeys(for_)), tuple(s for s in dict.fromkeys(against) if s not in for_)
