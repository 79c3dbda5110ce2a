"""Proof that a device signed two histories: two of its own signed heads, and why no one log can have had both.

The file needs nothing else to be checked: neither the case, nor the entries, nor our word (docs/sync.md). It names a size at
which the two histories differ, the root each had there, and a consistency proof from each to the head the device signed.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from willakuy.ledger import Checkpoint, Note, NoteNotValid, Verifier, is_consistent, open_checkpoint, tree_over
from willakuy.ledger.notes import strict_b64

FORMAT = "willakuy-fork/1"
_LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Branch:
    """One history: the note the device signed, and the way from the root it had at the common size to it."""

    note: str
    root: bytes
    proof: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Fork:
    """``size`` entries is where both histories can be compared; their roots there are not the same."""

    vkey: str
    size: int
    branches: tuple[Branch, Branch]

    @property
    def device_id(self) -> str:
        return Verifier.of(self.vkey).name.rsplit("/", 1)[-1]

    def check(self) -> None:
        """Raises ``NoteNotValid``: this proves nothing against the device."""
        log = Verifier.of(self.vkey)
        if self.size < 1 or self.branches[0].root == self.branches[1].root:
            raise NoteNotValid("the two histories do not differ")
        for branch in self.branches:
            head = open_checkpoint(Note.parse(branch.note), log)
            if not is_consistent(self.size, branch.root, head.size, head.root, branch.proof):
                raise NoteNotValid("a root does not lead to the head that was signed")

    def to_json(self) -> str:
        """One way to write it, whichever history was seen first."""
        branches = sorted(
            ({"note": b.note, "root": _b64(b.root), "proof": [_b64(h) for h in b.proof]} for b in self.branches),
            key=lambda b: json.dumps(b, sort_keys=True),
        )
        plain = {"format": FORMAT, "vkey": self.vkey, "size": self.size, "branches": branches}
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Fork:
        """Read and check.

        Raises:
            NoteNotValid: not such a file, or it proves nothing.
        """
        if len(text) > _LONGEST:
            raise NoteNotValid("the file is too long")
        try:
            read = msgspec.json.decode(text, type=_Plain)
        except msgspec.MsgspecError as e:
            raise NoteNotValid(str(e)) from e
        if read.format != FORMAT or len(read.branches) != 2:
            raise NoteNotValid("another format")
        one, two = (Branch(b.note, strict_b64(b.root), tuple(strict_b64(h) for h in b.proof)) for b in read.branches)
        fork = cls(read.vkey, read.size, (one, two))
        fork.check()
        return fork


class _PlainBranch(msgspec.Struct, forbid_unknown_fields=True):
    note: str
    root: str
    proof: list[str]


class _Plain(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    vkey: str
    size: int
    branches: list[_PlainBranch]


@dataclass(frozen=True, slots=True)
class History:
    """A signed head and the commitments that lead to it, all of them in order."""

    note: str
    commitments: Sequence[bytes]


def fork_between(log: Verifier, one: History, two: History) -> Fork | None:
    """The proof that these are not one log; ``None`` where the longer continues the shorter."""
    size = min(len(one.commitments), len(two.commitments))
    branches = []
    for history in (one, two):
        tree = tree_over(list(history.commitments))
        branches.append(Branch(history.note, tree.root(size), tuple(tree.consistency(size))))
    if branches[0].root == branches[1].root:
        return None
    return Fork(log.vkey, size, (branches[0], branches[1]))


def fork_by_proof(log: Verifier, ours: History, size: int, theirs: Branch) -> Fork:
    """The same, where of the other history only its root at ``size`` and the proof from there are at hand."""
    tree = tree_over(list(ours.commitments))
    return Fork(log.vkey, size, (Branch(ours.note, tree.root(size), tuple(tree.consistency(size))), theirs))


def head_of(note: str, log: Verifier) -> Checkpoint:
    """Raises ``NoteNotValid``."""
    return open_checkpoint(Note.parse(note), log)


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
