"""Amounts and decimal numbers, as they are written here, in exact arithmetic."""

import re
from datetime import date, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports.columns import Parser
from arrimage.foundation.imports.forgiving import shorten
from arrimage.foundation.imports.parse.basics import as_text, check_bounds
from arrimage.foundation.imports.table import CellValue

# 12 000 000,50 · 12000000.50 · 12,000,000.50 · 12.000.000,50 ; the decimal mark is the last one, thousands go by three.
_SPACED = re.compile(r"([+-]?)(\d+|\d{1,3}(?: \d{3})+)(?:[.,](\d+))?", re.ASCII)
_ENGLISH = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)
_EUROPEAN = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?", re.ASCII)
_CURRENCY = re.compile(r"^(?:CAD|CA\$|\$)\s*|\s*(?:\$\s*CAD?|\$\s*CA|CAD|\$)$", re.IGNORECASE)


def money(*, minimum: Decimal | int = 0, maximum: Decimal | int = Decimal("9999999999.99")) -> Parser:
    """Accept an amount in Canadian dollars, as a `Decimal` with two decimals; negative only if `minimum` is.

    « 12,345 » is refused: it is twelve dollars to some and twelve thousand to others.
    """
    number = decimal(2, minimum=minimum, maximum=maximum)

    def parse(cell: CellValue) -> Decimal:
        if isinstance(cell, str):
            cell = _CURRENCY.sub("", as_text(cell))
        value: Decimal = number(cell)
        return value.quantize(Decimal("0.01"))

    return parse


def decimal(
    places: int, *, minimum: Decimal | int | None = 0, maximum: Decimal | int | None = Decimal("9999999999.99")
) -> Parser:
    """Accept a number with at most `places` decimals, by a comma or a point, spaces between thousands forgiven."""

    def parse(cell: CellValue) -> Decimal:
        if isinstance(cell, bool | date | time | timedelta):
            raise _not_a_number(cell)
        # A spreadsheet keeps fifteen significant digits: past them is binary noise, not somebody's cents.
        value = Decimal(f"{cell:.15g}") if isinstance(cell, float) else _read(as_text(cell))
        if not value.is_finite():
            raise _not_a_number(cell)
        if value != round(value, places):
            raise InvalidInput(
                _("« %(value)s » a plus de %(places)d décimales.") % {"value": shorten(as_text(cell)), "places": places}
            )
        check_bounds(value, minimum, maximum)
        return value

    return parse


def _read(text: str) -> Decimal:
    value = " ".join(text.replace("\u2212", "-").split())
    english, european = _ENGLISH.fullmatch(value), _EUROPEAN.fullmatch(value)
    spaced = _SPACED.fullmatch(value)
    if spaced and (english or european):  # 12,345 or 12.345: one mark, three digits
        raise InvalidInput(
            _("« %(value)s » peut se lire de deux façons : écrivez les milliers avec des espaces et les décimales avec "
              "une virgule (12 345,00).")
            % {"value": shorten(text)}
        )  # fmt: skip
    found = spaced or english or european
    if not found or len(value) > 40:
        raise _not_a_number(text)
    sign, whole, decimals = found.groups()
    return Decimal(f"{sign}{re.sub(r'[^0-9]', '', whole)}.{decimals or 0}")


def _not_a_number(cell: CellValue) -> InvalidInput:
    return InvalidInput(
        _("« %(value)s » n’est pas un nombre (forme attendue : 12 345,67).") % {"value": shorten(as_text(cell))}
    )
