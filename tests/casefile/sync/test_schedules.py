"""A few of the random schedules of ``benchmarks/faults/devices.py``, and that they would notice a careless program."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.faults import devices

PARTS = {"merge": (devices.merge, devices.MERGE_BUGS), "fork": (devices.fork, devices.FORK_BUGS)}


@pytest.mark.parametrize("part", PARTS)
def test_random_schedules_end_well_and_seeded_bugs_do_not(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run, bugs = PARTS[part]
    monkeypatch.setattr(devices, "TRIES", 3)

    outcome = run(tmp_path, random.Random(11), 3, lambda _n: None)

    assert outcome.violations == []
    assert outcome.n == 3
    assert set(outcome.caught) == set(bugs)
    assert all(outcome.caught.values()), outcome.caught
