"""Dates an organisation proposes; the agent or the person accepts one, which fixes the date of the referral."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from arrimage.accounts import letters
from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.files import require_casework
from arrimage.casework.actions.referral_changes import Answer, advance, lock_live
from arrimage.casework.enums import REFERRAL_TRANSITIONS, ReferralStatus, Settlement
from arrimage.casework.letters import DATES_PROPOSED, DATES_REFUSED
from arrimage.casework.models import DateProposal, Referral
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.writing import write_time

MOST_PROPOSED = 3
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class ProposedDate:
    day: date
    hour: time | None = None
    place: str = ""


@action
def propose_dates(actor: Actor, referral: Referral, dates: Sequence[ProposedDate]) -> list[DateProposal]:
    """Propose up to three dates for a referral that was accepted; they take the place of those not yet decided."""
    if not 1 <= len(dates) <= MOST_PROPOSED:
        raise InvalidInput(_("Proposez une date au moins, trois au plus."), field="day_1")
    today = clock.today()
    for proposed in dates:
        if not today <= proposed.day <= today + FARTHEST:
            raise InvalidInput(_("Proposez des dates à venir, d’ici un an."), field="day_1")
    with elevated():
        locked = lock_live(actor, referral, by_partner=True)
        REFERRAL_TRANSITIONS.check(locked.status, ReferralStatus.SCHEDULED)
        _settle_waiting(actor, locked)
        made = DateProposal.objects.bulk_create(
            [
                DateProposal(
                    referral=locked,
                    author_id=actor.user_id,
                    author_name=actor.name,
                    day=each.day,
                    hour=each.hour,
                    place=each.place.strip(),
                )
                for each in dates
            ]
        )
    letters.post(actor, DATES_PROPOSED, made[0].uid)
    return made


@action
def accept_date(actor: Actor, proposal: DateProposal) -> Referral:
    """The date suits the person: it is fixed. Done by the agent, or by the person themselves."""
    with elevated():
        locked = _lock(actor, proposal)
        locked.settlement = Settlement.ACCEPTED
        locked.settled_at, locked.settled_by_name = clock.now(), actor.name
        locked.save(update_fields=["settlement", "settled_at", "settled_by_name"])
        _settle_waiting(actor, locked.referral)

    def write(referral: Referral, item: Answer) -> None:
        referral.scheduled_for = item.scheduled_for

    answer = Answer(locked.referral, scheduled_for=locked.day, note=_note(locked))
    [referral] = advance(actor, [answer], ReferralStatus.SCHEDULED, write, by_partner=False, follows=True)
    return referral


@action
def refuse_dates(actor: Actor, proposal: DateProposal) -> None:
    """None of the dates proposed suits the person: the organisation proposes others."""
    with elevated():
        locked = _lock(actor, proposal)
        _settle_waiting(actor, locked.referral)
    letters.post(actor, DATES_REFUSED, locked.uid)


def _lock(actor: Actor, proposal: DateProposal) -> DateProposal:
    """Return a proposal that waits, locked, for who may decide: the agents of the file, the person."""
    referral = Referral.objects.select_for_update(of=("self",)).select_related("file").get(pk=proposal.referral_id)
    if actor.role == Role.NEWCOMER:
        if referral.file.person_id != actor.scope_id:
            raise NotAllowed(_("Cette date est proposée à une autre personne."))
    else:
        require_casework(actor, [referral.file])
    locked = DateProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.settlement != Settlement.WAITING or not REFERRAL_TRANSITIONS.allow(
        referral.status, ReferralStatus.SCHEDULED
    ):
        raise Conflict(_("Cette date n’est plus proposée."))
    locked.referral = referral
    return locked


def _settle_waiting(actor: Actor, referral: Referral) -> None:
    DateProposal.objects.filter(referral=referral, settlement=Settlement.WAITING).update(
        settlement=Settlement.IGNORED, settled_at=clock.now(), settled_by_name=actor.name
    )


def _note(proposal: DateProposal) -> str:
    """Return what the event says of a date: its hour and place."""
    hour = _("à %(hour)s") % {"hour": write_time(proposal.hour)} if proposal.hour else ""
    return ", ".join(filter(None, (hour, proposal.place)))
