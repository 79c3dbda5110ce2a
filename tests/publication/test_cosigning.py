"""A partner with nothing but releases and a key says that a log is one log; readers can ask for that."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import seeded_entropy
from willakuy.casefile import Case
from willakuy.publication import Release, publish, verify_release
from willakuy.publication.cosigning import KeyNotRead, LogChanged, ReleaseNotCosigned, cosign_release


def cosign(release: Path, key: Path, name: str | None = "partner.example/one"):
    return cosign_release(release, key, name, time=1_700_000_000, entropy=seeded_entropy(str(name)))


def policy(release: Path, *lines: str, quorum: str) -> Path:
    logs = [line for line in (release / "ledger/policy").read_text().splitlines() if line.startswith("log ")]
    path = release.parent / "policy"
    path.write_text("\n".join([*logs, *lines, f"quorum {quorum}", ""]))
    return path


def test_a_reader_who_asks_for_a_partner_gets_it(copy: Path, tmp_path: Path):
    done = cosign(copy, tmp_path / "key")
    asked = policy(copy, done.policy_line, quorum="partner.example/one")

    assert verify_release(copy, asked).problems == ()
    assert verify_release(copy).problems == ()
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_a_partner_who_was_not_asked_changes_nothing(published: Release, copy: Path, tmp_path: Path):
    done = cosign(copy, tmp_path / "key")

    asked = policy(copy, done.policy_line, quorum="partner.example/one")

    assert verify_release(published.path, asked).kinds == ("head",)


def test_a_release_that_does_not_verify_is_not_cosigned(copy: Path, tmp_path: Path):
    (copy / "style.css").write_text("")
    before = (copy / "seal.json").read_bytes()

    with pytest.raises(ReleaseNotCosigned):
        cosign(copy, tmp_path / "key")

    assert (copy / "seal.json").read_bytes() == before
    assert not (tmp_path / "key").exists()


def test_the_next_release_of_the_same_log_is_cosigned_and_one_of_another_history_is_not(case: Case, tmp_path: Path):
    shutil.copytree(case.folder, tmp_path / "twin")
    from willakuy.casefile.keys import keep_device

    keep_device(tmp_path / "twin", case.device)
    first = publish(case)
    cosign(first.path, tmp_path / "key")
    case.record("note", {"words": "more"})
    with Case.open(tmp_path / "twin", clock=case.clock, entropy=seeded_entropy("twin")) as twin:
        twin.record("note", {"words": "otherwise"})
        twin.record("note", {"words": "and more"})
        other = publish(twin)

    assert cosign(publish(case).path, tmp_path / "key").size > 0
    with pytest.raises(LogChanged):
        cosign(other.path, tmp_path / "key")
    assert "partner" not in json.loads((other.path / "seal.json").read_text())["checkpoint"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": "a", "secret": "zz", "heads": {}}'])
def test_a_file_that_is_no_key_is_said_to_be_none(copy: Path, tmp_path: Path, text: str):
    (tmp_path / "key").write_text(text)

    with pytest.raises(KeyNotRead):
        cosign(copy, tmp_path / "key")


@pytest.mark.parametrize("name", [None, "", "two words", "a+b"])
def test_a_new_key_needs_a_name_that_a_note_can_hold(copy: Path, tmp_path: Path, name: str | None):
    with pytest.raises(KeyNotRead):
        cosign(copy, tmp_path / "key", name)
