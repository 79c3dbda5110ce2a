"""The conversation of ``willakuy review``: a pair, a key, what it would do, a reason, the next pair."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence

from willakuy.casefile.deciding import WouldBreak
from willakuy.casefile.reviewing import Asked, Sitting, Told
from willakuy.cli.keys import BACKSPACE, DOWN, END, ENTER, ESCAPE, PAGE_DOWN, PAGE_UP, UP, AnyKeys
from willakuy.cli.review_screen import Look, look_of, opinion_lines, page, pair_lines, ruled, safe, wrapped
from willakuy.i18n import N_, gettext, ngettext

_VERDICT_OF = {"1": "same", "2": "different", "3": "undecided"}
_IN_WORDS = {"same": N_("one person"), "different": N_("different persons"), "undecided": N_("cannot be told")}
_REASONS: dict[str, tuple[str, ...]] = {
    "same": (
        N_("name, age, day and place agree"),
        N_("one name, printed in another spelling or order"),
        N_("the details agree though the name is incomplete"),
        N_("one of the two repeats the other's words"),
    ),
    "different": (
        N_("the names are of two people"),
        N_("day or place cannot be of one death"),
        N_("age or sex cannot be of one person"),
        N_("namesakes or relatives, each described"),
    ),
    "undecided": (
        N_("too little is said of one of them"),
        N_("the sources contradict one another"),
        N_("a document or a witness could settle it"),
    ),
}
_HELP = (
    N_("1 one person · 2 different persons · 3 cannot be told: both counts stay open"),
    N_("space later: it comes back in the next sitting · z take back the last answer"),
    N_("b to the pair before · ↑ ↓ and page keys move the page · q leave; everything is recorded already"),
    N_("= the same words · ~ partly the same · ≠ no word in common · ‹ › words the other does not print"),
    N_("Every answer asks for a reason, which is published with it, and tells first what it would do."),
)


class Conversation:
    """One coder's sitting at a terminal. ``write`` takes a whole screen."""

    def __init__(self, sitting: Sitting, keys: AnyKeys, write: Callable[[str], None]) -> None:
        self.sitting = sitting
        self._keys = keys
        self._write = write
        self._said = ""
        self._top = 0

    def run(self) -> None:
        """Until the coder leaves, the terminal goes away, or there is nothing left to go back to."""
        while True:
            pair = self.sitting.at
            key = self._show_pair(pair) if pair is not None else self._show_end()
            if key in ("q", "Q", END):
                return
            self._said = ""
            self._carry_out(key, pair)

    def _carry_out(self, key: str, pair: Asked | None) -> None:
        if key == "z":
            self._undo()
        elif key == "b":
            self._top = 0
            if not self.sitting.back():
                self._said = gettext("This is the first pair of the sitting.")
        elif key == "?":
            self._ask([gettext(line) for line in _HELP], gettext("any key: back"))
        elif pair is not None:
            if key in _VERDICT_OF:
                self._answer(pair, _VERDICT_OF[key])
            elif key in (" ", "k"):
                self._top = 0
                self.sitting.skip()

    def _show_pair(self, pair: Asked) -> str:
        view, would = self.sitting.look(pair), self._would(pair)
        while True:
            look = _look()
            body = [*pair_lines(view, look), "", *opinion_lines(view, look)]
            body += [line for told in would for line in wrapped(told, look.width, indent=3)]
            key = self._draw(self._header(look), body, self._footer(look), look)
            if key in (UP, DOWN, PAGE_UP, PAGE_DOWN):
                step = max(1, look.height - 8) if key in (PAGE_UP, PAGE_DOWN) else 1
                self._top += step if key in (DOWN, PAGE_DOWN) else -step
                continue
            return key

    def _would(self, pair: Asked) -> list[str]:
        """What each answer would do, a sentence each; a blind coder is not told."""
        if self.sitting.is_blind:
            return []
        sentences = []
        for key, verdict in list(_VERDICT_OF.items())[:2]:
            told = self.sitting.foresee(pair, verdict)
            if told.lines:
                sentences.append(safe(f"{key} {gettext(_IN_WORDS[verdict])}: {' · '.join(told.lines)}"))
        return sentences

    def _show_end(self) -> str:
        look = _look()
        n = len(self.sitting.skipped)
        body = [
            gettext("No pair waits for an answer."),
            ngettext(
                "{n} answer recorded in this sitting.",
                "{n} answers recorded in this sitting.",
                len(self.sitting.decided),
            ).format(n=len(self.sitting.decided)),
        ]
        if n:
            body.append(ngettext("{n} pair left for later.", "{n} pairs left for later.", n).format(n=n))
        footer = [*self._just_said(look), gettext("z take back · b to the pair before · q leave")]
        return self._draw(self._header(look), body, footer, look)

    def _answer(self, pair: Asked, verdict: str) -> None:
        told = self.sitting.foresee(pair, verdict)
        if told.is_refused and not self._excepted(told):
            return
        if told.is_refused:
            told = self.sitting.foresee(pair, verdict)
        reason = self._reason(verdict, told.lines)
        if reason is None:
            self._said = gettext("Nothing recorded.")
            return
        try:
            recorded = self.sitting.answer(verdict, reason)
        except WouldBreak as e:
            self._said = e.say_what()
            return
        self._top = 0
        self._said = gettext("Recorded: {verdict} ({id}).").format(verdict=gettext(_IN_WORDS[verdict]), id=recorded)

    def _excepted(self, told: Told) -> bool:
        """Show why it is refused; whether the coder recorded the exceptions it needs."""
        footer = gettext("x record an exception, with its reason · any other key: back")
        if not told.exceptions:
            self._ask(list(told.lines), gettext("any key: back"))
            return False
        if self._ask(list(told.lines), footer) != "x":
            return False
        reason = self._typed(list(told.lines), gettext("Why the rule does not hold here: "))
        if not reason:
            self._said = gettext("Nothing recorded.")
            return False
        for rule, a, b in told.exceptions:
            self.sitting.allow(rule, a, b, reason)
        return True

    def _reason(self, verdict: str, lines: Sequence[str]) -> str | None:
        """One of the usual reasons, or words of the coder's own; ``None``: thought better of it."""
        picks = [gettext(reason) for reason in _REASONS[verdict]]
        body = [
            gettext("{verdict}. What it would do:").format(verdict=gettext(_IN_WORDS[verdict]).capitalize()),
            *(f"  {safe(line)}" for line in lines or (gettext("Nothing else."),)),
            "",
            gettext("Why? It is published with the decision."),
            *(f"  {i}  {pick}" for i, pick in enumerate(picks, 1)),
        ]
        key = self._ask(body, gettext("a number, or type a reason · Enter: the first · Esc: back"))
        if key == ENTER:
            return picks[0]
        if key in (ESCAPE, END):
            return None
        if key.isdigit() and 1 <= int(key) <= len(picks):
            return picks[int(key) - 1]
        return self._typed(body, gettext("Why: "), key if len(key) == 1 and key.isprintable() else "")

    def _typed(self, body: list[str], prompt: str, text: str = "") -> str | None:
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

    def _undo(self) -> None:
        pair = self.sitting.undo(gettext("taken back in review"))
        self._top = 0
        if pair is None:
            self._said = gettext("Nothing was decided in this sitting. Older decisions: willakuy judge undo")
        else:
            self._said = gettext("Taken back; the pair is open again.")

    def _ask(self, body: list[str], footer: str) -> str:
        look = _look()
        lines = [line for text in body for line in wrapped(text, look.width, indent=4)]
        return self._draw(self._header(look), lines, [ruled(look), *wrapped(footer, look.width)], look)

    def _header(self, look: Look) -> list[str]:
        sitting = self.sitting
        told = gettext("{by} · {left} pairs wait · {done} answered, {later} for later").format(
            by=sitting.by, left=sitting.n_left, done=len(sitting.decided), later=len(sitting.skipped)
        )
        if sitting.is_blind:
            told += " · " + gettext("blind")
        return [look.bold(line) for line in wrapped(told, look.width)] + [ruled(look)]

    def _footer(self, look: Look) -> list[str]:
        keys = gettext("1 one · 2 different · 3 unsure · space later · z undo · b back · ? · q leave")
        return [ruled(look), *self._just_said(look), *wrapped(keys, look.width)]

    def _just_said(self, look: Look) -> list[str]:
        return wrapped(safe(self._said), look.width)[:2] if self._said else []

    def _draw(self, header: Sequence[str], body: Sequence[str], footer: Sequence[str], look: Look) -> str:
        lines, self._top = page(header, body, footer, look, self._top)
        self._write("\x1b[H\x1b[2J" + "\n".join(lines[: look.height]))
        return self._keys.next()


def _look() -> Look:
    return look_of(os.environ, shutil.get_terminal_size())


def write_screen(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
