"""On a disk nearly full a case is opened without the shared index whose missing block would kill the program."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest

from willakuy.casefile.checking import check_case


@pytest.fixture
def _nearly_full(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=1 << 30, used=1 << 30, free=1 << 20))


@pytest.mark.usefixtures("_nearly_full")
def test_there_is_no_shared_index_while_something_is_written(case, radio, bulletin):
    with case.changing():
        assert (case.folder / "case.db-wal").exists()
        assert not (case.folder / "case.db-shm").exists()

    assert case.append([radio, bulletin]) == 2


@pytest.mark.usefixtures("_nearly_full")
def test_reading_while_reading_waits_for_nobody(case, radio, bulletin):
    case.append([radio, bulletin])

    kinds = [e.entry.kind for e in case.entries() if case.n_entries() == 3]

    assert kinds == ["case", "source", "document"]
    assert check_case(case).damaged == ()


def test_with_room_the_case_is_shared(case):
    with case.changing():
        assert (case.folder / "case.db-shm").exists()
