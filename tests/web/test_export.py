"""A cell of a file is never a formula, and reads as the French Excel reads it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import format_html

from arrimage.web.export import plain


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1",
        "\n=1+1",
        '  =HYPERLINK("x")',
        "=cmd|' /C calc'!A0",
        "＝1+1",
    ],
)
def test_a_text_that_starts_like_a_formula_is_neutralised(text: str) -> None:
    assert plain(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("Maison d’Haïti", "Maison d’Haïti"),
        (Decimal("-12.50"), "-12,50"),
        (-3, "-3"),
        (True, "oui"),
        (date(2026, 11, 27), "2026-11-27"),
        (format_html('<a href="/x">{}</a>', "Nadia & cie"), "Nadia & cie"),
        ("a < b", "a < b"),
    ],
)
def test_a_value_as_a_cell(value: object, cell: str) -> None:
    assert plain(value) == cell
