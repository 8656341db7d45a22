"""Reading accounts and roles."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, QuerySet

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
    """Return the accounts an administrator manages; in one region, none that acts elsewhere for the directorate."""
    if not actor.may(Right.MANAGE_ACCOUNTS):
        return User.objects.none()
    if actor.region_id is None:
        return User.objects.all()
    elsewhere = RoleGrant.objects.filter(user=OuterRef("pk")).exclude(region_id=actor.region_id)
    return User.objects.filter(~Exists(elsewhere))


def waiting(users: QuerySet[User]) -> QuerySet[User]:
    """Keep the open accounts nobody has signed in to yet, for want of a password (`User.is_waiting`)."""
    return users.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login__isnull=True, is_active=True)
