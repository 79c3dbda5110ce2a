"""Sealed files on disk: ciphertext only, named by its SHA-256, written in the order of every other evidence.

Nothing in clear is ever written: bytes to be sealed flow through memory into age, and from age into the store.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import pyrage

from willakuy.evidence import EvidenceStore, Kept
from willakuy.vault.errors import KeyOpensNothing, SealedDiffers
from willakuy.vault.keys import Identity
from willakuy.vault.piping import piped
from willakuy.vault.recipients import Recipient, check_recipients
from willakuy.vault.sealing import is_wrong_key, keys_of


class VaultStore(EvidenceStore):
    """A folder ``vault/sha256/ab/abcd…`` of age files."""

    def seal_stream(
        self, source: BinaryIO, recipients: Iterable[Recipient], progress: Callable[[int], None] | None = None
    ) -> tuple[Kept, str, int]:
        """Encrypt everything ``source`` gives into the store. Constant memory; no plaintext touches the disk.

        Returns:
            the sealed file, and the SHA-256 and size of what was sealed.

        Raises:
            TooFewCustodians, DiskFull, NotWritten: nothing was kept.
            OSError: the source could not be read to its end; nothing was kept.
        """
        to = tuple(recipients)
        check_recipients(to)
        counted = _Counted(source, progress)
        kept = None
        try:
            with piped(lambda out: pyrage.encrypt_io(counted, out, keys_of(to))) as ciphertext:
                kept = self.put(ciphertext, name="(sealed)")
        except BaseException as e:
            if kept is not None:
                self.destroy(kept.sha256)
            if counted.failure is not None:
                raise counted.failure from e
            raise
        return kept, counted.digest.hexdigest(), counted.size

    def reseal_stream(self, sha256: str, identity: Identity, recipients: Iterable[Recipient], about: str) -> Kept:
        """A new sealed file with what the old one holds. It flows through memory, never in clear on the disk.

        Raises:
            as ``open_stream`` and ``seal_stream``; the old file stays.
        """
        with piped(lambda out: self._open_into(sha256, identity, out, about)) as plain:
            kept, _, _ = self.seal_stream(plain, recipients)
        return kept

    def _open_into(self, sha256: str, identity: Identity, out: BinaryIO, about: str) -> None:
        self.open_stream(sha256, identity, out, about)

    def open_stream(self, sha256: str, identity: Identity, out: BinaryIO | Nowhere, about: str) -> str:
        """Decrypt a sealed file into ``out``; the SHA-256 of what came out.

        Raises:
            BytesMissing, KeyOpensNothing, SealedDiffers
        """
        sink = _Hashed(out)
        with self.open(sha256) as stream:
            try:
                pyrage.decrypt_io(stream, sink, [identity.key])
            except pyrage.DecryptError as e:
                if is_wrong_key(e):
                    raise KeyOpensNothing(id=about) from None
                raise SealedDiffers(id=about) from None
        return sink.digest.hexdigest()

    def destroy(self, sha256: str) -> bool:
        """Remove a sealed file for good; ``False`` when it was gone already. Other copies of the case keep theirs."""
        path = self.path_of(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        _sync(path.parent)
        return True


class Nowhere:
    """A place to write to when only the hash of what would be written is wanted."""

    def write(self, data: bytes) -> int:
        return len(data)

    def flush(self) -> None:
        pass


class _Counted:
    """A stream that is hashed as it is read. age hides why reading failed; this remembers."""

    def __init__(self, source: BinaryIO, progress: Callable[[int], None] | None) -> None:
        self._source, self._progress = source, progress
        self.digest, self.size = hashlib.sha256(), 0
        self.failure: OSError | None = None

    def read(self, n: int = -1) -> bytes:
        try:
            data = self._source.read(n)
        except OSError as e:
            self.failure = e
            raise
        self.digest.update(data)
        self.size += len(data)
        if self._progress:
            self._progress(len(data))
        return data


class _Hashed:
    def __init__(self, out: BinaryIO | Nowhere) -> None:
        self._out = out
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
