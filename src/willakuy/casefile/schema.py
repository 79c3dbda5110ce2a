"""The tables of ``case.db``.

``ledger_entry``, ``checkpoint``, ``cosignature`` and ``fork`` are the case; triggers refuse to change or delete a row. ``projected`` can be
thrown away and made again from the ledger at any time (``willakuy rebuild``), so it never needs migrating: when its
``PROJECTION_VERSION`` differs, it is rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import (
    DDL,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    event,
    text,
)

PROJECTION_VERSION = 2

metadata = MetaData()

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("device", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("salts", LargeBinary, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    PrimaryKeyConstraint("device", "seq"),
    sqlite_strict=True,
)
Index("ledger_entry_kind", ledger_entry.c.kind)
Index("ledger_entry_order", ledger_entry.c.lamport, ledger_entry.c.device, ledger_entry.c.seq)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("device", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("device", "size"),
    sqlite_strict=True,
)

cosignature = Table(
    "cosignature",
    metadata,
    Column("device", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("line", Text, nullable=False),
    PrimaryKeyConstraint("device", "size", "line"),
    sqlite_strict=True,
)
"""Who says of whose head that it continued the earlier ones: lines under the note in ``checkpoint``."""

fork = Table(
    "fork",
    metadata,
    Column("device", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    PrimaryKeyConstraint("device", "evidence"),
    sqlite_strict=True,
)

projected = Table(
    "projected",
    metadata,
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("device", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("subkind", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("fields", Text, nullable=False),
    PrimaryKeyConstraint("kind", "id"),
    sqlite_strict=True,
)
Index("projected_order", projected.c.kind, projected.c.ordinal, projected.c.device, projected.c.seq)
Index("projected_document", projected.c.document_id)

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

for _table in (ledger_entry, checkpoint, cosignature, fork):
    for _verb in ("UPDATE", "DELETE"):
        event.listen(
            _table,
            "after_create",
            DDL(  # type: ignore[no-untyped-call]
                f"CREATE TRIGGER {_table.name}_no_{_verb.lower()} BEFORE {_verb} ON {_table.name} "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger only grows: no {_verb}'); END"
            ).execute_if(dialect="sqlite"),
        )


@contextmanager
def updates_allowed(connection: Connection) -> Iterator[None]:
    """Lift the refusal of updates of the ledger inside a transaction, for erasing a value; it is back before the commit."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name = 'ledger_entry_no_update'"
    triggers = connection.execute(text(query)).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)
