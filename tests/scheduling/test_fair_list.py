"""Whatever is done in whatever order: nobody is taken twice, and the list is served by its rule."""

import random
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.errors import DomainError
from arrimage.scheduling.actions import (
    NewAppointment,
    accept_offer,
    book_appointment,
    cancel_appointment,
    move_appointment,
    refuse_offer,
)
from arrimage.scheduling.enums import TAKES_THE_TIME, AppointmentStatus, CancelReason, WaitingStatus
from arrimage.scheduling.models import Appointment, WaitingEntry
from arrimage.scheduling.queries import Slot, free_slots
from arrimage.territory.working_days import add_working_days
from tests import factories as make

pytestmark = pytest.mark.django_db

KINDS = ("book", "move", "cancel", "accept", "refuse")
OPERATIONS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 7), st.integers(0, 5)), max_size=20)
MANY = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


class World:
    """An agent's day: six times at which eight persons want to be received, some of whom wait."""

    def __init__(self) -> None:
        self.office = make.ServicePointFactory()
        self.agent = make.actor(Role.INTEGRATION_AGENT, service_point=self.office)
        day = add_working_days(clock.today(), 5)
        self.slots = list(free_slots(self.office, day, day))
        self.persons = make.PersonFactory.create_batch(8)
        for place, person in enumerate(self.persons[4:]):
            make.WaitingEntryFactory(
                region=self.office.region, person=person, points=[self.office],
                due_on=day + timedelta(days=place) if place % 2 else None,
                waits_since=clock.now() - timedelta(days=place),
            )  # fmt: skip

    def do(self, kind: str, who: int, when: int) -> None:
        slot, person = self.slots[when], self.persons[who]
        theirs = Appointment.objects.filter(persons=person, status__in=TAKES_THE_TIME).first()
        if kind == "book":
            book_appointment(self.agent, at(slot, person))
        elif theirs is None:
            return
        elif kind == "move":
            move_appointment(self.agent, theirs, slot)
        elif kind == "cancel":
            cancel_appointment(self.agent, theirs, CancelReason.PERSON)
        elif kind == "accept":
            accept_offer(self.agent, theirs)
        else:
            refuse_offer(self.agent, theirs)


def at(slot: Slot, *persons) -> NewAppointment:
    return NewAppointment(slot.service_point, slot.agent, slot.starts_at, slot.ends_at, persons)


@MANY
@given(operations=OPERATIONS)
def test_nobody_is_ever_taken_twice(operations) -> None:
    world = World()
    for operation in operations:
        try:
            world.do(*operation)
        except DomainError:
            continue
    live = Appointment.objects.filter(service_point=world.office, status__in=TAKES_THE_TIME)
    taken = [(each, set(each.persons.all())) for each in live.prefetch_related("persons")]
    for (one, ones), (other, others) in combinations(taken, 2):
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            assert one.agent_id != other.agent_id
            assert not ones & others
    kept = Appointment.objects.filter(service_point=world.office, status=AppointmentStatus.OFFERED)
    entries = WaitingEntry.objects.filter(region=world.office.region, status=WaitingStatus.OFFERED)
    assert {each.offer_id for each in entries if each.offer} >= {each.pk for each in kept}


@MANY
@given(
    waits=st.lists(st.tuples(st.none() | st.integers(-3, 9), st.integers(0, 40)), min_size=2, max_size=6),
    seed=st.integers(0, 999),
)
def test_nobody_is_served_before_somebody_whose_place_is_before_theirs(waits, seed) -> None:
    world = World()
    WaitingEntry.objects.filter(person__in=world.persons).delete()
    now, today = clock.now(), clock.today()
    given_order = list(waits)
    random.Random(seed).shuffle(given_order)
    entries = [
        make.WaitingEntryFactory(
            region=world.office.region, points=[world.office], waits_since=now - timedelta(days=days),
            due_on=None if due is None else today + timedelta(days=due),
        )
        for due, days in given_order
    ]  # fmt: skip
    booked = make.AppointmentFactory(
        service_point=world.office,
        agent=User.objects.get(pk=world.agent.user_id),
        starts_at=world.slots[0].starts_at,
    )
    cancel_appointment(world.agent, booked, CancelReason.PERSON)
    served = []
    offers = Appointment.objects.filter(service_point=world.office, status=AppointmentStatus.OFFERED)
    while (offer := offers.first()) is not None:
        served.append(offer.persons.get().pk)
        refuse_offer(world.agent, offer)
    with_limit = sorted((e for e in entries if e.due_on), key=lambda e: (e.due_on, e.waits_since, e.pk))
    without = sorted((e for e in entries if not e.due_on), key=lambda e: (e.waits_since, e.pk))
    assert served == [entry.person_id for entry in with_limit + without]
