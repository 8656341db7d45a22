"""The languages a plan may be explained in, and an interpreter asked for."""

from django.utils.translation import gettext as _

from arrimage.foundation.writing import write_language

# The most spoken by the people who settle here, French first; any other is still shown by its name.
SPOKEN = (
    "fr", "en", "es", "ar", "prs", "ps", "fa", "uk", "ru", "zh", "pt", "ht", "tr", "ti", "am", "so", "sw", "rw", "ln",
    "bn", "ur", "hi", "pa", "ta", "vi", "ro", "ku", "wo", "ff",
)  # fmt: skip


def languages(*also: str) -> list[tuple[str, str]]:
    """Return codes and names, French first, then by name; `also` are added when they are not among them."""
    codes = {*SPOKEN, *filter(None, also)} - {"fr"}
    return [
        ("fr", write_language("fr")),
        *sorted(((code, write_language(code)) for code in codes), key=lambda each: each[1]),
    ]


def interpreter_languages(also: str = "") -> list[tuple[str, str]]:
    return [("", _("Sans interprète")), *(each for each in languages(also) if each[0] != "fr")]
