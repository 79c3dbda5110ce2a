"""willakuy add"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.i18n import N_, gettext, ngettext

if TYPE_CHECKING:
    from willakuy.casefile.intake import Arrived

_LISTED = 20


@click.command(
    "add",
    help=N_("""Keep each FILE as evidence: its bytes as they are, under their SHA-256, with an entry of its arrival.

    Of a folder, every file below it is kept. Many files are acknowledged in batches: what is listed as kept is safe.
    To have a list or a document read as well, use “import” or “read”, which keep the file too.
    """),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@case_option
@json_option
def command(files: tuple[Path, ...], folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.intake import files_in, keep_files

    screen = Screen(as_json)
    done: list[dict[str, object]] = []
    with Case.open(folder) as case:
        wanted = list(files_in(files))
        total = sum(path.stat().st_size for path in wanted if path.is_file())
        with screen.progress(gettext("Keeping"), total) as advance:
            for batch in keep_files(case, wanted, progress=advance):
                done += [_told(arrived) for arrived in batch]
                _say(screen, batch, is_long=len(wanted) > _LISTED)
    screen.result({"added": done})


def _told(arrived: Arrived) -> dict[str, object]:
    kept = arrived.kept
    return {"file": arrived.path, "sha256": kept.sha256, "size": kept.size, "is_new": kept.is_new}


def _say(screen: Screen, batch: list[Arrived], *, is_long: bool) -> None:
    """Each file of a few, a sentence about each batch of many."""
    if is_long:
        n_known = sum(not arrived.kept.is_new for arrived in batch)
        said = ngettext("{n} file is kept", "{n} files are kept", len(batch)).format(n=f"{len(batch):,}")
        known = gettext("of them kept before: {n}").format(n=f"{n_known:,}")
        screen.rows([(said, known)] if n_known else [(said,)])
        return
    rows = [(a.kept.sha256, a.name, "" if a.kept.is_new else gettext("(kept before)")) for a in batch]
    screen.rows(rows, widest=70)
