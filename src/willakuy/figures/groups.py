"""What unnamed people and groups add to the upper bound of one figure.

Method: docs/method/counting.md, "Unnamed people and groups".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from willakuy.figures.accounts import Account, Pairs, accounts_of, days_said, died_on, may_be_among, may_be_same
from willakuy.figures.bounds import most_unnamed
from willakuy.figures.criteria import REASON_OF, criteria_of, when_silent
from willakuy.figures.effects import Effect, State
from willakuy.figures.independence import n_disjoint
from willakuy.figures.register import Entry, EntryKind, Register
from willakuy.figures.standing import EXISTENCE, answers_of, is_known, live_among
from willakuy.figures.values import GroupStanding, Reason
from willakuy.statements.scopes import Scope


@dataclass(frozen=True, slots=True)
class Unnamed:
    """``adds`` is the sum of what ``standings`` add; ``is_open`` if one of those chosen has no upper number."""

    adds: int
    standings: tuple[GroupStanding, ...]
    is_open: bool


NONE = Unnamed(0, (), is_open=False)


def unnamed_on(register: Register, scope: Scope, as_of: date | None, among: frozenset[int]) -> Unnamed:
    """The unnamed accounts known on ``as_of``, beside the persons ``among``, indexes of subjects.

    ``among`` are all who take a seat in a group of their place and day: counted, possible, or left out for who they were
    (an adult, where minors are counted).
    """
    known = [entry for entry in _unnamed(register) if is_known(entry.day, as_of)]
    if not known:
        return NONE
    memo = register.memo.setdefault(("unnamed", scope), {})
    seats = _seats(register)
    effects = tuple(e.statement_id for e in _effects_on_unnamed(register) if is_known(e.day, as_of))
    near = frozenset().union(*(seats[entry.statement_id] for entry in known))
    key = (tuple(entry.statement_id for entry in known), effects, _known_near(register, near & among, as_of))
    if key not in memo:
        memo[key] = _weigh(register, scope, as_of, known, among)
    found: Unnamed = memo[key]
    return found


def _known_near(register: Register, near: Iterable[int], as_of: date | None) -> frozenset[tuple[int, int]]:
    """Persons near a group with how many of their records are known: what decides whether they may be among it."""
    subjects = register.subjects
    return frozenset((i, sum(is_known(e.day, as_of) for e in subjects[i].entries)) for i in near)


def _weigh(
    register: Register, scope: Scope, as_of: date | None, known: Sequence[Entry], among: frozenset[int]
) -> Unnamed:
    standing, left_out = _admit(register, scope, as_of, known)
    pairs = _pairs(register)
    accounts = sorted(accounts_of(standing, pairs.settled), key=lambda a: a.key)
    accounts = [replace(a, candidates=_candidates(register, a, as_of, among, pairs)) for a in accounts]
    same = [
        frozenset(j for j, b in enumerate(accounts) if i != j and _same(register, a, b, pairs))
        for i, a in enumerate(accounts)
    ]
    few = _too_few(scope, accounts, same)
    kept = [i for i in range(len(accounts)) if i not in few]
    place = {i: k for k, i in enumerate(kept)}
    choice = most_unnamed(
        [accounts[i].n for i in kept],
        [accounts[i].candidates for i in kept],
        [frozenset(place[j] for j in same[i] if j in place) for i in kept],
    )
    adds = {i: choice.adds[k] for i, k in place.items()}
    standings = [_standing(register, accounts, i, adds, same, few) for i in range(len(accounts))]
    standings += [_left_out(entry, reason, criterion) for entry, reason, criterion in left_out]
    return Unnamed(
        adds=sum(adds.values()),
        standings=tuple(sorted(standings, key=lambda g: g.records)),
        is_open=any(n and accounts[i].is_open for i, n in adds.items()),
    )


def _admit(
    register: Register, scope: Scope, as_of: date | None, known: Sequence[Entry]
) -> tuple[list[Entry], list[tuple[Entry, Reason, str]]]:
    """Entries that no criterion excludes, and the others with why."""
    names = criteria_of(scope)
    admitted, left_out = [], []
    for entry in known:
        subject = register.subjects[entry.person]
        live = live_among((*subject.entries, *subject.groups), subject.effects, as_of)
        states = {e.statement_id: state for e, state in live.states}
        taken = next((e.reason for e in reversed(subject.effects) if e.reason and is_known(e.day, as_of)), None)
        said = zip(names, answers_of(register, scope, entry), strict=True)
        failed = [name for name, truth in said if (when_silent(name, scope) if truth is None else truth) is False]
        if states.get(entry.statement_id) in (State.fallen, State.replaced):
            left_out.append((entry, taken or Reason.withdrawn, EXISTENCE))
        elif entry.is_set_aside:
            left_out.append((entry, Reason.judged_wrong, EXISTENCE))
        elif failed:
            left_out.append((entry, REASON_OF[failed[0]], failed[0]))
        else:
            admitted.append(entry)
    return admitted, left_out


def _candidates(
    register: Register, account: Account, as_of: date | None, among: frozenset[int], pairs: Pairs
) -> frozenset[int]:
    fitting = _fitting(register, account)
    found = {i for i, days in fitting.items() if i in among and any(is_known(day, as_of) for day in days)}
    if any(entry.statement_id in pairs.settled for entry in account.entries):
        judged = among & frozenset().union(*(_seats(register)[e.statement_id] for e in account.entries))
        for i in judged | found:
            records = [e for e in register.subjects[i].entries if is_known(e.day, as_of)]
            verdict = pairs.verdict(records, account.entries)
            if verdict is not None:
                found.discard(i) if verdict is False else found.add(i)
    return frozenset(found)


def _fitting(register: Register, account: Account) -> dict[int, tuple[date | None, ...]]:
    """Persons with a record of the place and day of ``account``, and since when each such record is known."""
    memo: dict[str, dict[int, tuple[date | None, ...]]] = register.memo.setdefault("fitting", {})
    first = account.first.statement_id
    if first not in memo:
        near = sorted(_seats(register)[first])
        days = {i: tuple(e.day for e in register.subjects[i].entries if may_be_among(e, account)) for i in near}
        memo[first] = {i: known for i, known in days.items() if known}
    return memo[first]


def _same(register: Register, a: Account, b: Account, pairs: Pairs) -> bool:
    """``may_be_same``, asked once: it depends on the records alone, not on day or scope."""
    memo: dict[tuple[str, str], bool] = register.memo.setdefault("same accounts", {})
    key = (a.first.statement_id, b.first.statement_id)
    if key not in memo:
        memo[key] = may_be_same(a, b, pairs)
    return memo[key]


def _too_few(scope: Scope, accounts: Sequence[Account], same: Sequence[frozenset[int]]) -> set[int]:
    """Accounts that, with all others that may speak of the same people, rest on too few independent sources."""
    if scope.min_sources < 2:
        return set()
    origins = [[entry.every for entry in account.entries] for account in accounts]
    return {
        i for i in range(len(accounts)) if n_disjoint(o for j in (i, *same[i]) for o in origins[j]) < scope.min_sources
    }


def _standing(
    register: Register,
    accounts: Sequence[Account],
    i: int,
    adds: dict[int, int],
    same: Sequence[frozenset[int]],
    few: set[int],
) -> GroupStanding:
    account = accounts[i]
    larger = [accounts[j] for j in same[i] if adds.get(j)] if not adds.get(i) and i not in few else []
    inside = max(larger, key=lambda a: (a.n, a.key), default=None)
    reason = Reason.too_few_sources if i in few else Reason.inside_group if inside else Reason.unnamed
    return GroupStanding(
        records=tuple(entry.statement_id for entry in account.entries),
        n_lo=account.n_lo,
        n_hi=None if account.is_open else account.n,
        candidates=tuple(sorted(register.subjects[c].person_id for c in account.candidates)),
        adds=adds.get(i, 0),
        inside=tuple(entry.statement_id for entry in inside.entries) if inside else (),
        reason=reason,
        criterion="min_sources" if i in few else None,
    )


def _left_out(entry: Entry, reason: Reason, criterion: str) -> GroupStanding:
    count = entry.record.count
    return GroupStanding((entry.statement_id,), count.lo, count.hi, (), 0, (), reason, criterion)


def _unnamed(register: Register) -> tuple[Entry, ...]:
    """Groups, and single records of nobody that no judgement made a person. In an order of their own."""
    if "unnamed entries" not in register.memo:
        found = [e for s in register.subjects for e in (s.groups if s.is_person else (*s.entries, *s.groups))]
        register.memo["unnamed entries"] = tuple(sorted(found, key=lambda e: e.statement_id))
    entries: tuple[Entry, ...] = register.memo["unnamed entries"]
    return entries


def _effects_on_unnamed(register: Register) -> tuple[Effect, ...]:
    if "unnamed effects" not in register.memo:
        touched = {e.statement_id for e in _unnamed(register)}
        register.memo["unnamed effects"] = tuple(e for e in register.effects if touched & set(e.targets))
    effects: tuple[Effect, ...] = register.memo["unnamed effects"]
    return effects


def _pairs(register: Register) -> Pairs:
    if "pairs" not in register.memo:
        register.memo["pairs"] = Pairs.of(register)
    pairs: Pairs = register.memo["pairs"]
    return pairs


def _seats(register: Register) -> dict[str, frozenset[int]]:
    """For each unnamed entry, the persons who might be among it on any day: a first sieve, by day and by judgement."""
    if "seats" not in register.memo:
        register.memo["seats"] = _sieve(register)
    seats: dict[str, frozenset[int]] = register.memo["seats"]
    return seats


def _sieve(register: Register) -> dict[str, frozenset[int]]:
    by_day: dict[date, set[int]] = defaultdict(set)
    for entry in register.entries.values():
        if register.subjects[entry.person].is_person and entry.kind is not EntryKind.group:
            for day in days_said(died_on(entry.record)):
                by_day[day].add(entry.person)
    judged: dict[str, set[int]] = defaultdict(set)
    for a, b in register.corpus.identities.undecided:
        for one, other in ((a, b), (b, a)):
            if register.subjects[register.entries[one].person].is_person:
                judged[other].add(register.entries[one].person)
    return {
        entry.statement_id: frozenset(judged[entry.statement_id]).union(
            *(by_day[day] for day in days_said(died_on(entry.record)))
        )
        for entry in _unnamed(register)
    }
