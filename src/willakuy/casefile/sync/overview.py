"""What a copy knows of the others: devices, how far each is known, who has checked whom, what does not agree."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from willakuy.casefile.case import Case
from willakuy.casefile.devices import known_devices
from willakuy.casefile.logs import sizes_of
from willakuy.casefile.projections import Item, standing_text, takes_place
from willakuy.casefile.schema import ledger_entry
from willakuy.casefile.stored import domain_fields, logged_of
from willakuy.casefile.sync.heads import read_heads

_SAID = ("statement", "judgement", "scope")


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """``entries`` are here, ``signed`` of them under the device's signature. ``last_time`` is what its clock claimed.

    ``checked_by`` pairs each device that cosigned this log with how far.
    """

    device_id: str
    fingerprint: str
    is_own: bool
    entries: int
    signed: int
    last_time: str
    continues: str | None
    checked_by: tuple[tuple[str, int], ...]
    forks: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries of one kind and id that say different things; the first in ledger order stands."""

    kind: str
    item_id: str
    place: str
    stands: str


@dataclass(frozen=True, slots=True)
class SyncStatus:
    devices: tuple[DeviceStatus, ...]
    conflicts: tuple[Conflict, ...]


def sync_status(case: Case) -> SyncStatus:
    with case.looking() as connection:
        known, heads, sizes = (
            known_devices(connection, case.device.case_id),
            read_heads(connection),
            sizes_of(connection),
        )
        last = {}
        for log, size in sizes.items():
            place = (ledger_entry.c.device == log) & (ledger_entry.c.seq == size - 1)
            fields = connection.execute(select(ledger_entry.c.fields).where(place)).scalar()
            last[log] = str(json.loads(str(fields)).get("entry.time", ""))
    devices = []
    for device_id, device in known.items():
        latest = heads.latest(device_id)
        checked = ((other, heads.checked_by(by, device_id)) for other, by in known.items())
        devices.append(
            DeviceStatus(
                device_id,
                device.fingerprint,
                device_id == case.device.device_id,
                sizes[device_id],
                latest[0] if latest else 0,
                last[device_id],
                device.continues,
                tuple((other, size) for other, size in checked if size),
                len(heads.forks.get(device_id, ())),
            )
        )
    return SyncStatus(tuple(devices), conflicts(case))


def conflicts(case: Case) -> tuple[Conflict, ...]:
    """Statements, judgements and scopes that two devices recorded differently under one id. The same in every copy."""
    found = []
    query = (
        select(ledger_entry)
        .where(ledger_entry.c.kind.in_(_SAID))
        .order_by(ledger_entry.c.lamport, ledger_entry.c.device, ledger_entry.c.seq)
    )
    with case.looking() as connection:
        standing = standing_text(connection, _SAID)
        for row in connection.execute(query):
            logged = logged_of(row._mapping)
            item = Item.of(logged.entry.kind, domain_fields(logged.entry.fields))
            text, place = standing.get((item.kind, str(item.item_id)), ("", ""))
            if text != item.text and not (text and takes_place(item.kind, json.loads(text), item.fields)):
                found.append(Conflict(item.kind, str(item.item_id), f"{logged.device}/{logged.seq}", place))
    return tuple(found)
