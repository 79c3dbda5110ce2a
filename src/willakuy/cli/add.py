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
@click.option("--protected", is_flag=True, help=N_("Seal the files: custodians can open them, this machine cannot."))
@click.option("--about", metavar="ID", help=N_("With --protected: whose they are; a new pseudonym by default."))
@case_option
@json_option
def command(files: tuple[Path, ...], protected: bool, about: str | None, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.intake import files_in, keep_files

    screen = Screen(as_json)
    if protected:
        _seal(screen, folder, files, about)
        return
    done: list[dict[str, object]] = []
    with Case.open(folder) as case:
        wanted = list(files_in(files))
        total = sum(path.stat().st_size for path in wanted if path.is_file())
        with screen.progress(gettext("Keeping"), total) as advance:
            for batch in keep_files(case, wanted, progress=advance):
                done += [_told(arrived) for arrived in batch]
                _say(screen, batch, is_long=len(wanted) > _LISTED)
    screen.result({"added": done})


def _seal(screen: Screen, folder: Path, files: tuple[Path, ...], about: str | None) -> None:
    """Each file sealed whole; what it is called is sealed with it, and not printed: it may be somebody's name."""
    from willakuy.casefile import Case
    from willakuy.casefile.intake import files_in
    from willakuy.casefile.sealing import new_pseudonym, seal_path

    done = []
    with Case.open(folder) as case:
        about = about or new_pseudonym(case)
        for path in files_in(files):
            with screen.progress(gettext("Sealing"), path.stat().st_size if path.is_file() else None) as advance:
                item = seal_path(case, path, about=about, progress=advance)
            screen.say(
                gettext("Sealed as {id}, about {about}, to: {labels}").format(
                    id=item.seal_id, about=about, labels=", ".join(item.labels)
                )
            )
            done.append({"seal_id": item.seal_id, "about": about})
    screen.say(gettext("The files still lie in clear where they were."))
    screen.result({"sealed": done})


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
