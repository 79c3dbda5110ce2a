"""The device's signing key: made at ``init``, one for each copy of a case that records.

A restored backup must not go on signing with the same key (it would fork its own log): it gets a new device.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from willakuy.casefile.errors import CaseNotRead, CaseNotWritten, NoCaseHere
from willakuy.evidence import sync_folder
from willakuy.ledger import SigningKey


@dataclass(frozen=True, slots=True)
class Device:
    """``device_id`` is public and means nothing outside the case."""

    device_id: str
    key: SigningKey


def make_device(folder: Path, case_id: str, entropy: Callable[[int], bytes]) -> Device:
    """A new device for the case in ``folder``; its secret is readable by this user only."""
    device_id = entropy(4).hex()
    key = SigningKey(f"willakuy/{case_id}/{device_id}", entropy(32))
    keys = folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    try:
        fd = os.open(keys / "device", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as out:
            out.write(f"{key.name}\n{key.secret.hex()}\n")
            out.flush()
            os.fsync(out.fileno())
        sync_folder(keys)
    except OSError as e:
        raise CaseNotWritten(path=keys / "device", reason=e.strerror or str(e)) from e
    return Device(device_id, key)


def read_device(folder: Path) -> Device:
    """Raises ``NoCaseHere`` when the case has no key on this machine."""
    try:
        name, secret = (folder / "keys" / "device").read_text().split()
    except (FileNotFoundError, ValueError) as e:
        raise NoCaseHere(path=folder / "keys" / "device") from e
    except OSError as e:
        raise CaseNotRead(path=folder / "keys" / "device", reason=e.strerror or str(e)) from e
    return Device(name.rsplit("/", 1)[1], SigningKey(name, bytes.fromhex(secret)))
