"""Calendars by day, week and list: whose, named only to who may read the file, with as many queries for one or many."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.scheduling.models import CalendarFeed
from tests import factories as make
from tests.web.signed import newcomer
from tests.web.visitor import Visitor, words

pytestmark = pytest.mark.django_db
DAY = clock.today() + timedelta(days=7 - clock.today().weekday())  # next Monday
PATTERN = re.compile(r"/calendrier/([\w-]+)\.ics")


@pytest.fixture(autouse=True)
def _back_to_french():
    yield
    translation.deactivate()


@pytest.fixture
def point():
    return make.ServicePointFactory(name="Bureau du Centre")


@pytest.fixture
def agent(point):
    return Visitor(make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=make.region("06"), service_point=point))


def booked(agent, point, name: str = "Haddad", **fields):
    person = make.PersonFactory(family_name=name)
    make.FileFactory(person=person, agent=agent, service_point=point)
    return make.AppointmentFactory(agent=agent, service_point=point, persons=[person], on=DAY, **fields)


@pytest.mark.parametrize("view", ["jour", "semaine", "liste"])
def test_one_s_own_time_is_shown_with_free_hours(agent, point, view) -> None:
    appointment = booked(agent.user, point)
    page = agent.open("staff:calendar", query=f"?vue={view}&jour={DAY.isoformat()}")
    assert "Haddad" in page
    assert reverse("staff:appointment", args=[appointment.uid]) in page
    assert "Libre" in page


def test_another_day_and_nothing_on_it(agent, point) -> None:
    booked(agent.user, point)
    sunday = DAY + timedelta(days=6)
    page = agent.open("staff:calendar", query=f"?vue=jour&jour={sunday.isoformat()}")
    assert "Haddad" not in page
    assert "Rien ce jour-là." in page


def test_a_colleague_of_another_point_is_busy_with_nobody_named(agent) -> None:
    elsewhere = make.ServicePointFactory(name="Bureau du Nord")
    colleague = make.RoleGrantFactory(
        role=Role.INTEGRATION_AGENT, region=make.region("06"), service_point=elsewhere
    ).user
    appointment = booked(colleague, elsewhere)
    page = agent.open("staff:calendar", query=f"?agent={colleague.uid}&jour={DAY.isoformat()}")
    assert "Premier rendez-vous" in page
    assert "Haddad" not in page
    assert reverse("staff:appointment", args=[appointment.uid]) not in page


def test_a_point_a_room_and_an_interpreter_have_theirs(agent, point) -> None:
    room, interpreter = make.RoomFactory(service_point=point), make.InterpreterFactory()
    appointment = booked(agent.user, point, room=room)
    make.InterpretationFactory(appointment=appointment, interpreter=interpreter)
    for query in (f"point={point.uid}", f"salle={room.uid}", f"interprete={interpreter.uid}"):
        assert "Haddad" in agent.open("staff:calendar", query=f"?{query}&jour={DAY.isoformat()}"), query


def test_a_meeting_of_a_session_takes_its_leader_s_time(agent) -> None:
    meeting = make.MeetingFactory(
        agent=agent.user, starts_at=clock.at(DAY, 9), ends_at=clock.at(DAY, 12), session__programme__name="Objectif"
    )
    assert f"Séance : {meeting.session.programme}" in agent.open("staff:calendar", query=f"?jour={DAY.isoformat()}")


def test_hidden_and_absent_calendars_are_the_same(agent) -> None:
    other = make.ServicePointFactory(region=make.region("13"))
    for uid in (other.uid, "inventé"):
        agent.open("staff:calendar", query=f"?point={uid}", status=404)


def test_the_list_of_calendars_leads_to_an_address_one_can_share(agent, point) -> None:
    answer = agent.client.get(reverse("staff:calendar"), {"de": f"point:{point.uid}", "vue": "jour"})
    assert answer["Location"] == f"{reverse('staff:calendar')}?vue=jour&point={point.uid}"


def test_many_times_cost_as_many_queries_as_one(agent, point) -> None:
    query = f"?vue=semaine&point={point.uid}&jour={DAY.isoformat()}"
    booked(agent.user, point)
    make.MeetingFactory(starts_at=clock.at(DAY, 9), ends_at=clock.at(DAY, 10), session__service_point=point)
    one = agent.queries("staff:calendar", query=query)
    for _count in range(4):
        colleague = make.RoleGrantFactory(
            role=Role.INTEGRATION_AGENT, region=make.region("06"), service_point=point
        ).user
        booked(colleague, point)
        make.MeetingFactory(starts_at=clock.at(DAY, 9), ends_at=clock.at(DAY, 10), session__service_point=point)
    assert agent.queries("staff:calendar", query=query) == one


def test_an_address_is_made_shown_once_read_and_taken_back(agent, point) -> None:
    query = f"?point={point.uid}"
    address = reverse("staff:calendar_feed") + query
    page = words(agent.client.post(address, {"do": "make"}))
    token = PATTERN.search(page)[1]
    assert Client().get(reverse("calendar_feed", args=[token])).status_code == 200
    again = agent.open("staff:calendar_feed", query=query)
    assert token not in again
    assert "Lue pour la dernière fois" in again
    agent.client.post(address, {"do": "revoke"})
    assert Client().get(reverse("calendar_feed", args=[token])).status_code == 404
    assert CalendarFeed.objects.get().revoked_at is not None


def test_nobody_makes_an_address_for_a_colleague(agent, point) -> None:
    colleague = make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=make.region("06"), service_point=point).user
    agent.open("staff:calendar_feed", query=f"?agent={colleague.uid}", status=404)


def test_a_newcomer_makes_theirs() -> None:
    client = newcomer(make.PersonFactory())
    page = words(client.post(reverse("newcomers:calendar_feed"), {"do": "make"}))
    assert Client().get(reverse("calendar_feed", args=[PATTERN.search(page)[1]])).status_code == 200
