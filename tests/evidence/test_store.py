from __future__ import annotations

import errno
import hashlib
import io
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.evidence import BytesChanged, BytesMissing, DiskFull, EvidenceStore, NotAFile
from willakuy.evidence.copying import BUFFER_BYTES


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / "evidence")


def files_in(folder):
    return [p for p in folder.rglob("*") if p.is_file()]


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
    assert files_in(store.root) == []


def test_a_stream_that_breaks_leaves_nothing_behind(store):
    class Breaking(io.BytesIO):
        def readinto(self, *_args):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.put(Breaking(), "a.txt")

    assert list(store.all()) == []
    assert files_in(store.root) == []


def test_the_synced_bytes_get_their_name_only_after_the_sync(store, monkeypatch):
    order = []
    real_fsync, real_link = os.fsync, os.link
    monkeypatch.setattr(os, "fsync", lambda fd: (order.append("sync"), real_fsync(fd))[1])
    monkeypatch.setattr(os, "link", lambda a, b: (order.append("link"), real_link(a, b))[1])

    store.put_bytes(b"acta", "a.txt")

    assert order.index("sync") < order.index("link")
    assert order[-1] == "sync"


def test_files_of_any_size_come_back_whole(store, tmp_path):
    rng = random.Random(3)
    for size in (0, 1, BUFFER_BYTES - 1, BUFFER_BYTES, BUFFER_BYTES + 1, 9 * BUFFER_BYTES + 17):
        path = tmp_path / f"video-{size}"
        path.write_bytes(rng.randbytes(size))

        kept = store.put_file(path)

        assert (kept.size, store.read(kept.sha256)) == (size, path.read_bytes())


def test_a_stream_that_gives_a_little_at_a_time_is_kept_whole(store):
    class Slow(io.BytesIO):
        def readinto(self, buffer):
            return super().readinto(memoryview(buffer)[:70_001])

    data = random.Random(4).randbytes(3 * BUFFER_BYTES + 5)

    assert store.read(store.put(Slow(data), "radio").sha256) == data


def test_bytes_that_rotted_are_mended_by_adding_the_file_again(store):
    kept = store.put_bytes(b"acta", "a.txt")
    store.path_of(kept.sha256).chmod(0o644)
    store.path_of(kept.sha256).write_bytes(b"actA")

    again = store.put_bytes(b"acta", "a.txt")

    store.check(kept.sha256)
    assert again.is_new
    assert files_in(store.root) == [store.path_of(kept.sha256)]


def test_the_name_of_known_bytes_is_made_durable_too(store, monkeypatch):
    """Whoever named them may have died before they could."""
    store.put_bytes(b"acta", "a.txt")
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(os.fstat(fd).st_ino), real(fd))[1])
    other = EvidenceStore(store.root)

    kept = other.put_bytes(b"acta", "b.txt")

    folder = store.path_of(kept.sha256).parent
    assert {f.stat().st_ino for f in (folder, folder.parent, folder.parent.parent, store.root)} <= set(synced)


def test_many_files_are_acknowledged_a_batch_at_a_time(store, tmp_path):
    paths = [tmp_path / f"{i}.txt" for i in range(25)]
    for i, path in enumerate(paths):
        path.write_text(f"acta {i % 20}")

    batches = list(store.put_files(paths, n_files=10))

    assert [len(b) for b in batches] == [10, 10, 5]
    assert [path for batch in batches for path, _ in batch] == paths
    assert sum(kept.is_new for batch in batches for _, kept in batch) == 20
    assert len(list(store.all())) == 20


def test_a_bad_file_among_many_is_named_after_those_before_it_are_kept(store, tmp_path):
    (tmp_path / "a.txt").write_text("acta")
    batches = []

    with pytest.raises(NotAFile, match="gone"):
        for batch in store.put_files([tmp_path / "a.txt", tmp_path / "gone.txt", tmp_path / "a.txt"]):
            batches.append(batch)

    assert [[path.name for path, _ in batch] for batch in batches] == [["a.txt"]]


def test_one_by_one_where_the_system_cannot_sync_a_whole_disk(store, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(os.fstat(fd).st_ino), real(fd))[1])
    (tmp_path / "a.txt").write_text("acta")

    [[(_, kept)]] = store.put_files([tmp_path / "a.txt"])

    folder = store.path_of(kept.sha256)
    wanted = [folder, folder.parent, folder.parent.parent, folder.parent.parent.parent, store.root]
    assert {p.stat().st_ino for p in wanted} <= set(synced)


def test_what_a_writer_that_died_left_is_swept_and_a_living_one_is_left_alone(store):
    living = EvidenceStore(store.root)
    living.put_bytes(b"acta", "a.txt")
    dead = store.root / "tmp" / "00ff"
    dead.mkdir()
    (dead / "1").write_bytes(b"half of a vid")

    store.put_bytes(b"video", "v.mp4")

    assert not dead.exists()
    assert living.put_bytes(b"more", "b.txt").is_new


def test_what_lies_among_the_kept_bytes_without_a_place_there_is_named(store):
    kept = store.put_bytes(b"acta", "a.txt")
    stranger = store.path_of(kept.sha256).with_name("notes.txt")
    stranger.write_text("mine")

    assert list(store.strangers()) == [stranger.relative_to(store.root).as_posix()]


def test_bytes_of_earlier_days_are_found_where_they_lie_and_not_kept_twice(store, tmp_path):
    kept = store.put_bytes(b"acta", "a.txt")
    flat = store.path_of(kept.sha256)
    deeper = flat.parent / kept.sha256[2:4] / kept.sha256
    deeper.parent.mkdir()
    flat.rename(deeper)
    (tmp_path / "again.txt").write_bytes(b"acta")

    again = store.put_bytes(b"acta", "a.txt")
    [[(_, in_a_batch)]] = list(store.put_files([tmp_path / "again.txt"]))

    assert (again.is_new, in_a_batch.is_new) == (False, False)
    assert store.read(kept.sha256) == b"acta"
    assert list(store.all()) == [kept.sha256]
    assert list(store.strangers()) == []
    assert not flat.exists()
