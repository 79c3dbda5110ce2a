"""willakuy review"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext, ngettext

if TYPE_CHECKING:
    from willakuy.casefile import Case
    from willakuy.casefile.reviewing import Sitting

_LISTED = 50


class NoTerminal(UsageError):
    code = "W145"
    what = N_("Review needs a terminal: it shows two records side by side and waits for a key.")
    next = N_(
        "Nothing was recorded. For a program:\n    willakuy review --list --json\n    willakuy judge same RECORD RECORD --reason …"
    )


@click.command(
    "review",
    help=N_("""Decide which records are one person: two side by side, one key, a reason.

    Pairs whose answer moves the figures most come first. What an answer would do is told before it is recorded; every answer is recorded at once and can be taken back.

    \b
    willakuy review
    willakuy review --blind --by coder-b      answer again what others answered, unseen
    willakuy review --agreement               how far coders agree
    willakuy review --list --json             the queue, for a program
    willakuy review --out linked              plain lists that “willakuy link” linked
    """),
)
@by_option
@click.option(
    "--blind",
    is_flag=True,
    help=N_("Second coder: the machine's opinion and others' answers stay hidden; nothing is joined."),
)
@click.option("--differing", is_flag=True, help=N_("Only pairs that coders answered differently."))
@click.option(
    "--agreement", "wants_agreement", is_flag=True, help=N_("Say how far coders agree on pairs answered twice.")
)
@click.option("--list", "wants_list", is_flag=True, help=N_("Print the queue and decide nothing."))
@click.option(
    "--limit", type=click.IntRange(min=1), default=_LISTED, show_default=True, help=N_("How many pairs to list.")
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=N_("Folder that “willakuy link” wrote for plain lists; answers go to judgements.csv in it."),
)
@case_option
@json_option
def command(
    by: str | None,
    blind: bool,
    differing: bool,
    wants_agreement: bool,
    wants_list: bool,
    limit: int,
    out: Path | None,
    folder: Path,
    as_json: bool,
) -> None:
    from willakuy.casefile import Case

    screen = Screen(as_json)
    if out is not None:
        _review_files(out, by or "coder", screen)
        return
    with Case.open(folder) as case:
        if wants_agreement:
            _say_agreement(case, screen)
        elif wants_list or as_json:
            _say_queue(case, limit, screen)
        else:
            _sit(_sitting(case, by or case.settings.coder, blind=blind, differing=differing), screen)


def _review_files(out: Path, by: str, screen: Screen) -> None:
    from willakuy.casefile.reviewing_files import FileSitting

    with screen.progress(gettext("Linking")):
        sitting = FileSitting(out, by)
    _sit(sitting, screen)
    screen.say(
        gettext("To link with them:\n    willakuy link LISTS --out {out} --judgements {file}").format(
            out=out, file=sitting.path
        )
    )


def _sitting(case: Case, by: str, *, blind: bool, differing: bool) -> Sitting:
    from willakuy.casefile.reviewing import BlindSitting, CaseSitting, DifferingSitting, differing_pairs

    if blind:
        return BlindSitting(case, by)
    if differing:
        return DifferingSitting(case, by, differing_pairs(case))
    return CaseSitting(case, by)


def _sit(sitting: Sitting, screen: Screen) -> None:
    from willakuy.cli.keys import is_interactive, pressed_keys
    from willakuy.cli.review_sitting import Conversation
    from willakuy.cli.sitting import write_screen

    if sitting.at is None:
        screen.say(gettext("No pair waits for an answer."))
        return
    if not is_interactive():
        raise NoTerminal
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        write_screen("\x1b[?1049h")
        with pressed_keys() as keys:
            Conversation(sitting, keys, write_screen).run()
    finally:
        write_screen("\x1b[?1049l")
        n = len(sitting.decided)
        screen.say(ngettext("{n} answer recorded.", "{n} answers recorded.", n).format(n=n))
    screen.say(ngettext("{n} pair waits.", "{n} pairs wait.", sitting.n_left).format(n=sitting.n_left))


def _say_queue(case: Case, limit: int, screen: Screen) -> None:
    from willakuy.casefile.pairview import look
    from willakuy.casefile.upholding import contradictions
    from willakuy.casefile.waiting import queue

    corpus = case.corpus()
    waiting = queue(corpus)
    against = contradictions(corpus)
    n = len(waiting)
    screen.say(ngettext("{n} pair of persons may be one.", "{n} pairs of persons may be one.", n).format(n=n))
    screen.rows([(f"{w.change:.2f}", f"{w.p_same:.1%}", w.left, w.right, w.proposal.why) for w in waiting[:limit]])
    for broken in against:
        screen.say(gettext("Contradiction: {what}").format(what=broken.say()))
    if screen.as_json:
        screen.result(
            {
                "waiting": n,
                "pairs": [
                    {
                        "change": w.change,
                        "scopes": list(w.scopes),
                        "other_pairs": w.others,
                        **look(corpus, w.left, w.right).as_json(),
                    }
                    for w in waiting[:limit]
                ],
                "contradictions": [{"a": b.a, "b": b.b, "judgements": list(b.because)} for b in against],
            }
        )


def _say_agreement(case: Case, screen: Screen) -> None:
    from willakuy.casefile.agreement import agreement

    found = agreement(case.corpus().judgements)
    if found.n_pairs == 0:
        screen.say(
            gettext(
                "No pair was answered by two coders. A second coder answers with:\n    willakuy review --blind --by NAME"
            )
        )
    else:
        screen.say(
            ngettext(
                "{n} pair answered by two coders or more.", "{n} pairs answered by two coders or more.", found.n_pairs
            ).format(n=found.n_pairs)
        )
        screen.say(gettext("Krippendorff's alpha (nominal): {alpha}").format(alpha=_number(found.alpha)))
        screen.rows(
            [
                (
                    c.a,
                    c.b,
                    gettext("{agreed} of {n} alike").format(agreed=c.n_agreed, n=c.n_pairs),
                    f"κ {_number(c.kappa)}",
                )
                for c in found.coders
            ]
        )
        for pair, answers in found.differing:
            told = ", ".join(f"{coder}: {verdict}" for coder, verdict in answers)
            screen.say(f"  {pair[0]} {pair[1]}  {told}")
        if found.differing:
            screen.say(gettext("To settle them:\n    willakuy review --differing"))
    screen.result(found.as_json())


def _number(value: float | None) -> str:
    return gettext("undefined: everybody gave one answer") if value is None else f"{value:.3f}"
