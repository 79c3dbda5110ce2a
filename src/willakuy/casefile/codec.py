"""Domain values to ledger fields, and back.

A value is written as one field for each of its attributes, so that each can be disclosed, sealed or
erased alone; what equals its default is left out. ``content`` and ``decision`` are opened one level
(``content.age``), since a victim's age and a victim's name must not share a fate.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Hashable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar

import msgspec

from willakuy.ledger import Json, leaf_of_sealed
from willakuy.statements.judgements import DECISION_OF, Judgement, JudgementKind
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Document, Source
from willakuy.statements.statement import CONTENT_OF, Statement, StatementKind

Recorded = Source | Document | Statement | Judgement | Scope

T = TypeVar("T")

ENTRY_KINDS: dict[str, type[Any]] = {
    "source": Source,
    "document": Document,
    "statement": Statement,
    "judgement": Judgement,
    "scope": Scope,
}


ERASED = "[…]"
"""What stands where a text that a value cannot be without was erased."""

_ERASABLE: dict[str, frozenset[str]] = {
    "source": frozenset({"name", "note", "criteria"}),
    "document": frozenset({"title", "address", "note", "criteria", "completeness", "capture"}),
    "statement": frozenset(
        {"words", "note", "speakers", "content.names", "content.details", "content.hospital", "content.blamed"}
        | {"content.unread", "content.printed_no", "content.what", "content.addressee", "content.reason"}
    ),
    "judgement": frozenset({"reason", "by", "decision.given_by"}),
    "received": frozenset({"object.name"}),
}
_NEEDED = frozenset({"name", "title", "words", "reason", "by", "content.what", "decision.given_by"})


def is_erasable(kind: str, path: str) -> bool:
    """Whether a value can go without changing what is counted or whom a release protects.

    An age cannot: without it a minor would pass for an adult.
    """
    return path == "entry.by" or path in _ERASABLE.get(kind, ()) or (kind == "sealed" and path.startswith("sealed."))


def entry_kind_of(value: Recorded) -> str:
    return next(kind for kind, of in ENTRY_KINDS.items() if type(value) is of)


def fields_of(value: Recorded) -> dict[str, Json]:
    """One path for each attribute that is not at its default."""
    flat = slim(value)
    match value:
        case Statement():
            return _opened(flat, "content", value.kind.value)
        case Judgement():
            return _opened(flat, "decision", value.kind.value)
        case _:
            return dict(flat)


def value_of(kind: str, fields: Mapping[str, Json]) -> Recorded:
    """The value whose ``fields_of`` these are.

    Raises:
        msgspec.ValidationError: a field is missing or has another type than the domain says.
    """
    fields = _without_erased(fields)
    if kind == "statement":
        return _closed(Statement, fields, "content", CONTENT_OF[StatementKind(str(fields["kind"]))])
    if kind == "judgement":
        return _closed(Judgement, fields, "decision", DECISION_OF[JudgementKind(str(fields["kind"]))])
    value: Recorded = _read(ENTRY_KINDS[kind], fields)
    return value


def _without_erased(fields: Mapping[str, Json]) -> Mapping[str, Json]:
    gone = [path for path, value in fields.items() if leaf_of_sealed(value) is not None]
    if not gone:
        return fields
    left = {path: value for path, value in fields.items() if path not in gone}
    return {**left, **{path: ERASED for path in gone if path in _NEEDED}}


def slim(value: object) -> Any:
    """Plain JSON of a dataclass without what is at its default or not known; floats as decimal text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: slim(item)
            for name, default in _attributes(type(value))
            if (item := getattr(value, name)) is not None and item != default
        }
    if isinstance(value, tuple | list):
        return [slim(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return format(value, ".6g")
    return value


def read_as(of: type[T], plain: object) -> T:
    """Plain JSON, as ``slim`` wrote it, to the value."""
    return msgspec.convert(plain, of, strict=False)


@cache
def _attributes(of: type[Any]) -> tuple[tuple[str, object], ...]:
    return tuple((f.name, f.default) for f in dataclasses.fields(of) if f.init)


def _opened(flat: dict[str, Json], name: str, kind: str) -> dict[str, Json]:
    inner = flat.pop(name, {})
    assert isinstance(inner, dict)
    return {**flat, "kind": kind, **{f"{name}.{path}": value for path, value in inner.items()}}


def _closed(of: type[T], fields: Mapping[str, Json], name: str, inner_type: type[Any]) -> T:
    outer: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    prefix = name + "."
    for path, value in fields.items():
        if path.startswith(prefix):
            inner[path.removeprefix(prefix)] = value
        elif path != "kind":
            outer[path] = value
    outer[name] = _read(inner_type, inner)
    return _assemble(of, outer, name)


@cache
def _outer_types(of: Hashable, opened: str) -> dict[str, Any]:
    return {name: hint for name, hint in typing.get_type_hints(of).items() if name != opened}


def _assemble(of: type[T], outer: dict[str, Any], opened: str) -> T:
    hints = _outer_types(typing.cast(Hashable, of), opened)
    ready = {
        name: value if name == opened else msgspec.convert(value, hints[name], strict=False)
        for name, value in outer.items()
    }
    return of(**ready)


def _read(of: type[T], fields: Mapping[str, Json]) -> T:
    return msgspec.convert(fields, of, strict=False)
