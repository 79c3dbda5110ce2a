"""A small share of ./run bench faults, with its seeded bugs: the harness notices them, and nothing else is wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT

needs_strace = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("strace") is None, reason="needs Linux and strace"
)


def disturb(*arguments: str) -> dict:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults", *arguments, "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout, run.stderr
    [outcome] = json.loads(run.stdout)
    return outcome


def is_whole(outcome: dict) -> bool:
    assert outcome["violations"] == []
    assert all(outcome["caught"].values()), outcome["caught"]
    return bool(outcome["n"])


@needs_strace
def test_killed_at_any_call_nothing_acknowledged_is_lost_and_the_work_goes_on():
    assert is_whole(disturb("kill", "--works", "ingest", "--count", "6"))


@needs_strace
def test_a_call_that_fails_is_told_in_words_and_loses_nothing():
    assert is_whole(disturb("fail", "--works", "ingest", "--count", "6"))


@needs_strace
def test_a_power_cut_after_any_call_loses_nothing_acknowledged():
    assert is_whole(disturb("power", "--works", "ingest", "--count", "300"))


@needs_strace
def test_bundles_and_anchors_survive_being_killed_and_what_is_taken_away_is_whole():
    assert is_whole(disturb("kill", "--works", "sync export,sync import,anchor", "--count", "9"))
    assert is_whole(disturb("power", "--works", "sync export,sync import,sync join,anchor", "--count", "200"))


def test_rotten_bits_are_named_or_change_nothing():
    assert is_whole(disturb("rot", "--count", "30"))


def test_forged_releases_are_refused():
    assert is_whole(disturb("mutants", "--count", "60"))
