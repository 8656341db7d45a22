"""Who sees what of the registers, in one place a model."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.privacy.registers.enums import RequestStatus
from arrimage.privacy.registers.models import Communication, Copy, CopyContent, Incident, PersonRequest, Statement

Row = TypeVar("Row", bound=Model)
HANDED_OVER = (RequestStatus.GRANTED.value, RequestStatus.PARTLY_GRANTED.value)


def incidents_visible_to(actor: Actor) -> QuerySet[Incident]:
    """Return the register of incidents, for who protects information; whoever reported one does not read it."""
    return _protected(actor, Incident.objects.all())


def communications_visible_to(actor: Actor) -> QuerySet[Communication]:
    return _protected(actor, Communication.objects.all())


def requests_visible_to(actor: Actor) -> QuerySet[PersonRequest]:
    """Return every request for who protects information, their own for a person."""
    if _is_person(actor):
        return PersonRequest.objects.filter(person_id=actor.scope_id or 0)
    return _protected(actor, PersonRequest.objects.all())


def statements_visible_to(actor: Actor) -> QuerySet[Statement]:
    """Return the statements on file: a person's own; those of their region for who accompanies."""
    if _is_person(actor):
        return Statement.objects.filter(person_id=actor.scope_id or 0)
    if actor.may(Right.ACCOMPANY):
        statements = Statement.objects.all()
        return statements if actor.region_id is None else statements.filter(region_id=actor.region_id)
    return _protected(actor, Statement.objects.all())


def statements_on_file(actor: Actor, person: Person) -> QuerySet[Statement]:
    """Return what this person wants said in their file."""
    return statements_visible_to(actor).filter(person=person).select_related("request")


def copy_of(actor: Actor, request: PersonRequest) -> Copy | None:
    """Return the copy of a request `actor` sees: as soon as made for the officer, once handed over for the person."""
    copies = Copy.objects.filter(request=request, request__in=requests_visible_to(actor))
    if _is_person(actor):
        copies = copies.filter(request__status__in=HANDED_OVER)
    return copies.first()


def copy_content(actor: Actor, request: PersonRequest) -> bytes | None:
    """Return the copy itself while it may be downloaded, else None."""
    copy = copy_of(actor, request)
    if copy is None or copy.available_until < clock.today():
        return None
    content = CopyContent.objects.filter(copy=copy).first()
    return None if content is None else bytes(content.data)


def _is_person(actor: Actor) -> bool:
    return actor.role == Role.NEWCOMER


def _protected(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    if not actor.may(Right.MANAGE_PRIVACY):
        return rows.none()
    return rows if actor.region_id is None else rows.filter(Q(region_id=actor.region_id) | Q(region__isnull=True))
