"""Who can open what this case seals: custodians' public keys, as the ledger holds them.

A key counts on this device once this device has recorded it: a key that another device announces through the ledger
must be confirmed here first, so that nobody can make a laptop seal to them from afar. Retiring one counts
wherever it was recorded: it only takes away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from willakuy.casefile.case import Case
from willakuy.errors import UsageError
from willakuy.i18n import N_
from willakuy.vault import Recipient, check_recipients, fingerprint, recipient_from

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,23}")


class LabelNotValid(UsageError):
    code = "W530"
    what = N_("A custodian's label is one short word of letters, digits, dots and dashes; never a legal name.")
    next = N_("Nothing was recorded. For example:\n    willakuy vault custodians add condor age1…")


class CustodianKnown(UsageError):
    code = "W531"
    what = N_("{label}: there is a custodian of that label or key already.")
    next = N_(
        "Nothing was recorded. To give somebody a new key, add it under a new label, then retire the old one:\n"
        "    willakuy vault custodians retire LABEL"
    )


class NoSuchCustodian(UsageError):
    code = "W532"
    what = N_("{label}: there is no such custodian.")
    next = N_("Nothing was recorded. See who there is:\n    willakuy vault custodians list")


@dataclass(frozen=True, slots=True)
class Custodian:
    """``is_confirmed``: recorded by this device. ``drilled`` is when the key last opened everything sealed to it."""

    recipient: Recipient
    is_confirmed: bool
    is_retired: bool = False
    drilled: str | None = None

    @property
    def is_in_force(self) -> bool:
        return self.is_confirmed and not self.is_retired


def custodians(case: Case) -> list[Custodian]:
    """Everyone ever recorded, in the order of the ledger."""
    known: dict[tuple[str, str], Custodian] = {}
    for logged in case.entries("custodian", "custodian-retired", "drilled"):
        fields = logged.entry.fields
        key = (str(fields["label"]), str(fields["recipient"]))
        if logged.entry.kind == "custodian":
            before = known.get(key)
            is_ours = logged.device == case.device.device_id
            recipient = Recipient(*key, is_recovery=fields["is_recovery"] is True)
            known[key] = replace(
                before or Custodian(recipient, is_confirmed=False),
                is_confirmed=is_ours or bool(before and before.is_confirmed),
            )
        elif key in known and logged.entry.kind == "custodian-retired":
            known[key] = replace(known[key], is_retired=True)
        elif key in known and fields["is_whole"] is True:
            known[key] = replace(known[key], drilled=str(fields["entry.time"]))
    return list(known.values())


def recipients(case: Case) -> tuple[Recipient, ...]:
    """To whom this device seals now.

    Raises:
        TooFewCustodians
    """
    in_force = tuple(c.recipient for c in custodians(case) if c.is_in_force)
    check_recipients(in_force)
    return in_force


def add_custodian(
    case: Case, label: str, public: str, *, is_recovery: bool = False, by: str | None = None
) -> Custodian:
    """Record a custodian, or confirm one that another device announced.

    Raises:
        NotARecipient, LabelNotValid, CustodianKnown: nothing was recorded.
    """
    key = recipient_from(public)
    if not _LABEL.fullmatch(label):
        raise LabelNotValid()
    for known in custodians(case):
        is_same = known.recipient == Recipient(label, key, is_recovery)
        if (known.recipient.label == label or known.recipient.public == key) and not (
            is_same and not known.is_confirmed and not known.is_retired
        ):
            raise CustodianKnown(label=label)
    recipient = Recipient(label, key, is_recovery)
    case.record(
        "custodian",
        {"label": label, "recipient": key, "is_recovery": is_recovery, "fingerprint": fingerprint(key)},
        by=by,
    )
    return Custodian(recipient, is_confirmed=True)


def retire_custodian(case: Case, label: str, *, reason: str, by: str | None = None) -> Custodian:
    """Nothing new is sealed to this custodian. What was sealed to them stays so until it is resealed.

    Raises:
        NoSuchCustodian: nothing was recorded.
    """
    for known in custodians(case):
        if known.recipient.label == label and not known.is_retired:
            fields = {"label": label, "recipient": known.recipient.public, "reason": reason}
            case.record("custodian-retired", dict(fields), by=by)
            return replace(known, is_retired=True)
    raise NoSuchCustodian(label=label)
