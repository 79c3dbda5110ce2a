"""willakuy vault open, drill, reseal"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.i18n import N_, gettext, ngettext

if TYPE_CHECKING:
    from willakuy.vault import Identity

key_option = click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("A custodian's key file, from a medium that is not the case's."),
)


def identity_of(folder: Path, key: Path) -> Identity:
    from willakuy.casefile.unsealing import refuse_inside
    from willakuy.vault import read_identity

    refuse_inside(folder, key)
    return read_identity(key, lambda: click.prompt(gettext("Passphrase (nothing is shown)"), hide_input=True))


@click.command(
    "open",
    help=N_("""Show what is sealed as ID. Needs a custodian's key; the ledger says that it was opened, when and why, before anything is shown.

    A sealed file goes to --out, a new file that only you may read. Nothing is written anywhere else.
    """),
)
@click.argument("seal_id", metavar="ID")
@key_option
@click.option("--reason", required=True, help=N_("Why it is opened; kept in the ledger, not published."))
@click.option("--out", type=click.Path(path_type=Path), help=N_("New file for a sealed file."))
@by_option
@case_option
@json_option
def open_(seal_id: str, key: Path, reason: str, out: Path | None, by: str | None, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.unsealing import open_sealed, refuse_inside

    screen = Screen(as_json)
    identity = identity_of(folder, key)
    if out:
        refuse_inside(folder, out)
    with Case.open(folder) as case, _new_file(out) as stream:
        opened = open_sealed(case, seal_id, identity, reason=reason, out=stream, by=by)
    screen.rows([(name, value) for name, value in opened.values.items()], widest=200)
    if opened.item.blob_sha256:
        screen.say(
            gettext("The file is in {out}, in clear.").format(out=out)
            if out
            else gettext("It is a file; to have it, repeat with --out FILE.")
        )
    screen.say(
        gettext("This opening is recorded. Close this window when you have read it: its text can be scrolled back to.")
    )
    screen.result({"seal_id": seal_id, "about": opened.item.about, "values": dict(opened.values)})


@contextmanager
def _new_file(path: Path | None) -> Iterator[BinaryIO | None]:
    """A new file that only this user may read; removed again when opening fails."""
    from willakuy.vault import KeyFileTaken

    if path is None:
        yield None
        return
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as e:
        raise KeyFileTaken(file=path) from e
    try:
        with os.fdopen(fd, "wb") as out:
            yield out
    except BaseException:
        path.unlink()
        raise


@click.command(
    "drill",
    help=N_("""Rehearse: open everything with one key, compare it with the ledger, keep and show nothing of it.

    Each custodian should do this every few months. On a copy of the case use --copy, which writes nothing; tell whoever keeps the case
    what it said.
    """),
)
@key_option
@click.option("--copy", "is_copy", is_flag=True, help=N_("This is a copy of the case: record nothing in it."))
@by_option
@case_option
@json_option
def drill(key: Path, is_copy: bool, by: str | None, folder: Path, as_json: bool) -> int:
    from willakuy.casefile import Case
    from willakuy.casefile.unsealing import drill as rehearse

    screen = Screen(as_json)
    identity = identity_of(folder, key)
    with Case.open(folder) as case, screen.progress(gettext("Rehearsing")) as advance:
        done = rehearse(case, identity, is_recorded=not is_copy, by=by, progress=advance)
    n = done.n_opened
    screen.say(
        ngettext(
            "{label}: opened {n} thing as the ledger has it.", "{label}: opened {n} things as the ledger has them.", n
        ).format(label=done.label, n=n)
    )
    for seal_id in done.not_theirs:
        screen.say("✗ " + gettext("{id}: not sealed to this key. To add it: willakuy vault reseal").format(id=seal_id))
    for seal_id in done.damaged:
        screen.say(
            "✗ " + gettext("{id}: missing or damaged. Put the vault folder back from another copy.").format(id=seal_id)
        )
    screen.result(
        {
            "label": done.label,
            "opened": n,
            "not_theirs": list(done.not_theirs),
            "damaged": list(done.damaged),
            "is_whole": done.is_whole,
        }
    )
    return 0 if done.is_whole else 1


@click.command(
    "reseal",
    help=N_("""Seal everything anew to the custodians in force, after one came, left or lost a key. Needs a key that opens it.

    A custodian who left, and kept a key and a copy of the old files, can still open those: nothing can call them back.
    """),
)
@key_option
@by_option
@case_option
@json_option
def reseal(key: Path, by: str | None, folder: Path, as_json: bool) -> int:
    from willakuy.casefile import Case
    from willakuy.casefile.unsealing import reseal as seal_anew

    screen = Screen(as_json)
    identity = identity_of(folder, key)
    with Case.open(folder) as case, screen.progress(gettext("Sealing anew")) as advance:
        done, not_opened = seal_anew(case, identity, by=by, progress=advance)
    screen.say(ngettext("{n} thing sealed anew.", "{n} things sealed anew.", len(done)).format(n=len(done)))
    for seal_id in not_opened:
        screen.say("✗ " + gettext("{id}: this key does not open it, so it stays as it is.").format(id=seal_id))
    screen.result({"resealed": done, "not_opened": not_opened})
    return 1 if not_opened else 0
