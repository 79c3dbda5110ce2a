"""Partial dates: what may be written, what follows from it, and how it is said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.statements.dates import DatePrecision, PartialDate, parse_date, span_of
from willakuy.statements.errors import DateNotEdtf

days = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31))
marks = st.sampled_from(["", "~", "?", "%"])
points = st.one_of(
    st.builds(lambda d, m: PartialDate(d.isoformat() + m), days, marks),
    st.builds(lambda d, m: PartialDate(f"{d:%Y-%m}" + m), days, marks),
    st.builds(lambda d, m: PartialDate(f"{d:%Y}" + m), days, marks),
    st.builds(
        lambda t: PartialDate.of(t.replace(microsecond=0)),
        st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2099, 12, 31)),
    ),
)
intervals = st.one_of(
    st.tuples(points, points).map(lambda p: sorted(p, key=lambda d: d.sort_key)).map(lambda p: span_of(p[0], p[1])),
    points.map(lambda p: span_of(p, None)),
    points.map(lambda p: span_of(None, p)),
)
partial_dates = st.one_of(points, intervals)


@pytest.mark.parametrize(
    ("edtf", "precision", "earliest", "latest"),
    [
        ("2023-01-09", DatePrecision.day, "2023-01-09", "2023-01-09"),
        ("2023-01", DatePrecision.month, "2023-01-01", "2023-01-31"),
        ("2024-02", DatePrecision.month, "2024-02-01", "2024-02-29"),
        ("2023", DatePrecision.year, "2023-01-01", "2023-12-31"),
        ("2022-12-11/2022-12-14", DatePrecision.interval, "2022-12-11", "2022-12-14"),
        ("../2023-01-09", DatePrecision.interval, None, "2023-01-09"),
        ("2023-01-09/..", DatePrecision.interval, "2023-01-09", None),
        ("2023-01-09~", DatePrecision.day, "2023-01-09", "2023-01-09"),
        ("2023-01-30T12:30:00", DatePrecision.time, "2023-01-30", "2023-01-30"),
    ],
)
def test_each_form_knows_its_precision_and_its_bounds(edtf, precision, earliest, latest):
    date = PartialDate(edtf)

    assert date.precision is precision
    assert (date.earliest and date.earliest.isoformat()) == earliest
    assert (date.latest and date.latest.isoformat()) == latest


@pytest.mark.parametrize(
    "text",
    ["", "hoy", "2023-13", "2023-02-30", "2023-1-9", "23-01-09", "2023-01-09T12:30", "2023-01-09/2022-12-11", "../..", "2023/", "/2023",
     "2023-01-09T24:00:00", "2023-01T12:00:00", "2023-01-09T12:00:00~", "2023-01-09T12:00:00/2023-01-10", "2023-01-09~~", "２０２３", "2023-01-09/2023-01-10/2023-01-11", "0000-01-01", "2023-01-09 "],
)  # fmt: skip
def test_what_is_not_edtf_is_refused_with_a_next_step(text):
    with pytest.raises(DateNotEdtf) as refused:
        PartialDate(text)

    assert "2023-01-09" in refused.value.say_next()


def test_the_unknown_day_is_never_the_first():
    january = PartialDate("2023-01")

    assert january.say("es") == "enero de 2023"
    assert january.say("en") == "January 2023"
    assert not january.is_exact
    assert january != PartialDate("2023-01-01")


@pytest.mark.parametrize(
    ("edtf", "es", "en"),
    [
        ("2023-01-09", "9 de enero de 2023", "9 January 2023"),
        ("2023-01-30T12:30:00", "30 de enero de 2023, 12:30", "30 January 2023, 12:30"),
        ("2022-12-11/2022-12-14", "entre el 11 y el 14 de diciembre de 2022", "between 11 and 14 December 2022"),
        (
            "2022-12-07/2023-01-09",
            "entre el 7 de diciembre de 2022 y el 9 de enero de 2023",
            "between 7 December 2022 and 9 January 2023",
        ),
        (
            "2022-11-30/2022-12-02",
            "entre el 30 de noviembre y el 2 de diciembre de 2022",
            "between 30 November and 2 December 2022",
        ),
        ("2022-12/2023-03", "entre diciembre de 2022 y marzo de 2023", "between December 2022 and March 2023"),
        ("../2023-01-09", "hasta el 9 de enero de 2023", "until 9 January 2023"),
        ("2023-01/..", "desde enero de 2023", "since January 2023"),
        ("2023-01-09~", "hacia el 9 de enero de 2023", "around 9 January 2023"),
        ("2023", "2023", "2023"),
    ],
)
def test_a_date_is_said_in_each_language(edtf, es, en):
    date = PartialDate(edtf)

    assert (date.say("es"), date.say("en")) == (es, en)


@given(date=partial_dates, language=st.sampled_from(["es", "en"]))
def test_what_is_said_is_read_back_to_the_same_date(date, language):
    assert parse_date(date.say(language)).value == date


@given(date=partial_dates)
def test_edtf_itself_is_read_as_itself(date):
    is_midnight = date.edtf.endswith("T00:00:00")

    assert PartialDate.of(date.edtf) == date
    assert parse_date(date.edtf).value == (PartialDate(date.edtf[:10]) if is_midnight else date)


def test_the_midnight_a_spreadsheet_adds_is_not_a_time():
    assert parse_date("2023-01-09 00:00:00").value == PartialDate("2023-01-09")
    assert parse_date("2023-01-09T00:00:00").value == PartialDate("2023-01-09")


@given(a=partial_dates, b=partial_dates)
def test_overlap_is_mutual_and_distance_is_zero_exactly_when_they_overlap(a, b):
    assert a.overlaps(b) == b.overlaps(a)
    assert a.days_apart(b) == b.days_apart(a)
    assert (a.days_apart(b) == 0) == a.overlaps(b)


@given(a=partial_dates, b=partial_dates)
def test_what_is_certainly_inside_also_overlaps(a, b):
    if a.within(b):
        assert a.overlaps(b)


@given(date=partial_dates)
def test_every_date_overlaps_itself(date):
    assert date.overlaps(date)


@given(date=partial_dates, day=days)
def test_certainly_on_or_before_means_no_possible_day_is_later(date, day):
    if date.on_or_before(day):
        assert date.latest is not None
        assert date.latest <= day


@given(date=partial_dates)
def test_the_earliest_day_is_never_after_the_latest(date):
    if date.earliest and date.latest:
        assert date.earliest <= date.latest


def test_two_moments_of_one_day_are_told_apart_when_compared_with_a_moment():
    noon = PartialDate("2023-01-30T12:30:00")

    assert noon.on_or_before(dt.datetime(2023, 1, 30, 12, 30))
    assert not noon.on_or_before(dt.datetime(2023, 1, 30, 12, 29))
    assert not PartialDate("2023-01-30").on_or_before(dt.datetime(2023, 1, 29, 23, 59))


def test_an_approximate_day_may_be_three_days_off_and_no_more():
    about = PartialDate("2023-01-09~")

    assert about.overlaps(PartialDate("2023-01-12"))
    assert not about.overlaps(PartialDate("2023-01-13"))
    assert not about.within(PartialDate("2023-01-09"))


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        (dt.date(2023, 1, 9), "2023-01-09"),
        (dt.datetime(2023, 1, 30, 12, 30), "2023-01-30T12:30:00"),
        ("2023-01-30T12:30", "2023-01-30T12:30:00"),
        ("2023-01-30 12:30:05", "2023-01-30T12:30:05"),
    ],
)
def test_calendar_values_become_partial_dates(value, edtf):
    assert PartialDate.of(value).edtf == edtf


@given(date=partial_dates)
def test_an_independent_reader_of_edtf_accepts_every_date_we_write(date):
    edtf = pytest.importorskip("edtf")

    parsed = edtf.parse_edtf(date.edtf)

    assert str(parsed) == date.edtf
