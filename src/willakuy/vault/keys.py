"""Custodians' keys: age X25519 identities, in the files that ``age-keygen`` writes and reads.

A key is made and kept where the custodian is, never in the case. Only its public half (``age1…``) comes to the laptop.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyrage

from willakuy.i18n import gettext
from willakuy.vault.errors import KeyFileTaken, NotAKeyFile, NotARecipient, PassphraseWrong

_BEGINS = "AGE-SECRET-KEY-1"
_HEAD = b"age-encryption.org/v1"


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """``secret`` opens what is sealed to ``public``. It is never shown in a ``repr``."""

    secret: str
    public: str


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A key read from a file, able to open. ``public`` says whose."""

    public: str
    key: pyrage.x25519.Identity


def make_key() -> KeyPair:
    """A new key pair; its randomness is the operating system's."""
    identity = pyrage.x25519.Identity.generate()
    return KeyPair(str(identity), str(identity.to_public()))


def write_key(path: Path, pair: KeyPair, passphrase: str | None = None) -> None:
    """Write ``pair`` to a new file that only this user may read, durably.

    Args:
        passphrase: wraps the key (age's scrypt, about a second to open).

    Raises:
        KeyFileTaken: there is something at ``path``; nothing was changed.
        OSError: it could not be written; nothing is left behind.
    """
    text = f"# public key: {pair.public}\n{pair.secret}\n".encode()
    data = pyrage.passphrase.encrypt(text, passphrase) if passphrase else text
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as e:
        raise KeyFileTaken(file=path) from e
    try:
        with os.fdopen(fd, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def read_identity(path: Path, ask_passphrase: Callable[[], str]) -> Identity:
    """The key in ``path``, wrapped with a passphrase or not.

    Args:
        ask_passphrase: called only when the file needs one.

    Raises:
        NotAKeyFile, PassphraseWrong
    """
    try:
        data = path.read_bytes()[:65536]
    except OSError as e:
        raise NotAKeyFile(file=path, reason=e.strerror or "it cannot be read") from e
    if data.startswith((_HEAD, b"-----BEGIN AGE")):
        try:
            data = pyrage.passphrase.decrypt(data, ask_passphrase())
        except pyrage.DecryptError as e:
            raise PassphraseWrong(file=path) from e
    for line in data.decode("utf-8", "replace").splitlines():
        if line.strip().upper().startswith(_BEGINS):
            try:
                key = pyrage.x25519.Identity.from_str(line.strip().upper())
            except pyrage.IdentityError as e:
                raise NotAKeyFile(file=path, reason=gettext("the key is not whole: was it typed from paper?")) from e
            return Identity(str(key.to_public()), key)
    raise NotAKeyFile(file=path, reason=gettext("no line begins with {word}").format(word=_BEGINS))


def recipient_from(text: str) -> str:
    """``text`` as a public key in one spelling.

    Raises:
        NotARecipient
    """
    try:
        return str(pyrage.x25519.Recipient.from_str(text.strip().lower()))
    except pyrage.RecipientError as e:
        raise NotARecipient() from e


def fingerprint(public: str) -> str:
    """Four groups of four to compare over the telephone."""
    digest = hashlib.sha256(public.encode()).hexdigest()[:16]
    return " ".join(digest[i : i + 4] for i in range(0, 16, 4))
