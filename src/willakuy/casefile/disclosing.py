"""One sealed value, disclosed with the proof that it has been the same since it was sealed; and checking such a proof.

The proof needs nothing of the case: the entry's header, the disclosed field with its salt, the other fields as hashes, and the
entry's place in the log (C2SP tlog-proof) under the earliest head that was signed over it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from willakuy.casefile.case import Case
from willakuy.casefile.logs import tree_of
from willakuy.casefile.sync.heads import read_heads
from willakuy.casefile.unsealing import open_sealed
from willakuy.errors import ProblemFound, UsageError
from willakuy.i18n import N_, gettext
from willakuy.ledger import (
    LogProof,
    NoteNotValid,
    Policy,
    PolicyNotRead,
    Verifier,
    commitment_of,
    disclosed,
    field_commitment,
    leaf_hash,
    parse_policy,
    root_of,
)
from willakuy.vault import Identity, KeyFileTaken

FORMAT = "willakuy-disclosure/1"


class NoSuchSealedField(UsageError):
    code = "W538"
    what = N_("{id}: nothing called “{field}” is sealed in it.")
    next = N_("Nothing was shown. See the names of its fields:\n    willakuy vault list")


class DisclosureNotValid(ProblemFound):
    code = "W539"
    what = N_("{file}: this proves nothing ({reason}).")
    next = N_("Ask for the file again; compare the key with a copy of it got elsewhere.")


@dataclass(frozen=True, slots=True, repr=False)
class Disclosed:
    """What a proof shows: ``values`` were in the log ``origin`` when it had ``size`` entries. No ``repr``: it holds names."""

    values: Mapping[str, str]
    about: str
    origin: str
    size: int
    vkey: str


def disclose(
    case: Case, seal_id: str, names: Sequence[str], identity: Identity, *, reason: str, by: str | None = None
) -> str:
    """The disclosure, as JSON text, of the sealed fields ``names``. It is an opening, and recorded as one.

    Raises:
        NoSuchSealedField, and as ``open_sealed``: nothing was shown.
    """
    opened = open_sealed(case, seal_id, identity, reason=reason, by=by)
    item, sealed = opened.item, opened.payload.fields
    for name in names:
        if f"sealed.{name}" not in sealed:
            raise NoSuchSealedField(id=seal_id, field=name)
    entry = next(e.entry for e in case.entries("sealed") if (e.device, e.seq) == (item.device, item.seq))
    told: Any = disclosed(entry, ("seal_id", "about"))
    paths = sorted(entry.fields)
    for path in (f"sealed.{name}" for name in names):
        i, (value, salt) = paths.index(path), sealed[path]
        told["hidden"] = [pair for pair in told["hidden"] if pair[0] != i]
        told["fields"].append([i, path, value, salt.hex()])
    if item.device == case.device.device_id:
        case.sign_checkpoint()
    with case.looking() as connection:
        notes = read_heads(connection).notes[item.device]
        size = min(n for n in notes if n > item.seq)
        proof = LogProof(item.seq, tuple(tree_of(connection, item.device, size).inclusion(item.seq)), str(notes[size]))
    vkey = case.known_devices()[item.device].log.vkey
    return json.dumps(
        {"format": FORMAT, "vkey": vkey, "entry": told, "proof": str(proof)}, ensure_ascii=False, indent=1
    )


def refuse_taken(path: Path) -> None:
    """Raises ``KeyFileTaken`` when there is something at ``path``: before anything is opened."""
    if path.exists():
        raise KeyFileTaken(file=path)


def read_policy(path: Path) -> Policy:
    """The tlog-policy in ``path``. Raises ``DisclosureNotValid``."""
    try:
        return parse_policy(path.read_bytes())
    except (OSError, PolicyNotRead) as e:
        raise DisclosureNotValid(file=path, reason=e) from e


def write_disclosure(path: Path, text: str) -> None:
    """Write to a new file that only this user may read. Raises ``KeyFileTaken`` when there is one."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as e:
        raise KeyFileTaken(file=path) from e
    with os.fdopen(fd, "w", encoding="utf-8") as out:
        out.write(text + "\n")


def check_disclosure(path: Path, policy: Policy | None = None) -> Disclosed:
    """What the disclosure in ``path`` proves, under ``policy`` or else the key that it names itself.

    Raises:
        DisclosureNotValid: it is damaged, its parts do not fit together, or the key is another one.
    """
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] != FORMAT:
            raise ValueError("another format")
        entry = told["entry"]
        fields = {field: value for _, field, value, _ in entry["fields"]}
        trusted = policy or Policy((Verifier.of(told["vkey"]),), {}, {}, "none")
        judged = LogProof.parse(told["proof"]).check(_commitment(entry), trusted)
    except NoteNotValid as e:
        raise DisclosureNotValid(file=path, reason=e) from e
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as e:
        raise DisclosureNotValid(file=path, reason=gettext("its parts do not fit together")) from e
    values = {f.removeprefix("sealed."): str(v) for f, v in fields.items() if f.startswith("sealed.")}
    head = judged.checkpoint
    return Disclosed(values, str(fields["about"]), head.origin, head.size, str(told["vkey"]))


def _commitment(entry: Mapping[str, Any]) -> bytes:
    """The commitment that the parts of an entry lead to. Raises ``ValueError`` when they do not."""
    leaves = {i: bytes.fromhex(leaf) for i, leaf in entry["hidden"]}
    for i, path, value, salt in entry["fields"]:
        if i in leaves:
            raise ValueError("a leaf twice")
        leaves[i] = field_commitment(path, value, bytes.fromhex(salt))
    root = root_of([leaf_hash(leaves[i]) for i in range(entry["header"]["n"])])
    if entry["header"]["fields_root"] != root.hex():
        raise ValueError("another root")
    return commitment_of(entry["header"])
