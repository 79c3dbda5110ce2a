"""Two rows without a name (NN, "a man", a name withheld) are no person by the machine alone, unless something individual says so.

Date, place and cause are the event's, and an event may have several victims whom nobody named. What speaks for one of
them is an age (with date and place) or a birth date on which both rows agree, and which fits at most one row of every
list there. Any other pair of unnamed rows is *open*: it keeps a probability, at most ``1 / (1 + m)`` where one of the two
fits ``m`` rows of some list, and only a person, or a named record that both fit, brings the two together.

An unnamed row is joined to a named one only where that person is ``TWICE`` as likely as any other: which of two equals it
falls to is luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.compare import Comparison, Levels
from willakuy.linkage.encoding import Ints
from willakuy.linkage.partition import Links
from willakuy.linkage.values import Record

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
OPEN_P = 0.5
"""No open pair is more likely than this, in the one clustering that is written down."""
TWICE = 2.0
_DATES = ("same_day", "one_day", "three_days", "fits")
_PLACES = ("locality", "district", "province", "region")


def unnamed_caps(
    records: Sequence[Record], list_of: Ints, left: Ints, right: Ints, fields: Sequence[Comparison]
) -> Floats:
    """The most that each pair's natural log-odds may be: ``inf``, and for open pairs of unnamed rows ``-log(m)``, 0 or less.

    ``fields`` hold the levels of these pairs, which are all the candidates of the unnamed rows.
    """
    caps = np.full(len(left), np.inf)
    unnamed = np.array([not r.is_named for r in records], bool)
    at = np.flatnonzero(unnamed[left] | unnamed[right])
    if not len(at):
        return caps
    left, right = left[at], right[at]
    levels = {c.name: (c.labels, c.levels[at]) for c in fields if c.name in ("event", "age", "birth", "sex")}
    fits, individual = _fitting(levels, len(at))
    most = _most_in_a_list(left, right, list_of, fits, len(records))
    rows = np.maximum(most[left], most[right])
    is_open = unnamed[left] & unnamed[right] & ~(individual & fits & (rows <= 1))
    caps[at[is_open]] = -np.log(np.maximum(rows[is_open], 1))
    return caps


def left_open(links: Links, unnamed: Marks) -> dict[tuple[int, int], str]:
    """The links that an unnamed row's being so leaves open, marked in ``unnamed``, with the reason why they stay apart."""
    pairs = zip(links.left[unnamed].tolist(), links.right[unnamed].tolist(), strict=True)
    return dict.fromkeys(pairs, "unnamed")


def settled(links: Links, p: Floats, unnamed: Marks, cluster: Callable[[Floats], Ints]) -> tuple[Ints, Marks]:
    """``cluster(p)``, with unnamed rows that are torn between two persons left alone; and the links that were left open.

    ``unnamed`` is one a record, ``p`` one a link.
    """
    best = cluster(p)
    ends = np.concatenate([links.left, links.right]), np.concatenate([links.right, links.left])
    mine = unnamed[ends[0]] & ~unnamed[ends[1]]
    row, other, p_of = ends[0][mine], ends[1][mine], np.tile(p, 2)[mine]
    inside, outside = np.zeros(links.n), np.zeros(links.n)
    is_inside = best[row] == best[other]
    np.maximum.at(inside, row[is_inside], p_of[is_inside])
    np.maximum.at(outside, row[~is_inside], p_of[~is_inside])
    torn = (inside > 0) & (inside < 1) & (inside < TWICE * outside)
    shut = (torn[links.left] & ~unnamed[links.right]) | (torn[links.right] & ~unnamed[links.left])
    return (cluster(np.where(shut, np.minimum(p, OPEN_P), p)) if shut.any() else best), shut


def _fitting(levels: Mapping[str, tuple[tuple[str, ...], Levels]], n: int) -> tuple[Marks, Marks]:
    """Which pairs may be one victim of one event, and which of those agree on something of the person's own."""

    def at(name: str, *wanted: str) -> Marks:
        labels, found = levels.get(name, ((), np.zeros(n, np.int16)))
        return np.array([label in wanted for label in labels] or [False], bool)[found]

    def when_where(dates: Sequence[str], places: Sequence[str]) -> Marks:
        return at("event", *(f"{d}|{p}" for d in dates for p in places))

    together = when_where(_DATES, _PLACES)
    near = together | when_where(_DATES, ("missing",)) | when_where(("missing",), _PLACES)
    apart = (
        at("age", "two", "five", "typing", "far") | at("birth", "near", "year", "far", "decade") | at("sex", "differ")
    )
    born = at("birth", "same")
    return (near | born) & ~apart, born | at("age", "same") & together


def _most_in_a_list(left: Ints, right: Ints, list_of: Ints, fits: Marks, n: int) -> Floats:
    """For each record, how many rows of one other list fit it, in the list that has most of them."""
    ends = np.concatenate([left[fits], right[fits]]).astype(np.int64)
    others = np.concatenate([right[fits], left[fits]])
    n_lists = int(list_of.max(initial=0)) + 1
    keys, counts = np.unique(ends * n_lists + list_of[others], return_counts=True)
    most = np.zeros(n)
    np.maximum.at(most, keys // n_lists, counts)
    return most
