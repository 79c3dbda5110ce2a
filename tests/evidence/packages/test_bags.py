from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from willakuy.evidence.packages import BagNotComplete, Outcome, unpack


def make_bag(folder: Path, payload: dict[str, bytes], algorithm: str = "sha256", version: str = "1.0") -> Path:
    for name, data in payload.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "bagit.txt").write_text(f"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n")
    lines = (f"{hashlib.new(algorithm, data).hexdigest()}  data/{name}\n" for name, data in payload.items())
    (folder / f"manifest-{algorithm}.txt").write_text("".join(lines))
    return folder


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
def test_every_line_of_every_manifest_is_checked(tmp_path, algorithm):
    seen = unpack(make_bag(tmp_path / "bag", {"a.txt": b"uno", "b/c.txt": b"dos"}, algorithm))

    assert seen.kind == "bagit"
    assert [(p.member, p.outcome) for p in seen.proofs] == [
        ("data/a.txt", Outcome.holds),
        ("data/b/c.txt", Outcome.holds),
    ]


def test_a_changed_file_makes_the_bag_not_whole_and_is_named(tmp_path):
    bag = make_bag(tmp_path / "bag", {"a.txt": b"uno", "b.txt": b"dos"})
    (bag / "data" / "b.txt").write_bytes(b"tres")

    with pytest.raises(BagNotComplete, match=r"data/b\.txt"):
        unpack(bag)


def test_a_file_no_manifest_lists_makes_the_bag_not_whole(tmp_path):
    bag = make_bag(tmp_path / "bag", {"a.txt": b"uno"})
    (bag / "data" / "b.txt").write_bytes(b"dos")

    with pytest.raises(BagNotComplete, match=r"data/b\.txt is in no manifest"):
        unpack(bag)


@pytest.mark.parametrize(
    "line", ["../../etc/passwd", "/etc/passwd", "data/../../x", "C:\\x", "~/x", "data/nota\u202e.txt"]
)
def test_a_manifest_that_points_outside_is_refused(tmp_path, line):
    bag = make_bag(tmp_path / "bag", {"a.txt": b"uno"})
    with (bag / "manifest-sha256.txt").open("a") as out:
        out.write(f"{'0' * 64}  {line}\n")

    with pytest.raises(BagNotComplete):
        unpack(bag)


def test_nothing_is_fetched_because_a_bag_says_so(tmp_path):
    bag = make_bag(tmp_path / "bag", {"a.txt": b"uno"})
    (bag / "fetch.txt").write_text("http://example.invalid/b.txt - data/b.txt\n")

    with pytest.raises(BagNotComplete, match="nothing is fetched"):
        unpack(bag)


@pytest.mark.parametrize(
    "declaration",
    [
        "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n",
        "BagIt-Version: 1.0\n",
        "",
    ],
)
def test_a_declaration_not_as_the_standard_writes_it_is_no_bag(tmp_path, declaration):
    bag = make_bag(tmp_path / "bag", {"a.txt": b"uno"})
    (bag / "bagit.txt").write_text(declaration, encoding="utf-8")

    with pytest.raises(BagNotComplete):
        unpack(bag)


def test_a_name_with_a_line_end_and_a_percent_sign_is_read_as_the_standard_encodes_it(tmp_path):
    bag = make_bag(tmp_path / "bag", {"a.txt": b"uno"})
    (bag / "data" / "50%.txt").write_bytes(b"dos")
    with (bag / "manifest-sha256.txt").open("a") as out:
        out.write(f"{hashlib.sha256(b'dos').hexdigest()} *data/50%25.txt\n")

    assert "data/50%.txt" in {p.member for p in unpack(bag).proofs}
