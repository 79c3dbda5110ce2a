"""The conversation of ``willakuy code``: a proposal in its place, a key, the next proposal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from willakuy.casefile.proposals import Correction, NotInTheText, ProposalSitting, Shown
from willakuy.cli.keys import END, ENTER, ESCAPE, AnyKeys
from willakuy.cli.review_screen import Look, safe, wrapped
from willakuy.cli.sitting import TerminalSitting
from willakuy.i18n import N_, gettext, ngettext
from willakuy.statements.statement import FigureClaim, Statement, VictimRecord

_AROUND = 320
_REASONS: tuple[str, ...] = (
    N_("the text does not say this"),
    N_("it is not about harm, blame or a demand"),
    N_("said already in another statement"),
    N_("the wrong person speaks, and nobody else can be named"),
)
_HELP = (
    N_("a or Enter accept · x reject, with a reason · c correct · space later"),
    N_("z take back the last answer · b to the one before · ↑ ↓ and page keys move the page · q leave"),
    N_(
        "While correcting: [ and ] move the beginning by a word, { and } the end · s who says it · n the number · Enter record"
    ),
    N_("A correction uses the document's own words. The proposal stays on record beside it."),
)
_WORD = re.compile(r"\S+")


class CodeConversation(TerminalSitting):
    """A sitting over proposed statements."""

    def __init__(self, sitting: ProposalSitting, keys: AnyKeys, write: Callable[[str], None]) -> None:
        super().__init__(keys, write, self._waiting)
        self.sitting = sitting

    def run(self) -> None:
        """Until the coder leaves or the terminal goes away."""
        while True:
            s = self.sitting.at
            key = (
                self._show(s)
                if s is not None
                else self._ask([gettext("No proposal waits.")], gettext("z take back · b back · q leave"))
            )
            if key in ("q", "Q", END):
                return
            self._said = ""
            self._carry_out(key, s)

    def _carry_out(self, key: str, s: Statement | None) -> None:
        if key == "z":
            self._said = (
                gettext("Taken back.") if self.sitting.undo() else gettext("Nothing was decided in this sitting.")
            )
        elif key == "b":
            self.sitting.back()
        elif key == "?":
            self._ask([gettext(line) for line in _HELP], gettext("any key: back"))
        elif s is not None and key in ("a", ENTER):
            self.sitting.answer("accepted", gettext("read in its place"))
            self._said = gettext("Accepted.")
        elif s is not None and key == "x":
            self._reject()
        elif s is not None and key == "c":
            self._correct(s)
        elif s is not None and key in (" ", "k"):
            self.sitting.skip()
        self._top = 0

    def _reject(self) -> None:
        why = [gettext("Why is it wrong? It is kept with the decision.")]
        reason = self._picked(why, [gettext(reason) for reason in _REASONS])
        if reason:
            self.sitting.answer("rejected", reason)
            self._said = gettext("Rejected.")

    def _correct(self, s: Statement) -> None:
        """Move the borders, name the speaker, give the number: each shown at once, recorded on Enter."""
        change = Correction()
        while True:
            shown = self.sitting.show(s)
            now = replace(shown, start=_or(change.start, shown.start), end=_or(change.end, shown.end))
            told = (
                [gettext("speaker: {name}").format(name=change.speaker or gettext("not attributed"))]
                if change.speaker is not None
                else []
            )
            told += [gettext("number: {words}").format(words=change.figure)] if change.figure is not None else []
            key = self._paged(
                lambda look, now=now, told=told: [*_lines(now, look), "", *told],  # type: ignore[misc]
                gettext("[ ] beginning · { } end · s speaker · n number · Enter record · Esc back"),
            )
            self._said = ""
            if key in (ESCAPE, END):
                return
            if key in ("[", "]", "{", "}"):
                change = _moved(now, change, key)
            elif key == "s":
                change = replace(
                    change,
                    speaker=self._typed(
                        [gettext("Who says it, as the document prints it; nothing: nobody is named.")], "› ", ""
                    )
                    or "",
                )
            elif key == "n":
                change = replace(
                    change, figure=self._typed([gettext("The words of the statement that say the number.")], "› ", "")
                )
            elif key == ENTER and not change.is_empty:
                try:
                    self.sitting.correct(change, gettext("corrected against the document"))
                except NotInTheText as e:
                    self._said = e.say_what()
                    continue
                self._said = gettext("Corrected.")
                return

    def _show(self, s: Statement) -> str:
        shown = self.sitting.show(s)

        def body(look: Look) -> list[str]:
            return [*_lines(shown, look), "", *_facts(s, look), *_beside(shown, look)]

        return self._paged(
            body, gettext("a accept · x reject · c correct · space later · z undo · b back · ? · q leave")
        )

    def _waiting(self) -> str:
        sitting = self.sitting
        told = gettext("{by} · {left} proposals wait · {done} answered").format(
            by=sitting.by, left=sitting.n_left, done=len(sitting.decided)
        )
        return told + (" · " + gettext("blind") if sitting.is_blind else "")


def _beside(shown: Shown, look: Look) -> list[str]:
    """What other proposers made of the same words."""
    found: list[str] = []
    for other in shown.beside[:4]:
        who = other.proposed_by.name if other.proposed_by else ""
        told = gettext("beside it, {name}: {facts}").format(name=who, facts=" · ".join(_told(other)))
        found += wrapped(safe(told), look.width, indent=3)
    return found


def _lines(shown: Shown, look: Look) -> list[str]:
    """The words between what stands around them, and where: the part that is cited is marked."""
    text, start, end = shown.text, shown.start, shown.end
    locator = shown.statement.citations[0].locator
    where = f"{shown.title} [{start}–{end})" + (
        f" · {gettext('page {n}').format(n=locator.page)}" if locator.page else ""
    )
    before = safe(text[max(0, start - _AROUND) : start])
    after = safe(text[end : end + _AROUND])
    found = [look.faint(line) for line in wrapped(before.strip(), look.width)][-6:]
    found += [look.marked(line) for line in wrapped(safe(text[start:end]), look.width - 2)]
    found += [look.faint(line) for line in wrapped(after.strip(), look.width)][:4]
    return [look.bold(line) for line in wrapped(safe(where), look.width)] + ["", *found]


def _facts(s: Statement, look: Look) -> list[str]:
    found = [line for told in _told(s) for line in wrapped(safe(told), look.width, indent=3)]
    if s.proposed_by is not None:
        made = f"{s.proposed_by.name} {s.proposed_by.version} {s.proposed_by.parameters}".strip()
        found += [
            look.faint(line)
            for line in wrapped(safe(gettext("proposed by {made}").format(made=made)), look.width, indent=3)
        ]
    if s.note:
        found += wrapped(safe(gettext("look at: {flags}").format(flags=s.note)), look.width, indent=3)
    return found


def _told(s: Statement) -> list[str]:
    names = [speaker.name or speaker.role or gettext("not attributed") for speaker in s.speakers]
    found = [
        gettext("says: {who} ({mode})").format(who=" ← ".join(names) or gettext("not attributed"), mode=s.mode.value),
        s.kind.value,
    ]
    if isinstance(s.content, FigureClaim):
        found.append(
            gettext("number: {words}").format(words=s.content.quantity.words) + f" · {s.content.harm.code or ''}"
        )
    if isinstance(s.content, VictimRecord):
        who = ", ".join(n.printed for n in s.content.names) or s.content.count.words
        found.append(gettext("victim: {who}").format(who=who) + f" · {s.content.harm.code or gettext('harm not said')}")
    return found


def _moved(shown: Shown, change: Correction, key: str) -> Correction:
    """The beginning ([ back, ] on) or the end ({ back, } on) moved to the next border of a word."""
    starts = [m.start() for m in _WORD.finditer(shown.text)]
    ends = [m.end() for m in _WORD.finditer(shown.text)]
    if key == "[":
        return replace(change, start=max((x for x in starts if x < shown.start), default=shown.start))
    if key == "]":
        return replace(change, start=min((x for x in starts if shown.start < x < shown.end), default=shown.start))
    if key == "{":
        return replace(change, end=max((x for x in ends if shown.start < x < shown.end), default=shown.end))
    return replace(change, end=min((x for x in ends if x > shown.end), default=shown.end))


def _or(value: int | None, other: int) -> int:
    return other if value is None else value


def n_recorded(n: int) -> str:
    return ngettext("{n} answer recorded.", "{n} answers recorded.", n).format(n=n)
