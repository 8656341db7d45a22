"""Who may do what: the one table of rights, and the actor every action is done by."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right, Role
from arrimage.foundation.errors import NotAllowed

if TYPE_CHECKING:
    from arrimage.accounts.models import DatedGrant, User

R = Right

_EVERY_STAFF = frozenset({R.SEE_DIRECTORY})

ROLE_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.RECEPTION_AGENT: _EVERY_STAFF | {R.RECEIVE_ARRIVALS, R.IMPORT_ARRIVALS},
    Role.INTEGRATION_AGENT: _EVERY_STAFF | {R.ACCOMPANY},
    Role.TEAM_LEAD: _EVERY_STAFF
    | {
        R.ACCOMPANY,
        R.ASSIGN_FILES,
        R.ORDER_WAITING,
        R.MODERATE_NOTES,
        R.SETTLE_DUPLICATES,
        R.SEE_PERSONNEL,
        R.SEE_BILAN,
        R.SET_PRACTICES,
        R.MANAGE_SCHEDULES,
    },
    Role.REGIONAL_ADVISOR: _EVERY_STAFF
    | {
        R.MANAGE_DIRECTORY,
        R.ORDER_WAITING,
        R.SEE_AGREEMENTS,
        R.MANAGE_AGREEMENTS,
        R.SEE_EMPLOYERS,
        R.MANAGE_EMPLOYERS,
        R.SEE_BILAN,
        R.SEE_EVIDENCE,
        R.WRITE_BILAN,
    },
    Role.RECRUITMENT_ADVISOR: _EVERY_STAFF | {R.SEE_EMPLOYERS, R.MANAGE_EMPLOYERS},
    Role.REGIONAL_DIRECTOR: _EVERY_STAFF
    | {
        R.SEE_AGREEMENTS,
        R.SEE_EMPLOYERS,
        R.SEE_BILAN,
        R.SEE_EVIDENCE,
        R.WRITE_BILAN,
        R.SEE_PERSONNEL,
        R.APPROVE_DESTRUCTION,
    },
    # Questionnaires are the same in every region: who edits them works for the whole of Québec, and sees no file.
    Role.MINISTRY_ANALYST: _EVERY_STAFF | {R.SEE_BILAN, R.IMPORT_REFERENCE, R.EDIT_QUESTIONNAIRES},
    Role.PRIVACY_OFFICER: _EVERY_STAFF | {R.SEE_PERSONNEL, R.MANAGE_PRIVACY, R.APPROVE_DESTRUCTION},
    Role.ADMINISTRATOR: frozenset({R.SEE_PERSONNEL, R.MANAGE_ACCOUNTS, R.IMPORT_REFERENCE}),
    Role.PARTNER_MANAGER: frozenset({R.ANSWER_REFERRALS, R.MANAGE_OWN_WORKERS, R.KEEP_OWN_ORGANISATION}),
    Role.PARTNER_WORKER: frozenset({R.ANSWER_REFERRALS, R.KEEP_OWN_ORGANISATION}),
    Role.EMPLOYER_ADMINISTRATOR: frozenset({R.SEE_OWN_EMPLOYER}),
    Role.EMPLOYER_MANAGER: frozenset({R.SEE_OWN_EMPLOYER}),
    Role.EMPLOYER_COLLABORATOR: frozenset({R.SEE_OWN_EMPLOYER}),
    Role.NEWCOMER: frozenset({R.SEE_OWN_FILE}),
}


@dataclass(frozen=True)
class Actor:
    """Somebody, in the role they act in. Every action takes one; every query of personal records is made for one.

    `region_id` is None for province-wide roles. `scope_id` is the organisation's, employer's or person's key for
    those who act for one. `system` names an actor that is no person (`import`, `clock`, …): it holds every right
    given in `extra_rights` and no other. `link_id` is the referral that somebody without an account came to answer, by
    the link sent to their organisation: the only record they reach.
    """

    user_id: int | None
    name: str
    role: Role | None
    region_id: int | None = None
    region_code: str | None = None
    region_name: str = ""
    service_point_id: int | None = None
    scope_id: int | None = None
    grant: str | None = None
    system: str | None = None
    link_id: int | None = None
    extra_rights: frozenset[Right] = frozenset()

    def may(self, right: Right) -> bool:
        """Say whether this actor holds `right`, whatever the record."""
        return right in self.extra_rights or (self.role is not None and right in ROLE_RIGHTS[self.role])

    def covers_region(self, region_id: int | None) -> bool:
        """Say whether a record of that region is within this actor's reach."""
        return self.region_id is None or self.region_id == region_id


def require(actor: Actor, right: Right, *, region_id: int | None = None) -> None:
    """Raise `NotAllowed` unless `actor` holds `right` (in that region, when one is given)."""
    if not actor.may(right) or (region_id is not None and not actor.covers_region(region_id)):
        raise NotAllowed(_("Votre rôle ne permet pas cette action."))


def actor_of(grant: "DatedGrant", user: "User | None" = None) -> Actor:
    """Return the actor that `user` is under one of their grants."""
    user = user or grant.user
    region = grant.acting_region()
    return Actor(
        user_id=user.pk,
        name=user.name,
        role=Role(grant.role),
        region_id=region.pk if region else None,
        region_code=region.code if region else None,
        region_name=region.name if region else "",
        service_point_id=getattr(grant, "service_point_id", None),
        scope_id=grant.acting_scope_id(),
        grant=grant.key(),
    )


def system_actor(name: str, *rights: Right, region_id: int | None = None, region_code: str | None = None) -> Actor:
    """Return an actor that is no person (an import from the command line, the clock), with the rights it needs."""
    return Actor(
        user_id=None,
        name=name,
        role=None,
        region_id=region_id,
        region_code=region_code,
        system=name,
        extra_rights=frozenset(rights),
    )
