"""willakuy verify"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, json_option
from willakuy.i18n import N_, gettext


@click.command(
    "verify",
    help=N_("""Check a release, or a working case: every hash, every entry, every count recomputed from its rows.

    Needs no network. A release can also be checked without Willakuy: python3 -I verify.py inside it.
    """),
)
@click.argument("folder", metavar="RELEASE|CASE", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--policy",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=N_("Whose signatures a release needs: a policy file you got elsewhere, in place of the one inside it."),
)
@json_option
def command(folder: Path, policy: Path | None, as_json: bool) -> int:
    screen = Screen(as_json)
    from willakuy.casefile.checking import is_case
    from willakuy.publication import verify_release

    if is_case(folder):
        return _verify_case(folder, screen)

    report = verify_release(folder, policy)
    for problem in report.problems:
        screen.say("✗ " + problem)
    if report.problems:
        screen.say(gettext("{path}: this release does not verify.").format(path=folder))
    else:
        screen.say(gettext("{path}: everything verifies.").format(path=folder))
        screen.rows([("✓", name, f"{n:,}") for name, n in report.checked])
    screen.result({"ok": not report.problems, "problems": list(report.problems), "checked": dict(report.checked)})
    return 1 if report.problems else 0


def _verify_case(folder: Path, screen: Screen) -> int:
    from willakuy.publication import verify_case

    with screen.progress(gettext("Checking")) as advance:
        report = verify_case(folder, advance)
    for damage in report.damaged:
        screen.say("✗ " + damage)
    for note in report.notes:
        screen.say("· " + note)
    screen.rows([("✓", what, f"{n:,}") for what, n in report.good])
    screen.say(
        gettext("{path}: the case is damaged; what is marked ✓ is still good.").format(path=folder)
        if report.damaged
        else gettext("{path}: everything verifies.").format(path=folder)
    )
    screen.result(
        {
            "ok": not report.damaged,
            "damaged": list(report.damaged),
            "notes": list(report.notes),
            "good": dict(report.good),
        }
    )
    return 3 if report.damaged else 0
