"""Who follows a referral at the organisation, and who works there: an organisation's manager sees to it themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import PARTNER_ROLES, Right, Role
from arrimage.accounts.invitations import send_invitations
from arrimage.accounts.models import User, count_live_grants
from arrimage.accounts.revocation import end_sessions
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.referral_changes import lock_live
from arrimage.casework.enums import WITH_PARTNER
from arrimage.casework.models import Referral
from arrimage.directory.models import OrganisationMember
from arrimage.directory.queries import workers_visible_to
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput, NotAllowed


@dataclass(frozen=True)
class NewWorker:
    email: str
    name: str
    role: Role = Role.PARTNER_WORKER
    language: str = "fr"


@action
def take_referrals(actor: Actor, referrals: Sequence[Referral]) -> list[Referral]:
    """Say that one follows these referrals oneself."""
    require(actor, Right.ANSWER_REFERRALS)
    if actor.user_id is None:
        raise NotAllowed(_("Ouvrez une séance pour suivre une orientation."))
    return _hand(actor, referrals, actor.user_id)


@action
def hand_referrals(actor: Actor, referrals: Sequence[Referral], worker: User | None) -> list[Referral]:
    """Give referrals to somebody of the organisation to follow, or to nobody; its manager does."""
    require(actor, Right.MANAGE_OWN_WORKERS)
    if worker and not workers_visible_to(actor).live_on(clock.today()).filter(user=worker).exists():
        raise InvalidInput(_("Cette personne ne travaille pas dans votre organisme."), field="worker")
    return _hand(actor, referrals, worker.pk if worker else None)


def _hand(actor: Actor, referrals: Sequence[Referral], worker: int | None) -> list[Referral]:
    handed = []
    with elevated():
        for referral in referrals:
            locked = lock_live(actor, referral, by_partner=True)
            if locked.worker_id != worker:
                locked.worker_id = worker
                locked.save(update_fields=["worker"])
            handed.append(locked)
    return handed


@action
def invite_workers(actor: Actor, items: Sequence[NewWorker], *, link: Callable[[str], str]) -> list[OrganisationMember]:
    """Open accounts for people of one's own organisation and send each the link of an invitation.

    Raises `InvalidInput` for an address that has an account already: who manages accounts sees to it, so that an
    organisation learns nothing of other accounts.
    """
    organisation_id = _own_organisation(actor)
    emails = [item.email.strip().lower() for item in items]
    if any(item.role not in PARTNER_ROLES for item in items):
        raise InvalidInput(_("Ce rôle n’est pas un rôle d’organisme."), field="role")
    with elevated():
        if len(set(emails)) < len(emails) or User.objects.filter(email__in=emails).exists():
            raise InvalidInput(
                _("Cette adresse ne peut pas être invitée d’ici : la direction régionale peut, elle, ouvrir l’accès."),
                field="email",
            )
        unusable = make_password(None)
        users = User.objects.bulk_create(
            [
                User(email=email, name=item.name.strip(), language=item.language, password=unusable)
                for email, item in zip(emails, items, strict=True)
            ]
        )
        members = OrganisationMember.objects.bulk_create(
            [
                OrganisationMember(user=user, role=item.role, organisation_id=organisation_id)
                for user, item in zip(users, items, strict=True)
            ]
        )
        send_invitations(actor, users, link)
    return members


@action
def end_workers(actor: Actor, members: Sequence[OrganisationMember], *, ends_on: date) -> None:
    """End the access of people of one's own organisation after `ends_on`; what they followed waits for somebody."""
    organisation_id = _own_organisation(actor)
    with elevated():
        locked = (
            OrganisationMember.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(pk__in=[each.pk for each in members])
            .order_by("pk")
        )
        for member in locked:
            if member.organisation_id != organisation_id:
                raise NotAllowed(_("Cette personne travaille pour un autre organisme."))
            if member.user_id == actor.user_id:
                raise NotAllowed(_("Vous ne pouvez pas mettre fin à votre propre accès."))
            if ends_on < member.starts_on:
                raise InvalidInput(_("La fin ne peut pas précéder le début."), field="ends_on")
            member.ends_on = ends_on
            member.save(update_fields=["ends_on"])
            Referral.objects.filter(
                organisation_id=organisation_id, worker_id=member.user_id, status__in=WITH_PARTNER
            ).update(worker=None)
            if count_live_grants(member.user, clock.today()) == 0:
                end_sessions(member.user)


def _own_organisation(actor: Actor) -> int:
    require(actor, Right.MANAGE_OWN_WORKERS)
    if actor.scope_id is None:
        raise NotAllowed(_("Votre rôle n’est celui d’aucun organisme."))
    return actor.scope_id
