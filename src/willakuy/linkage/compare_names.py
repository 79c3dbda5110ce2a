"""Two printed names compared whole: which tokens answer one another, what is left over, and what it is worth.

Order is forgiven, dropped tokens are cheap, tokens that contradict one another are dear. What agreement is worth
follows from how common the agreeing tokens are: sharing Quispe says little, sharing Yanquerhuay nearly everything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.encoding import Encoded, Ints, Lexicon
from willakuy.linkage.names_tokens import MOST_TOKENS
from willakuy.linkage.similarity import CLOSE, EXACT, LETTER, WORTH, kinds_of

_CHUNK = 60_000


@dataclass(frozen=True, slots=True)
class NameFeatures:
    """One value a pair. ``bits`` shared; ``apart`` tokens left over on both sides, of which ``conflicts`` contradict.

    ``first`` and ``last`` say of the first and last tokens: 2 answer one another, 1 neither do nor contradict,
    0 contradict. ``n`` is tokens of the shorter name, 0 when a name is missing. ``letters`` of the ``agreed``
    tokens agree by an initial only.
    """

    bits: NDArray[np.float32]
    conflicts: NDArray[np.int8]
    apart: NDArray[np.int8]
    first: NDArray[np.int8]
    last: NDArray[np.int8]
    n: NDArray[np.int8]
    letters: NDArray[np.int8]
    agreed: NDArray[np.int8]
    fuzzy: NDArray[np.int8]


def compare_names(data: Encoded, left: Ints, right: Ints) -> NameFeatures:
    """Names of each pair, in their own script where both have it, else in Latin letters."""
    parts = [_chunk(data, left[i : i + _CHUNK], right[i : i + _CHUNK]) for i in range(0, len(left), _CHUNK)]
    if not parts:
        parts = [_compare(data.names[0][:0], data.names[0][:0], data.lexicon)]
    return NameFeatures(*(np.concatenate([getattr(p, f) for p in parts]) for f in NameFeatures.__slots__))


def _chunk(data: Encoded, left: Ints, right: Ints) -> NameFeatures:
    latin, native = data.names
    use_native = (native[left, 0] >= 0) & (native[right, 0] >= 0)
    a = np.where(use_native[:, None], native[left], latin[left])
    b = np.where(use_native[:, None], native[right], latin[right])
    return _compare(a, b, data.lexicon)


def _compare(a: Ints, b: Ints, lex: Lexicon) -> NameFeatures:
    width = max(int((a >= 0).sum(axis=1).max(initial=1)), int((b >= 0).sum(axis=1).max(initial=1)))
    a, b = a[:, :width], b[:, :width]
    kinds = kinds_of(np.repeat(a, width, axis=1), np.tile(b, (1, width)), lex).reshape(len(a), width, width)
    paired_a, paired_b, kind_a, bits = _answer(a, b, kinds, lex)
    n_a, n_b = (a >= 0).sum(axis=1), (b >= 0).sum(axis=1)
    m = (paired_a >= 0).sum(axis=1)
    left_a, left_b = n_a - m, n_b - m
    rows = np.arange(len(a))
    last_a, last_b = np.maximum(n_a - 1, 0), np.maximum(n_b - 1, 0)
    agreed = paired_a >= 0
    return NameFeatures(
        bits=bits.astype(np.float32),
        conflicts=_conflicts((a, b), (paired_a, paired_b), np.minimum(left_a, left_b), lex).astype(np.int8),
        apart=np.minimum(left_a, left_b).astype(np.int8),
        first=_end(paired_a[:, 0], paired_b[:, 0], 0, np.zeros(len(a), int)),
        last=_end(paired_a[rows, last_a], paired_b[rows, last_b], last_a, last_b),
        n=np.minimum(n_a, n_b).astype(np.int8),
        letters=(agreed & (kind_a == LETTER)).sum(axis=1).astype(np.int8),
        agreed=m.astype(np.int8),
        fuzzy=(agreed & (kind_a <= CLOSE) & (kind_a != LETTER)).sum(axis=1).astype(np.int8),
    )


def _conflicts(
    names: tuple[Ints, Ints], answers: tuple[Ints, Ints], apart: NDArray[np.int64], lex: Lexicon
) -> NDArray[np.int64]:
    """How many left-over tokens contradict one another: those in one place of the name and of one kind.

    The place of a token is the last agreeing token before it, the end of a name leading back to its beginning (lists
    print surnames first or last). "John Erik Enciso" and "John Enciso Choque" leave two tokens over and no conflict:
    one dropped a second given name, the other a second surname. Nor do "Choque Enciso" and "John Enciso" conflict:
    nobody's given name is Choque.
    """
    conflicts = apart.copy()
    rows = np.flatnonzero((apart > 0) & (answers[0] >= 0).any(axis=1))
    if not len(rows):
        return conflicts
    a, b = names[0][rows], names[1][rows]
    answer_a, answer_b = answers[0][rows], answers[1][rows]
    place_a, place_b = _place_of(answer_a), np.take_along_axis(answer_b, _place_of(answer_b), axis=1)
    kind_a = np.where((answer_a < 0) & (a >= 0), lex.part[a], -1)
    kind_b = np.where((answer_b < 0) & (b >= 0), lex.part[b], -1)
    total = np.zeros(len(rows), np.int64)
    for place in range(a.shape[1]):
        over_a = [((place_a == place) & (kind_a == k)).sum(axis=1) for k in range(3)]
        over_b = [((place_b == place) & (kind_b == k)).sum(axis=1) for k in range(3)]
        given, surname = np.minimum(over_a[1], over_b[1]), np.minimum(over_a[2], over_b[2])
        to_b = np.minimum(over_a[1] + over_a[2] - given - surname, over_b[0])
        to_a = np.minimum(over_b[1] + over_b[2] - given - surname, over_a[0])
        total += given + surname + to_a + to_b + np.minimum(over_a[0] - to_a, over_b[0] - to_b)
    conflicts[rows] = total
    return conflicts


def _place_of(answer: Ints) -> NDArray[np.int64]:
    """For each token the last agreeing token at or before it, going round from the beginning to the end."""
    column = np.arange(answer.shape[1])
    last = np.maximum.accumulate(np.where(answer >= 0, column, -1), axis=1)
    return np.where(last < 0, last[:, -1:], last)


def _end(answer_a: Ints, answer_b: Ints, at_a: NDArray[np.int64] | int, at_b: NDArray[np.int64]) -> NDArray[np.int8]:
    contradict = (answer_a < 0) & (answer_b < 0)
    return np.where(answer_a == at_b, 2, np.where(contradict, 0, 1)).astype(np.int8)


def _answer(
    a: Ints, b: Ints, kinds: NDArray[np.int8], lex: Lexicon
) -> tuple[Ints, Ints, NDArray[np.int8], NDArray[np.float64]]:
    """Greedily, the best answering tokens first; the same place in the name breaks ties."""
    n, width, _ = kinds.shape
    place = np.arange(width)
    tie = 0.02 * np.abs(place[:, None] - place[None, :])
    score = np.where(kinds > 0, kinds - tie, -1.0)
    paired_a = np.full((n, width), -1, np.int32)
    paired_b = np.full((n, width), -1, np.int32)
    kind_a = np.zeros((n, width), np.int8)
    bits = np.zeros(n)
    rows = np.arange(n)
    for _ in range(min(width, MOST_TOKENS)):
        best = score.reshape(n, -1).argmax(axis=1)
        i, j = best // width, best % width
        ok = score[rows, i, j] > 0
        if not ok.any():
            break
        r, i, j = rows[ok], i[ok], j[ok]
        kind = kinds[r, i, j]
        paired_a[r, i], paired_b[r, j], kind_a[r, i] = j, i, kind
        bits[r] += _worth(a[r, i], b[r, j], kind, lex)
        score[r, i, :] = -1.0
        score[r, :, j] = -1.0
    return paired_a, paired_b, kind_a, bits


def _worth(a: Ints, b: Ints, kind: NDArray[np.int8], lex: Lexicon) -> NDArray[np.float64]:
    exact = lex.bits[a]
    family = np.minimum(lex.family_bits[a], lex.family_bits[b])
    base = np.where(kind == EXACT, exact, np.where(kind == LETTER, lex.letter_bits[lex.letter[a]], family))
    return np.asarray(np.minimum(base, 14.0) * WORTH[kind])
