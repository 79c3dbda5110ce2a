"""Signed checkpoints: the head of a device's log in three lines of text and a signature.

C2SP signed-note and tlog-checkpoint, Ed25519 only:

    willakuy/3f2a…/9c01…          origin: case and device
    412                           how many entries
    m0G…=                         base64 of the root
    <empty line>
    — <origin> <base64(key id || signature)>
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"


class NoteNotValid(ValueError):
    """The text is not a checkpoint in canonical form, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A device's key. ``name`` is the origin it signs for, never a person's name."""

    name: str
    secret: bytes

    @property
    def public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    @property
    def vkey(self) -> str:
        """The verifier key as a tlog-policy writes it: ``name+id+base64(0x01 || public key)``."""
        return vkey_of(self.name, self.public)


def vkey_of(name: str, public: bytes) -> str:
    return f"{name}+{_key_id(name, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def sign(checkpoint: Checkpoint, key: SigningKey) -> str:
    """The signed note. The same checkpoint and key give the same bytes."""
    signature = Ed25519PrivateKey.from_private_bytes(key.secret).sign(checkpoint.text.encode())
    blob = base64.b64encode(_key_id(key.name, key.public) + signature).decode()
    return f"{checkpoint.text}\n\N{EM DASH} {key.name} {blob}\n"


def open_note(note: str, vkey: str) -> Checkpoint:
    """The checkpoint in ``note``, if the key ``vkey`` signed it.

    Raises:
        NoteNotValid: any other byte sequence, even one a lenient base64 reader would take for the same.
    """
    name, public = _read_vkey(vkey)
    text, separator, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if not separator or len(lines) != 3 or not signatures.endswith("\n"):
        raise NoteNotValid("not three lines, an empty line and signatures")
    origin, size, root = lines
    checkpoint = Checkpoint(origin, int(size) if size.isdigit() else -1, _strict_b64(root))
    if checkpoint.text != text + "\n" or len(checkpoint.root) != 32 or origin != name:
        raise NoteNotValid("not in canonical form, or of another log")
    for line in signatures.removesuffix("\n").split("\n"):
        prefix = f"\N{EM DASH} {name} "
        if not line.startswith(prefix):
            continue
        blob = _strict_b64(line.removeprefix(prefix))
        if blob[:4] != _key_id(name, public):
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], checkpoint.text.encode())
        except InvalidSignature as e:
            raise NoteNotValid("the signature does not hold") from e
        return checkpoint
    raise NoteNotValid("no signature of that key")


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _read_vkey(vkey: str) -> tuple[str, bytes]:
    try:
        name, key_id, blob = vkey.split("+", 2)
        public = _strict_b64(blob)
    except ValueError as e:
        raise NoteNotValid("the verifier key is not name+id+key") from e
    if public[:1] != _ED25519 or len(public) != 33 or _key_id(name, public[1:]).hex() != key_id:
        raise NoteNotValid("the verifier key is not an Ed25519 key of that name")
    return name, public[1:]


def _strict_b64(text: str) -> bytes:
    """Base64 that has one spelling only: no white space, no stray bits at the end."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as e:
        raise NoteNotValid("not base64") from e
    if base64.b64encode(raw).decode() != text:
        raise NoteNotValid("base64 with stray bits")
    return raw
