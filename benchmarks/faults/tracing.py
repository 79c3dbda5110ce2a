"""A child process under ``strace``: its system calls written down, or one of them made to fail or to kill.

The child is forked from a process in which everything is imported already, so that a run costs what the work costs.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from willakuy.errors import WillakuyError

WRITING = (
    "write", "pwrite64", "writev", "pwritev", "pwritev2", "fsync", "fdatasync", "syncfs", "sync", "sync_file_range",
    "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir",
    "ftruncate", "truncate", "fallocate", "chmod", "fchmod", "fchmodat", "openat", "open", "copy_file_range",
)  # fmt: skip
"""Calls that change a disk or make a change durable."""

READING = ("read", "pread64", "newfstatat", "fstat", "lseek", "getdents64", "close", "fcntl", "flock", "mmap")

_LINE = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<args>.*)\) += (?P<result>.+)$")
_UNFINISHED = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<args>.*?) *<unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(?P<pid>\d+) +<\.\.\. (?P<name>\w+) resumed>(?P<args>.*)\) += (?P<result>.+)$")


@dataclass(frozen=True, slots=True)
class Call:
    """``nth`` counts the calls of that name by that thread, from 1."""

    thread: int
    name: str
    args: str
    result: str
    nth: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code, or the signal that killed it; and what strace wrote."""

    code: int | None
    signal: int | None
    log: str


def traced(body: Callable[[], int], scratch: Path, options: Sequence[str], out: Path, *, wait_s: float = 120) -> Ended:
    """Run ``body`` in a forked child under ``strace`` with ``options``; its output goes to ``out``."""
    log = scratch / "strace.log"
    log.unlink(missing_ok=True)
    hold_r, hold_w = os.pipe()
    pid = os.fork()
    if pid == 0:
        _be_the_child(body, out, hold_r, hold_w)
    os.close(hold_r)
    tracer = subprocess.Popen(
        ["strace", "-f", "-y", "-o", str(log), *options, "-p", str(pid)], stderr=subprocess.PIPE, text=True
    )
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    if "attached" not in said:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise RuntimeError(f"strace: {said}{tracer.stderr.read()}")
    os.write(hold_w, b"x")
    os.close(hold_w)
    _, status = os.waitpid(pid, 0)
    tracer.stderr.close()
    tracer.wait(wait_s)
    code = os.waitstatus_to_exitcode(status)
    return Ended(code if code >= 0 else None, -code if code < 0 else None, log.read_text(errors="surrogateescape"))


def forked(body: Callable[[], int], out: Path) -> Ended:
    """Run ``body`` in a forked child, untraced."""
    pid = os.fork()
    if pid == 0:
        _be_the_child(body, out, None, None)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return Ended(code if code >= 0 else None, -code if code < 0 else None, "")


def _be_the_child(body: Callable[[], int], out: Path, hold_r: int | None, hold_w: int | None) -> None:
    """Never returns."""
    code = 99
    try:
        if hold_r is not None and hold_w is not None:
            with contextlib.suppress(OSError):
                os.close(hold_w)
            select.select([hold_r], [], [])  # a call that nothing is injected into: strace may be there already
        fd = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(fd, 1)
        os.dup2(fd, 2)
        os.close(fd)
        sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
        sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
        code = body()
        sys.stdout.flush()
        sys.stderr.flush()
    except WillakuyError as e:
        code = e.exit_code
        os.write(2, f"{e.say_what()}\n{e.say_next()}\n".encode())
    except BaseException:
        import traceback

        code = 98
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def calls_in(log: str) -> list[Call]:
    """The finished calls of a log, in the order in which they began to finish."""
    seen: dict[tuple[int, str], int] = {}
    begun: dict[int, str] = {}
    out = []
    for line in log.splitlines():
        if match := _UNFINISHED.match(line):
            begun[int(match["pid"])] = match["args"]
            continue
        match = _RESUMED.match(line) or _LINE.match(line)
        if match is None:
            continue
        thread, name = int(match["pid"]), match["name"]
        args = begun.pop(thread, "") + match["args"] if "resumed>" in line else match["args"]
        seen[thread, name] = seen.get((thread, name), 0) + 1
        out.append(Call(thread, name, args, match["result"], seen[thread, name]))
    return out
