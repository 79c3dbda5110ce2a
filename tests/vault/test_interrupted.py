"""A full disk or a killed process in the middle of sealing, resealing or erasing leaves a case that opens and verifies."""

from __future__ import annotations

import contextlib
import errno
import os

import pytest

from willakuy.casefile import Case
from willakuy.casefile.checking import check_case
from willakuy.casefile.custodians import add_custodian
from willakuy.casefile.erasing import erase
from willakuy.casefile.sealing import seal_values, sealed_items
from willakuy.casefile.unsealing import drill, reseal
from willakuy.errors import WillakuyError

NAME = "Casimiro Supuesto Testigo"
CALLS = ("fsync", "link", "unlink", "rename", "replace", "chmod", "mkdir")


class Killed(BaseException):
    """Nothing catches it: what is left is what a killed process leaves."""


def work(case: Case, keys) -> None:
    one = seal_values(case, {"name": NAME}, about="src_x1")
    seal_values(case, {"name": "Otra"}, about="src_x2")
    add_custodian(case, "nuevo", keys.pairs["stranger"].public)
    reseal(case, keys.identity("condor"))
    erase(case, one.seal_id, [], reason="asked")


def failing(monkeypatch, at: int, error: BaseException) -> list[int]:
    """Let call number ``at`` to the disk fail, once; the list counts the calls."""
    calls = [0]

    def wrapped(real):
        def call(*args, **kwargs):
            calls[0] += 1
            if calls[0] == at:
                raise error
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        monkeypatch.setattr(os, name, wrapped(getattr(os, name)))
    return calls


@pytest.mark.parametrize(("kind", "at"), [("full", 1), ("killed", 2)])
def test_whichever_call_fails_nothing_acknowledged_is_lost_and_the_case_verifies(
    tmp_path, keys, clock, entropy, kind, at
):
    from willakuy.casefile import Settings

    n_done = 0
    while n_done < 2:
        folder = tmp_path / f"{kind}{at}"
        with Case.create(folder, Settings(name="Invented"), clock=clock, entropy=entropy) as case:
            for label in ("condor", "vicuna", "papel"):
                add_custodian(case, label, keys.pairs[label].public, is_recovery=label == "papel")
        error = OSError(errno.ENOSPC, "No space left on device") if kind == "full" else Killed()
        with Case.open(folder) as case, pytest.MonkeyPatch.context() as patch:
            calls = failing(patch, at, error)
            with contextlib.suppress(WillakuyError, OSError, Killed):
                work(case, keys)
        with Case.open(folder) as again:
            report = check_case(again)
            assert report.damaged == (), (at, report.damaged)
            assert drill(again, keys.identity("condor")).damaged == ()
            for item in sealed_items(again):
                assert item.is_gone or all(again.vault.holds(f) for f in item.files)
                assert not (item.is_gone and any(again.vault.holds(f) for f in item.files))
        n_done += calls[0] < at
        at += 4
    assert at > 20


def test_no_clear_value_is_left_by_a_sealing_that_failed(case, monkeypatch):
    with pytest.MonkeyPatch.context() as patch:
        failing(patch, 1, OSError(errno.ENOSPC, "No space left on device"))
        with pytest.raises(WillakuyError):
            seal_values(case, {"name": NAME}, about="src_x1")

    assert not any(NAME.encode() in p.read_bytes() for p in case.folder.rglob("*") if p.is_file())
    assert sealed_items(case) == []
