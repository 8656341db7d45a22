"""What is open: to the minute, on holidays, across midnight, every so many weeks."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from arrimage.directory.enums import Frequency, Weekday
from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.searching import find_services
from arrimage.directory.models import Location, Schedule, Service, ServiceAtLocation
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)
CHRISTMAS = date(2026, 12, 25)  # a Friday


def is_open(day: date, hour: int, minute: int = 0) -> bool:
    now = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    return len(find_services(Criteria(open_now=True), now)) > 0


def opens_on(weekday: Weekday, day: date = WEDNESDAY) -> bool:
    now = timezone.make_aware(datetime.combine(day, time(12)))
    return len(find_services(Criteria(open_on=weekday), now)) > 0


def scheduled(**said) -> Schedule:
    owner = said.keys() & {"service", "location", "service_at_location"}
    told = {"byday": "WE", "freq": Frequency.WEEKLY, "opens_at": time(9), "closes_at": time(17), **said}
    return Schedule.objects.create(**told if owner else {**told, "service": ServiceFactory()})


def somewhere(service: Service) -> ServiceAtLocation:
    location = Location.objects.create(organisation=service.organisation)
    return ServiceAtLocation.objects.create(service=service, location=location)


def test_it_opens_at_its_minute_and_is_closed_at_its_last():
    scheduled()
    hours = {(8, 59): False, (9, 0): True, (16, 59): True, (17, 0): False}
    assert {hour: is_open(WEDNESDAY, *hour) for hour in hours} == hours
    assert not is_open(THURSDAY, 10)


def test_past_midnight_it_is_still_open():
    scheduled(opens_at=time(20), closes_at=time(2))
    assert is_open(WEDNESDAY, 20)
    assert is_open(THURSDAY, 1, 59)
    assert not is_open(THURSDAY, 2)
    assert not is_open(WEDNESDAY, 1)
    assert not is_open(THURSDAY, 20)


def test_on_a_holiday_only_what_is_written_for_that_day_is_open():
    weekly = scheduled(byday="FR")
    assert is_open(date(2026, 12, 18), 10)
    assert not is_open(CHRISTMAS, 10)
    Schedule.objects.create(
        service=weekly.service, valid_from=CHRISTMAS, valid_to=CHRISTMAS, opens_at=time(10), closes_at=time(12)
    )
    assert is_open(CHRISTMAS, 10)
    assert not is_open(CHRISTMAS, 12)


def test_the_dates_of_a_schedule_are_both_included():
    scheduled(valid_from=WEDNESDAY, valid_to=date(2026, 12, 2))
    days = {date(2026, 11, 18): False, WEDNESDAY: True, date(2026, 12, 2): True, date(2026, 12, 9): False}
    assert {day: is_open(day, 10) for day in days} == days


def test_the_fourth_or_the_last_wednesday_of_a_month():
    for days in ("4WE", "+4WE", "-1WE", "MO,-1WE"):
        Schedule.objects.all().delete()
        scheduled(byday=days, freq=Frequency.MONTHLY)
        assert is_open(WEDNESDAY, 10), days
        assert not is_open(date(2026, 11, 18), 10), days


def test_a_day_of_the_month():
    for days in ("25", "1,25", "-6"):
        Schedule.objects.all().delete()
        scheduled(byday="", bymonthday=days, freq=Frequency.MONTHLY)
        assert is_open(WEDNESDAY, 10), days
        assert not is_open(THURSDAY, 10), days


def test_every_second_week_counts_from_the_first():
    scheduled(interval=2, dtstart=WEDNESDAY)
    assert is_open(WEDNESDAY, 10)
    assert not is_open(date(2026, 12, 2), 10)
    assert is_open(date(2026, 12, 9), 10)


def test_what_cannot_be_told_is_not_said_open():
    for said in ({"byweekno": "48"}, {"count": 3}, {"interval": 2}, {"opens_at": None}, {"closes_at": None}):
        Schedule.objects.all().delete()
        scheduled(**said)
        assert not is_open(WEDNESDAY, 10), said


def test_the_hours_nearest_to_the_door_are_those_that_count():
    service = ServiceFactory()
    here = somewhere(service)
    scheduled(location=here.location)
    assert is_open(WEDNESDAY, 10)
    scheduled(service=service, byday="TH")
    assert not is_open(WEDNESDAY, 10)
    assert is_open(THURSDAY, 10)
    scheduled(service_at_location=here, byday="WE", opens_at=time(13))
    assert not is_open(THURSDAY, 10)
    assert not is_open(WEDNESDAY, 10)
    assert is_open(WEDNESDAY, 13)


def test_a_weekday_asked_is_one_of_its_days_of_some_weeks_or_all():
    scheduled(byday="MO,-1SA")
    assert opens_on(Weekday.MONDAY)
    assert opens_on(Weekday.SATURDAY)
    assert not opens_on(Weekday.SUNDAY)
    Schedule.objects.update(valid_to=WEDNESDAY)
    assert not opens_on(Weekday.MONDAY)


def test_hours_that_say_nothing_certain_are_not_replaced_by_those_of_another():
    service = ServiceFactory()
    here = somewhere(service)
    scheduled(service_at_location=here, count=3)
    scheduled(location=here.location)
    assert not is_open(WEDNESDAY, 10)
