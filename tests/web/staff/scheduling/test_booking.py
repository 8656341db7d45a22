"""An agent gives a time from a file, moves it, takes it back, answers for the person."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.scheduling.actions import cancel_appointment, move_appointment
from arrimage.scheduling.enums import AppointmentStatus, CancelReason, WaitingStatus
from arrimage.scheduling.models import Appointment, WaitingEntry
from arrimage.scheduling.queries import free_slots
from arrimage.territory.working_days import add_working_days
from arrimage.web.times import slot_key
from tests import factories as make
from tests.web.visitor import Visitor, words

pytestmark = pytest.mark.django_db
DAY = add_working_days(clock.today(), 3)


@pytest.fixture
def point():
    return make.ServicePointFactory(name="Bureau du Centre")


@pytest.fixture
def agent(point):
    return Visitor(make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=make.region("06"), service_point=point))


@pytest.fixture
def file(agent, point):
    return make.FileFactory(agent=agent.user, service_point=point, person__family_name="Haddad")


@pytest.fixture
def booked(agent, point, file):
    slot = slots(point)[0]
    return make.AppointmentFactory(
        agent=agent.user, service_point=point, persons=[file.person], starts_at=slot.starts_at
    )


def slots(point) -> list:
    return list(free_slots(point, DAY, DAY))


def offered(agent, point, file) -> Appointment:
    """Keep for the person of `file`, who waits, a time somebody gives back."""
    make.WaitingEntryFactory(region=point.region, person=file.person, points=[point])
    given = make.AppointmentFactory(agent=agent.user, service_point=point, starts_at=slots(point)[0].starts_at)
    cancel_appointment(agent.actor, given, CancelReason.PERSON)
    return Appointment.objects.get(status=AppointmentStatus.OFFERED)


def chosen(slot, file, **fields) -> dict:
    return {"slot": slot_key(slot), "persons": str(file.uid), "key": str(new_uid()), **fields}


def test_a_first_appointment_is_given_at_a_free_time_of_the_file_s_agent(agent, point, file) -> None:
    file.first_appointment_due = DAY
    file.save()
    page = agent.open("staff:appointment_book", file.uid)
    assert "Fixer le premier rendez-vous" in page
    assert "dans le délai" in page
    slot = slots(point)[1]
    answer = agent.send("staff:appointment_book", file.uid, **chosen(slot, file, needs_step_free="on"))
    assert "Le rendez-vous est fixé" in answer
    made = Appointment.objects.get()
    assert (made.agent, made.starts_at, made.kind) == (agent.user, slot.starts_at, "first")
    assert (made.needs_step_free, list(made.persons.all())) == (True, [file.person])


def test_no_day_after_the_limit_is_said_to_keep_it(agent, file) -> None:
    file.first_appointment_due = clock.today()
    file.save()
    assert "dans le délai" not in agent.open("staff:appointment_book", file.uid, query=f"?first={DAY.isoformat()}")


def test_a_repeated_request_books_once_and_says_the_same(agent, point, file) -> None:
    sent = chosen(slots(point)[0], file)
    for _time in range(2):
        assert "Le rendez-vous est fixé" in agent.send("staff:appointment_book", file.uid, **sent)
    assert Appointment.objects.count() == 1


def test_a_taken_time_gives_the_next_ones(agent, point, file) -> None:
    taken, following, *_rest = slots(point)
    make.AppointmentFactory(agent=agent.user, service_point=point, starts_at=taken.starts_at)
    page = agent.send("staff:appointment_book", file.uid, status=200, **chosen(taken, file))
    assert "Cette heure vient d’être prise" in page
    assert slot_key(following) in page
    assert slot_key(taken) not in page
    assert Appointment.objects.count() == 1


def test_the_day_and_the_place_asked_for_stay_in_the_search(agent, point, file) -> None:
    make.ServicePointFactory(name="Antenne du Nord")  # before the file's own, by name
    page = agent.open("staff:appointment_book", file.uid, query=f"?first={DAY.isoformat()}")
    assert f'value="{point.pk}" selected' in page
    assert f'value="{DAY.isoformat()}"' in page
    earlier = add_working_days(clock.today(), 1)
    assert slot_key(next(free_slots(point, earlier, earlier))) not in page


def test_a_free_hour_leads_to_the_files_then_to_that_day(agent, point, file) -> None:
    day = {"first": DAY.isoformat()}
    calendar = agent.open("staff:calendar", query=f"?vue=jour&jour={DAY.isoformat()}")
    assert f"{reverse('staff:appointment_whom')}?{urlencode(day)}" in calendar
    make.FileFactory(service_point=point, person__family_name="Abadie")
    page = agent.open("staff:appointment_whom", query=f"?{urlencode(day)}")
    booking = f"{reverse('staff:appointment_book', args=[file.uid])}?{urlencode(day)}"
    assert booking in page
    assert page.index("Haddad") < page.index("Abadie"), "one's own first"
    assert booking in agent.open("staff:appointment_whom", query=f"?{urlencode(day | {'q': 'haddad'})}")
    assert "Aucun dossier actif ne répond" in agent.open("staff:appointment_whom", query="?q=personnedecenom")


def test_a_time_is_moved_and_the_page_tells_the_one_it_had(agent, point, booked) -> None:
    to = slots(point)[0]
    sent = {"slot": slot_key(to), "version": booked.version}
    assert "Le rendez-vous est déplacé" in agent.send("staff:appointment_move", booked.uid, **sent)
    assert "Le rendez-vous est déplacé" in agent.send("staff:appointment_move", booked.uid, **sent), "pressed twice"
    booked.refresh_from_db()
    assert (booked.starts_at, booked.status) == (to.starts_at, AppointmentStatus.BOOKED)
    page = agent.open("staff:appointment", booked.uid)
    assert "Auparavant" in page
    assert agent.user.name in page


def test_a_move_to_a_taken_time_keeps_the_old_one_and_gives_the_next(agent, point, booked) -> None:
    taken, following, *_rest = slots(point)
    make.AppointmentFactory(agent=agent.user, service_point=point, starts_at=taken.starts_at)
    sent = {"slot": slot_key(taken), "version": booked.version}
    page = agent.send("staff:appointment_move", booked.uid, status=200, **sent)
    assert "Cette heure vient d’être prise" in page
    assert slot_key(following) in page
    was = booked.starts_at
    booked.refresh_from_db()
    assert booked.starts_at == was


def test_what_changed_meanwhile_is_shown_and_not_undone(agent, point, booked) -> None:
    first, second, *_rest = slots(point)
    seen = booked.version
    move_appointment(agent.actor, booked, first)
    assert "a changé entre-temps" in agent.send(
        "staff:appointment_move", booked.uid, slot=slot_key(second), version=seen
    )
    assert "a changé entre-temps" in agent.send("staff:appointment_cancel", booked.uid, version=seen, reason="person")
    booked.refresh_from_db()
    assert (booked.starts_at, booked.status) == (first.starts_at, AppointmentStatus.BOOKED)


def test_a_time_is_taken_back_for_a_reason(agent, booked) -> None:
    assert "Dites pourquoi" in agent.send("staff:appointment_cancel", booked.uid, version=booked.version)
    page = agent.send("staff:appointment_cancel", booked.uid, version=booked.version, reason="person")
    assert "Le rendez-vous est annulé" in page
    booked.refresh_from_db()
    assert (booked.status, booked.cancel_reason) == (AppointmentStatus.CANCELLED, CancelReason.PERSON)
    assert "n’est plus" not in page
    assert reverse("staff:appointment_move", args=[booked.uid]) not in page, "nothing left to move"
    answer = agent.client.get(reverse("staff:appointment_move", args=[booked.uid]))
    assert answer["Location"] == reverse("staff:appointment", args=[booked.uid])


@pytest.mark.parametrize(
    ("said", "becomes", "place"),
    [
        ("yes", AppointmentStatus.BOOKED, WaitingStatus.PLACED),
        ("no", AppointmentStatus.CANCELLED, WaitingStatus.WAITING),
    ],
)
def test_one_answers_for_the_person(agent, point, file, said, becomes, place) -> None:
    offer = offered(agent, point, file)
    assert "La personne accepte" in agent.open("staff:appointment", offer.uid)
    agent.send("staff:appointment_answer", offer.uid, answer=said)
    offer.refresh_from_db()
    assert (offer.status, WaitingEntry.objects.get().status) == (becomes, place)


def test_the_list_names_who_waits_and_leads_to_the_answer(agent, point, file) -> None:
    assert "Personne n’attend" in agent.open("staff:waiting_list")
    page = agent.send("staff:appointment_wait", file.uid, service_points=str(point.uid))
    assert "Haddad" in page
    entry = WaitingEntry.objects.get()
    assert (entry.person, list(entry.service_points.all())) == (file.person, [point])
    given = make.AppointmentFactory(agent=agent.user, service_point=point, starts_at=slots(point)[0].starts_at)
    cancel_appointment(agent.actor, given, CancelReason.PERSON)
    offer = Appointment.objects.get(status=AppointmentStatus.OFFERED)
    assert reverse("staff:appointment", args=[offer.uid]) in agent.open("staff:waiting_list")
    assert "Haddad" not in agent.send("staff:waiting_take_off", entry.uid)
    entry.refresh_from_db()
    assert entry.status == WaitingStatus.LEFT


def test_nobody_waits_without_a_place_nor_until_a_day_before_the_first(agent, point, file) -> None:
    agent.send("staff:appointment_wait", file.uid, status=200)
    days = {"earliest": DAY.isoformat(), "latest": clock.today().isoformat()}
    page = agent.send("staff:appointment_wait", file.uid, status=200, service_points=str(point.uid), **days)
    assert "Le dernier jour vient avant le premier." in page
    assert not WaitingEntry.objects.exists()


@pytest.mark.parametrize("name", ["appointments", "calendar", "waiting_list", "first_appointments", "interpreters"])
def test_each_page_about_times_leads_to_its_neighbours(agent, name) -> None:
    page = agent.open(f"staff:{name}")
    assert f'href="{reverse(f"staff:{name}")}" aria-current="page"' in page
    assert reverse("staff:sessions") in page
    assert f'href="{reverse("staff:hours")}"' not in page, "an agent does not manage schedules"


def test_the_list_costs_the_same_for_many(agent, point) -> None:
    def waits() -> None:
        person = make.PersonFactory()
        make.FileFactory(person=person, agent=agent.user, service_point=point)
        make.WaitingEntryFactory(region=point.region, person=person, points=[point])

    waits()
    one = agent.queries("staff:waiting_list")
    for _count in range(4):
        waits()
    assert agent.queries("staff:waiting_list") == one
    assert "Attend depuis" in words(agent.client.get(reverse("staff:waiting_list")))
