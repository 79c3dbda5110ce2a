"""Packages made to do harm, each by a function that writes it and the error that must meet it.

Used by the tests and by ``benchmarks/faults/hostile.py``, which also measures time and memory.
"""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MEGA = 1 << 20


@dataclass(frozen=True, slots=True)
class Hostile:
    """``error``: name of the error it must meet; ``None`` when it may be opened and does no harm."""

    name: str
    make: Callable[[Path], None]
    error: str | None


def zeros(n_mega: int) -> Iterator[bytes]:
    block = bytes(MEGA)
    for _ in range(n_mega):
        yield block


def zip_named(*names: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as z:
            for name in names:
                info = zipfile.ZipInfo("x")
                info.filename = name
                z.writestr(info, b"invented")

    return make


def zip_zeros(n_mega: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z, z.open("zeros.bin", "w", force_zip64=True) as out:
            for block in zeros(n_mega):
                out.write(block)

    return make


def zip_lying(path: Path) -> None:
    """Declares one byte where 300 MB follow."""
    zip_zeros(300)(path)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 1)
    path.write_bytes(data)


def zip_many(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as z:
        for i in range(60_000):
            z.writestr(zipfile.ZipInfo(f"{i}"), b"")


def zip_overlapping(path: Path) -> None:
    """Many names in the directory, one run of bytes behind all of them."""
    one = io.BytesIO()
    with zipfile.ZipFile(one, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a", bytes(10 * MEGA))
    data = one.getvalue()
    at = data.rfind(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    entry, local = data[at:end], data[:at]
    directory = b"".join(entry[:46] + f"{i:01x}"[-1:].encode() + entry[47:] for i in range(16))
    tail = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 16, 16, len(directory), len(local), 0)
    path.write_bytes(local + directory + tail)


def zip_claiming(path: Path) -> None:
    """An end record that speaks of four thousand million files."""
    zip_named("a")(path)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, at + 8, 0xFFFF, 0xFFFF)
    zip64 = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 32, 1 << 32, 46, 0)
    path.write_bytes(bytes(data[:at]) + zip64 + bytes(data[at:]))


def zip_linked(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as z:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        z.writestr(info, "/etc/passwd")


def zip_encrypted(path: Path) -> None:
    zip_named("a")(path)
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(magic) + offset] |= 1
    path.write_bytes(data)


def zip_torn(path: Path) -> None:
    zip_zeros(4)(path)
    path.write_bytes(path.read_bytes()[:2000])


def tar_of(*infos: tarfile.TarInfo, compressed: bool = False) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with tarfile.open(path, "w:gz" if compressed else "w", format=tarfile.GNU_FORMAT) as t:
            for info in infos:
                t.addfile(info, io.BytesIO(bytes(info.size)))

    return make


def info(name: str, kind: bytes = tarfile.REGTYPE, target: str = "", size: int = 0) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = kind, target, size
    return made


def tar_gz_zeros(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=1) as out:
        head = info("zeros.bin", size=300 * MEGA).tobuf()
        out.write(head)
        for block in zeros(300):
            out.write(block)
        out.write(bytes(1024))


def tar_gz_header(kind: bytes) -> Callable[[Path], None]:
    """A header record (a long name, extended attributes) of 300 MB: it would be read into memory whole."""

    def make(path: Path) -> None:
        with gzip.open(path, "wb", compresslevel=1) as out:
            out.write(info("././@LongLink", kind, size=300 * MEGA).tobuf())
            for block in zeros(300):
                out.write(block)

    return make


def warc_record(
    body: bytes, *fields: bytes, http: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
) -> bytes:
    block = http + body
    lines = [
        b"WARC/1.1",
        b"WARC-Type: response",
        b"WARC-Target-URI: https://diario.invalid/nota",
        b"WARC-Date: 2023-01-10T12:00:00Z",
        b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>",
        b"Content-Length: " + str(len(block)).encode(),
        *fields,
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + block + b"\r\n\r\n"


def warc(data: Callable[[], bytes]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(gzip.compress(data()))

    return make


def warc_gz_zeros(head: bytes) -> Callable[[Path], None]:
    """``head`` and then 300 MB without an end of line."""

    def make(path: Path) -> None:
        squeeze = zlib.compressobj(1, wbits=31)
        with path.open("wb") as out:
            out.write(squeeze.compress(head))
            for block in zeros(300):
                out.write(squeeze.compress(block))
            out.write(squeeze.flush())

    return make


def _gzip_in_gzip() -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    return warc_record(gzip.compress(bytes(300 * MEGA), 1), http=http)


CLIMBING = (
    "../fuera.txt",
    "a/../../fuera.txt",
    "/etc/fuera.txt",
    "C:\\fuera.txt",
    "C:fuera.txt",
    "\\\\host\\fuera.txt",
    "~/fuera.txt",
    "..\\fuera.txt",
    "nota\x00.txt",
    "nota\u202egpj.exe",
    "con.txt",
    "LPT1",
    "nota ",
    "nota.",
    "nota\n.txt",
    "x" * 2000,
)

CORPUS = (
    *(Hostile(f"zip name {i}.zip", zip_named(name), "MemberRefused") for i, name in enumerate(CLIMBING)),
    Hostile("zip capitals.zip", zip_named("nota.txt", "NOTA.txt"), "MemberRefused"),
    Hostile("zip accents.zip", zip_named("caf\u00e9", "cafe\u0301"), "MemberRefused"),
    Hostile("zip link.zip", zip_linked, "MemberRefused"),
    Hostile("zip encrypted.zip", zip_encrypted, "PackageNotRead"),
    Hostile("zip torn.zip", zip_torn, "PackageNotRead"),
    Hostile("zip zeros.zip", zip_zeros(300), "PackageTooLarge"),
    Hostile("zip lying.zip", zip_lying, "PackageNotRead"),
    Hostile("zip many.zip", zip_many, "PackageTooLarge"),
    Hostile("zip overlapping.zip", zip_overlapping, "MemberRefused"),
    Hostile("zip claiming.zip", zip_claiming, "PackageTooLarge"),
    Hostile("tar climbing.tar", tar_of(info("../fuera", size=3)), "MemberRefused"),
    Hostile("tar absolute.tar", tar_of(info("/fuera", size=3)), "MemberRefused"),
    Hostile("tar symlink.tar", tar_of(info("a", tarfile.SYMTYPE, "/etc/passwd")), "MemberRefused"),
    Hostile("tar hardlink.tar", tar_of(info("a", tarfile.LNKTYPE, "../x")), "MemberRefused"),
    Hostile("tar device.tar", tar_of(info("a", tarfile.CHRTYPE)), "MemberRefused"),
    Hostile("tar fifo.tar", tar_of(info("a", tarfile.FIFOTYPE)), "MemberRefused"),
    Hostile("tar zeros.tar.gz", tar_gz_zeros, "PackageTooLarge"),
    Hostile("tar long name.tar.gz", tar_gz_header(tarfile.GNUTYPE_LONGNAME), "PackageTooLarge"),
    Hostile("tar pax.tar.gz", tar_gz_header(tarfile.XHDTYPE), "PackageTooLarge"),
    Hostile("warc endless line.warc.gz", warc_gz_zeros(b"WARC/1.1\r\nX: "), "PackageNotRead"),
    Hostile(
        "warc endless block.warc.gz", warc_gz_zeros(b"WARC/1.1\r\nContent-Length: 314572800\r\n\r\n"), "PackageTooLarge"
    ),
    Hostile("warc endless header.warc.gz", warc(lambda: b"WARC/1.1\r\n" + b"X: y\r\n" * 200_000), "PackageNotRead"),
    Hostile("warc negative.warc.gz", warc(lambda: b"WARC/1.1\r\nContent-Length: -5\r\n\r\n"), "PackageNotRead"),
    Hostile("warc nested gzip.warc.gz", warc(_gzip_in_gzip), None),
    Hostile("warc torn.warc.gz", warc(lambda: warc_record(b"hola")[:-60]), "PackageNotRead"),
    Hostile("warc no warc.warc.gz", warc(lambda: b"GIF89a" * 100), "PackageNotRead"),
)
