"""The ledger inside a release: each device's log as C2SP tlog-tiles, and the fields of what is published.

ledger/policy                           whose signatures to ask for (C2SP tlog-policy)
ledger/considered.jsonl                 all that was considered: what is shown, and what is kept back under which rule
ledger/disclosed.jsonl                  what is published of the entries, with the means to prove it
ledger/<device>/checkpoint              the signed head
ledger/<device>/tile/...                every entry as 32 bytes that reveal nothing, and the hashes above them
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from willakuy.casefile import Case
from willakuy.casefile.devices import KnownDevice
from willakuy.ledger import Logged, commitment, disclosed
from willakuy.publication.data import jsonl
from willakuy.publication.errors import HeadNotSigned
from willakuy.publication.folder import NewFolder
from willakuy.publication.position import RELEASE, EarlierRelease, LedgerIndex
from willakuy.publication.rows import RecordedRows

SEALED = ("number", "manifest_sha256")


def write_ledger(folder: NewFolder, case: Case, ledger: LedgerIndex, recorded: RecordedRows, head: str) -> None:
    """Write all of the above; ``head`` is the signed checkpoint of this device's log at the frozen place."""
    known = case.known_devices()
    folder.put("ledger/policy", policy_text(known[device] for device, _ in ledger.frozen.sizes))
    folder.put("ledger/disclosed.jsonl", _disclosed(ledger, recorded))
    for device, size in ledger.frozen.sizes:
        note = head if device == ledger.frozen.device else case.signed_head(device, size)
        if note is None:
            raise HeadNotSigned(device=device, n=size)
        folder.put(f"ledger/{device}/checkpoint", note.encode())
        case.hand_out_log(device, size, partial(_put_under, folder, f"ledger/{device}/"))


def _put_under(folder: NewFolder, where: str, path: str, data: bytes) -> None:
    folder.put(where + path, data)


def policy_text(devices: Iterable[KnownDevice]) -> bytes:
    """Whose signatures to ask for, as a tlog-policy writes it. Readers should get it elsewhere as well."""
    logs = [f"log {device.log.vkey}" for device in devices]
    return "\n".join([*logs, "quorum none", ""]).encode()


def _disclosed(ledger: LedgerIndex, recorded: RecordedRows) -> bytes:
    """Log by log, entry by entry; an entry of which nothing is published has no line."""
    ordered = sorted(ledger.entries, key=lambda logged: (logged.device, logged.seq))
    return jsonl(line for logged in ordered if (line := recorded.ledger_line(logged)))


def seal(case: Case, entries: Iterable[Logged], frozen_size: int, release: EarlierRelease) -> dict[str, Any]:
    """What ties the manifest to the log: the release entry, the entries before it, and the checkpoint over both."""
    mine = [e for e in entries if e.device == case.device.device_id and frozen_size <= e.seq <= release.seq]
    own = mine[-1]
    assert own.entry.kind == RELEASE
    return {
        "between": [commitment(e).hex() for e in mine[:-1]],
        "entry": disclosed(own.entry, SEALED),
        "checkpoint": case.sign_checkpoint(release.seq + 1),
    }
