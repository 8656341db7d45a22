"""Who keeps the records of an organisation: the advisors of its region, and its own people."""

from collections.abc import Collection

from django.db.models import QuerySet

from arrimage.accounts.enums import PARTNER_ROLES, Right
from arrimage.accounts.models import User
from arrimage.accounts.rights import ROLE_RIGHTS, Actor, require
from arrimage.directory.models import Organisation, OrganisationMember
from arrimage.foundation import clock

KEEPING_ROLES = [role for role in sorted(PARTNER_ROLES) if Right.KEEP_OWN_ORGANISATION in ROLE_RIGHTS[role]]


def keepers_of(organisation_id: int) -> QuerySet[User]:
    """Return the accounts of the people who keep an organisation's page today, that they may still open."""
    held = OrganisationMember.objects.filter(organisation=organisation_id, role__in=KEEPING_ROLES)
    return User.objects.filter(pk__in=held.live_on(clock.today()).values("user"), is_active=True).order_by("pk")


def keeps_own(actor: Actor, organisation_ids: Collection[int]) -> bool:
    """Say whether `actor` keeps these organisations' records as one of their people: there is only one, their own."""
    return actor.may(Right.KEEP_OWN_ORGANISATION) and set(organisation_ids) <= {actor.scope_id}


def require_keeper(actor: Actor, organisation_ids: Collection[int]) -> None:
    """Raise `NotAllowed` unless `actor` keeps the records of all these organisations."""
    if not keeps_own(actor, organisation_ids):
        require_advisor(actor, organisation_ids)


def require_advisor(actor: Actor, organisation_ids: Collection[int]) -> None:
    """Raise `NotAllowed` unless `actor` keeps the directory of all these organisations' regions."""
    require(actor, Right.MANAGE_DIRECTORY)
    regions = Organisation.objects.filter(pk__in=set(organisation_ids)).values_list("region_id", flat=True)
    for region_id in set(regions):
        require(actor, Right.MANAGE_DIRECTORY, region_id=region_id)
