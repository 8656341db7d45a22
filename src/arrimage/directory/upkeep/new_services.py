"""A whole new service that an organisation proposes: kept as it would be, and made when an advisor accepts it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.directory.actions import NewService, check_service, check_themes, create_services
from arrimage.directory.enums import Operation, ProposalStatus
from arrimage.directory.models import Location, Organisation, Proposal, Service, ServiceAtLocation, Theme
from arrimage.directory.part_actions import add_parts
from arrimage.directory.upkeep.keeping import give_way, require_own
from arrimage.directory.upkeep.moderated import NEW_SERVICE_FIELDS
from arrimage.directory.upkeep.values import kept_values, revived
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import Conflict, NotAllowed

THEMES, LOCATION = "themes", "location"  # keys kept beside the fields


@action
def propose_service(
    actor: Actor, service: Service, themes: Sequence[Theme], location: Location | None = None
) -> Proposal:
    """Propose a service (not saved), offered at a location of its organisation if it has one.

    Proposed again as it is, the proposal that waits is returned; under the same name with something else, the last one
    waits. Raises `InvalidInput` as for a service that is added, `Conflict` when there is one of that name.
    """
    require_own(actor, service.organisation_id)
    check_service(service)
    check_themes(themes)
    if location is not None and location.organisation_id != service.organisation_id:
        raise NotAllowed(_("Ce lieu est celui d’un autre organisme."))
    lock(Organisation, [service.organisation_id])  # one proposal at a time: two clicks make one
    if Service.objects.filter(organisation=service.organisation_id, name=service.name).exists():
        raise Conflict(_("Cet organisme a déjà un service de ce nom."))
    after: dict[str, Any] = kept_values(service, NEW_SERVICE_FIELDS)
    after |= {THEMES: sorted(theme.pk for theme in themes), LOCATION: location.pk if location else None}
    waiting = new_services().filter(
        organisation=service.organisation_id, status=ProposalStatus.WAITING, after__name=service.name
    )
    for known in waiting:
        if known.after == after:
            return known
    give_way(actor, waiting)
    return Proposal.objects.create(
        organisation=service.organisation, operation=Operation.ADD, after=after, proposed_by=actor.name
    )


def new_services() -> QuerySet[Proposal]:
    """Return the proposals of a whole service, as `Proposal.is_new_service` says."""
    return Proposal.objects.filter(operation=Operation.ADD, part_kind="")


def make_service(actor: Actor, proposal: Proposal) -> Service:
    """Make the service that was proposed; it is offered. Raises `Conflict` for a name taken, a location gone."""
    proposed = Service(organisation=proposal.organisation, **fields_of(proposal))
    location = location_of(proposal)
    if proposal.after[LOCATION] and location is None:
        raise Conflict(_("Ce lieu n’existe plus : refusez la proposition en le disant."))
    [service] = create_services(actor, [NewService(proposed, themes_of(proposal))])
    if location is not None:
        add_parts(actor, [ServiceAtLocation(service=service, location=location)])
    return service


def fields_of(proposal: Proposal) -> dict[str, Any]:
    return revived(Service, {name: proposal.after[name] for name in NEW_SERVICE_FIELDS})


def themes_of(proposal: Proposal) -> list[Theme]:
    return list(Theme.objects.filter(pk__in=proposal.after[THEMES]))


def location_of(proposal: Proposal) -> Location | None:
    """Return where the service would be offered; None for nowhere, or for a location that is no more."""
    own = Location.objects.filter(organisation=proposal.organisation_id).prefetch_related("addresses")
    return own.filter(pk=proposal.after[LOCATION]).first()
