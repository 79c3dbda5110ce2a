"""The container of a bundle: plain tar, as any tar can list and unpack it, read by far narrower rules than tar's.

Ordinary files only, one after the other, under names of a fixed form; no links, folders, devices, long names, sparse files or
extended headers. Nothing is compressed, so nothing can unfold into more than there is, and nothing is ever unpacked to a
path: a member is a stream of bytes that somebody asked for by its name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

_BLOCK = 512
_MOST_MEMBERS = 10_000_000
_NAME = re.compile(r"bundle\.json|logs/[0-9a-f]{8}\.jsonl|(?:objects|sealed)/[0-9a-f]{64}")


class NotABundle(ValueError):
    """The bytes are not a bundle in this form; the sentence says where and why."""


@dataclass(frozen=True, slots=True)
class Member:
    """``start`` is where its bytes begin in the file."""

    name: str
    start: int
    size: int


class BundleWriter:
    """Writes members one after the other. The same members give the same bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    @contextmanager
    def member(self, name: str) -> Iterator[Callable[[bytes], object]]:
        """Yields a function that takes the bytes of the member, piece by piece."""
        at = self._out.tell()
        self._out.write(bytes(_BLOCK))
        yield self._out.write
        end = self._out.tell()
        size = end - at - _BLOCK
        self._out.write(bytes(-size % _BLOCK))
        self._out.seek(at)
        self._out.write(_header(name, size))
        self._out.seek(0, io.SEEK_END)

    def close(self) -> None:
        self._out.write(bytes(2 * _BLOCK))


def _header(name: str, size: int) -> bytes:
    length = f"{size:011o}\0".encode() if size < 8**11 else (1 << 95 | size).to_bytes(12, "big")
    fields = (
        name.encode().ljust(100, b"\0"),
        b"0000644\0" + b"0000000\0" * 2 + length + b"00000000000\0",
        b" " * 8 + b"0" + bytes(100) + b"ustar\x0000",
    )
    raw = b"".join(fields).ljust(_BLOCK, b"\0")
    return raw[:148] + f"{sum(raw):06o}\0 ".encode() + raw[156:]


def members_of(source: BinaryIO) -> Iterator[Member]:
    """Every member, in order; the bytes of none are read.

    Raises:
        NotABundle: anything that ``BundleWriter`` would not have written.
    """
    end = source.seek(0, io.SEEK_END)
    at, seen = 0, set[str]()
    while True:
        source.seek(at)
        raw = source.read(_BLOCK)
        if raw == bytes(_BLOCK):
            if at + 2 * _BLOCK != end or source.read() != bytes(_BLOCK):
                raise NotABundle("there is something after its end")
            return
        member = _member(raw, at)
        if member.name in seen or len(seen) >= _MOST_MEMBERS:
            raise NotABundle(f"{member.name} is in it twice")
        seen.add(member.name)
        at = member.start + member.size + -member.size % _BLOCK
        if at > end:
            raise NotABundle("it was cut off")
        source.seek(member.start + member.size)
        if source.read(-member.size % _BLOCK).strip(b"\0"):
            raise NotABundle(f"there is something behind {member.name}")
        yield member


def _member(raw: bytes, at: int) -> Member:
    if len(raw) < _BLOCK:
        raise NotABundle("it was cut off")
    name = raw[:100].rstrip(b"\0").decode("ascii", "replace")
    if not _NAME.fullmatch(name):
        raise NotABundle(f"a file at byte {at} has a name that no bundle has")
    digits = raw[124:136]
    if digits[0] & 0x80:
        size = int.from_bytes(digits, "big") - (1 << 95)
    else:
        text = digits.rstrip(b"\0")
        size = int(text, 8) if re.fullmatch(rb"[0-7]{11}", text) else -1
    if size < 0 or raw != _header(name, size):
        raise NotABundle(f"the header of {name} is not one that a bundle has")
    return Member(name, at + _BLOCK, size)


class Limited(io.RawIOBase):
    """The bytes of one member, as a stream."""

    def __init__(self, source: BinaryIO, member: Member) -> None:
        self._source, self._at, self._left = source, member.start, member.size

    def readable(self) -> bool:
        return True

    def readinto(self, into: object) -> int:
        view = memoryview(into)  # type: ignore[arg-type]
        self._source.seek(self._at)
        chunk = self._source.read(min(len(view), self._left))
        view[: len(chunk)] = chunk
        self._at += len(chunk)
        self._left -= len(chunk)
        return len(chunk)


def lines_of(source: BinaryIO, member: Member, longest: int) -> Iterator[bytes]:
    """The lines of a member, without their ends.

    Raises:
        NotABundle: a line is longer than ``longest`` bytes, or the last one has no end.
    """
    stream = io.BufferedReader(Limited(source, member), 1 << 16)
    while line := stream.readline(longest + 1):
        if not line.endswith(b"\n"):
            raise NotABundle(f"{member.name}: a line is too long, or was cut off")
        yield line[:-1]
