"""What the public page of a service shows of its parts: where and when, for whom, what to bring, whom to reach."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arrimage.directory import words
from arrimage.directory.enums import Mode, TranslationStatus
from arrimage.directory.models import Address, Service, ServiceAtLocation

FRENCH = "fr"
_TEXTS = ("description", "eligibility_description", "application_process", "fees_description", "alert")


@dataclass(frozen=True)
class Text:
    """A text in the language of the page where it is translated, else in French; `by_machine` is said."""

    text: str
    language: str = FRENCH
    by_machine: bool = False


@dataclass(frozen=True)
class Place:
    """Where a service is offered: its name, address, hours, what is free."""

    name: str
    address: Address | None
    place: str
    transportation: str
    hours: list[str]
    places: str
    accessibility: list[str]
    phones: list[str]


def shown_service(service: Service) -> dict[str, Any]:
    """Return what the template reads. The parts are there already (`directory.queries.with_parts`)."""
    language = (get_language() or FRENCH)[:2]
    texts = {field: _text(service, field, language) for field in _TEXTS}
    contacts = [contact for contact in service.contacts.all() if contact.is_public]
    return {
        "texts": texts,
        "machine": any(text.by_machine for text in texts.values()),
        "modes": ", ".join(str(Mode(mode).label) for mode in service.modes),
        "locations": [_place(here) for here in service.at_locations.all()],
        "hours": [words.hours(schedule) for schedule in service.schedules.all()],
        "costs": [words.cost(option) for option in service.cost_options.all()],
        "documents": list(service.required_documents.all()),
        "rules": [words.rule(rule) for rule in service.eligibility_rules.all()],
        "ages": words.ages(service.minimum_age, service.maximum_age),
        "contacts": contacts,
        "phones": [phone.number for phone in service.phones.all()]
        + [phone.number for contact in contacts for phone in contact.phones.all()],
    }


def _text(service: Service, field: str, language: str) -> Text:
    good = (TranslationStatus.REVIEWED, TranslationStatus.MACHINE)
    for translation in service.translations.all():
        if (translation.field, translation.language) == (field, language) and translation.status in good:
            return Text(translation.text, language, translation.status == TranslationStatus.MACHINE)
    return Text(getattr(service, field))


def _place(here: ServiceAtLocation) -> Place:
    location = here.location
    schedules = list(here.schedules.all()) or list(location.schedules.all())
    return Place(
        name=location.name or (_("En ligne ou par téléphone") if location.location_type == "virtual" else ""),
        address=next(iter(location.addresses.all()), None),
        place=location.place.name if location.place else "",
        transportation=location.transportation,
        hours=[words.hours(schedule) for schedule in schedules],
        places=words.places(here.places) if hasattr(here, "places") else "",
        accessibility=[each.description or each.details for each in location.accessibility.all()],
        phones=[phone.number for phone in (*here.phones.all(), *location.phones.all())],
    )
