"""Figures, dates and money as people read them: the French of Québec first (1 234,5; 27 nov. 2026; 86,2 M$)."""

import re
from datetime import date, datetime, time
from decimal import Decimal

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext

BABEL_LOCALES = {"fr": "fr_CA", "en": "en_CA", "es": "es_MX", "ar": "ar"}
NBSP = "\u00a0"

_BEFORE = re.compile(r"(?<=\S) (?=[:;?!»%$])")
_AFTER = re.compile(r"« ")
_FIRST = re.compile(r"\b1(?= \D)")  # the first of a month, before its name


def locale() -> str:
    """Return Babel's name of the language in use."""
    return BABEL_LOCALES.get((get_language() or "fr")[:2], "fr_CA")


def french_spaces(text: str) -> str:
    """Put the non-breaking spaces of French typography (before : ; ? ! » % $, after «) in a text of ours."""
    return _AFTER.sub(f"«{NBSP}", _BEFORE.sub(NBSP, text))


def write_date(day: date | datetime | None, pattern: str = "d MMM y") -> str:
    """Return « 27 nov. 2026 », or an empty text for no date. `pattern` is Unicode's (CLDR)."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    text = format_date(day, pattern, locale=locale())
    if locale() == "fr_CA" and day.day == 1:
        text = _FIRST.sub("1er", text, count=1)
    return text.replace(" ", NBSP)


def write_long_date(day: date | datetime | None) -> str:
    """Return « 27 novembre 2026 »."""
    return write_date(day, "d MMMM y" if locale() != "en_CA" else "MMMM d, y")


def write_time(instant: datetime | time | None) -> str:
    """Return « 14 h 30 », of an instant or of a time of day."""
    if instant is None:
        return ""
    local = timezone.localtime(instant) if isinstance(instant, datetime) else instant
    if locale() == "fr_CA":
        return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")
    return format_time(local, "short", locale=locale())


def write_number(value: int | float | Decimal | None, digits: int | None = None) -> str:
    """Return « 1 234,5 »; `digits` fixes the number of decimals."""
    if value is None:
        return "—"
    pattern = "#,##0.###" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, pattern, locale=locale()).replace("\u202f", NBSP)


def write_money(value: Decimal | int | None) -> str:
    """Return « 86 200 000 $ », cents only where there are some (CAD)."""
    if value is None:
        return "—"
    digits = 0 if value == int(value) else 2
    number = write_number(value, digits)
    return f"{number}{NBSP}$" if locale() == "fr_CA" else f"${number}"


def write_large_money(value: Decimal | int | None) -> str:
    """Return « 86,2 M$ » from a million up, the whole amount below (CAD)."""
    amount = Decimal(value or 0)
    if abs(amount) < 1_000_000:
        return write_money(value)
    millions = amount / 1_000_000
    number = write_number(round(millions, 1))
    return f"{number}{NBSP}M$" if locale() == "fr_CA" else f"${number}M"


def write_period(first: date, last: date) -> str:
    """Return « du 1er juillet 2020 au 30 juin 2021 »."""
    return gettext("du %(first)s au %(last)s") % {"first": write_long_date(first), "last": write_long_date(last)}


def write_language(code: str) -> str:
    """Return the name of a language (ISO 639 code): « espagnol »; the code itself when it has none."""
    unlisted = {"prs": gettext("dari"), "fcs": gettext("langue des signes québécoise")}
    return Locale.parse(locale()).languages.get(code) or unlisted.get(code, code)


def write_phone(number: str) -> str:
    """Return « 514 555-0142 », or « +33 1 23 45 67 89 » from another country; anything else as it is kept."""
    try:
        parsed = phonenumbers.parse(number, "CA")
    except phonenumbers.NumberParseException:
        return number
    if parsed.country_code != 1:
        text = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    else:
        national = str(parsed.national_number)
        text = f"{national[:3]} {national[3:6]}-{national[6:]}"
    return text.replace(" ", NBSP)
