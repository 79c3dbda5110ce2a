"""WARC 1.0 and 1.1 (ISO 28500): the pages a capture holds, with the digests each record carries checked.

Read by hand, and not with a library, for two reasons: a record's header is read under a limit (a file of a thousand
bytes can unfold to a header of gigabytes), and a digest that was stripped is told apart from one that holds.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from willakuy.evidence.packages.quotas import CHUNK, Reads
from willakuy.i18n import gettext

_LONGEST_LINE = 64 << 10
_LONGEST_HEADER = 256 << 10
_LONGEST_PAYLOAD = 32 << 20
_VERSION = re.compile(rb"^WARC/1\.[01]$")
_DIGESTS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}


class WarcNotValid(ValueError):
    """Says at which record, and what."""


@dataclass(frozen=True, slots=True)
class Digest:
    """``algorithm`` and the bytes a record claims."""

    algorithm: str
    value: bytes

    @classmethod
    def parse(cls, said: str) -> Digest | None:
        """From ``sha1:BASE32`` or ``sha256:hex``; ``None`` for an algorithm nobody here can compute."""
        algorithm, _, text = said.partition(":")
        size = _DIGESTS.get(algorithm.lower())
        if size is None:
            return None
        try:
            value = bytes.fromhex(text) if len(text) == 2 * size else base64.b32decode(text.upper())
        except (ValueError, binascii.Error):
            return Digest(algorithm.lower(), b"")
        return cls(algorithm.lower(), value)

    def holds_for(self, data: bytes) -> bool:
        return hashlib.new(self.algorithm, data, usedforsecurity=False).digest() == self.value


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP response: its address and time as the record says, and the body with its transfer undone.

    ``is_intact`` is ``None`` where the record carries no digest.
    """

    record_id: str
    address: str
    captured: str
    status: int
    media_type: str
    body: bytes
    is_intact: bool | None


class Inflated:
    """The bytes of a gzip stream of many members, as WARC files are written, in bounded memory."""

    def __init__(self, stream: Reads) -> None:
        self._stream = stream
        self._inflate = zlib.decompressobj(31)
        self._fed = b""

    def read(self, n: int = CHUNK, /) -> bytes:
        while True:
            if not self._fed:
                self._fed = self._stream.read(CHUNK)
                if not self._fed:
                    if not self._inflate.eof and self._inflate.unconsumed_tail:
                        raise WarcNotValid(gettext("the file is torn"))
                    return b""
            out = self._inflate.decompress(self._fed, min(n, CHUNK))
            self._fed = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self._fed = self._inflate.unused_data
                self._inflate = zlib.decompressobj(31)
            if out:
                return out


class _Counts(Protocol):
    def take(self, n: int) -> None: ...


class _Lines:
    """Lines and exact runs of bytes from a stream, with a limit on both."""

    def __init__(self, stream: Reads, meter: _Counts) -> None:
        self._stream, self._meter = stream, meter
        self._held, self._at = b"", 0

    def _more(self) -> bool:
        data = self._stream.read(CHUNK)
        self._meter.take(len(data))
        self._held, self._at = self._held[self._at :] + data, 0
        return bool(data)

    def line(self) -> bytes | None:
        """The next line without its end; ``None`` at the end of the file."""
        while (end := self._held.find(b"\n", self._at, self._at + _LONGEST_LINE)) < 0:
            if len(self._held) - self._at >= _LONGEST_LINE:
                raise WarcNotValid(gettext("a header line without an end"))
            if not self._more():
                if self._held:
                    raise WarcNotValid(gettext("the file is torn"))
                return None
        line, self._at = self._held[self._at : end], end + 1
        return line.rstrip(b"\r")

    def exactly(self, n: int) -> Iterator[bytes]:
        while n > 0:
            if self._at == len(self._held) and not self._more():
                raise WarcNotValid(gettext("the file is torn"))
            part = self._held[self._at : self._at + n]
            self._at += len(part)
            n -= len(part)
            yield part


def captures(stream: Reads, meter: _Counts) -> Iterator[Capture]:
    """Every HTTP response with status 200 in a WARC file that is not larger than 32 MiB; larger ones stay in the file.

    Args:
        stream: the WARC, unzipped (``Inflated``).
        meter: told every byte that came out; raises when it is too much.

    Raises:
        WarcNotValid
    """
    lines = _Lines(stream, meter)
    while (line := lines.line()) is not None:
        if not line:
            continue
        if not _VERSION.match(line):
            raise WarcNotValid(gettext("it does not begin like a WARC record"))
        header = _header(lines)
        said = header.get("content-length", "")
        if not (said.isascii() and said.isdigit() and len(said) < 20):
            raise WarcNotValid(gettext("a record without a length"))
        size = int(said)
        wanted = header.get("warc-type") == "response" and size <= _LONGEST_PAYLOAD
        block = bytearray()
        for part in lines.exactly(size):
            if wanted:
                block += part
        if wanted and (capture := _capture(header, bytes(block))):
            yield capture


def _header(lines: _Lines) -> dict[str, str]:
    fields: dict[str, str] = {}
    size, last = 0, ""
    while line := lines.line():
        size += len(line)
        if size > _LONGEST_HEADER:
            raise WarcNotValid(gettext("a header without an end"))
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and last:
            fields[last] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        last = name.strip().lower()
        fields.setdefault(last, value.strip())
    return fields


def _capture(header: Mapping[str, str], block: bytes) -> Capture | None:
    head, _, body = block.partition(b"\r\n\r\n")
    first, *rest = head.split(b"\r\n")
    words = first.split(b" ", 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        return None
    http = {}
    for line in rest:
        name, _, value = line.decode("latin-1").partition(":")
        http[name.strip().lower()] = value.strip()
    if int(words[1]) != 200:
        return None
    return Capture(
        record_id=header.get("warc-record-id", "").strip("<>"),
        address=header.get("warc-target-uri", "").strip("<>"),
        captured=header.get("warc-date", ""),
        status=200,
        media_type=http.get("content-type", "application/octet-stream").partition(";")[0].strip().lower(),
        body=_without_transfer(body, http),
        is_intact=_intact(header, block, body),
    )


def _intact(header: Mapping[str, str], block: bytes, body: bytes) -> bool | None:
    said = [
        digest.holds_for(data)
        for name, data in (("warc-block-digest", block), ("warc-payload-digest", body))
        if (digest := Digest.parse(header.get(name, "")))
    ]
    return all(said) if said else None


def _without_transfer(body: bytes, http: Mapping[str, str]) -> bytes:
    """The body without chunks and gzip, at most 32 MiB; as it is where that cannot be done."""
    if "chunked" in http.get("transfer-encoding", "").lower():
        body = _joined_chunks(body)
    if http.get("content-encoding", "").lower() in ("gzip", "x-gzip"):
        try:
            body = zlib.decompressobj(31).decompress(body, _LONGEST_PAYLOAD)
        except zlib.error:
            return body
    return body


def _joined_chunks(body: bytes) -> bytes:
    joined, at = bytearray(), 0
    while (end := body.find(b"\r\n", at)) >= 0:
        try:
            size = int(body[at:end].split(b";")[0], 16)
        except ValueError:
            return body if not joined else bytes(joined)
        if size == 0:
            break
        joined += body[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
    return bytes(joined)
