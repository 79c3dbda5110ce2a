"""Few people who share all that is published of somebody not shown are said, or refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from willakuy.casefile import Case
from willakuy.publication import policy_of, publish, release_record
from willakuy.publication.smallcells import CellsTooSmall, small_cells
from willakuy.statements.names import Name


def injured(case: Case, n: int) -> None:
    """``n`` more injured people of whom the same is said as of the one there."""
    there = next(s for s in case.corpus().statements if s.statement_id == "stm_L01.r5")
    for i in range(n):
        name = (Name(f"Persona Inventada Número{chr(97 + i)}"),)
        content = replace(there.victim, names=name)
        case.append([replace(there, statement_id=f"stm_L01.x{i}", content=content)])


def cells(case: Case, k: int = 5):
    return small_cells(release_record(case.corpus(), policy_of(case.settings)), k)


def test_one_injured_person_alone_in_the_count_is_a_small_cell(case: Case) -> None:
    assert (cells(case).n_people, cells(case).smallest) == (1, 1)


def test_five_of_whom_the_same_is_said_are_none(case: Case) -> None:
    injured(case, 4)

    assert (cells(case).n_people, cells(case).smallest) == (0, 5)
    assert cells(case, k=6).n_people == 5


def test_a_release_with_a_small_cell_says_so(case: Case) -> None:
    assert publish(case).small_cells.n_people == 1


def test_where_the_case_refuses_small_cells_nothing_is_published(case: Case) -> None:
    case.settings = replace(case.settings, refuse_small_cells=True)

    with pytest.raises(CellsTooSmall):
        publish(case)

    assert list((case.folder / "releases").iterdir()) == []


def test_those_shown_by_name_are_no_cell(case: Case) -> None:
    assert cells(case).n_classes == 1


def test_settings_come_back_from_the_file_as_they_were_written(tmp_path) -> None:
    from willakuy.casefile import Settings, read_settings
    from willakuy.casefile.settings import settings_as_toml

    settings = Settings(name="x", least_cell=11, refuse_small_cells=True)
    (tmp_path / "case.toml").write_text(settings_as_toml(settings), "utf-8")

    assert read_settings(tmp_path) == settings


def test_a_least_cell_that_is_no_number_is_said_where_it_stands(tmp_path) -> None:
    from willakuy.casefile import read_settings
    from willakuy.casefile.errors import CaseTomlNotRead

    (tmp_path / "case.toml").write_text('name = "x"\nleast_cell = "five"\n', "utf-8")

    with pytest.raises(CaseTomlNotRead, match="least_cell"):
        read_settings(tmp_path)
