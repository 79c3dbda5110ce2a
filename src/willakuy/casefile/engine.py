"""Opening ``case.db`` so that what is acknowledged survives, and checking that it really was opened so."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from willakuy.casefile.errors import CaseBusy, CaseNotRead, CaseNotWritten, DatabaseDamaged, EngineTooOld, NoCaseHere
from willakuy.evidence import sync_folder

OLDEST_ENGINE = (3, 51, 3)
"""Before it, two connections could corrupt a write-ahead log as it was reset."""

NEARLY_FULL = 64 << 20
"""Bytes free below which a connection takes the case for itself alone. With others it would share an index of the
write-ahead log through memory mapped from a file, and where the disk has no block left for a page of it, the system
kills the program (SIGBUS; seen on ext4 with blocks of 1 KiB, what small sticks and cards are formatted with)."""

_ALONE = "willakuy_alone"
_mine = threading.local()

_SETTINGS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0"}
_SETTINGS |= {"secure_delete": "1", "temp_store": "2"}  # what is freed is overwritten; what is sorted stays in memory


def check_engine(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Raises ``EngineTooOld``."""
    if version < OLDEST_ENGINE:
        raise EngineTooOld(found=".".join(map(str, version)), needed=".".join(map(str, OLDEST_ENGINE)))


def check_database_is_there(path: Path) -> None:
    """Before SQLite would make an empty one. Raises ``NoCaseHere``, ``CaseNotRead``."""
    try:
        if not path.is_file():
            raise NoCaseHere(path=path)
    except OSError as e:
        raise CaseNotRead(path=path, reason=e.strerror or str(e)) from e


def make_engine(path: Path, *, busy_ms: int = 20_000) -> Engine:
    """An engine whose every connection has the settings durability rests on, or fails to open.

    ``busy_ms``: how long to wait for another program that is writing.
    """
    check_engine()
    engine = create_engine(
        f"sqlite+pysqlite:///{path}", module=dbapi2, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )

    @event.listens_for(engine, "connect")
    def _settle(raw: Any, record: Any) -> None:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_ms}")
        record.info[_ALONE] = is_nearly_full(path)
        if (
            path.stat().st_size == 0
        ):  # being made: no file of a journal, whose name SQLite would sync and pass over an error
            cursor.execute("PRAGMA journal_mode = memory")
        alone = {"locking_mode": "exclusive"} if record.info[_ALONE] else {}
        for name, wanted in {**alone, **_SETTINGS}.items():
            cursor.execute(f"PRAGMA {name} = {wanted}")
            cursor.execute(f"PRAGMA {name}")
            found = str(cursor.fetchone()[0])
            if found != wanted:
                raise DatabaseDamaged(path=path, reason=f"PRAGMA {name} is {found}, not {wanted}")
        cursor.close()

    return engine


def is_nearly_full(path: Path) -> bool:
    """Whether the disk under ``path`` has little room left."""
    return shutil.disk_usage(path.parent).free < NEARLY_FULL


@contextmanager
def _connected(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection of this thread's own, which on a disk nearly full is the only one it can have."""
    with engine.connect() as connection:
        if not connection.info[_ALONE]:
            yield connection
            return
        held: dict[str, Connection] = _mine.__dict__
        held[str(path)] = connection
        try:
            yield connection
        finally:
            del held[str(path)]


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection that sees one state of the case and never waits for a writer, but on a disk nearly full."""
    held: dict[str, Connection] = _mine.__dict__
    if str(path) in held:
        yield held[str(path)]
        return
    with _told(path), _connected(engine, path) as connection:
        connection.execute(text("BEGIN"))
        try:
            yield connection
        finally:
            connection.execute(text("ROLLBACK"))


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """The one writer: everything inside is recorded together, or nothing is.

    ``BEGIN IMMEDIATE`` takes the lock before reading, so that a read-then-write cannot fail half-way.
    """
    with _told(path), _connected(engine, path) as connection:
        connection.execute(text("BEGIN IMMEDIATE"))
        try:
            sync_folder(path.parent)  # SQLite does it for its new log, and passes over an error
            yield connection
        except BaseException:
            connection.execute(text("ROLLBACK"))
            raise
        connection.execute(text("COMMIT"))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Database errors in the words of a person."""
    try:
        yield
    except OperationalError as e:
        said = str(e.orig)
        if "locked" in said or "busy" in said:
            raise CaseBusy(path=path) from e
        if "full" in said or "disk I/O" in said or "readonly" in said or "unable to open" in said:
            raise CaseNotWritten(path=path, reason=said) from e
        raise DatabaseDamaged(path=path, reason=said) from e
    except DBAPIError as e:
        if isinstance(e.orig, dbapi2.DatabaseError) and not isinstance(e.orig, dbapi2.IntegrityError):
            raise DatabaseDamaged(path=path, reason=str(e.orig)) from e
        raise
    except OSError as e:
        raise CaseNotWritten(path=path, reason=e.strerror or str(e)) from e
