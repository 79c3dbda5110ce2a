"""The compiled part of comparing names: arrays in, arrays out, one row a pair.

``MOST_TOKENS`` columns hold the tokens of a name, -1 beyond its end. What two tokens are to one another is decided in
``similarity``; here the plain cases are settled and the pairs of words that may be alike are picked out.
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_LETTER, _EXACT, _CLOSE = 2, 7, 5
_LONGEST = 64
_ALIKE = 0.75 - 1e-6
"""Words less alike than this (Jaro-Winkler) are not the same word misspelt, whatever else is asked of them."""


@njit(cache=True)
def plain_kinds(
    a: Any, b: Any, is_initial: Any, letter: Any, family_id: Any, bags: Any, letters: Any, start: Any, familiar: Any,
    kinds: Any, cells: Any, keys: Any,
) -> int:  # fmt: skip
    """Fill ``kinds`` ``(n, width, width)`` where it is plain; return how many cells hold words that may be alike.

    Those are left at 0, and stand in ``cells`` (flat) with their two tokens in ``keys``, smaller times the number of
    tokens plus larger.
    """
    n, width = a.shape
    n_tokens = len(is_initial)
    found = 0
    for r in range(n):
        for i in range(width):
            x = a[r, i]
            for j in range(width):
                y = b[r, j]
                kind = 0
                if x >= 0 and y >= 0:
                    if x == y:
                        kind = _LETTER if is_initial[x] else _EXACT
                    elif is_initial[x] or is_initial[y]:
                        if letter[x] == letter[y] and not (is_initial[x] and is_initial[y]):
                            kind = _LETTER
                    elif _may_be_alike(x, y, family_id, bags, letters, start, familiar):
                        cells[found] = (r * width + i) * width + j
                        keys[found] = min(x, y) * n_tokens + max(x, y)
                        found += 1
                kinds[r, i, j] = kind
    return found


@njit(cache=True)
def _may_be_alike(x: int, y: int, family_id: Any, bags: Any, letters: Any, start: Any, familiar: Any) -> bool:
    """False only where two words are surely different: every bound here is on the generous side."""
    if family_id[x] == family_id[y] or (familiar[x] and familiar[y]):
        return True
    one, other = start[x], start[y]
    n_x, n_y = start[x + 1] - one, start[y + 1] - other
    same = 0
    while same < 4 and same < n_x and same < n_y and letters[one + same] == letters[other + same]:
        same += 1
    if same >= 3 or n_x > _LONGEST or n_y > _LONGEST:
        return True
    shared = 0
    for k in range(3):
        shared += _ones(bags[x, k] & bags[y, k])
    shared += min(n_x, n_y, max(0, n_x - 3), max(0, n_y - 3)) if bags[x, 3] and bags[y, 3] else 0
    if _with_prefix((shared / n_x + shared / n_y + 1.0) / 3.0, same) < _ALIKE:
        return False
    return bool(_with_prefix(_jaro(letters[one : one + n_x], letters[other : other + n_y]), same) >= _ALIKE)


@njit(cache=True)
def _with_prefix(jaro: float, same: int) -> float:
    return jaro + 0.1 * same * (1.0 - jaro)


@njit(cache=True)
def _ones(bits: Any) -> int:
    v = np.int64(bits)
    v = v - ((v >> 1) & 0x55555555)
    v = (v & 0x33333333) + ((v >> 2) & 0x33333333)
    v = (v + (v >> 4)) & 0x0F0F0F0F
    return int(((v * 0x01010101) & 0xFFFFFFFF) >> 24)


@njit(cache=True)
def _jaro(a: Any, b: Any) -> float:
    """Jaro (1989) similarity of two words of at most 64 letters."""
    n_a, n_b = len(a), len(b)
    reach = max(max(n_a, n_b) // 2 - 1, 0)
    taken_a, taken_b = np.uint64(0), np.uint64(0)
    one = np.uint64(1)
    matches = 0
    for i in range(n_a):
        for j in range(max(0, i - reach), min(n_b, i + reach + 1)):
            if a[i] == b[j] and not (taken_b >> np.uint64(j)) & one:
                taken_a |= one << np.uint64(i)
                taken_b |= one << np.uint64(j)
                matches += 1
                break
    if matches == 0:
        return 0.0
    moved, j = 0, 0
    for i in range(n_a):
        if (taken_a >> np.uint64(i)) & one:
            while not (taken_b >> np.uint64(j)) & one:
                j += 1
            moved += a[i] != b[j]
            j += 1
    return float((matches / n_a + matches / n_b + (matches - moved // 2) / matches) / 3.0)


@njit(cache=True)
def look_up(slots: Any, values: Any, keys: Any, out: Any) -> int:
    """The value of each of ``keys``, 0 or more, or -1 if unknown; how many are unknown. ``slots`` holds keys, -1 if free."""
    unknown = 0
    for k in range(len(keys)):
        at = _slot(slots, keys[k])
        out[k] = values[at] if slots[at] >= 0 else -1
        unknown += slots[at] < 0
    return unknown


@njit(cache=True)
def put_in(slots: Any, values: Any, keys: Any, found: Any) -> None:
    for k in range(len(keys)):
        at = _slot(slots, keys[k])
        slots[at], values[at] = keys[k], found[k]


@njit(cache=True)
def _slot(slots: Any, key: int) -> int:
    """Where the key stands, or would."""
    mask = len(slots) - 1
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    at = np.int64(mixed >> np.uint64(20)) & mask
    while slots[at] >= 0 and slots[at] != key:
        at = (at + 1) & mask
    return int(at)


@njit(cache=True)
def answer_names(
    a: Any, b: Any, kinds: Any, part: Any, token_bits: Any, family_bits: Any, letter: Any, letter_bits: Any, worth: Any,
    out_bits: Any, out: Any,
) -> None:  # fmt: skip
    """For each pair the bits shared, and in ``out`` ``(n, 6)``: conflicts, apart, first, n, letters, agreed.

    Greedily, the best answering tokens first; the same place in the name breaks ties.
    """
    n, width = a.shape
    answer_a, answer_b = np.empty(width, np.int64), np.empty(width, np.int64)
    for r in range(n):
        answer_a[:] = -1
        answer_b[:] = -1
        n_a = n_b = agreed = by_letter = 0
        bits = 0.0
        for i in range(width):
            n_a += a[r, i] >= 0
            n_b += b[r, i] >= 0
        for _ in range(width):
            best, at_a, at_b = 0.0, -1, -1
            for i in range(n_a):
                if answer_a[i] < 0:
                    for j in range(n_b):
                        if answer_b[j] < 0 and kinds[r, i, j] > 0:
                            score = kinds[r, i, j] - 0.02 * abs(i - j)
                            if score > best:
                                best, at_a, at_b = score, i, j
            if at_a < 0:
                break
            kind, x, y = kinds[r, at_a, at_b], a[r, at_a], b[r, at_b]
            answer_a[at_a], answer_b[at_b] = at_b, at_a
            agreed += 1
            by_letter += kind == _LETTER
            base = min(family_bits[x], family_bits[y])
            if kind == _EXACT:
                base = token_bits[x]
            elif kind == _LETTER:
                base = letter_bits[letter[x]]
            bits += min(base, 14.0) * worth[kind]
        apart = min(n_a, n_b) - agreed
        out_bits[r] = bits
        conflicts = apart
        if apart > 0 and agreed > 0:
            conflicts = _conflicts(a[r], b[r], answer_a, answer_b, n_a, n_b, part)
        out[r, 0], out[r, 1] = conflicts, apart
        out[r, 2] = 2 if answer_a[0] == 0 else (0 if answer_a[0] < 0 and answer_b[0] < 0 else 1)
        out[r, 3], out[r, 4], out[r, 5] = min(n_a, n_b), by_letter, agreed


@njit(cache=True)
def _conflicts(a: Any, b: Any, answer_a: Any, answer_b: Any, n_a: int, n_b: int, part: Any) -> int:
    """How many left-over tokens contradict one another: those in one place of the name and of one kind."""
    width = len(a)
    over_a, over_b = np.zeros((width, 3), np.int64), np.zeros((width, 3), np.int64)
    _left_over(a, answer_a, n_a, part, over_a, answer_b, False)
    _left_over(b, answer_b, n_b, part, over_b, answer_b, True)
    total = 0
    for place in range(width):
        given, surname = min(over_a[place, 1], over_b[place, 1]), min(over_a[place, 2], over_b[place, 2])
        to_b = min(over_a[place, 1] + over_a[place, 2] - given - surname, over_b[place, 0])
        to_a = min(over_b[place, 1] + over_b[place, 2] - given - surname, over_a[place, 0])
        total += given + surname + to_a + to_b + min(over_a[place, 0] - to_a, over_b[place, 0] - to_b)
    return int(total)


@njit(cache=True)
def _left_over(tokens: Any, answer: Any, n: int, part: Any, over: Any, answer_b: Any, to_other: bool) -> None:
    """Count the unanswered tokens by the last agreeing token before each (the end leads back to the beginning) and kind."""
    last = len(answer) - 1
    while answer[last] < 0:
        last -= 1
    for i in range(n):
        if answer[i] >= 0:
            last = i
        elif part[tokens[i]] < 3:
            over[answer_b[last] if to_other else last, part[tokens[i]]] += 1
