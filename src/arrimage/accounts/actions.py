"""Opening accounts, granting and ending roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from arrimage.accounts.enums import PROVINCE_WIDE_ROLES, STAFF_ROLES, Right, Role
from arrimage.accounts.models import DatedGrant, RoleGrant, User
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.territory.models import Region, ServicePoint


@dataclass(frozen=True)
class NewAccount:
    email: str
    name: str
    language: str = "fr"
    password: str | None = None


@dataclass(frozen=True)
class NewGrant:
    user: User
    role: Role
    region: Region | None = None
    service_point: ServicePoint | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def create_accounts(actor: Actor, items: Sequence[NewAccount]) -> list[User]:
    """Open accounts. Raises `Conflict` naming the first address that has one already."""
    require(actor, Right.MANAGE_ACCOUNTS)
    emails = [item.email.strip().lower() for item in items]
    taken = User.objects.filter(email__in=emails).values_list("email", flat=True).first()
    if taken or len(set(emails)) < len(emails):
        raise Conflict(_("Un compte existe déjà pour %(email)s.") % {"email": taken or _("une de ces adresses")})
    hashed = {item.password: make_password(item.password) for item in items}
    return User.objects.bulk_create(
        [
            User(email=email, name=item.name.strip(), language=item.language, password=hashed[item.password])
            for email, item in zip(emails, items, strict=True)
        ]
    )


@transaction.atomic
def grant_roles(actor: Actor, items: Sequence[NewGrant]) -> list[RoleGrant]:
    """Give roles of the directorate, each from one day, to another where it ends."""
    require(actor, Right.MANAGE_ACCOUNTS)
    for item in items:
        if item.role not in STAFF_ROLES:
            raise InvalidInput(_("Ce rôle n’est pas un rôle de la direction régionale."), field="role")
        if item.region is None and item.role not in PROVINCE_WIDE_ROLES:
            raise InvalidInput(_("Indiquez la région où ce rôle s’exerce."), field="region")
        if item.service_point and item.service_point.region_id != (item.region.pk if item.region else None):
            raise InvalidInput(_("Ce point de services est dans une autre région."), field="service_point")
        if item.ends_on and item.ends_on < (item.starts_on or clock.today()):
            raise InvalidInput(_("La fin ne peut pas précéder le début."), field="ends_on")
    return RoleGrant.objects.bulk_create(
        [
            RoleGrant(
                user=item.user,
                role=item.role,
                region=item.region,
                service_point=item.service_point,
                starts_on=item.starts_on or clock.today(),
                ends_on=item.ends_on,
                granted_by_id=actor.user_id,
            )
            for item in items
        ]
    )


@transaction.atomic
def end_role(actor: Actor, grant: RoleGrant, *, ends_on: date) -> RoleGrant:
    """End a role after `ends_on`; the person's past records keep their name."""
    require(actor, Right.MANAGE_ACCOUNTS)
    locked = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if ends_on < locked.starts_on:
        raise InvalidInput(_("La fin ne peut pas précéder le début."), field="ends_on")
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    return locked


@transaction.atomic
def set_account_active(actor: Actor, user: User, *, active: bool) -> None:
    """Close an account at once, or open it again."""
    require(actor, Right.MANAGE_ACCOUNTS)
    if user.pk == actor.user_id:
        raise InvalidInput(_("Vous ne pouvez pas fermer votre propre compte."))
    User.objects.filter(pk=user.pk).update(is_active=active)


@transaction.atomic
def give_access(actor: Actor, grants: Sequence[DatedGrant]) -> None:
    """Let people outside the directorate act: for an organisation, an employer, or as the person of a file."""
    require(actor, Right.MANAGE_ACCOUNTS)
    by_model: dict[type[DatedGrant], list[DatedGrant]] = {}
    for grant in grants:
        if isinstance(grant, RoleGrant) or grant.role not in grant.roles:
            raise InvalidInput(_("Ce rôle ne convient pas à ce genre d’accès."), field="role")
        by_model.setdefault(type(grant), []).append(grant)
    for model, rows in by_model.items():
        model.objects.bulk_create(rows)
