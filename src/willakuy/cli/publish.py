"""willakuy publish"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.i18n import N_, gettext, ngettext


@click.command(
    "publish",
    help=N_("""Build a public record: a site in Spanish and English, open data, and the means to verify both.

    Only what the release policy lets through is in it. The same case gives the same bytes.
    """),
)
@click.option(
    "--out", type=click.Path(path_type=Path), help=N_("Folder for the release; releases/N of the case by default.")
)
@case_option
@json_option
def command(out: Path | None, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.publication import publish

    screen = Screen(as_json)
    with Case.open(folder) as case, screen.progress(gettext("Building pages")) as advance:
        release = publish(case, out, progress=advance)
    screen.say(
        ngettext(
            "Release {number}: {n} page in {path}", "Release {number}: {n} pages in {path}", release.n_pages
        ).format(number=release.number, n=f"{release.n_pages:,}", path=release.path)
    )
    for reason, n in release.withheld:
        screen.say("  " + gettext("withheld: {n} × {reason}").format(n=n, reason=reason))
    cells = release.small_cells
    if cells.is_small:
        screen.say(
            "! "
            + gettext(
                "{n} people who are not shown share what is published of them with fewer than {k}; unnamed groups of living people below {k}: {m}. "
                "Somebody who knows a little of one may learn the rest: docs/method/publication.md."
            ).format(n=cells.n_people, k=cells.k, m=cells.n_groups)
        )
    screen.say(
        gettext("Open {page} in a browser. Anyone can check it:\n    willakuy verify {path}").format(
            page=release.path / "index.html", path=release.path
        )
    )
    screen.result(
        {
            "number": release.number,
            "path": str(release.path),
            "pages": release.n_pages,
            "manifest_sha256": release.manifest_sha256,
            "frozen_at": release.frozen_at,
            "small_cells": {
                "k": cells.k,
                "people": cells.n_people,
                "groups": cells.n_groups,
                "smallest": cells.smallest,
            },
            "withheld": [{"reason": reason, "n": n} for reason, n in release.withheld],
        }
    )
