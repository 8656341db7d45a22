"""A service that was found, as the list shows it: why, how far, when it is open, whether there is room."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.directory import words
from arrimage.directory.enums import Mode
from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.shown import Listed
from arrimage.foundation.writing import write_language, write_number
from arrimage.web.public.themes import theme_label


@dataclass(frozen=True)
class Found:
    """What a line of the list says: of one door, `elsewhere` naming how many others; `near` is a distance, if asked."""

    service: Listed
    themes: list[str]
    spoken: str
    elsewhere: str
    hours: list[str]
    places: str
    near: str
    why: list[str]


def found(service: Listed, criteria: Criteria, borne: Sequence[str] = (), *, is_about: bool = False) -> Found:
    """Return the line of a service; `borne` are the words asked that it bears (`finding.why.reasons`); `is_about` says
    that distances are approximate."""
    return Found(
        service=service,
        themes=[theme_label(theme) for theme in service.themes],
        spoken=", ".join(write_language(code) for code in service.languages),
        elsewhere=_elsewhere(service.other_doors),
        hours=[words.hours(schedule) for schedule in service.schedules],
        places=words.places(service.places) if service.places else "",
        near="" if service.distance_km is None else _near(service.distance_km, is_about=is_about),
        why=[*borne, *_why(criteria)],
    )


def _elsewhere(others: int) -> str:
    return ngettext("et %(n)s autre lieu", "et %(n)s autres lieux", others) % {"n": others} if others else ""


def _near(distance: float, *, is_about: bool) -> str:
    km = {"km": write_number(round(distance, 1))}
    return _("à environ %(km)s km") % km if is_about else _("à %(km)s km") % km


def _why(criteria: Criteria) -> list[str]:
    """Return, in a few words each, what was asked beside words: a service that was found answers all of it."""
    reasons = []
    if criteria.theme is not None:
        reasons.append(theme_label(criteria.theme))
    if criteria.place is not None:
        reasons.append(_("à %(place)s") % {"place": criteria.place.name})
    if criteria.language:
        reasons.append(_("en %(language)s") % {"language": write_language(criteria.language)})
    if criteria.mode:
        reasons.append(str(Mode(criteria.mode).label).lower())
    if criteria.free_places:
        reasons.append(_("des places libres"))
    if criteria.open_now:
        reasons.append(_("ouvert maintenant"))
    return reasons
