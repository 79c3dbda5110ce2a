"""An entry: what was recorded once, committed to without being revealed.

Every field of an entry is committed to on its own, with a 128-bit salt, so that one field can later be sealed
or erased while every proof about the others still holds. What enters the log is 32 bytes that reveal nothing:

    field  = SHA-256("willakuy/field/v1\\0" || salt || canonical([path, value]))
    root   = RFC 6962 root over the fields by path, then decoys up to a power of two
    header = {"v": 1, "type": ..., "n": leaves, "fields_root": hex}
    commitment = SHA-256("willakuy/event/v1\\0" || canonical(header))

A field whose value is not kept here (it is sealed to custodians, or was erased) holds ``sealed_leaf(leaf)`` in the
place of its value: the entry's root and every proof stay what they were.

Format: docs/format/ledger.md. Salts must not be optional: without them a phone number can be guessed from
its hash within the hour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from willakuy.ledger.canonical import Json, canonical
from willakuy.ledger.tree import leaf_hash, root_of

FORMAT_VERSION = 1
SALT_BYTES = 16
LEAST_LEAVES = 8

SEALED_MARK = "sealed-leaf"

Entropy = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """``fields`` maps a path to its value; ``salts`` has one salt for each path in sorted order; ``decoys`` fill up.

    ``kind`` is public once released (it stands in the header); everything else is a field.
    """

    kind: str
    fields: Mapping[str, Json]
    salts: tuple[bytes, ...]
    decoys: tuple[bytes, ...]

    @property
    def leaves(self) -> list[bytes]:
        """Field commitments by path, then decoys: the leaves under ``fields_root``."""
        return [
            leaf_of_sealed(self.fields[path]) or field_commitment(path, self.fields[path], salt)
            for path, salt in zip(sorted(self.fields), self.salts, strict=True)
        ] + list(self.decoys)

    @property
    def header(self) -> dict[str, Json]:
        leaves = self.leaves
        return {
            "v": FORMAT_VERSION,
            "type": self.kind,
            "n": len(leaves),
            "fields_root": root_of([leaf_hash(leaf) for leaf in leaves]).hex(),
        }


def make_entry(kind: str, fields: Mapping[str, Json], entropy: Entropy) -> Entry:
    """Salt ``fields`` and fill up with decoys, so that the number of fields does not show.

    Args:
        entropy: gives n unpredictable bytes; ``os.urandom`` in earnest.
    """
    n_leaves = max(LEAST_LEAVES, 1 << max(len(fields) - 1, 0).bit_length())
    n_decoys = n_leaves - len(fields)
    pool = entropy(SALT_BYTES * len(fields) + 32 * n_decoys)
    cut = SALT_BYTES * len(fields)
    salts = tuple(pool[i : i + SALT_BYTES] for i in range(0, cut, SALT_BYTES))
    decoys = tuple(pool[i : i + 32] for i in range(cut, len(pool), 32))
    return Entry(kind, dict(fields), salts, decoys)


def field_commitment(path: str, value: Json, salt: bytes) -> bytes:
    named = b"[" + _canonical_path(path) + b"," + canonical(value) + b"]"
    return hashlib.sha256(b"willakuy/field/v1\x00" + salt + named).digest()


_canonical_path = lru_cache(maxsize=1024)(canonical)


def sealed_leaf(leaf: bytes) -> Json:
    """What stands in the place of a value that is not kept here: its commitment alone."""
    return {SEALED_MARK: leaf.hex()}


def leaf_of_sealed(value: Json) -> bytes | None:
    """The commitment that stands in the place of a value, or ``None`` when the value is there."""
    if isinstance(value, dict) and value.keys() == {SEALED_MARK}:
        leaf = value[SEALED_MARK]
        if isinstance(leaf, str) and len(leaf) == 64:
            return bytes.fromhex(leaf)
    return None


def erased(entry: Entry, paths: Collection[str]) -> Entry:
    """``entry`` without the values and salts of ``paths``; its root, and so its commitment, is unchanged."""
    leaves = entry.leaves
    fields, salts = dict(entry.fields), list(entry.salts)
    for i, path in enumerate(sorted(entry.fields)):
        if path in paths:
            fields[path], salts[i] = sealed_leaf(leaves[i]), bytes(SALT_BYTES)
    return Entry(entry.kind, fields, tuple(salts), entry.decoys)


def commitment_of(header: Mapping[str, Json]) -> bytes:
    """The 32 bytes that stand for the entry in its device's log."""
    return hashlib.sha256(b"willakuy/event/v1\x00" + canonical(header)).digest()
