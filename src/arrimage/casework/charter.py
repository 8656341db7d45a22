"""In which languages somebody is written to: French always, another one beside it for a time or on a ground.

Charter of the French language (C-11), sections 13.1 and following: an administration writes in French; services that
welcome immigrants may add another language during the six months that follow the arrival, and longer on a ground the
law names. The file's own dates say which; nothing is run at six months.
"""

from datetime import date

from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.privacy.consents.rules import months_later

MONTHS_OF_WELCOME = 6
WRITTEN = ("fr", "en", "es", "ar")  # the languages there are texts in


def welcome_ends_on(file: File) -> date | None:
    """Return the first day on which French alone is written, without a ground; None for an arrival nobody noted."""
    return months_later(file.arrived_on, MONTHS_OF_WELCOME) if file.arrived_on else None


def may_add_a_language(file: File, day: date | None = None) -> bool:
    """Say whether another language may be written beside French on `day` (today unless told)."""
    ends = welcome_ends_on(file)
    return bool(file.language_ground) or (ends is not None and (day or clock.today()) < ends)


def languages_written(file: File, day: date | None = None) -> tuple[str, ...]:
    """Return the languages (ISO 639) to write to the file's person in on `day`, French first.

    A language without texts is not replaced by another that the person may not read.
    """
    wanted = file.person.preferred_language
    if wanted == "fr" or wanted not in WRITTEN or not may_add_a_language(file, day):
        return ("fr",)
    return ("fr", wanted)
