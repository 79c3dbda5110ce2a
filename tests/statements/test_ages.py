"""Ages as printed: bounds, bands, and who is a minor."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.statements.ages import BAND_YEARS, AgeBand, AgeSaid, parse_age
from willakuy.statements.dates import PartialDate
from willakuy.statements.vocabularies import vocabulary


@pytest.mark.parametrize(
    ("words", "lo", "hi", "band"),
    [
        ("29", 29, 29, "adult"),
        ("29 años", 29, 29, "adult"),
        ("18 años de edad", 18, 18, "adult"),
        ("(15)", 15, 15, "adolescent"),
        ("50-year-old", 50, 50, "adult"),
        ("aged 16", 16, 16, "adolescent"),
        ("veintinueve años", 29, 29, "adult"),
        ("16 a 18", 16, 18, None),
        ("entre 20 y 25 años", 20, 25, "adult"),
        ("menor", 0, 17, "minor"),
        ("menor de edad", 0, 17, "minor"),
        ("menor de 15 años", None, 15, "minor"),
        ("niña", 0, 17, "child"),
        ("niña de 8 años", 8, 8, "child"),
        ("adolescente", 10, 17, "adolescent"),
        ("mayor de edad", 18, None, "adult"),
        ("adulto mayor", 60, None, "older"),
        ("62", 62, 62, "older"),
        ("más de 60 años", 61, None, "older"),
        ("8 meses", 0, 0, "infant"),
        ("18 months", 1, 1, "infant"),
        ("3 días", 0, 0, "newborn"),
        ("recién nacido", 0, 0, "newborn"),
        ("bebé", 0, 1, "infant"),
        ("feto de seis meses de gestación", None, None, "unborn"),
        ("unborn", None, None, "unborn"),
        ("20s", 20, 29, "adult"),
        ("1,5 años", 1, 1, "infant"),
        ("casi 18 años", 17, 18, None),
        ("２９ años", 29, 29, "adult"),
    ],
)
def test_ages_in_the_words_of_sources_are_read(words, lo, hi, band):
    age = parse_age(words)

    assert (age.words, age.lo, age.hi, age.band and str(age.band), age.problem) == (words, lo, hi, band, None)


@pytest.mark.parametrize("words", ["30 años aproximadamente", "unos 30 años", "about 30", "aprox. 30"])
def test_about_is_kept_beside_the_number(words):
    age = parse_age(words)

    assert (age.lo, age.hi, age.is_about) == (30, 30, True)


@pytest.mark.parametrize(
    ("words", "problem"),
    [("", "unresolved"), ("   ", "unresolved"), ("joven", "unresolved"), ("NN", "unresolved"), ("x" * 9000, "unresolved"), ("200", "impossible"),
     ("1981", "impossible"), ("-3", "impossible"), ("1,5", "ambiguous"), ("28 semanas", "ambiguous")],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_with_its_problem(words, problem):
    age = parse_age(words)

    assert (age.words, age.problem) == (words, problem)


def test_every_reading_of_one_comma_five_is_a_minor():
    age = parse_age("1,5")

    assert (age.lo, age.hi) == (1, 15)
    assert age.is_minor() is True


@pytest.mark.parametrize(
    ("words", "is_minor"),
    [
        ("17", True),
        ("18", False),
        ("menor", True),
        ("16 a 18", None),
        ("unos 17 años", None),
        ("unos 40 años", False),
        ("feto", None),
        ("", None),
        ("niño", True),
        ("bebé", True),
    ],
)
def test_who_is_a_minor_is_said_only_where_the_words_settle_it(words, is_minor):
    assert parse_age(words).is_minor() is is_minor


def test_a_birth_date_gives_the_age_on_a_day():
    age = parse_age("nacido el 2 de abril de 1981")

    assert age.born == PartialDate("1981-04-02")
    assert age.on(dt.date(2023, 1, 11)).lo == 41
    assert age.on(dt.date(2023, 4, 2)).hi == 42


def test_a_birth_year_gives_two_possible_ages():
    age = parse_age("nacida en 1981").on(dt.date(2023, 6, 1))

    assert (age.lo, age.hi) == (41, 42)


def test_ages_apart_are_compatible_only_within_the_tolerance_asked_for():
    assert not parse_age("27").compatible(parse_age("32"))
    assert parse_age("27").compatible(parse_age("32"), tolerance=5)
    assert parse_age("menor").compatible(parse_age("15 años"))
    assert not parse_age("menor").compatible(parse_age("23"))
    assert parse_age("").compatible(parse_age("23"))
    assert not parse_age("feto").compatible(parse_age("23"))


ages = st.one_of(
    st.integers(0, 110).map(str),
    st.sampled_from(
        ["menor", "unos 30 años", "adulto mayor", "bebé", "", "16 a 18", "nonato", "niña", "más de 60 años"]
    ),
).map(parse_age)


@given(a=ages, b=ages, tolerance=st.integers(0, 20))
def test_compatibility_is_mutual_grows_with_tolerance_and_everything_fits_itself(a, b, tolerance):
    assert a.compatible(b, tolerance) == b.compatible(a, tolerance)
    assert a.compatible(a)
    if a.compatible(b):
        assert a.compatible(b, tolerance)


@given(text=st.text(max_size=60))
def test_any_text_at_all_is_survived_with_bounds_in_order(text):
    age = parse_age(text)

    assert isinstance(age, AgeSaid)
    assert age.lo is None or age.hi is None or 0 <= age.lo <= age.hi


def test_bands_rise_from_the_unborn_to_the_old_in_every_language():
    codes = vocabulary("age_band").codes

    assert codes == tuple(AgeBand)
    assert [band.rank for band in AgeBand] == sorted(band.rank for band in AgeBand)
    tops = [BAND_YEARS[band][1] for band in AgeBand if band is not AgeBand.unborn]
    uppers = [999 if top is None else top for top in tops]
    assert uppers == sorted(uppers)


def test_every_age_printed_in_the_real_case_is_read(shared_data: Path):
    folder = shared_data / "peru-2022-2023"
    unread = set()
    for file in [*sorted((folder / "lists").glob("*.csv")), folder / "mentions.csv"]:
        with file.open(encoding="utf-8", newline="") as handle:
            unread |= {
                row["age_printed"]
                for row in csv.DictReader(handle)
                if row["age_printed"] and parse_age(row["age_printed"]).lo is None
            }

    assert unread == set()
