"""Bundles encrypted on the way: an age file around the tar, for one or several people's keys."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage

from willakuy.casefile.sync.bundle import open_bundle
from willakuy.casefile.sync.framing import NotABundle
from willakuy.vault import Identity, recipient_from

_AGE = b"age-encryption.org/v1\n"


def encrypt(clear: BinaryIO, out: BinaryIO, to: Collection[str]) -> None:
    """Write what ``clear`` gives to ``out``, readable with any of the keys. Raises ``NotARecipient``."""
    keys = [pyrage.x25519.Recipient.from_str(recipient_from(public)) for public in to]
    pyrage.encrypt_io(clear, out, keys)


@contextmanager
def opened(path: Path, scratch: Path, identity: Identity | None) -> Iterator[BinaryIO]:
    """The bundle at ``path`` in clear. An encrypted one is opened into a file without a name in the folder ``scratch``.

    Raises:
        NotABundle: no file, no key for it, or not the right one.
    """
    with open_bundle(path) as source:
        is_sealed = source.read(len(_AGE)) == _AGE
        source.seek(0)
        if not is_sealed:
            yield source
            return
        if identity is None:
            raise NotABundle("it is encrypted; name the file of your key with --key")
        with tempfile.TemporaryFile(dir=scratch) as clear:
            try:
                pyrage.decrypt_io(source, clear, [identity.key])
            except (pyrage.DecryptError, OSError) as e:
                if getattr(e, "errno", None):
                    raise NotABundle(f"there is no room to open it ({e})") from e
                raise NotABundle("this key does not open it, or it was altered") from e
            clear.seek(0)
            yield clear
