"""A lead writes hours, closures, templates and rooms of the region's points."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.scheduling.arranging import arrange, withdraw
from arrimage.scheduling.models import Closure, Room, SlotTemplate, Timetable
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.actor(Role.TEAM_LEAD)


@pytest.fixture
def office():
    return make.ServicePointFactory()


def test_a_lead_writes_all_four(lead, office) -> None:
    for made in (make.TimetableFactory, make.ClosureFactory, make.SlotTemplateFactory, make.RoomFactory):
        record = arrange(lead, made.build(service_point=office))
        assert record.pk


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.RECEPTION_AGENT, Role.REGIONAL_DIRECTOR])
def test_others_do_not(role, office) -> None:
    with pytest.raises(NotAllowed):
        arrange(make.actor(role), make.RoomFactory.build(service_point=office))


def test_nor_a_lead_of_another_region(office) -> None:
    room = make.RoomFactory(service_point=office)
    elsewhere = make.actor(Role.TEAM_LEAD, "13")
    with pytest.raises(NotAllowed):
        arrange(elsewhere, room, version=room.version)
    with pytest.raises(NotAllowed):
        withdraw(elsewhere, room)


def test_two_for_all_year_or_two_seasons_that_overlap_are_refused(lead, office) -> None:
    today = clock.today()
    season = {"first_on": today, "last_on": today + timedelta(days=30)}
    make.TimetableFactory(service_point=office)
    make.TimetableFactory(service_point=office, **season)
    with pytest.raises(Conflict, match="toute l’année"):
        arrange(lead, make.TimetableFactory.build(service_point=office))
    with pytest.raises(Conflict, match="ces dates"):
        arrange(lead, make.TimetableFactory.build(service_point=office, **season))
    assert Timetable.objects.count() == 2


@pytest.mark.parametrize(
    ("dates", "field"),
    [({"first_on": 0}, "last_on"), ({"last_on": 0}, "first_on"), ({"first_on": 2, "last_on": 1}, "last_on")],
)
def test_a_season_has_both_ends_in_order(lead, office, dates, field) -> None:
    said = {name: clock.today() + timedelta(days=days) for name, days in dates.items()}
    with pytest.raises(InvalidInput) as refusal:
        arrange(lead, make.TimetableFactory.build(service_point=office, **said))
    assert refusal.value.field == field


def test_a_week_without_hours_is_refused(lead, office) -> None:
    with pytest.raises(InvalidInput):
        arrange(lead, make.TimetableFactory.build(service_point=office, week=[[]] * 7))


def test_a_template_too_short_for_its_appointments_is_refused(lead, office) -> None:
    with pytest.raises(InvalidInput) as refusal:
        arrange(lead, make.SlotTemplateFactory.build(service_point=office, minutes=180))
    assert refusal.value.field == "ends_at"


def test_nothing_is_overwritten_unseen(lead, office) -> None:
    mine, theirs = make.RoomFactory(service_point=office), Room.objects.get()
    theirs.name = "Érable"
    arrange(lead, theirs, version=1)
    mine.name = "Bouleau"
    with pytest.raises(Conflict):
        arrange(lead, mine, version=1)
    assert Room.objects.get().name == "Érable"


@pytest.mark.parametrize("factory", [make.TimetableFactory, make.ClosureFactory, make.SlotTemplateFactory])
def test_what_is_withdrawn_may_be_put_back(lead, office, factory) -> None:
    record = factory(service_point=office)
    withdraw(lead, record)
    assert type(record).objects.get().is_withdrawn
    withdraw(lead, record, back=True)
    assert not type(record).objects.get().is_withdrawn


def test_a_room_out_of_use_stays(lead, office) -> None:
    room = make.RoomFactory(service_point=office)
    withdraw(lead, room)
    assert not Room.objects.get().is_used


def test_a_timetable_is_not_put_back_over_another(lead, office) -> None:
    before = make.TimetableFactory(service_point=office, is_withdrawn=True)
    make.TimetableFactory(service_point=office)
    with pytest.raises(Conflict):
        withdraw(lead, before, back=True)
    assert Timetable.objects.filter(is_withdrawn=False).count() == 1


def test_a_name_of_a_room_is_given_once(lead, office) -> None:
    make.RoomFactory(service_point=office, name="Érable")
    with pytest.raises(Conflict):
        arrange(lead, make.RoomFactory.build(service_point=office, name="Érable"))
    assert (Closure.objects.count(), SlotTemplate.objects.count()) == (0, 0)
