"""How people and companies are reached and known."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports.forgiving import shorten
from arrimage.foundation.imports.parse.basics import as_text
from arrimage.foundation.imports.table import CellValue

_EXTENSION = re.compile(r"(?:poste|ext\.?|x|#)\s*\d+\s*$", re.IGNORECASE)
# Canada Post: no D, F, I, O, Q, U; nor W or Z in first place.
_POSTAL_CODE = re.compile(r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(\d[ABCEGHJ-NPRSTV-Z]\d)")
_check_url = URLValidator(schemes=["http", "https"])


def email(cell: CellValue) -> str:
    """Accept one e-mail address; lower case."""
    value = as_text(cell)
    try:
        validate_email(value)
    except ValidationError:
        raise InvalidInput(_("« %(value)s » n’est pas une adresse de courriel.") % {"value": shorten(value)}) from None
    return value.lower()


def phone(cell: CellValue) -> str:
    """Accept a telephone number, Canadian unless it starts with +, as E.164 (+15145550199)."""
    value = as_text(cell)
    if _EXTENSION.search(value):
        raise InvalidInput(
            _("« %(value)s » contient un poste : gardez le numéro seul et mettez le poste dans les remarques.")
            % {"value": shorten(value)}
        )
    try:
        number = phonenumbers.parse(value, "CA")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number) or re.search(r"[A-Za-z]", value):
        raise InvalidInput(
            _("« %(value)s » n’est pas un numéro de téléphone : écrivez 514 555-0199, ou +33 1 23 45 67 89 pour un "
              "autre pays.")
            % {"value": shorten(value)}
        )  # fmt: skip
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def neq(cell: CellValue) -> str:
    """Accept a Québec enterprise number: ten digits, spaces forgiven."""
    value = re.sub(r"\s", "", as_text(cell))
    if not re.fullmatch(r"[0-9]{10}", value):
        raise InvalidInput(
            _("« %(value)s » n’est pas un NEQ : il a exactement 10 chiffres.") % {"value": shorten(as_text(cell))}
        )
    return value


def postal_code(cell: CellValue) -> str:
    """Accept a Canadian postal code, as « H2X 1Y4 »."""
    found = _POSTAL_CODE.fullmatch(re.sub(r"[\s-]", "", as_text(cell)).upper())
    if not found:
        raise InvalidInput(
            _("« %(value)s » n’est pas un code postal canadien (forme attendue : H2X 1Y4).")
            % {"value": shorten(as_text(cell))}
        )
    return f"{found[1]} {found[2]}"


def url(cell: CellValue) -> str:
    """Accept the address of a web page; « https:// » is added where it is missing."""
    value = as_text(cell)
    if "://" not in value:
        value = f"https://{value}"
    try:
        _check_url(value)
    except ValidationError:
        raise InvalidInput(_("« %(value)s » n’est pas une adresse web.") % {"value": shorten(as_text(cell))}) from None
    return value
