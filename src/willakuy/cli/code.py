"""willakuy code"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext, ngettext

if TYPE_CHECKING:
    from willakuy.casefile.proposal_figures import CodingFigures, FieldAgreement, Rates
    from willakuy.casefile.proposals import ProposalSitting

_LISTED = 50


class NoTerminalToCode(UsageError):
    code = "W147"
    what = N_("Coding needs a terminal: it shows each proposal in its place and waits for a key.")
    next = N_(
        "Nothing was recorded. For a program:\n    willakuy code --list --json\n    willakuy judge accept STATEMENT --reason …"
    )


@click.command(
    "code",
    help=N_("""Accept, correct or reject proposed statements: each in its place in the document, one key.

    Every answer is recorded at once and can be taken back. A correction uses the document's own words; the proposal stays on record.

    \b
    willakuy code
    willakuy code --blind --by coder-b        answer again what others answered, unseen
    willakuy code --report                    how often each proposer was right, edited, or missed something; how far coders agree
    willakuy code --list --json               what waits, for a program
    """),
)
@by_option
@click.option("--document", help=N_("Only proposals from this document, by its id."))
@click.option("--blind", is_flag=True, help=N_("Second coder: others' answers stay hidden; nothing is accepted."))
@click.option("--report", is_flag=True, help=N_("Say how each proposer did and how far coders agree."))
@click.option("--list", "wants_list", is_flag=True, help=N_("Print what waits and decide nothing."))
@click.option("--limit", type=click.IntRange(min=1), default=_LISTED, show_default=True, help=N_("How many to list."))
@case_option
@json_option
def command(
    by: str | None,
    document: str | None,
    blind: bool,
    report: bool,
    wants_list: bool,
    limit: int,
    folder: Path,
    as_json: bool,
) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.proposal_figures import coding_figures
    from willakuy.casefile.proposals import ProposalSitting

    screen = Screen(as_json)
    with Case.open(folder) as case:
        if report:
            _say_report(coding_figures(case.corpus()), screen)
            return
        sitting = ProposalSitting(case, by or case.settings.coder, document=document, is_blind=blind)
        if wants_list or as_json:
            _say_queue(sitting, limit, screen)
        else:
            _sit(sitting, screen)


def _sit(sitting: ProposalSitting, screen: Screen) -> None:
    from willakuy.cli.code_sitting import CodeConversation, n_recorded
    from willakuy.cli.keys import is_interactive, pressed_keys
    from willakuy.cli.sitting import write_screen

    if sitting.at is None:
        screen.say(gettext("No proposal waits."))
        return
    if not is_interactive():
        raise NoTerminalToCode
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        write_screen("\x1b[?1049h")
        with pressed_keys() as keys:
            CodeConversation(sitting, keys, write_screen).run()
    finally:
        write_screen("\x1b[?1049l")
        screen.say(n_recorded(len(sitting.decided)))
    screen.say(ngettext("{n} proposal waits.", "{n} proposals wait.", sitting.n_left).format(n=sitting.n_left))


def _say_queue(sitting: ProposalSitting, limit: int, screen: Screen) -> None:
    n = len(sitting.queue)
    screen.say(ngettext("{n} proposal waits.", "{n} proposals wait.", n).format(n=n))
    rows = []
    for s in sitting.queue[:limit]:
        locator = s.citations[0].locator
        rows.append(
            {
                "statement_id": s.statement_id,
                "document_id": s.document_id,
                "start": locator.start,
                "end": locator.end,
                "kind": s.kind.value,
                "words": s.words,
                "speakers": [speaker.name for speaker in s.speakers],
                "proposer": s.proposed_by.name if s.proposed_by else None,
                "parameters": s.proposed_by.parameters if s.proposed_by else None,
                "flags": (s.note or "").split(),
            }
        )
    screen.rows([(r["statement_id"], r["kind"], f"{r['start']}–{r['end']}", str(r["words"])[:60]) for r in rows])
    screen.result({"waiting": n, "proposals": rows})


def _say_report(figures: CodingFigures, screen: Screen) -> None:
    heads = (
        gettext("proposer"),
        gettext("proposed"),
        gettext("accepted"),
        gettext("corrected"),
        gettext("rejected"),
        gettext("missed"),
    )
    screen.rows([heads, *(_row(r) for r in figures.proposers)])
    screen.say()
    if figures.fields:
        screen.say(gettext("Between proposer and coder, over what was accepted or corrected:"))
        screen.rows([_field_row(x) for x in figures.fields])
        screen.say()
    if figures.n_double:
        screen.say(
            ngettext(
                "{n} proposal answered by two coders or more.",
                "{n} proposals answered by two coders or more.",
                figures.n_double,
            ).format(n=figures.n_double)
        )
        alpha = gettext("undefined: everybody gave one answer") if figures.alpha is None else f"{figures.alpha:.3f}"
        screen.say(gettext("Krippendorff's alpha (nominal): {alpha}").format(alpha=alpha))
    else:
        screen.say(
            gettext(
                "No proposal was answered by two coders. A second coder answers with:\n    willakuy code --blind --by NAME"
            )
        )
    screen.result(figures.as_json())


def _field_row(x: FieldAgreement) -> tuple[str, ...]:
    names = {"words": gettext("words"), "speaker": gettext("speaker"), "number": gettext("number")}
    kept = gettext("{same} of {n} as proposed").format(same=x.same, n=x.n)
    alpha = gettext("undefined: everybody gave one answer") if x.alpha is None else f"{x.alpha:.3f}"
    return (names[x.field], kept, gettext("Krippendorff's alpha (nominal): {alpha}").format(alpha=alpha))


def _row(r: Rates) -> tuple[str, ...]:
    def share(n: int) -> str:
        part = r.share(n)
        return str(n) if part is None else f"{n} ({part:.0%})"

    missed = f"{r.missed} ({r.missed / r.standing:.0%})" if r.standing else "0"
    return (f"{r.name} {r.version}", str(r.proposed), share(r.accepted), share(r.corrected), share(r.rejected), missed)
