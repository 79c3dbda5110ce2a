from __future__ import annotations

import re

import pytest

from tests.casefile.conftest import victim
from tests.format_docs import FOLDER, schema_files
from willakuy.casefile import fields_of
from willakuy.casefile.json_schema import entry_schemas


def test_the_published_schemas_are_those_of_the_domain():
    assert {p.name: p.read_text("utf-8") for p in FOLDER.glob("*.json")} == schema_files()


def test_every_field_of_an_entry_is_in_its_schema():
    schema = entry_schemas()["statement.victim"]

    assert set(fields_of(victim(1))) <= set(schema["properties"])
    assert set(schema["required"]) <= set(fields_of(victim(1)))


@pytest.mark.parametrize("name", sorted(entry_schemas()))
def test_every_reference_in_a_schema_leads_somewhere(name):
    schema = entry_schemas()[name]

    targets = set(re.findall(r"#/\$defs/(\w+)", str(schema)))
    assert targets <= set(schema["$defs"])
