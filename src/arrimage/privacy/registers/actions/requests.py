"""The life of a request, from its receipt to the time of its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.people.queries import persons_visible_to
from arrimage.privacy.registers.actions.checks import not_later, require_persons, require_privacy, said
from arrimage.privacy.registers.actions.numbering import number
from arrimage.privacy.registers.enums import (
    LIVE_REQUESTS,
    REQUEST_TRANSITIONS,
    IdentityProof,
    ReceivedBy,
    Register,
    RequestKind,
    RequestStatus,
)
from arrimage.privacy.registers.models import PersonRequest, RequestEvent
from arrimage.privacy.registers.rules import answer_due, may_extend


@dataclass(frozen=True)
class Proof:
    """How the identity of whoever asks was established."""

    request: PersonRequest
    proof: IdentityProof
    on: date | None = None


@dataclass(frozen=True)
class Extension:
    """The notice by which ten days are added, and its reason."""

    request: PersonRequest
    reason: str
    on: date | None = None


@action
def record_requests(actor: Actor, requests: Sequence[PersonRequest]) -> list[PersonRequest]:
    """Enter requests received otherwise than by the portal (not saved)."""
    for request in requests:
        if request.person is not None:
            request.region_id = request.person.region_id
            request.requester = request.requester or request.person.full_name
        if request.received_by == ReceivedBy.PORTAL:
            raise InvalidInput(_("La personne présente elle-même cette demande dans son espace."), field="received_by")
    require_privacy(actor, [request.region_id for request in requests])
    require_persons(actor, [request.person for request in requests if request.person is not None])
    _open(actor, requests)
    return list(requests)


@action
def ask(
    actor: Actor, kind: RequestKind, *, details: str = "", field: str = "", current: str = "", wanted: str = ""
) -> PersonRequest:
    """Let a person ask about their own information, in their space: received and acknowledged at once.

    Raises `Conflict` while an earlier request for the same copy has no answer.
    """
    require(actor, Right.SEE_OWN_FILE)
    person = persons_visible_to(actor).filter(pk=actor.scope_id or 0).first()
    if actor.role != Role.NEWCOMER or person is None:
        raise NotAllowed(_("Chaque personne demande pour elle-même."))
    if kind != RequestKind.RECTIFICATION and (
        PersonRequest.objects.filter(
            person=person, kind=kind, status__in=sorted(status.value for status in LIVE_REQUESTS)
        ).exists()
    ):
        raise Conflict(_("Vous avez déjà fait cette demande ; la réponse n’est pas encore donnée."))
    request = PersonRequest(
        kind=kind,
        person=person,
        region_id=person.region_id,
        requester=person.full_name,
        contact=person.email,
        received_by=ReceivedBy.PORTAL,
        received_on=clock.today(),
        acknowledged_on=clock.today(),
        details=details,
        field=field,
        current_value=current,
        wanted_value=wanted,
    )
    with elevated():  # numbers and events are the register's, not the person's
        _open(actor, [request])
    return request


def _open(actor: Actor, requests: Sequence[PersonRequest]) -> None:
    for request in requests:
        request.requester = said(request.requester, "requester", _("Donnez le nom de la personne."))
        not_later(request.received_on, "received_on")
        if request.kind == RequestKind.RECTIFICATION:
            request.field = said(request.field, "field", _("Dites quel renseignement corriger."))
            request.wanted_value = said(request.wanted_value, "wanted_value", _("Dites ce qui devrait être écrit."))
        request.due_on = answer_due(request.received_on)
        request.status = RequestStatus.RECEIVED
    number(Register.REQUEST, requests, [request.received_on for request in requests])
    PersonRequest.objects.bulk_create(requests)
    record_events(actor, [(request, "", "", request.received_on) for request in requests])


@action
def acknowledge_requests(actor: Actor, requests: Sequence[PersonRequest], *, on: date | None = None) -> None:
    """Note that the letter of s. 97 left: the day of receipt, the deadline, what follows from silence."""
    not_later(on, "on")
    for request in _locked(actor, requests).values():
        if request.acknowledged_on is None:
            request.acknowledged_on = on or clock.today()
            request.save(update_fields=["acknowledged_on"])


@action
def verify_identities(actor: Actor, items: Sequence[Proof]) -> list[PersonRequest]:
    """Note how the identity of whoever asks was established, and by whom."""
    locked = _locked(actor, [item.request for item in items])

    for item in items:
        request = locked[item.request.pk]
        if item.proof == IdentityProof.ACCOUNT and request.received_by != ReceivedBy.PORTAL:
            raise InvalidInput(_("Cette demande n’est pas venue de l’espace de la personne."), field="proof")
        request.identity_proof = item.proof
        request.identity_verified_on = item.on or clock.today()
        request.identity_verified_by_id = actor.user_id
        _move(actor, request, RequestStatus.VERIFIED, on=item.on)
    return list(locked.values())


@action
def take_up_requests(actor: Actor, requests: Sequence[PersonRequest], *, on: date | None = None) -> list[PersonRequest]:
    """Begin the work."""
    locked = _locked(actor, requests)
    for request in locked.values():
        _move(actor, request, RequestStatus.IN_PROGRESS, on=on)
    return list(locked.values())


@action
def extend_requests(actor: Actor, items: Sequence[Extension]) -> list[PersonRequest]:
    """Add ten days, once, by a notice given within the first twenty, with its reason (s. 98)."""
    locked = _locked(actor, [item.request for item in items])
    for item in items:
        request = locked[item.request.pk]
        if request.status not in LIVE_REQUESTS:
            raise TransitionNotAllowed(_("Cette demande a déjà sa réponse."))
        on = item.on or clock.today()
        not_later(on, "on")
        if request.extended_on is not None:
            raise Conflict(_("Le délai a déjà été prolongé : la loi ne le permet qu’une fois."))
        if not may_extend(request.received_on, on, extended=False):
            raise InvalidInput(_("L’avis devait être donné dans les vingt jours de la réception."), field="on")
        request.extension_reason = said(item.reason, "reason", _("Dites pourquoi il faut plus de temps."))
        request.extended_on = on
        request.due_on = answer_due(request.received_on, extended=True)
        request.save()
    return list(locked.values())


@action
def withdraw_requests(actor: Actor, requests: Sequence[PersonRequest], *, note: str = "") -> list[PersonRequest]:
    """End requests that whoever made them takes back; a person takes back their own."""
    if actor.role == Role.NEWCOMER:
        require(actor, Right.SEE_OWN_FILE)
        if any(request.person_id is None or request.person_id != actor.scope_id for request in requests):
            raise NotAllowed(_("Chaque personne retire ses propres demandes."))
        with elevated():
            locked = lock(PersonRequest, [request.pk for request in requests])
            for request in locked.values():
                _move(actor, request, RequestStatus.WITHDRAWN, note=note)
        return list(locked.values())
    note = said(note, "note", _("Dites comment la demande est retirée."))
    locked = _locked(actor, requests)
    for request in locked.values():
        _move(actor, request, RequestStatus.WITHDRAWN, note=note)
    return list(locked.values())


def _locked(actor: Actor, requests: Sequence[PersonRequest]) -> dict[int, PersonRequest]:
    require_privacy(actor, [request.region_id for request in requests])
    return lock(PersonRequest, [request.pk for request in requests])


def _move(
    actor: Actor,
    request: PersonRequest,
    to: RequestStatus,
    *,
    note: str = "",
    on: date | None = None,
) -> None:
    before = request.status
    REQUEST_TRANSITIONS.check(before, to)
    not_later(on, "on")
    if on is not None and on < request.received_on:
        raise InvalidInput(_("Cette date précède la réception de la demande."), field="on")
    request.status = to
    request.save()
    record_events(actor, [(request, before, note, on)])


def record_events(actor: Actor, changes: Sequence[tuple[PersonRequest, str, str, date | None]]) -> None:
    """Leave the event of each change, on its day when it is written down later."""
    RequestEvent.objects.bulk_create(
        [
            RequestEvent.of(
                actor,
                before,
                request.status,
                request=request,
                note=note,
                happened_at=clock.at(on, 12) if on and on < clock.today() else clock.now(),
            )
            for request, before, note, on in changes
        ]
    )
