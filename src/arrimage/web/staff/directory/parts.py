"""The parts of a service that its page shows and keeps, each with its form and its sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrimage.directory import words
from arrimage.directory.models import (
    Contact,
    CostOption,
    EligibilityRule,
    Location,
    RequiredDocument,
    Schedule,
    Service,
    ServicePlaces,
)
from arrimage.foundation.writing import write_phone
from arrimage.web.staff.directory import part_forms as forms


@dataclass(frozen=True)
class PartKind:
    """One kind of part: its name in addresses, its words, how it is kept, which there are, what a line says."""

    slug: str
    title: str | Promise
    add: str | Promise
    model: type[Any]
    form: type[forms.PartForm]
    of: Callable[[Service], Iterable[Any]]
    line: Callable[[Any], tuple[str, str]]  # what it is, then its details

    def records(self, service: Service) -> list[Any]:
        return list(self.of(service))


@dataclass(frozen=True)
class Line:
    title: str
    text: str
    edit_url: str


@dataclass(frozen=True)
class Section:
    kind: PartKind
    lines: list[Line]
    add_url: str


def _at_locations(name: str) -> Callable[[Service], Iterable[Any]]:
    def records(service: Service) -> Iterable[Any]:
        return [part for here in service.at_locations.all() for part in getattr(here, name).all()]

    return records


def _schedules(service: Service) -> Iterable[Schedule]:
    return [*service.schedules.all(), *_at_locations("schedules")(service)]


def _places(service: Service) -> Iterable[ServicePlaces]:
    return [here.places for here in service.at_locations.all() if hasattr(here, "places")]


def _where(part: Any) -> str:
    return str(part.service_at_location.location) if part.service_at_location else ""


KINDS = {
    kind.slug: kind
    for kind in (
        PartKind(
            "lieux", _("Lieux"), _("Ajouter un lieu"), Location, forms.LocationForm,
            lambda service: [here.location for here in service.at_locations.all()],
            lambda location: (str(location), _details(location)),
        ),
        PartKind(
            "horaires", _("Horaires"), _("Ajouter un horaire"), Schedule, forms.ScheduleForm, _schedules,
            lambda schedule: (words.hours(schedule), _where(schedule)),
        ),
        PartKind(
            "places", _("Places"), _("Dire les places"), ServicePlaces, forms.PlacesForm, _places,
            lambda places: (f"{words.places(places)} ({places})", _where(places)),
        ),
        PartKind(
            "couts", _("Coûts"), _("Ajouter un coût"), CostOption, forms.CostForm,
            lambda service: service.cost_options.all(), lambda option: (words.cost(option), ""),
        ),
        PartKind(
            "documents", _("Documents à apporter"), _("Ajouter un document"), RequiredDocument, forms.DocumentForm,
            lambda service: service.required_documents.all(), lambda document: (document.document, document.uri),
        ),
        PartKind(
            "admissibilite", _("Qui est admissible"), _("Ajouter une règle"), EligibilityRule, forms.RuleForm,
            lambda service: service.eligibility_rules.all(), lambda rule: (words.rule(rule), rule.reason),
        ),
        PartKind(
            "contacts", _("Contacts"), _("Ajouter un contact"), Contact, forms.ContactForm,
            lambda service: service.contacts.all(), lambda contact: (str(contact), _reached(contact)),
        ),
    )
}  # fmt: skip


def sections(service: Service, *, keeper: str = "") -> list[Section]:
    """Return the parts of a service by kind; the empty ones for who keeps it alone.

    `keeper` names the page of a service of those who do, by which the addresses of its parts begin (`part_pages.Desk`).
    """
    found = []
    for kind in KINDS.values():
        lines = []
        for record in kind.records(service):
            url = reverse(f"{keeper}_part_edit", args=[service.uid, kind.slug, record.uid]) if keeper else ""
            lines.append(Line(*kind.line(record), url))
        add = reverse(f"{keeper}_part_add", args=[service.uid, kind.slug]) if keeper else ""
        if lines or keeper:
            found.append(Section(kind, lines, add))
    return found


def _details(location: Location) -> str:
    first = next(iter(location.addresses.all()), None)
    place = location.place.name if location.place else ""
    address = str(first) if first and str(first) != str(location) else ""
    return " · ".join(filter(None, (address, place, location.transportation)))


def _reached(contact: Contact) -> str:
    hidden = "" if contact.is_public else str(_("pour les orientations seulement"))
    numbers = [write_phone(phone.number) for phone in contact.phones.all()]
    title = contact.title if contact.title != str(contact) else ""
    return " · ".join(filter(None, (title, contact.department, contact.email, *numbers, hidden)))
