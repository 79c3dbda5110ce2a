"""How alike two tokens are: decided once for each distinct pair of tokens, then looked up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from willakuy.linkage.encoding import Ints, Lexicon
from willakuy.linkage.spelling import are_familiar

DIFFER, CUT, LETTER, NEAR, FAMILIAR, CLOSE, FAMILY, EXACT = range(8)
"""What two tokens are to one another, in rising order of what it is worth."""

WORTH = np.array([0.0, 0.5, 1.0, 0.45, 0.6, 0.75, 0.9, 1.0])
"""The share of a token's bits that each kind of agreement keeps; a letter is worth the bits of the letter."""


def kinds_of(a: Ints, b: Ints, lexicon: Lexicon) -> NDArray[np.int8]:
    """The kind of likeness of each pair of token numbers, any shape; -1 tokens differ from everything."""
    shape = a.shape
    lo, hi = np.minimum(a, b).ravel(), np.maximum(a, b).ravel()
    n = len(lexicon.tokens)
    key = lo.astype(np.int64) * n + hi
    key[lo < 0] = -1
    distinct, back = np.unique(key, return_inverse=True)
    kinds = np.zeros(len(distinct), np.int8)
    real = distinct >= 0
    kinds[real] = _distinct(distinct[real] // n, distinct[real] % n, lexicon)
    return kinds[back].reshape(shape)


def _distinct(a: NDArray[np.int64], b: NDArray[np.int64], lex: Lexicon) -> NDArray[np.int8]:
    kinds = np.zeros(len(a), np.int8)
    either_initial = lex.is_initial[a] | lex.is_initial[b]
    kinds[either_initial & (lex.letter[a] == lex.letter[b])] = LETTER
    words = np.flatnonzero(~either_initial)
    if len(words):
        kinds[words] = _words(a[words], b[words], lex)
    kinds[a == b] = EXACT
    both = lex.is_initial[a] & lex.is_initial[b]
    kinds[both] = np.where(a[both] == b[both], LETTER, DIFFER)
    return kinds


def _words(a: NDArray[np.int64], b: NDArray[np.int64], lex: Lexicon) -> NDArray[np.int8]:
    left = [lex.tokens[i] for i in a]
    right = [lex.tokens[i] for i in b]
    winkler = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    edits = cpdist(left, right, scorer=OSA.distance, dtype=np.int32)
    lengths = np.array([[len(x), len(y)] for x, y in zip(left, right, strict=True)])
    shorter, longer = lengths.min(axis=1), lengths.max(axis=1)
    kinds = np.zeros(len(a), np.int8)
    nicknames = [i for i, (x, y) in enumerate(zip(left, right, strict=True)) if are_familiar(x, y)]
    prefix = np.flatnonzero((shorter >= 3) & (longer > shorter))
    cut = (
        prefix[[left[i].startswith(right[i]) or right[i].startswith(left[i]) for i in prefix]]
        if len(prefix)
        else prefix
    )
    kinds[cut] = CUT
    kinds[(winkler >= 0.86) | ((edits <= 2) & (longer >= 6) & (winkler >= 0.75))] = NEAR
    kinds[((edits <= 1) & (shorter >= 4)) | ((winkler >= 0.93) & (edits <= 2) & (shorter >= 5))] = CLOSE
    # two names that are both in use are seldom misspellings of one another: Daniel is not Manuel
    both_in_use = (lex.part[a] % 3 > 0) & (lex.part[a] == lex.part[b])
    kinds[both_in_use] = np.where(
        kinds[both_in_use] == CLOSE, NEAR, np.where(kinds[both_in_use] == NEAR, DIFFER, kinds[both_in_use])
    )
    kinds[nicknames] = FAMILIAR
    kinds[lex.family_id[a] == lex.family_id[b]] = FAMILY
    kinds[a == b] = EXACT
    return kinds
