"""Deadlines and ages in words, counted in the working days of Québec's public service."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.foundation import clock
from arrimage.foundation.writing import write_date
from arrimage.territory.working_days import working_days_between
from arrimage.web.states import Tone

SOON = 2  # working days left from which a deadline asks for attention
FAR = 15  # working days from which a date says more than a count


def deadline_words(due: date | datetime | None, today: date | None = None) -> str:
    """Return « dans 2 jours ouvrables », « aujourd’hui », « en retard de 3 jours ouvrables »; empty without one."""
    day, now = _day(due), today or clock.today()
    if day is None:
        return ""
    if day == now:
        return _("aujourd’hui")
    count = working_days_between(now, day)
    if day < now:
        if not count:
            return _("échéance passée")
        late = -count
        return ngettext("en retard de %(count)d jour ouvrable", "en retard de %(count)d jours ouvrables", late) % {
            "count": late
        }
    if not count or count > FAR:
        return _("d’ici le %(date)s") % {"date": write_date(day)}
    return ngettext("dans %(count)d jour ouvrable", "dans %(count)d jours ouvrables", count) % {"count": count}


def deadline_tone(due: date | datetime | None, today: date | None = None) -> Tone:
    """Return how much a deadline presses: late, today or soon, or not yet."""
    day, now = _day(due), today or clock.today()
    if day is None:
        return Tone.NEUTRAL
    if day < now:
        return Tone.DANGER
    return Tone.WARN if working_days_between(now, day) <= SOON else Tone.NEUTRAL


def age_words(since: date | datetime | None, today: date | None = None) -> str:
    """Return « depuis hier », « depuis 12 jours », « depuis 3 mois »; empty without a date or for the future."""
    day, now = _day(since), today or clock.today()
    if day is None or day > now:
        return ""
    days = (now - day).days
    if days == 0:
        return _("depuis aujourd’hui")
    if days == 1:
        return _("depuis hier")
    if days < 60:
        return ngettext("depuis %(count)d jour", "depuis %(count)d jours", days) % {"count": days}
    months = (now.year - day.year) * 12 + now.month - day.month - (now.day < day.day)
    if months < 24:
        return ngettext("depuis %(count)d mois", "depuis %(count)d mois", months) % {"count": months}
    years = months // 12
    return ngettext("depuis %(count)d an", "depuis %(count)d ans", years) % {"count": years}


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
