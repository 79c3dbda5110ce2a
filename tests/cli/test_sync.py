"""Two laptops, as two people would use them."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "lista.csv").write_text("Nombre,Edad\nAnacleto Ejemplo Primero,31\n")
    return tmp_path / "lista.csv"


@pytest.fixture
def pair(tmp_path, willakuy, lists):
    """A case, and a second copy of it that has taken the first in."""
    assert willakuy("init", tmp_path / "ana").code == 0
    assert willakuy("import", lists, "--case", tmp_path / "ana", "--source", "Diario Inventado").code == 0
    assert willakuy("sync", "export", tmp_path / "1.wsync", "--case", tmp_path / "ana").code == 0
    joined = willakuy("sync", "join", tmp_path / "1.wsync", tmp_path / "berta", "--json")
    assert joined.code == 0
    assert len(joined.json["fingerprints"]) == 2
    return tmp_path / "ana", tmp_path / "berta"


def test_a_new_device_is_taken_in_after_its_fingerprint_was_compared(tmp_path, willakuy, pair):
    ana, berta = pair
    (tmp_path / "nota.txt").write_text("invented")
    willakuy("add", tmp_path / "nota.txt", "--case", berta)
    willakuy("sync", "export", tmp_path / "2.wsync", "--case", berta)

    refused = willakuy("sync", "import", tmp_path / "2.wsync", "--case", ana, "--json")
    told = next(d for d in willakuy("sync", "status", "--case", berta, "--json").json["devices"] if d["is_own"])
    taken = willakuy("sync", "import", tmp_path / "2.wsync", "--case", ana, "--trust", told["fingerprint"], "--json")

    assert (refused.code, refused.json["error"]) == (1, "W603")
    assert refused.json["facts"]["fingerprint"] == told["fingerprint"]
    assert taken.code == 0
    assert taken.json["files"] == 1
    assert willakuy("verify", ana).code == 0


def test_status_says_who_has_checked_whom(tmp_path, willakuy, pair):
    _, berta = pair
    (tmp_path / "nota.txt").write_text("invented")
    willakuy("add", tmp_path / "nota.txt", "--case", berta)
    willakuy("sync", "import", tmp_path / "1.wsync", "--case", berta)

    said = willakuy("sync", "status", "--case", berta)

    assert said.code == 0
    assert "(this device)" in said.out
    assert "checked by" in said.out


def test_a_damaged_bundle_is_refused_in_words(tmp_path, willakuy, pair):
    _, berta = pair
    data = bytearray((tmp_path / "1.wsync").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "bad.wsync").write_bytes(data)

    said = willakuy("sync", "import", tmp_path / "bad.wsync", "--case", berta)

    assert said.code == 2
    assert "Nothing was recorded" in said.err
    assert "Traceback" not in said.err


def test_the_whole_story_of_a_fork_from_detection_to_a_third_party(tmp_path, willakuy, pair, lists):
    ana, berta = pair
    keys = {n: (ana / "keys" / n).read_text() for n in ("device",)}
    shutil.copytree(ana, tmp_path / "twin")
    from willakuy.casefile import Case
    from willakuy.casefile.keys import keep_device

    with Case.open(ana) as case:
        keep_device(tmp_path / "twin", case.device)
    for name in ("ana", "twin"):
        (tmp_path / f"{name}.txt").write_text(name)
        willakuy("add", tmp_path / f"{name}.txt", "--case", tmp_path / name)
        willakuy("sync", "export", tmp_path / f"{name}.wsync", "--case", tmp_path / name)
    assert keys

    assert willakuy("sync", "import", tmp_path / "ana.wsync", "--case", berta).code == 0
    found = willakuy("sync", "import", tmp_path / "twin.wsync", "--case", berta, "--json")
    proof = found.json["forks"][0]["evidence"]
    checked = willakuy("sync", "check-fork", proof)
    broken = tmp_path / "broken.json"
    broken.write_text((berta / "forks").joinpath(proof.rsplit("/", 1)[1]).read_text().replace("size", "sizes", 1))

    assert found.code == 1
    assert checked.code == 1
    assert "proven" in checked.out
    assert willakuy("sync", "status", "--case", berta).code == 1
    assert willakuy("sync", "check-fork", broken).code == 2
