"""A service that was found, as the list shows it: why, how far, when it is open, whether there is room."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from arrimage.directory import words
from arrimage.directory.enums import Mode
from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.models import Organisation, Service
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.foundation.writing import write_language, write_number
from arrimage.territory.models import Place
from arrimage.web.public.themes import theme_label


@dataclass(frozen=True)
class Found:
    """What a line of the list says. `near` is a distance in words, empty where none was asked."""

    service: Service
    organisation: Organisation
    themes: list[str]
    place: Place | None
    spoken: str
    hours: list[str]
    places: list[str]
    near: str
    why: list[str]


def with_what_is_shown(services: ServiceQuerySet) -> ServiceQuerySet:
    """Bring what a line reads of services that came `with_locations`. A constant number of queries."""
    return services.prefetch_related(
        "themes", "schedules", "at_locations__schedules", "at_locations__places", "at_locations__location__schedules"
    )


def found(service: Service, criteria: Criteria, borne: Sequence[str] = (), *, is_about: bool = False) -> Found:
    """Return the line of a service; `borne` are the words asked that it bears (`finding.why.reasons`); `is_about` says
    that distances are approximate."""
    themes = [theme_label(theme) for theme in service.themes.all()]
    distance = service.distance_km
    return Found(
        service=service,
        organisation=service.organisation,
        themes=themes,
        place=service.place or service.organisation.place,
        spoken=", ".join(write_language(code) for code in service.languages),
        hours=words.hours_at(service, service.main),
        places=[words.places(here.places) for here in service.at_locations.all() if hasattr(here, "places")],
        near="" if distance is None else _near(distance, is_about=is_about),
        why=[*borne, *_why(criteria)],
    )


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
