"""willakuy judge"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.i18n import N_, gettext

if TYPE_CHECKING:
    from willakuy.statements.judgements import Decision


@click.group(
    "judge",
    help=N_("""Record a decision with its reason. A decision never edits what it judges, and every one can be undone.

    \b
    willakuy judge same stm_L01.r1 stm_L02.r1 --reason "same name, age, place and day"
    willakuy judge accept stm_7f3a21c0aa41 --reason "words checked against the page"
    willakuy judge undo jdg_7f3a21c0aa41 --reason "two brothers"
    """),
)
def command() -> None:
    pass


def _record(
    folder: Path, decisions: Sequence[Decision], reason: str, by: str | None, confidence: str, as_json: bool
) -> None:
    """One after the other; each is checked against what the one before left."""
    from willakuy.casefile import Case
    from willakuy.casefile.deciding import decide

    screen = Screen(as_json)
    made: list[str] = []
    followed: list[str] = []
    with Case.open(folder) as case:
        for decision in decisions:
            outcome = decide(case, decision, reason=reason, by=by, confidence=confidence)
            made.append(str(outcome.judgement.judgement_id))
            followed += outcome.consequences
            screen.say(gettext("Recorded as {id}.").format(id=made[-1]))
            for line in outcome.consequences:
                screen.say("  " + line)
    told = " ".join(reversed(made))
    screen.say(gettext("To undo it:\n    willakuy judge undo {id} --reason …").format(id=told))
    screen.result({"judgement_id": made[0], "judgement_ids": made, "consequences": followed})


def _decision_command(name: str, help_text: str, argument: str, nargs: int) -> None:
    """One sub-command for each verdict; they differ only in the decision they build."""

    @command.command(name, help=help_text)
    @click.argument("ids", metavar=argument, nargs=nargs, required=True)
    @click.option("--reason", required=True, help=N_("Why; published with the decision."))
    @click.option(
        "--confidence",
        type=click.Choice(["certain", "high", "medium", "low"]),
        default="high",
        show_default=True,
        help=N_("How sure you are."),
    )
    @by_option
    @case_option
    @json_option
    def _command(
        ids: tuple[str, ...], reason: str, confidence: str, by: str | None, folder: Path, as_json: bool
    ) -> None:
        from willakuy.casefile.deciding import decision_named

        chosen = ids if isinstance(ids, tuple) else (ids,)
        each = [(one,) for one in chosen] if name == "undo" else [chosen]
        _record(folder, [decision_named(name, some) for some in each], reason, by, confidence, as_json)


_decision_command("same", N_("These records are of one person."), "RECORD RECORD...", -1)
_decision_command("different", N_("These records are of different persons, each pair of them."), "RECORD RECORD...", -1)
_decision_command("undecided", N_("It cannot be told; both counts stay open."), "RECORD RECORD...", -1)
_decision_command(
    "exception",
    N_("""This pair may be one person although a rule says it cannot: the list or a date is wrong.

    RULE is one_list, dead_before_wounded or died_in_two_years."""),
    "RULE RECORD RECORD",
    3,
)
_decision_command("individual", N_("This unnamed record is of one definite person."), "RECORD", 1)


@command.command(
    "split", help=N_("These records leave their person; the rest stays one. Undo all of it to bring it back.")
)
@click.argument("ids", metavar="RECORD...", nargs=-1, required=True)
@click.option("--reason", required=True, help=N_("Why; published with the decision."))
@by_option
@case_option
@json_option
def _split(ids: tuple[str, ...], reason: str, by: str | None, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.splitting import split
    from willakuy.statements.ids import StatementId

    screen = Screen(as_json)
    with Case.open(folder) as case:
        made = [j.judgement_id for j in split(case, [StatementId(i) for i in ids], reason=reason, by=by)]
    screen.say(gettext("Recorded as {id}.").format(id=", ".join(made)))
    told = " ".join(reversed(made))
    screen.say(gettext("To undo it:\n    willakuy judge undo {id} --reason …").format(id=told))
    screen.result({"judgement_ids": made})


_decision_command("accept", N_("A proposed statement is right as it stands."), "STATEMENT", 1)
_decision_command("reject", N_("A proposed statement is wrong."), "STATEMENT", 1)
_decision_command("derives", N_("The first source passes on what the second said."), "SOURCE FROM", 2)
_decision_command("independent", N_("The first source does not pass on what the second said."), "SOURCE FROM", 2)
_decision_command("undo", N_("Undo judgements: everything is as if they had never been made."), "JUDGEMENT...", -1)
