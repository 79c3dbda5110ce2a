"""Erasing one value for good: it and its salt are destroyed, and every proof about everything else still holds.

First the ledger says that the field will be erased, by whom and why; then the value is destroyed. Interrupted between the two, the
next opening of the case on this device ends the work. What another device erased is not destroyed here by itself:
nobody can empty a laptop from afar (``pending_erasures``).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from willakuy.casefile.case import Case
from willakuy.casefile.codec import is_erasable
from willakuy.casefile.errors import NoSuchThing
from willakuy.casefile.sealing import sealed_item, sealed_items
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext
from willakuy.ledger import SEALED_MARK, Json, Logged, commitment, leaf_of_sealed

_LEAST = 5


class FieldNotErasable(UsageError):
    code = "W537"
    what = N_("{id}: its field {path} cannot be erased: {reason}.")
    next = N_("Nothing was erased. See what it holds:\n    willakuy vault erase {id}")


@dataclass(frozen=True, slots=True)
class Erasure:
    """One entry of the ledger, and the paths whose values go."""

    device: str
    seq: int
    commitment: str
    paths: tuple[str, ...]


def erasable(case: Case, item_id: str) -> dict[str, bool]:
    """Every path under which entries hold something of ``item_id``, and whether it can be erased and is not yet.

    Raises:
        NoSuchThing
    """
    out: dict[str, bool] = {}
    gone = item_id.startswith("sea_") and sealed_item(case, item_id).is_gone
    for logged in _entries_of(case, item_id):
        for path, value in logged.entry.fields.items():
            can = is_erasable(logged.entry.kind, path)
            is_there = leaf_of_sealed(value) is None or (_is_sealed_path(path) and not gone)
            out[path] = out.get(path, False) or (can and is_there)
    return out


@dataclass(frozen=True, slots=True)
class Erased:
    """``n`` values destroyed; ``elsewhere`` says where the same words still stand in the ledger: (id or kind, path)."""

    n: int
    elsewhere: tuple[tuple[str, str], ...]


def erase(case: Case, item_id: str, paths: Sequence[str], *, reason: str, by: str | None = None) -> Erased:
    """Destroy the values of ``paths`` in every entry about ``item_id``; of a sealed item, its sealed files.

    Raises:
        NoSuchThing, FieldNotErasable: nothing was erased.
        CaseNotWritten: nothing was erased, or the erasure is recorded and will be carried out when the case is next opened.
    """
    if item_id.startswith("sea_"):
        paths = sealed_item(case, item_id).paths  # one sealed file holds them all, and no one here can take it apart
    entries = _entries_of(case, item_id)
    known = erasable(case, item_id)
    for path in paths:
        if path not in known:
            raise FieldNotErasable(id=item_id, path=path, reason=gettext("it holds no such field"))
        if not known[path]:
            raise FieldNotErasable(
                id=item_id, path=path, reason=gettext("without it the record cannot be read, or it is gone")
            )
    about = [(e, tuple(p for p in paths if p in e.entry.fields)) for e in entries]
    todo = [Erasure(e.device, e.seq, commitment(e).hex(), held) for e, held in about if held]
    words = {text for e, held in about for path in held for text in _telling(e.entry.fields[path])}
    case.record_all("erased", [_fields(t, item_id, reason) for t in todo], by=by)
    finish_erasures(case)
    return Erased(sum(len(t.paths) for t in todo), tuple(sorted({place for w in words for place in _places(case, w)})))


def _telling(value: Json) -> Iterator[str]:
    """Words long enough to tell somebody by: two words or more, or a number with letters or digits enough."""
    if isinstance(value, str):
        if leaf_of_sealed(value) is None and len(value) > _LEAST and (" " in value or any(c.isdigit() for c in value)):
            yield value
    elif isinstance(value, Mapping):
        for inner in () if leaf_of_sealed(value) else value.values():
            yield from _telling(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _telling(inner)


def _places(case: Case, words: str) -> Iterator[tuple[str, str]]:
    """Where ``words`` still stand, alone or inside longer text."""
    escaped = json.dumps(words, ensure_ascii=False)[1:-1]
    for logged in case.entries(holding=escaped):
        fields = logged.entry.fields
        name = next((str(fields[f]) for f in _own_fields(logged.entry.kind) if f in fields), logged.entry.kind)
        yield from ((name, path) for path, value in fields.items() if escaped in json.dumps(value, ensure_ascii=False))


def _fields(t: Erasure, item_id: str, reason: str) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "device": t.device,
        "seq": t.seq,
        "commitment": t.commitment,
        "paths": list(t.paths),
        "reason": reason,
    }
    return {**fields, "seal_id": item_id} if item_id.startswith("sea_") else {**fields, "item": item_id}


def erasures(case: Case, *, ours: bool = True) -> list[Erasure]:
    """Erasures this device recorded, or those that others did."""
    return [
        Erasure(str(f["device"]), int(str(f["seq"])), str(f["commitment"]), tuple(map(str, _list(f["paths"]))))
        for logged in case.entries("erased")
        for f in (logged.entry.fields,)
        if (logged.device == case.device.device_id) is ours
    ]


def finish_erasures(case: Case) -> int:
    """Carry out every erasure this device recorded that is not carried out yet; how many values were destroyed."""
    wanted: dict[tuple[str, int], set[str]] = {}
    for erasure in erasures(case):
        wanted.setdefault((erasure.device, erasure.seq), set()).update(erasure.paths)
    for item in sealed_items(case):
        if item.is_gone and (item.device, item.seq) in wanted:
            for sha256 in item.files:
                case.vault.destroy(sha256)
    return case.destroy_values(wanted)


def pending_erasures(case: Case) -> list[str]:
    """Ids of what other devices erased and this one still holds: ``vault erase`` here destroys it here."""
    gone = {item.seal_id for item in sealed_items(case) if item.is_gone}
    theirs = [e for e in case.entries("erased") if e.device != case.device.device_id]
    wanted = {(str(e.entry.fields["device"]), int(str(e.entry.fields["seq"]))) for e in theirs}
    held = {(e.device, e.seq): e.entry for e in case.entries() if (e.device, e.seq) in wanted} if wanted else {}
    out = set()
    for logged in theirs:
        fields = logged.entry.fields
        entry = held.get((str(fields["device"]), int(str(fields["seq"]))))
        if "seal_id" in fields:
            out |= {str(fields["seal_id"])} - gone
        elif entry and any(leaf_of_sealed(entry.fields.get(str(p), "")) is None for p in _list(fields["paths"])):
            out.add(str(fields["item"]))
    return sorted(out)


def unexplained(case: Case) -> list[tuple[str, int, str]]:
    """(device, place, path) of values that are missing though no entry sealed or erased them: somebody removed them."""
    explained = {(e.device, e.seq, p) for e in [*erasures(case), *erasures(case, ours=False)] for p in e.paths}
    return [
        (logged.device, logged.seq, path)
        for logged in case.entries(holding=SEALED_MARK)
        for path, value in logged.entry.fields.items()
        if leaf_of_sealed(value) is not None
        and not (logged.entry.kind == "sealed" and _is_sealed_path(path))
        and (logged.device, logged.seq, path) not in explained
    ]


def _entries_of(case: Case, item_id: str) -> list[Logged]:
    found = [
        e
        for e in case.entries("source", "document", "statement", "judgement", "sealed", "received")
        if any(e.entry.fields.get(name) == item_id for name in _own_fields(e.entry.kind))
    ]
    if not found:
        raise NoSuchThing(id=item_id)
    return found


def _own_fields(kind: str) -> Collection[str]:
    """The fields by which an entry is found: its own id; of an arrival, the hash of the bytes."""
    return {"sealed": ("seal_id",), "received": ("object.sha256",)}.get(kind, (f"{kind}_id",))


def _is_sealed_path(path: str) -> bool:
    return path.startswith("sealed.")


def _list(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list | tuple) else []
