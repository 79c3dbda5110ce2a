"""What is in a bundle: the part of each log that the other copy may lack, the heads that vouch for it, the bytes it speaks of.

bundle.json            which case, which logs from where to where, their signed heads, known forks
logs/<device>.jsonl    the entries, one line each
objects/<sha256>       evidence they speak of;  sealed/<sha256>  sealed files
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from willakuy.casefile.codec import ENTRY_KINDS, value_of
from willakuy.casefile.projections import Item
from willakuy.casefile.stored import domain_fields, entry_of, pool_fits, row_of
from willakuy.casefile.sync.framing import Member, NotABundle, lines_of, members_of
from willakuy.ledger import Json, Logged, NotCanonical
from willakuy.ledger.notes import NoteNotValid, strict_b64

FORMAT = "willakuy-bundle/1"
MANIFEST = "bundle.json"
_LONGEST_MANIFEST = 64 << 20
_LONGEST_LINE = 8 << 20
_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")


class LogPart(msgspec.Struct, forbid_unknown_fields=True):
    """Entries ``[start, size)`` of a log. ``notes`` are signed heads, with cosignatures; one of them is of ``size``.

    ``start_root`` and ``proof`` show that the head continues what the sender had at ``start``, so that a receiver whose
    beginning is another one holds proof of it.
    """

    device: str
    start: int
    size: int
    start_root: str
    proof: list[str]
    notes: list[str]


class Manifest(msgspec.Struct, forbid_unknown_fields=True):
    """``by`` made the bundle; nothing rests on it. ``settings`` is the text of ``case.toml``, for who has none yet.

    ``absent`` are files that entries speak of and the sender has lost: said, so that nobody takes them for forgotten.
    """

    format: str
    case: str
    by: str
    settings: str
    logs: list[LogPart]
    forks: list[str]
    absent: list[str]


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    seq: int
    lamport: int
    kind: str
    fields: dict[str, Any]
    salts: str


def line_of(row: Any) -> bytes:
    """A row of ``ledger_entry`` as a line of a log; its fields are written as they are kept."""
    kind, salts = json.dumps(row.kind), base64.b64encode(row.salts).decode()
    text = f'{{"seq":{row.seq},"lamport":{row.lamport},"kind":{kind},"fields":{row.fields},"salts":"{salts}"}}\n'
    return text.encode()


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle. Nothing in it has been believed yet."""

    source: BinaryIO
    manifest: Manifest
    members: dict[str, Member]

    @classmethod
    def open(cls, source: BinaryIO) -> Bundle:
        """Raises ``NotABundle``."""
        members = {m.name: m for m in members_of(source)}
        first = members.pop(MANIFEST, None)
        if first is None or first.start != 512 or first.size > _LONGEST_MANIFEST:
            raise NotABundle("it does not begin with a table of contents")
        source.seek(first.start)
        try:
            manifest = msgspec.json.decode(source.read(first.size), type=Manifest)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
            raise NotABundle(f"its table of contents cannot be read ({e})") from e
        if manifest.format != FORMAT:
            raise NotABundle(f"its format is not {FORMAT}")
        devices = [part.device for part in manifest.logs]
        named = {f"logs/{device}.jsonl" for device in devices}
        if len(named) < len(devices) or {m for m in members if m.startswith("logs/")} != named:
            raise NotABundle("the logs in it are not those it names")
        return cls(source, manifest, members)

    def entries(self, part: LogPart) -> Iterator[tuple[Logged, dict[str, object]]]:
        """Each entry of a part in order, and the row it will be; exactly as many as the part says.

        Raises:
            NotABundle: an entry that no device would have written.
        """
        seq = part.start
        lamport = -1
        for line in lines_of(self.source, self.members[f"logs/{part.device}.jsonl"], _LONGEST_LINE):
            try:
                logged = _entry(msgspec.json.decode(line, type=_Line), part.device)
                row = row_of(logged)
            except (msgspec.MsgspecError, NoteNotValid, NotCanonical, UnicodeError, RecursionError, ValueError) as e:
                raise NotABundle(f"entry {seq} of device {part.device} cannot be read ({e})") from e
            if logged.seq != seq or logged.lamport <= lamport:
                raise NotABundle(f"entry {seq} of device {part.device} is missing or out of place")
            yield logged, row
            seq, lamport = seq + 1, logged.lamport
        if seq != part.size:
            raise NotABundle(
                f"{part.size - part.start} entries of device {part.device} were named, {seq - part.start} are here"
            )

    def files(self, kind: str) -> dict[str, Member]:
        """Hash to member; ``kind`` is ``objects`` or ``sealed``."""
        return {name.partition("/")[2]: m for name, m in self.members.items() if name.startswith(kind + "/")}


def _entry(line: _Line, device: str) -> Logged:
    pool = strict_b64(line.salts)
    if not _KIND.fullmatch(line.kind) or not pool_fits(len(line.fields), pool):
        raise ValueError("its kind or its salts are not in the format")
    about: dict[str, Json] = {"entry.device": device, "entry.lamport": line.lamport}
    if {path: line.fields.get(path) for path in about} != about or not isinstance(line.fields["entry.lamport"], int):
        raise ValueError("it says it is of another device or moment")
    if line.kind in ENTRY_KINDS:
        inner = domain_fields(line.fields)
        try:
            value_of(line.kind, inner)
            Item.of(line.kind, inner)
        except (KeyError, TypeError) as e:
            raise ValueError(f"it is no {line.kind}: {e}") from e
    return Logged(device, line.seq, line.lamport, entry_of(line.kind, line.fields, pool))


def open_bundle(path: Path) -> BinaryIO:
    """Raises ``NotABundle``: there is no file to read."""
    try:
        if not path.is_file():
            raise NotABundle("there is no such file")
        return path.open("rb")
    except OSError as e:
        raise NotABundle(e.strerror or "it may not be read") from e
