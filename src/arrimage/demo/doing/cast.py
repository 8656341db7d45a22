"""Who acts in the demonstration, and how work is handed to each: one call carries all of somebody's work."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor, actor_of
from arrimage.demo.tables.organisations import PARTNERS, partner_name
from arrimage.directory.models import OrganisationMember
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import ServicePoint

T = TypeVar("T")


class Cast:
    """The people of a region: those of the airport, agents by office, partners by organisation."""

    def __init__(self, region_id: int) -> None:
        self.offices = list(
            ServicePoint.objects.filter(
                region_id=region_id, kind=ServicePointKind.OFFICE, open_to_public=True, closed_on__isnull=True
            ).order_by("pk")
        )
        self.airport: list[Actor] = []
        self.agents: dict[int, list[User]] = defaultdict(list)
        self.actors: dict[int, Actor] = {}
        grants = RoleGrant.objects.filter(region_id=region_id, ends_on__isnull=True).select_related("user", "region")
        for grant in grants.order_by("pk"):
            if grant.role == Role.RECEPTION_AGENT:
                self.airport.append(actor_of(grant))
            elif grant.role == Role.INTEGRATION_AGENT and grant.service_point_id is not None:
                self.agents[grant.service_point_id].append(grant.user)
                self.actors[grant.user_id] = actor_of(grant)
        members = OrganisationMember.objects.select_related("user", "organisation__region").order_by("-pk")
        self.partners = {member.organisation_id: actor_of(member) for member in members}
        ranks = {partner_name(rank): rank for rank in range(PARTNERS)}
        self.ranks = {member.organisation_id: ranks.get(member.organisation.name, 0) for member in members}


def by_actor(items: Iterable[T], actor: Callable[[T], Actor]) -> list[tuple[Actor, list[T]]]:
    """Return the items of each actor, the actors in the order of their accounts."""
    groups: dict[int, tuple[Actor, list[T]]] = {}
    for item in items:
        who = actor(item)
        groups.setdefault(who.user_id or 0, (who, []))[1].append(item)
    return [group for _key, group in sorted(groups.items())]
