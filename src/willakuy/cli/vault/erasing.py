"""willakuy vault erase, lock"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.i18n import N_, gettext, ngettext


@click.command(
    "erase",
    help=N_("""Destroy values for good: FIELDs of a source, document, statement or judgement, or all that is sealed as ID.

    Value and salt go; every proof about everything else still holds, and the ledger says who erased what and why. Without FIELD it lists what can
    be erased. Copies of the case, backups, releases and the evidence itself keep theirs: docs/security.md.

    \b
    willakuy vault erase stm_7f3a speakers --reason "asked by the person"
    willakuy vault erase sea_7f3a --reason "asked by the person"
    """),
)
@click.argument("item_id", metavar="ID")
@click.argument("fields", metavar="[FIELD]...", nargs=-1)
@click.option("--reason", help=N_("Why; kept in the ledger, not published."))
@click.option("--yes", is_flag=True, help=N_("Do not ask; it cannot be undone."))
@by_option
@case_option
@json_option
def erase(
    item_id: str, fields: tuple[str, ...], reason: str | None, yes: bool, by: str | None, folder: Path, as_json: bool
) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.erasing import erasable
    from willakuy.casefile.erasing import erase as destroy

    screen = Screen(as_json)
    with Case.open(folder) as case:
        held = erasable(case, item_id)
        if not reason or (not fields and not item_id.startswith("sea_")):
            can = sorted(path for path, is_possible in held.items() if is_possible)
            screen.say(gettext("Nothing was erased. What can be erased of {id}, with --reason:").format(id=item_id))
            screen.rows([(path,) for path in can])
            screen.result({"id": item_id, "erasable": can, "erased": 0})
            return
        if not yes:
            click.confirm(gettext("This destroys it for good. Go on?"), abort=True, err=True)
        done = destroy(case, item_id, fields, reason=reason, by=by)
    screen.say(ngettext("{n} value destroyed.", "{n} values destroyed.", done.n).format(n=done.n))
    if done.elsewhere:
        screen.say(gettext("The same words still stand here; erase them too if need be:"))
        screen.rows(done.elsewhere)
    screen.say(
        gettext(
            "What this cannot reach: other copies of the case, backups, what was published, and evidence that says the same. To see that all still "
            "verifies:\n    willakuy verify {path}"
        ).format(path=folder)
    )
    screen.result({"id": item_id, "erased": done.n, "elsewhere": [list(place) for place in done.elsewhere]})


@click.command(
    "lock",
    help=N_("""Leave nothing open behind: empty the database's journal and look for keys and unfinished files in the case folder.

    The vault itself is always locked: no key that opens it is on this machine. Ordinary content stays readable by whoever has the
    folder; against that, only an encrypted disk helps.
    """),
)
@case_option
@json_option
def lock(folder: Path, as_json: bool) -> int:
    from willakuy.casefile import Case
    from willakuy.casefile.locking import lock_up

    screen = Screen(as_json)
    with Case.open(folder) as case:
        found = lock_up(case)
    for path in found.keys:
        screen.say(
            "✗ "
            + gettext("{file}: a secret key that opens the vault lies in the case. Take it away from here.").format(
                file=path
            )
        )
    screen.say(
        ngettext("{n} unfinished file removed.", "{n} unfinished files removed.", found.n_removed).format(
            n=found.n_removed
        )
    )
    screen.say(
        gettext("The vault is locked: nothing on this machine opens it.")
        if not found.keys
        else gettext("The vault is not locked.")
    )
    screen.result({"locked": not found.keys, "keys": [str(p) for p in found.keys], "removed": found.n_removed})
    return 1 if found.keys else 0
