"""The devices of a case, as its ledger knows them: their keys, and on whose word they are believed.

Each log begins by introducing its device: an entry ``case`` (the device that made the case) or ``device`` with the two public
keys. A device new to this copy is believed when the device it continues endorsed it with its own key (a restored or copied
case), when a device that is believed has recorded ``device-trusted`` for it, or when a person has compared its fingerprint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from willakuy.casefile.schema import ledger_entry
from willakuy.casefile.stored import logged_of
from willakuy.ledger import Json, Logged, Note, NoteNotValid, SignatureKind, SigningKey, Verifier

INTRODUCES = ("case", "device")
TRUSTS = "device-trusted"


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """``continues`` is the device whose copy this one grew from; ``endorsed`` whether that device vouched for it."""

    device_id: str
    log: Verifier
    cosigner: Verifier
    continues: str | None = None
    endorsement: str | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.log)

    def is_endorsed_by(self, other: KnownDevice) -> bool:
        if self.endorsement is None:
            return False
        try:
            note = Note.parse(self.endorsement)
            return note.text == _endorsed(self.log, self.cosigner) and bool(other.log.times_signed(note))
        except NoteNotValid:
            return False


def fingerprint(log: Verifier) -> str:
    """Eighty bits of the key in groups that two people can read to each other."""
    digest = hashlib.sha256(b"willakuy/fingerprint/v1\0" + log.vkey.encode()).hexdigest()[:20]
    return "-".join(digest[i : i + 4] for i in range(0, 20, 4))


def introduction(key: SigningKey, before: SigningKey | None = None, size: int = 0) -> dict[str, Json]:
    """The fields with which a device introduces itself.

    Args:
        before: the key of the device this copy was made from, where it is still here; it vouches for the new one.
        size: how many entries of that device's log this copy has.
    """
    fields: dict[str, Json] = {"vkey": key.vkey, "cosigner": key.cosigner.vkey}
    if before is not None:
        text = _endorsed(key.verifier, key.cosigner.verifier)
        fields |= {
            "continues": before.name.rsplit("/", 1)[1],
            "continues_at": size,
            "endorsement": str(Note(text, (before.sign(text),))),
        }
    return fields


def _endorsed(log: Verifier, cosigner: Verifier) -> str:
    return f"willakuy/device/v1\n{log.vkey}\n{cosigner.vkey}\n"


def introduced_by(logged: Logged, case_id: str) -> KnownDevice:
    """The device that the first entry of a log introduces.

    Raises:
        NoteNotValid: it introduces none, or one of another case or name.
    """
    fields = logged.entry.fields
    log, cosigner = Verifier.of(str(fields.get("vkey", ""))), Verifier.of(str(fields.get("cosigner", "")))
    name = f"willakuy/{case_id}/{logged.device}"
    kinds = (log.kind, cosigner.kind) == (SignatureKind.ed25519, SignatureKind.cosignature)
    if logged.entry.kind not in INTRODUCES or log.name != name or cosigner.name != name or not kinds:
        raise NoteNotValid("the log does not begin with its device's keys")
    return KnownDevice(logged.device, log, cosigner, _text(fields, "continues"), _text(fields, "endorsement"))


def known_devices(connection: Connection, case_id: str) -> dict[str, KnownDevice]:
    """Every device whose log is in the case, by its id."""
    query = select(ledger_entry).where(ledger_entry.c.seq == 0).order_by(ledger_entry.c.device)
    found = (introduced_by(logged_of(row._mapping), case_id) for row in connection.execute(query))
    return {device.device_id: device for device in found}


def believed(
    known: Mapping[str, KnownDevice], new: Mapping[str, KnownDevice], vouched: Iterable[tuple[str, str]]
) -> set[str]:
    """Which of the ``new`` devices are to be believed, on the word of those known.

    Args:
        vouched: (device that vouches, verifier key it vouches for), from entries of kind ``device-trusted`` anywhere.
    """
    word, accepted = list(vouched), dict(known)
    while True:
        more = {
            device_id: device
            for device_id, device in new.items()
            if device_id not in accepted
            and (
                (device.continues in accepted and device.is_endorsed_by(accepted[device.continues]))
                or any(by in accepted and vkey == device.log.vkey for by, vkey in word)
            )
        }
        if not more:
            return set(accepted) - set(known)
        accepted |= more


def _text(fields: Mapping[str, Json], path: str) -> str | None:
    value = fields.get(path)
    return value if isinstance(value, str) else None
