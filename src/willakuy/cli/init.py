"""willakuy init"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, json_option
from willakuy.i18n import N_, gettext


@click.command("init", help=N_("Make a new, empty case in DIR. Nothing in an existing folder is touched."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help=N_("Name of the case; the folder's name by default."))
@click.option("--country", default="PE", show_default=True, help=N_("Country whose places are recognised."))
@click.option(
    "--evidence",
    default="",
    metavar="URL",
    help=N_("Keep the evidence in a bucket, s3://BUCKET/PREFIX; in the case's own folder by default."),
)
@json_option
def command(folder: Path, name: str | None, country: str, evidence: str, as_json: bool) -> None:
    from willakuy.casefile import Case, Settings
    from willakuy.casefile.scope_files import begin_scopes
    from willakuy.evidence import BucketStore, check_bucket

    screen = Screen(as_json)
    if evidence:
        check_bucket(evidence)
        BucketStore(folder / "evidence", evidence).reach()
    settings = Settings(name=name or folder.resolve().name, country=country, evidence_store=evidence)
    with Case.create(folder, settings) as case:
        screen.say(gettext("{folder}: a new case, “{name}”.").format(folder=folder, name=case.settings.name))
        screen.say(gettext("Next, put a source in:\n    willakuy import LIST --case {folder}").format(folder=folder))
        told = {"folder": str(folder), "name": case.settings.name, "device": case.device.device_id}
    if scopes := begin_scopes(folder):
        screen.say(gettext("and say what is to be counted; a rule to begin from:\n    {scopes}").format(scopes=scopes))
        told["scopes"] = str(scopes)
    screen.result(told)
