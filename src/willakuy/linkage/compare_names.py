"""Two printed names compared whole: which tokens answer one another, what is left over, and what it is worth.

Order is forgiven, dropped tokens are cheap, tokens that contradict one another are dear. What agreement is worth
follows from how common the agreeing tokens are: sharing Quispe says little, sharing Yanquerhuay nearly everything.

Left-over tokens contradict one another where they stand in one place of the name and are of one kind. The place of a
token is the last agreeing token before it, the end of a name leading back to its beginning (lists print surnames first
or last). "John Erik Enciso" and "John Enciso Choque" leave two tokens over and no conflict: one dropped a second given
name, the other a second surname. Nor do "Choque Enciso" and "John Enciso" conflict: nobody's given name is Choque.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from willakuy.linkage.encoding import Encoded, Ints, Lexicon
from willakuy.linkage.similarity import WORTH, Likeness


@dataclass(frozen=True, slots=True)
class NameFeatures:
    """One value a pair. ``bits`` shared; ``apart`` tokens left over on both sides, of which ``conflicts`` contradict.

    ``first`` says of the first tokens: 2 answer one another, 1 neither do nor contradict, 0 contradict. ``n`` is tokens
    of the shorter name, 0 when a name is missing. ``letters`` of the ``agreed`` tokens agree by an initial only.
    """

    bits: NDArray[np.float32]
    conflicts: NDArray[np.int8]
    apart: NDArray[np.int8]
    first: NDArray[np.int8]
    n: NDArray[np.int8]
    letters: NDArray[np.int8]
    agreed: NDArray[np.int8]


def compare_names(data: Encoded, left: Ints, right: Ints, likeness: Likeness) -> NameFeatures:
    """Names of each pair, in their own script where both have it, else in Latin letters."""
    latin, native = data.names
    use_native = (native[left, 0] >= 0) & (native[right, 0] >= 0)
    a = np.where(use_native[:, None], native[left], latin[left])
    b = np.where(use_native[:, None], native[right], latin[right])
    return _compare(a, b, data.lexicon, likeness)


def _compare(a: Ints, b: Ints, lex: Lexicon, likeness: Likeness) -> NameFeatures:
    from willakuy.linkage.compare_kernel import answer_names

    width = max(int((a >= 0).sum(axis=1).max(initial=1)), int((b >= 0).sum(axis=1).max(initial=1)))
    a, b = np.ascontiguousarray(a[:, :width]), np.ascontiguousarray(b[:, :width])
    bits, out = np.zeros(len(a), np.float32), np.zeros((len(a), 6), np.int8)
    answer_names(
        a, b, likeness.kinds(a, b), lex.part, lex.bits, lex.family_bits, lex.letter, lex.letter_bits, WORTH, bits, out
    )  # fmt: skip
    return NameFeatures(bits, *out.T)
