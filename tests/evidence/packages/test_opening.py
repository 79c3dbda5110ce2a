from __future__ import annotations

import io
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.packages.hostile import CORPUS, Hostile, zip_named
from willakuy.errors import WillakuyError
from willakuy.evidence.packages import MemberRefused, PackageTooLarge, Quota, is_package, members, unpack
from willakuy.evidence.packages.names import NameRefused, settled_name


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda h: h.name)
def test_a_package_made_to_do_harm_is_refused_by_name_and_leaves_nothing(hostile: Hostile, tmp_path):
    path = tmp_path / "in" / f"package.{hostile.name.split('.', 1)[-1]}"
    path.parent.mkdir()
    hostile.make(path)

    try:
        unpack(path)
        met = None
    except WillakuyError as e:
        met = type(e).__name__
        assert "Traceback" not in str(e) and e.exit_code in (1, 2)

    assert met == hostile.error
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_files_of_zip_tar_and_folder_come_out_byte_for_byte(tmp_path):
    files = {"nota.txt": b"uno", "fotos/a.jpg": bytes(range(256)) * 50}
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items():
            z.writestr(name, data)
    for name, mode in (("p.tar", "w"), ("p.tar.gz", "w:gz")):
        with tarfile.open(tmp_path / name, mode) as t:
            for inside, data in files.items():
                info = tarfile.TarInfo(inside)
                info.size = len(data)
                t.addfile(info, io.BytesIO(data))
    folder = tmp_path / "folder"
    for inside, data in files.items():
        (folder / inside).parent.mkdir(parents=True, exist_ok=True)
        (folder / inside).write_bytes(data)

    for path in (tmp_path / "p.zip", tmp_path / "p.tar", tmp_path / "p.tar.gz", folder):
        assert {name: b"".join(stream.chunks()) for name, stream in members(path)} == files, path


def test_a_file_left_unread_does_not_stop_the_next(tmp_path):
    with tarfile.open(tmp_path / "p.tar", "w") as t:
        for name in ("a", "b"):
            info = tarfile.TarInfo(name)
            info.size = 9_000_000
            t.addfile(info, io.BytesIO(bytes(info.size)))

    assert [name for name, _ in members(tmp_path / "p.tar")] == ["a", "b"]


def test_a_person_can_allow_more_than_the_size_explains(tmp_path):
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("zeros", bytes(3_000_000))

    with pytest.raises(PackageTooLarge):
        unpack(tmp_path / "p.zip", quota=Quota(bytes_out=2_000_000))

    assert unpack(tmp_path / "p.zip", quota=Quota(bytes_out=3_000_000)).files["zeros"].size == 3_000_000


def test_a_link_in_a_folder_is_refused_and_not_followed(tmp_path):
    (tmp_path / "secret").write_text("no")
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "a").symlink_to(tmp_path / "secret")

    with pytest.raises(MemberRefused):
        list(members(folder))


def test_a_refused_name_cannot_write_on_the_terminal(tmp_path):
    zip_named("\x1b[31mrojo")(tmp_path / "p.zip")

    with pytest.raises(MemberRefused) as refused:
        list(members(tmp_path / "p.zip"))

    assert "\x1b" not in str(refused.value)


def test_one_document_that_is_a_zip_inside_is_no_package(tmp_path):
    zip_named("[Content_Types].xml", "word/document.xml")(tmp_path / "nota.docx")
    zip_named("a.txt")(tmp_path / "p.zip")
    (tmp_path / "nota.txt").write_text("hola")

    assert not is_package(tmp_path / "nota.docx")
    assert is_package(tmp_path / "p.zip")
    assert not is_package(tmp_path / "nota.txt")


@given(st.text(max_size=40))
def test_a_settled_name_is_relative_and_settles_to_itself(raw):
    try:
        name = settled_name(raw)
    except NameRefused:
        return

    assert not name.startswith("/")
    assert ".." not in name.split("/")
    assert settled_name(name) == name
