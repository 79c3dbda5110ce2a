"""A log of any length as C2SP tlog-tiles: files of 256 hashes, from which every root and proof can be made.

``GrowingTree`` takes commitments in order and hands out tiles as they fill: constant memory, whatever the length.
``TiledTree`` reads tiles (from a folder, a release, a database) and makes proofs; the eight levels inside a tile are
hashed once and kept.

    tile/<L>/<N>[.p/<W>]        level L, place N; W hashes where it is not full
    tile/entries/<N>[.p/<W>]    the entries themselves, each behind its length in two bytes
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from struct import iter_unpack

from willakuy.ledger.tree import EMPTY_ROOT, node_hash, root_of, split

WIDTH = 256
ENTRY_BYTES = 32
_LENGTH = ENTRY_BYTES.to_bytes(2, "big")
_KEPT_TILES = 512

Put = Callable[[str, bytes], None]
"""Takes a path in the layout and the bytes to be found there."""


def tile_path(level: int | str, n: int, width: int = WIDTH) -> str:
    """``tile/0/x001/x234/067.p/17``; ``level`` is a number or ``entries``."""
    groups = [f"{n % 1000:03d}"]
    while n := n // 1000:
        groups.insert(0, f"x{n % 1000:03d}")
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < WIDTH else "")


def widths(level: int, size: int) -> Iterator[tuple[int, int]]:
    """(place, width) of each tile that a log of ``size`` entries has at ``level``; only the last may not be full."""
    full, rest = divmod(size >> (8 * level), WIDTH)
    yield from ((n, WIDTH) for n in range(full))
    if rest:
        yield full, rest


def tiles_of(size: int) -> Iterator[str]:
    """Every path of a log of ``size`` entries, entries first, then tiles level by level."""
    yield from (tile_path("entries", n, width) for n, width in widths(0, size))
    level = 0
    while size >> (8 * level):
        yield from (tile_path(level, n, width) for n, width in widths(level, size))
        level += 1


def bundle_of(commitments: Iterable[bytes]) -> bytes:
    """An entry bundle: each commitment behind its length."""
    return b"".join([_LENGTH + c for c in commitments])


def leaves_of(bundle: bytes) -> list[bytes]:
    """The leaf hashes of an entry bundle of 32-byte entries.

    Raises:
        ValueError: an entry of another length.
    """
    if len(bundle) % (ENTRY_BYTES + 2) or bundle[0::34].strip(b"\0") or bundle[1::34].strip(b"\x20"):
        raise ValueError("not a bundle of 32-byte entries")
    marked = bytearray(bundle)
    marked[1::34] = bytes(len(bundle) // 34)  # the second length byte becomes the mark of a leaf: no copy of each entry
    sha256 = hashlib.sha256
    return [sha256(leaf).digest() for (leaf,) in iter_unpack("x33s", marked)]


def parents_of(hashes: bytes) -> list[bytes]:
    """Node hashes of neighbours: 64 bytes of ``hashes`` make one."""
    sha256 = hashlib.sha256
    return [sha256(b"\x01" + pair).digest() for (pair,) in iter_unpack("64s", hashes)]


def root_of_full_tile(tile: bytes) -> bytes:
    """The root over 256 hashes."""
    while len(tile) > 32:
        tile = b"".join(parents_of(tile))
    return tile


class GrowingTree:
    """The right edge of a log: at most 255 hashes for each level of tiles, and the entries of the last bundle."""

    def __init__(self, put: Put | None = None) -> None:
        self.size = 0
        self._put = put
        self._edge: list[list[bytes]] = [[]]
        self._last: list[bytes] = []

    def extend(self, commitments: Iterable[bytes]) -> None:
        """Append 32-byte commitments in order; tiles that fill are handed out at once."""
        rest = iter(commitments)
        while batch := list(islice(rest, WIDTH - len(self._last))):
            self._edge[0] += leaves_of(bundle_of(batch))
            self._last += batch
            self.size += len(batch)
            if len(self._last) == WIDTH:
                self._hand_out("entries", self.size // WIDTH - 1, bundle_of(self._last))
                self._last = []
                self._fill(0)

    def _fill(self, level: int) -> None:
        tile = b"".join(self._edge[level])
        self._hand_out(level, (self.size >> (8 * (level + 1))) - 1, tile)
        self._edge[level] = []
        if level + 1 == len(self._edge):
            self._edge.append([])
        self._edge[level + 1].append(root_of_full_tile(tile))
        if len(self._edge[level + 1]) == WIDTH:
            self._fill(level + 1)

    def _hand_out(self, level: int | str, n: int, data: bytes) -> None:
        if self._put:
            self._put(tile_path(level, n, len(data) // (34 if level == "entries" else 32)), data)

    def hand_out_partial(self) -> None:
        """Hand out the tiles that are not full: what a checkpoint at this size needs beside the full ones."""
        if self._last:
            self._hand_out("entries", self.size // WIDTH, bundle_of(self._last))
        for level, hashes in enumerate(self._edge):
            if hashes:
                self._hand_out(level, self.size >> (8 * (level + 1)), b"".join(hashes))

    def root(self) -> bytes:
        """The root over everything appended so far; at most 8 × 256 hashes of work."""
        return _root_at_edge(self._edge)


def root_of_tiles(size: int, read: Callable[[str], bytes]) -> bytes:
    """The root that the entry bundles of a log lead to, every tile compared on the way; one tile in memory at a time.

    Args:
        read: a path in the layout to the bytes found there.

    Raises:
        ValueError: names the first file that is not what the entries make it.
    """
    edges: list[list[bytes]] = []
    below: list[bytes] = []
    while size >> (8 * len(edges)):
        level, above, edge = len(edges), list[bytes](), list[bytes]()
        for n, width in widths(level, size):
            path = tile_path(level, n, width)
            if level == 0:
                bundle = read(tile_path("entries", n, width))
                hashes = leaves_of(bundle) if len(bundle) == 34 * width else []
            else:
                hashes = below[n * WIDTH : n * WIDTH + width]
            tile = b"".join(hashes)
            if read(path) != tile or not tile:
                raise ValueError(path)
            if width == WIDTH:
                above.append(root_of_full_tile(tile))
            else:
                edge = hashes
        edges.append(edge)
        below = above
    return _root_at_edge(edges)


def _root_at_edge(edges: Iterable[list[bytes]]) -> bytes:
    """The root of a log from the hashes of the last tile of each level, lowest first."""
    tail: list[bytes] = []
    for hashes in edges:
        tail = [root_of([*hashes, *tail])] if hashes or tail else []
    return tail[0] if tail else EMPTY_ROOT


class TiledTree:
    """A log of ``size`` entries that somebody holds as tiles.

    Args:
        read: (level, place, width) to the bytes of that tile.
    """

    def __init__(self, size: int, read: Callable[[int, int, int], bytes]) -> None:
        self.size = size
        self._read = read
        self._inner = lru_cache(_KEPT_TILES)(self._levels_in)

    def _levels_in(self, level: int, n: int) -> list[bytes]:  # kept by ``self._inner``
        """The hashes of a tile and of the complete nodes above them inside it, each level as joined bytes."""
        width = min(WIDTH, (self.size >> (8 * level)) - n * WIDTH)
        hashes = self._read(level, n, width)
        if len(hashes) != 32 * width:
            raise ValueError(f"{tile_path(level, n, width)}: {len(hashes)} bytes, not {32 * width}")
        levels = [hashes]
        for _ in range(7):
            below = levels[-1]
            levels.append(b"".join(parents_of(below[: len(below) // 64 * 64])))
        return levels

    def node(self, level: int, index: int) -> bytes:
        """The root over the leaves ``[index * 2**level, (index + 1) * 2**level)``, all of them present."""
        tile, inner = divmod(level, 8)
        n, at = divmod(index, 1 << (8 - inner))
        return self._inner(tile, n)[inner][32 * at : 32 * at + 32]

    def range_root(self, lo: int, hi: int) -> bytes:
        """The root over leaves ``[lo, hi)``, where ``lo`` is 0 or a place at which a larger tree splits."""
        if lo == hi:
            return EMPTY_ROOT
        parts = []
        while lo < hi:
            level = (hi - lo).bit_length() - 1
            parts.append(self.node(level, lo >> level))
            lo += 1 << level
        root = parts.pop()
        while parts:
            root = node_hash(parts.pop(), root)
        return root

    def root(self, size: int | None = None) -> bytes:
        """The root of the log as it was at ``size`` entries."""
        return self.range_root(0, self.size if size is None else size)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that entry ``index`` is in the log of ``size`` entries (RFC 6962, 2.1.1)."""
        lo, hi, proof = 0, self.size if size is None else size, []
        if not 0 <= index < hi <= self.size:
            raise ValueError(f"no entry {index} in a log of {hi}")
        while hi - lo > 1:
            k = lo + split(hi - lo)
            if index < k:
                proof.append(self.range_root(k, hi))
                hi = k
            else:
                proof.append(self.range_root(lo, k))
                lo = k
        return proof[::-1]

    def consistency(self, first: int, second: int | None = None) -> list[bytes]:
        """The proof that the log of ``second`` entries begins with that of ``first`` (RFC 6962, 2.1.2)."""
        lo, hi, proof = 0, self.size if second is None else second, []
        if not 0 <= first <= hi <= self.size:
            raise ValueError(f"no log of {first} entries in a log of {hi}")
        is_whole = True
        while 0 < first < hi:
            k = lo + split(hi - lo)
            if first <= k:
                proof.append(self.range_root(k, hi))
                hi = k
            else:
                proof.append(self.range_root(lo, k))
                lo, is_whole = k, False
        if not is_whole:
            proof.append(self.range_root(lo, hi))
        return proof[::-1]


def tree_over(commitments: bytes | list[bytes]) -> TiledTree:
    """A tree over commitments held in memory."""
    tiles: dict[str, bytes] = {}
    growing = GrowingTree(tiles.__setitem__)
    growing.extend(commitments if isinstance(commitments, list) else (c for (c,) in iter_unpack("32s", commitments)))
    growing.hand_out_partial()
    return TiledTree(growing.size, lambda level, n, width: tiles[tile_path(level, n, width)])
