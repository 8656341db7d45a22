"""Opening and closing accounts, granting and ending roles. Nobody changes what they hold themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import PROVINCE_WIDE_ROLES, STAFF_ROLES, Right, Role
from arrimage.accounts.mail import send_on_commit
from arrimage.accounts.models import DatedGrant, RoleGrant, User, count_live_grants
from arrimage.accounts.notices import NOTICES
from arrimage.accounts.queries import users_visible_to
from arrimage.accounts.revocation import end_sessions
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
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


@action
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


@action
def grant_roles(actor: Actor, items: Sequence[NewGrant]) -> list[RoleGrant]:
    """Give roles of the directorate, each from one day, to another where it ends."""
    require(actor, Right.MANAGE_ACCOUNTS)
    for item in items:
        _check_not_own(actor, item.user.pk)
        _check_reach(actor, item.region.pk if item.region else None)
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


@action
def end_role(actor: Actor, grant: RoleGrant, *, ends_on: date) -> RoleGrant:
    """End a role after `ends_on`; the person's past records keep their name.

    Who holds no role any more today loses their sessions too.
    """
    require(actor, Right.MANAGE_ACCOUNTS)
    locked = RoleGrant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant.pk)
    _check_not_own(actor, locked.user_id)
    _check_reach(actor, locked.region_id)
    if ends_on < locked.starts_on:
        raise InvalidInput(_("La fin ne peut pas précéder le début."), field="ends_on")
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    if count_live_grants(locked.user, clock.today()) == 0:
        end_sessions(locked.user)
    return locked


@action
def set_account_active(actor: Actor, user: User, *, active: bool) -> None:
    """Close an account at once, with its sessions, or open it again."""
    locked = _managed(actor, user)
    if user.pk == actor.user_id:
        raise InvalidInput(_("Vous ne pouvez pas fermer votre propre compte."))
    locked.is_active = active
    locked.save(update_fields=["is_active"])
    if not active:
        end_sessions(locked)


@action
def end_sessions_of(actor: Actor, user: User) -> int:
    """End every session of somebody, who may sign in again; return how many there were."""
    return end_sessions(_managed(actor, user))


@action
def remove_second_factor(actor: Actor, user: User) -> None:
    """Take away the second factors of somebody who lost them, their sessions and the identity tied to the account.

    They sign in with their password and set up another. They are told by e-mail, in case it was not their wish.
    """
    locked = _managed(actor, user)
    _check_not_own(actor, user.pk)
    Authenticator.objects.filter(user=locked).delete()
    SocialAccount.objects.filter(user=locked).delete()
    end_sessions(locked)
    context = {"name": locked.name, "what": NOTICES["second_factor_removed"]}
    send_on_commit("notice", locked.email, locked.language, context)


@action
def give_access(actor: Actor, grants: Sequence[DatedGrant]) -> None:
    """Let people outside the directorate act: for an organisation, an employer, or as the person of a file."""
    require(actor, Right.MANAGE_ACCOUNTS)
    by_model: dict[type[DatedGrant], list[DatedGrant]] = {}
    for grant in grants:
        _check_not_own(actor, grant.user_id)
        if isinstance(grant, RoleGrant) or grant.role not in grant.roles:
            raise InvalidInput(_("Ce rôle ne convient pas à ce genre d’accès."), field="role")
        by_model.setdefault(type(grant), []).append(grant)
    for model, rows in by_model.items():
        model.objects.bulk_create(rows)


def _managed(actor: Actor, user: User) -> User:
    """Return the account, locked, of somebody the actor manages. Raises `NotAllowed`."""
    require(actor, Right.MANAGE_ACCOUNTS)
    locked = users_visible_to(actor).select_for_update(of=("self",)).filter(pk=user.pk).first()
    if locked is None:
        raise NotAllowed(_("Ce compte est hors de votre portée."))
    return locked


def _check_not_own(actor: Actor, user_id: int) -> None:
    if actor.user_id == user_id:
        raise NotAllowed(
            _("Personne ne change ses propres rôles : demandez-le à quelqu’un d’autre qui administre les comptes.")
        )


def _check_reach(actor: Actor, region_id: int | None) -> None:
    """Refuse a role elsewhere, or everywhere, given by somebody who acts in one region."""
    if actor.region_id is not None and actor.region_id != region_id:
        raise NotAllowed(_("Ce rôle s’exerce hors de votre région : il n’est pas à vous de le changer."))
