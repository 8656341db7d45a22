"""One written form of a date; impossible and implausible ones say so."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import parse

NOVEMBER = dt.date(2026, 11, 24)
MIDNIGHT = dt.datetime(2026, 11, 24)


@pytest.mark.parametrize(
    "cell",
    ["2026-11-24", "2026/11/24", " 2026-11-24 ", "2026-11-24 00:00:00", "2026-11-24T00:00:00", NOVEMBER, MIDNIGHT],
)
def test_date(cell):
    assert parse.date(cell) == NOVEMBER


@pytest.mark.parametrize(
    "cell",
    [
        "24/11/2026",
        "03/04/2026",
        "24 nov. 2026",
        "2026-11/24",
        "20261124",
        "hier",
        46350,
        "2026-11-24 14:30",
        "٢٠٢٦-11-24",
    ],
)
def test_another_form_is_refused_giving_the_expected_one(cell):
    with pytest.raises(InvalidInput, match="AAAA-MM-JJ"):
        parse.date(cell)


@pytest.mark.parametrize("cell", ["2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "0000-01-01"])
def test_an_impossible_date_says_so(cell):
    with pytest.raises(InvalidInput, match="n’existe pas au calendrier"):
        parse.date(cell)


def test_a_date_with_an_hour_is_refused():
    with pytest.raises(InvalidInput, match="contient une heure"):
        parse.date(dt.datetime(2026, 11, 24, 14, 30))


def test_bounds_are_included_and_named():
    parser = parse.date_between(dt.date(2026, 1, 1), dt.date(2026, 12, 31))

    assert parser("2026-01-01") == dt.date(2026, 1, 1)
    assert parser("2026-12-31") == dt.date(2026, 12, 31)
    with pytest.raises(InvalidInput, match=r"trop tôt.*2026"):
        parser("2025-12-31")
    with pytest.raises(InvalidInput, match=r"trop tard.*2026"):
        parser("2027-01-01")


@given(st.dates())
def test_any_iso_date_is_read_back(day):
    assert parse.date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("14:30", dt.time(14, 30)),
        ("9:05", dt.time(9, 5)),
        ("14 h 30", dt.time(14, 30)),
        ("14h30", dt.time(14, 30)),
        ("14 h", dt.time(14)),
        ("14:30:15", dt.time(14, 30, 15)),
        (dt.time(14, 30), dt.time(14, 30)),
        (dt.timedelta(hours=14, minutes=30), dt.time(14, 30)),
    ],
)
def test_time(cell, expected):
    assert parse.time(cell) == expected


@pytest.mark.parametrize("cell", ["25:00", "14:60", "14", "midi", "2:30 PM", "14:", dt.timedelta(hours=30), 0.5])
def test_time_refuses_anything_else(cell):
    with pytest.raises(InvalidInput, match="HH:MM"):
        parse.time(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-24 14:30",
        "2026-11-24T14:30",
        "2026-11-24 14 h 30",
        "2026-11-24T19:30Z",
        "2026-11-24T20:30+01:00",
        dt.datetime(2026, 11, 24, 14, 30),
    ],
)
def test_moment_is_local_unless_it_says_otherwise(cell):
    assert parse.moment(cell) == dt.datetime(2026, 11, 24, 19, 30, tzinfo=dt.UTC)


def test_a_moment_the_clocks_skip_is_refused():
    with pytest.raises(InvalidInput, match="horloges"):
        parse.moment("2026-03-08 02:30")


def test_a_moment_that_comes_twice_is_the_first():
    assert parse.moment("2026-11-01 01:30").astimezone(dt.UTC) == dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("cell", ["demain", "2026-02-30 10:00", "2026-11-24 25:00"])
def test_an_impossible_moment_is_refused(cell):
    with pytest.raises(InvalidInput):
        parse.moment(cell)
