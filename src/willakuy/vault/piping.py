"""From one that writes to one that reads, through memory: nothing in between ever lies on a disk."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import BinaryIO


@contextmanager
def piped(write: Callable[[BinaryIO], None]) -> Iterator[BufferedReader]:
    """What ``write`` writes, to be read inside the ``with`` block; its failure is raised at the end of the block."""
    read_fd, write_fd = os.pipe()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(write_fd, "wb") as out:
                write(out)
        except BaseException as e:  # carried to the reader
            failures.append(e)

    thread = threading.Thread(target=run, name="piped")
    with os.fdopen(read_fd, "rb") as pipe:
        thread.start()
        try:
            yield pipe
        finally:
            pipe.close()
            thread.join()
    if failures:
        raise failures[0]
