"""The answer to a request, and the statement of a person whose rectification was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import Conflict, InvalidInput, TransitionNotAllowed
from arrimage.privacy.registers.actions.checks import not_later, require_privacy, said
from arrimage.privacy.registers.actions.requests import record_events
from arrimage.privacy.registers.enums import (
    ANSWERS,
    REQUEST_TRANSITIONS,
    RecordKind,
    RefusalGround,
    RequestKind,
    RequestStatus,
)
from arrimage.privacy.registers.models import Copy, PersonRequest, Statement
from arrimage.privacy.registers.rules import copy_until


@dataclass(frozen=True)
class Answer:
    """What is answered: a decision, what is said, why not all of it, and what was corrected."""

    request: PersonRequest
    decision: RequestStatus
    text: str
    ground: str = ""
    explanation: str = ""
    changed_record: str = ""
    change_made: str = ""
    on: date | None = None


@dataclass(frozen=True)
class NewStatement:
    """What a person wants said in their file, in place of the rectification that was refused."""

    request: PersonRequest
    text: str
    on: date | None = None


@action
def answer_requests(actor: Actor, items: Sequence[Answer]) -> list[PersonRequest]:
    """Answer requests: granted, partly, or refused with its ground in law and its explanation (ss. 99 to 101).

    A copy must be ready before it is granted. The copy stays downloadable for thirty days from the answer.
    """
    require_privacy(actor, [item.request.region_id for item in items])
    locked = lock(PersonRequest, [item.request.pk for item in items])
    events = []
    for item in items:
        request = locked[item.request.pk]
        before = request.status
        if item.decision not in ANSWERS:
            raise InvalidInput(_("Choisissez la décision."), field="decision")
        REQUEST_TRANSITIONS.check(before, item.decision)
        on = item.on or clock.today()
        not_later(on, "on")
        if on < request.received_on:
            raise InvalidInput(_("Cette date précède la réception de la demande."), field="on")
        _judge(request, item)
        request.status = item.decision
        request.answered_on, request.answered_by_id = on, actor.user_id
        request.save()
        Copy.objects.filter(request=request).update(available_until=copy_until(on))
        events.append((request, before, "", item.on))
    record_events(actor, events)
    return [locked[item.request.pk] for item in items]


def _judge(request: PersonRequest, item: Answer) -> None:
    request.answer = said(item.text, "text", _("Écrivez la réponse à la personne."))
    if item.decision != RequestStatus.GRANTED:
        if item.ground not in RefusalGround.values:
            raise InvalidInput(_("Choisissez le motif prévu par la loi."), field="ground")
        request.refusal_ground = item.ground
        request.refusal_explanation = said(item.explanation, "explanation", _("Expliquez le refus à la personne."))
    if request.status == RequestStatus.RECEIVED and item.ground != RefusalGround.IDENTITY:
        raise TransitionNotAllowed(_("Vérifiez d’abord l’identité : sans elle, il n’y a que ce motif de refus."))
    if item.decision == RequestStatus.REFUSED:
        return
    if request.kind == RequestKind.RECTIFICATION:
        if item.changed_record not in RecordKind.values:
            raise InvalidInput(_("Dites ce qui a été corrigé."), field="changed_record")
        request.changed_record = item.changed_record
        request.change_made = said(item.change_made, "change_made", _("Décrivez la correction faite."))
    elif not Copy.objects.filter(request=request).exists():
        raise Conflict(_("Produisez d’abord la copie : c’est elle qui est remise."))


@action
def record_statements(actor: Actor, items: Sequence[NewStatement]) -> list[Statement]:
    """Put on file what persons declare after a rectification was refused, wholly or in part (s. 91)."""
    require_privacy(actor, [item.request.region_id for item in items])
    locked = lock(PersonRequest, [item.request.pk for item in items])
    statements = []
    for item in items:
        request = locked[item.request.pk]
        refused = request.status in (RequestStatus.REFUSED, RequestStatus.PARTLY_GRANTED)
        if request.kind != RequestKind.RECTIFICATION or not refused:
            raise TransitionNotAllowed(_("Une déclaration ne suit qu’une rectification refusée."))
        person = request.person
        if person is None:
            raise TransitionNotAllowed(_("Cette personne n’a pas de dossier."))
        if Statement.objects.filter(request=request).exists():
            raise Conflict(_("Une déclaration est déjà versée au dossier."))
        not_later(item.on, "on")
        statements.append(
            Statement(
                request=request,
                person=person,
                region_id=person.region_id,
                text=said(item.text, "text", _("Écrivez ce que la personne déclare.")),
                made_on=item.on or clock.today(),
                recorded_by_id=actor.user_id,
            )
        )
    return Statement.objects.bulk_create(statements)
