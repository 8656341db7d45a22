"""The waiting list: who enters, who a freed time is offered to, and what they answer (decision 0033)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.people.models import Person
from arrimage.scheduling.actions.rights import (
    is_newcomer,
    one_at_a_time,
    read_again,
    require_on,
    require_staff,
)
from arrimage.scheduling.busy import clashes_said
from arrimage.scheduling.enums import STILL_WAITING, AppointmentStatus, CancelReason, WaitingStatus
from arrimage.scheduling.models import Appointment, Attendance, Room, WaitingEntry
from arrimage.scheduling.queries import free_slots
from arrimage.scheduling.tries import tried_again
from arrimage.scheduling.waiting_rules import LEFT_UNANSWERED, held_until, in_order
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class NewWaiting:
    """Who waits, for what, where and when; `due_on` is the last day of a first appointment."""

    person: Person
    service_points: Sequence[ServicePoint]
    kind: str
    language: str = ""
    needs_step_free: bool = False
    earliest: date | None = None
    latest: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Freed:
    """A time that was given back."""

    service_point: ServicePoint
    agent: User
    kind: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    room: Room | None

    @classmethod
    def of(cls, appointment: Appointment) -> Self:
        return cls(
            appointment.service_point,
            appointment.agent,
            appointment.kind,
            appointment.starts_at,
            appointment.ends_at,
            appointment.mode,
            appointment.room,
        )

    @property
    def day(self) -> date:
        return timezone.localtime(self.starts_at).date()


@action
def wait_for_a_time(actor: Actor, new: NewWaiting) -> WaitingEntry:
    """Put somebody on the list of their region; who is there already keeps their place, with what they accept now."""
    points = list(new.service_points)
    if not points:
        raise InvalidInput(_("Choisissez au moins un point de services."), field="service_points")
    if new.earliest and new.latest and new.latest < new.earliest:
        raise InvalidInput(_("Le dernier jour vient avant le premier."), field="latest")
    regions = {point.region_id for point in points}
    if is_newcomer(actor):
        if new.person.pk != actor.scope_id:
            raise InvalidInput(_("Vous ne pouvez attendre que pour vous."))
    else:
        require_staff(actor, regions)
    with elevated():
        entry = WaitingEntry.objects.select_for_update().filter(
            person=new.person, kind=new.kind, status__in=STILL_WAITING
        ).first() or WaitingEntry(person=new.person, kind=new.kind, waits_since=clock.now())
        entry.region_id = points[0].region_id
        entry.language, entry.needs_step_free = new.language, new.needs_step_free
        entry.earliest, entry.latest, entry.due_on = new.earliest, new.latest, new.due_on
        entry.save()
        entry.service_points.set(points)
    return entry


@action
@tried_again
def take_off_the_list(actor: Actor, entry: WaitingEntry) -> None:
    """Take somebody off the list; a time kept for them goes to the next."""
    if not is_newcomer(actor) or entry.person_id != actor.scope_id:
        require_staff(actor, [entry.region_id])
    with elevated():
        found = WaitingEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if found.status not in STILL_WAITING:
            return
        offer = found.offer
        found.status, found.offer = WaitingStatus.LEFT, None
        found.save(update_fields=["status", "offer"])
        if offer is not None:
            _give_back(offer, CancelReason.NO_LONGER_NEEDED)


@action
@tried_again
def accept_offer(actor: Actor, offer: Appointment) -> Appointment:
    """Take the time that was kept for one; asked twice, it is taken once. Raises `Conflict` when it is kept no more."""
    with elevated():
        require_on(actor, offer)
        one_at_a_time([offer.service_point_id])
        found = read_again(offer, None)
        if found.status == AppointmentStatus.BOOKED:
            return found
        if found.status != AppointmentStatus.OFFERED or _ended(found):
            raise Conflict(_("Cette heure n’est plus gardée pour vous. Vous restez sur la liste d’attente."))
        found.status, found.confirmed_at, found.booked_by_id = AppointmentStatus.BOOKED, clock.now(), actor.user_id
        found.save(update_fields=["status", "confirmed_at", "booked_by"])
        for entry in WaitingEntry.objects.filter(offer=found):
            entry.status, entry.offer = WaitingStatus.PLACED, None
            entry.save(update_fields=["status", "offer"])
    return found


@action
@tried_again
def refuse_offer(actor: Actor, offer: Appointment) -> None:
    """Say no to the time kept for one: the place in the list is kept, the time goes to the next."""
    with elevated():
        require_on(actor, offer)
        one_at_a_time([offer.service_point_id])
        found = read_again(offer, None)
        if found.status == AppointmentStatus.CANCELLED:
            return
        if found.status != AppointmentStatus.OFFERED:
            raise Conflict(_("Ce rendez-vous est déjà fixé : annulez-le s’il ne convient pas."))
        WaitingEntry.objects.filter(offer=found).update(status=WaitingStatus.WAITING, offer=None)
        _give_back(found, CancelReason.REFUSED)


@action
def end_unanswered_offers(actor: Actor) -> int:
    """Take back the times nobody answered for, and offer each to the next; return how many. For the clock."""
    ended = 0
    due = Appointment.objects.filter(status=AppointmentStatus.OFFERED, held_until__lte=clock.now())
    for offer in due.order_by("held_until", "pk"):
        one_at_a_time([offer.service_point_id])
        found = read_again(offer, None)
        if found.status != AppointmentStatus.OFFERED or not _ended(found):
            continue
        for entry in WaitingEntry.objects.select_for_update(of=("self",)).filter(offer=found):
            entry.unanswered += 1
            entry.waits_since, entry.offer = clock.now(), None
            gone = entry.unanswered >= LEFT_UNANSWERED
            entry.status = WaitingStatus.LEFT if gone else WaitingStatus.WAITING
            entry.save(update_fields=["unanswered", "waits_since", "offer", "status"])
        _give_back(found, CancelReason.LAPSED)
        ended += 1
    return ended


def offer_to_the_next(freed: Freed) -> Appointment | None:
    """Keep a freed time for the first of the list it fits; None when it fits nobody, or nobody receives then any more.

    Inside `elevated`: it follows from giving a time back.
    """
    until = held_until(freed.starts_at, clock.now())
    candidates = list(_who_could_take(freed)) if until else []
    if until is None or not candidates or not _still_free(freed):
        return None
    for entry in in_order(candidates):
        with suppress(Conflict), clashes_said():  # the person is taken at that hour: it goes to the next
            offer = Appointment.objects.create(
                region_id=freed.service_point.region_id,
                service_point=freed.service_point,
                agent=freed.agent,
                kind=freed.kind,
                starts_at=freed.starts_at,
                ends_at=freed.ends_at,
                mode=freed.mode,
                room=freed.room if freed.room and (freed.room.is_step_free or not entry.needs_step_free) else None,
                needs_step_free=entry.needs_step_free,
                interpreter_language=entry.language,
                status=AppointmentStatus.OFFERED,
                held_until=until,
            )
            Attendance.objects.create(appointment=offer, person_id=entry.person_id)
            entry.status, entry.offer = WaitingStatus.OFFERED, offer
            entry.save(update_fields=["status", "offer"])
            return offer
    return None


def leave_the_list(persons: Sequence[int], kind: str) -> None:
    """Let persons who now have a time wait no more; what was kept for them goes to the next. Inside `elevated`."""
    waiting = WaitingEntry.objects.select_for_update(of=("self",)).filter(
        person__in=persons, kind=kind, status__in=STILL_WAITING
    )
    for entry in waiting:
        offer = entry.offer
        entry.status, entry.offer = WaitingStatus.PLACED, None
        entry.save(update_fields=["status", "offer"])
        if offer is not None:
            _give_back(offer, CancelReason.NO_LONGER_NEEDED)


def _who_could_take(freed: Freed) -> "QuerySet[WaitingEntry]":
    """Return who waits for such a time there and then, and has not left this very one already."""
    left = Appointment.objects.filter(
        agent=freed.agent,
        starts_at=freed.starts_at,
        status=AppointmentStatus.CANCELLED,
        cancel_reason__in=[CancelReason.REFUSED, CancelReason.LAPSED, CancelReason.PERSON],
    )
    return WaitingEntry.objects.filter(
        Q(earliest__isnull=True) | Q(earliest__lte=freed.day),
        Q(latest__isnull=True) | Q(latest__gte=freed.day),
        region_id=freed.service_point.region_id,
        service_points=freed.service_point,
        kind=freed.kind,
        status=WaitingStatus.WAITING,
    ).exclude(person__in=Attendance.objects.filter(appointment__in=left).values("person"))


def _still_free(freed: Freed) -> bool:
    minutes = int((freed.ends_at - freed.starts_at).total_seconds() // 60)
    free = free_slots(freed.service_point, freed.day, freed.day, minutes=minutes)
    return any((slot.agent.pk, slot.starts_at) == (freed.agent.pk, freed.starts_at) for slot in free)


def _ended(offer: Appointment) -> bool:
    return offer.held_until is not None and offer.held_until <= clock.now()


def _give_back(offer: Appointment, reason: CancelReason) -> None:
    offer.status, offer.cancel_reason = AppointmentStatus.CANCELLED, reason
    offer.save(update_fields=["status", "cancel_reason"])
    offer_to_the_next(Freed.of(offer))
