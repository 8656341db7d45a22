"""Rules of consent that need no database."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.people.births import Birth
from arrimage.privacy.consents.enums import GivenBy, Means, Purpose

AGE_OF_CONSENT = 14  # section 53.1: under fourteen, the parent or the guardian consents
ENDING_SOON_DAYS = 30

# For how many months a consent holds (assumed: « la durée nécessaire », section 53.1, is for the directorate to set).
MONTHS = {
    Purpose.ACCOMPANIMENT: 36,
    Purpose.PLAN_REFERRALS: 12,
    Purpose.REFERRAL: 12,
    Purpose.ASSESSMENT_SHARING: 12,
    Purpose.CONTACT: 24,
    Purpose.FOLLOW_UP: 30,  # the follow-ups are 6, 12 and 24 months after arrival
}

# A signature is strokes in a box of this size, in whole points; more than these is not a signature.
SIGNATURE_WIDTH, SIGNATURE_HEIGHT = 600, 200
MOST_STROKES, MOST_POINTS, LEAST_POINTS = 60, 3_000, 5

Strokes = list[list[list[int]]]


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def fourteenth_birthday(born: date) -> date:
    return months_later(born, AGE_OF_CONSENT * 12)


def may_be_given_by(born: Birth | None, day: date) -> tuple[GivenBy, ...]:
    """Return who may consent for a person born on `born`, on `day`: both, when it is not known whether they are 14."""
    if born is not None and day < fourteenth_birthday(born.first):
        return (GivenBy.PARENT,)
    if born is not None and day >= fourteenth_birthday(born.last):
        return (GivenBy.PERSON,)
    return (GivenBy.PERSON, GivenBy.PARENT)


def last_day(purpose: Purpose, given_on: date, given_by: GivenBy, born: Birth | None) -> date:
    """Return the last day a consent holds: a parent's, never past the eve of the latest fourteenth birthday."""
    end = months_later(given_on, MONTHS[purpose]) - timedelta(days=1)
    if given_by == GivenBy.PARENT and born is not None:
        return min(end, fourteenth_birthday(born.last) - timedelta(days=1))
    return end


def check_giver(given_by: GivenBy, born: Birth | None, day: date) -> None:
    """Raise `InvalidInput` unless `given_by` may consent for a person born on `born`, on `day`."""
    if given_by in may_be_given_by(born, day):
        return
    if given_by == GivenBy.PARENT:
        raise InvalidInput(
            _("À partir de 14 ans, la personne consent elle-même : le consentement d’un parent ne vaut plus."),
            field="given_by",
        )
    raise InvalidInput(
        _("La personne a moins de 14 ans : un parent, une tutrice ou un tuteur consent pour elle."), field="given_by"
    )


def check_signature(means: Means, strokes: object) -> Strokes | None:
    """Return the strokes of a signature, checked point by point; None for another means. Raises `InvalidInput`."""
    if means != Means.SIGNATURE:
        return None
    kept: Strokes = []
    for stroke in strokes if isinstance(strokes, list) else []:
        if not isinstance(stroke, list) or not all(_is_point(point) for point in stroke):
            raise InvalidInput(_("La signature n’a pas pu être lue. Signez de nouveau."), field="signature")
        if stroke:
            kept.append([[int(x), int(y)] for x, y in stroke])
    points = sum(len(stroke) for stroke in kept)
    if points < LEAST_POINTS:
        raise InvalidInput(_("Signez dans le cadre, ou choisissez un autre moyen."), field="signature")
    if len(kept) > MOST_STROKES or points > MOST_POINTS:
        raise InvalidInput(_("La signature est trop longue. Effacez-la et signez plus simplement."), field="signature")
    return kept


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(isinstance(value, int) and not isinstance(value, bool) for value in point)
        and 0 <= point[0] <= SIGNATURE_WIDTH
        and 0 <= point[1] <= SIGNATURE_HEIGHT
    )


def signature_path(strokes: Sequence[Sequence[Sequence[int]]] | None) -> str:
    """Return the strokes as the `d` of an SVG path, in a box of 600 by 200; a lone point is a dot."""
    parts = []
    for stroke in strokes or ():
        (x, y), *others = stroke
        parts.append(f"M{x} {y}" + ("".join(f"L{x} {y}" for x, y in others) or "h1"))
    return "".join(parts)
