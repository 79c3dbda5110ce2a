"""A sealed value, disclosed, proves itself to a stranger; a changed one does not."""

from __future__ import annotations

import pytest

from willakuy.casefile.disclosing import (
    DisclosureNotValid,
    NoSuchSealedField,
    check_disclosure,
    disclose,
    write_disclosure,
)
from willakuy.casefile.sealing import seal_values
from willakuy.ledger import Policy, SigningKey

NAME = "Casimiro Supuesto Testigo"


@pytest.fixture
def file(case, keys, tmp_path):
    item = seal_values(case, {"name": NAME, "phone": "951234567"}, about="src_x1")
    case.sign_checkpoint()
    for n in range(5):
        seal_values(case, {"name": f"Otra {n}"}, about="src_x2")
    path = tmp_path / "disclosure.json"
    write_disclosure(path, disclose(case, item.seal_id, ["name"], keys.identity("papel"), reason="court"))
    return path


def test_a_stranger_reads_the_value_and_since_when_it_has_been_so(case, file):
    shown = check_disclosure(file)

    assert shown.values == {"name": NAME}
    assert shown.about == "src_x1"
    assert shown.size < case.n_entries()
    assert shown.vkey == case.device.key.vkey


def test_the_other_sealed_fields_are_not_in_it(file):
    assert "951234567" not in file.read_text("utf-8")


def test_an_opening_is_recorded_for_it(case, file):
    assert [e.entry.fields["reason"] for e in case.entries("opened")] == ["court"]


def test_another_name_with_the_same_proof_proves_nothing(file):
    file.write_text(file.read_text("utf-8").replace(NAME, "Otra Persona Inventada"), "utf-8")

    with pytest.raises(DisclosureNotValid):
        check_disclosure(file)


def test_a_key_that_the_reader_does_not_trust_proves_nothing(case, file):
    other = SigningKey(case.device.key.name, b"\x01" * 32)

    with pytest.raises(DisclosureNotValid):
        check_disclosure(file, Policy((other.verifier,), {}, {}, "none"))


def test_every_character_changed_is_a_finding_and_never_a_crash(file, tmp_path):
    text, changed = file.read_text("utf-8"), tmp_path / "changed.json"
    for i in range(0, len(text), 7):
        changed.write_text(text[:i] + chr((ord(text[i]) + 1) % 128) + text[i + 1 :], "utf-8")
        try:
            assert check_disclosure(changed).values == {"name": NAME}
        except DisclosureNotValid:
            continue


def test_a_field_that_is_not_there_is_said(case, keys, file):
    item = seal_values(case, {"name": NAME}, about="src_x3")

    with pytest.raises(NoSuchSealedField):
        disclose(case, item.seal_id, ["address"], keys.identity("papel"), reason="x")
