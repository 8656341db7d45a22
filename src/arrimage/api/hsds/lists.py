"""The records a list holds: what is asked, as conditions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from arrimage.api.hsds.asking import Asked
from arrimage.directory.exchange.derived import THEMES, term_id
from arrimage.directory.exchange.shapes import SHAPES
from arrimage.directory.models import Attribute, Organisation, Service, ServiceAtLocation, Theme
from arrimage.foundation.words import meaningful_words


def services(asked: Asked) -> QuerySet[Service]:
    """Return the services asked, those no longer offered included: who copies the list learns it from their status."""
    found = Service.objects.defer("contact_email").select_related("organisation")
    if asked.organization:
        found = found.filter(organisation__uid=asked.organization)
    if asked.modified_after:
        found = found.filter(_touched(asked.modified_after))
    if asked.taxonomy_term or asked.taxonomy:
        found = found.filter(_described(asked.taxonomy_term, asked.taxonomy))
    return found.filter(_with_words(asked.search, "name", "description", "organisation__name")).order_by("uid")


def service_at_locations(asked: Asked) -> QuerySet[ServiceAtLocation]:
    found = ServiceAtLocation.objects.select_related("service__organisation", "location")
    wanted = services(asked).order_by()
    return found.filter(service__in=wanted.values("pk")).order_by("uid")


def organisations(asked: Asked) -> QuerySet[Organisation]:
    """Return the organisations asked. A term is theirs when it describes them, or a service they offer."""
    found = Organisation.objects.filter(_with_words(asked.search, "name", "description"))
    if asked.taxonomy_term or asked.taxonomy:
        offering = Service.objects.filter(_described(asked.taxonomy_term, asked.taxonomy))
        themselves = Attribute.objects.filter(organisation__isnull=False)
        if asked.taxonomy_term:
            themselves = themselves.filter(term__uid=asked.taxonomy_term)
        if asked.taxonomy:
            themselves = themselves.filter(term__taxonomy__uid=asked.taxonomy)
        found = found.filter(Q(pk__in=offering.values("organisation")) | Q(pk__in=themselves.values("organisation")))
    return found.order_by("uid")


def _with_words(text: str, *fields: str) -> Q:
    """Return the condition that every word is in one of the fields, accents and case forgiven."""
    condition = Q()
    for word in meaningful_words(text):
        here = Q()
        for name in fields:
            here |= Q(**{f"{name}__unaccent__icontains": word})
        condition &= here
    return condition


def _touched(since: datetime) -> Q:
    """Return the condition that a service, or a part of it, changed since; a part removed leaves no trace of a date."""
    condition = Q(updated_at__gte=since)
    for shape in SHAPES:
        if "service_id" in shape.owners:
            parts: Any = shape.model._default_manager.filter(updated_at__gte=since)
            condition |= Q(pk__in=parts.filter(shape.only or Q()).values("service"))
    return condition


def _described(term: UUID | None, taxonomy: UUID | None) -> Q:
    """Return the condition that a service has that term, or a term of that taxonomy: one of our themes, perhaps."""
    condition = Q()
    if term:
        theme = next((each.pk for each in Theme.objects.select_related("region") if term_id(each) == str(term)), None)
        uses = Attribute.objects.filter(term__uid=term, service__isnull=False)
        condition &= Q(themes=theme) if theme else Q(pk__in=uses.values("service"))
    if taxonomy and str(taxonomy) == THEMES:
        condition &= Q(pk__in=Service.themes.through._default_manager.values("service"))
    elif taxonomy:
        uses = Attribute.objects.filter(term__taxonomy__uid=taxonomy, service__isnull=False)
        condition &= Q(pk__in=uses.values("service"))
    return condition
