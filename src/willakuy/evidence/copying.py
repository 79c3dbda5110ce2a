"""Copying bytes while hashing them: constant memory, whatever the size.

What is hashed is what is written: the same buffers. Beyond the first buffer a second thread hashes while this
one reads and writes; a ring of buffers is used again and again, because fresh ones cost as much as the copy.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Protocol

BUFFER_BYTES = 1 << 20
RING = 6

Progress = Callable[[int], None]
Buffer = tuple[bytearray, int]


class Readable(Protocol):
    """Anything ``readinto`` fills a buffer from: an unbuffered file, ``BytesIO``, a socket's file."""

    def readinto(self, buffer: Any, /) -> int | None: ...


class Copier:
    """Copies streams one after the other into open files, in the same few buffers. Not for two threads at once."""

    def __init__(self) -> None:
        self._ring = [bytearray(BUFFER_BYTES)]

    def copy(self, stream: Readable, fd: int, progress: Progress | None = None) -> tuple[str, int]:
        """Copy all of ``stream`` to ``fd``; the SHA-256 in hex and the number of bytes.

        Raises:
            OSError: from reading or writing; the thread has ended when it is raised.
        """
        first = self._ring[0]
        n = _fill(stream, first)
        digest = hashlib.sha256()
        if n < BUFFER_BYTES:
            digest.update(memoryview(first)[:n])
            _write_all(fd, memoryview(first)[:n])
            if progress:
                progress(n)
            return digest.hexdigest(), n
        self._ring += [bytearray(BUFFER_BYTES) for _ in range(RING - len(self._ring))]
        size = self._copy_on(stream, fd, digest, progress)
        return digest.hexdigest(), size

    def _copy_on(self, stream: Readable, fd: int, digest: Any, progress: Progress | None) -> int:
        """The long way, from the full first buffer on."""
        free: SimpleQueue[bytearray] = SimpleQueue()
        full: SimpleQueue[Buffer | None] = SimpleQueue()

        def hash_on() -> None:
            while (item := full.get()) is not None:
                digest.update(memoryview(item[0])[: item[1]])
                free.put(item[0])

        for buffer in self._ring[1:]:
            free.put(buffer)
        hasher = threading.Thread(target=hash_on, name="sha256", daemon=True)
        hasher.start()
        try:
            buffer, n, size = self._ring[0], BUFFER_BYTES, 0
            while n:
                full.put((buffer, n))
                _write_all(fd, memoryview(buffer)[:n])
                size += n
                if progress:
                    progress(n)
                buffer = free.get()
                n = _fill(stream, buffer)
        finally:
            full.put(None)
            hasher.join()
        return size


def sha256_of(stream: Readable, progress: Progress | None = None) -> str:
    """The SHA-256 of all that ``stream`` gives, in hex."""
    digest, buffer = hashlib.sha256(), bytearray(BUFFER_BYTES)
    while n := _fill(stream, buffer):
        digest.update(memoryview(buffer)[:n])
        if progress:
            progress(n)
    return digest.hexdigest()


def _fill(stream: Readable, buffer: bytearray) -> int:
    """Read until the buffer is full or the stream ends."""
    n = stream.readinto(buffer) or 0
    if n == 0 or n == len(buffer):
        return n
    view = memoryview(buffer)
    while n < len(buffer) and (more := stream.readinto(view[n:])):
        n += more
    return n


def _write_all(fd: int, view: memoryview) -> None:
    while view:
        view = view[os.write(fd, view) :]
