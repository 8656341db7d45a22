"""Figures, dates and money as the French of Québec writes them, and as English does."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from arrimage.foundation import clock, writing


def said(text: str) -> str:
    """Return a text with its non-breaking spaces shown as « ~ »."""
    return text.replace(writing.NBSP, "~")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: writing.write_date(date(2026, 11, 27)), "27~nov.~2026"),
        (lambda: writing.write_date(date(2026, 7, 1)), "1er~juill.~2026"),
        (lambda: writing.write_long_date(date(2021, 6, 30)), "30~juin~2021"),
        (lambda: writing.write_time(clock.at(date(2026, 11, 27), 14, 5)), "14~h~05"),
        (lambda: writing.write_time(clock.at(date(2026, 11, 27), 9)), "9~h"),
        (lambda: writing.write_number(Decimal("1234.5")), "1~234,5"),
        (lambda: writing.write_number(None), "—"),
        (lambda: writing.write_money(Decimal("86240500.00")), "86~240~500~$"),
        (lambda: writing.write_money(Decimal("12.50")), "12,50~$"),
        (lambda: writing.write_large_money(Decimal("86240500")), "86,2~M$"),
        (lambda: writing.write_large_money(Decimal("12000000")), "12~M$"),
        (lambda: writing.write_large_money(Decimal("999999")), "999~999~$"),
        (lambda: writing.french_spaces("« Oui » : 5 % ; non ?"), "«~Oui~»~: 5~%~; non~?"),
    ],
)
def test_french(written, expected: str) -> None:
    with translation.override("fr"):
        assert said(written()) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: writing.write_long_date(date(2021, 6, 30)), "June~30,~2021"),
        (lambda: writing.write_number(Decimal("1234.5")), "1,234.5"),
        (lambda: writing.write_money(Decimal("86240500")), "$86,240,500"),
        (lambda: writing.write_large_money(Decimal("86240500")), "$86.2M"),
    ],
)
def test_english(written, expected: str) -> None:
    with translation.override("en"):
        assert said(written()) == expected
