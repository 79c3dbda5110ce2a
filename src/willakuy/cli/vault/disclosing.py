"""willakuy vault disclose, check"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.cli.vault.opening import identity_of, key_option
from willakuy.i18n import N_, gettext


@click.command(
    "disclose",
    help=N_("""Write one sealed value, or several, with the proof that it has been the same since it was sealed: for a court.

    Only FIELDs are in the file, in clear; what else is sealed stays hashes. Whoever has it checks it without the case: vault check.
    It is an opening, and recorded as one.
    """),
)
@click.argument("seal_id", metavar="ID")
@click.argument("names", metavar="FIELD...", nargs=-1, required=True)
@key_option
@click.option("--reason", required=True, help=N_("Why it is opened; kept in the ledger, not published."))
@click.option("--out", required=True, type=click.Path(path_type=Path), help=N_("New file to write."))
@by_option
@case_option
@json_option
def disclose(
    seal_id: str, names: tuple[str, ...], key: Path, reason: str, out: Path, by: str | None, folder: Path, as_json: bool
) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.disclosing import disclose as disclosure
    from willakuy.casefile.disclosing import refuse_taken, write_disclosure
    from willakuy.casefile.unsealing import refuse_inside

    screen = Screen(as_json)
    refuse_inside(folder, out)
    refuse_taken(out)
    identity = identity_of(folder, key)
    with Case.open(folder) as case:
        text = disclosure(case, seal_id, names, identity, reason=reason, by=by)
    write_disclosure(out, text)
    screen.say(
        gettext("{file}: in clear, with its proof. Anyone can check it:\n    willakuy vault check {file}").format(
            file=out
        )
    )
    screen.result({"file": str(out), "seal_id": seal_id, "fields": list(names)})


@click.command(
    "check",
    help=N_("""Check a disclosure: its values were committed to in the log it names, at the size it names. Needs no case, no network.

    Without --policy the key is the one in the file itself: compare it with a copy got elsewhere.
    """),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--policy", type=click.Path(path_type=Path), help=N_("A tlog-policy: whose signatures to ask for."))
@json_option
def check(file: Path, policy: Path | None, as_json: bool) -> None:
    from willakuy.casefile.disclosing import check_disclosure, read_policy

    shown = check_disclosure(file, read_policy(policy) if policy else None)
    screen = Screen(as_json)
    screen.rows([(name, value) for name, value in shown.values.items()], widest=200)
    screen.say(
        gettext("Unchanged since {origin} had {size} entries or fewer.").format(
            origin=shown.origin, size=f"{shown.size:,}"
        )
    )
    if policy is None:
        screen.say(gettext("By this key; compare it with a copy got elsewhere: {vkey}").format(vkey=shown.vkey))
    screen.result(
        {
            "values": dict(shown.values),
            "about": shown.about,
            "origin": shown.origin,
            "size": shown.size,
            "vkey": shown.vkey,
        }
    )
