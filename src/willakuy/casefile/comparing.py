"""Whether the tables that answer questions say what the ledger says: they are made again beside the case and compared."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Connection, create_engine, select
from sqlalchemy.pool import NullPool

from willakuy.casefile.projections import Item, Place, project
from willakuy.casefile.schema import projected

_BATCH = 500


def differing_rows(connection: Connection, items: Iterable[tuple[Item, Place]]) -> Iterator[tuple[str, str]]:
    """(kind, id) of every projected row that is not what ``items``, folded anew, give. Constant memory.

    Args:
        items: every entry of the ledger in fold order, with its place in that order.
    """
    with tempfile.TemporaryDirectory(prefix="willakuy-") as place:
        path = Path(place) / "again.db"
        engine = create_engine(f"sqlite+pysqlite:///{path}", module=dbapi2, poolclass=NullPool)
        with engine.begin() as again:
            projected.create(again)
            rest = iter(items)
            while batch := list(islice(rest, _BATCH)):
                project(again, batch)
        with engine.connect() as again:
            for held, made in zip_longest(_rows(connection), _rows(again)):
                if held != made:
                    found = held or made
                    assert found is not None
                    yield found[0], found[1]
                    if held is None or made is None or held[:2] != made[:2]:
                        return  # a row too many or too few: those after it cannot be paired
        engine.dispose()


def _rows(connection: Connection) -> Iterator[tuple[Any, ...]]:
    query = select(projected).order_by(projected.c.kind, projected.c.id)
    for row in connection.execution_options(yield_per=_BATCH).execute(query):
        yield tuple(row)
