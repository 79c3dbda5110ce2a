"""Reading and changing capture tables."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import willakuy.estimation as room
from willakuy.estimation import CaptureTable, CellUnreadable, StrataTable, TableUnreadable, read_table

ROWS = st.lists(st.tuples(st.tuples(*[st.integers(0, 1)] * 3), st.integers(0, 9)), max_size=12)


def test_what_the_room_offers_is_what_it_lists() -> None:
    assert set(room.__all__) == set(room._HOME)
    assert all(
        hasattr(importlib.import_module(f"willakuy.estimation.{home}"), name) for name, home in room._HOME.items()
    )


def test_importing_the_room_compiles_and_loads_nothing_heavy() -> None:
    code = "import sys, willakuy.estimation; print(any(m in sys.modules for m in ('numba', 'scipy', 'numpy')))"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[tuple[int, ...], int]], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(rows)
    random.shuffle(shuffled)

    assert CaptureTable.of("abc", rows).digest == CaptureTable.of("abc", shuffled).digest


@given(ROWS)
def test_nobody_is_lost_when_two_lists_are_merged(rows: list[tuple[tuple[int, ...], int]]) -> None:
    table = CaptureTable.of("abc", rows)

    assert table.merge("a", "b").documented == table.documented
    assert table.merge("a", "b").sizes[-1] == table.sizes[0] + table.sizes[1] - table.overlaps[0, 1]


def _write(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_other_columns_name_the_strata(tmp_path: Path) -> None:
    found = read_table(_write(tmp_path, "region,A,B,count\nnorth,1,0,3\nsouth,1,1,2\nnorth,0,1,1\n"))

    assert isinstance(found, StrataTable)
    assert {name: t.documented for name, t in found.strata.items()} == {"north": 4, "south": 2}


def test_one_row_per_person_needs_no_count(tmp_path: Path) -> None:
    found = read_table(_write(tmp_path, "A,B\n1,0\n1,0\n0,1\n"), records=True)

    assert isinstance(found, CaptureTable)
    assert (found.documented, found.sizes.tolist()) == (3, [2, 1])


@pytest.mark.parametrize(
    ("text", "column", "row"),
    [
        ("A,B,count\n1,0,-4\n0,1,2\n", "count", 2),
        ("A,B,count\n1,0,4\nNA,1,2\n0,1,3\n", "A", 3),
        ("A,B,count\n1,0,4\n1,,2\n0,1,3\n", "B", 3),
        ("A,B,count\n1,0,4\n1,1,many\n0,1,3\n", "count", 3),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(
    tmp_path: Path, text: str, column: str, row: int
) -> None:
    with pytest.raises(CellUnreadable) as error:
        read_table(_write(tmp_path, text))

    assert (error.value.facts["column"], error.value.facts["row"]) == (column, row)
    assert error.value.say_next()


@pytest.mark.parametrize(
    "text", ["", "A,B,count\n", "A,B\n1,0\n", "A,A,count\n1,0,1\n", "A,B,count\n1,0\n", "x,count\nhello,3\n"]
)
def test_a_file_that_is_no_table_says_why(tmp_path: Path, text: str) -> None:
    with pytest.raises(TableUnreadable):
        read_table(_write(tmp_path, text))


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match="no such file"):
        read_table(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    "text",
    [
        "A;B;Frequency\n1;0;4\n0;1;3\n1;1;2\n",
        "A\tB\tN\n1\t0\t4\n0\t1\t3\n1\t1\t2\n",
        "A,B,deaths\n1,0,4\n0,1,3\n1,1,2\n",
        "A,B,count\n1.0,0.0,4\nFALSE,TRUE,3\nyes,yes,2\n",
    ],
)
def test_separators_and_names_of_the_count_column_do_not_matter(tmp_path: Path, text: str) -> None:
    found = read_table(_write(tmp_path, text))

    assert isinstance(found, CaptureTable)
    assert (found.lists, found.documented, found.sizes.tolist()) == (("A", "B"), 9, [6, 5])


def test_a_combination_given_twice_is_not_quietly_added_up(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match="rows 2 and 4"):
        read_table(_write(tmp_path, "A,B,count\n1,0,4\n0,1,3\n1,0,2\n"))


def test_an_unreadable_cell_is_a_refusal_that_counts_what_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(CellUnreadable) as error:
        read_table(_write(tmp_path, "A,B,count\n1,0,4\nNA,1,2\n0,1,3\n"))

    refused = error.value.as_json()["refused"]
    assert error.value.exit_code == 1
    assert refused["documented_minimum"] == 7  # type: ignore[index]
    assert "A, B" in refused["reasons"][0]["what"]  # type: ignore[index]
