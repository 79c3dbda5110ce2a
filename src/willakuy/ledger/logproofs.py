"""An entry's place in a log, in a text file that proves it offline: C2SP tlog-proof@v1."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from willakuy.ledger.notes import NoteNotValid, strict_b64
from willakuy.ledger.policies import Judged, Policy
from willakuy.ledger.tree import leaf_hash, root_from_inclusion

_HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class LogProof:
    """``hashes`` lead from entry ``index`` to the root in ``checkpoint``, a signed note. Nothing vouches for ``extra``."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __str__(self) -> str:
        extra = [f"extra {base64.b64encode(self.extra).decode()}"] if self.extra else []
        hashes = [base64.b64encode(h).decode() for h in self.hashes]
        return "\n".join([_HEADER, *extra, f"index {self.index}", *hashes, "", self.checkpoint])

    @classmethod
    def parse(cls, text: str) -> LogProof:
        """Raises ``NoteNotValid``: not in the format."""
        head, separator, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not separator or lines.pop(0) != _HEADER:
            raise NoteNotValid("not a tlog-proof")
        extra = strict_b64(lines.pop(0).removeprefix("extra ")) if lines and lines[0].startswith("extra ") else b""
        index = re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines.pop(0) if lines else "")
        hashes = tuple(strict_b64(line) for line in lines)
        if index is None or any(len(h) != 32 for h in hashes) or len(hashes) > 64:
            raise NoteNotValid("not an index and hashes")
        return cls(int(index[1]), hashes, checkpoint, extra)

    def check(self, entry: bytes, policy: Policy, *, now: int | None = None) -> Judged:
        """That ``entry`` (its 32-byte commitment) is in a log at a head the policy accepts.

        Raises:
            NoteNotValid: the head is not accepted, or the proof does not lead to it.
        """
        judged = policy.judge(self.checkpoint, now=now)
        root = root_from_inclusion(leaf_hash(entry), self.index, judged.checkpoint.size, self.hashes)
        if root != judged.checkpoint.root:
            raise NoteNotValid("the proof does not lead to the root that was signed")
        return judged
