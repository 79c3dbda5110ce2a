from __future__ import annotations

import hashlib
import json

import pytest

from willakuy.evidence.packages import Outcome, unpack

PHOTO = b"\xff\xd8\xff invented photograph"
HASH = hashlib.sha256(PHOTO).hexdigest()


def proofmode(folder, fields: dict[str, str], form: str) -> None:
    folder.mkdir()
    (folder / "foto.jpg").write_bytes(PHOTO)
    (folder / f"{HASH}.asc").write_text("-----BEGIN PGP SIGNATURE-----")
    (folder / f"{HASH}.ots").write_bytes(b"ots")
    if form == "json":
        (folder / f"{HASH}.proof.json").write_text(json.dumps(fields))
    else:
        (folder / f"{HASH}.proof.csv").write_text(",".join(fields) + "\n" + ",".join(fields.values()) + "\n")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_proofmode_proof_is_checked_and_what_leads_to_people_is_named(tmp_path, form):
    fields = {
        "File Hash SHA256": HASH,
        "DeviceID": "invented",
        "Location.Latitude": "1",
        "Manufacturer": "X",
        "IPv4": "",
    }
    proofmode(tmp_path / "p", fields, form)

    seen = unpack(tmp_path / "p")

    assert seen.kind == "proofmode"
    assert {(p.kind, p.member, p.outcome) for p in seen.proofs} == {
        ("proofmode", "foto.jpg", Outcome.holds),
        ("openpgp", "foto.jpg", Outcome.unchecked),
        ("opentimestamps", "foto.jpg", Outcome.unchecked),
    }
    assert seen.danger == {f"{HASH}.proof.{form}": ("DeviceID", "Location.Latitude")}


def test_a_proofmode_proof_of_another_file_does_not_hold(tmp_path):
    proofmode(tmp_path / "p", {"File Hash SHA256": "0" * 64}, "json")

    (proof,) = [p for p in unpack(tmp_path / "p").proofs if p.kind == "proofmode"]
    assert (proof.outcome, proof.member) == (Outcome.fails, None)


def archived(folder, said_hash: str) -> None:
    folder.mkdir()
    (folder / "video.mp4").write_bytes(PHOTO)
    (folder / "timestamp_token_http-tsa-invalid").write_bytes(b"token")
    item = {
        "status": "invented_archiver: success",
        "metadata": {"url": "https://red.invalid/v/1"},
        "media": [{"filename": "tmp/video.mp4", "properties": {"hash": said_hash}}],
    }
    (folder / "metadata.json").write_text(json.dumps(item))


@pytest.mark.parametrize("said", [f"SHA-256:{HASH}", "SHA3-512:" + hashlib.sha3_512(PHOTO).hexdigest()])
def test_the_hash_auto_archiver_took_is_checked_and_its_address_kept(tmp_path, said):
    archived(tmp_path / "p", said)

    seen = unpack(tmp_path / "p")

    assert seen.kind == "auto-archiver"
    assert [(p.kind, p.member, p.outcome) for p in seen.proofs] == [
        ("auto-archiver", "video.mp4", Outcome.holds),
        ("rfc3161", None, Outcome.unchecked),
    ]
    assert seen.addresses == {"video.mp4": "https://red.invalid/v/1"}


def test_a_file_that_is_not_the_one_archived_is_reported(tmp_path):
    archived(tmp_path / "p", "SHA-256:" + "0" * 64)

    assert unpack(tmp_path / "p").proofs[0].outcome is Outcome.fails


def test_broken_notes_in_a_package_are_kept_as_plain_files(tmp_path):
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "metadata.json").write_text("{broken")
    (folder / f"{HASH}.proof.json").write_text("[]")

    assert unpack(folder).kind == "proofmode"
    assert unpack(folder).proofs[0].outcome is Outcome.fails
