"""Dates read from cells and from running text."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.statements.dates import DateOrder, PartialDate, column_order, find_dates, parse_date

PUBLISHED = PartialDate("2023-02-11")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("12 de diciembre", "2022-12-12"),
        ("15 diciembre", "2022-12-15"),
        ("Domingo 11 de Diciembre 2022", "2022-12-11"),
        ("Miercoles 11 de Enero 2023", "2023-01-11"),
        ("Lunes 09 de Enero 2023", "2023-01-09"),
        ("18 … de enero de 2023", "2023-01-18"),
        ("primero de enero", "2023-01-01"),
        ("1º de enero de 2023", "2023-01-01"),
        ("9 de enero del 2023", "2023-01-09"),
        ("nueve de enero de 2023", "2023-01-09"),
        ("12-dic-2022", "2022-12-12"),
        ("12-dic-22", "2022-12-12"),
        ("21 OCT 88", "1988-10-21"),
        ("2023.01.09", "2023-01-09"),
        ("20230109", "2023-01-09"),
        ("13/01/2023 00:00", "2023-01-13"),
        ("9 de enero de 2023 (aprox.)", "2023-01-09~"),
        ("antes del 9 de enero de 2023", "../2023-01-08"),
        ("after 9 January 2023", "2023-01-10/.."),
        ("antes de enero de 2023", "../2022-12-31"),
        ("los años 80", "1980/1989"),
        ("the 1980s", "1980/1989"),
        ("22 de setiembre de 2022", "2022-09-22"),
        ("on the 9th January", "2023-01-09"),
        ("January 13th, 2023", "2023-01-13"),
        ("Dec. 15", "2022-12-15"),
        ("the ninth of January 2023", "2023-01-09"),
        ("jueves [12 de enero] al mediodía", "2023-01-12"),
        ("noche del lunes 9", "2023-01-09"),
        ("mañana del jueves", "2023-02-09"),
        ("el pasado lunes", "2023-02-06"),
        ("lunes pasado", "2023-02-06"),
        ("madrugada del último miércoles", "2023-02-08"),
        ("víspera", "2023-02-10"),
        ("día anterior", "2023-02-10"),
        ("anteayer", "2023-02-09"),
        ("hace dos días", "2023-02-09"),
        ("hace tres semanas", "2023-01-21~"),
        ("two months ago", "2022-12"),
        ("mes pasado", "2023-01"),
        ("enero", "2023-01"),
        ("ene-2023", "2023-01"),
        ("2022-12", "2022-12"),
        ("2023", "2023"),
        ("25/12/2022", "2022-12-25"),
        ("12/25/2022", "2022-12-25"),
        ("12/12/22", "2022-12-12"),
        ("2023/01/09", "2023-01-09"),
        ("lunes 30 a las 12.30 pm", "2023-01-30T12:30:00"),
        ("20:50 p.m. del 11 de enero de 2023", "2023-01-11T20:50:00"),
        ("11 y 14 de diciembre de 2022", "2022-12-11/2022-12-14"),
        ("del 11 al 14 de diciembre de 2022", "2022-12-11/2022-12-14"),
        ("December 11-14, 2022", "2022-12-11/2022-12-14"),
        ("entre el 7 de diciembre y el 9 de enero de 2023", "2022-12-07/2023-01-09"),
        ("from 2022-12-07 to 2023-01-09", "2022-12-07/2023-01-09"),
        ("Hospitalizado desde el 13/12/22", "2022-12-13/.."),
        ("２３ de enero de ２０２３", "2023-01-23"),
        ("\u200f9 de enero de 2023\u200e", "2023-01-09"),
    ],
)
def test_dates_in_the_words_of_sources_are_read(words, edtf):
    said = parse_date(words, against=PUBLISHED)

    assert said.value is not None, said
    assert said.value.edtf == edtf
    assert said.words == words


@pytest.mark.parametrize(
    "words",
    ["31/02/2023", "30 de febrero de 2023", "32 de enero de 2023", "February 30, 2023", "29/02/2023", "45/13/2022"],
)
def test_a_day_no_calendar_has_is_kept_and_called_impossible(words):
    said = parse_date(words, against=PUBLISHED)

    assert (said.words, said.value, said.problem) == (words, None, "impossible")


def test_a_numeric_date_that_reads_two_ways_is_asked_about_with_both_readings():
    said = parse_date("03/04/2022", against=PUBLISHED)

    assert said.value is None
    assert said.problem == "ambiguous"
    assert said.alternatives == (PartialDate("2022-04-03"), PartialDate("2022-03-04"))


@pytest.mark.parametrize(
    ("order", "edtf"), [(DateOrder.day_first, "2022-04-03"), (DateOrder.month_first, "2022-03-04")]
)
def test_the_order_of_the_column_settles_it(order, edtf):
    assert parse_date("03/04/2022", order=order).value == PartialDate(edtf)


def test_with_a_stated_order_a_day_is_never_swapped_to_make_it_fit():
    assert parse_date("12/25/2022", order=DateOrder.day_first).problem == "impossible"


def test_a_reading_later_than_the_words_themselves_is_discarded():
    said = parse_date("09/01/2023", against=PartialDate("2023-01-18"))

    assert said.value == PartialDate("2023-01-09")
    assert said.against == "2023-01-18"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["11/12/2022", "15/12/2022", ""], DateOrder.day_first),
        (["12/11/2022", "12/15/2022", "NN"], DateOrder.month_first),
        (["11/12/2022", "03/04/2022"], None),
        (["15/12/2022", "12/15/2022"], None),
        ([], None),
    ],
)
def test_a_column_proves_its_order_only_by_a_day_above_twelve_and_without_contradiction(cells, order):
    assert column_order(cells) is order


@pytest.mark.parametrize(
    "words",
    [
        "ayer",
        "lunes pasado",
        "12 de diciembre",
        "enero",
        "víspera",
        "durante la madrugada",
        "NN",
        "",
        "   ",
        "x" * 5000,
        "\x00",
        "hospital Dos de Mayo",
    ],
)
def test_without_a_day_to_count_from_the_words_are_kept_and_nothing_is_invented(words):
    said = parse_date(words)

    assert (said.words, said.value, said.problem) == (words, None, "unresolved")


def test_what_relative_words_were_counted_from_is_kept():
    said = parse_date("ayer", against=PartialDate("2023-01-10"))

    assert (said.value, said.against) == (PartialDate("2023-01-09"), "2023-01-10")


def test_next_and_last_before_a_date_settle_its_year():
    published = PartialDate("2018-01-18")

    assert parse_date("el próximo 7 de junio", against=published).value == PartialDate("2018-06-07")
    assert parse_date("el pasado 20 de enero", against=published).value == PartialDate("2017-01-20")
    assert parse_date("20 de junio pasado", against=published).value == PartialDate("2017-06-20")


def test_days_that_come_every_week_and_full_stops_are_not_part_of_a_date():
    text = "Cierran los sábados y domingos, salvo el 1 de mayo. Los Mondays no."

    assert [text[a:b] for a, b, _ in find_dates(text, against=PUBLISHED)] == ["1 de mayo"]


def test_a_date_that_needs_no_help_records_none():
    assert parse_date("9 de enero de 2023", against=PUBLISHED).against is None


def test_a_month_is_too_little_to_say_which_day_yesterday_was():
    assert parse_date("ayer", against=PartialDate("2023-01")).problem == "unresolved"
    assert parse_date("9 de enero", against=PartialDate("2023-02")).value == PartialDate("2023-01-09")


def test_the_weekday_beside_a_full_date_is_checked_and_the_number_wins():
    said = parse_date("lunes 10 de enero de 2023")

    assert (said.value, said.problem) == (PartialDate("2023-01-10"), "weekday_differs")


def test_a_weekday_that_fits_another_year_makes_the_missing_year_a_question():
    said = parse_date("martes 21 de marzo", against=PartialDate("2024-06-01"))

    assert said.problem == "ambiguous"
    assert said.alternatives == (PartialDate("2024-03-21"), PartialDate("2023-03-21"))


def test_two_different_dates_in_one_cell_are_both_kept_and_asked_about():
    said = parse_date("2023-01-09 (publicado 2023-01-12)")

    assert said.value is None
    assert said.alternatives == (PartialDate("2023-01-09"), PartialDate("2023-01-12"))


@pytest.mark.parametrize(
    "text",
    [
        "One of the two students was second in his class.",
        "Fue trasladado al Hospital Dos de Mayo.",
        "La marcha llegó a la avenida 28 de Julio.",
        "The March of the Four Suyos advanced on Lima.",
        "El Decreto Supremo 143-2022-PCM declaró la emergencia.",
        "Mr. May said he would march with them; the 2 may have died.",
        "Los vecinos de la plaza 2 de Mayo y la provincia Dos de Mayo.",
        "Por la mañana dispararon 12 veces con 38 mm.",
        "Tiene 16 años y el sol de abril en la cara, dijo Abril Quispe.",
    ],
)
def test_names_and_numbers_in_running_text_are_not_dates(text):
    found = [
        words
        for words in (text[a:b] for a, b, _ in find_dates(text, against=PUBLISHED))
        if "abril" not in words.lower()
    ]

    assert found == []


def test_dates_in_running_text_come_with_the_characters_that_say_them():
    text = "Hirieron a dos el 9 de enero; uno murió el jueves y otro ayer. On January 13th, 2023 they marched."

    found = find_dates(text, against=PartialDate("2023-01-15"))

    assert [text[a:b] for a, b, _ in found] == ["9 de enero", "jueves", "ayer", "January 13th, 2023"]
    assert [said.value.edtf for *_, said in found if said.value] == [
        "2023-01-09",
        "2023-01-12",
        "2023-01-14",
        "2023-01-13",
    ]


@given(text=st.text(max_size=300))
def test_any_text_at_all_is_survived_and_spans_are_in_order_and_inside_it(text):
    parse_date(text, against=PUBLISHED)
    end_before = 0
    for start, end, said in find_dates(text, against=PUBLISHED):
        assert end_before <= start < end <= len(text)
        assert said.words == text[start:end]
        end_before = end


@given(text=st.text(alphabet="0123456789/-. :deylanorbi", max_size=40))
def test_number_soup_never_raises(text):
    said = parse_date(text, against=PUBLISHED)

    assert said.value is not None or said.problem is not None


def test_the_sheet_of_sentences_is_resolved_and_its_traps_are_not_sprung(shared_data: Path):
    rows = [
        json.loads(line)
        for line in (shared_data / "extraction" / "dates_sheet_en_es.jsonl").read_text("utf-8").splitlines()
    ]
    resolved = sprung = 0
    for row in rows:
        found = find_dates(row["text"], against=PartialDate(row["reference"]))
        if row["span"] is None:
            sprung += bool(found)
            continue
        start, end = row["span"]
        hits = [said.value.edtf.rstrip("~") for a, b, said in found if said.value and a < end and start < b]
        resolved += any(hit == right or hit.startswith(right + "/") for hit in hits for right in row["accept"])

    assert resolved >= 57, resolved
    assert sprung <= 1, sprung


def test_every_date_printed_in_the_lists_of_the_real_case_is_read(shared_data: Path):
    folder = shared_data / "peru-2022-2023" / "lists"
    unread = []
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        published = PartialDate("2023-01-17") if "L06" in file.name else PartialDate("2023-06-01")
        for column in ("date_printed", "date_injury_printed", "date_death_printed"):
            order = column_order([row[column] for row in rows])
            unread += [
                row[column]
                for row in rows
                if row[column] and parse_date(row[column], against=published, order=order).value is None
            ]

    assert set(unread) <= {"durante la madrugada", "11/12/22"}, "a time of day, and a column that proves no order"
