"""Opening, rehearsing and resealing what a case has sealed. Every opening is in the ledger before anything is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from willakuy.casefile.case import Case
from willakuy.casefile.custodians import NoSuchCustodian, custodians, recipients
from willakuy.casefile.sealing import SealedItem, sealed_item, sealed_items
from willakuy.errors import UsageError, WillakuyError
from willakuy.evidence import BytesMissing
from willakuy.i18n import N_
from willakuy.ledger import Json
from willakuy.vault import (
    Identity,
    KeyOpensNothing,
    Nowhere,
    Payload,
    SealedDiffers,
    SealedFileMissing,
    fingerprint,
    open_payload,
    seal_payload,
)

Progress = Callable[[int], None]


class KeyInsideCase(UsageError):
    code = "W536"
    what = N_("{file}: this is inside the case, and a copy of the case would take the key with it.")
    next = N_("Nothing was done. Keep keys on a medium of their own, away from the case and its backups.")


class NothingLeft(UsageError):
    code = "W535"
    what = N_("{id}: this was erased; there is nothing left to open.")
    next = N_("The ledger still proves that something was committed to, and when; not what.")


def refuse_inside(case_folder: Path, file: Path) -> None:
    """Raises ``KeyInsideCase`` when ``file`` lies in the folder of the case."""
    if file.resolve().is_relative_to(case_folder.resolve()):
        raise KeyInsideCase(file=file)


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """``values`` are the fields as they were sealed, without ``sealed.``. It has no ``repr``: it must not reach a log."""

    item: SealedItem
    payload: Payload

    @property
    def values(self) -> Mapping[str, str]:
        return {path.removeprefix("sealed."): value for path, (value, _) in self.payload.fields.items()}


@dataclass(frozen=True, slots=True)
class Drill:
    """What one custodian's key opened. ``not_theirs`` was sealed before they were a custodian; ``damaged`` opens for nobody."""

    label: str
    n_opened: int
    not_theirs: tuple[str, ...]
    damaged: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.not_theirs and not self.damaged


def open_sealed(
    case: Case, seal_id: str, identity: Identity, *, reason: str, out: BinaryIO | None = None, by: str | None = None
) -> Opened:
    """What is sealed as ``seal_id``, checked against the ledger, after the ledger says that it was opened.

    Args:
        out: where a sealed file goes, when there is one and it is wanted.

    Raises:
        NoSuchThing, NothingLeft, KeyOpensNothing: nothing was opened and nothing recorded.
        SealedFileMissing, SealedDiffers: the sealed file is not the one that was sealed.
        CaseNotWritten: the opening could not be recorded, so nothing was shown.
    """
    item = sealed_item(case, seal_id)
    payload = _payload_of(case, item, identity)
    shown: list[Json] = [*sorted(payload.fields)]
    case.record(
        "opened",
        {"seal_id": seal_id, "reason": reason, "label": label_of(case, identity), "paths": shown},
        by=by,
    )
    if out is not None and item.blob_sha256:
        found = case.vault.open_stream(item.blob_sha256, identity, out, seal_id)
        if payload.fields["sealed.sha256"][0] != found:
            raise SealedDiffers(id=seal_id)
    return Opened(item, payload)


def _payload_of(case: Case, item: SealedItem, identity: Identity) -> Payload:
    if item.is_gone:
        raise NothingLeft(id=item.seal_id)
    try:
        ciphertext = case.vault.read(item.file_sha256)
    except BytesMissing:
        raise SealedFileMissing(id=item.seal_id, sha256=item.file_sha256) from None
    payload = open_payload(ciphertext, identity, item.seal_id)
    payload.check_against(item.fields)
    return payload


def label_of(case: Case, identity: Identity) -> str:
    """What the ledger calls the holder of a key; its fingerprint when it knows none."""
    known = {c.recipient.public: c.recipient.label for c in custodians(case)}
    return known.get(identity.public) or fingerprint(identity.public)


def drill(
    case: Case,
    identity: Identity,
    *,
    is_recorded: bool = True,
    by: str | None = None,
    progress: Progress | None = None,
) -> Drill:
    """Open everything with one key, compare it with the ledger, and keep nothing of it.

    Args:
        is_recorded: false on a copy of the case, which must not go on writing to its log.

    Raises:
        NoSuchCustodian: the key is nobody's whom the ledger knows.
    """
    owner = next((c.recipient for c in custodians(case) if c.recipient.public == identity.public), None)
    if owner is None:
        raise NoSuchCustodian(label=fingerprint(identity.public))
    n, not_theirs, damaged = 0, list[str](), list[str]()
    for item in sealed_items(case):
        if item.is_gone:
            continue
        try:
            _rehearse(case, item, identity)
            n += 1
        except KeyOpensNothing:
            not_theirs.append(item.seal_id)
        except WillakuyError:
            damaged.append(item.seal_id)
        if progress:
            progress(1)
    done = Drill(owner.label, n, tuple(not_theirs), tuple(damaged))
    if is_recorded:
        fields: dict[str, Json] = {
            "label": owner.label,
            "recipient": owner.public,
            "n_opened": n,
            "not_theirs": not_theirs,
            "damaged": damaged,
            "is_whole": done.is_whole,
        }
        case.record("drilled", fields, by=by)
    return done


def _rehearse(case: Case, item: SealedItem, identity: Identity) -> None:
    payload = _payload_of(case, item, identity)
    if item.blob_sha256:
        found = case.vault.open_stream(item.blob_sha256, identity, Nowhere(), item.seal_id)
        if payload.fields["sealed.sha256"][0] != found:
            raise SealedDiffers(id=item.seal_id)


def reseal(
    case: Case, identity: Identity, *, by: str | None = None, progress: Progress | None = None
) -> tuple[list[str], list[str]]:
    """Seal anew, to the custodians in force, everything that is sealed to others; the ids resealed, and those not opened.

    Interrupted, it goes on where it stopped when repeated. Whoever had a key and a copy of the case before can still open that copy.

    Raises:
        TooFewCustodians: nothing was done.
    """
    to = recipients(case)
    labels = tuple(r.label for r in to)
    done, not_opened = list[str](), list[str]()
    for item in sealed_items(case):
        if item.is_gone or set(item.labels) == set(labels):
            continue
        try:
            payload = _payload_of(case, item, identity)
        except WillakuyError:
            not_opened.append(item.seal_id)
            continue
        fields: dict[str, Json] = {"seal_id": item.seal_id, "labels": list(labels)}
        if item.blob_sha256:
            fields["blob_sha256"] = case.vault.reseal_stream(item.blob_sha256, identity, to, item.seal_id).sha256
        fields["file_sha256"] = case.vault.put_bytes(seal_payload(payload, to), name="(sealed)").sha256
        case.record("resealed", fields, by=by)
        for old in item.files:
            case.vault.destroy(old)
        done.append(item.seal_id)
        if progress:
            progress(1)
    return done, not_opened
