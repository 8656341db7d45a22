"""The language that a browser asks for, where it is not that of the page: offered, never imposed.

An address says its own language, so that what is sent to somebody else stays what it was; French is first.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


@dataclass(frozen=True)
class OfferedLanguage:
    """A language and the address of the page in it."""

    code: str
    is_right_to_left: bool
    address: str


def offered_language(request: HttpRequest) -> OfferedLanguage | None:
    """Return the first of the browser's languages that we speak; None where it is French, none is ours, the page is in
    another language already (somebody chose it) or speaks French only."""
    code = _first_we_speak(request.headers.get("Accept-Language", ""))
    if get_language() != settings.LANGUAGE_CODE or code in (None, settings.LANGUAGE_CODE):
        return None
    here = request.get_full_path()
    there = translate_url(here, code)
    return OfferedLanguage(code, get_language_info(code)["bidi"], there) if there != here else None


def _first_we_speak(asked: str) -> str | None:
    for code, _weight in parse_accept_lang_header(asked):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return None
