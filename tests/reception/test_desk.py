"""What the airport does: outcomes, files, first appointments, people nobody announced. A repeat changes nothing."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.foundation.models import new_uid
from arrimage.people.models import Household, Person
from arrimage.reception.actions import (
    Unannounced,
    Welcome,
    add_unannounced,
    give_first_appointment,
    join_first_appointment,
    open_party_files,
    record_outcomes,
)
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight
from arrimage.reception.queries import (
    files_to_book,
    flights_of_day,
    parties_waiting_for_appointment,
    parties_waiting_for_files,
    search_arrivals,
    without_first_appointment,
)
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import earliest_slots, free_slots
from tests.factories import (
    ArrivalFactory,
    FlightFactory,
    PartyFactory,
    RoleGrantFactory,
    ServicePointFactory,
    actor,
    region,
)

pytestmark = pytest.mark.django_db
MET, EXPECTED, NO_SHOW = ArrivalOutcome.MET, ArrivalOutcome.EXPECTED, ArrivalOutcome.NO_SHOW


@pytest.fixture
def agent(db):
    return actor(Role.RECEPTION_AGENT)


@pytest.fixture
def office(db):
    point = ServicePointFactory()
    for _ in range(2):
        RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=point)
    return point


@pytest.fixture
def party(db):
    flight, party = FlightFactory(), PartyFactory()
    for relation in ("principal", "spouse", "child"):
        ArrivalFactory(flight=flight, party=party, relation=relation)
    return party


def people(party) -> list[Arrival]:
    return list(party.arrivals.order_by("pk"))


def first_slot(office):
    return next(free_slots(office, clock.today(), clock.today() + timedelta(days=10)))


def welcome(agent, party, office) -> list[File]:
    record_outcomes(agent, people(party), MET)
    return open_party_files(agent, [Welcome(party, office)])


# --- Outcomes -------------------------------------------------------------------------------------------------------
def test_met_again_changes_nothing(agent, party):
    record_outcomes(agent, people(party), MET)
    before = list(Arrival.objects.order_by("pk").values())
    record_outcomes(agent, people(party), MET)
    assert list(Arrival.objects.order_by("pk").values()) == before


def test_a_wrong_tap_is_undone_until_the_file_is_open(agent, party, office):
    record_outcomes(agent, people(party), MET)
    record_outcomes(agent, people(party), EXPECTED)
    assert set(party.arrivals.values_list("outcome", "met_at", "met_by")) == {("expected", None, None)}
    welcome(agent, party, office)
    with pytest.raises(Conflict):
        record_outcomes(agent, people(party), EXPECTED)


def test_an_absent_person_may_still_come_but_not_somebody_refused_boarding(agent, party):
    first, second, _third = people(party)
    record_outcomes(agent, [first], NO_SHOW)
    record_outcomes(agent, [first], MET)
    record_outcomes(agent, [second], ArrivalOutcome.DENIED_BOARDING)
    with pytest.raises(TransitionNotAllowed):
        record_outcomes(agent, [second], MET)


@pytest.mark.parametrize(("role", "code"), [(Role.INTEGRATION_AGENT, "06"), (Role.RECEPTION_AGENT, "13")])
def test_only_the_airport_of_the_region_receives(party, role, code):
    with pytest.raises(NotAllowed):
        record_outcomes(actor(role, code), people(party), MET)


# --- Files ----------------------------------------------------------------------------------------------------------
def test_files_open_for_those_who_are_there_in_one_household(agent, party, office):
    record_outcomes(agent, people(party)[:2], MET)
    files = open_party_files(agent, [Welcome(party, office)])
    assert len(files) == 2
    assert {file.person.uid for file in files} == {arrival.uid for arrival in people(party)[:2]}
    assert open_party_files(agent, [Welcome(party, office)]) == []
    assert (File.objects.count(), Person.objects.count(), Household.objects.count()) == (2, 2, 1)


def test_a_family_on_two_flights_becomes_one_household(agent, party, office):
    late = people(party)[2]
    late.flight = FlightFactory(lands_on=clock.today())
    late.save()
    stale = type(party).objects.get(pk=party.pk)  # another tablet's, read before the first files open
    record_outcomes(agent, people(party)[:2], MET)
    open_party_files(agent, [Welcome(party, office)])
    record_outcomes(agent, [late], MET)
    open_party_files(agent, [Welcome(stale, office)])
    assert (File.objects.count(), Household.objects.count()) == (3, 1)
    assert Household.objects.get().memberships.count() == 3


def test_a_point_of_another_region_is_refused(agent, party):
    record_outcomes(agent, people(party), MET)
    with pytest.raises(InvalidInput):
        open_party_files(agent, [Welcome(party, ServicePointFactory(region=region("13")))])


# --- First appointment ----------------------------------------------------------------------------------------------
def test_a_first_appointment_is_for_all_and_its_agent_answers_for_the_files(agent, party, office):
    files = welcome(agent, party, office)
    slot = first_slot(office)
    appointment = give_first_appointment(agent, party, office, slot.starts_at, interpreter_language="ar")
    assert appointment.starts_at <= clock.at(files[0].first_appointment_due, 23)
    assert (appointment.persons.count(), appointment.interpreter_language) == (3, "ar")
    assert set(File.objects.values_list("agent", flat=True)) == {appointment.agent_id}


def test_given_twice_it_is_one_appointment(agent, party, office):
    welcome(agent, party, office)
    slots = list(free_slots(office, clock.today(), clock.today() + timedelta(days=10)))
    first = give_first_appointment(agent, party, office, slots[0].starts_at)
    assert give_first_appointment(agent, party, office, slots[-1].starts_at) == first
    assert Appointment.objects.count() == 1


def test_agents_are_given_parties_in_turn_then_nobody_is_free(agent, office):
    slot = first_slot(office)
    agents = set()
    for _ in range(2):
        party = PartyFactory()
        ArrivalFactory(party=party, flight=FlightFactory())
        welcome(agent, party, office)
        agents.add(give_first_appointment(agent, party, office, slot.starts_at).agent_id)
    assert len(agents) == 2
    last = PartyFactory()
    ArrivalFactory(party=last, flight=FlightFactory())
    welcome(agent, last, office)
    with pytest.raises(Conflict):
        give_first_appointment(agent, last, office, slot.starts_at)
    assert len(files_to_book(last)) == 1


def test_a_time_that_no_agent_keeps_is_refused(agent, party, office):
    welcome(agent, party, office)
    for starts_at in (first_slot(office).starts_at + timedelta(minutes=7), clock.now() - timedelta(days=1)):
        with pytest.raises(Conflict):
            give_first_appointment(agent, party, office, starts_at)


def test_a_point_chosen_later_becomes_the_files_own(agent, party, office):
    welcome(agent, party, office)
    other = ServicePointFactory()
    RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=other)
    give_first_appointment(agent, party, other, first_slot(other).starts_at)
    assert set(File.objects.values_list("service_point", flat=True)) == {other.pk}


def test_without_a_file_there_is_no_appointment(agent, party, office):
    with pytest.raises(InvalidInput):
        give_first_appointment(agent, party, office, first_slot(office).starts_at)


def test_who_came_later_joins_the_appointment_of_the_family(agent, party, office):
    record_outcomes(agent, people(party)[:2], MET)
    open_party_files(agent, [Welcome(party, office)])
    appointment = give_first_appointment(agent, party, office, first_slot(office).starts_at)
    record_outcomes(agent, people(party)[2:], MET)
    open_party_files(agent, [Welcome(party, office)])
    for _ in range(2):
        assert join_first_appointment(agent, party) == appointment
    assert appointment.persons.count() == 3
    assert not File.objects.filter(agent=None).exists()


def test_after_a_cancelled_appointment_the_party_waits_again(agent, party, office):
    welcome(agent, party, office)
    appointment = give_first_appointment(agent, party, office, first_slot(office).starts_at)
    assert not parties_waiting_for_appointment(agent)
    appointment.status = AppointmentStatus.CANCELLED
    appointment.save()
    waiting = parties_waiting_for_appointment(agent)
    assert [(line.party, line.count) for line in waiting] == [(party, 3)]
    with pytest.raises(Conflict):
        join_first_appointment(agent, party)


# --- Nobody announced them ------------------------------------------------------------------------------------------
def stranger(**fields) -> Arrival:
    return Arrival(**{"uid": new_uid(), "family_name": "Diallo", "given_name": "Awa", "category": "family", **fields})


def test_somebody_unannounced_is_met_and_counted_once(agent, party):
    flight = people(party)[0].flight
    for _ in range(2):
        one = stranger(uid="01990000-0000-7000-8000-00000000000a")
        item = Unannounced(one, flight.number.lower(), flight.lands_on, party)
        arrival = add_unannounced(agent, item, region_id=agent.region_id)
    assert (arrival.outcome, arrival.is_announced, arrival.flight, arrival.party) == ("met", False, flight, party)
    assert party.arrivals.count() == 4


def test_a_stranger_on_an_unknown_flight_is_a_party_of_their_own(agent):
    airport = ServicePointFactory(airport=True)
    arrival = add_unannounced(agent, Unannounced(stranger(), "AF 349", clock.today()), region_id=agent.region_id)
    assert (arrival.flight.number, arrival.flight.service_point) == ("AF349", airport)
    assert arrival.party.reference.startswith("Sans annonce")


@pytest.mark.parametrize(
    ("fields", "flight", "days", "field"),
    [
        ({"family_name": " "}, "AC1", 0, "family_name"),
        ({}, "  ", 0, "flight_number"),
        ({}, "AC1", 1, "lands_on"),
        ({"birth_date": clock.today() + timedelta(days=1)}, "AC1", 0, "birth"),
    ],
)
def test_what_is_missing_or_impossible_is_named(agent, fields, flight, days, field):
    ServicePointFactory(airport=True)
    item = Unannounced(stranger(**fields), flight, clock.today() + timedelta(days=days))
    with pytest.raises(InvalidInput) as refusal:
        add_unannounced(agent, item, region_id=agent.region_id)
    assert refusal.value.field == field
    assert not Arrival.objects.exists()


def test_the_identifier_of_another_region_is_not_taken_over(agent):
    elsewhere = ArrivalFactory(region=region("03"))
    ServicePointFactory(airport=True)
    with pytest.raises(Conflict):
        add_unannounced(
            agent, Unannounced(stranger(uid=elsewhere.uid), "AC1", clock.today()), region_id=agent.region_id
        )


# --- What is seen ---------------------------------------------------------------------------------------------------
def test_the_day_counts_by_flight_and_region(agent, party):
    ArrivalFactory(region=region("13"))
    record_outcomes(agent, people(party)[:1], MET)
    record_outcomes(agent, people(party)[1:2], NO_SHOW)
    lines = flights_of_day(agent, clock.today())
    assert [(line.announced, line.met, line.expected) for line in lines] == [(3, 1, 1)]


def test_who_waits_for_a_file_then_for_an_appointment(agent, party, office):
    record_outcomes(agent, people(party), MET)
    assert [line.party for line in parties_waiting_for_files(agent)] == [party]
    open_party_files(agent, [Welcome(party, office)])
    assert not parties_waiting_for_files(agent)
    line = parties_waiting_for_appointment(agent)[0]
    assert (line.name, line.count, line.due) == (
        str(people(party)[0]),
        3,
        File.objects.all()[0].first_appointment_due,
    )
    assert without_first_appointment(agent).count() == 3
    assert not without_first_appointment(actor(Role.RECEPTION_AGENT, "13")).exists()


def test_a_search_forgives_accents_and_finds_by_file_number(agent, party, office):
    person = people(party)[0]
    Arrival.objects.filter(pk=person.pk).update(family_name="Bélanger", given_name="Zoé", original_name="نادية")
    for words in ("belanger", "ZOE bel", "نادية", party.reference):
        assert person in search_arrivals(agent, words), words
    number = welcome(agent, party, office)[0].number
    assert person in search_arrivals(agent, number.lower())
    assert search_arrivals(agent, "zzz") == search_arrivals(agent, " ") == []
    assert search_arrivals(actor(Role.RECEPTION_AGENT, "13"), "belanger") == []


def test_the_earliest_time_of_each_point_is_its_first_free_one(agent, office):
    empty = ServicePointFactory()
    last = clock.today() + timedelta(days=10)
    assert earliest_slots([office, empty], clock.today(), last) == {office.pk: first_slot(office)}


def test_who_left_a_point_is_not_proposed(office):
    RoleGrant.objects.update(ends_on=clock.today() - timedelta(days=1))
    assert earliest_slots([office], clock.today(), clock.today() + timedelta(days=10)) == {}


def test_a_flight_is_written_once_however_many_say_it(agent):
    ServicePointFactory(airport=True)
    for _ in range(3):
        add_unannounced(agent, Unannounced(stranger(), "AC 873", clock.today()), region_id=agent.region_id)
    assert Flight.objects.count() == 1
