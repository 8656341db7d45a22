"""Reading accounts and roles."""

from django.db.models import QuerySet

from arrimage.accounts.enums import Right
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor


def role_grants_visible_to(actor: Actor) -> QuerySet[RoleGrant]:
    """Return the roles of the region's people, for those who may consult the personnel."""
    if not actor.may(Right.SEE_PERSONNEL):
        return RoleGrant.objects.none()
    grants = RoleGrant.objects.select_related("user", "region", "service_point")
    return grants if actor.region_id is None else grants.filter(region_id=actor.region_id)


def users_visible_to(actor: Actor) -> QuerySet[User]:
    """Return the accounts an administrator manages."""
    return User.objects.all() if actor.may(Right.MANAGE_ACCOUNTS) else User.objects.none()
