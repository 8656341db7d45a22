"""What every change of referrals has in common: lock, follow the table of transitions, leave an event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import PARTNER_ROLES, Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.files import require_casework
from arrimage.casework.enums import REFERRAL_TRANSITIONS, WITH_PARTNER, NeedStatus, ReferralStatus, StepStatus
from arrimage.casework.models import Need, Referral, ReferralEvent, Step
from arrimage.directory.places.locking import lock_places
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.foundation.writes import update_rows

# What a transition may write.
_WRITTEN = (
    "status",
    "reminded_on",
    "answered_on",
    "decline_reason",
    "scheduled_for",
    "started_on",
    "ended_on",
    "outcome",
    "result_note",
    "consent_withdrawn_on",
)


@dataclass(frozen=True)
class Answer:
    """One change to a referral, by the partner or by us: why, with what outcome, for which date."""

    referral: Referral
    on: date | None = None
    note: str = ""
    reason: str = ""
    outcome: str = ""
    scheduled_for: date | None = None


@action
def advance(
    actor: Actor,
    items: Sequence[Answer],
    to: ReferralStatus,
    write: Callable[[Referral, Answer], None],
    *,
    by_partner: bool,
    follows: bool = False,
) -> list[Referral]:
    """Lock, check, write and record one transition of several referrals, in the order of their keys; then their places.

    `follows` says that it follows from an act whose author had the right to it (a consent taken back, a date accepted
    by the person). Elevated: a
    partner no longer sees a referral that ends.
    """
    with elevated():
        locked = {
            referral.pk: referral
            for referral in Referral.objects.select_for_update(of=("self",))
            .select_related("file")
            .filter(pk__in=[item.referral.pk for item in items])
            .order_by("pk")
        }
        lock_places({referral.service_id for referral in locked.values()})
        changes = []
        for item in items:
            referral = locked[item.referral.pk]
            if not follows:
                require_side(actor, referral, by_partner=by_partner)
            before = ReferralStatus(referral.status)
            REFERRAL_TRANSITIONS.check(before, to)
            write(referral, item)
            referral.status = to
            changes.append((referral, before, item.note))
        update_rows(
            Referral,
            locked.values(),
            _WRITTEN,
        )
        record_changes(actor, changes)
    return [locked[item.referral.pk] for item in items]


def write_nothing(referral: Referral, item: Answer) -> None:
    """The state and its event say it all."""


def require_side(actor: Actor, referral: Referral, *, by_partner: bool) -> None:
    """Answers belong to the organisation the referral was sent to; the rest to the agents who may open the file.

    The directorate may also record an answer received by telephone: it holds ACCOMPANY, and the event names it.
    """
    if by_partner and actor.link_id is not None:
        if referral.pk != actor.link_id:
            raise NotAllowed(_("Ce lien est celui d’une autre orientation."))
        return
    if by_partner and actor.role in PARTNER_ROLES:
        require(actor, Right.ANSWER_REFERRALS)
        if referral.organisation_id != actor.scope_id:
            raise NotAllowed(_("Cette orientation a été envoyée à un autre organisme."))
        return
    require_casework(actor, [referral.file])


def lock_live(actor: Actor, referral: Referral, *, by_partner: bool) -> Referral:
    """Return a referral an organisation holds, locked, for who speaks on that side of it. Inside `elevated`.

    Raises `Conflict` once it is over.
    """
    locked = Referral.objects.select_for_update(of=("self",)).select_related("file").get(pk=referral.pk)
    require_side(actor, locked, by_partner=by_partner)
    if locked.status not in WITH_PARTNER:
        raise Conflict(_("Cette orientation est terminée : il n’y a plus rien à y faire."))
    return locked


def give_back(referrals: Sequence[Referral]) -> None:
    """Return needs and steps to the agent's list, unless another live referral still carries them.

    Elevated: it follows from a partner's answer, who sees neither.
    """
    needs = {referral.need_id for referral in referrals}
    with elevated():
        live = Referral.objects.filter(need__in=needs, status__in=WITH_PARTNER)
        carried = set(live.values_list("need_id", flat=True))
        Need.objects.filter(pk__in=needs - carried, status=NeedStatus.IN_PROGRESS).update(status=NeedStatus.OPEN)
        steps = {referral.step_id for referral in referrals if referral.step_id and referral.need_id not in carried}
        Step.objects.filter(pk__in=steps, status=StepStatus.IN_PROGRESS).update(status=StepStatus.TODO)


def record_changes(actor: Actor, changes: Sequence[tuple[Referral, ReferralStatus, str]]) -> None:
    ReferralEvent.objects.bulk_create(
        [
            ReferralEvent.of(actor, before, referral.status, referral=referral, note=note)
            for referral, before, note in changes
        ],
        batch_size=1000,
    )
