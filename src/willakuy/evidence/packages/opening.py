"""Every file in a package, one after the other, under a quota: folders, ZIP (and WACZ), TAR, TAR.GZ.

    for name, stream in members(path):
        for chunk in stream.chunks(): …

Nothing is written anywhere by its name, links are refused, and memory stays constant whatever the headers claim.
"""

from __future__ import annotations

import gzip
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from willakuy.evidence.packages.errors import MemberRefused, PackageNotRead, PackageTooLarge
from willakuy.evidence.packages.names import NameRefused, Names
from willakuy.evidence.packages.quotas import CHUNK, Meter, Metered, Quota, opened, said_plainly, size_of
from willakuy.i18n import gettext

_LARGEST_DIRECTORY = 64 << 20
_ENCRYPTED = 0x1
_UNIX_LINK = 0o120000
_TAR_MAGIC = b"ustar"


def is_package(path: Path) -> bool:
    """Whether ``path`` is something that holds other files, by its first bytes and not its name.

    DOCX, XLSX and ODS are ZIP files too, but they are one document each.
    """
    if path.is_dir():
        return True
    kind = _kind(path)
    if kind != "zip":
        return kind == "tar" or (kind == "gzip" and path.name.lower().endswith((".tar.gz", ".tgz")))
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist()[:50])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return True
    return not names & {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}


def members(path: Path, quota: Quota | None = None) -> Iterator[tuple[str, Metered]]:
    """``(settled name, bytes)`` of each file in the package; read one before asking for the next.

    Raises:
        PackageNotRead: not a package, torn, or encrypted.
        PackageTooLarge: more bytes or files than its size explains.
        MemberRefused: a name that climbs out, a link, a device.
    """
    meter = Meter(path, quota or Quota.for_size(size_of(path)))
    with said_plainly(path):
        if path.is_dir():
            yield from _folder(path, meter)
        elif (kind := _kind(path)) == "zip":
            yield from _zip(path, meter)
        elif kind == "tar":
            with opened(path) as stream:
                yield from _tar(path, stream, meter)
        elif kind == "gzip":
            with gzip.open(path) as stream:
                yield from _tar(path, cast(BinaryIO, stream), meter)
        else:
            raise PackageNotRead(file=path, reason=gettext("it is no ZIP, TAR or folder"))


def _kind(path: Path) -> str | None:
    with opened(path) as stream:
        head = stream.read(512)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[257:262] == _TAR_MAGIC:
        return "tar"
    return "gzip" if head.startswith(b"\x1f\x8b") else None


def _settle(names: Names, raw: str, path: Path) -> str:
    try:
        return names.settle(raw)
    except NameRefused as e:
        raise MemberRefused(file=path, member=_harmless(raw), reason=e) from e


def _harmless(raw: str) -> str:
    """A refused name, fit to be printed on a terminal."""
    return raw.encode("unicode_escape").decode("ascii")[:120]


def _folder(path: Path, meter: Meter) -> Iterator[tuple[str, Metered]]:
    names = Names()
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path).as_posix()
        if file.is_symlink():
            raise MemberRefused(file=path, member=_harmless(inside), reason=gettext("it is a link"))
        if file.is_dir():
            continue
        if not file.is_file():
            raise MemberRefused(file=path, member=_harmless(inside), reason=gettext("it is no plain file"))
        meter.next_member()
        with opened(file) as stream:
            yield _settle(names, inside, path), Metered(stream, meter)


def _zip(path: Path, meter: Meter) -> Iterator[tuple[str, Metered]]:
    _check_directory(path, meter)
    names = Names()
    with zipfile.ZipFile(path) as package:
        infos = package.infolist()
        _check_overlaps(path, infos)
        for info in infos:
            if info.is_dir():
                continue
            meter.next_member()
            if info.flag_bits & _ENCRYPTED:
                raise PackageNotRead(file=path, reason=gettext("a file in it is encrypted"))
            if (info.external_attr >> 16) & 0o170000 == _UNIX_LINK:
                raise MemberRefused(file=path, member=_harmless(info.filename), reason=gettext("it is a link"))
            name = _settle(names, info.orig_filename, path)
            with package.open(info) as stream:
                yield name, Metered(stream, meter)


def _check_directory(path: Path, meter: Meter) -> None:
    """Refuse a central directory that would fill the memory before one file is read (APPNOTE.TXT 4.3.16)."""
    size = path.stat().st_size
    with opened(path) as stream:
        stream.seek(max(0, size - 65_557))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise PackageNotRead(file=path, reason=gettext("its directory is missing: it is torn"))
    n, n_bytes = struct.unpack_from("<H", tail, at + 10)[0], struct.unpack_from("<L", tail, at + 12)[0]
    if n == 0xFFFF or n_bytes == 0xFFFFFFFF:
        zip64 = tail.rfind(b"PK\x06\x06")
        if zip64 >= 0 and len(tail) >= zip64 + 48:
            n, n_bytes = struct.unpack_from("<QQ", tail, zip64 + 32)
    if n > meter.quota.members or n_bytes > _LARGEST_DIRECTORY:
        raise PackageTooLarge(file=path, limit=meter.quota.members, unit=gettext("files"))


def _check_overlaps(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse files that share bytes: the trick by which a small ZIP holds petabytes (Fifield, WOOT 2019)."""
    free_from = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < free_from:
            raise MemberRefused(
                file=path, member=_harmless(info.filename), reason="it shares its bytes with another file"
            )
        free_from = info.header_offset + 30 + info.compress_size


def _tar(path: Path, stream: BinaryIO, meter: Meter) -> Iterator[tuple[str, Metered]]:
    names, guarded = Names(), _HeadersGuarded(stream, meter)
    with tarfile.open(fileobj=cast(IO[bytes], guarded), mode="r|", bufsize=20 * 512) as package:
        while True:
            guarded.expect_headers()
            info = package.next()
            if info is None:
                return
            package.members = []  # type: ignore[attr-defined]  # a stream of a million files must not be remembered
            if info.isdir():
                continue
            if not info.isreg() or info.issparse():
                raise MemberRefused(
                    file=path, member=_harmless(info.name), reason=gettext("it is a link or no plain file")
                )
            meter.next_member()
            name = _settle(names, info.name, path)
            content = package.extractfile(info)
            guarded.expect_content()
            if content is not None:
                metered = Metered(content, meter)
                yield name, metered
                for _rest in metered.chunks():  # what was not asked for is read past, under the same meter
                    pass


class _HeadersGuarded:
    """A stream in which no run of headers may be longer than the quota: a header is read into memory whole."""

    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter
        self._left = meter.quota.header_bytes
        self._in_headers = True

    def expect_headers(self) -> None:
        self._left, self._in_headers = self._meter.quota.header_bytes, True

    def expect_content(self) -> None:
        self._in_headers = False

    def read(self, n: int) -> bytes:
        data = self._stream.read(min(n, CHUNK))
        if self._in_headers:
            self._left -= len(data)
            if self._left < 0:
                raise self._meter.header_too_long()
        return data
