"""willakuy rebuild"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.i18n import N_, gettext, ngettext


@click.command("rebuild", help=N_("Throw the projections away and make them again from the ledger."))
@case_option
@json_option
def command(folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case

    screen = Screen(as_json)
    with Case.open(folder) as case:
        n = case.rebuild()
    screen.say(
        ngettext("Rebuilt from {n} ledger entry.", "Rebuilt from {n} ledger entries.", n).format(n=f"{n:,}")
        + " "
        + gettext("The ledger was only read.")
    )
    screen.result({"entries": n})
