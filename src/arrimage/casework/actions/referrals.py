"""The life of a referral. Every change locks the row, follows the table of transitions and leaves an event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.enums import PARTNER_ROLES, Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.files import require_open_files
from arrimage.casework.enums import (
    REFERRAL_TRANSITIONS,
    WITH_PARTNER,
    DeclineReason,
    NeedStatus,
    Outcome,
    ReferralStatus,
    StepStatus,
)
from arrimage.casework.models import Need, Referral, ReferralEvent, Step
from arrimage.casework.rules import answer_due
from arrimage.directory.models import Service
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.writes import update_rows


@dataclass(frozen=True)
class NewReferral:
    """A person sent to `service` for `need`; `step` is the plan's step it carries out."""

    need: Need
    service: Service
    step: Step | None = None
    message: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Answer:
    """One change to a referral, by the partner or by us: why, with what outcome, for which date."""

    referral: Referral
    on: date | None = None
    note: str = ""
    reason: str = ""
    outcome: str = ""
    scheduled_for: date | None = None


@transaction.atomic
def send_referrals(actor: Actor, items: Sequence[NewReferral]) -> list[Referral]:
    """Send persons to services, each with a deadline for the answer. What is shared is kept as it was sent."""
    require_open_files(actor, [item.need.file for item in items])
    referrals = []
    for item in items:
        if not item.service.is_offered:
            raise InvalidInput(_("Ce service n’est plus offert."), field="service")
        if item.need.closed_on is not None:
            raise InvalidInput(_("Ce besoin est déjà clos."), field="need")
        if item.step is not None and item.step.file_id != item.need.file_id:
            raise InvalidInput(_("Cette démarche appartient à un autre dossier."), field="step")
        sent_on = item.on or clock.today()
        referrals.append(
            Referral(
                file_id=item.need.file_id,
                region_id=item.need.region_id,
                need=item.need,
                step=item.step,
                service=item.service,
                organisation_id=item.service.organisation_id,
                author_id=actor.user_id,
                message=item.message.strip(),
                shared=shared_with_partner(item.need),
                status=ReferralStatus.SENT,
                sent_on=sent_on,
                answer_due=answer_due(sent_on),
            )
        )
    try:
        with transaction.atomic():
            Referral.objects.bulk_create(referrals, batch_size=1000)
    except IntegrityError as error:
        raise Conflict(_("Une orientation est déjà en cours vers ce service pour ce besoin.")) from error
    _record(actor, [(referral, ReferralStatus.DRAFT, "") for referral in referrals])
    Need.objects.filter(pk__in=[item.need.pk for item in items], status=NeedStatus.OPEN).update(
        status=NeedStatus.IN_PROGRESS
    )
    Step.objects.filter(pk__in=[item.step.pk for item in items if item.step], status=StepStatus.TODO).update(
        status=StepStatus.IN_PROGRESS
    )
    return referrals


def shared_with_partner(need: Need) -> dict[str, str]:
    """Return the least a partner needs to receive this person: how to name, reach and speak to them, and for what."""
    person = need.file.person
    return {
        "name": person.full_name,
        "phone": person.phone,
        "email": person.email,
        "language": person.preferred_language,
        "need": need.label,
        "theme": need.theme.code,
    }


def accept_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The partner takes these persons."""

    def write(referral: Referral, item: Answer) -> None:
        referral.answered_on = item.on or clock.today()

    return _advance(actor, items, ReferralStatus.ACCEPTED, write, by_partner=True)


@transaction.atomic
def decline_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The partner cannot take these persons, and says why; the needs go back to the agents."""

    def write(referral: Referral, item: Answer) -> None:
        if item.reason not in DeclineReason.values:
            raise InvalidInput(_("Indiquez la raison du refus."), field="reason")
        referral.answered_on = item.on or clock.today()
        referral.decline_reason = item.reason

    referrals = _advance(actor, items, ReferralStatus.DECLINED, write, by_partner=True)
    _give_back(referrals)
    return referrals


def schedule_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The partner fixes a date with the person."""

    def write(referral: Referral, item: Answer) -> None:
        if item.scheduled_for is None:
            raise InvalidInput(_("Indiquez la date."), field="scheduled_for")
        referral.scheduled_for = item.scheduled_for

    return _advance(actor, items, ReferralStatus.SCHEDULED, write, by_partner=True)


def attend_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The person came on the date fixed."""
    return _advance(actor, items, ReferralStatus.ATTENDED, _write_nothing, by_partner=True)


def miss_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The person did not come on the date fixed; another date may be fixed."""
    return _advance(actor, items, ReferralStatus.NO_SHOW, _write_nothing, by_partner=True)


def start_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The service begins for these persons."""

    def write(referral: Referral, item: Answer) -> None:
        referral.started_on = item.on or clock.today()

    return _advance(actor, items, ReferralStatus.STARTED, write, by_partner=True)


def complete_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The service is over; its outcome counts for the agreements that fund it."""

    def write(referral: Referral, item: Answer) -> None:
        if item.outcome not in Outcome.values:
            raise InvalidInput(_("Indiquez le résultat."), field="outcome")
        referral.ended_on = item.on or clock.today()
        if referral.started_on and referral.ended_on < referral.started_on:
            raise InvalidInput(_("La fin ne peut pas précéder le début."), field="on")
        referral.outcome = item.outcome
        referral.result_note = item.note.strip()

    return _advance(actor, items, ReferralStatus.COMPLETED, write, by_partner=True)


@transaction.atomic
def stop_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The service stops before its end, for a reason; the needs go back to the agents."""

    def write(referral: Referral, item: Answer) -> None:
        if not item.note.strip():
            raise InvalidInput(_("Dites pourquoi le service s’arrête."), field="note")
        referral.ended_on = item.on or clock.today()
        referral.result_note = item.note.strip()

    referrals = _advance(actor, items, ReferralStatus.STOPPED, write, by_partner=True)
    _give_back(referrals)
    return referrals


@transaction.atomic
def cancel_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The agent takes a referral back before the service begins."""

    def write(referral: Referral, item: Answer) -> None:
        if not item.note.strip():
            raise InvalidInput(_("Dites pourquoi l’orientation est annulée."), field="note")
        referral.ended_on = item.on or clock.today()

    referrals = _advance(actor, items, ReferralStatus.CANCELLED, write, by_partner=False)
    _give_back(referrals)
    return referrals


@transaction.atomic
def expire_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """Nobody answered in time; the needs go back to the agents."""

    def write(referral: Referral, item: Answer) -> None:
        day = item.on or clock.today()
        if referral.answer_due is None or referral.answer_due >= day:
            raise InvalidInput(_("Le délai de réponse n’est pas écoulé."))
        referral.ended_on = day

    referrals = _advance(actor, items, ReferralStatus.EXPIRED, write, by_partner=False)
    _give_back(referrals)
    return referrals


@transaction.atomic
def _advance(
    actor: Actor,
    items: Sequence[Answer],
    to: ReferralStatus,
    write: Callable[[Referral, Answer], None],
    *,
    by_partner: bool,
) -> list[Referral]:
    """Lock, check, write and record one transition of several referrals, in the order of their keys."""
    locked = {
        referral.pk: referral
        for referral in Referral.objects.select_for_update(of=("self",))
        .filter(pk__in=[item.referral.pk for item in items])
        .order_by("pk")
    }
    changes = []
    for item in items:
        referral = locked[item.referral.pk]
        _require_side(actor, referral, by_partner=by_partner)
        before = ReferralStatus(referral.status)
        REFERRAL_TRANSITIONS.check(before, to)
        write(referral, item)
        referral.status = to
        changes.append((referral, before, item.note))
    update_rows(
        Referral,
        locked.values(),
        [
            "status",
            "answered_on",
            "decline_reason",
            "scheduled_for",
            "started_on",
            "ended_on",
            "outcome",
            "result_note",
        ],
    )
    _record(actor, changes)
    return [locked[item.referral.pk] for item in items]


def _write_nothing(referral: Referral, item: Answer) -> None:
    """The state and its event say it all."""


def _require_side(actor: Actor, referral: Referral, *, by_partner: bool) -> None:
    """Answers belong to the organisation the referral was sent to; the rest to the agents of its region.

    The directorate may also record an answer received by telephone: it holds ACCOMPANY, and the event names it.
    """
    if by_partner and actor.role in PARTNER_ROLES:
        require(actor, Right.ANSWER_REFERRALS)
        if referral.organisation_id != actor.scope_id:
            raise NotAllowed(_("Cette orientation a été envoyée à un autre organisme."))
        return
    require(actor, Right.ACCOMPANY, region_id=referral.region_id)


def _give_back(referrals: Sequence[Referral]) -> None:
    """Return needs and steps to the agent's list, unless another live referral still carries them."""
    needs = {referral.need_id for referral in referrals}
    carried = set(Referral.objects.filter(need__in=needs, status__in=WITH_PARTNER).values_list("need_id", flat=True))
    Need.objects.filter(pk__in=needs - carried, status=NeedStatus.IN_PROGRESS).update(status=NeedStatus.OPEN)
    steps = {referral.step_id for referral in referrals if referral.step_id and referral.need_id not in carried}
    Step.objects.filter(pk__in=steps, status=StepStatus.IN_PROGRESS).update(status=StepStatus.TODO)


def _record(actor: Actor, changes: Sequence[tuple[Referral, ReferralStatus, str]]) -> None:
    ReferralEvent.objects.bulk_create(
        [
            ReferralEvent.of(actor, before, referral.status, referral=referral, note=note)
            for referral, before, note in changes
        ],
        batch_size=1000,
    )
