"""When a table cannot say how many were missed, whatever method is asked.

Each rule returns reasons that name the lists. Method: docs/method/estimation.md, "When there is no number".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import lgamma, log

from willakuy.estimation.results import Reason
from willakuy.estimation.tables import CaptureTable
from willakuy.i18n import gettext

FEWEST_PEOPLE = 10
FEWEST_SHARED = 5
NESTED_BY_CHANCE = 1e-3
COPY_OVERLAP = 0.9
LARGEST_ISLAND = 0.05
"""Lists apart from the rest may be kept, with a warning, while they hold at most this share of the people."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What people know about the lists that no table shows.

    ``copies``: pairs where one list takes from the other. ``truncated``: list → how it was cut short.
    ``scopes``: list → what it set out to record; lists whose scopes differ cannot be compared.
    """

    copies: Sequence[tuple[str, str]] = ()
    truncated: Mapping[str, str] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)


def reasons_against(
    table: CaptureTable, judged: Judged | None = None, *, two_lists_accepted: bool = False
) -> tuple[Reason, ...]:
    """Every reason not to estimate from ``table``; empty lists do not count as lists."""
    found = list(_judged(table, judged)) if judged is not None else []
    used = table.nonempty()
    if used.n_lists < 2:
        return (*found, _too_few_lists(used))
    if small := _size(used):
        return (*found, *small)
    found += _islands(used)
    found += _copies(used)
    found += _everyone(used)
    if not any(r.code in ("everyone", "copies") for r in found):
        found += _nested(used)
    if not any(r.code in ("no-overlap", "islands") for r in found):
        found += _thin(used)
    if used.n_lists == 2 and not found and not two_lists_accepted:
        found.append(_two_lists(used))
    return tuple(found)


def cautions(table: CaptureTable) -> tuple[Reason, ...]:
    """What does not forbid a number but a reader must know: how the table was read, lists inside others, empty lists."""
    found = [Reason("reading", note, "") for note in table.notes]
    empty = [name for name, size in zip(table.lists, table.sizes, strict=True) if size == 0]
    if empty:
        what = gettext("These lists name nobody here and were left out: {lists}.")
        found.append(Reason("empty-list", what.format(lists=", ".join(empty)), ""))
    used = table.nonempty()
    groups = _connected(used)
    if len(groups) > 1:
        names, people = _apart(used, groups)
        what = gettext(
            "{lists} share nobody with the other lists; they name {n} people and say little about the unseen."
        )
        found.append(Reason("islands", what.format(lists=", ".join(names), n=people), ""))
    for small, big in _inside(used):
        what = gettext("Everyone on {small} is also on {big}.")
        found.append(Reason("inside", what.format(small=small, big=big), ""))
    return tuple(found)


def _judged(table: CaptureTable, judged: Judged) -> list[Reason]:
    found = []
    for a, b in judged.copies:
        if a in table.lists and b in table.lists:
            what = gettext("{a} and {b} were judged to take their names from one another: one list, printed twice.")
            needed = gettext("A list that gathered its names without {a} and {b}.")
            found.append(Reason("copies", what.format(a=a, b=b), needed.format(a=a, b=b)))
    for name, how in judged.truncated.items():
        if name in table.lists:
            what = gettext("{name} is cut short: {how}. Someone missing from it may simply have come after.")
            needed = gettext("The whole of {name}, or all lists restricted to the part that {name} covers.")
            found.append(Reason("truncated", what.format(name=name, how=how), needed.format(name=name)))
    scopes = {judged.scopes[name] for name in table.lists if name in judged.scopes}
    if len(scopes) > 1:
        each = "; ".join(f"{name}: {judged.scopes[name]}" for name in table.lists if name in judged.scopes)
        what = gettext("The lists do not set out to record the same people ({each}).")
        found.append(Reason("scopes", what.format(each=each), gettext("Lists of one scope, or the part they share.")))
    return found


def _too_few_lists(table: CaptureTable) -> Reason:
    needed = gettext("A second list made independently, whose names can be matched to the first; better three or more.")
    if table.n_lists == 0:
        return Reason("no-people", gettext("No list names anyone."), needed)
    what = gettext("There is only one list, {name}. One list says nothing about whom it missed.")
    return Reason("one-list", what.format(name=table.lists[0]), needed)


def _size(table: CaptureTable) -> list[Reason]:
    if table.documented >= FEWEST_PEOPLE:
        return []
    what = gettext("The lists {lists} name {n} people together, too few to see a pattern of who is missed.")
    needed = gettext("At least {fewest} people, or this stratum joined to another.")
    return [
        Reason(
            "few-people",
            what.format(lists=", ".join(table.lists), n=table.documented),
            needed.format(fewest=FEWEST_PEOPLE),
        )
    ]


def _islands(table: CaptureTable) -> list[Reason]:
    groups = _connected(table)
    if len(groups) == 1 or _apart(table, groups)[1] <= LARGEST_ISLAND * table.documented:
        return []
    needed = gettext(
        "People found on lists of both groups. If lists share nobody because the names were never matched, match them first."
    )
    if len(groups) == table.n_lists:
        what = gettext("No two of the lists {lists} share a single person.")
        return [Reason("no-overlap", what.format(lists=", ".join(table.lists)), needed)]
    what = gettext("The lists fall into groups that share nobody: {groups}.")
    named = " | ".join(", ".join(table.lists[j] for j in sorted(g)) for g in groups)
    return [Reason("islands", what.format(groups=named), needed)]


def _apart(table: CaptureTable, groups: list[set[int]]) -> tuple[list[str], int]:
    """(lists outside the largest group, people on those lists)."""
    held = [int(table.counts[table.patterns[:, sorted(g)].any(axis=1)].sum()) for g in groups]
    main = groups[held.index(max(held))]
    if len(main) == 1:
        return list(table.lists), table.documented
    return [name for j, name in enumerate(table.lists) if j not in main], sum(held) - max(held)


def _connected(table: CaptureTable) -> list[set[int]]:
    groups: list[set[int]] = []
    for j in range(table.n_lists):
        linked = {i for i in range(table.n_lists) if table.overlaps[i, j] > 0}
        joined = [g for g in groups if g & linked]
        groups = [g for g in groups if not g & linked] + [set().union({j}, *joined)]
    return groups


def _copies(table: CaptureTable) -> list[Reason]:
    found = []
    for a in range(table.n_lists):
        for b in range(a + 1, table.n_lists):
            both = int(table.overlaps[a, b])
            either = int(table.sizes[a] + table.sizes[b]) - both
            if both >= FEWEST_SHARED and both >= COPY_OVERLAP * either:
                what = gettext(
                    "{a} and {b} hold almost the same people ({both} of {either}): one looks copied from the other."
                )
                needed = gettext(
                    "To know how {a} and {b} were made; if one copies the other, merge them and add another list."
                )
                names = {"a": table.lists[a], "b": table.lists[b]}
                found.append(Reason("copies", what.format(both=both, either=either, **names), needed.format(**names)))
    return found


def _everyone(table: CaptureTable) -> list[Reason]:
    found = []
    for name, size in zip(table.lists, table.sizes, strict=True):
        if size == table.documented:
            what = gettext("{name} already holds everyone that any list names, so nothing shows whom {name} missed.")
            needed = gettext("A list that is not drawn from {name}: one that could name someone {name} does not.")
            found.append(Reason("everyone", what.format(name=name), needed.format(name=name)))
    return found


def _inside(table: CaptureTable) -> list[tuple[str, str]]:
    return [
        (table.lists[b], table.lists[a])
        for b in range(table.n_lists)
        for a in range(table.n_lists)
        if a != b and table.overlaps[a, b] == table.sizes[b] and table.sizes[a] > table.sizes[b]
    ]


def _nested(table: CaptureTable) -> list[Reason]:
    """A list wholly inside another when chance would hardly put it there, unless three or more lists remain."""
    found = []
    for small, big in _inside(table):
        n, a, b = table.documented, int(table.sizes[table.lists.index(big)]), int(table.sizes[table.lists.index(small)])
        by_chance = _log_choose(a, b) - _log_choose(n, b)
        if b >= FEWEST_SHARED and by_chance < log(NESTED_BY_CHANCE) and table.n_lists - 1 <= 3:
            what = gettext("Everyone on {small} ({b} people) is also on {big}: {small} looks drawn from {big}.")
            needed = gettext(
                "{small} as it was gathered, before it was joined to {big}; or leave {small} out and add another list."
            )
            names = {"small": small, "big": big}
            found.append(Reason("nested", what.format(b=b, **names), needed.format(**names)))
    return found


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _thin(table: CaptureTable) -> list[Reason]:
    shared = int(table.counts[table.patterns.sum(axis=1) > 1].sum())
    if shared >= FEWEST_SHARED:
        return []
    what = gettext(
        "Only {shared} of {n} people are on more than one of the lists {lists}. One name more or less would move the answer by thousands."
    )
    needed = gettext("At least {fewest} people found on more than one list, or the stratum joined to another.")
    return [
        Reason(
            "thin-overlap",
            what.format(shared=shared, n=table.documented, lists=", ".join(table.lists)),
            needed.format(fewest=FEWEST_SHARED),
        )
    ]


def _two_lists(table: CaptureTable) -> Reason:
    a, b = table.lists
    what = gettext(
        "There are only two lists, {a} and {b}. With two, whether being on one makes being on the other likelier cannot be seen, and that decides the answer."
    )
    needed = gettext(
        "A third list; or, if you can defend that {a} and {b} found people independently, ask for the method chapman, which says so beside its number."
    )
    return Reason("two-lists", what.format(a=a, b=b), needed.format(a=a, b=b))
