"""Keeping anchors in a case: each is evidence, and an entry of kind ``anchored`` that says which signed head it is of.

What is anchored is the SHA-256 of a signed checkpoint, byte for byte as ``anchor print --out`` writes it. It covers every entry
of that log up to its size, and, since an anchor is itself an entry, every anchor before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from willakuy.casefile.anchors.ots import OtsNotRead, read_ots
from willakuy.casefile.anchors.rfc3161 import TokenNotValid, read_token, request_for
from willakuy.casefile.case import Case
from willakuy.casefile.sync.heads import read_heads
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext
from willakuy.ledger import Checkpoint, Json, Note, NoteNotValid
from willakuy.ledger.notes import strict_b64

ANCHORED = "anchored"
_LONGEST = 1 << 20


class NotAnAnchor(UsageError):
    code = "W620"
    what = N_("{file}: this anchors nothing of this case: {reason}.")
    next = N_("Nothing was recorded. What can be anchored is what this prints:\n    willakuy anchor print")


@dataclass(frozen=True, slots=True)
class Anchor:
    """``kind``: ``rfc3161``, ``ots`` or ``printed``. ``size`` entries of ``device``'s log were there at ``time``, as ``by`` says.

    ``time`` is empty where only others can tell it. ``sha256`` is the kept file, if there is one.
    """

    kind: str
    device: str
    size: int
    root: str
    note_sha256: str
    time: str
    by: str
    sha256: str | None
    place: str


def head_to_anchor(case: Case) -> str:
    """The signed head of this device's log as it stands now."""
    case.introduce()
    return case.sign_checkpoint()


def time_stamp_request(case: Case) -> bytes:
    """A request (RFC 3161) for the head as it stands now, to be sent to any authority by anyone."""
    digest = hashlib.sha256(head_to_anchor(case).encode()).digest()
    return request_for(digest, int.from_bytes(case.entropy(8), "big"))


def keep_anchor(case: Case, path: Path, *, by: str | None = None) -> Anchor:
    """Keep a time-stamp token (``.tsr``) or an OpenTimestamps proof (``.ots``) of a head this case has signed.

    Raises:
        NotAnAnchor: it is neither, or of something else; nothing was recorded.
        NotAFile, DiskFull, NotWritten
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _LONGEST else b""
        kind, digest, time, who = _told(data)
    except (OSError, TokenNotValid, OtsNotRead) as e:
        raise NotAnAnchor(file=path, reason=e) from e
    head = _heads_by_digest(case).get(digest.hex())
    if head is None:
        raise NotAnAnchor(file=path, reason=gettext("it is of no head that was ever signed here"))
    return _keep(case, kind, head, digest.hex(), time, who, path, by)


def keep_printed(
    case: Case, size: int, root: str, where: str, *, scan: Path | None = None, by: str | None = None
) -> Anchor:
    """Keep that a head was printed or read out somewhere: typed in from the page, with a scan of it where there is one.

    Args:
        where: the newspaper and its date, the notary, who heard it.

    Raises:
        NotAnAnchor: this log never had that root at that size.
    """
    head = next((h for h in _heads_by_digest(case).values() if h[1].size == size and _is_root(h[1], root)), None)
    if head is None:
        raise NotAnAnchor(file=where, reason=gettext("no log here had this root at this size"))
    digest = hashlib.sha256(str(head[2]).encode()).hexdigest()
    return _keep(case, "printed", head, digest, "", where, scan, by)


def anchors(case: Case) -> list[Anchor]:
    """Every anchor the ledger holds, in its order."""
    return [
        Anchor(
            kind=str(f["anchor.kind"]),
            device=str(f["anchor.device"]),
            size=int(str(f["anchor.size"])),
            root=str(f["anchor.root"]),
            note_sha256=str(f["anchor.note_sha256"]),
            time=str(f.get("anchor.time", "")),
            by=str(f.get("anchor.by", "")),
            sha256=str(f["object.sha256"]) if "object.sha256" in f else None,
            place=f"{logged.device}/{logged.seq}",
        )
        for logged in case.entries(ANCHORED)
        for f in (logged.entry.fields,)
    ]


def check_anchor(case: Case, anchor: Anchor, trusted: Sequence[x509.Certificate]) -> str | None:
    """Why an anchor does not hold; ``None`` when it does.

    A printed head and an OpenTimestamps proof are checked as far as a machine without a network can: that they are of this head.
    """
    roots = case.roots_at(anchor.device, [anchor.size])
    if roots.get(anchor.size, b"").hex() != anchor.root:
        return gettext("the log does not have this root at this size")
    if anchor.sha256 is None:
        return None
    try:
        case.evidence.check(anchor.sha256)
        data = case.evidence.read(anchor.sha256)
        if anchor.kind == "rfc3161":
            read_token(data).check(bytes.fromhex(anchor.note_sha256), trusted)
        elif anchor.kind == "ots" and read_ots(data).digest.hex() != anchor.note_sha256:
            return gettext("it is of something else")
    except (TokenNotValid, OtsNotRead) as e:
        return str(e)
    return None


def trusted_in(paths: Sequence[Path]) -> list[x509.Certificate]:
    """The certificates in PEM files. Raises ``NotAnAnchor``: one holds none."""
    found: list[x509.Certificate] = []
    for path in paths:
        try:
            found += x509.load_pem_x509_certificates(path.read_bytes())
        except (OSError, ValueError) as e:
            raise NotAnAnchor(file=path, reason=f"there is no certificate in it ({e})") from e
    return found


def _told(data: bytes) -> tuple[str, bytes, str, str]:
    """(kind, digest, time, who) that a file tells."""
    if data.startswith(b"\x00OpenTimestamps"):
        proof = read_ots(data)
        who = "; ".join(sorted({f"{a.kind} {a.about}" for a in proof.attestations}))
        return "ots", proof.digest, "", who
    token = read_token(data)
    return "rfc3161", token.digest, token.time.strftime("%Y-%m-%dT%H:%M:%SZ"), token.authority


Head = tuple[str, Checkpoint, Note]


def _heads_by_digest(case: Case) -> dict[str, Head]:
    """Every signed head of every log, by the SHA-256 of its note without cosignatures."""
    with case.looking() as connection:
        heads = read_heads(connection)
    found = {}
    for device, notes in heads.notes.items():
        for note in notes.values():
            bare = Note(note.text, note.signatures[:1])
            found[hashlib.sha256(str(bare).encode()).hexdigest()] = (device, Checkpoint.parse(note.text), bare)
    return found


def _is_root(head: Checkpoint, typed: str) -> bool:
    try:
        return strict_b64(typed.strip()) == head.root
    except NoteNotValid:
        return typed.strip().lower() == head.root.hex()


def _keep(
    case: Case, kind: str, head: Head, digest: str, time: str, who: str, file: Path | None, by: str | None
) -> Anchor:
    fields: dict[str, Json] = {
        "anchor.kind": kind,
        "anchor.device": head[0],
        "anchor.size": head[1].size,
        "anchor.root": head[1].root.hex(),
        "anchor.note_sha256": digest,
    }
    fields |= {path: value for path, value in (("anchor.time", time), ("anchor.by", who)) if value}
    if file is not None:
        kept = case.evidence.put_file(file)
        fields |= {"object.sha256": kept.sha256, "object.size": kept.size, "object.name": file.name}
    case.record(ANCHORED, fields, by=by)
    return anchors(case)[-1]
