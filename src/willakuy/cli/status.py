"""willakuy status"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.i18n import N_, gettext


@click.command("status", help=N_("Say what a case holds and what waits for a decision."))
@case_option
@json_option
def command(folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.overview import kinds_in_words, overview

    screen = Screen(as_json)
    with Case.open(folder) as case:
        held = overview(case)
    screen.say(click.style(held.name, bold=True))
    screen.rows(
        [
            (
                gettext("sources"),
                f"{held.sources:,}",
                gettext("{n} after joining those that pass one another on").format(n=held.families),
            ),
            (gettext("documents"), f"{held.documents:,}"),
            (gettext("statements"), f"{held.statements:,}", kinds_in_words(held)),
            (gettext("persons"), f"{held.persons:,}", gettext("from {n} victim records").format(n=held.records)),
            (gettext("judgements"), f"{held.judgements:,}"),
            (
                gettext("waiting"),
                f"{held.waiting:,}",
                gettext("proposed statements, and {n} proposed pairs").format(n=held.open_pairs),
            ),
            (gettext("ledger"), f"{held.entries:,}", gettext("entries")),
        ]
    )
    screen.result(held.as_json())
