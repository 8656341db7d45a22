"""A calendar read at a secret address: two libraries read it, changes follow, an address taken back is unknown."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus, EnrolmentStatus
from arrimage.scheduling.feeds import Shared, make_feed, revoke_feed
from arrimage.scheduling.models import CalendarFeed
from tests import factories as make
from tests.web.signed import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _back_to_french():
    yield
    translation.deactivate()


@pytest.fixture
def point():
    return make.ServicePointFactory(name="Bureau du Centre", address="1, rue du Port")


@pytest.fixture
def grant(point):
    return make.RoleGrantFactory(
        role=Role.INTEGRATION_AGENT, region=make.region("06"), service_point=point, user__name="Camille Roy"
    )


def read(token: str, status: int = 200, **headers):
    response = Client().get(reverse("calendar_feed", args=[token]), headers=headers)
    assert response.status_code == status, response.status_code
    return response


def both(token: str) -> list[tuple[str, datetime, datetime, str, str, int]]:
    """Return the events as the two libraries agree they are, times in UTC."""
    text = read(token).content.decode()
    ours = [
        (str(each["uid"]), each.start.astimezone(UTC), each.end.astimezone(UTC), str(each["summary"]),
         str(each["status"]), int(each["sequence"]))
        for each in Calendar.from_ical(text).walk("VEVENT")
    ]  # fmt: skip
    theirs = [
        (each.uid.value, each.dtstart.value.astimezone(UTC), each.dtend.value.astimezone(UTC), each.summary.value,
         each.status.value, int(each.sequence.value))
        for each in vobject.readOne(text).contents.get("vevent", [])
    ]  # fmt: skip
    assert ours == theirs
    return ours


def test_an_agent_reads_hours_and_places_and_no_name(grant, point) -> None:
    person = make.PersonFactory(given_name="Nadia", family_name="Haddad")
    fields = {"service_point": point, "agent": grant.user, "persons": [person], "note": "Secret médical"}
    appointment = make.AppointmentFactory(interpreter_language="ar", call_address="https://appel.example/x", **fields)
    make.AppointmentFactory(service_point=point)  # a colleague's
    token = make_feed(actor_of(grant), Shared())
    [found] = both(token)
    assert found[:3] == (str(appointment.uid), appointment.starts_at, appointment.ends_at)
    assert found[3:] == ("Premier rendez-vous, Bureau du Centre", "CONFIRMED", appointment.version)
    text = read(token).content.decode().replace("\r\n ", "")
    assert "LOCATION:Bureau du Centre\\, 1\\, rue du Port" in text
    for kept_back in ("Nadia", "Haddad", "Camille", "médical", "appel.example", "arabe"):
        assert kept_back not in text


def test_a_move_and_a_cancellation_are_newer_versions_of_the_same_event(grant, point) -> None:
    appointment = make.AppointmentFactory(service_point=point, agent=grant.user)
    token = make_feed(actor_of(grant), Shared())
    [first] = both(token)
    appointment.starts_at += timedelta(days=1)
    appointment.ends_at += timedelta(days=1)
    appointment.save()
    [moved] = both(token)
    appointment.status = AppointmentStatus.CANCELLED
    appointment.save()
    [cancelled] = both(token)
    assert first[0] == moved[0] == cancelled[0]
    assert moved[1] - first[1] == timedelta(days=1)
    assert first[5] < moved[5] < cancelled[5]
    assert cancelled[4] == "CANCELLED"


@pytest.mark.parametrize(("on", "utc_hours"), [(date(2027, 3, 10), [14, 13, 13]), (date(2027, 11, 3), [13, 14, 14])])
def test_nine_o_clock_stays_nine_o_clock_across_a_change_of_the_clock(grant, point, on, utc_hours, settings) -> None:
    settings.TODAY = on - timedelta(days=2)
    for week in range(3):
        starts_at = clock.at(on + timedelta(weeks=week), 9)
        make.AppointmentFactory(
            service_point=point, agent=grant.user, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
        )
    token = make_feed(actor_of(grant), Shared())
    assert [each[1].hour for each in both(token)] == utc_hours
    text = read(token).content.decode()
    assert text.count("DTSTART;TZID=America/Toronto:2027") == 3
    assert text.count("T090000") == 3
    assert Calendar.from_ical(text).walk("VTIMEZONE")[0]["tzid"] == "America/Toronto"


def test_an_address_taken_back_or_replaced_is_as_unknown_as_an_invented_one(grant) -> None:
    actor = actor_of(grant)
    first = make_feed(actor, Shared())
    second = make_feed(actor, Shared())
    read(second)
    revoke_feed(actor, Shared())
    pages = [words(read(token, status=404)).replace(token, "…") for token in (first, second, "invente")]
    assert len({re.sub(r'value="\w{64}"', "", page) for page in pages}) == 1  # but for the keys of forms
    assert not CalendarFeed.objects.filter(digest__in=[first, second]).exists()  # the secret itself is kept nowhere


def test_who_has_left_shows_nothing(grant) -> None:
    token = make_feed(actor_of(grant), Shared())
    grant.ends_on = clock.today() - timedelta(days=1)
    grant.starts_on = grant.ends_on
    grant.save()
    read(token, status=404)


def test_a_program_that_has_it_already_is_told_so_and_the_reading_is_dated(grant, point) -> None:
    appointment = make.AppointmentFactory(service_point=point, agent=grant.user)
    token = make_feed(actor_of(grant), Shared())
    first = read(token)
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Content-Type"].startswith("text/calendar")
    read(token, status=304, if_none_match=first["ETag"])
    assert CalendarFeed.objects.get().last_read_on == clock.today()
    appointment.status = AppointmentStatus.CANCELLED
    appointment.save()
    read(token, status=200, if_none_match=first["ETag"])


def test_a_newcomer_reads_their_own_times_and_nobody_else_s() -> None:
    account = make.PersonAccountFactory(user__language="en")
    own = make.AppointmentFactory(persons=[account.person])
    make.AppointmentFactory()
    meeting = make.MeetingFactory()
    enrolment = make.EnrolmentFactory(session=meeting.session, person=account.person)
    make.MeetingFactory()
    token = make_feed(actor_of(account), Shared())
    before = {each[0]: each for each in both(token)}
    assert before.keys() == {str(own.uid), str(meeting.uid)}
    enrolment.status = EnrolmentStatus.CANCELLED
    enrolment.save()
    after = {each[0]: each for each in both(token)}[str(meeting.uid)]
    assert after[4] == "CANCELLED"
    assert after[5] > before[str(meeting.uid)][5]


def test_a_room_s_calendar_holds_what_takes_the_room(grant, point) -> None:
    room = make.RoomFactory(service_point=point)
    appointment = make.AppointmentFactory(service_point=point, room=room)
    make.AppointmentFactory(service_point=point)
    token = make_feed(actor_of(grant), Shared(room=room))
    assert [each[0] for each in both(token)] == [str(appointment.uid)]
    assert len(both(make_feed(actor_of(grant), Shared(service_point=point)))) == 2
