"""The life of a referral. Every change locks the row, follows the table of transitions and leaves an event."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.files import require_open_files
from arrimage.casework.actions.links import send_links
from arrimage.casework.actions.referral_changes import Answer, advance, give_back, record_changes, write_nothing
from arrimage.casework.answers import answers_for, may_travel
from arrimage.casework.enums import NeedStatus, Outcome, ReferralStatus, StepStatus
from arrimage.casework.letters import SENT
from arrimage.casework.models import Need, Referral, ReferralChoice, Step
from arrimage.casework.queries import decline_reasons_of, delays_of
from arrimage.casework.rules import answer_due, reminder_due
from arrimage.directory import words
from arrimage.directory.models import Service, ServiceAtLocation
from arrimage.directory.places.locking import lock_places
from arrimage.directory.places.queries import anyone_waits
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.privacy.consents.queries import Sharing, covering


@dataclass(frozen=True)
class NewReferral:
    """A person sent to `service` for `need`; `step` is the plan's step it carries out.

    `answers` are the keys of the answers of the assessment that travel (`casework.answers`). `at` is where, among the
    locations of the service; None leaves it to the places. `choice` is what was proposed, if anything was
    (`directory.choosing.record`).
    """

    need: Need
    service: Service
    step: Step | None = None
    message: str = ""
    answers: Collection[str] = ()
    at: ServiceAtLocation | None = None
    choice: Mapping[str, Any] | None = None
    on: date | None = None


@action
def send_referrals(actor: Actor, items: Sequence[NewReferral]) -> list[Referral]:
    """Send persons to services, each with a deadline for the answer. What is shared is kept as it was sent.

    Raises `InvalidInput` when a person has not consented to be known to the organisation.
    """
    require_open_files(actor, [item.need.file for item in items])
    delays = delays_of(item.need.region_id for item in items)
    referrals = []
    for item in items:
        if not item.service.is_offered:
            raise InvalidInput(_("Ce service n’est plus offert."), field="service")
        if item.need.closed_on is not None:
            raise InvalidInput(_("Ce besoin est déjà clos."), field="need")
        if item.step is not None and item.step.file_id != item.need.file_id:
            raise InvalidInput(_("Cette démarche appartient à un autre dossier."), field="step")
        if item.at is not None and item.at.service_id != item.service.pk:
            raise InvalidInput(_("Ce service n’est pas offert à ce lieu."), field="at_location")
        sent_on = item.on or clock.today()
        referrals.append(
            Referral(
                file_id=item.need.file_id,
                region_id=item.need.region_id,
                need=item.need,
                step=item.step,
                service=item.service,
                at_location=item.at.uid if item.at else None,
                organisation_id=item.service.organisation_id,
                author_id=actor.user_id,
                message=item.message.strip(),
                shared=_what_leaves(item),
                status=ReferralStatus.SENT,
                sent_on=sent_on,
                reminder_due=reminder_due(sent_on, delays[item.need.region_id].reminder_days),
                answer_due=answer_due(sent_on, delays[item.need.region_id].expiry_days),
            )
        )
    _require_consents(items)
    _require_consents_to_answers([item for item in items if item.answers])
    try:
        with transaction.atomic():
            lock_places({referral.service_id for referral in referrals})
            Referral.objects.bulk_create(referrals, batch_size=1000)
    except IntegrityError as error:
        raise Conflict(_("Une orientation est déjà en cours vers ce service pour ce besoin.")) from error
    ReferralChoice.objects.bulk_create(
        [
            ReferralChoice(referral=referral, shown=item.choice)
            for referral, item in zip(referrals, items, strict=True)
            if item.choice is not None
        ],
        batch_size=1000,
    )
    record_changes(actor, [(referral, ReferralStatus.DRAFT, "") for referral in referrals])
    Need.objects.filter(pk__in=[item.need.pk for item in items], status=NeedStatus.OPEN).update(
        status=NeedStatus.IN_PROGRESS
    )
    Step.objects.filter(pk__in=[item.step.pk for item in items if item.step], status=StepStatus.TODO).update(
        status=StepStatus.IN_PROGRESS
    )
    send_links(actor, referrals, SENT)
    return referrals


def sharing(need: Need, service: Service, on: date | None = None) -> Sharing:
    """Return what a referral of this need to this service would communicate, for `consents.queries.covering`."""
    return Sharing(need.file.person_id, need.region_id, service.organisation_id, on or clock.today())


def _require_consents(items: Sequence[NewReferral]) -> None:
    wanted = {sharing(item.need, item.service, item.on): item for item in items}
    covered = covering(wanted)
    for needed, item in wanted.items():
        if needed not in covered:
            raise InvalidInput(
                _("%(person)s n’a pas consenti à ce que ses renseignements soient communiqués à %(organisation)s.")
                % {"person": item.need.file.person, "organisation": item.service.organisation},
                field="consent",
            )


def _require_consents_to_answers(items: Sequence[NewReferral]) -> None:
    wanted = {sharing(item.need, item.service, item.on) for item in items}
    if wanted and may_travel(wanted) != wanted:
        raise InvalidInput(
            _("La personne n’a pas consenti à ce que ses réponses à l’évaluation soient communiquées à cet organisme."),
            field="answers",
        )


def _what_leaves(item: NewReferral) -> dict[str, Any]:
    """Return all the partner is shown: the least needed, and the answers chosen, in the questionnaire's order."""
    shared: dict[str, Any] = dict(shared_with_partner(item.need))
    if item.at is not None:
        shared["location"] = words.location(item.at.location)
    if item.answers:
        known = answers_for(item.need, item.service)
        if set(item.answers) - {each.key for each in known}:
            raise InvalidInput(_("Une de ces réponses ne touche pas le service demandé."), field="answers")
        shared["answers"] = [each.as_sent() for each in known if each.key in item.answers]
    return shared


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


@action
def accept_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The partner takes these persons. Raises `Conflict` for one who still waits for a place."""
    with elevated():  # who answers by a link sees no place
        if anyone_waits(item.referral.uid for item in items):
            raise Conflict(
                _(
                    "Aucune place n’est libre : cette personne est en attente. Ajustez le nombre de places du service "
                    "ou attendez qu’une place se libère."
                )
            )

    def write(referral: Referral, item: Answer) -> None:
        referral.answered_on = item.on or clock.today()

    return advance(actor, items, ReferralStatus.ACCEPTED, write, by_partner=True)


@action
def decline_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The partner cannot take these persons, and says why; the needs go back to the agents."""

    regions = {item.referral.region_id for item in items}
    reasons = {(region, each.code): each for region in regions for each in decline_reasons_of(region)}

    def write(referral: Referral, item: Answer) -> None:
        reason = reasons.get((referral.region_id, item.reason))
        if reason is None:
            raise InvalidInput(_("Indiquez la raison du refus."), field="reason")
        if reason.needs_words and not item.note.strip():
            raise InvalidInput(_("Dites laquelle en quelques mots."), field="note")
        referral.answered_on = item.on or clock.today()
        referral.decline_reason = reason

    referrals = advance(actor, items, ReferralStatus.DECLINED, write, by_partner=True)
    give_back(referrals)
    return referrals


def schedule_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The partner fixes a date with the person."""

    def write(referral: Referral, item: Answer) -> None:
        if item.scheduled_for is None:
            raise InvalidInput(_("Indiquez la date."), field="scheduled_for")
        referral.scheduled_for = item.scheduled_for

    return advance(actor, items, ReferralStatus.SCHEDULED, write, by_partner=True)


def attend_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The person came on the date fixed."""
    return advance(actor, items, ReferralStatus.ATTENDED, write_nothing, by_partner=True)


def miss_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The person did not come on the date fixed; another date may be fixed."""
    return advance(actor, items, ReferralStatus.NO_SHOW, write_nothing, by_partner=True)


def start_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The service begins for these persons."""

    def write(referral: Referral, item: Answer) -> None:
        referral.started_on = item.on or clock.today()

    return advance(actor, items, ReferralStatus.STARTED, write, by_partner=True)


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

    return advance(actor, items, ReferralStatus.COMPLETED, write, by_partner=True)


@action
def stop_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The service stops before its end, for a reason; the needs go back to the agents."""

    def write(referral: Referral, item: Answer) -> None:
        if not item.note.strip():
            raise InvalidInput(_("Dites pourquoi le service s’arrête."), field="note")
        referral.ended_on = item.on or clock.today()
        referral.result_note = item.note.strip()

    referrals = advance(actor, items, ReferralStatus.STOPPED, write, by_partner=True)
    give_back(referrals)
    return referrals


@action
def cancel_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """The agent takes a referral back before the service begins."""

    def write(referral: Referral, item: Answer) -> None:
        if not item.note.strip():
            raise InvalidInput(_("Dites pourquoi l’orientation est annulée."), field="note")
        referral.ended_on = item.on or clock.today()

    referrals = advance(actor, items, ReferralStatus.CANCELLED, write, by_partner=False)
    give_back(referrals)
    return referrals


@action
def expire_referrals(actor: Actor, items: Sequence[Answer]) -> list[Referral]:
    """Nobody answered in time; the needs go back to the agents."""

    def write(referral: Referral, item: Answer) -> None:
        day = item.on or clock.today()
        if referral.answer_due is None or referral.answer_due >= day:
            raise InvalidInput(_("Le délai de réponse n’est pas écoulé."))
        referral.ended_on = day

    referrals = advance(actor, items, ReferralStatus.EXPIRED, write, by_partner=False)
    give_back(referrals)
    return referrals
