"""What every store of evidence promises, whatever it is made of."""

from __future__ import annotations

import hashlib
import io
import random
import threading

import pytest
from obstore.store import MemoryStore

from tests.s3 import point_at
from willakuy.evidence import (
    BucketStore,
    BytesChanged,
    BytesMissing,
    EvidenceStore,
    NotABucket,
    NotAFile,
    StoreNotReached,
    StoreRefused,
    check_bucket,
)
from willakuy.evidence.bucket import PART_BYTES

URL = "s3://cases/peru"


@pytest.fixture(params=["folder", "memory", "service"])
def make(request, tmp_path):
    """Makes one more store over the same place."""
    if request.param == "folder":
        return lambda: EvidenceStore(tmp_path / "evidence")
    if request.param == "memory":
        objects = MemoryStore()
        return lambda: BucketStore(tmp_path / "evidence", URL, objects)
    request.getfixturevalue("s3_service")
    return lambda: BucketStore(tmp_path / "evidence", f"{URL}/{request.node.name.partition('[')[0]}")


@pytest.fixture
def store(make):
    made = make()
    yield made
    made.close()


def left_over(store):
    folder = store.root / "tmp"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_of_any_size_come_back_as_they_arrived(store):
    rng = random.Random(7)
    for size in (0, 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES + 17):
        data = rng.randbytes(size)

        kept = store.put_bytes(data)

        assert (kept.sha256, kept.size, kept.is_new) == (hashlib.sha256(data).hexdigest(), size, True)
        assert store.read(kept.sha256) == data
        store.check(kept.sha256)
    assert left_over(store) == []


def test_the_same_bytes_are_kept_once(store):
    for size in (4, PART_BYTES + 1):
        data = bytes(size)
        assert [store.put_bytes(data).is_new for _ in range(2)] == [True, False]
    assert len(list(store.all())) == 2


def test_the_store_tells_what_it_holds(store):
    kept = sorted(store.put_bytes(bytes([n])).sha256 for n in range(5))

    assert list(store.all()) == kept
    assert list(store.strangers()) == []
    assert store.holds(kept[0])
    assert not store.holds("0" * 64)


def test_what_is_not_there_is_named(store):
    for ask in (store.check, store.read, store.open):
        with pytest.raises(BytesMissing, match="0" * 64):
            ask("0" * 64)


def test_bytes_can_be_streamed_a_little_at_a_time(store):
    data = random.Random(8).randbytes(PART_BYTES + 1000)
    kept = store.put(io.BytesIO(data), "radio")

    with store.open(kept.sha256) as stream:
        found = b"".join(iter(lambda: stream.read(300_000), b""))

    assert found == data


def test_a_stream_that_breaks_leaves_nothing(store):
    class Breaking(io.BytesIO):
        def readinto(self, buffer):
            if self.tell():
                raise KeyboardInterrupt
            return super().readinto(buffer)

    with pytest.raises(KeyboardInterrupt):
        store.put(Breaking(bytes(3 << 20)), "a.txt")

    assert list(store.all()) == []
    assert left_over(store) == []


def test_many_files_come_back_in_order_and_a_bad_one_is_named_after_them(store, tmp_path):
    paths = [tmp_path / f"{n}.txt" for n in range(12)]
    for n, path in enumerate(paths):
        path.write_text(f"acta {n % 10}")
    batches = []

    with pytest.raises(NotAFile, match="gone"):
        for batch in store.put_files([*paths, tmp_path / "gone.txt"], n_files=5):
            batches.append(batch)

    assert [path for batch in batches for path, _ in batch] == paths
    assert sum(kept.is_new for batch in batches for _, kept in batch) == 10
    assert left_over(store) == []


@pytest.mark.parametrize("size", [3000, PART_BYTES + 3000], ids=["short", "long"])
def test_two_writers_of_the_same_bytes_both_end_well(make, size):
    data, kept, start = bytes(size), [], threading.Barrier(2)

    def write():
        store = make()
        start.wait()
        kept.append(store.put_bytes(data))
        store.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert {k.sha256 for k in kept} == {hashlib.sha256(data).hexdigest()}
    assert sum(k.is_new for k in kept) in ({1} if size == 3000 else {1, 2})
    make().check(kept[0].sha256)


# What only a bucket can meet.


@pytest.fixture
def objects():
    return MemoryStore()


@pytest.fixture
def bucket(tmp_path, objects):
    return BucketStore(tmp_path / "evidence", URL, objects)


def key(sha256):
    return f"evidence/sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def test_a_changed_object_is_named_and_mended_by_adding_the_file_again(bucket, objects):
    kept = bucket.put_bytes(b"acta")
    objects.put(key(kept.sha256), b"actA")

    with pytest.raises(BytesChanged, match=kept.sha256):
        bucket.check(kept.sha256)

    assert bucket.put_bytes(b"acta").is_new
    bucket.check(kept.sha256)


def test_an_object_that_appeared_after_the_question_is_never_written_over(bucket, objects, monkeypatch):
    kept = bucket.put_bytes(b"acta")
    before = objects.head(key(kept.sha256))
    monkeypatch.setattr(bucket, "holds", lambda _sha256: False)

    assert not bucket.put_bytes(b"acta").is_new
    assert objects.head(key(kept.sha256)) == before


def test_an_object_without_a_place_is_named(bucket, objects):
    objects.put("evidence/sha256/ab/cd/notes.txt", b"mine")

    assert list(bucket.strangers()) == ["sha256/ab/cd/notes.txt"]
    assert list(bucket.all()) == []


def test_a_service_that_does_not_answer_is_told_and_nothing_is_kept(tmp_path, monkeypatch):
    point_at(monkeypatch, "http://127.0.0.1:9")
    monkeypatch.setattr("willakuy.evidence.bucket._RETRIES", 0)
    store = BucketStore(tmp_path / "evidence", URL)

    for ask in (lambda: store.put_bytes(b"acta"), lambda: store.read("0" * 64), store.reach):
        with pytest.raises(StoreNotReached, match=URL):
            ask()

    assert left_over(store) == []


def test_a_bucket_that_is_not_there_is_told(s3_service, tmp_path):
    store = BucketStore(tmp_path / "evidence", "s3://nowhere/peru")

    with pytest.raises(StoreRefused, match="no such bucket"):
        store.put_bytes(b"acta")
    with pytest.raises(StoreNotReached, match="nowhere"):
        store.reach()


def test_an_upload_that_breaks_half_way_leaves_no_object(s3_service, tmp_path, monkeypatch):
    from moto.s3.models import S3Backend

    real = S3Backend.upload_part

    def break_after_the_first(self, bucket_name, multipart_id, part_id, value):
        if part_id > 1:
            raise OSError("the line is gone")
        return real(self, bucket_name, multipart_id, part_id, value)

    monkeypatch.setattr(S3Backend, "upload_part", break_after_the_first)
    monkeypatch.setattr("willakuy.evidence.bucket._RETRIES", 0)
    store = BucketStore(tmp_path / "evidence", "s3://cases/torn")

    with pytest.raises(StoreNotReached):
        store.put_bytes(bytes(2 * PART_BYTES))

    assert list(store.all()) == list(store.strangers()) == []
    assert left_over(store) == []


@pytest.mark.parametrize(
    "url",
    [
        "s3://",
        "https://cases.example",
        "s3://key:secret@cases/peru",
        "s3://cases/peru?key=x",
        "s3://cases/../x",
        "cases",
    ],
)
def test_what_is_no_bucket_or_holds_a_secret_is_refused(url):
    with pytest.raises(NotABucket):
        check_bucket(url)
