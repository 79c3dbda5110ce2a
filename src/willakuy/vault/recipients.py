"""To whom things are sealed, and how many of them it takes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from willakuy.vault.errors import TooFewCustodians

LEAST_CUSTODIANS = 2


@dataclass(frozen=True, slots=True)
class Recipient:
    """``label`` is what the team calls a custodian, never a legal name. Recovery keys are kept offline, on paper."""

    label: str
    public: str
    is_recovery: bool = False


def check_recipients(recipients: Collection[Recipient]) -> None:
    """Raises ``TooFewCustodians`` unless two custodians and one recovery key, each another key, are there."""
    custodians = {r.public for r in recipients if not r.is_recovery}
    recovery = {r.public for r in recipients if r.is_recovery} - custodians
    if len(custodians) < LEAST_CUSTODIANS or not recovery:
        raise TooFewCustodians(custodians=len(custodians), recovery=len(recovery))
