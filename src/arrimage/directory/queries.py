"""Reads of the directory. It holds no personal information: every member of the staff consults all of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.accounts.enums import PARTNER_ROLES, Right
from arrimage.accounts.models import GrantQuerySet
from arrimage.accounts.rights import Actor
from arrimage.directory.models import Organisation, OrganisationMember, Service, Theme
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.foundation.writing import write_language


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Return every organisation for the staff, of any region; their own for a partner's people."""
    organisations = Organisation.objects.all()
    if actor.may(Right.SEE_DIRECTORY):
        return organisations
    if actor.role in PARTNER_ROLES and actor.scope_id is not None:
        return organisations.filter(pk=actor.scope_id)
    return organisations.none()


def services_visible_to(actor: Actor) -> ServiceQuerySet:
    """Return the services of the organisations `actor` sees, those no longer offered included."""
    if actor.may(Right.SEE_DIRECTORY):
        return Service.objects.all()
    return Service.objects.filter(organisation__in=organisations_visible_to(actor))


def with_parts(services: ServiceQuerySet) -> ServiceQuerySet:
    """Bring what hangs on services that came `with_locations`, there and in general. A constant number of queries."""
    return services.prefetch_related(
        "schedules",
        "cost_options",
        "required_documents",
        "eligibility_rules__region",
        "contacts__phones",
        "phones",
        "translations",
        "service_areas",
        "at_locations__schedules",
        "at_locations__places",
        "at_locations__phones",
        "at_locations__location__accessibility",
        "at_locations__location__schedules",
        "at_locations__location__phones",
    )


def workers_visible_to(actor: Actor) -> GrantQuerySet:
    """Return who works, or worked, for the actor's own organisation."""
    if actor.role in PARTNER_ROLES and actor.scope_id is not None:
        return OrganisationMember.objects.filter(organisation_id=actor.scope_id)
    return OrganisationMember.objects.none()


def with_service_counts(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Add `offered_services`, how many services each organisation offers now."""
    return organisations.annotate(offered_services=Count("services", filter=Q(services__is_offered=True)))


def themes_of(region_id: int | None) -> QuerySet[Theme]:
    """Return the themes in use in a region: everybody's, then its own; all of them for the whole of Québec."""
    if region_id is None:
        return Theme.objects.all()
    return Theme.objects.filter(Q(region=None) | Q(region=region_id))


class Needing(Protocol):
    """What is read of a need (casework's `Need` is one, on a floor above this)."""

    theme_id: int
    region_id: int


@dataclass(frozen=True)
class ServiceMatch:
    """A service that answers a need, and why, in short sentences (remarks that hold it back included)."""

    service: Service
    reasons: tuple[str, ...]


def services_for_need(
    need: Needing, *, language: str = "", without: Collection[int] = (), limit: int = 20
) -> list[ServiceMatch]:
    """Return the offered services of the need's theme, best first: same region, then language, then shortest delay.

    `language` is the person's (ISO 639 code); `without` leaves out services by key, those that already declined for
    instance. Four queries.
    """
    services = list(
        Service.objects.filter(is_offered=True, themes=need.theme_id)
        .exclude(pk__in=without)
        .annotate(
            elsewhere=~Q(organisation__region=need.region_id),
            another_language=~Q(languages__contains=[language]) if language else Q(pk__isnull=True),
        )
        .select_related("organisation__region")
        .with_locations()
        .order_by("elsewhere", "another_language", F("delay_days").asc(nulls_last=True), "name", "pk")[:limit]
    )
    theme = Theme.objects.get(pk=need.theme_id) if services else None
    return [ServiceMatch(service, tuple(_reasons(service, str(theme), need, language))) for service in services]


def _reasons(service: Service, theme: str, need: Needing, language: str) -> list[str]:
    reasons = [_("Répond au thème « %(theme)s ».") % {"theme": theme}]
    if language:
        name = write_language(language)
        if language in service.languages:
            reasons.append(_("Offert en %(language)s.") % {"language": name})
        else:
            reasons.append(_("N’est pas offert en %(language)s : prévoyez un interprète.") % {"language": name})
    region = service.organisation.region
    if region.pk != need.region_id:
        reasons.append(_("Dans une autre région : %(region)s.") % {"region": region.name})
    elif service.place:
        reasons.append(_("Dans votre région : %(place)s.") % {"place": service.place.name})
    else:
        reasons.append(_("Dans votre région."))
    if service.delay_days is not None:
        reasons.append(
            ngettext("Délai habituel : %(days)d jour.", "Délai habituel : %(days)d jours.", service.delay_days)
            % {"days": service.delay_days}
        )
    return reasons
