"""willakuy verify"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, json_option
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext


class DocumentsAreKept(UsageError):
    code = "W452"
    what = N_("--document is for releases: a case keeps its documents itself.")
    next = N_("Its quotations are compared with the documents it keeps:\n    willakuy verify CASE")


@click.command(
    "verify",
    help=N_("""Check a release, or a working case: every hash, every entry, every quotation, every count recomputed.

    Needs no network. A release can also be checked without Willakuy: python3 -I verify.py inside it.
    """),
)
@click.argument("folder", metavar="RELEASE|CASE", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--policy",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=N_("Whose signatures a release needs: a policy file you got elsewhere, in place of the one inside it."),
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help=N_(
        "A source document you have, or a folder of them: what the release quotes from it is compared with its own words."
    ),
)
@json_option
def command(folder: Path, policy: Path | None, documents: tuple[Path, ...], as_json: bool) -> int:
    screen = Screen(as_json)
    from willakuy.casefile.checking import is_case
    from willakuy.publication import verify_release

    if is_case(folder):
        if documents:
            raise DocumentsAreKept
        return _verify_case(folder, screen)

    report = verify_release(folder, policy)
    if documents and not report.problems:
        return _verify_sources(folder, documents, dict(report.checked), screen)
    for problem in report.problems:
        screen.say("✗ " + problem)
    if report.problems:
        screen.say(gettext("{path}: this release does not verify.").format(path=folder))
    else:
        screen.say(gettext("{path}: everything verifies.").format(path=folder))
        screen.rows([("✓", name, f"{n:,}") for name, n in report.checked])
    screen.result({"ok": not report.problems, "problems": list(report.problems), "checked": dict(report.checked)})
    return 1 if report.problems else 0


def _verify_sources(folder: Path, documents: tuple[Path, ...], checked: dict[str, int], screen: Screen) -> int:
    """A release that verifies, against documents of the reader's own: all must be of it, and say what it quotes."""
    from willakuy.publication.sourced import check_sources

    with screen.progress(gettext("Checking")) as advance:
        found = check_sources(folder, documents, advance)
    differing = [differing.say() for differing in found.compared.differing]
    notes = list(found.notes())
    for said in differing:
        screen.say("✗ " + said)
    for note in notes:
        screen.say("· " + note)
    checked |= {
        gettext("documents of yours"): len(found.known),
        gettext("quoted words at their place"): found.compared.n_standing,
    }
    screen.rows([("✓", name, f"{n:,}") for name, n in checked.items()])
    ok = bool(found.known) and not differing
    screen.say(
        gettext("{path}: everything verifies.").format(path=folder)
        if ok
        else gettext("{path}: the release verifies in itself, and not against these documents.").format(path=folder)
    )
    known = [{"file": str(path), "document_id": document_id} for path, document_id in found.known]
    screen.result({"ok": ok, "problems": differing, "notes": notes, "checked": checked, "documents": known})
    return 0 if ok else 1


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
