"""How much a package may give: counted on what comes out, never on what it declares.

A file of a thousand bytes can unfold to gigabytes, and its own headers can lie about it. What honest packers
send unfolds to a few times its size, so the limit follows from the size, and a person can raise it.
"""

from __future__ import annotations

import gzip
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from willakuy.evidence.packages.errors import PackageNotRead, PackageTooLarge
from willakuy.i18n import gettext

CHUNK = 1 << 20
_MEGA = 1_000_000
_FLOOR = 256 * _MEGA
"""What any package may give, however small it is: one photograph album."""
_RATIO = 20
"""How many times its size a larger one may give; text seldom compresses further."""


@dataclass(frozen=True, slots=True)
class Quota:
    """``bytes_out`` of content, in ``members``; ``header_bytes`` between one member and the next."""

    bytes_out: int
    members: int = 50_000
    header_bytes: int = 4 * _MEGA

    @classmethod
    def for_size(cls, size: int) -> Quota:
        return cls(bytes_out=max(_FLOOR, _RATIO * size))


class Reads(Protocol):
    """What a member's bytes are read from."""

    def read(self, n: int, /) -> bytes: ...


class Meter:
    """Counts what one package gives; raises ``PackageTooLarge`` at the limit, before more is read."""

    def __init__(self, file: Path, quota: Quota) -> None:
        self.file = file
        self.quota = quota
        self.bytes_out = 0
        self.members = 0

    def take(self, n: int) -> None:
        self.bytes_out += n
        if self.bytes_out > self.quota.bytes_out:
            raise PackageTooLarge(file=self.file, limit=self.quota.bytes_out // _MEGA, unit="MB")

    def next_member(self) -> None:
        self.members += 1
        if self.members > self.quota.members:
            raise PackageTooLarge(file=self.file, limit=self.quota.members, unit=gettext("files"))

    def header_too_long(self) -> PackageTooLarge:
        return PackageTooLarge(file=self.file, limit=self.quota.header_bytes // _MEGA, unit=gettext("MB of headers"))


@contextmanager
def said_plainly(file: Path) -> Iterator[None]:
    """What the libraries say of a torn or twisted package, as ``PackageNotRead``."""
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, struct.error) as e:
        raise PackageNotRead(file=file, reason=str(e) or gettext("it is torn")) from e
    except (NotImplementedError, RuntimeError, OverflowError, ValueError) as e:
        raise PackageNotRead(file=file, reason=str(e)) from e


class Metered:
    """The bytes of one member, counted as they are read. At most ``CHUNK`` a call, whatever is asked for."""

    def __init__(self, stream: Reads, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    def read(self, n: int = CHUNK, /) -> bytes:
        with said_plainly(self._meter.file):
            data = self._stream.read(CHUNK if n < 0 else min(n, CHUNK))
        self._meter.take(len(data))
        return data

    def readinto(self, buffer: Any, /) -> int:
        """For whoever copies into buffers of their own (``evidence.copying``)."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def chunks(self) -> Iterator[bytes]:
        while data := self.read():
            yield data


def size_of(path: Path) -> int:
    """Bytes of a file, or of the files in a folder."""
    if path.is_dir():
        return sum(p.stat().st_size for p in path.rglob("*") if p.is_file() and not p.is_symlink())
    return path.stat().st_size


def opened(path: Path) -> BinaryIO:
    return path.open("rb")
