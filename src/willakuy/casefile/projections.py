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
from willakuy.casefile.schema import PROJECTION_VERSION, ledger_entry, projected, setting
from willakuy.casefile.stored import domain_fields, logged_of
from willakuy.ledger import SEALED_MARK, Json, canonical, leaf_of_sealed
from willakuy.statements.corpus import Corpus, PairProposal

_ID_FIELD = {
    "source": "source_id",
    "document": "document_id",
    "statement": "statement_id",
    "judgement": "judgement_id",
    "scope": "scope_id",
}

_ROWS = 500
LATEST_WINS = frozenset({"source", "document", "link-run"})
"""Descriptions of sources and documents may be completed later, in place; the ledger keeps the earlier ones."""


Fields = Mapping[str, Json]


def takes_place(kind: str, fields: Fields, earlier: Fields) -> bool:
    """Whether what is said later under one id stands in place of what was said earlier.

    Descriptions do, and a later reading of the same row. Otherwise nothing said is ever overwritten.
    """
    return kind in LATEST_WINS or (kind == "statement" and _reading(fields) > _reading(earlier))


def _reading(fields: Fields) -> int:
    reading = fields.get("reading", 1)
    return reading if isinstance(reading, int) else 1


@dataclass(frozen=True, slots=True)
class Item:
    """One entry on its way into the tables; ``text`` is empty where it has no place there."""

    kind: str
    fields: Fields
    text: str
    item_id: str | None

    @classmethod
    def of(cls, kind: str, fields: Fields) -> Item:
        item_id = _item_id(kind, fields)
        return cls(kind, fields, "" if item_id is None else canonical(dict(fields)).decode(), item_id)


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
            if text is not None and not takes_place(item.kind, item.fields, json.loads(text)):
                raise DuplicateId(id=item.item_id)
            known[key] = item.text
        new.append(item)
    return new


Place = tuple[int, str, int]
"""Lamport time, device, place in its log: what ``Logged.order`` gives, and the order in which every copy reads."""


def project(connection: Connection, items: Sequence[tuple[Item, Place]]) -> None:
    """Take items into the tables, in fold order and after everything that is there.

    Of several descriptions of one source or document the last counts, at the place of the first; so does the highest reading
    of a row. Of several statements, judgements or scopes under one id the first counts otherwise: nothing said is ever
    overwritten (``conflicts`` lists the others).
    """
    rows: dict[tuple[str, str], dict[str, object]] = {}
    said: dict[tuple[str, str], Fields] = {}
    for item, (lamport, device, seq) in items:
        if item.item_id is None:
            continue
        key = (item.kind, item.item_id)
        earlier = rows.get(key)
        if earlier is not None and not takes_place(item.kind, item.fields, said[key]):
            continue
        said[key] = item.fields
        place: dict[str, object] = {"ordinal": lamport, "device": device, "seq": seq}
        if earlier is not None and item.kind != "link-run":
            place = {name: earlier[name] for name in place}
        rows[key] = {
            "kind": item.kind,
            "id": item.item_id,
            **place,
            "subkind": str(item.fields.get("kind", "")),
            "document_id": _document_of(item.fields),
            "fields": item.text,
        }
    for key, row in rows.items():
        if takes_place(key[0], said[key], {}):
            _make_room(connection, key, said[key], row)
    if rows:
        connection.execute(insert(projected).prefix_with("OR IGNORE"), list(rows.values()))


def _make_room(connection: Connection, key: tuple[str, str], fields: Fields, row: dict[str, object]) -> None:
    """Take away what ``row`` stands in place of; it takes its place in the order, too."""
    kind, p = key[0], projected.c
    same = (p.kind == kind) & (p.id == key[1])
    found = connection.execute(select(p.ordinal, p.device, p.seq, p.fields).where(same)).first()
    if found is None or not takes_place(kind, fields, json.loads(found.fields)):
        return
    connection.execute(delete(projected).where(same))
    if kind != "link-run":
        row.update(ordinal=found.ordinal, device=found.device, seq=found.seq)


def fold_all(connection: Connection) -> int:
    """Make every projection again from the ledger alone, in fold order; the number of entries folded."""
    forget_projections(connection)
    query = select(ledger_entry).order_by(ledger_entry.c.lamport, ledger_entry.c.device, ledger_entry.c.seq)
    n = 0
    for rows in connection.execution_options(yield_per=_ROWS).execute(query).partitions():
        folded = [logged_of(row._mapping) for row in rows]
        project(connection, [(Item.of(e.entry.kind, domain_fields(e.entry.fields)), e.order) for e in folded])
        n += len(folded)
    return n


def standing_text(connection: Connection, kinds: Sequence[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """(kind, id) to the text that stands and the place of the entry (``device/seq``) it is from."""
    p = projected.c
    query = select(p.kind, p.id, p.fields, p.device, p.seq).where(p.kind.in_(kinds))
    return {
        (kind, item_id): (text, f"{device}/{seq}") for kind, item_id, text, device, seq in connection.execute(query)
    }


def forget_projections(connection: Connection, *, are_current: bool = True) -> None:
    """Empty every projection, in the shape it has now; note the version it will be made with, or that it is to be made.

    Args:
        are_current: false where they are made only when the case is next opened.
    """
    projected.drop(connection, checkfirst=True)
    projected.create(connection)
    connection.execute(delete(setting).where(setting.c.name == "projection_version"))
    if are_current:
        connection.execute(insert(setting), {"name": "projection_version", "value": str(PROJECTION_VERSION)})


def projection_is_current(connection: Connection) -> bool:
    version = connection.execute(select(setting.c.value).where(setting.c.name == "projection_version")).scalar()
    return version == str(PROJECTION_VERSION)


def projected_corpus(connection: Connection, read_bytes: Callable[[str], bytes]) -> Corpus:
    """Every projected value, in ledger order; proposals of the latest linkage run."""
    found: dict[str, list[Any]] = {kind: [] for kind in ENTRY_KINDS}
    query = select(projected.c.kind, projected.c.fields).order_by(
        projected.c.ordinal, projected.c.device, projected.c.seq
    )
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
    if not ids:
        return {}
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
