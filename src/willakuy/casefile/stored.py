"""A ledger entry as a row of ``case.db``, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from willakuy.ledger import Entry, Json, Logged, canonical, commitment_of
from willakuy.ledger.entries import LEAST_LEAVES, SALT_BYTES


def row_of(logged: Logged) -> dict[str, object]:
    entry = logged.entry
    return {
        "device": logged.device,
        "seq": logged.seq,
        "lamport": logged.lamport,
        "kind": entry.kind,
        "fields": canonical(dict(entry.fields)).decode(),
        "salts": b"".join(entry.salts) + b"".join(entry.decoys),
        "commitment": commitment_of(entry.header),
    }


def logged_of(row: RowMapping | Mapping[str, Any]) -> Logged:
    entry = entry_of(str(row["kind"]), json.loads(str(row["fields"])), bytes(row["salts"]))
    return Logged(str(row["device"]), int(row["seq"]), int(row["lamport"]), entry)


def entry_of(kind: str, fields: dict[str, Json], pool: bytes) -> Entry:
    """``pool`` holds the salts in the order of the paths, then the decoys."""
    cut = SALT_BYTES * len(fields)
    salts = tuple(pool[i : i + SALT_BYTES] for i in range(0, cut, SALT_BYTES))
    decoys = tuple(pool[i : i + 32] for i in range(cut, len(pool), 32))
    return Entry(kind, fields, salts, decoys)


def pool_fits(n_fields: int, pool: bytes) -> bool:
    """Whether salts and decoys are as many as the format asks: leaves up to a power of two, at least eight."""
    n_decoys, rest = divmod(len(pool) - SALT_BYTES * n_fields, 32)
    n_leaves = n_fields + n_decoys
    wanted = max(LEAST_LEAVES, 1 << max(n_fields - 1, 0).bit_length())
    return rest == 0 and n_leaves == wanted


def domain_fields(fields: Mapping[str, Json]) -> dict[str, Json]:
    """The fields without those every entry carries about itself."""
    return {path: value for path, value in fields.items() if not path.startswith("entry.")}
