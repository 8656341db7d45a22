"""Reads of the directory. It holds no personal information: every member of the staff consults all of it."""

from django.db.models import Count, Q, QuerySet

from arrimage.accounts.enums import PARTNER_ROLES, Right
from arrimage.accounts.models import GrantQuerySet
from arrimage.accounts.rights import Actor
from arrimage.directory.models import Organisation, OrganisationMember, Service, Theme
from arrimage.directory.models.services import ServiceQuerySet


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
