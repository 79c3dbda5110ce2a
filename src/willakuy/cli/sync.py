"""willakuy sync"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.i18n import N_, gettext, ngettext

if TYPE_CHECKING:
    from willakuy.vault import Identity


_key_option = click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=N_("File of the key that opens an encrypted bundle."),
)


def _identity(key: Path | None) -> Identity | None:
    from willakuy.vault import read_identity

    if key is None:
        return None
    return read_identity(key, lambda: click.prompt(gettext("Passphrase (nothing is shown)"), hide_input=True))


@click.group(
    "sync",
    help=N_("""Work on one case with several copies: bundles carry what one copy has to another, in a file.

    A bundle may go by hand, by messenger or by mail; nothing here uses a network. Copies that have taken in the same
    bundles hold the same case, whatever the order. Each device checks and cosigns the logs of the others; one that
    signs two histories is found and shown.

    \b
    willakuy sync export para-berta.wsync
    willakuy sync join para-berta.wsync mi-caso
    willakuy sync import de-ana.wsync
    willakuy sync status
    """),
)
def command() -> None:
    pass


@command.command(
    "export", help=N_("Write everything this copy has, or what another device lacks, to the new file BUNDLE.")
)
@click.argument("bundle", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--to", metavar="DEVICE", help=N_("Leave out what this device is known to have."))
@click.option(
    "--seal-to",
    metavar="age1…",
    multiple=True,
    help=N_("Encrypt the bundle to this key (willakuy vault keygen); may be given several times."),
)
@case_option
@json_option
def export(bundle: Path, to: str | None, seal_to: tuple[str, ...], folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.sync import export_bundle

    screen = Screen(as_json)
    with Case.open(folder) as case, screen.progress(gettext("Writing")) as advance:
        done = export_bundle(case, bundle, to=to, seal_to=seal_to, progress=advance)
    screen.say(
        gettext("{file}: {entries} entries and {files} files, {size} bytes.").format(
            file=done.path, entries=f"{done.entries:,}", files=f"{done.files:,}", size=f"{done.size:,}"
        )
    )
    if not seal_to:
        screen.say(gettext("It is not encrypted: whoever gets the file can read the case."))
    if done.absent:
        screen.say(gettext("{n} files that entries speak of are missing here: willakuy verify").format(n=done.absent))
    if done.unsigned:
        screen.say(
            gettext("{n} entries of other devices are left out: their signature has not come yet.").format(
                n=done.unsigned
            )
        )
    screen.result(
        {
            "bundle": str(done.path),
            "entries": done.entries,
            "files": done.files,
            "bytes": done.size,
            "unsigned": done.unsigned,
            "absent": done.absent,
        }
    )


@command.command(
    "import", help=N_("Take in BUNDLE: checked whole first; if anything in it is wrong, nothing is recorded.")
)
@click.argument("bundle", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--trust",
    metavar="FINGERPRINT",
    multiple=True,
    help=N_("Believe a device new here, whose fingerprint you have compared by voice. It is recorded."),
)
@_key_option
@by_option
@case_option
@json_option
def import_(bundle: Path, trust: tuple[str, ...], key: Path | None, by: str | None, folder: Path, as_json: bool) -> int:
    from willakuy.casefile import Case
    from willakuy.casefile.sync import conflicts, import_bundle

    screen = Screen(as_json)
    with Case.open(folder) as case:
        with screen.progress(gettext("Taking in")) as advance:
            done = import_bundle(case, bundle, trust=frozenset(trust), identity=_identity(key), by=by, progress=advance)
        clashes = conflicts(case)
    screen.say(
        ngettext("{n} new entry, {files} new files.", "{n} new entries, {files} new files.", done.entries).format(
            n=f"{done.entries:,}", files=f"{done.files:,}"
        )
    )
    screen.rows([("+", device, f"{n:,}") for device, n in done.taken])
    for sha256 in done.absent:
        screen.say(gettext("· {sha256}: an entry speaks of this file, and neither copy has it.").format(sha256=sha256))
    for device in done.behind:
        screen.say(
            gettext("· {device}: the bundle is older than what is here; nothing was taken back.").format(device=device)
        )
    for device, path in done.forks:
        screen.say(
            gettext("✗ {device} has signed two different histories. The proof, for anyone: {path}").format(
                device=device, path=path
            )
        )
    if done.is_restored:
        screen.say(gettext("This copy had lost entries it once signed; it has them back and goes on as a new device."))
    if clashes:
        screen.say(
            ngettext(
                "{n} id stands for two different things; see: willakuy sync status",
                "{n} ids stand for two different things each; see: willakuy sync status",
                len(clashes),
            ).format(n=len(clashes))
        )
    screen.result(
        {
            "by": done.by,
            "taken": dict(done.taken),
            "new_devices": list(done.new_devices),
            "files": done.files,
            "absent": list(done.absent),
            "behind": list(done.behind),
            "cosigned": list(done.cosigned),
            "forks": [{"device": device, "evidence": str(path)} for device, path in done.forks],
            "is_restored": done.is_restored,
            "conflicts": len(clashes),
        }
    )
    return 1 if done.forks else 0


@command.command("join", help=N_("Make a copy of a case in DIR, new or empty, from a bundle of everything."))
@click.argument("bundle", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@_key_option
@json_option
def join(bundle: Path, folder: Path, key: Path | None, as_json: bool) -> None:
    from willakuy.casefile.sync import join_case

    screen = Screen(as_json)
    with screen.progress(gettext("Taking in")) as advance:
        done, fingerprints = join_case(bundle, folder, identity=_identity(key), progress=advance)
    screen.say(gettext("{folder}: a copy of the case, {n} entries.").format(folder=folder, n=f"{done.entries:,}"))
    screen.say(gettext("Compare by voice the fingerprint of each device with the people who use them:"))
    screen.rows(list(fingerprints.items()))
    screen.result({"folder": str(folder), "entries": done.entries, "fingerprints": fingerprints})


@command.command(
    "status", help=N_("Say which devices there are, how far each is known, who has checked whom, and what clashes.")
)
@case_option
@json_option
def status(folder: Path, as_json: bool) -> int:
    from dataclasses import asdict

    from willakuy.casefile import Case
    from willakuy.casefile.sync import sync_status

    screen = Screen(as_json)
    with Case.open(folder) as case:
        held = sync_status(case)
        own = case.device
    if not any(d.is_own for d in held.devices):
        screen.say(gettext("This copy has recorded nothing yet; its device appears with its first entry."))
    for device in held.devices:
        screen.heading(device.device_id + (" " + gettext("(this device)") if device.is_own else ""))
        screen.rows(
            [
                (gettext("fingerprint"), device.fingerprint),
                (
                    gettext("entries"),
                    gettext("{n}, {signed} of them signed").format(
                        n=f"{device.entries:,}", signed=f"{device.signed:,}"
                    ),
                ),
                (gettext("last entry"), gettext("{time} by its own clock").format(time=device.last_time)),
                *([(gettext("continues"), device.continues)] if device.continues else []),
                *((gettext("checked by"), other, f"{n:,}") for other, n in device.checked_by),
            ]
        )
        if device.forks:
            screen.say("  ✗ " + gettext("It has signed two different histories; the proofs are in the folder forks."))
    if held.conflicts:
        screen.heading(gettext("Ids that stand for two different things"))
        screen.rows(
            [(c.kind, c.item_id, c.place, gettext("{place} stands").format(place=c.stands)) for c in held.conflicts]
        )
    screen.result({"own": own.device_id, **asdict(held)})
    return 1 if any(d.forks for d in held.devices) else 0


@command.command(
    "check-fork", help=N_("Check a file that claims to prove that a device signed two histories. Needs no case.")
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@json_option
def check_fork(file: Path, as_json: bool) -> int:
    from willakuy.casefile.sync import Fork
    from willakuy.casefile.sync.errors import NotForkEvidence
    from willakuy.ledger import NoteNotValid

    screen = Screen(as_json)
    try:
        fork = Fork.from_json(file.read_bytes())
    except (NoteNotValid, OSError) as e:
        raise NotForkEvidence(file=file, reason=e) from e
    screen.say(
        gettext(
            "{file}: proven. Device {device} signed two histories that differ within its first {n} entries:"
        ).format(file=file, device=fork.device_id, n=f"{fork.size:,}")
    )
    for branch in fork.branches:
        screen.say()
        screen.say(branch.note.rstrip())
    screen.result(
        {"device": fork.device_id, "size": fork.size, "vkey": fork.vkey, "notes": [b.note for b in fork.branches]}
    )
    return 1
