"""Answers that can be thrown away: tables made from the ledger, entry by entry, in fold order."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from willakuy.casefile.codec import ENTRY_KINDS, value_of
from willakuy.casefile.errors import DuplicateId
from willakuy.casefile.schema import PROJECTION_VERSION, projected, setting
from willakuy.ledger import Json, canonical
from willakuy.statements.corpus import Corpus, PairProposal

_ID_FIELD = {
    "source": "source_id",
    "document": "document_id",
    "statement": "statement_id",
    "judgement": "judgement_id",
    "scope": "scope_id",
}

_LATEST_WINS = frozenset({"source", "document"})
"""Descriptions of sources and documents may be completed later; the ledger keeps the earlier ones."""


def project(connection: Connection, kind: str, fields: Mapping[str, Json], *, ordinal: int) -> bool:
    """Take one entry into the tables. ``False`` when the same was there already.

    Raises:
        DuplicateId: a statement or judgement of that id says something else.
    """
    if kind == "link-run":
        _replace(connection, "link-run", "latest", fields, ordinal)
        return True
    if kind not in ENTRY_KINDS:
        return True
    item_id = str(fields[_ID_FIELD[kind]])
    if kind == "scope":
        item_id = f"{item_id}@{fields['version']}"
    known = connection.execute(
        select(projected.c.fields).where(projected.c.kind == kind, projected.c.id == item_id)
    ).scalar()
    text = canonical(dict(fields)).decode()
    if known == text:
        return False
    if known is not None:
        if kind not in _LATEST_WINS:
            raise DuplicateId(id=item_id)
        _replace(connection, kind, item_id, fields, ordinal, keep_ordinal=True)
        return True
    _insert(connection, kind, item_id, fields, ordinal)
    return True


def forget_projections(connection: Connection) -> None:
    """Empty every projection and note the version they will be made with."""
    connection.execute(delete(projected))
    connection.execute(delete(setting).where(setting.c.name == "projection_version"))
    connection.execute(insert(setting), {"name": "projection_version", "value": str(PROJECTION_VERSION)})


def projection_is_current(connection: Connection) -> bool:
    version = connection.execute(select(setting.c.value).where(setting.c.name == "projection_version")).scalar()
    return version == str(PROJECTION_VERSION)


def projected_corpus(connection: Connection, read_bytes: Callable[[str], bytes]) -> Corpus:
    """Every projected value, in ledger order; proposals of the latest linkage run."""
    found: dict[str, list[Any]] = {kind: [] for kind in ENTRY_KINDS}
    query = select(projected.c.kind, projected.c.fields).order_by(projected.c.ordinal)
    proposals: tuple[PairProposal, ...] = ()
    for kind, fields in connection.execute(query):
        if kind == "link-run":
            proposals = _proposals(json.loads(fields), read_bytes)
        else:
            found[kind].append(value_of(kind, json.loads(fields)))
    return Corpus(
        sources=tuple(found["source"]),
        documents=tuple(found["document"]),
        statements=tuple(found["statement"]),
        judgements=tuple(found["judgement"]),
        scopes=tuple(found["scope"]),
        proposals=proposals,
    )


def _proposals(run: Mapping[str, Any], read_bytes: Callable[[str], bytes]) -> tuple[PairProposal, ...]:
    lines = read_bytes(run["pairs_sha256"]).splitlines()
    return tuple(msgspec.json.decode(line, type=PairProposal) for line in lines)


def _insert(connection: Connection, kind: str, item_id: str, fields: Mapping[str, Json], ordinal: int) -> None:
    row = {
        "kind": kind,
        "id": item_id,
        "ordinal": ordinal,
        "subkind": str(fields.get("kind", "")),
        "document_id": _document_of(fields),
        "fields": canonical(dict(fields)).decode(),
    }
    connection.execute(insert(projected), row)


def _replace(
    connection: Connection,
    kind: str,
    item_id: str,
    fields: Mapping[str, Json],
    ordinal: int,
    *,
    keep_ordinal: bool = False,
) -> None:
    same = (projected.c.kind == kind) & (projected.c.id == item_id)
    if keep_ordinal:
        ordinal = connection.execute(select(projected.c.ordinal).where(same)).scalar_one()
    connection.execute(delete(projected).where(same))
    _insert(connection, kind, item_id, fields, ordinal)


def _document_of(fields: Mapping[str, Json]) -> str:
    citations: Any = fields.get("citations")
    return str(citations[0]["document_id"]) if citations else ""
