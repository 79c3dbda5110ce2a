"""Taking a bundle in: checked whole, then its files kept, then everything it says recorded in one transaction.

Two copies that have taken in the same logs hold the same tables, byte for byte, in whatever order the bundles came: the
ledger is read in one order (lamport time, device, place), never in the order of arrival.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from willakuy.casefile.case import Case
from willakuy.casefile.devices import TRUSTS, KnownDevice, known_devices
from willakuy.casefile.logs import sizes_of
from willakuy.casefile.projections import Item, fold_all, project
from willakuy.casefile.schema import checkpoint, cosignature, fork, ledger_entry
from willakuy.casefile.stored import domain_fields
from willakuy.casefile.sync.bundle import Bundle
from willakuy.casefile.sync.checking import BeginsLater, Checked, CheckedLog, NotVouchedFor, check_bundle
from willakuy.casefile.sync.errors import BundleBeginsLater, BundleNotRead, ChangedMeanwhile, DeviceUnknown, OtherCase
from willakuy.casefile.sync.forks import Fork
from willakuy.casefile.sync.framing import Limited, NotABundle
from willakuy.casefile.sync.heads import cosigned, read_heads
from willakuy.casefile.sync.sealed import opened
from willakuy.ledger import Checkpoint, Json, Note
from willakuy.vault import Identity

Progress = Callable[[int], None]

_BATCH = 500
FORKS = "forks"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a bundle brought. Devices by their ids.

    ``taken`` counts new entries of each device; ``behind`` are devices of which this copy has more than the bundle;
    ``cosigned`` those whose head this device has now checked and signed; ``forks`` files that prove a second history.
    ``absent`` are files the new entries speak of that neither copy has.
    ``is_restored``: the bundle knew entries of this very device that this copy had lost; it goes on as a new device.
    """

    by: str
    taken: tuple[tuple[str, int], ...]
    new_devices: tuple[str, ...]
    files: int
    absent: tuple[str, ...]
    behind: tuple[str, ...]
    cosigned: tuple[str, ...]
    forks: tuple[tuple[str, Path], ...]
    is_restored: bool

    @property
    def entries(self) -> int:
        return sum(n for _, n in self.taken)


def import_bundle(
    case: Case,
    path: Path,
    *,
    trust: Collection[str] = (),
    identity: Identity | None = None,
    by: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Take in the bundle at ``path``.

    Args:
        trust: fingerprints of devices that a person has compared and believes from now on; that is recorded.
        identity: the key that opens an encrypted bundle.
        progress: called with the number of entries just recorded.

    Raises:
        BundleNotRead, OtherCase, DeviceUnknown, BundleBeginsLater, ChangedMeanwhile: nothing was recorded.
        DiskFull, NotWritten, CaseBusy, CaseNotWritten: nothing was recorded.
    """
    try:
        with opened(path, case.folder, identity) as source:
            bundle = Bundle.open(source)
            if bundle.manifest.case != case.device.case_id:
                raise OtherCase(file=path)
            if case.has_recorded():
                case.sign_checkpoint()  # so that what was recorded here can be compared with what the bundle says of it
            with case.looking() as connection:
                checked = check_bundle(connection, bundle, case.device.case_id, case.evidence, trust)
            return _take_in(case, bundle, checked, by, progress or (lambda _n: None))
    except NotABundle as e:
        raise BundleNotRead(file=path, reason=e) from e
    except BeginsLater as e:
        raise BundleBeginsLater(file=path, device=e.device, start=e.start, size=e.size) from e
    except NotVouchedFor as e:
        raise DeviceUnknown(file=path, device=e.device.device_id, fingerprint=e.device.fingerprint) from e


def _take_in(case: Case, bundle: Bundle, checked: Checked, by: str | None, told: Progress) -> Imported:
    taken = [log for log in checked.logs if log.is_taken]
    n_files = _keep_files(case, bundle, taken)
    own = case.device.device_id
    with case.changing() as connection:
        sizes = sizes_of(connection)
        if any(sizes.get(log.part.device, 0) != log.held for log in checked.logs):
            raise ChangedMeanwhile(path=case.folder)
        known = known_devices(connection, case.device.case_id)
        in_order = _insert_all(connection, bundle, taken, told)
        if not in_order:
            fold_all(connection)
        _keep_heads(connection, checked)
        if checked.trusted:
            words = ((TRUSTS, _trusted(device)) for device in checked.trusted)
            case.record_in(connection, words, by=by)
        signed = _cosign(connection, case)
    mine = [log for log in checked.logs if log.part.device == own]
    is_restored = any(log.is_taken or log.forks for log in mine)
    if is_restored:
        case.renounce_device(has_forked=any(log.forks for log in mine))
    return Imported(
        by=bundle.manifest.by,
        taken=tuple((log.part.device, len(log.new)) for log in taken),
        new_devices=tuple(sorted(checked.devices.keys() - known.keys())),
        files=n_files,
        absent=tuple(sorted({h for log in taken for h in log.told.wanted if not case.evidence.holds(h)})),
        behind=tuple(log.part.device for log in checked.logs if log.part.size < log.held),
        cosigned=signed,
        forks=tuple((f.device_id, write_evidence(case.folder, f)) for f in checked.forks),
        is_restored=is_restored,
    )


def _keep_files(case: Case, bundle: Bundle, taken: Iterable[CheckedLog]) -> int:
    """Keep the bytes the new entries speak of, before any entry does; how many were new."""
    n = 0
    wanted = {h for log in taken for h in log.told.wanted}
    sealed = {h for log in taken for h in log.told.sealed}
    for store, kind, hashes in ((case.evidence, "objects", wanted), (case.vault, "sealed", sealed)):
        for sha256, member in sorted(bundle.files(kind).items()):
            if sha256 in hashes and not store.holds(sha256):
                kept = store.put(Limited(bundle.source, member), name=sha256)
                if kept.sha256 != sha256:
                    raise NotABundle(f"the file {sha256} changed while it was read")
                n += 1
    return n


def _insert_all(connection: Connection, bundle: Bundle, taken: Iterable[CheckedLog], told: Progress) -> bool:
    """Enter the new entries; ``True`` when the projections took them in as well, since all come after what was there."""
    latest = connection.execute(select(func.max(ledger_entry.c.lamport))).scalar()
    logs = list(taken)
    in_order = len(logs) <= 1
    for log in logs:
        rows: list[dict[str, object]] = []
        expected = iter(log.new)
        for logged, row in bundle.entries(log.part):
            if logged.seq < log.held:
                continue
            if row["commitment"] != next(expected, None):
                raise NotABundle("it changed while it was read")
            in_order = in_order and (latest is None or logged.lamport > latest)
            rows.append(row)
            if in_order:
                item = Item.of(logged.entry.kind, domain_fields(logged.entry.fields))
                project(connection, [(item, logged.order)])
            if len(rows) == _BATCH:
                connection.execute(insert(ledger_entry), rows)
                told(len(rows))
                rows = []
        if rows:
            connection.execute(insert(ledger_entry), rows)
            told(len(rows))
    return in_order


def _keep_heads(connection: Connection, checked: Checked) -> None:
    heads, lines, forks = [], [], []
    for log in checked.logs:
        if log.forks:
            continue
        for size, note in log.notes.items():
            own = tuple(s for s in note.signatures if log.device.log.made(s))
            heads.append({"device": log.part.device, "size": size, "note": str(Note(note.text, own))})
            lines += [
                {"device": log.part.device, "size": size, "line": s.line}
                for s in checked.lines.get((log.part.device, size), ())
            ]
    forks = [{"device": f.device_id, "evidence": f.to_json()} for f in checked.forks]
    for table, rows in ((checkpoint, heads), (cosignature, lines), (fork, forks)):
        if rows:
            connection.execute(insert(table).prefix_with("OR IGNORE"), rows)


def _cosign(connection: Connection, case: Case) -> tuple[str, ...]:
    """Cosign the longest head of every other device that has not forked, where this device has not yet."""
    heads = read_heads(connection)
    known = known_devices(connection, case.device.case_id)
    me = known.get(case.device.device_id)
    if me is None:
        return ()  # this copy has recorded nothing yet: nobody could know whose cosignature it is
    time = int(datetime.fromisoformat(case.clock()).astimezone(UTC).timestamp())
    signed = []
    for device in sorted(heads.notes.keys() & known.keys() - {me.device_id} - heads.forks.keys()):
        size, note = max(heads.notes[device].items(), key=lambda item: item[0])
        if cosigned(note, me):
            continue
        line = case.device.key.cosigner.cosign(Checkpoint.parse(note.text), time).line
        connection.execute(insert(cosignature), {"device": device, "size": size, "line": line})
        signed.append(device)
    return tuple(signed)


def _trusted(device: KnownDevice) -> dict[str, Json]:
    return {"device": device.device_id, "vkey": device.log.vkey, "fingerprint": device.fingerprint}


def write_evidence(folder: Path, found: Fork) -> Path:
    """The proof of a fork as a file that can be given to anyone; the same proof is the same file."""
    path = folder / FORKS / f"{found.device_id}-{found.size}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(found.to_json(), "utf-8")
    return path
