"""How alike two tokens are: decided once for each distinct pair of tokens, then looked up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from willakuy.linkage.encoding import Ints, Lexicon
from willakuy.linkage.spelling import are_familiar, is_familiar

DIFFER, CUT, LETTER, NEAR, FAMILIAR, CLOSE, FAMILY, EXACT = range(8)
"""What two tokens are to one another, in rising order of what it is worth."""

WORTH = np.array([0.0, 0.5, 1.0, 0.45, 0.6, 0.75, 0.9, 1.0])
"""The share of a token's bits that each kind of agreement keeps; a letter is worth the bits of the letter."""
_FEW_VALUES = 4096


class Likeness:
    """What the tokens of one lexicon are to one another; words are compared the first time two of them meet."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._letters, self._start, self._bags = _letters_of(lexicon.tokens)
        self._familiar = np.array([is_familiar(t) for t in lexicon.tokens], bool)
        self._slots, self._values = np.full(1 << 16, -1, np.int64), np.zeros(1 << 16, np.int8)
        self._n_known = 0
        self._cells, self._keys = np.zeros(0, np.int64), np.zeros(0, np.int64)

    def kinds(self, a: Ints, b: Ints) -> NDArray[np.int8]:
        """``(n, width, width)``: what each token of a name in ``a`` is to each of the name beside it in ``b``."""
        from willakuy.linkage.compare_kernel import look_up, plain_kinds

        lex = self._lexicon
        out = np.zeros((*a.shape, a.shape[1]), np.int8)
        if out.size > len(self._cells):
            self._cells, self._keys = np.zeros(out.size, np.int64), np.zeros(out.size, np.int64)
        n = plain_kinds(
            a, b, lex.is_initial, lex.letter, lex.family_id, self._bags, self._letters, self._start, self._familiar,
            out, self._cells, self._keys,
        )  # fmt: skip
        keys, found = self._keys[:n], np.zeros(n, np.int8)
        if look_up(self._slots, self._values, keys, found):
            self._learn(np.unique(keys[found < 0]))
            look_up(self._slots, self._values, keys, found)
        out.reshape(-1)[self._cells[:n]] = found
        return out

    def _learn(self, keys: NDArray[np.int64]) -> None:
        from willakuy.linkage.compare_kernel import put_in

        self._n_known += len(keys)
        if 2 * self._n_known > len(self._slots):
            known = self._slots >= 0
            old = self._slots[known], self._values[known]
            size = 1 << int(4 * self._n_known).bit_length()
            self._slots, self._values = np.full(size, -1, np.int64), np.zeros(size, np.int8)
            put_in(self._slots, self._values, *old)
        n = len(self._lexicon.tokens)
        put_in(self._slots, self._values, keys, _words(keys // n, keys % n, self._lexicon))


class Alike:
    """Jaro-Winkler similarity of numbered values, each two of them compared once at most while they are few."""

    def __init__(self, values: tuple[str, ...]) -> None:
        self._values = values
        self._seen = np.full((len(values),) * 2 if len(values) <= _FEW_VALUES else (0, 0), -1, np.float32)

    def __call__(self, a: Ints, b: Ints) -> NDArray[np.float32]:
        """``(n,)``, 1 for a value and itself."""
        out = np.ones(len(a), np.float32)
        unlike = np.flatnonzero(a != b)
        lo, hi = np.minimum(a[unlike], b[unlike]), np.maximum(a[unlike], b[unlike])
        if not self._seen.size:
            out[unlike] = self._compared(lo, hi)
            return out
        new = self._seen[lo, hi] < 0
        self._seen[lo[new], hi[new]] = self._compared(lo[new], hi[new])
        out[unlike] = self._seen[lo, hi]
        return out

    def _compared(self, a: Ints, b: Ints) -> NDArray[np.float32]:
        n = max(len(self._values), 1)
        distinct, back = np.unique(a.astype(np.int64) * n + b, return_inverse=True)
        left = [self._values[i] for i in (distinct // n).tolist()]
        right = [self._values[i] for i in (distinct % n).tolist()]
        if not left:
            return np.zeros(0, np.float32)
        return np.asarray(cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)[back], np.float32)


def _letters_of(tokens: tuple[str, ...]) -> tuple[Ints, NDArray[np.int64], NDArray[np.uint32]]:
    """The letters of all tokens end to end, where each begins, and the bag of letters of each.

    A bag marks in 32 places the letters that stand in a token once or more, twice or more, three times or more, and
    in the last column whether one stands there more often.
    """
    lengths = np.array([len(t) for t in tokens], np.int64)
    start = np.r_[0, np.cumsum(lengths)].astype(np.int64)
    letters = np.frombuffer("".join(tokens).encode("utf-32-le"), np.int32)
    counts = np.zeros((len(tokens), 32), np.int16)
    np.add.at(counts, (np.repeat(np.arange(len(tokens)), lengths), letters & 31), 1)
    place = (1 << np.arange(32, dtype=np.uint64)).astype(np.uint32)
    bags = [((counts >= k) * place).sum(axis=1, dtype=np.uint32) for k in (1, 2, 3, 4)]
    return letters, start, np.stack(bags, axis=1) if len(tokens) else np.zeros((0, 4), np.uint32)


def _words(a: NDArray[np.int64], b: NDArray[np.int64], lex: Lexicon) -> NDArray[np.int8]:
    left = [lex.tokens[i] for i in a.tolist()]
    right = [lex.tokens[i] for i in b.tolist()]
    winkler = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    edits = cpdist(left, right, scorer=OSA.distance, dtype=np.int32)
    length = np.array([len(t) for t in lex.tokens])
    shorter, longer = np.minimum(length[a], length[b]), np.maximum(length[a], length[b])
    kinds = np.zeros(len(a), np.int8)
    nicknames = [i for i, (x, y) in enumerate(zip(left, right, strict=True)) if are_familiar(x, y)]
    prefix = np.flatnonzero((shorter >= 3) & (longer > shorter)).tolist()
    kinds[[i for i in prefix if left[i].startswith(right[i]) or right[i].startswith(left[i])]] = CUT
    kinds[(winkler >= 0.86) | ((edits <= 2) & (longer >= 6) & (winkler >= 0.75))] = NEAR
    kinds[((edits <= 1) & (shorter >= 4)) | ((winkler >= 0.93) & (edits <= 2) & (shorter >= 5))] = CLOSE
    # two names that are both in use are seldom misspellings of one another: Daniel is not Manuel
    both_in_use = (lex.part[a] % 3 > 0) & (lex.part[a] == lex.part[b])
    kinds[both_in_use] = np.where(
        kinds[both_in_use] == CLOSE, NEAR, np.where(kinds[both_in_use] == NEAR, DIFFER, kinds[both_in_use])
    )
    kinds[nicknames] = FAMILIAR
    kinds[lex.family_id[a] == lex.family_id[b]] = FAMILY
    return kinds
