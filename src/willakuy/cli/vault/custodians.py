"""willakuy vault custodians, keygen"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.i18n import N_, gettext


@click.command(
    "keygen",
    help=N_("""Make a key, on the custodian's own machine. Its public half is printed; the file is the secret half.

    It is an ordinary age key: age-keygen makes the same, and age opens what is sealed to it. Asks for a passphrase to wrap it in;
    for a recovery key on paper use --no-passphrase, print the file, and destroy it.
    """),
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help=N_("New file for the secret half."))
@click.option("--passphrase/--no-passphrase", default=True, help=N_("Whether to wrap the key in a passphrase."))
@json_option
def keygen(out: Path, passphrase: bool, as_json: bool) -> None:
    from willakuy.casefile.unsealing import refuse_inside
    from willakuy.vault import fingerprint, make_key, write_key

    for above in out.resolve().parents:
        if (above / "case.toml").exists():
            refuse_inside(above, out)
    word = None
    if passphrase:
        word = click.prompt(gettext("Passphrase (nothing is shown)"), hide_input=True, confirmation_prompt=True)
    pair = make_key()
    write_key(out, pair, word)
    screen = Screen(as_json)
    screen.say(gettext("{file}: the secret half. Whoever has it can open what is sealed to it.").format(file=out))
    screen.say(gettext("Public half, to be given to whoever keeps the case:"))
    screen.say("  " + pair.public)
    screen.say(
        "  " + gettext("fingerprint, to compare over the telephone: {words}").format(words=fingerprint(pair.public))
    )
    screen.result({"file": str(out), "public": pair.public, "fingerprint": fingerprint(pair.public)})


@click.group("custodians", help=N_("Who can open what this case seals: at least two custodians and one recovery key."))
def custodians() -> None:
    pass


@custodians.command(
    "list", help=N_("Show custodians, the fingerprints of their keys, and when each last opened everything.")
)
@case_option
@json_option
def list_(folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.custodians import custodians as known
    from willakuy.vault import LEAST_CUSTODIANS, fingerprint

    screen = Screen(as_json)
    with Case.open(folder) as case:
        everyone = known(case)
    screen.rows(
        [
            (
                c.recipient.label,
                gettext("recovery") if c.recipient.is_recovery else gettext("custodian"),
                fingerprint(c.recipient.public),
                gettext("retired")
                if c.is_retired
                else gettext("in force")
                if c.is_confirmed
                else gettext("announced by another device; not used until added here"),
                gettext("rehearsed {when}").format(when=c.drilled) if c.drilled else gettext("never rehearsed"),
            )
            for c in everyone
        ]
    )
    in_force = [c.recipient for c in everyone if c.is_in_force]
    n, n_recovery = sum(not r.is_recovery for r in in_force), sum(r.is_recovery for r in in_force)
    can_seal = n >= LEAST_CUSTODIANS and n_recovery >= 1
    if not can_seal:
        screen.say(
            gettext(
                "Nothing can be sealed yet: it takes two custodians and one recovery key; there are {n} and {m}."
            ).format(n=n, m=n_recovery)
        )
    screen.result(
        {
            "can_seal": can_seal,
            "custodians": [
                {
                    "label": c.recipient.label,
                    "recipient": c.recipient.public,
                    "fingerprint": fingerprint(c.recipient.public),
                    "is_recovery": c.recipient.is_recovery,
                    "is_confirmed": c.is_confirmed,
                    "is_retired": c.is_retired,
                    "rehearsed": c.drilled,
                }
                for c in everyone
            ],
        }
    )


@custodians.command(
    "add",
    help=N_("""Record a custodian by LABEL (never a legal name) and the public half of their key.

    Compare the fingerprint with them over a channel you trust. A key that another device announced is confirmed by adding it here.
    To rotate a key: add the new one under a new label, retire the old one, reseal.
    """),
)
@click.argument("label")
@click.argument("public", metavar="AGE1…")
@click.option("--recovery", is_flag=True, help=N_("An offline key for when custodians are lost."))
@by_option
@case_option
@json_option
def add(label: str, public: str, recovery: bool, by: str | None, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.custodians import add_custodian
    from willakuy.vault import fingerprint

    screen = Screen(as_json)
    with Case.open(folder) as case:
        custodian = add_custodian(case, label, public, is_recovery=recovery, by=by)
    words = fingerprint(custodian.recipient.public)
    screen.say(
        gettext("{label}: recorded. Compare the fingerprint with them: {words}").format(label=label, words=words)
    )
    screen.say(
        gettext("Things sealed before are not sealed to this key; to add it:\n    willakuy vault reseal --key FILE")
    )
    screen.result({"label": label, "recipient": custodian.recipient.public, "fingerprint": words})


@custodians.command(
    "retire", help=N_("Seal nothing more to this custodian. What was sealed to them stays so: see “reseal”.")
)
@click.argument("label")
@click.option("--reason", required=True, help=N_("Why; kept in the ledger, not published."))
@by_option
@case_option
@json_option
def retire(label: str, reason: str, by: str | None, folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.custodians import retire_custodian

    screen = Screen(as_json)
    with Case.open(folder) as case:
        retire_custodian(case, label, reason=reason, by=by)
    screen.say(gettext("{label}: retired. Nothing new is sealed to this key.").format(label=label))
    screen.say(
        gettext(
            "What was sealed before can still be opened with it by whoever has a copy. To seal anew here:\n    willakuy vault reseal --key FILE"
        )
    )
    screen.result({"label": label, "retired": True})
