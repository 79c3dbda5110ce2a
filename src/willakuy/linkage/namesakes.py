"""Rows of one list that share a name and nothing else of their own: namesakes, as far as anybody can tell.

A list seldom holds a person twice, hardly ever three times, and never seven times with nothing the same but the name.
Where a row agrees by its name with ``m`` other rows of its own list, at most one of them can be expected to be the same
person, so no pair of them is more likely than ``1 / (1 + m)``. Counted are the rows that say nothing but the name, where
``m`` is 2 or more, and those of just the same name that agree on nothing else (an age, a birth date, a day and place,
another column) or contradict one another in one of them, where it is 6 or more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.compare import Comparison
from willakuy.linkage.encoding import Encoded, Ints

Floats = NDArray[np.float64]
_AGREES: dict[str, tuple[str, ...]] = {
    "age": ("same",),
    "birth": ("same", "typing"),
    "event": tuple(f"{d}|{p}" for d in ("same_day", "one_day") for p in ("locality", "district")),
    "sex": (),
    "extra": ("same_rare", "same", "alike"),
}
_DIFFERS: dict[str, tuple[str, ...]] = {
    "age": ("five", "far"),
    "birth": ("far", "decade"),
    "event": ("far",),
    "sex": ("differ",),
    "extra": (),
}
_SILENT, _NAMED = 2, 6


def namesake_caps(
    data: Encoded, left: Ints, right: Ints, fields: Sequence[Comparison], weights: Sequence[Floats]
) -> Floats:
    """The most that each pair's natural log-odds may be: ``-log(m)`` for namesakes, else ``inf``.

    ``weights`` are bits of each field's levels.
    """
    caps = np.full(len(left), np.inf)
    if not any(field.name == "name" for field in fields):
        return caps
    silent = np.flatnonzero(data.list_of[left] == data.list_of[right])
    for field, bits in zip(fields, weights, strict=True):
        if field.name == "name":
            silent = silent[bits[field.levels[silent]] > 0]
            crowd = silent[_one_name(data, left[silent], right[silent])]
            agrees, differs = np.zeros((2, len(crowd)), bool)
        else:
            silent = silent[field.levels[silent] == 0]
            agrees |= _is_one_of(field, _AGREES)[field.levels[crowd]]
            differs |= _is_one_of(field, _DIFFERS)[field.levels[crowd]]
    named = crowd[differs | ~agrees]
    for at, fewest in ((silent, _SILENT), (named, _NAMED)):
        alike = np.bincount(np.concatenate([left[at], right[at]]), minlength=len(data.list_of))
        most = np.maximum(alike[left[at]], alike[right[at]])
        many = most >= fewest
        caps[at[many]] = np.minimum(caps[at[many]], -np.log(most[many]))
    return caps


def _one_name(data: Encoded, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """The same name in full, of two words or more, in every script."""
    same = [(names[left] == names[right]).all(axis=1) for names in data.names]
    return np.asarray(same[0] & same[1] & np.any([names[left, 1] >= 0 for names in data.names], axis=0))


def _is_one_of(field: Comparison, levels: Mapping[str, tuple[str, ...]]) -> NDArray[np.bool_]:
    """Which levels of a field are among those wanted of it; of a column of no known role, those of ``extra``."""
    wanted = levels.get(field.name, levels["extra"])
    return np.array([label in wanted or label.split("|")[0] in wanted for label in field.labels], bool)
