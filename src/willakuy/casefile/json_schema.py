"""JSON Schema of every entry kind, generated from the domain types so that it cannot drift from them.

``docs/format/schema/*.json`` are these; a test compares. A statement or judgement is described as its fields stand in
an entry: flat paths, ``content.…`` and ``decision.…`` opened one level.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

import msgspec

from willakuy.casefile.codec import ENTRY_KINDS
from willakuy.statements.judgements import DECISION_OF, Judgement
from willakuy.statements.statement import CONTENT_OF, Statement

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def entry_schemas() -> dict[str, dict[str, Any]]:
    """One schema for each kind of entry: ``source``, ``statement.victim``, ``judgement.identity`` …"""
    schemas = {kind: _schema(kind, of) for kind, of in ENTRY_KINDS.items() if of not in (Statement, Judgement)}
    for statement_kind, content in CONTENT_OF.items():
        name = f"statement.{statement_kind.value}"
        schemas[name] = _opened_schema(name, Statement, "content", content, statement_kind.value)
    for judgement_kind, decision in DECISION_OF.items():
        name = f"judgement.{judgement_kind.value}"
        schemas[name] = _opened_schema(name, Judgement, "decision", decision, judgement_kind.value)
    return dict(sorted(schemas.items()))


def _schema(name: str, of: type[Any]) -> dict[str, Any]:
    (_, components) = msgspec.json.schema_components([of], ref_template="#/$defs/{name}")
    return _settled(name, of, components)


def _opened_schema(name: str, outer: type[Any], opened: str, inner: type[Any], kind: str) -> dict[str, Any]:
    (_, components) = msgspec.json.schema_components([_without(outer, opened), inner], ref_template="#/$defs/{name}")
    schema = _settled(name, outer, components)
    content = components.pop(inner.__name__)
    schema["properties"].pop(opened, None)
    schema["properties"]["kind"] = {"const": kind}
    schema["properties"] |= {f"{opened}.{path}": what for path, what in content["properties"].items()}
    schema["required"] = sorted(
        {
            *(r for r in schema["required"] if r != opened),
            "kind",
            *(f"{opened}.{r}" for r in content.get("required", ())),
        }
    )
    schema["description"] = content.get("description", schema.get("description", ""))
    schema["$defs"].pop(inner.__name__, None)
    return schema


def _without(outer: type[Any], opened: str) -> type[Any]:
    """``outer`` as msgspec sees it when the union in ``opened`` is left out; named the same."""
    hints = typing.get_type_hints(outer)
    needed: list[Any] = [(f.name, hints[f.name]) for f in dataclasses.fields(outer) if f.default is dataclasses.MISSING]
    optional: list[Any] = [
        (f.name, hints[f.name], f.default) for f in dataclasses.fields(outer) if f.default is not dataclasses.MISSING
    ]
    return msgspec.defstruct(outer.__name__, [field for field in (*needed, *optional) if field[0] != opened])


def _settled(name: str, of: type[Any], components: dict[str, Any]) -> dict[str, Any]:
    own = components.pop(of.__name__)
    return {
        "$schema": _DRAFT,
        "$id": f"https://willakuy.invalid/schema/1/{name}.json",
        "title": name,
        "description": own.get("description", ""),
        "type": "object",
        "properties": own["properties"],
        "required": sorted(own.get("required", ())),
        "additionalProperties": True,
        "$defs": dict(sorted(components.items())),
    }
