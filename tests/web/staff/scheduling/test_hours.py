"""The pages of a lead: hours, closures, templates, rooms, capacity; and the first appointments at risk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.scheduling.capacity import monday_of
from arrimage.scheduling.enums import AppointmentKind
from arrimage.scheduling.models import Closure, Room, SlotTemplate, Timetable
from arrimage.territory.working_days import add_working_days
from arrimage.web.staff.scheduling.hours.views import deadlines
from tests import factories as make
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.ServicePointFactory(name="Bureau du Nord")


@pytest.fixture
def lead(office):
    return staff(Role.TEAM_LEAD)


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


def added(client, office, what: str, **data):
    return client.post(url("hours_add", office.uid, what), data)


def test_a_week_with_nothing_written_says_the_usual_hours(lead, office) -> None:
    page = words(lead.get(url("hours")))
    assert "Bureau du Nord" in page
    assert "Aucun horaire n’est écrit : du lundi au vendredi, de 8 h 30 à 16 h 30" in page
    assert page.count("8 h 30 – 12 h, 13 h – 16 h 30") >= 4


def test_a_timetable_is_written_as_people_write_hours(lead, office) -> None:
    page = words(lead.get(url("hours_add", office.uid, "horaire")))
    assert page.count("8 h 30 – 12 h, 13 h – 16 h 30") >= 5  # the usual hours, to begin with
    days = {"day_1": "9h-12h, 13h-15h", "day_2": "10:00 à 12:00", "day_5": "fermé"}
    assert added(lead, office, "horaire", name="Toute l’année", **days).status_code == 302
    timetable = Timetable.objects.get()
    assert timetable.week == [[[540, 720], [780, 900]], [[600, 720]], [], [], [], [], []]
    page = words(lead.get(url("hours")))
    assert "9 h – 12 h, 13 h – 15 h" in page
    assert "<dt>mercredi – dimanche</dt>" in page


def test_a_day_badly_written_is_said_beside_it_and_nothing_is_lost(lead, office) -> None:
    page = words(added(lead, office, "horaire", name="Été", day_1="tôt", day_2="9 h – 12 h"))
    assert "« tôt » n’est pas une période" in page
    assert "9 h – 12 h" in page
    assert not Timetable.objects.exists()


def test_a_timetable_changes_and_a_change_unseen_is_refused(lead, office) -> None:
    timetable = make.TimetableFactory(service_point=office)
    address = url("hours_edit", "horaire", timetable.uid)
    data = {"name": "Nouveau", "version": timetable.version, "day_1": "9-12"}
    assert lead.post(address, data).status_code == 302
    assert Timetable.objects.get().name == "Nouveau"
    assert "entre-temps" in words(lead.post(address, {**data, "name": "Autre"}))
    assert Timetable.objects.get().name == "Nouveau"


def test_a_closure_of_a_day_says_which_appointments_to_move(lead, office) -> None:
    day = add_working_days(clock.today(), 3)
    make.AppointmentFactory(service_point=office, starts_at=clock.at(day, 10), ends_at=clock.at(day, 11))
    assert added(lead, office, "fermeture", first_on=day.isoformat(), reason="Formation").status_code == 302
    closure = Closure.objects.get()
    assert (closure.first_on, closure.last_on) == (day, day)
    assert "1 rendez-vous à déplacer" in words(lead.get(url("hours")))
    week = words(lead.get(f"{url('hours')}?semaine={day.isoformat()}"))
    assert "Fermé : Formation" in week


def test_a_template_is_written(lead, office) -> None:
    data = {
        "kind": AppointmentKind.FIRST,
        "weekdays": ["1", "3"],
        "starts_at": "09:00",
        "ends_at": "12:00",
        "minutes": "60",
        "places": "2",
        "airport_hours": "24",
    }
    assert added(lead, office, "plage", **data).status_code == 302
    template = SlotTemplate.objects.get()
    assert (template.weekdays, template.places, template.airport_hours) == ([1, 3], 2, 24)
    assert "à l’aéroport jusqu’à 24 heures avant" in words(lead.get(url("hours")))


def test_a_template_too_short_is_said_beside_its_end(lead, office) -> None:
    data = {
        "kind": "first",
        "weekdays": ["1"],
        "starts_at": "09:00",
        "ends_at": "09:30",
        "minutes": "60",
        "places": "1",
    }
    assert "ne tient dans la plage" in words(added(lead, office, "plage", **data))
    assert not SlotTemplate.objects.exists()


def test_a_room_is_added_put_out_of_use_and_put_back(lead, office) -> None:
    assert added(lead, office, "salle", name="Érable", places="6", is_step_free="on").status_code == 302
    room = Room.objects.get()
    assert (room.name, room.places, room.is_step_free) == ("Érable", 6, True)
    lead.post(url("hours_withdraw", "salle", room.uid))
    assert not Room.objects.get().is_used
    assert "Retirés" in words(lead.get(url("hours")))
    lead.post(url("hours_put_back", "salle", room.uid))
    assert Room.objects.get().is_used


@pytest.mark.parametrize(
    ("kind", "factory"),
    [("horaire", make.TimetableFactory), ("fermeture", make.ClosureFactory), ("plage", make.SlotTemplateFactory)],
)
def test_what_is_withdrawn_is_put_back(lead, office, kind, factory) -> None:
    record = factory(service_point=office)
    lead.post(url("hours_withdraw", kind, record.uid))
    record.refresh_from_db()
    assert record.is_withdrawn
    assert url("hours_put_back", kind, record.uid) in words(lead.get(url("hours")))
    lead.post(url("hours_put_back", kind, record.uid))
    record.refresh_from_db()
    assert not record.is_withdrawn


def test_another_region_finds_nothing(office) -> None:
    elsewhere = staff(Role.TEAM_LEAD, "13")
    room = make.RoomFactory(service_point=office)
    assert elsewhere.get(url("hours_edit", "salle", room.uid)).status_code == 404
    assert elsewhere.get(url("hours_add", office.uid, "salle")).status_code == 404
    assert "Bureau du Nord" not in words(elsewhere.get(f"{url('hours')}?point={office.uid}"))


def test_an_unknown_thing_is_not_found(lead, office) -> None:
    assert lead.get(url("hours_add", office.uid, "autre")).status_code == 404


def test_capacity_says_what_is_missing(lead, office) -> None:
    make.FileFactory(service_point=office, first_appointment_due=clock.today())
    page = words(lead.get(url("capacity")))
    assert "Il manque 1 place" in page
    make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office)
    make.TimetableFactory(service_point=office, week=[[[0, 1440]]] * 7)
    assert "Les places suffisent" in words(lead.get(url("capacity")))


def test_capacity_leaves_as_a_file(lead, office) -> None:
    answer = lead.get(f"{url('capacity')}?export=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Point de services;Semaine du;Jours ouverts")
    assert len(lines) == 7
    assert lines[1].startswith("Bureau du Nord;")


def test_first_appointments_at_risk_with_the_time_that_keeps_the_limit(office) -> None:
    agent = staff(Role.TEAM_LEAD, service_point=office)
    make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office)
    due = add_working_days(clock.today(), 2)
    near = make.FileFactory(service_point=office, first_appointment_due=due)
    late = make.FileFactory(service_point=office, first_appointment_due=due)
    after = add_working_days(due, 5)
    make.AppointmentFactory(
        service_point=office, starts_at=clock.at(after, 10), ends_at=clock.at(after, 11), persons=[late.person]
    )
    page = words(agent.get(url("first_appointments")))
    assert str(near.person) in page
    assert str(late.person) in page
    assert "Dans le délai" in page
    assert "Devancer le rendez-vous" in page
    assert url("appointment_book", near.uid) in page


def test_more_at_risk_than_are_shown_is_said(office, monkeypatch) -> None:
    monkeypatch.setattr(deadlines, "SHOWN", 1)
    make.FileFactory.create_batch(3, service_point=office, first_appointment_due=clock.today())
    page = words(staff(Role.TEAM_LEAD, service_point=office).get(url("first_appointments")))
    assert "3 personnes dont le délai" in page
    assert "2 autres, moins pressants" in page


@pytest.mark.parametrize("asked", ["9999-12-31", "0001-01-01", "hier"])
def test_a_week_nobody_can_write_is_this_week(lead, office, asked) -> None:
    assert lead.get(f"{url('hours')}?semaine={asked}").context["monday"] == monday_of(clock.today())


def test_nobody_at_risk_is_said(office) -> None:
    page = words(staff(Role.INTEGRATION_AGENT, service_point=office).get(url("first_appointments")))
    assert "Rien à faire" in page


@pytest.mark.parametrize("name", ["hours", "capacity", "first_appointments"])
def test_as_many_queries_for_many(lead, office, name, django_assert_max_num_queries) -> None:
    due = clock.today()

    def more() -> None:
        for each in (office, make.ServicePointFactory()):
            make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=each)
            make.FileFactory(service_point=each, first_appointment_due=due)
            make.ClosureFactory(service_point=each, first_on=due + timedelta(days=40))
            make.RoomFactory(service_point=each)
            make.SlotTemplateFactory(service_point=each)

    more()
    lead.get(url(name))
    with django_assert_max_num_queries(60) as before:
        lead.get(url(name))
    more()
    more()
    with django_assert_max_num_queries(len(before)):
        lead.get(url(name))
