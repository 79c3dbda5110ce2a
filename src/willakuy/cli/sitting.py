"""What every sitting at a terminal shares: a screen, a key, a line typed, a reason picked."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence

from willakuy.cli.keys import BACKSPACE, DOWN, END, ENTER, ESCAPE, PAGE_DOWN, PAGE_UP, UP, AnyKeys
from willakuy.cli.review_screen import Look, look_of, page, ruled, safe, wrapped
from willakuy.i18n import gettext

_PAGE_KEYS = (UP, DOWN, PAGE_UP, PAGE_DOWN)


class TerminalSitting:
    """One coder at a terminal. ``write`` takes a whole screen; ``headline`` says who sits and what waits."""

    def __init__(self, keys: AnyKeys, write: Callable[[str], None], headline: Callable[[], str]) -> None:
        self._keys = keys
        self._write = write
        self._headline = headline
        self._said = ""
        self._top = 0

    def _paged(self, body_of: Callable[[Look], Sequence[str]], keys: str) -> str:
        """Show a page until a key comes that does not move it."""
        while True:
            look = now_look()
            footer = [ruled(look), *self._just_said(look), *wrapped(keys, look.width)]
            key = self._draw(body_of(look), footer, look)
            if key not in _PAGE_KEYS:
                return key
            step = max(1, look.height - 8) if key in (PAGE_UP, PAGE_DOWN) else 1
            self._top += step if key in (DOWN, PAGE_DOWN) else -step

    def _picked(self, body: list[str], reasons: Sequence[str]) -> str | None:
        """One of the usual reasons, or words of the coder's own; ``None``: thought better of it."""
        body = [*body, *(f"  {i}  {reason}" for i, reason in enumerate(reasons, 1))]
        key = self._ask(body, gettext("a number, or type a reason · Enter: the first · Esc: back"))
        if key == ENTER:
            return reasons[0]
        if key in (ESCAPE, END):
            return None
        if key.isdigit() and 1 <= int(key) <= len(reasons):
            return reasons[int(key) - 1]
        return self._typed(body, gettext("Why: "), key if len(key) == 1 and key.isprintable() else "")

    def _typed(self, body: list[str], prompt: str, text: str = "") -> str | None:
        """A line; ``None`` when it is empty or the coder thought better of it."""
        while True:
            key = self._ask(body, f"{prompt}{text}▏")
            if key == ENTER:
                return text.strip() or None
            if key in (ESCAPE, END):
                return None
            if key == BACKSPACE:
                text = text[:-1]
            elif len(key) == 1 and key.isprintable():
                text += key

    def _ask(self, body: Sequence[str], footer: str) -> str:
        look = now_look()
        lines = [line for text in body for line in wrapped(text, look.width, indent=4)]
        return self._draw(lines, [ruled(look), *wrapped(footer, look.width)], look)

    def _just_said(self, look: Look) -> list[str]:
        return wrapped(safe(self._said), look.width)[:2] if self._said else []

    def _draw(self, body: Sequence[str], footer: Sequence[str], look: Look) -> str:
        header = [look.bold(line) for line in wrapped(self._headline(), look.width)] + [ruled(look)]
        lines, self._top = page(header, body, footer, look, self._top)
        self._write("\x1b[H\x1b[2J" + "\n".join(lines[: look.height]))
        return self._keys.next()


def now_look() -> Look:
    """The terminal as it is at this moment: it may have been resized."""
    return look_of(os.environ, shutil.get_terminal_size())


def write_screen(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
