"""Reading OpenTimestamps proofs (``.ots``): from a hash, step by step, to what some calendar or Bitcoin block attests.

Reading needs no network; judging a Bitcoin attestation needs the block's Merkle root, which anyone can look up and compare with
what is computed here. Nothing is ever asked of a calendar by this program.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01"
_BITCOIN = bytes.fromhex("0588960d73d71901")
_PENDING = bytes.fromhex("83dfe30d2ef90c8e")
_DEEPEST = 256
_LONGEST = 4096
_MOST = 64


class OtsNotRead(ValueError):
    """Not a proof over a SHA-256, or damaged."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """``kind`` is ``bitcoin`` (``about`` names the block), ``pending`` (a calendar) or ``unknown``.

    ``message`` is what the steps make of the hash: of a Bitcoin block, its Merkle root as explorers print it.
    """

    kind: str
    about: str
    message: str


@dataclass(frozen=True, slots=True)
class OtsProof:
    digest: bytes
    attestations: tuple[Attestation, ...]

    @property
    def is_complete(self) -> bool:
        return any(a.kind == "bitcoin" for a in self.attestations)


def read_ots(data: bytes) -> OtsProof:
    """Raises ``OtsNotRead``."""
    reader = _Reader(data)
    if reader.take(len(_MAGIC)) != _MAGIC or reader.take(1) != b"\x08":
        raise OtsNotRead("not an OpenTimestamps proof over a SHA-256")
    digest = reader.take(32)
    found: list[Attestation] = []
    _timestamp(reader, digest, found, 0)
    if reader.at != len(data):
        raise OtsNotRead("there is something after its end")
    return OtsProof(digest, tuple(found))


@dataclass(slots=True)
class _Reader:
    data: bytes
    at: int = 0

    def take(self, n: int) -> bytes:
        part = self.data[self.at : self.at + n]
        if len(part) != n:
            raise OtsNotRead("it was cut off")
        self.at += n
        return part

    def number(self) -> int:
        n = shift = 0
        while True:
            byte = self.take(1)[0]
            n |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return n
            if shift > 35:
                raise OtsNotRead("a number of no form")

    def bytes(self) -> bytes:
        n = self.number()
        if n > _LONGEST:
            raise OtsNotRead("a step longer than any is")
        return self.take(n)


def _timestamp(reader: _Reader, message: bytes, found: list[Attestation], depth: int) -> None:
    if depth > _DEEPEST or len(message) > _LONGEST:
        raise OtsNotRead("more steps than any proof has")
    while True:
        tag = reader.take(1)[0]
        is_fork = tag == 0xFF
        if is_fork:
            tag = reader.take(1)[0]
        if tag == 0:
            found.append(_attestation(reader, message))
            if len(found) > _MOST:
                raise OtsNotRead("more attestations than any proof has")
        else:
            _timestamp(reader, _step(reader, tag, message), found, depth + 1)
        if not is_fork:
            return


def _step(reader: _Reader, tag: int, message: bytes) -> bytes:
    match tag:
        case 0xF0:
            return message + reader.bytes()
        case 0xF1:
            return reader.bytes() + message
        case 0x08:
            return hashlib.sha256(message).digest()
        case 0x02:
            return hashlib.sha1(message, usedforsecurity=False).digest()
        case 0x03:
            try:
                return hashlib.new("ripemd160", message).digest()
            except ValueError as e:
                raise OtsNotRead("it needs RIPEMD-160, which this Python does not have") from e
        case _:
            raise OtsNotRead(f"a step of unknown kind {tag:#x}")


def _attestation(reader: _Reader, message: bytes) -> Attestation:
    tag = reader.take(8)
    payload = _Reader(reader.bytes())
    if tag == _BITCOIN:
        return Attestation("bitcoin", str(payload.number()), message[::-1].hex())
    if tag == _PENDING:
        return Attestation("pending", payload.bytes().decode("ascii", "replace"), message.hex())
    return Attestation("unknown", tag.hex(), message.hex())
