"""willakuy vault"""

from __future__ import annotations

import contextlib

import click

from willakuy.cli.vault.custodians import custodians, keygen
from willakuy.cli.vault.disclosing import check, disclose
from willakuy.cli.vault.erasing import erase, lock
from willakuy.cli.vault.opening import drill, open_, reseal
from willakuy.cli.vault.sealing import list_, seal
from willakuy.i18n import N_

__all__ = ["command"]


@click.group(
    "vault",
    help=N_("""Identities that only custodians can open: this machine can add to the vault and cannot read it again.

    Each thing is sealed with age to at least two custodians and one recovery key kept offline. The ledger holds a commitment that
    reveals nothing, and a pseudonym. docs/security.md says what that protects from, and what it does not.

    \b
    willakuy vault keygen --out condor.key                    on the custodian's own machine
    willakuy vault custodians add condor age1…                here; twice, and once more with --recovery
    willakuy vault seal --about src_7f3a                      asks, and shows nothing of what is typed
    willakuy vault drill --key condor.key                     rehearse: does this key open everything?
    """),
)
def command() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


for _command in (custodians, keygen, seal, list_, open_, drill, reseal, disclose, check, erase, lock):
    command.add_command(_command)
