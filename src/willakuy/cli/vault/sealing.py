"""willakuy vault seal, list"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.protecting import asked_for
from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.i18n import N_, gettext, ngettext


@click.command(
    "seal",
    help=N_("""Seal an identity, a telephone, an address, a note or a whole file: custodians can open it, this machine cannot.

    What is sealed is never an argument, so that it stays out of the shell's history. It is asked for without being shown, or read
    from the standard input or a FILE, as lines “name: …”, “phone: …”, “note: …”; the words before the colon stay in clear.

    \b
    willakuy vault seal --about src_7f3a
    willakuy vault seal --about src_7f3a --recording testimonio.mp3
    """),
)
@click.option("--about", metavar="ID", help=N_("The pseudonym it belongs to; a new one by default."))
@click.option("--field", "names", multiple=True, help=N_("What to ask for: name by default; may be repeated."))
@click.option(
    "--from", "source", type=click.Path(path_type=Path, dir_okay=False), help=N_("Read the lines from this file.")
)
@click.option(
    "--recording", type=click.Path(path_type=Path, dir_okay=False), help=N_("A whole file to seal, of any size.")
)
@by_option
@case_option
@json_option
def seal(
    about: str | None,
    names: tuple[str, ...],
    source: Path | None,
    recording: Path | None,
    by: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.custodians import recipients
    from willakuy.casefile.sealing import new_pseudonym, seal_path, seal_values

    screen = Screen(as_json)
    with Case.open(folder) as case:
        labels = [r.label for r in recipients(case)]
        about = about or new_pseudonym(case)
        if recording:
            with screen.progress(gettext("Sealing")) as advance:
                item = seal_path(case, recording, about=about, by=by, progress=advance)
        else:
            item = seal_values(case, asked_for(names, source), about=about, by=by)
    screen.say(
        gettext("Sealed as {id}, about {about}, to: {labels}").format(
            id=item.seal_id, about=about, labels=", ".join(labels)
        )
    )
    if source or recording:
        screen.say(gettext("The files still lie in clear where they were."))
        screen.say(gettext("Deleting them does not always remove them from a disk: docs/security.md."))
    screen.result({"seal_id": item.seal_id, "about": about, "fields": list(item.paths), "sealed_to": labels})


@click.command("list", help=N_("Show what is sealed: pseudonyms, names of fields, and to whom; never a value."))
@case_option
@json_option
def list_(folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.sealing import sealed_items

    screen = Screen(as_json)
    with Case.open(folder) as case:
        items = sealed_items(case)
    screen.rows(
        [
            (
                i.seal_id,
                i.about,
                ", ".join(p.removeprefix("sealed.") for p in i.paths),
                gettext("erased") if i.is_gone else gettext("sealed to {labels}").format(labels=", ".join(i.labels)),
            )
            for i in items
        ]
    )
    screen.say(ngettext("{n} thing is sealed.", "{n} things are sealed.", len(items)).format(n=len(items)))
    screen.result(
        {
            "sealed": [
                {
                    "seal_id": i.seal_id,
                    "about": i.about,
                    "what": i.what,
                    "fields": list(i.paths),
                    "sealed_to": list(i.labels),
                    "erased": list(i.erased),
                }
                for i in items
            ]
        }
    )
