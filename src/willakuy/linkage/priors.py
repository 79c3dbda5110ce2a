"""What is believed before any list is seen; thirty pairs' worth, so that small cases are not left to chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_NAME: dict[str, float] = {
    "agree_4": 1, "agree_7": 4, "agree_10": 9, "agree_14": 18, "agree_18": 18, "agree_24": 20, "agree_more": 12,
    "first_differs_8": 0.3, "first_differs_14": 1.0, "first_differs_more": 2.0,
    "other_differs_6": 0.4, "other_differs_10": 1.0, "other_differs_15": 2.0, "other_differs_more": 2.0,
    "differ": 0.25, "differ_but_14": 0.4,
    "parts_left_8": 0.3, "parts_left_14": 1.0, "parts_left_more": 1.5,
    "letters_4": 0.6, "letters_7": 1.5, "letters_10": 2.5, "letters_more": 2.0,
}  # fmt: skip
_DATE: dict[str, float] = {
    "missing": 8,
    "same_day": 60,
    "one_day": 8,
    "three_days": 4,
    "week": 2,
    "month": 1.5,
    "fits": 8,
    "typing": 1.5,
    "far": 0.7,
}
_PLACE: dict[str, float] = {
    "missing": 15,
    "locality": 10,
    "district": 35,
    "province": 12,
    "region": 15,
    "inside_differs": 8,
    "region_differs": 0.7,
}
_AGE: dict[str, float] = {"same": 75, "one": 9, "two": 3, "five": 3, "fits": 5, "typing": 3, "far": 4}
_BIRTH: dict[str, float] = {"same": 80, "typing": 10, "near": 2, "year": 2, "fits": 3, "far": 1, "decade": 1}
_SEX: dict[str, float] = {"same": 98, "differ": 2}
_EXTRA: dict[str, float] = {"same_rare": 40, "same": 30, "alike": 15, "differ": 15}
_OF: dict[str, dict[str, float]] = {"name": _NAME, "age": _AGE, "birth": _BIRTH, "sex": _SEX}


def prior_match(comparison: str, labels: tuple[str, ...]) -> Floats:
    """Shares of the levels among pairs of one person; 0 for "missing", which says nothing."""
    if comparison == "event":
        shares = np.array([_DATE[d] * _PLACE[p] for d, p in (label.split("|") for label in labels)], float)
    else:
        of = _OF.get(comparison, _EXTRA)
        shares = np.array([of.get(label.split("|")[0], 0.0) for label in labels], float)
    shares[0] = 0.0
    return np.asarray(shares / shares.sum())


_OTHER: dict[str, dict[str, float]] = {
    "name": {
        "agree_4": 3e-2, "agree_7": 1e-2, "agree_10": 2e-3, "agree_14": 3e-4, "agree_18": 5e-5, "agree_24": 3e-6, "agree_more": 1e-7,
        "first_differs_8": 2e-2, "first_differs_14": 1e-3, "first_differs_more": 1e-4,
        "other_differs_6": 3e-2, "other_differs_10": 5e-3, "other_differs_15": 3e-4, "other_differs_more": 2e-5,
        "differ": 0.9, "differ_but_14": 1e-3,
        "parts_left_8": 1e-3, "parts_left_14": 1e-4, "parts_left_more": 1e-5,
        "letters_4": 2e-2, "letters_7": 3e-3, "letters_10": 4e-4, "letters_more": 5e-5,
    },
    "birth": {"same": 1e-4, "typing": 3e-3, "near": 3e-3, "year": 3e-2, "fits": 1e-2, "far": 0.8, "decade": 0.15},
}  # fmt: skip


def first_other(comparison: str, labels: tuple[str, ...], seen: Floats) -> Floats:
    """Where the search starts: for names and births what chance alone would give, else what the pairs themselves show.

    Counting levels among all pairs counts those of one person too; where agreement is rare among strangers they are
    most of it, and a search that starts there finds that agreement says nothing.
    """
    if comparison not in _OTHER:
        return seen
    shares = np.array([_OTHER[comparison].get(label.split("|")[0], 0.0) for label in labels], float)
    return np.asarray(shares / shares.sum())


def prior_other(labels: tuple[str, ...]) -> Floats:
    """Nothing is known of strangers before the lists are seen: every level alike."""
    shares = np.ones(len(labels))
    shares[0] = 0.0
    return np.asarray(shares / shares.sum())
