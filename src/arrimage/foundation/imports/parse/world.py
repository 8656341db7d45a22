"""Countries and languages, by code or by name in French or English."""

from collections.abc import Iterator
from functools import cache

import pycountry
from babel import Locale
from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports.forgiving import forgive, index_by_writing, shorten
from arrimage.foundation.imports.parse.basics import as_text
from arrimage.foundation.imports.table import CellValue

# Usual writings that neither ISO nor the CLDR lists.
_COUNTRIES = {
    "RDC": "CD", "RD Congo": "CD", "DRC": "CD", "République démocratique du Congo": "CD", "Congo-Kinshasa": "CD",
    "République du Congo": "CG", "États-Unis d’Amérique": "US", "E.-U.": "US", "UK": "GB",
    "Grande-Bretagne": "GB", "Angleterre": "GB", "Hong Kong": "HK", "Macao": "MO", "Palestine": "PS",
    "Birmanie": "MM", "Turquie": "TR", "Russie": "RU", "Moldavie": "MD", "Biélorussie": "BY",
    "Cap-Vert": "CV", "Swaziland": "SZ", "République tchèque": "CZ", "Macédoine": "MK", "EAU": "AE", "UAE": "AE",
    "Kosovo": "XK", "Viêt Nam": "VN", "Ivory Coast": "CI", "Burma": "MM",
}  # fmt: skip
_LANGUAGES = {
    "farsi": "fa", "dari": "prs", "mandarin": "cmn", "pachtou": "ps", "pachtoun": "ps", "pashtun": "ps",
    "kreyol": "ht", "kirundi": "rn", "kurmandji": "kmr", "kurmanji": "kmr", "tigrinya": "ti",
    "tamoul": "ta", "pendjabi": "pa", "punjabi": "pa", "moldave": "ro", "castillan": "es", "swahili": "sw",
    "filipino": "fil", "peul": "ff", "berbère": "ber", "LSQ": "fcs", "langue des signes québécoise": "fcs",
    "American Sign Language": "ase",
}  # fmt: skip


_DOUBTFUL = {"congo", "coree", "korea"}


def country(cell: CellValue) -> str:
    """Accept a country by ISO 3166-1 code (two or three letters) or name, as its two-letter code (« SY »)."""
    value = as_text(cell)
    if forgive(value) in _DOUBTFUL:
        raise InvalidInput(
            _("« %(value)s » désigne deux pays : précisez lequel, ou écrivez son code à deux lettres.")
            % {"value": shorten(value)}
        )
    found = _countries().get(forgive(value))
    if found is None:
        raise InvalidInput(
            _("« %(value)s » n’est pas un pays connu : écrivez son nom en français, ou son code à deux lettres (SY).")
            % {"value": shorten(value)}
        )
    return found


def language(cell: CellValue) -> str:
    """Accept a language by ISO 639 code or name, as its two-letter code, or three letters where it has no shorter.

    Some names are another language's code (the « Ga » of Ghana, code `gaa`; `ga` is Irish): a code is then read only
    in lower case.
    """
    value = as_text(cell)
    key = forgive(value)
    code, name = _language_codes().get(key), _language_names().get(key)
    found = (code if value.islower() else name) if code and name else code or name
    if found is None:
        raise InvalidInput(
            _("« %(value)s » n’est pas une langue connue : écrivez son nom en français, ou son code (ar, es, uk).")
            % {"value": shorten(value)}
        )
    return found


@cache
def _countries() -> dict[str, str]:
    codes = {entry.alpha_2 for entry in pycountry.countries} | {"XK"}
    localised = index_by_writing(
        (name, code)
        for locale in (Locale("fr", "CA"), Locale("fr"), Locale("en"))
        for code, name in locale.territories.items()
        if code in codes
    )
    official = index_by_writing(
        (name, entry.alpha_2)
        for entry in pycountry.countries
        for name in (entry.name, getattr(entry, "common_name", None), getattr(entry, "official_name", None))
        if name
    )
    short = {entry.alpha_2.lower(): entry.alpha_2 for entry in pycountry.countries}
    long = {entry.alpha_3.lower(): entry.alpha_2 for entry in pycountry.countries}
    return official | localised | index_by_writing(_COUNTRIES.items()) | {"xk": "XK", "xkx": "XK"} | long | short


@cache
def _language_codes() -> dict[str, str]:
    codes = {"ber": "ber"}
    for entry in pycountry.languages:
        best = getattr(entry, "alpha_2", entry.alpha_3)
        for code in (entry.alpha_3, getattr(entry, "bibliographic", None), getattr(entry, "alpha_2", None)):
            if code:
                codes[code] = best
    return codes


@cache
def _language_names() -> dict[str, str]:
    codes = _language_codes()

    def localised() -> Iterator[tuple[str, str]]:
        for locale in (Locale("fr", "CA"), Locale("fr"), Locale("en")):
            for code, name in locale.languages.items():
                if code in codes:
                    yield name, codes[code]

    english = index_by_writing(
        (entry.name, codes[entry.alpha_3]) for entry in pycountry.languages if entry.scope in ("I", "M")
    )
    return english | index_by_writing(localised()) | index_by_writing(_LANGUAGES.items())
