"""A person chooses her own time, moves it, gives it back, answers for what is kept for her, waits."""

import pytest
from django.urls import reverse
from django.utils import translation

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.scheduling.actions import cancel_appointment, move_appointment
from arrimage.scheduling.enums import AppointmentStatus, CancelReason, WaitingStatus
from arrimage.scheduling.models import Appointment, WaitingEntry
from arrimage.scheduling.queries import Slot, free_slots
from arrimage.territory.working_days import add_working_days
from arrimage.web.times import slot_key
from tests import factories as make
from tests.web.signed import newcomer, words

pytestmark = pytest.mark.django_db
DAY = add_working_days(clock.today(), 3)


@pytest.fixture(autouse=True)
def _back_to_french():
    yield
    translation.deactivate()


@pytest.fixture
def point():
    return make.ServicePointFactory()


@pytest.fixture
def grant(point):
    return make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=make.region("06"), service_point=point)


@pytest.fixture
def agent(grant):
    return actor_of(grant)


@pytest.fixture
def file(grant, point):
    return make.FileFactory(agent=grant.user, service_point=point)


@pytest.fixture
def browser(file):
    return newcomer(file.person)


@pytest.fixture
def booked(grant, point, file):
    return make.AppointmentFactory(
        agent=grant.user, service_point=point, persons=[file.person], starts_at=slots(point)[0].starts_at
    )


def slots(point) -> list[Slot]:
    return list(free_slots(point, DAY, DAY))


def at(name: str, *args) -> str:
    return reverse(f"newcomers:{name}", args=args)


def sent(browser, name: str, *args, **fields) -> str:
    """Send a form and return the page it leads to."""
    return words(browser.post(at(name, *args), fields, follow=True))


def test_she_chooses_a_time_of_her_agent_once(browser, grant, point, file) -> None:
    assert at("appointment_book") in words(browser.get(at("appointments")))
    slot = slots(point)[1]
    assert slot_key(slot) in words(browser.get(at("appointment_book")))
    fields = {"slot": slot_key(slot), "key": str(new_uid())}
    assert "Votre rendez-vous est fixé" in sent(browser, "appointment_book", **fields)
    page = sent(browser, "appointment_book", **fields)
    made = Appointment.objects.get()
    assert (made.agent, made.starts_at, list(made.persons.all())) == (grant.user, slot.starts_at, [file.person])
    assert at("appointment_book") not in page, "one to come at a time"


def test_a_taken_time_gives_the_next_ones(browser, grant, point) -> None:
    taken, following, *_rest = slots(point)
    make.AppointmentFactory(agent=grant.user, service_point=point, starts_at=taken.starts_at)
    page = sent(browser, "appointment_book", slot=slot_key(taken), key=str(new_uid()))
    assert "Cette heure vient d’être prise" in page
    assert slot_key(following) in page
    assert Appointment.objects.count() == 1


def test_she_changes_the_hour(browser, point, booked) -> None:
    assert "Maintenant :" in words(browser.get(at("appointment_move", booked.uid)))
    to = slots(point)[0]
    fields = {"slot": slot_key(to), "version": booked.version}
    for _time in range(2):
        assert "Votre rendez-vous est fixé" in sent(browser, "appointment_move", booked.uid, **fields)
    booked.refresh_from_db()
    assert booked.starts_at == to.starts_at


def test_what_changed_meanwhile_is_shown_and_not_undone(browser, agent, point, booked) -> None:
    first, second, *_rest = slots(point)
    seen = booked.version
    move_appointment(agent, booked, first)
    page = sent(browser, "appointment_move", booked.uid, slot=slot_key(second), version=seen)
    assert "a changé entre-temps" in page
    assert "a changé entre-temps" in sent(browser, "appointment_cancel", booked.uid, version=seen)
    booked.refresh_from_db()
    assert (booked.starts_at, booked.status) == (first.starts_at, AppointmentStatus.BOOKED)


def test_she_gives_her_time_back_and_may_choose_another(browser, booked) -> None:
    page = sent(browser, "appointment_cancel", booked.uid, version=booked.version)
    assert "Votre rendez-vous est annulé" in page
    assert at("appointment_book") in page
    booked.refresh_from_db()
    assert (booked.status, booked.cancel_reason) == (AppointmentStatus.CANCELLED, CancelReason.PERSON)
    moved = browser.get(at("appointment_move", booked.uid))
    assert moved["Location"] == at("appointments")


def test_another_s_appointment_is_not_found(browser) -> None:
    other = make.AppointmentFactory()
    for name in ("appointment_move", "appointment_cancel", "appointment_answer"):
        assert browser.post(at(name, other.uid)).status_code == 404


def test_she_waits_for_an_hour_and_keeps_her_place(browser, point, file) -> None:
    for _time in range(2):
        assert "Vous êtes sur la liste d’attente" in sent(browser, "appointment_wait")
    entry = WaitingEntry.objects.get()
    assert (entry.person, list(entry.service_points.all())) == (file.person, [point])


@pytest.mark.parametrize(
    ("said", "words_", "becomes", "place"),
    [
        ("yes", "Votre rendez-vous est fixé", AppointmentStatus.BOOKED, WaitingStatus.PLACED),
        ("no", "Vous gardez votre place", AppointmentStatus.CANCELLED, WaitingStatus.WAITING),
    ],
)
def test_she_answers_for_the_hour_kept_for_her(browser, agent, grant, point, said, words_, becomes, place) -> None:
    sent(browser, "appointment_wait")
    given = make.AppointmentFactory(agent=grant.user, service_point=point, starts_at=slots(point)[0].starts_at)
    cancel_appointment(agent, given, CancelReason.PERSON)
    assert "Une heure est gardée pour vous" in words(browser.get(at("appointments")))
    offer = Appointment.objects.get(status=AppointmentStatus.OFFERED)
    assert words_ in sent(browser, "appointment_answer", offer.uid, answer=said)
    offer.refresh_from_db()
    assert (offer.status, WaitingEntry.objects.get().status) == (becomes, place)
