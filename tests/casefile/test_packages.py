from __future__ import annotations

import zipfile

import pytest

from tests.evidence.packages.hostile import warc_record, zip_named
from tests.evidence.packages.test_captures import wacz
from willakuy.casefile.checking import check_case
from willakuy.casefile.intake import Provenance
from willakuy.casefile.packages import keep_package
from willakuy.errors import WillakuyError
from willakuy.evidence.packages import MemberRefused
from willakuy.statements.dates import PartialDate


def test_a_package_its_files_and_their_proofs_are_in_the_ledger_and_the_case_verifies(case, tmp_path):
    wacz(tmp_path / "a.wacz")

    kept = keep_package(case, tmp_path / "a.wacz", about=Provenance("Diario Inventado"))

    entries = [(e.entry.kind, e.entry.fields) for e in case.entries()]
    package = kept.package.kept.sha256
    inside = [f for kind, f in entries if kind == "received" and f.get("origin.package") == package]
    assert {f["object.name"] for f in inside} == {"archive/data.warc.gz", "datapackage.json", "datapackage-digest.json"}
    assert [f["proof.outcome"] for kind, f in entries if kind == "proof"] == ["holds", "holds", "unchecked"]
    (page,) = [f for kind, f in entries if kind == "derived"]
    assert (page["parent.sha256"], page["origin.url"]) == (package, "https://diario.invalid/nota")
    assert case.evidence.read(str(page["object.sha256"])).startswith(b"<html>")
    report = check_case(case)
    assert report.damaged == () and [note for note in report.notes if "anchor" not in note] == []


def test_each_page_of_a_capture_becomes_a_document_of_its_address(case, tmp_path):
    (tmp_path / "a.warc").write_bytes(warc_record(b"<p>hola</p>"))

    kept = keep_package(case, tmp_path / "a.warc", about=Provenance("Diario Inventado"))

    package, page = kept.documents
    assert (page.address, page.parent, page.capture) == ("https://diario.invalid/nota", package.document_id, "warc")
    assert page.as_of == PartialDate("2023-01-10")
    assert set(kept.documents) <= set(case.corpus().documents)


def test_a_refused_package_leaves_no_byte_and_no_entry(case, tmp_path):
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as z:
        z.writestr("bien.txt", b"uno")
        z.writestr("../mal.txt", b"dos")
    before = len(list(case.entries()))

    with pytest.raises(MemberRefused):
        keep_package(case, tmp_path / "p.zip")

    assert len(list(case.entries())) == before
    assert list(case.evidence.all()) == []


def test_the_same_package_again_adds_its_arrival_and_no_bytes(case, tmp_path):
    zip_named("a.txt", "b.txt")(tmp_path / "p.zip")
    keep_package(case, tmp_path / "p.zip")
    held = list(case.evidence.all())

    again = keep_package(case, tmp_path / "p.zip", about=Provenance("Radio Inventada"))

    assert list(case.evidence.all()) == held
    assert not any(arrived.kept.is_new for arrived in again.files)


def test_what_stops_half_way_says_so_and_records_nothing_of_the_package(case, tmp_path, monkeypatch):
    zip_named("a.txt", "b.txt")(tmp_path / "p.zip")

    def refuse(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("willakuy.evidence.copying._write_all", refuse)
    before = len(list(case.entries()))

    with pytest.raises(WillakuyError):
        keep_package(case, tmp_path / "p.zip")

    assert len(list(case.entries())) == before
