"""The conversation of ``willakuy review``: a pair, a key, what it would do, a reason, the next pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from willakuy.casefile.deciding import WouldBreak
from willakuy.casefile.reviewing import Asked, Sitting, Told
from willakuy.cli.keys import END, AnyKeys
from willakuy.cli.review_screen import Look, opinion_lines, pair_lines, safe, wrapped
from willakuy.cli.sitting import TerminalSitting, now_look
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


class Conversation(TerminalSitting):
    """A sitting over pairs of records."""

    def __init__(self, sitting: Sitting, keys: AnyKeys, write: Callable[[str], None]) -> None:
        super().__init__(keys, write, self._waiting)
        self.sitting = sitting

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

        def body(look: Look) -> list[str]:
            told = [line for sentence in would for line in wrapped(sentence, look.width, indent=3)]
            return [*pair_lines(view, look), "", *opinion_lines(view, look), *told]

        return self._paged(
            body, gettext("1 one · 2 different · 3 unsure · space later · z undo · b back · ? · q leave")
        )

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
        n, done = len(self.sitting.skipped), len(self.sitting.decided)
        body = [
            gettext("No pair waits for an answer."),
            ngettext("{n} answer recorded in this sitting.", "{n} answers recorded in this sitting.", done).format(
                n=done
            ),
        ]
        if n:
            body.append(ngettext("{n} pair left for later.", "{n} pairs left for later.", n).format(n=n))
        return self._draw(
            body,
            [*self._just_said(now_look()), gettext("z take back · b to the pair before · q leave")],
            now_look(),
        )

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
        body = [
            gettext("{verdict}. What it would do:").format(verdict=gettext(_IN_WORDS[verdict]).capitalize()),
            *(f"  {safe(line)}" for line in lines or (gettext("Nothing else."),)),
            "",
            gettext("Why? It is published with the decision."),
        ]
        return self._picked(body, [gettext(reason) for reason in _REASONS[verdict]])

    def _undo(self) -> None:
        pair = self.sitting.undo(gettext("taken back in review"))
        self._top = 0
        if pair is None:
            self._said = gettext("Nothing was decided in this sitting. Older decisions: willakuy judge undo")
        else:
            self._said = gettext("Taken back; the pair is open again.")

    def _waiting(self) -> str:
        sitting = self.sitting
        told = gettext("{by} · {left} pairs wait · {done} answered, {later} for later").format(
            by=sitting.by, left=sitting.n_left, done=len(sitting.decided), later=len(sitting.skipped)
        )
        return told + (" · " + gettext("blind") if sitting.is_blind else "")
