"""Signed notes: text that one or more keys have signed, in lines a person can read out (C2SP signed-note).

    willakuy/3f2a…/9c01…          the text: here a checkpoint, the head of a device's log
    412
    m0G…=
    <empty line>
    — willakuy/3f2a…/9c01… <base64(key id || signature)>         the log's own signature
    — willakuy/3f2a…/77d0… <base64(key id || time || signature)>   a cosignature (C2SP tlog-cosignature v1)

Ed25519 only. A key is known by its name *and* its id; signatures of keys nobody asked for are passed over, one of
a key that was asked for must hold.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MOST_SIGNATURES = 64
_DASH = "\N{EM DASH} "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_TIME_BYTES = 8


class NoteNotValid(ValueError):
    """The text is not a note in canonical form, or a signature does not hold."""


class SignatureKind(Enum):
    """The byte that stands for the kind of signature in key ids and verifier keys."""

    ed25519 = 1
    cosignature = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note. ``blob`` is what follows the key id; nothing has been checked yet."""

    name: str
    key_id: bytes
    blob: bytes

    @property
    def line(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.blob).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """``text`` ends in a newline; the empty line that follows it is not part of it."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, note: str) -> Note:
        """Raises ``NoteNotValid``: any other byte sequence than the canonical one."""
        text, separator, lines = note.rpartition("\n\n")
        if not separator or not text or not lines.endswith("\n") or _CONTROL.search(note):
            raise NoteNotValid("not a text, an empty line and signatures")
        signatures = tuple(_signature_of(line) for line in lines.removesuffix("\n").split("\n"))
        if len(signatures) > MOST_SIGNATURES:
            raise NoteNotValid(f"more than {MOST_SIGNATURES} signatures")
        return cls(text + "\n", signatures)

    def __str__(self) -> str:
        return self.text + "\n" + "".join(s.line for s in self.signatures)

    def with_signatures(self, more: Iterable[Signature]) -> Note:
        """The same text under all signatures: those it has, in their order, then new ones by name, key and time."""
        new = sorted(set(more) - set(self.signatures), key=lambda s: (s.name, s.key_id, s.blob))
        return Note(self.text, (*self.signatures, *new))


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under its name, for one kind of signature."""

    name: str
    public: bytes
    kind: SignatureKind

    @classmethod
    def of(cls, vkey: str) -> Verifier:
        """Read ``name+id+base64(kind || public key)``.

        Raises:
            NoteNotValid: not such a key, or its id is that of another.
        """
        try:
            name, key_id, blob = vkey.split("+", 2)
            raw = strict_b64(blob)
            verifier = cls(name, raw[1:], SignatureKind(raw[0]))
        except (ValueError, IndexError) as e:
            raise NoteNotValid("the verifier key is not name+id+key") from e
        if not _is_name(name) or len(raw) != 33 or verifier.key_id.hex() != key_id:
            raise NoteNotValid("the verifier key is not an Ed25519 key of that name and id")
        return verifier

    @property
    def key_id(self) -> bytes:
        kind = bytes([self.kind.value])
        return hashlib.sha256(self.name.encode() + b"\n" + kind + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        blob = base64.b64encode(bytes([self.kind.value]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{blob}"

    def made(self, signature: Signature) -> bool:
        """Whether the line says it is of this key; the signature itself is not looked at."""
        return signature.name == self.name and signature.key_id == self.key_id

    def times_signed(self, note: Note) -> tuple[int, ...]:
        """When this key signed ``note``: one time for each of its lines (0 where the kind has none); () if it did not.

        Raises:
            NoteNotValid: a line of this key does not hold.
        """
        return tuple(self._check(note.text, s.blob) for s in note.signatures if self.made(s))

    def _check(self, text: str, blob: bytes) -> int:
        time, message = 0, text
        if self.kind is SignatureKind.cosignature:
            time, blob = int.from_bytes(blob[:_TIME_BYTES], "big"), blob[_TIME_BYTES:]
            message = _cosigned(text, time)
        try:
            if time >= 1 << 63:
                raise NoteNotValid("a cosignature of an impossible time")
            Ed25519PublicKey.from_public_bytes(self.public).verify(blob, message.encode())
        except (InvalidSignature, ValueError) as e:
            raise NoteNotValid("the signature does not hold") from e
        return time


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: its name, its length, its root. C2SP tlog-checkpoint, without extension lines."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Raises ``NoteNotValid``: any other text than the canonical one."""
        lines = text.split("\n")
        if len(lines) != 4 or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
            raise NoteNotValid("not the three lines of a checkpoint")
        checkpoint = cls(lines[0], int(lines[1]), strict_b64(lines[2]))
        if checkpoint.text != text or len(checkpoint.root) != 32 or not checkpoint.origin:
            raise NoteNotValid("not a checkpoint in canonical form")
        return checkpoint


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A device's key. ``name`` is the origin it signs for, never a person's name."""

    name: str
    secret: bytes

    @property
    def public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.public, SignatureKind.ed25519)

    @property
    def vkey(self) -> str:
        """The verifier key as a tlog-policy writes it."""
        return self.verifier.vkey

    @property
    def cosigner(self) -> CosigningKey:
        """The key with which this device cosigns what it has checked: of its own, since one key signs one kind."""
        return CosigningKey(self.name, hashlib.sha256(b"willakuy/cosigner/v1\x00" + self.secret).digest())

    def sign(self, text: str) -> Signature:
        signature = Ed25519PrivateKey.from_private_bytes(self.secret).sign(text.encode())
        return Signature(self.name, self.verifier.key_id, signature)


@dataclass(frozen=True, slots=True)
class CosigningKey:
    """Says of another's checkpoint: at this time, this was the longest log I had seen, and it continued the earlier."""

    name: str
    secret: bytes

    @property
    def verifier(self) -> Verifier:
        public = Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()
        return Verifier(self.name, public, SignatureKind.cosignature)

    @property
    def vkey(self) -> str:
        return self.verifier.vkey

    def cosign(self, checkpoint: Checkpoint, time: int) -> Signature:
        """``time`` in seconds since 1970; it is signed, and is evidence of nothing but this clock."""
        key = Ed25519PrivateKey.from_private_bytes(self.secret)
        signature = key.sign(_cosigned(checkpoint.text, time).encode())
        return Signature(self.name, self.verifier.key_id, time.to_bytes(_TIME_BYTES, "big") + signature)


def sign(checkpoint: Checkpoint, key: SigningKey) -> str:
    """The signed note. The same checkpoint and key give the same bytes."""
    return str(Note(checkpoint.text, (key.sign(checkpoint.text),)))


def open_note(note: str, vkey: str) -> Checkpoint:
    """The checkpoint in ``note``, if the log whose key is ``vkey`` signed it.

    Raises:
        NoteNotValid: any other byte sequence, even one a lenient base64 reader would take for the same.
    """
    return open_checkpoint(Note.parse(note), Verifier.of(vkey))


def open_checkpoint(note: Note, log: Verifier) -> Checkpoint:
    """As ``open_note``, of a note already taken apart."""
    checkpoint = Checkpoint.parse(note.text)
    if log.kind is not SignatureKind.ed25519 or checkpoint.origin != log.name:
        raise NoteNotValid("a checkpoint of another log")
    if not log.times_signed(note):
        raise NoteNotValid("no signature of that key")
    return checkpoint


def strict_b64(text: str) -> bytes:
    """Base64 that has one spelling only: no white space, no stray bits at the end."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as e:
        raise NoteNotValid("not base64") from e
    if base64.b64encode(raw).decode() != text:
        raise NoteNotValid("base64 with stray bits")
    return raw


def _cosigned(text: str, time: int) -> str:
    return f"cosignature/v1\ntime {time}\n{text}"


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(c.isspace() for c in name)


def _signature_of(line: str) -> Signature:
    name, _, blob = line.removeprefix(_DASH).partition(" ")
    raw = strict_b64(blob)
    if not line.startswith(_DASH) or not _is_name(name) or len(raw) < 5:
        raise NoteNotValid("not a signature line")
    return Signature(name, raw[:4], raw[4:])
