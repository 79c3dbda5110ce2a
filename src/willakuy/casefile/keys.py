"""The device's signing key: one for each copy of a case that records, and never carried on by a copy.

A log may only ever grow. If a restored backup went on signing with the key it finds in itself, it would sign a second,
different continuation of its own log, and every other device would be right to distrust it. So the folder remembers where it
is: ``keys/here`` holds a digest of this machine and of the moment the file system gave ``keys/device`` its place. No program
can copy that moment: in a copy, a restored backup or on another machine it differs, and the copy gets a key of its own with its
first entry (``Case`` does this). ``keys/head`` holds how far this device has signed; a ledger that has not got so far any more
was rolled back, and gets a key of its own too.

On file systems without such a moment (FAT) the time of last change stands in for it, which careful copying preserves; what is
then missed is found by the first device that sees both logs. Moving the folder on one file system changes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from willakuy.casefile.errors import CaseNotRead, CaseNotWritten
from willakuy.evidence import sync_folder
from willakuy.ledger import Json, SigningKey


@dataclass(frozen=True, slots=True)
class Device:
    """``device_id`` is public and means nothing outside the case."""

    device_id: str
    key: SigningKey

    @property
    def case_id(self) -> str:
        return self.key.name.split("/")[1]


def new_device(case_id: str, entropy: Callable[[int], bytes]) -> Device:
    """A device that nothing has been written of yet."""
    device_id = entropy(4).hex()
    return Device(device_id, SigningKey(f"willakuy/{case_id}/{device_id}", entropy(32)))


def keep_device(folder: Path, device: Device, introduction: Mapping[str, Json] | None = None) -> None:
    """Make ``device`` the one that signs in ``folder``, durably; an earlier secret is gone. Readable by this user only.

    Args:
        introduction: the fields of its first entry, which only the earlier secret could make.

    Raises:
        CaseNotWritten: the next entry tries again.
    """
    keys = folder / "keys"
    with _written(keys):
        keys.mkdir(mode=0o700, exist_ok=True)
        for name in ("here", "head"):
            (keys / name).unlink(missing_ok=True)
        if introduction is not None:
            _write(keys / "introduction", json.dumps(introduction, sort_keys=True) + "\n")
        _write(keys / "device", f"{device.key.name}\n{device.key.secret.hex()}\n")
        _write(keys / "here", _place_of(keys / "device") + "\n")
        sync_folder(folder)


def read_device(folder: Path) -> Device | None:
    """The device whose key is in ``folder``, whether or not this is where it may sign; ``None`` where there is none.

    Raises:
        CaseNotRead: it cannot be told; nobody takes that for "none".
    """
    text = _read(folder / "keys" / "device")
    try:
        name, secret = (text or "").split()
        return Device(name.rsplit("/", 1)[1], SigningKey(name, bytes.fromhex(secret)))
    except (ValueError, IndexError):
        return None


def read_introduction(folder: Path) -> dict[str, Json] | None:
    """The fields kept for the first entry of the device in ``folder``; ``None`` where there are none for it."""
    device = read_device(folder)
    try:
        fields: dict[str, Json] = json.loads(_read(folder / "keys" / "introduction") or "")
        return fields if device is not None and fields["vkey"] == device.key.vkey else None
    except (ValueError, KeyError, TypeError):
        return None


def renounce(folder: Path) -> None:
    """Sign no more with the key in ``folder``: the next entry is that of a new device."""
    with _written(folder / "keys"):
        (folder / "keys" / "here").unlink(missing_ok=True)
        sync_folder(folder / "keys")


def may_sign(folder: Path, size: int) -> bool:
    """Whether the key in ``folder`` was made here and its log, of ``size`` entries, is no shorter than what it signed."""
    keys = folder / "keys"
    here = _read(keys / "here")
    return (
        here is not None
        and hmac.compare_digest(here.strip(), _place_of(keys / "device"))
        and size >= signed_size(folder)
    )


def signed_size(folder: Path) -> int:
    """How many entries the device in ``folder`` has put its signature to; 0 when it is not known."""
    try:
        return int(_read(folder / "keys" / "head") or "0")
    except ValueError:
        return 0


def keep_signed_size(folder: Path, size: int) -> None:
    """Remember that a head of ``size`` entries was signed. Smaller ones change nothing. Raises ``CaseNotWritten``."""
    if size > signed_size(folder):
        with _written(folder / "keys"):
            _write(folder / "keys" / "head", f"{size}\n")


def _place_of(path: Path) -> str:
    text = _read(path)
    moment = path.stat().st_ctime_ns if text is not None else 0
    seen = f"willakuy/here/v1\0{_machine()}\0{moment}\0{text}"
    return hashlib.sha256(seen.encode()).hexdigest()


def _machine() -> str:
    """What this installation of the system calls itself, where it has such a name."""
    names = (_read(Path(path)) for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"))
    return next((name.strip() for name in names if name), "")


def _read(path: Path) -> str | None:
    """The text of a file, ``None`` where there is none. Raises ``CaseNotRead``."""
    try:
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    except OSError as e:
        raise CaseNotRead(path=path, reason=e.strerror or str(e)) from e


@contextlib.contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        raise CaseNotWritten(path=path, reason=e.strerror or str(e)) from e


def _write(path: Path, text: str) -> None:
    """Put ``text`` in place of what was at ``path``, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new.replace(path)
    sync_folder(path.parent)
