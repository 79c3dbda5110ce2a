"""What is sealed can be added here and read only by a custodian; every opening is recorded first."""

from __future__ import annotations

import hashlib
import io

import pytest

from willakuy.casefile.checking import check_case
from willakuy.casefile.custodians import CustodianKnown, add_custodian, custodians, retire_custodian
from willakuy.casefile.errors import CaseNotWritten
from willakuy.casefile.sealing import read_values, seal_file, seal_values, sealed_item, sealed_items
from willakuy.casefile.unsealing import drill, open_sealed, reseal
from willakuy.ledger import disclosed, field_commitment, leaf_hash, root_of
from willakuy.vault import KeyOpensNothing, Payload, SealedDiffers, SealedFileMissing, TooFewCustodians

NAME = "Casimiro Supuesto Testigo"


def bytes_of(folder):
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def test_nothing_is_sealed_with_fewer_than_two_custodians_and_a_recovery_key(empty_case, keys):
    add_custodian(empty_case, "condor", keys.pairs["condor"].public)
    add_custodian(empty_case, "papel", keys.pairs["papel"].public, is_recovery=True)

    with pytest.raises(TooFewCustodians):
        seal_values(empty_case, {"name": NAME}, about="src_x1")

    assert sealed_items(empty_case) == []
    assert list(empty_case.vault.all()) == []


def test_one_key_twice_is_one_custodian(empty_case, keys):
    add_custodian(empty_case, "condor", keys.pairs["condor"].public)

    with pytest.raises(CustodianKnown):
        add_custodian(empty_case, "otro", keys.pairs["condor"].public)


def test_the_machine_that_sealed_a_name_holds_it_nowhere(case):
    seal_values(case, {"name": NAME, "phone": "951234567"}, about="src_x1")

    held = bytes_of(case.folder)
    assert NAME.encode() not in held
    assert b"951234567" not in held


@pytest.mark.parametrize("label", ["condor", "vicuna", "papel"])
def test_each_custodian_and_the_recovery_key_open_it_alone(case, keys, label):
    item = seal_values(case, {"name": NAME}, about="src_x1")

    opened = open_sealed(case, item.seal_id, keys.identity(label), reason="asked by the family")

    assert opened.values == {"name": NAME}


def test_an_opening_is_in_the_ledger_with_its_reason_and_whose_key(case, keys):
    item = seal_values(case, {"name": NAME}, about="src_x1")
    open_sealed(case, item.seal_id, keys.identity("vicuna"), reason="asked by the court")

    (logged,) = case.entries("opened")

    assert logged.entry.fields["reason"] == "asked by the court"
    assert logged.entry.fields["label"] == "vicuna"


def test_a_stranger_s_key_opens_nothing_and_leaves_no_entry(case, keys):
    item = seal_values(case, {"name": NAME}, about="src_x1")

    with pytest.raises(KeyOpensNothing):
        open_sealed(case, item.seal_id, keys.identity("stranger"), reason="curious")

    assert list(case.entries("opened")) == []


def test_what_cannot_be_recorded_is_not_shown(case, keys, monkeypatch):
    item = seal_values(case, {"name": NAME}, about="src_x1")

    def full(*_args, **_kwargs):
        raise CaseNotWritten(path=case.folder, reason="disk full")

    monkeypatch.setattr(case, "record", full)
    out = io.BytesIO()

    with pytest.raises(CaseNotWritten):
        open_sealed(case, item.seal_id, keys.identity("condor"), reason="x", out=out)

    assert out.getvalue() == b""


def test_a_sealed_value_can_later_be_proven_against_the_entry(case, keys):
    item = seal_values(case, {"name": NAME, "phone": "951234567"}, about="src_x1")
    payload = open_sealed(case, item.seal_id, keys.identity("condor"), reason="court").payload
    (logged,) = case.entries("sealed")
    value, salt = payload.fields["sealed.name"]

    told = disclosed(logged.entry, logged.entry.fields)
    leaves = dict(told["hidden"]) | {i: field_commitment(p, v, bytes.fromhex(s)).hex() for i, p, v, s in told["fields"]}

    assert {path for _, path, _, _ in told["fields"]}.isdisjoint({"sealed.name", "sealed.phone"})
    assert field_commitment("sealed.name", value, salt).hex() in leaves.values()
    assert root_of([leaf_hash(bytes.fromhex(leaves[i])) for i in sorted(leaves)]).hex() == told["header"]["fields_root"]


def test_the_length_of_a_name_does_not_show_in_what_is_encrypted(entropy):
    short = Payload.of("sea_1", {"sealed.name": "A"}, entropy)
    long = Payload.of("sea_1", {"sealed.name": NAME * 8}, entropy)

    assert len(short.to_bytes()) == len(long.to_bytes())


def test_the_same_name_sealed_twice_shows_no_likeness(case):
    first = seal_values(case, {"name": NAME}, about="src_x1")
    second = seal_values(case, {"name": NAME}, about="src_x2")

    assert first.fields["sealed.name"] != second.fields["sealed.name"]


def test_a_sealed_file_exchanged_for_another_is_noticed(case, keys):
    one = seal_values(case, {"name": NAME}, about="src_x1")
    other = seal_values(case, {"name": "Otra Persona Inventada"}, about="src_x2")
    path = case.vault.path_of(one.file_sha256)
    path.chmod(0o644)
    path.write_bytes(case.vault.read(other.file_sha256))

    with pytest.raises(SealedDiffers):
        open_sealed(case, one.seal_id, keys.identity("condor"), reason="x")


def test_a_sealed_file_that_is_missing_is_named_by_verify(case, keys):
    item = seal_values(case, {"name": NAME}, about="src_x1")
    case.vault.path_of(item.file_sha256).unlink()

    with pytest.raises(SealedFileMissing):
        open_sealed(case, item.seal_id, keys.identity("condor"), reason="x")
    assert any(item.seal_id in damage for damage in check_case(case).damaged)


def test_a_recording_is_sealed_in_passing_and_comes_back_byte_for_byte(case, keys):
    sound = hashlib.shake_256(b"sound").digest(3_000_000)
    item = seal_file(case, io.BytesIO(sound), {"name": "testimonio.mp3"}, about="src_x1")
    out = io.BytesIO()

    open_sealed(case, item.seal_id, keys.identity("papel"), reason="court", out=out)

    assert out.getvalue() == sound
    assert sound[1000:1032] not in bytes_of(case.folder)


def test_a_recording_that_breaks_off_leaves_nothing_behind(case):
    class Broken(io.BytesIO):
        def read(self, n=-1):
            if self.tell() > 0:
                raise OSError(5, "Input/output error")
            return super().read(n)

    with pytest.raises(OSError, match="Input/output"):
        seal_file(case, Broken(b"x" * 5_000_000), {}, about="src_x1")

    assert list(case.vault.all()) == []
    assert sealed_items(case) == []


def test_a_drill_opens_everything_and_says_so_in_the_ledger_without_a_value(case, keys):
    seal_values(case, {"name": NAME}, about="src_x1")
    seal_file(case, io.BytesIO(b"sound" * 1000), {}, about="src_x2")

    done = drill(case, keys.identity("papel"))

    assert (done.label, done.n_opened, done.is_whole) == ("papel", 2, True)
    (logged,) = case.entries("drilled")
    assert NAME not in str(logged.entry.fields)
    assert next(c for c in custodians(case) if c.recipient.label == "papel").drilled


def test_a_drill_names_what_was_sealed_before_the_custodian_came(case, keys):
    item = seal_values(case, {"name": NAME}, about="src_x1")
    add_custodian(case, "nuevo", keys.pairs["stranger"].public)

    done = drill(case, keys.identity("stranger"))

    assert done.not_theirs == (item.seal_id,)
    assert not done.is_whole


def test_resealing_lets_the_new_in_and_the_old_out_of_what_is_here(case, keys):
    item = seal_values(case, {"name": NAME}, about="src_x1")
    sound = seal_file(case, io.BytesIO(b"sound" * 1000), {}, about="src_x1")
    add_custodian(case, "nuevo", keys.pairs["stranger"].public)
    retire_custodian(case, "vicuna", reason="left")

    done, not_opened = reseal(case, keys.identity("condor"))

    assert (done, not_opened) == ([item.seal_id, sound.seal_id], [])
    assert open_sealed(case, item.seal_id, keys.identity("stranger"), reason="x").values == {"name": NAME}
    assert drill(case, keys.identity("stranger")).is_whole
    with pytest.raises(KeyOpensNothing):
        open_sealed(case, item.seal_id, keys.identity("vicuna"), reason="x")
    assert not any(case.vault.holds(sha256) for sha256 in (*item.files, *sound.files))
    assert check_case(case).damaged == ()


def test_a_key_that_another_device_announces_is_not_sealed_to(case, keys, monkeypatch):
    from dataclasses import replace

    ours = case.device
    case.device = replace(ours, device_id="feedbeef")
    add_custodian(case, "intruso", keys.pairs["stranger"].public)
    case.device = ours

    item = seal_values(case, {"name": NAME}, about="src_x1")

    assert "intruso" not in item.labels
    with pytest.raises(KeyOpensNothing):
        open_sealed(case, item.seal_id, keys.identity("stranger"), reason="x")


def test_what_is_sealed_survives_a_rebuild_and_verifies(case, keys):
    item = seal_values(case, {"name": NAME}, about="src_x1")

    case.rebuild()

    assert case.check_ledger() > 0
    assert check_case(case).damaged == ()
    assert sealed_item(case, item.seal_id).paths == ("sealed.name",)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Casimiro Supuesto\n", {"name": "Casimiro Supuesto"}),
        ("name: Casimiro\nphone: +51 951 234 567\n", {"name": "Casimiro", "phone": "+51 951 234 567"}),
        ("Casimiro: el vecino", {"name": "Casimiro: el vecino"}),
    ],
)
def test_what_is_typed_is_read_as_fields_or_as_a_name(text, values):
    assert read_values(text) == values
