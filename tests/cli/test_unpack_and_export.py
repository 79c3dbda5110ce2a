from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.evidence.packages.hostile import zip_named
from tests.evidence.packages.test_bags import make_bag
from tests.evidence.packages.test_proofs import HASH, proofmode
from willakuy.vault.keys import make_key


@pytest.fixture
def case_folder(willakuy, tmp_path):
    willakuy("init", tmp_path / "case")
    return tmp_path / "case"


def test_unpack_says_what_it_kept_and_what_the_proofs_are_worth(willakuy, case_folder, tmp_path):
    proofmode(tmp_path / "p", {"File Hash SHA256": HASH}, "json")

    said = willakuy("unpack", tmp_path / "p", "--case", case_folder)

    assert said.code == 0
    assert "proofmode" in said.out and "1 hold" in said.out


def test_proofs_that_lead_to_people_are_refused_until_somebody_can_be_sealed_to(willakuy, case_folder, tmp_path):
    proofmode(tmp_path / "p", {"File Hash SHA256": HASH, "DeviceID": "invented-canary"}, "json")

    said = willakuy("unpack", tmp_path / "p", "--case", case_folder)

    assert said.code == 2
    assert "W164" in said.err and "DeviceID" in said.err and "custodians" in said.err
    assert "invented-canary" not in said.err + said.out
    assert willakuy("unpack", tmp_path / "p", "--case", case_folder, "--in-clear").code == 0


def test_proofs_that_lead_to_people_are_sealed_and_lie_nowhere_in_clear(willakuy, case_folder, tmp_path):
    for label, more in (("condor", ()), ("vicuna", ()), ("papel", ("--recovery",))):
        willakuy("vault", "custodians", "add", label, make_key().public, "--case", case_folder, *more)
    proofmode(tmp_path / "p", {"File Hash SHA256": HASH, "DeviceID": "invented-canary"}, "json")
    shutil.make_archive(str(tmp_path / "sent"), "zip", tmp_path / "p")

    said = willakuy("unpack", tmp_path / "sent.zip", "--case", case_folder, "--json")

    assert said.code == 0, said.err
    assert len(said.json["sealed"]) == 2
    assert "foto.jpg" in {f["name"] for f in said.json["files"]}
    for path in case_folder.rglob("*"):
        assert not path.is_file() or b"invented-canary" not in path.read_bytes(), path
    assert willakuy("verify", case_folder).code == 0


def test_unpack_refuses_what_climbs_out_and_says_what_to_do(willakuy, case_folder, tmp_path):
    zip_named("../x")(tmp_path / "p.zip")

    said = willakuy("unpack", tmp_path / "p.zip", "--case", case_folder)

    assert said.code == 2
    assert "W162" in said.err and "willakuy add FILE" in said.err
    assert willakuy("verify", case_folder).code == 0


def test_a_case_handed_over_is_a_whole_bag_that_another_case_takes_in(willakuy, case_folder, tmp_path):
    willakuy("unpack", make_bag(tmp_path / "bag", {"a.txt": b"uno"}), "--case", case_folder)

    assert willakuy("export", case_folder, "--out", tmp_path / "out").code == 0
    willakuy("init", tmp_path / "other")
    said = willakuy("unpack", tmp_path / "out", "--case", tmp_path / "other", "--json")

    assert said.code == 0
    assert said.json["kind"] == "bagit"
    assert {p["outcome"] for p in said.json["proofs"]} == {"holds"}
    names = {f["name"] for f in said.json["files"]}
    assert "data/ro-crate-metadata.json" in names
    assert not [n for n in names if "vault" in n or "key" in n]


def test_an_export_never_writes_over_anything(willakuy, case_folder, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")

    said = willakuy("export", case_folder, "--out", tmp_path / "out")

    assert said.code == 2
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_the_handed_over_ledger_opens_every_commitment_without_willakuy(willakuy, case_folder, tmp_path):
    """An independent reader: standard library only, from docs/format/ledger.md."""
    willakuy("unpack", make_bag(tmp_path / "bag", {"a.txt": b"uno"}), "--case", case_folder)
    willakuy("export", case_folder, "--as", "ro-crate", "--out", tmp_path / "out")
    reader = (
        "import json,pathlib,hashlib,sys\n"
        "root=pathlib.Path(sys.argv[1])\n"
        "crate=json.loads((root/'ro-crate-metadata.json').read_text())\n"
        "files=[e for e in crate['@graph'] if e['@type']=='File']\n"
        "assert files and all(hashlib.sha256((root/f['@id']).read_bytes()).hexdigest()==f['sha256'] for f in files)\n"
        "lines=[json.loads(l) for p in root.glob('case/ledger/*.jsonl') for l in p.read_text().splitlines()]\n"
        "print(len(lines), sorted({l['kind'] for l in lines}))\n"
    )

    done = subprocess.run([sys.executable, "-I", "-c", reader, str(tmp_path / "out")], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "'received'" in done.stdout and "'proof'" in done.stdout
