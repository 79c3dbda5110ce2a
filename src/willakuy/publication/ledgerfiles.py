"""The ledger inside a release: every commitment of the log, and the fields of what is published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from willakuy.casefile import Case
from willakuy.ledger import Logged, commitment, disclosed
from willakuy.publication.data import jsonl
from willakuy.publication.position import RELEASE, EarlierRelease, LedgerIndex
from willakuy.publication.rows import RecordedRows

SEALED = ("number", "manifest_sha256")


def entries_jsonl(ledger: LedgerIndex, recorded: RecordedRows) -> bytes:
    """Log by log, entry by entry. What is not published is there as 32 bytes that reveal nothing."""
    ordered = sorted(ledger.entries, key=lambda logged: (logged.device, logged.seq))
    return jsonl(recorded.ledger_line(logged, commitment(logged).hex()) for logged in ordered)


def policy_text(case: Case) -> bytes:
    """Whose signature to ask for, as a tlog-policy writes it. Readers should get it elsewhere as well."""
    return f"log {case.device.key.vkey}\nquorum none\n".encode()


def seal(case: Case, entries: Iterable[Logged], frozen_size: int, release: EarlierRelease) -> dict[str, Any]:
    """What ties the manifest to the log: the release entry, the entries before it, and the checkpoint over both."""
    mine = [e for e in entries if e.device == case.device.device_id and frozen_size <= e.seq <= release.seq]
    own = mine[-1]
    assert own.entry.kind == RELEASE
    shown = disclosed(own.entry, SEALED)
    return {
        "between": [commitment(e).hex() for e in mine[:-1]],
        "entry": {**shown, "seq": own.seq, "commitment": commitment(own).hex()},
        "checkpoint": case.sign_checkpoint(release.seq + 1),
    }
