"""The vault: values sealed with age, so that this machine can add them and cannot read them again.

Imports nothing of ours but ``ledger`` (commitments) and ``evidence`` (the order of writes).
"""

from willakuy.vault.errors import (
    KeyFileTaken,
    KeyOpensNothing,
    NotAKeyFile,
    NotARecipient,
    PassphraseWrong,
    SealedDiffers,
    SealedFileMissing,
    TooFewCustodians,
)
from willakuy.vault.keys import (
    Identity,
    KeyPair,
    fingerprint,
    make_key,
    read_identity,
    recipient_from,
    write_key,
)
from willakuy.vault.recipients import LEAST_CUSTODIANS, Recipient, check_recipients
from willakuy.vault.sealing import Payload, open_payload, seal_payload
from willakuy.vault.store import Nowhere, VaultStore

__all__ = [
    "LEAST_CUSTODIANS",
    "Identity",
    "KeyFileTaken",
    "KeyOpensNothing",
    "KeyPair",
    "NotAKeyFile",
    "NotARecipient",
    "Nowhere",
    "PassphraseWrong",
    "Payload",
    "Recipient",
    "SealedDiffers",
    "SealedFileMissing",
    "TooFewCustodians",
    "VaultStore",
    "check_recipients",
    "fingerprint",
    "make_key",
    "open_payload",
    "read_identity",
    "recipient_from",
    "seal_payload",
    "write_key",
]
