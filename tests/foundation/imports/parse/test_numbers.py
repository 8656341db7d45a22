"""Amounts are exact, and never read in two ways."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports import parse
from arrimage.foundation.writing import write_money


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12 000 000,50", "12000000.50"),
        ("12\u00a0000\u00a0000,50\u00a0$", "12000000.50"),
        ("12\u202f000,5", "12000.50"),
        ("12000000.50", "12000000.50"),
        ("12,000,000.50", "12000000.50"),
        ("12,000,000", "12000000.00"),
        ("1.234,50", "1234.50"),
        ("$12000", "12000.00"),
        ("12 000 $ CA", "12000.00"),
        ("12 CAD", "12.00"),
        ("0", "0.00"),
        (12000000, "12000000.00"),
        (12.1, "12.10"),
        (0.1 + 0.2, "0.30"),
    ],
)
def test_money(cell, expected):
    value = parse.money()(cell)

    assert (value, value.as_tuple().exponent) == (Decimal(expected), -2)


@pytest.mark.parametrize("cell", ["12,345", "12.345", "1,000", "$1,000"])
def test_money_refuses_what_reads_in_two_ways(cell):
    with pytest.raises(InvalidInput, match="deux façons"):
        parse.money()(cell)


@pytest.mark.parametrize("cell", ["1,2345", "0.0001", 1.005])
def test_money_refuses_more_than_two_decimals(cell):
    with pytest.raises(InvalidInput, match="plus de 2 décimales"):
        parse.money()(cell)


@pytest.mark.parametrize(
    "cell", ["douze", "NaN", "Infinity", "1e5", "12 34", "1,2,3", "--5", "", "٣", "(5)", True, "12 €"]
)
def test_money_refuses_what_is_no_number(cell):
    with pytest.raises(InvalidInput, match="n’est pas un nombre"):
        parse.money()(cell)


@pytest.mark.parametrize("cell", ["-5", "\u22125,00", -5])
def test_money_refuses_a_negative_amount_unless_allowed(cell):
    with pytest.raises(InvalidInput, match="minimum est 0"):
        parse.money()(cell)
    assert parse.money(minimum=-100)(cell) == Decimal("-5.00")


def test_money_refuses_more_than_the_database_holds():
    with pytest.raises(InvalidInput, match="trop grand"):
        parse.money()("10 000 000 000")


@given(st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2))
def test_an_amount_as_this_platform_writes_it_is_read_back(amount):
    assert parse.money()(write_money(amount)) == amount


@given(st.integers(0, 9_999_999_999_999))
def test_a_workbook_amount_is_exact_to_the_cent(cents):
    assert parse.money(maximum=Decimal(10) ** 12)(cents / 100) == Decimal(cents) / 100


def test_decimal_with_other_places():
    assert parse.decimal(6)("45,501689") == Decimal("45.501689")
    assert parse.decimal(6, minimum=-180, maximum=180)("-73,567256") == Decimal("-73.567256")
