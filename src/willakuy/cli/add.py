"""willakuy add"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.i18n import N_, gettext


@click.command(
    "add",
    help=N_("""Keep each FILE as evidence: its bytes as they are, under their SHA-256, with an entry of its arrival.

    To have a list or a document read as well, use “import” or “read”, which keep the file too.
    """),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@case_option
@json_option
def command(files: tuple[Path, ...], folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.intake import keep_file

    screen = Screen(as_json)
    done = []
    with Case.open(folder) as case:
        total = sum(path.stat().st_size for path in files if path.is_file())
        with screen.progress(gettext("Keeping"), total) as advance:
            for path in files:
                arrived = keep_file(case, path, progress=advance)
                done.append(
                    {
                        "file": str(path),
                        "sha256": arrived.kept.sha256,
                        "size": arrived.kept.size,
                        "is_new": arrived.kept.is_new,
                    }
                )
                screen.rows(
                    [(arrived.kept.sha256, path.name, "" if arrived.kept.is_new else gettext("(kept before)"))],
                    widest=70,
                )
    screen.result({"added": done})
