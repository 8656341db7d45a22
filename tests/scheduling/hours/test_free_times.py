"""Which times are proposed: seasons, closures, absences, rooms, templates, what is kept for the airport."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from arrimage.accounts.enums import Role
from arrimage.casework.models import AgentProfile
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentKind
from arrimage.scheduling.queries import agents_at, earliest_slots, free_slots
from arrimage.territory.working_days import add_working_days, closed_days
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.ServicePointFactory()


@pytest.fixture
def agent(office):
    return make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office).user


@pytest.fixture
def day() -> date:
    return add_working_days(clock.today(), 5)


def hours(office, day: date, **asked) -> list[str]:
    return [timezone.localtime(slot.starts_at).strftime("%H:%M") for slot in free_slots(office, day, day, **asked)]


def booked(office, agent, day: date, hour: int, **fields):
    starts_at = clock.at(day, hour)
    ends_at = starts_at + timedelta(hours=1)
    return make.AppointmentFactory(
        service_point=office, agent=agent, starts_at=starts_at, ends_at=ends_at, persons=[], **fields
    )


def test_a_timetable_takes_the_place_of_the_usual_hours(office, agent, day) -> None:
    make.TimetableFactory(service_point=office)
    assert hours(office, day) == ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00"]


def test_a_season_comes_before_the_hours_of_all_year(office, agent, day) -> None:
    make.TimetableFactory(service_point=office)
    make.TimetableFactory(service_point=office, first_on=day, last_on=day, week=[[[480, 540]]] * 7)
    assert hours(office, day) == ["08:00"]
    after = add_working_days(day, 1)
    assert hours(office, after)[0] == "09:00"


def test_a_withdrawn_timetable_counts_no_more(office, agent, day) -> None:
    make.TimetableFactory(service_point=office, is_withdrawn=True)
    assert hours(office, day)[0] == "08:30"


def test_a_saturday_may_be_open_a_holiday_never(office, agent) -> None:
    make.TimetableFactory(service_point=office, week=[[[540, 600]]] * 7)
    saturday = clock.today() + timedelta(days=12 - clock.today().weekday())
    assert hours(office, saturday) == ["09:00"]
    holiday = date(clock.today().year + 1, 6, 24)
    assert holiday in closed_days(holiday.year)
    assert hours(office, holiday) == []


def test_nothing_while_the_point_is_closed(office, agent, day) -> None:
    closure = make.ClosureFactory(service_point=office, first_on=day)
    assert hours(office, day) == []
    assert hours(office, add_working_days(day, 1)) != []
    closure.is_withdrawn = True
    closure.save()
    assert hours(office, day) != []


def test_nothing_after_the_point_ends(office, agent, day) -> None:
    office.closed_on = day - timedelta(days=1)
    office.save()
    assert hours(office, day) == []


def test_an_agent_away_is_not_proposed(office, agent, day) -> None:
    absence = make.AbsenceFactory(agent=agent, region=office.region, starts_on=day, ends_on=day)
    assert hours(office, day) == []
    assert agents_at(office, day) == []
    absence.is_cancelled = True
    absence.save()
    assert agents_at(office, day) == [agent]


def test_nor_on_a_weekday_they_do_not_work(office, agent, day) -> None:
    others = [n for n in range(1, 6) if n != day.isoweekday()]
    AgentProfile.objects.create(user=agent, region=office.region, days=others)
    assert hours(office, day) == []
    assert hours(office, add_working_days(day, 1)) != []


def test_an_agent_whose_role_ends_is_proposed_until_then(office, day) -> None:
    make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office, ends_on=day)
    assert hours(office, day) != []
    assert hours(office, add_working_days(day, 1)) == []


def test_a_room_is_proposed_while_it_is_free(office, agent, day) -> None:
    assert hours(office, day, with_room=True) == []
    room = make.RoomFactory(service_point=office)
    slots = list(free_slots(office, day, day, with_room=True))
    assert {slot.room for slot in slots} == {room}
    booked(office, make.UserFactory(agent=True), day, 13, room=room)
    assert "13:00" not in hours(office, day, with_room=True)
    assert "13:00" in hours(office, day)


def test_a_room_without_steps_is_found(office, agent, day) -> None:
    make.RoomFactory(service_point=office, is_step_free=False)
    make.RoomFactory(service_point=office, is_used=False)
    assert hours(office, day, with_room=True) != []
    assert hours(office, day, with_room=True, step_free=True) == []


def test_a_template_says_the_times_of_its_kind(office, agent, day) -> None:
    make.SlotTemplateFactory(service_point=office)
    assert hours(office, day) == ["09:00", "10:00"]
    make.SlotTemplateFactory(service_point=office, weekdays=[day.isoweekday() % 5 + 1], starts_at=time(8, 30))
    assert hours(office, day) == ["09:00", "10:00"]


def test_a_template_out_of_the_hours_of_the_day_gives_nothing(office, agent, day) -> None:
    make.TimetableFactory(service_point=office, week=[[[600, 720]]] * 5 + [[], []])
    make.SlotTemplateFactory(service_point=office)
    assert hours(office, day) == ["10:00"]


def test_no_more_at_once_than_the_template_says(office, agent, day) -> None:
    colleague = make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office).user
    make.SlotTemplateFactory(service_point=office)
    booked(office, colleague, day, 9)
    assert hours(office, day) == ["10:00", "10:00"]


def test_what_a_template_keeps_is_not_given_to_another_kind(office, agent, day) -> None:
    make.SlotTemplateFactory(service_point=office)
    asked = {"minutes": 60, "kind": AppointmentKind.FOLLOW_UP}
    assert hours(office, day, **asked) == ["13:00", "14:00", "15:00"]
    make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office)
    assert "08:30" in hours(office, day, **asked)


def test_times_of_the_airport_open_to_all_some_hours_before(office, agent, day) -> None:
    template = make.SlotTemplateFactory(service_point=office, airport_hours=24)
    assert hours(office, day) == []
    assert hours(office, day, for_airport=True) == ["09:00", "10:00"]
    template.airport_hours = 24 * 30  # days before: already open to all
    template.save()
    assert hours(office, day) == hours(office, day, for_airport=True) == ["09:00", "10:00"]
    template.airport_hours = int((clock.at(day, 9) - clock.now()).total_seconds() // 3600) + 1
    template.save()
    assert hours(office, day)[:1] == ["09:00"]


def test_a_time_says_whether_it_keeps_a_deadline(office, agent, day) -> None:
    slots = list(free_slots(office, day, add_working_days(day, 1)))
    assert [slot.keeps(day) for slot in slots] == [True] * 6 + [False] * 6


def test_as_many_queries_for_a_quarter_and_ten_agents_as_for_a_day(
    office, agent, day, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    make.SlotTemplateFactory(service_point=office, places=3)
    make.TimetableFactory(service_point=office)
    make.RoomFactory(service_point=office)
    with django_assert_max_num_queries(24) as one:
        assert list(free_slots(office, day, day, with_room=True))
    for number in range(9):
        grant = make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office)
        booked(office, grant.user, day + timedelta(days=number), 9)
        make.RoomFactory(service_point=office)
    with django_assert_num_queries(len(one)):
        assert list(free_slots(office, day, day + timedelta(days=90), with_room=True))


def test_as_many_queries_for_many_points_as_for_one(office, agent, day, django_assert_num_queries) -> None:
    with CaptureQueriesContext(connection) as one:
        assert earliest_slots([office], day, day)
    more = [office, *make.ServicePointFactory.create_batch(4)]
    with django_assert_num_queries(len(one)):
        assert list(earliest_slots(more, day, day)) == [office.pk]
