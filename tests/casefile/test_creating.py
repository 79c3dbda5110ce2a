"""A case whose making was cut short is made again in the same place; nothing of anybody else's is touched."""

from __future__ import annotations

import pytest

from willakuy.casefile import Case, Settings
from willakuy.casefile.errors import CaseExists, NoCaseHere


def cut_short(folder, monkeypatch, at):
    def stop(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"willakuy.casefile.case.{at}", stop)
        with pytest.raises(KeyboardInterrupt):
            Case.create(folder, Settings(name="Invented"))


@pytest.mark.parametrize("at", ["keep_device", "forget_projections", "finish_case"])
def test_a_case_whose_making_was_cut_short_can_be_made_again(tmp_path, monkeypatch, at):
    cut_short(tmp_path / "case", monkeypatch, at)

    with pytest.raises(NoCaseHere):
        Case.open(tmp_path / "case")
    with Case.create(tmp_path / "case", Settings(name="Invented")) as case:
        assert case.check_ledger() == 1
    assert not (tmp_path / "case" / "case.toml.new").exists()


@pytest.mark.parametrize("theirs", ["notes.txt", "keys/mine", "evidence/photo.jpg"])
def test_a_half_made_case_with_something_else_in_it_is_left_alone(tmp_path, monkeypatch, theirs):
    cut_short(tmp_path / "case", monkeypatch, "finish_case")
    (tmp_path / "case" / theirs).write_text("mine")

    with pytest.raises(CaseExists):
        Case.create(tmp_path / "case", Settings(name="Invented"))

    assert (tmp_path / "case" / theirs).read_text() == "mine"


def test_a_finished_case_is_never_made_again(tmp_path):
    Case.create(tmp_path / "case", Settings(name="Invented")).close()
    (tmp_path / "case" / "case.toml.new").touch()

    with pytest.raises(CaseExists):
        Case.create(tmp_path / "case", Settings(name="Invented"))
