"""Sealed fields: the values and salts behind commitments that the ledger holds.

A payload is canonical JSON, padded to a whole kibibyte so that its size does not tell how long a name is, and
encrypted with age to every recipient at once. Whoever opens it can prove each value against the ledger, alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyrage

from willakuy.ledger import Entropy, Json, canonical, field_commitment, leaf_of_sealed, sealed_leaf
from willakuy.ledger.entries import SALT_BYTES
from willakuy.vault.errors import KeyOpensNothing, SealedDiffers
from willakuy.vault.keys import Identity
from willakuy.vault.recipients import Recipient, check_recipients

_PAD_TO = 1024


@dataclass(frozen=True, slots=True, repr=False)
class Payload:
    """``fields`` maps a path of the ledger entry to its value and salt. It has no ``repr``: it must not reach a log."""

    about: str
    fields: Mapping[str, tuple[str, bytes]]

    @classmethod
    def of(cls, about: str, values: Mapping[str, str], entropy: Entropy) -> Payload:
        return cls(about, {path: (value, entropy(SALT_BYTES)) for path, value in values.items()})

    @property
    def markers(self) -> dict[str, Json]:
        """What the ledger entry holds in the place of each value."""
        return {path: sealed_leaf(field_commitment(path, value, salt)) for path, (value, salt) in self.fields.items()}

    def check_against(self, entry_fields: Mapping[str, Json]) -> None:
        """Raises ``SealedDiffers`` unless every value here is the one committed to there."""
        for path, (value, salt) in self.fields.items():
            if leaf_of_sealed(entry_fields.get(path, "")) != field_commitment(path, value, salt):
                raise SealedDiffers(id=self.about)

    def to_bytes(self) -> bytes:
        fields: dict[str, Json] = {path: [value, salt.hex()] for path, (value, salt) in self.fields.items()}
        plain = canonical({"v": 1, "about": self.about, "fields": fields})
        return plain + b" " * (-len(plain) % _PAD_TO)

    @classmethod
    def from_bytes(cls, data: bytes, about: str) -> Payload:
        """Raises ``SealedDiffers`` when ``data`` is no payload, or one about something else."""
        try:
            raw = json.loads(data)
            fields = {str(p): (str(value), bytes.fromhex(salt)) for p, (value, salt) in raw["fields"].items()}
            is_of_it = raw["v"] == 1 and raw["about"] == about
        except (ValueError, KeyError, TypeError, AttributeError):
            raise SealedDiffers(id=about) from None
        if not is_of_it:
            raise SealedDiffers(id=about)
        return cls(about, fields)


def seal_payload(payload: Payload, recipients: Iterable[Recipient]) -> bytes:
    """The payload, encrypted to all ``recipients``.

    Raises:
        TooFewCustodians
    """
    to = tuple(recipients)
    check_recipients(to)
    ciphertext: bytes = pyrage.encrypt(payload.to_bytes(), keys_of(to))
    return ciphertext


def open_payload(ciphertext: bytes, identity: Identity, about: str) -> Payload:
    """What ``ciphertext`` holds.

    Raises:
        KeyOpensNothing: it was sealed to other keys.
        SealedDiffers: it is damaged, or about something else.
    """
    try:
        data = pyrage.decrypt(ciphertext, [identity.key])
    except pyrage.DecryptError as e:
        if is_wrong_key(e):
            raise KeyOpensNothing(id=about) from None
        raise SealedDiffers(id=about) from None
    return Payload.from_bytes(data, about)


def keys_of(recipients: Iterable[Recipient]) -> list[pyrage.x25519.Recipient]:
    return [pyrage.x25519.Recipient.from_str(r.public) for r in recipients]


def is_wrong_key(error: Exception) -> bool:
    return "No matching keys" in str(error)
