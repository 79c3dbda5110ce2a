"""Keys as they are pressed, one at a time, on a terminal of any kind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

ENTER, ESCAPE, BACKSPACE, UP, DOWN, PAGE_UP, PAGE_DOWN, END = (
    "enter", "escape", "backspace", "up", "down", "page-up", "page-down", "end",
)  # fmt: skip
"""``END``: the terminal is gone; nobody will press a key again."""

_NAMED = {
    "\r": ENTER, "\n": ENTER, "\x1b": ESCAPE, "\x7f": BACKSPACE, "\b": BACKSPACE, "\x04": END, "": END,
    "\x1b[A": UP, "\x1bOA": UP, "\x1b[B": DOWN, "\x1bOB": DOWN, "\x1b[5~": PAGE_UP, "\x1b[6~": PAGE_DOWN,
}  # fmt: skip
_LONE_ESCAPE_S = 0.05


class Keys:
    """Reads a terminal that ``pressed_keys`` prepared. What is typed ahead waits its turn."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._ahead = ""

    def next(self) -> str:
        """The next key: one of the names above, or the character it writes."""
        if not self._ahead:
            self._ahead = self._read()
        if self._ahead.startswith("\x1b") and len(self._ahead) == 1 and self._more_within(_LONE_ESCAPE_S):
            self._ahead += self._read()
        key = self._taken()
        if key == "\x03":
            raise KeyboardInterrupt
        return _NAMED.get(key, key)

    def _taken(self) -> str:
        """The first key of what was read; an escape sequence is one."""
        text = self._ahead
        end = 1
        if text[:2] in ("\x1b[", "\x1bO"):
            end = next((i + 1 for i in range(2, len(text)) if text[i].isalpha() or text[i] == "~"), len(text))
        self._ahead = text[end:]
        return text[:end]

    def _read(self) -> str:
        data = os.read(self._fd, 1024)
        while data:
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError as e:
                if e.end < len(data) or e.reason != "unexpected end of data":
                    return data.decode("utf-8", "replace")
                data += os.read(self._fd, 1)
        return ""

    def _more_within(self, wait_s: float) -> bool:
        import select

        return bool(select.select([self._fd], [], [], wait_s)[0])


class _PlainKeys:
    """Where there is no termios (Windows): what ``click`` offers."""

    def next(self) -> str:
        try:
            key = click.getchar()
        except EOFError:
            return END
        return _NAMED.get(key, key)


AnyKeys = Keys | _PlainKeys


@contextmanager
def pressed_keys() -> Iterator[AnyKeys]:
    """Keys without waiting for Enter and without echo; the terminal is as it was afterwards, whatever happens."""
    try:
        import termios
        import tty
    except ImportError:
        yield _PlainKeys()
        return
    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd, termios.TCSADRAIN)
        yield Keys(fd)
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def is_interactive() -> bool:
    """Whether somebody sits at a terminal that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty()
