from __future__ import annotations

import errno
import hashlib
import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.evidence import BytesChanged, BytesMissing, DiskFull, EvidenceStore, NotAFile


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / "evidence")


@given(data=st.binary(max_size=3000))
def test_bytes_come_back_as_they_arrived(tmp_path_factory, data):
    store = EvidenceStore(tmp_path_factory.mktemp("e"))

    kept = store.put_bytes(data, "acta.txt")

    assert store.read(kept.sha256) == data
    assert kept.sha256 == hashlib.sha256(data).hexdigest()


def test_the_same_bytes_are_kept_once(store):
    first = store.put_bytes(b"acta", "a.txt")
    second = store.put_bytes(b"acta", "b.txt")

    assert (first.is_new, second.is_new) == (True, False)
    assert list(store.all()) == [first.sha256]


def test_kept_bytes_are_read_only(store):
    kept = store.put_bytes(b"acta", "a.txt")

    assert store.path_of(kept.sha256).stat().st_mode & 0o222 == 0


def test_a_changed_byte_is_named(store):
    kept = store.put_bytes(b"acta", "a.txt")
    path = store.path_of(kept.sha256)
    path.chmod(0o644)
    path.write_bytes(b"actA")

    with pytest.raises(BytesChanged, match=kept.sha256):
        store.check(kept.sha256)


def test_missing_bytes_are_named(store):
    with pytest.raises(BytesMissing):
        store.check("0" * 64)


def test_a_folder_is_no_file(store, tmp_path):
    with pytest.raises(NotAFile) as e:
        store.put_file(tmp_path)

    assert "folder" in e.value.say_what()


def test_a_missing_file_is_named(store, tmp_path):
    with pytest.raises(NotAFile) as e:
        store.put_file(tmp_path / "acta.pdf")

    assert "acta.pdf" in e.value.say_what()


def test_a_full_disk_keeps_nothing_and_says_so(store, monkeypatch):
    def no_room(_fd):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)

    with pytest.raises(DiskFull):
        store.put(io.BytesIO(b"acta"), "a.txt")

    assert list(store.all()) == []
    assert list((store.root / "tmp").iterdir()) == []


def test_a_stream_that_breaks_leaves_nothing_behind(store):
    class Breaking(io.BytesIO):
        def read(self, *_args):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.put(Breaking(), "a.txt")

    assert list(store.all()) == []
    assert list((store.root / "tmp").iterdir()) == []


def test_the_synced_bytes_get_their_name_only_after_the_sync(store, monkeypatch):
    order = []
    real_fsync, real_link = os.fsync, os.link
    monkeypatch.setattr(os, "fsync", lambda fd: (order.append("sync"), real_fsync(fd))[1])
    monkeypatch.setattr(os, "link", lambda a, b: (order.append("link"), real_link(a, b))[1])

    store.put_bytes(b"acta", "a.txt")

    assert order.index("sync") < order.index("link")
    assert order[-1] == "sync"
