"""willakuy clean-image"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, json_option
from willakuy.i18n import N_, gettext


@click.command(
    "clean-image",
    help=N_("""Draw a picture anew from its pixels alone: no place, no device, no hidden smaller copy. The original is untouched.

    What can be seen in it stays: look for faces, number plates, houses. Needs no case.
    """),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help=N_("New file to write."))
@json_option
def command(file: Path, out: Path, as_json: bool) -> None:
    from willakuy.publication.images import clean_file

    picture = clean_file(file, out)
    screen = Screen(as_json)
    screen.say(
        gettext("{file}: {width} × {height} pixels ({media_type}), and nothing else.").format(
            file=out, width=picture.width, height=picture.height, media_type=picture.media_type
        )
    )
    screen.result(
        {"file": str(out), "media_type": picture.media_type, "width": picture.width, "height": picture.height}
    )
