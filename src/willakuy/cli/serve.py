"""willakuy serve"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import by_option, case_option
from willakuy.i18n import N_, gettext, language


@click.command(
    "serve",
    help=N_("""Open the desk: review proposed statements and pairs in a browser on this machine.

    Nothing leaves the machine and no request is logged. The printed link lets one person in, once.
    """),
)
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help=N_("Port on this machine.")
)
@by_option
@case_option
def command(port: int, by: str | None, folder: Path) -> None:
    from willakuy.casefile import read_settings
    from willakuy.desk import serve

    coder = by or read_settings(folder).coder

    def announce(link: str) -> None:
        click.echo(gettext("The desk is open. Come in with this link, once:"))
        click.echo("    " + link)
        click.echo(gettext("Ctrl-C closes it; every decision is recorded as it is made."))

    serve(folder, port=port, coder=coder, language=language(), announce=announce)
