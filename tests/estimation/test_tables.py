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
from willakuy.estimation import CaptureTable, CellUnreadable, StrataTable, TableUnreadable, read_table, read_versions

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


COMMON = "1,0,0,14\n0,1,0,11\n0,0,1,9\n1,1,0,8\n1,0,1,7\n0,1,1,6\n1,1,1,5\n"


def _same_table(path: Path, *, lists: tuple[str, ...] = ("A", "B", "C"), **how: bool) -> bool:
    found = read_table(path, **how)  # type: ignore[arg-type]
    return isinstance(found, CaptureTable) and (found.lists, found.documented, found.sizes.tolist()) == (
        lists, 60, [34, 30, 27]
    )  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " ", ", "])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_any_end_of_line_is_found_out(tmp_path: Path, separator: str, end: str) -> None:
    text = ("A,B,C,count\n" + COMMON).replace(",", separator).replace("\n", end)

    (tmp_path / "t.csv").write_bytes(text.encode())

    assert _same_table(tmp_path / "t.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_a_table_may_be_saved_in_any_common_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes(("Policía,Defensoría,Prensa,número\n" + COMMON).encode(encoding))

    assert _same_table(tmp_path / "t.csv", lists=("Policía", "Defensoría", "Prensa"))


@pytest.mark.parametrize(
    "text",
    [
        "# deaths, by list\n\nA,B,C,count\n" + COMMON,
        "sep=;\n" + ("A,B,C,count\n" + COMMON).replace(",", ";"),
        ("A,B,C,count\n" + COMMON).replace("\n", ",\n"),
        "A,B,C,count\n" + COMMON + "0,0,0,NA\n0,0,0,\n"[:9],
        "A,B,C,count\n" + COMMON.replace("\n", ".0\n"),
        ",A,B,C,count\n" + "".join(f"{i},{row}\n" for i, row in enumerate(COMMON.split(), 1)),
        "A B C Freq\n" + "".join(f"{i} {row}\n".replace(",", " ") for i, row in enumerate(COMMON.split(), 1)),
        "label,A,B,C,count\n" + "".join(f"row {i},{row}\n" for i, row in enumerate(COMMON.split())),
        "A,B,C,cantidad\n" + "".join(
            ",".join([*("sí" if bit == "1" else "No" for bit in row.split(",")[:3]), row.split(",")[3]]) + "\n"
            for row in COMMON.split()
        ),
        "A,B,C,count\n" + "".join(
            ",".join([*("x" if bit == "1" else "" for bit in row.split(",")[:3]), row.split(",")[3]]) + "\n"
            for row in COMMON.split()
        ),
    ],
    ids=["comments", "sep line", "empty last column", "row of nobody", "decimals", "numbered", "R", "labelled", "sí/no", "ticks"],
)  # fmt: skip
def test_a_table_as_other_programs_write_it_is_the_same_table(tmp_path: Path, text: str) -> None:
    assert _same_table(_write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A,B,C,count\n" + COMMON.replace("0", "2"), "nothing says which of them means"),
        ("female,A,B,count\n" + COMMON, "is it a list"),
        ("A,B,C,men,women\n" + COMMON.replace("\n", ",3\n"), "--count men"),
        ("id,A,B,C\n" + "".join(f"{i},{row[:5]}\n" for i, row in enumerate(COMMON.split())), "--records"),
        ("PK\x03\x04 sheet", "spreadsheet"),
        ("<html><table></table></html>", "not a table"),
        ('[{"A": 1}]', "not a table"),
        ("A,\x00\x01,count\n", "rows below"),
    ],
)
def test_what_cannot_be_told_apart_is_asked_and_never_guessed(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(TableUnreadable) as error:
        read_table(_write(tmp_path, text))

    assert says in error.value.say_what()


@pytest.mark.parametrize("cell", ["14.5", "14%", "1.014", "1,014", "14.000", "many", "", "1e400", "9999999999999"])
def test_a_count_that_can_be_read_in_two_ways_or_none_is_not_read(tmp_path: Path, cell: str) -> None:
    with pytest.raises(CellUnreadable):
        read_table(_write(tmp_path, "A;B;C;count\n" + COMMON.replace(",", ";").replace("14", cell)))


def test_people_said_to_be_on_no_list_are_left_out_and_said_so(tmp_path: Path) -> None:
    found = read_table(_write(tmp_path, "A,B,C,count\n" + COMMON + "0,0,0,500\n"))

    assert found.documented == 60
    assert "500 people are said to be on none of the lists" in found.notes[0]


def test_lists_named_by_hand_add_up_the_others_and_two_can_be_taken_as_one(tmp_path: Path) -> None:
    path = _write(tmp_path, "A,B,C,count\n" + COMMON)

    two, joined = read_table(path, lists=["A", "B"]), read_table(path, lists=["A", "B+C"])

    assert isinstance(two, CaptureTable)
    assert isinstance(joined, CaptureTable)
    assert (two.documented, two.sizes.tolist()) == (51, [34, 30])
    assert (joined.documented, joined.sizes.tolist()) == (60, [34, 46])


def test_versions_and_strata_in_one_file_stay_apart(tmp_path: Path) -> None:
    rows = "".join(f"{v},{place},{row}\n" for v in "12" for place in ("north", "south") for row in COMMON.split())

    found = read_versions(_write(tmp_path, "try,place,A,B,C,count\n" + rows), ["try"], strata=["place"])

    assert {name: list(table.strata) for name, table in found.items() if isinstance(table, StrataTable)} == {
        "1": ["north", "south"], "2": ["north", "south"]
    }  # fmt: skip
