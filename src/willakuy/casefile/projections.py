"""Answers that can be thrown away: tables made from the ledger, entry by entry, in fold order."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from willakuy.casefile.codec import ENTRY_KINDS, value_of
from willakuy.casefile.errors import DuplicateId
from willakuy.casefile.schema import PROJECTION_VERSION, projected, setting
from willakuy.ledger import SEALED_MARK, Json, canonical, leaf_of_sealed
from willakuy.statements.corpus import Corpus, PairProposal

_ID_FIELD = {
    "source": "source_id",
    "document": "document_id",
    "statement": "statement_id",
    "judgement": "judgement_id",
    "scope": "scope_id",
}

_LATEST_WINS = frozenset({"source", "document", "link-run"})
"""Descriptions of sources and documents may be completed later, in place; the ledger keeps the earlier ones."""


Fields = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry on its way into the tables."""

    kind: str
    fields: Fields
    text: str
    item_id: str | None

    @classmethod
    def of(cls, kind: str, fields: Fields) -> Item:
        return cls(kind, fields, canonical(dict(fields)).decode(), _item_id(kind, fields))


def new_among(connection: Connection, items: Sequence[Item]) -> list[Item]:
    """The items that are not recorded yet, in order; a repetition inside ``items`` counts as recorded.

    Raises:
        DuplicateId: a statement, judgement or scope of that id says something else.
    """
    known = _known_texts(connection, items)
    new = []
    for item in items:
        if item.item_id is not None:
            key = (item.kind, item.item_id)
            text = known.get(key)
            if text is not None and (text == item.text or _is_what_is_left(text, item.fields)):
                continue
            if text is not None and item.kind not in _LATEST_WINS:
                raise DuplicateId(id=item.item_id)
            known[key] = item.text
        new.append(item)
    return new


def project(connection: Connection, items: Sequence[tuple[Item, int]]) -> None:
    """Take new items into the tables, each with its ordinal (the entry's lamport time)."""
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for item, ordinal in items:
        if item.item_id is None:
            continue
        key = (item.kind, item.item_id)
        first = rows[key]["ordinal"] if key in rows and item.kind != "link-run" else ordinal
        rows[key] = {
            "kind": item.kind,
            "id": item.item_id,
            "ordinal": first,
            "subkind": str(item.fields.get("kind", "")),
            "document_id": _document_of(item.fields),
            "fields": item.text,
        }
    replaced = [key for key in rows if key[0] in _LATEST_WINS]
    for kind, item_id in replaced:
        same = (projected.c.kind == kind) & (projected.c.id == item_id)
        earlier = connection.execute(select(projected.c.ordinal).where(same)).scalar()
        if earlier is not None:
            connection.execute(delete(projected).where(same))
            if kind != "link-run":
                rows[kind, item_id]["ordinal"] = earlier
    if rows:
        connection.execute(insert(projected), list(rows.values()))


def forget_projections(connection: Connection, *, are_current: bool = True) -> None:
    """Empty every projection and note the version they will be made with; if not now, when the case is next opened."""
    connection.execute(delete(projected))
    connection.execute(delete(setting).where(setting.c.name == "projection_version"))
    if are_current:
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


def _is_what_is_left(text: str, fields: Fields) -> bool:
    """Whether ``text`` is ``fields`` with some values erased: what was erased does not come back by importing it again."""
    if SEALED_MARK not in text:
        return False
    held: dict[str, Json] = json.loads(text)
    left = {path for path, value in held.items() if leaf_of_sealed(value) is None}
    return held.keys() == fields.keys() and all(held[path] == json.loads(canonical(fields[path])) for path in left)


def _known_texts(connection: Connection, items: Sequence[Item]) -> dict[tuple[str, str], str]:
    ids = {item.item_id for item in items if item.item_id is not None}
    query = select(projected.c.kind, projected.c.id, projected.c.fields).where(projected.c.id.in_(ids))
    return {(kind, item_id): text for kind, item_id, text in connection.execute(query)}


def _item_id(kind: str, fields: Fields) -> str | None:
    """What the item is called in the tables; ``None`` for entries that have none there."""
    if kind == "link-run":
        return "latest"
    if kind not in ENTRY_KINDS:
        return None
    item_id = str(fields[_ID_FIELD[kind]])
    return f"{item_id}@{fields['version']}" if kind == "scope" else item_id


def _document_of(fields: Mapping[str, Json]) -> str:
    citations: Any = fields.get("citations")
    return str(citations[0]["document_id"]) if citations else ""
