"""The most people that unnamed accounts can add to the named.

Accounts that may speak of the same dead exclude one another: of each such set the largest choice is taken, never the
sum. What is maximised is ``sum of n - number of named persons who may be among them``, over all choices of accounts no
two of which may speak of the same people (a maximum-weight independent set). A further account only adds choices, so
it can never lower the bound. Method: docs/method/counting.md, "Unnamed people and groups".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BUDGET = 20_000
LARGEST = 200
"""Steps, and accounts, of the exact search in one knot; beyond them the bound of a clique cover is used, never too low."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``adds[i]`` is what account ``i`` adds, zero for those not chosen; the total is their sum."""

    adds: tuple[int, ...]
    is_exact: bool


def most_unnamed(n: Sequence[int], named: Sequence[frozenset[int]], same: Sequence[frozenset[int]]) -> Choice:
    """The largest number of people beyond the named.

    Args:
        n: people in each account.
        named: for each, the named persons taken to be among them; one person takes one seat in one account.
        same: for each, the accounts that may speak of the same people (symmetric, without itself).

    Returns:
        Largest accounts first among equal choices; give accounts in an order of their own (by id), so that the
        answer does not depend on the order of the ledger.
    """
    adds = [0] * len(n)
    is_exact = True
    for knot in _knots(named, same):
        knot.sort(key=lambda i: (-n[i], i))
        chosen = _Search(n, named, same).best(knot)
        if chosen is None:
            is_exact = False
            for i in (clique[0] for clique in _cliques(knot, same)):
                adds[i] = n[i]
        else:
            for i, free in zip(chosen, _seats(chosen, n, named), strict=True):
                adds[i] = free
    return Choice(tuple(adds), is_exact)


def _knots(named: Sequence[frozenset[int]], same: Sequence[frozenset[int]]) -> list[list[int]]:
    """Accounts that depend on one another, directly or through a named person: the rest can be chosen apart."""
    sharing: dict[int, list[int]] = {}
    for i, persons in enumerate(named):
        for person in persons:
            sharing.setdefault(person, []).append(i)
    seen: set[int] = set()
    knots = []
    for start in range(len(named)):
        if start in seen:
            continue
        knot, waiting = [], [start]
        seen.add(start)
        while waiting:
            i = waiting.pop()
            knot.append(i)
            for j in {*same[i], *(k for person in named[i] for k in sharing[person])} - seen:
                seen.add(j)
                waiting.append(j)
        knots.append(knot)
    return knots


class _Search:
    """Branch and bound over one knot, largest accounts first."""

    def __init__(self, n: Sequence[int], named: Sequence[frozenset[int]], same: Sequence[frozenset[int]]) -> None:
        self._n, self._named, self._same = n, named, same
        self._steps = 0
        self._value = 0
        self._chosen: tuple[int, ...] = ()

    def best(self, knot: Sequence[int]) -> tuple[int, ...] | None:
        """The accounts to choose, or ``None`` if the search would take too long."""
        if len(knot) > LARGEST:
            return None
        self._go(list(knot), (), frozenset(), 0)
        return None if self._steps > BUDGET else self._chosen

    def _go(self, left: list[int], chosen: tuple[int, ...], taken: frozenset[int], value: int) -> None:
        self._steps += 1
        if self._steps > BUDGET:
            return
        if value > self._value:
            self._value, self._chosen = value, chosen
        if not left or value + self._hope(left) <= self._value:
            return
        first, rest = left[0], left[1:]
        gain = self._n[first] - len(self._named[first] - taken)
        without = [i for i in rest if i not in self._same[first]]
        self._go(without, (*chosen, first), taken | self._named[first], value + gain)
        self._go(rest, chosen, taken, value)

    def _hope(self, left: Sequence[int]) -> int:
        """No choice among ``left`` can add more: one account of each clique, its named forgotten."""
        return sum(self._n[clique[0]] for clique in _cliques(left, self._same))


def _cliques(left: Sequence[int], same: Sequence[frozenset[int]]) -> list[list[int]]:
    """Cover ``left`` (largest first) with sets of mutually exclusive accounts; the first of each is its largest."""
    cliques: list[list[int]] = []
    for i in left:
        home = next((clique for clique in cliques if all(j in same[i] for j in clique)), None)
        if home is None:
            cliques.append([i])
        else:
            home.append(i)
    return cliques


def _seats(chosen: Sequence[int], n: Sequence[int], named: Sequence[frozenset[int]]) -> list[int]:
    """What each chosen account has left when every named person among them has taken one seat in one of them.

    Seats suffice: were there an account (or several) with fewer seats than persons who fit nowhere else, leaving it
    out would have been the better choice.
    """
    seated: dict[int, dict[int, None]] = {i: {} for i in chosen}
    for person in sorted(set().union(*(named[i] for i in chosen))):
        _seat(person, seated, n, named, set())
    return [n[i] - len(seated[i]) for i in chosen]


def _seat(
    person: int, seated: dict[int, dict[int, None]], n: Sequence[int], named: Sequence[frozenset[int]], tried: set[int]
) -> bool:
    for i in seated:
        if person not in named[i] or i in tried:
            continue
        tried.add(i)
        if len(seated[i]) < n[i]:
            seated[i][person] = None
            return True
        for other in list(seated[i]):
            if _seat(other, seated, n, named, tried):
                del seated[i][other]
                seated[i][person] = None
                return True
    return False
