"""What the demonstration's services say of themselves: invented hours, costs, documents, rules; some words in
English and Spanish. The same each time."""

from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from random import Random

from arrimage.accounts.rights import Actor
from arrimage.demo.tables.staff import DOMAIN
from arrimage.directory.actions import ServiceChange, edit_services
from arrimage.directory.enums import CountedFrom, Frequency, Mode, TranslationStatus
from arrimage.directory.models import (
    Accessibility,
    Contact,
    CostOption,
    EligibilityRule,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    Translation,
)
from arrimage.directory.models.parts import Part
from arrimage.directory.part_actions import add_parts
from arrimage.people.enums import Category

_DAYS = ("MO,WE", "TU,TH", "MO,TU,WE,TH,FR", "WE", "SA")
_HOURS = ((time(9), time(12)), (time(9), time(16, 30)), (time(13), time(17)), (time(18), time(21)))
_DOCUMENTS = ("Preuve de statut d’immigration", "Bail ou preuve d’adresse", "Pièce d’identité avec photo")
_PERMANENT = [
    Category.SKILLED_WORKER, Category.BUSINESS, Category.FAMILY, Category.STATE_SUPPORTED_REFUGEE,
    Category.SPONSORED_REFUGEE, Category.REFUGEE_RECOGNISED_HERE, Category.OTHER_PERMANENT,
]  # fmt: skip
_ENGLISH = "A service invented for the demonstration."
_SPANISH = "Un servicio inventado para la demostración."


def describe_services(actor: Actor) -> None:
    """Write the parts of the services of the actor's region, all at once."""
    random = Random("arrimage service parts")
    services = Service.objects.filter(organisation__region=actor.region_id, is_offered=True).with_locations()
    changes: list[ServiceChange] = []
    parts: list[Part] = []
    for service in services.select_related("organisation").order_by("organisation__name", "name"):
        modes = [Mode.ON_SITE, *random.choice(([], [], [Mode.REMOTE], [Mode.AT_HOME]))]
        changes.append(ServiceChange(service, {"modes": modes, "minimum_age": random.choice((None, None, 16, 18))}))
        parts += _parts_of(service, random)
    edit_services(actor, changes)
    add_parts(actor, sorted(parts, key=lambda part: type(part).__name__))
    contacts = Contact.objects.filter(service__in=[change.record.pk for change in changes]).order_by("pk")
    add_parts(
        actor, [Phone(contact=contact, number=f"+1514555{100 + rank:04}") for rank, contact in enumerate(contacts)]
    )


def _parts_of(service: Service, random: Random) -> Iterator[Part]:
    here = service.main
    if here is not None:
        opens, closes = random.choice(_HOURS)
        yield Schedule(
            service_at_location=here,
            freq=Frequency.WEEKLY,
            byday=random.choice(_DAYS),
            opens_at=opens,
            closes_at=closes,
        )
        if random.random() < 0.2:
            yield Accessibility(location=here.location, description="Entrée sans marche, ascenseur")
    yield from _conditions(service, random)
    name = service.organisation.email.split("@")[0]
    yield Contact(service=service, title="Accueil du service", email=f"{name}.accueil@{DOMAIN}")
    for language, text, status in (
        ("en", _ENGLISH, TranslationStatus.REVIEWED),
        ("es", _SPANISH, TranslationStatus.MACHINE),
    ):
        yield Translation(service=service, field="description", language=language, text=text, status=status)


def _conditions(service: Service, random: Random) -> Iterator[Part]:
    if random.random() < 0.8:
        yield CostOption(service=service, amount=Decimal(0))
    else:
        yield CostOption(service=service, option="Matériel", amount=Decimal(random.choice((5, 10, 25))))
    for document in random.sample(_DOCUMENTS, random.choice((0, 1, 2))):
        yield RequiredDocument(service=service, document=document)
    chosen = random.random()
    if chosen < 0.3:
        yield EligibilityRule(
            service=service,
            categories=_PERMANENT,
            counted_from=CountedFrom.ARRIVAL,
            months_less_than=60,
            reason="Ce service est réservé aux cinq premières années après l’arrivée.",
        )
    elif chosen < 0.4:
        yield EligibilityRule(service=service, categories=[Category.ASYLUM_SEEKER])
