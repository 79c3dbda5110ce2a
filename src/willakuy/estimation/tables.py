"""A capture table: which patterns of lists were seen, how often. Counts only, never people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CaptureTable:
    """Observed patterns × lists, with a count for each pattern.

    ``patterns`` is ``(m, n_lists)`` of 0/1, one distinct row each, sorted, never all zero, and only patterns that
    were seen; ``counts`` is ``(m,)``, every entry positive. Build with :meth:`of`, which sorts, adds up and checks,
    so that the same people in another order are the same table.
    """

    lists: tuple[str, ...]
    patterns: Ints = field(repr=False)
    counts: Ints = field(repr=False)
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """What a reader must know of how the table was read: people and columns left out."""

    @classmethod
    def of(cls, lists: Sequence[str], rows: Iterable[tuple[Sequence[int], int]]) -> CaptureTable:
        """Add up rows ``(pattern, count)``; zero counts and the all-zero pattern are left out.

        Raises:
            ValueError: a negative count, or a pattern that is not 0/1 of the right length.
        """
        seen: dict[tuple[int, ...], int] = {}
        for pattern, count in rows:
            key = tuple(int(v) for v in pattern)
            if len(key) != len(lists) or not set(key) <= {0, 1} or count < 0:
                raise ValueError(f"not a pattern of {len(lists)} lists with a count: {key}, {count}")
            if count and any(key):
                seen[key] = seen.get(key, 0) + int(count)
        keys = sorted(seen)
        patterns = np.array(keys, dtype=np.int64).reshape(len(keys), len(lists))
        return cls(tuple(lists), patterns, np.array([seen[k] for k in keys], dtype=np.int64))

    @property
    def documented(self) -> int:
        """How many people at least one list names."""
        return int(self.counts.sum())

    @property
    def n_lists(self) -> int:
        return len(self.lists)

    @cached_property
    def sizes(self) -> Ints:
        """People on each list, ``(n_lists,)``."""
        return np.asarray(self.counts @ self.patterns, dtype=np.int64)

    @cached_property
    def overlaps(self) -> Ints:
        """People shared by each pair of lists, ``(n_lists, n_lists)``; the diagonal is :attr:`sizes`."""
        return np.asarray(self.patterns.T @ (self.counts[:, None] * self.patterns), dtype=np.int64)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the table as text; names of lists included, row order not."""
        lines = [",".join(self.lists)]
        lines += [
            f"{''.join(map(str, p))}:{c}" for p, c in zip(self.patterns.tolist(), self.counts.tolist(), strict=True)
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def keep(self, names: Sequence[str]) -> CaptureTable:
        """Only these lists; people named by none of them are no longer documented."""
        where = [self.lists.index(name) for name in names]
        rows = zip(self.patterns[:, where].tolist(), self.counts.tolist(), strict=True)
        return CaptureTable.of(list(names), rows)

    def without(self, name: str) -> CaptureTable:
        return self.keep([other for other in self.lists if other != name])

    def nonempty(self) -> CaptureTable:
        """Only the lists that name someone."""
        return self.keep([name for name, size in zip(self.lists, self.sizes, strict=True) if size > 0])

    def merge(self, first: str, second: str) -> CaptureTable:
        """Treat two lists as one: on it when on either."""
        a, b = self.lists.index(first), self.lists.index(second)
        merged = np.maximum(self.patterns[:, a], self.patterns[:, b])
        rest = [j for j in range(self.n_lists) if j not in (a, b)]
        patterns = np.column_stack([self.patterns[:, rest], merged])
        names = [self.lists[j] for j in rest] + [f"{first}+{second}"]
        return CaptureTable.of(names, zip(patterns.tolist(), self.counts.tolist(), strict=True))

    def full(self) -> Ints:
        """All 2^J cells as a vector, list 0 the highest bit; for few lists only."""
        cells = np.zeros(2**self.n_lists, dtype=np.int64)
        bits = 2 ** np.arange(self.n_lists - 1, -1, -1)
        cells[self.patterns @ bits] = self.counts
        return cells


@dataclass(frozen=True, slots=True)
class StrataTable:
    """Several capture tables over the same lists, one per stratum, in a stated order."""

    strata: Mapping[str, CaptureTable]
    notes: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple[str, ...]:
        return next(iter(self.strata.values())).lists

    @property
    def n_lists(self) -> int:
        return len(self.lists)

    @property
    def documented(self) -> int:
        return sum(table.documented for table in self.strata.values())

    @property
    def digest(self) -> str:
        """SHA-256 over the strata's names and digests."""
        lines = (f"{name}\t{table.digest}" for name, table in self.strata.items())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def pooled(self) -> CaptureTable:
        """All strata as one table."""
        rows = [
            (p, c)
            for table in self.strata.values()
            for p, c in zip(table.patterns.tolist(), table.counts.tolist(), strict=True)
        ]
        return replace(CaptureTable.of(self.lists, rows), notes=self.notes)
