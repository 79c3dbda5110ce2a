"""willakuy export"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, json_option
from willakuy.i18n import N_, gettext


@click.command(
    "export",
    help=N_("""Hand a RELEASE or a CASE over in one piece, for a court, an archive or a partner.

    A BagIt bag says of every file what its bytes must be, and names the head of the ledger; its payload is described by an
    RO-Crate. Of a case, everything said and decided goes out, also what a release withholds; keys and the vault never do.
    """),
)
@click.argument("folder", metavar="RELEASE|CASE", type=click.Path(path_type=Path, exists=True))
@click.option("--out", required=True, type=click.Path(path_type=Path), help=N_("New folder to write."))
@click.option("--as", "form", type=click.Choice(["bagit", "ro-crate"]), default="bagit", show_default=True)
@click.option(
    "--for",
    "purpose",
    type=click.Choice(["court", "share"]),
    default="court",
    show_default=True,
    help=N_("Of a case: what for. What nobody agreed to for this goes as commitments alone."),
)
@json_option
def command(folder: Path, out: Path, form: str, purpose: str, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.publication.bag import export_bag, export_crate
    from willakuy.publication.handover import case_handover, release_handover
    from willakuy.statements.consent import Purpose

    screen = Screen(as_json)
    write = export_bag if form == "bagit" else export_crate
    with screen.progress(gettext("Copying")) as advance:
        if (folder / "case.toml").exists():
            with Case.open(folder) as case:
                done = write(case_handover(case, Purpose(purpose)), out, day=case.clock()[:10], progress=advance)
                case.record(
                    "exported", {"form": form, "purpose": purpose, "n_files": done.n_files, "n_bytes": done.n_bytes}
                )
        else:
            from willakuy.casefile.case import utc_now

            done = write(release_handover(folder), out, day=utc_now()[:10], progress=advance)
    screen.say(
        gettext("{path}: {n} files, {megabytes} MB.").format(
            path=out, n=f"{done.n_files:,}", megabytes=f"{done.n_bytes / 1e6:,.1f}"
        )
    )
    if (folder / "case.toml").exists():
        screen.say(gettext("It holds what a release withholds: give it only to whoever may see all of the case."))
    screen.result({"path": str(out), "form": form, "files": done.n_files, "bytes": done.n_bytes})
