"""One case on disk: open it, append to its ledger, ask what it holds.

    with Case.open(Path("my-case")) as case:
        case.append([source, document, *statements])
        corpus = case.corpus()

Appending is all or nothing: when ``append`` returns, everything is durable; when it raises, nothing was recorded.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, func, insert, select, text

from willakuy.casefile.codec import Recorded, entry_kind_of, fields_of
from willakuy.casefile.comparing import differing_rows
from willakuy.casefile.creating import begin_case, finish_case
from willakuy.casefile.devices import KnownDevice, introduction, known_devices
from willakuy.casefile.engine import check_database_is_there, make_engine, reading, writing
from willakuy.casefile.entry_rows import batched, check_entries, destroy_values
from willakuy.casefile.keys import (
    Device,
    keep_device,
    keep_signed_size,
    new_device,
    read_device,
    read_introduction,
    renounce,
)
from willakuy.casefile.logs import close_log, device_here, hand_out_tiles, roots_at, sign_head, sizes_of
from willakuy.casefile.projections import (
    Item,
    fold_all,
    forget_projections,
    new_among,
    project,
    projected_corpus,
    projection_is_current,
)
from willakuy.casefile.schema import checkpoint, cosignature, ledger_entry, metadata
from willakuy.casefile.settings import SETTINGS_FILE, Settings, evidence_of, read_settings, settings_as_toml
from willakuy.casefile.stored import domain_fields, logged_of, row_of
from willakuy.ledger import Entropy, Json, Logged, make_entry
from willakuy.statements.corpus import Corpus
from willakuy.vault import VaultStore

Clock = Callable[[], str]

_BATCH = 500


def utc_now() -> str:
    """The machine's clock, to the second. Evidence of nothing: clocks can be set."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Case:
    """Use ``create`` or ``open``. ``clock`` and ``entropy`` are passed in so that a build can be repeated."""

    def __init__(self, folder: Path, settings: Settings, device: Device, *, clock: Clock, entropy: Entropy) -> None:
        self.folder = folder
        self.settings = settings
        self.device = device
        self.evidence = evidence_of(folder, settings)
        self.vault = VaultStore(folder / "vault")
        self.clock = clock
        self.entropy = entropy
        self._path = folder / "case.db"
        self._engine = make_engine(self._path)
        self._before: Device | None = None
        """The device this copy was made from, until the first entry of its own."""

    @classmethod
    def create(cls, folder: Path, settings: Settings, *, clock: Clock = utc_now, entropy: Entropy = os.urandom) -> Case:
        """A new, empty case in ``folder``, which must be new or empty.

        Raises:
            CaseExists: there is something in the folder; nothing was changed.
            CaseNotWritten: the disk does not take it; making it again in the same folder goes on from there.
        """
        begin_case(folder, settings)
        device = new_device(entropy(8).hex(), entropy)
        keep_device(folder, device)
        with cls.empty(folder, settings, device, clock=clock, entropy=entropy) as case:
            about: dict[str, Json] = {"name": settings.name, "settings": settings_as_toml(settings)}
            case.record("case", {**about, **introduction(device.key)})
        finish_case(folder)
        return cls(folder, settings, device, clock=clock, entropy=entropy)

    @classmethod
    def empty(cls, folder: Path, settings: Settings, device: Device, *, clock: Clock, entropy: Entropy) -> Case:
        """A case without a single entry in a folder that has none, for ``create`` or to be filled from a bundle."""
        case = cls(folder, settings, device, clock=clock, entropy=entropy)
        with writing(case._engine, case._path) as connection:
            metadata.create_all(connection)
            forget_projections(connection)
        return case

    @classmethod
    def open(cls, folder: Path, *, clock: Clock = utc_now, entropy: Entropy = os.urandom) -> Case:
        """The case in ``folder``.

        Raises:
            NoCaseHere, CaseTomlNotRead, CaseFormatUnknown, EngineTooOld, DatabaseDamaged
        """
        settings = read_settings(folder)
        check_database_is_there(folder / "case.db")
        engine, path = make_engine(folder / "case.db"), folder / "case.db"
        with reading(engine, path) as connection:
            device, before = device_here(folder, connection, entropy)
            is_current = projection_is_current(connection)
        case = cls(folder, settings, device, clock=clock, entropy=entropy)
        case._before = before
        if not is_current:
            with writing(case._engine, case._path) as connection:
                metadata.create_all(connection)
            case.rebuild()
        if next(case.entries("erased"), None) is not None:
            from willakuy.casefile.erasing import finish_erasures

            finish_erasures(case)
        return case

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.evidence.close()
        self._engine.dispose()

    def append(
        self, values: Iterable[Recorded], *, by: str | None = None, progress: Callable[[int], None] | None = None
    ) -> int:
        """Record ``values``, in order, together. How many were new: what is recorded already is passed over.

        Raises:
            DuplicateId: a statement or judgement of that id says something else.
            CaseBusy, CaseNotWritten: nothing was recorded.
        """
        return self._record_all(((entry_kind_of(v), fields_of(v)) for v in values), by, progress)

    def record(self, kind: str, fields: Mapping[str, Json], *, by: str | None = None) -> None:
        """Record an entry that is no domain value: a custody event, a mapping, a run, a release."""
        self._record_all([(kind, dict(fields))], by, None)

    def record_all(self, kind: str, items: Iterable[Mapping[str, Json]], *, by: str | None = None) -> None:
        """Record several such entries together: all of them, or none."""
        self.record_entries(((kind, fields) for fields in items), by=by)

    def record_entries(self, entries: Iterable[tuple[str, Mapping[str, Json]]], *, by: str | None = None) -> None:
        """``record_all`` for entries of several kinds: ``(kind, fields)`` each."""
        self._record_all(((kind, dict(fields)) for kind, fields in entries), by, None)

    def _record_all(
        self, items: Iterable[tuple[str, dict[str, Json]]], by: str | None, progress: Callable[[int], None] | None
    ) -> int:
        with self.changing() as connection:
            return self.record_in(connection, items, by=by, progress=progress)

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A connection that sees one state of the case and never waits for a writer."""
        with reading(self._engine, self._path) as connection:
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """The one writer: everything inside is recorded together, or nothing is."""
        with writing(self._engine, self._path) as connection:
            yield connection

    def record_in(
        self,
        connection: Connection,
        items: Iterable[tuple[str, dict[str, Json]]],
        *,
        by: str | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Record ``(kind, fields)`` inside a change that is under way; how many were new.

        Raises:
            DuplicateId
        """
        new, device = 0, self.device.device_id
        seq, lamport = self._next(connection)
        if seq == 0:
            items = chain(self._introduction(connection, lamport), items)
        for batch in batched(items, _BATCH):
            fresh = new_among(connection, [Item.of(kind, fields) for kind, fields in batch])
            project(connection, [(item, (lamport + i, device, seq + i)) for i, item in enumerate(fresh)])
            rows = [row_of(self._logged(e.kind, e.fields, seq + i, lamport + i, by)) for i, e in enumerate(fresh)]
            if rows:
                connection.execute(insert(ledger_entry), rows)
            seq, lamport, new = seq + len(rows), lamport + len(rows), new + len(rows)
            if progress:
                progress(len(batch))
        return new

    def _introduction(self, connection: Connection, lamport: int) -> Iterator[tuple[str, dict[str, Json]]]:
        """The first entry of this device's log, if its case is older than it: in a copy, its key is kept here first."""
        if lamport == 0:
            return
        if self._before is not None:
            size = close_log(connection, self._before)
            keep_device(self.folder, self.device, introduction(self.device.key, self._before.key, size))
            self._before = None
        elif read_device(self.folder) != self.device:
            keep_device(self.folder, self.device, introduction(self.device.key))
        yield "device", read_introduction(self.folder) or introduction(self.device.key)

    def _logged(self, kind: str, fields: Mapping[str, Json], seq: int, lamport: int, by: str | None) -> Logged:
        about: dict[str, Json] = {
            "entry.device": self.device.device_id,
            "entry.lamport": lamport,
            "entry.time": self.clock(),
            "entry.by": by or self.settings.coder,
        }
        return Logged(self.device.device_id, seq, lamport, make_entry(kind, {**fields, **about}, self.entropy))

    def _next(self, connection: Connection) -> tuple[int, int]:
        mine = ledger_entry.c.device == self.device.device_id
        seq = connection.execute(select(func.max(ledger_entry.c.seq)).where(mine)).scalar()
        lamport = connection.execute(select(func.max(ledger_entry.c.lamport))).scalar()
        return (0 if seq is None else seq + 1), (0 if lamport is None else lamport + 1)

    def corpus(self) -> Corpus:
        """Everything said and decided, as plain values."""
        with reading(self._engine, self._path) as connection:
            return projected_corpus(connection, self._pairs_of)

    def _pairs_of(self, sha256: str) -> bytes:
        return self.evidence.read(sha256)

    def entries(self, *kinds: str, holding: str | None = None) -> Iterator[Logged]:
        """Ledger entries in fold order, of the given kinds or of all; ``holding``: only those with this text in a field."""
        query = select(ledger_entry).order_by(ledger_entry.c.lamport, ledger_entry.c.device, ledger_entry.c.seq)
        if kinds:
            query = query.where(ledger_entry.c.kind.in_(kinds))
        if holding:
            query = query.where(ledger_entry.c.fields.contains(holding, autoescape=True))
        with reading(self._engine, self._path) as connection:
            for row in connection.execute(query):
                yield logged_of(row._mapping)

    def commitments(self, device: str | None = None) -> list[bytes]:
        """The log of one device (this one by default), as the 32-byte commitments it consists of."""
        query = (
            select(ledger_entry.c.commitment)
            .where(ledger_entry.c.device == (device or self.device.device_id))
            .order_by(ledger_entry.c.seq)
        )
        with reading(self._engine, self._path) as connection:
            return [bytes(row[0]) for row in connection.execute(query)]

    def introduce(self) -> None:
        """Begin this device's log, if it has not begun: a fresh copy that is to sign something must say who it is."""
        with self.changing() as connection:
            self.record_in(connection, ())

    def known_devices(self) -> dict[str, KnownDevice]:
        """Every device whose log is here, by its id."""
        with self.looking() as connection:
            return known_devices(connection, self.device.case_id)

    def signed_head(self, device: str, size: int) -> str | None:
        """The note with which ``device`` signed its log at ``size`` entries, with the cosignatures known; ``None``: it did not."""
        with self.looking() as connection:
            same = (checkpoint.c.device == device) & (checkpoint.c.size == size)
            note = connection.execute(select(checkpoint.c.note).where(same)).scalar()
            under = (cosignature.c.device == device) & (cosignature.c.size == size)
            lines = connection.execute(select(cosignature.c.line).where(under).order_by(cosignature.c.line)).scalars()
            return None if note is None else note + "".join(lines)

    def has_recorded(self) -> bool:
        """Whether this device's log has begun: in a fresh copy it has not."""
        with self.looking() as connection:
            return bool(sizes_of(connection).get(self.device.device_id))

    def n_entries(self) -> int:
        """How many entries there are, of all devices."""
        with self.looking() as connection:
            return sum(sizes_of(connection).values())

    def devices(self) -> list[str]:
        with reading(self._engine, self._path) as connection:
            query = select(ledger_entry.c.device).distinct().order_by(ledger_entry.c.device)
            return [row[0] for row in connection.execute(query)]

    def sign_checkpoint(self, size: int | None = None) -> str:
        """The signed head of this device's log at ``size`` entries (all by default), kept before it is shown.

        Raises:
            LedgerDamaged: it was signed before, and differently.
        """
        with writing(self._engine, self._path) as connection:
            note, signed = sign_head(connection, self.device, self.folder, size)
        keep_signed_size(self.folder, signed)
        return note

    def hand_out_log(self, device: str, size: int, put: Callable[[str, bytes], None]) -> None:
        """Give ``put`` every tile and entry bundle (C2SP tlog-tiles) of a device's log as it was at ``size`` entries."""
        with reading(self._engine, self._path) as connection:
            hand_out_tiles(connection, device, size, put)

    def roots_at(self, device: str, sizes: Iterable[int]) -> dict[int, bytes]:
        """The root of a device's log at each of ``sizes`` that it has reached."""
        with reading(self._engine, self._path) as connection:
            return roots_at(connection, device, sizes)

    def checkpoints(self) -> list[str]:
        """Every checkpoint this device signed, smallest first."""
        mine = checkpoint.c.device == self.device.device_id
        with reading(self._engine, self._path) as connection:
            query = select(checkpoint.c.note).where(mine).order_by(checkpoint.c.size)
            return [row[0] for row in connection.execute(query)]

    def renounce_device(self, *, has_forked: bool) -> None:
        """Sign no more as this device: what comes next is recorded by a new one, which a forked one cannot vouch for."""
        renounce(self.folder)
        self._before = None if has_forked else self.device
        self.device = new_device(self.device.case_id, self.entropy)

    def rebuild(self) -> int:
        """Make every projection again from the ledger alone; the number of entries folded."""
        shutil.rmtree(self.folder / "projections", ignore_errors=True)
        with writing(self._engine, self._path) as connection:
            return fold_all(connection)

    def destroy_values(self, wanted: Mapping[tuple[str, int], Collection[str]]) -> int:
        """Overwrite the values and salts of these paths of these entries by their commitments; how many were still there.

        The one change the ledger ever takes: no root, no commitment and no signature is another one after it. The database is
        told to overwrite what it frees, and its journal is emptied.

        Raises:
            LedgerDamaged: an entry's commitment would change; nothing was destroyed.
        """
        with writing(self._engine, self._path) as connection:
            n = destroy_values(connection, self.folder, wanted)
            if n:
                forget_projections(connection, are_current=False)
        if n:
            self.rebuild()
            self.empty_journal()
        return n

    def empty_journal(self) -> None:
        """Take everything out of the write-ahead log, if nobody else is reading."""
        with self._engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def settings_recorded(self) -> str | None:
        """What ``case.toml`` said when it was last recorded."""
        said = [e.entry.fields["settings"] for e in self.entries("case", "settings") if "settings" in e.entry.fields]
        return str(said[-1]) if said else None

    def record_settings(self) -> None:
        """Record what ``case.toml`` says, unless it says what it said before: what is published rests on it."""
        says = (self.folder / SETTINGS_FILE).read_text("utf-8")
        if says != self.settings_recorded():
            self.record("settings", {"settings": says})

    def differing_projections(self) -> Iterator[tuple[str, str]]:
        """(kind, id) of what the tables show otherwise than the ledger; ``rebuild`` mends them."""
        entries = self.entries()
        items = ((Item.of(e.entry.kind, domain_fields(e.entry.fields)), e.order) for e in entries)
        with reading(self._engine, self._path) as connection:
            yield from differing_rows(connection, items)

    def check_ledger(self) -> int:
        """Recompute every commitment; the number of entries.

        Raises:
            LedgerDamaged: names the first entry that is not what was recorded.
            DatabaseDamaged: the file cannot be read.
        """
        with reading(self._engine, self._path) as connection:
            return check_entries(connection, self.folder)

    def check_database(self) -> list[str]:
        """What SQLite itself says is wrong with the file; empty when nothing is."""
        with reading(self._engine, self._path) as connection:
            said = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
        return [] if said == ["ok"] else said
