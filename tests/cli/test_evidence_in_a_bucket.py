from __future__ import annotations

import pytest

from tests.s3 import point_at
from willakuy.casefile import Case, Settings
from willakuy.casefile.intake import keep_file
from willakuy.casefile.sync import export_bundle, join_case
from willakuy.evidence import StoreNotReached


@pytest.fixture
def nobody_answers(monkeypatch):
    point_at(monkeypatch, "http://127.0.0.1:9")
    monkeypatch.setattr("willakuy.evidence.bucket._RETRIES", 0)


def test_a_case_works_with_its_evidence_in_a_bucket(s3_service, willakuy, tmp_path):
    case, report = tmp_path / "case", tmp_path / "acta.txt"
    report.write_text("Acta inventada")

    assert willakuy("init", case, "--evidence", "s3://cases/whole").code == 0
    assert 'evidence_store = "s3://cases/whole"' in (case / "case.toml").read_text()
    added = willakuy("add", report, "--case", case)
    assert added.code == 0, added.err
    assert not (case / "evidence" / "sha256").exists()
    verified = willakuy("verify", case)
    assert verified.code == 0, verified.out + verified.err
    handed = willakuy("export", case, "--out", tmp_path / "bag")
    assert handed.code == 0, handed.err


def test_a_lost_object_is_found_when_the_case_is_verified(s3_service, willakuy, tmp_path):
    from obstore.store import S3Store

    willakuy("init", tmp_path / "case", "--evidence", "s3://cases/lost")
    (tmp_path / "acta.txt").write_text("Acta inventada")
    with Case.open(tmp_path / "case") as case:
        sha256 = keep_file(case, tmp_path / "acta.txt").kept.sha256
    S3Store("cases", prefix="lost").delete(f"evidence/sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}")

    said = willakuy("verify", tmp_path / "case")

    assert said.code == 3
    assert sha256 in said.out + said.err


def test_a_case_is_not_made_when_its_bucket_cannot_be_reached(nobody_answers, willakuy, tmp_path):
    said = willakuy("init", tmp_path / "case", "--evidence", "s3://cases/peru")

    assert said.code == 1
    assert "AWS_ENDPOINT_URL" in said.err
    assert not (tmp_path / "case").exists()


def test_a_secret_in_the_url_is_refused(willakuy, tmp_path):
    said = willakuy("init", tmp_path / "case", "--evidence", "s3://key:secret@cases/peru")

    assert said.code == 2
    assert not (tmp_path / "case").exists()


def test_nothing_is_recorded_of_a_file_that_the_bucket_did_not_take(nobody_answers, tmp_path, clock, entropy):
    (tmp_path / "acta.txt").write_text("Acta inventada")
    settings = Settings(name="Invented", evidence_store="s3://cases/peru")
    with Case.create(tmp_path / "case", settings, clock=clock, entropy=entropy) as case:
        before = case.n_entries()

        with pytest.raises(StoreNotReached):
            keep_file(case, tmp_path / "acta.txt")

        assert case.n_entries() == before


def test_settings_that_name_no_bucket_are_told(willakuy, tmp_path):
    willakuy("init", tmp_path / "case")
    with (tmp_path / "case" / "case.toml").open("a") as toml:
        toml.write('evidence_store = "https://key@cases.example"\n')

    said = willakuy("status", "--case", tmp_path / "case")

    assert said.code != 0
    assert "evidence_store" in said.err


def test_a_copy_made_from_a_bundle_keeps_its_evidence_at_home(nobody_answers, tmp_path, clock, entropy):
    settings = Settings(name="Invented", evidence_store="s3://cases/peru")
    with Case.create(tmp_path / "theirs", settings, clock=clock, entropy=entropy) as case:
        export_bundle(case, tmp_path / "theirs.wsync")

    join_case(tmp_path / "theirs.wsync", tmp_path / "mine", clock=clock, entropy=entropy)

    with Case.open(tmp_path / "mine") as mine:
        assert mine.settings.evidence_store == ""
        mine.evidence.put_bytes(b"acta")
    assert len(list((tmp_path / "mine" / "evidence" / "sha256").glob("*/*"))) == 1
