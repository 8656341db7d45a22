"""People are written to about their appointments: when, in which languages, once, never of what is no longer true."""

from datetime import date, timedelta

import pytest

from arrimage.accounts.letters import Texted, Written, body_of
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import system_actor
from arrimage.casework.appointment_messages import KIND, write_about_appointments, write_message
from arrimage.casework.charter import languages_written
from arrimage.casework.enums import LanguageGround, MessageChannel
from arrimage.casework.models import AppointmentMessage
from arrimage.foundation import clock
from arrimage.privacy.consents.enums import Purpose
from arrimage.scheduling.enums import AppointmentStatus, CancelReason
from arrimage.scheduling.models import Appointment
from tests import factories as make

pytestmark = pytest.mark.django_db
CLOCK = system_actor("clock")
TEXT, EMAIL = MessageChannel.TEXT, MessageChannel.EMAIL


def reachable(**values: object):
    """Return a person of an open file who consents to be written to."""
    person = make.PersonFactory(**{"phone": "+15145550101", "email": "invente@exemple.example", **values})
    make.FileFactory(person=person)
    make.ConsentFactory(person=person, purpose=Purpose.CONTACT)
    return person


def in_hours(hours: float, **values: object) -> Appointment:
    starts_at = clock.now() + timedelta(hours=hours)
    return make.AppointmentFactory(starts_at=starts_at, **values)


def told() -> list[tuple[str, str]]:
    return sorted(AppointmentMessage.objects.values_list("reason", "channel"))


def written(**of: object) -> Written | Texted | None:
    return write_message(AppointmentMessage.objects.get(**of).uid)


@pytest.mark.parametrize(
    ("hours", "channels"),
    [(80, []), (71, ["email"]), (25, ["email"]), (23, ["email", "text"]), (2, ["email", "text"]), (0.9, [])],
)
def test_a_reminder_is_due_three_days_before_by_mail_and_the_day_before_by_text(hours, channels):
    in_hours(hours, persons=[reachable()])
    write_about_appointments(CLOCK)
    assert told() == [("reminder", channel) for channel in channels]


def test_asked_twice_it_is_promised_once():
    in_hours(20, persons=[reachable()])
    assert [write_about_appointments(CLOCK) for _ in range(2)] == [2, 0]
    assert Letter.objects.filter(kind=KIND).count() == 2


def test_nobody_is_written_to_without_consent_or_without_an_address():
    silent = make.PersonFactory(phone="+15145550101")
    taken_back = make.PersonFactory(phone="+15145550102")
    make.ConsentFactory(person=taken_back, purpose=Purpose.CONTACT, withdrawn=True)
    make.AppointmentFactory(starts_at=clock.now() + timedelta(hours=20), persons=[silent])
    make.AppointmentFactory(starts_at=clock.now() + timedelta(hours=20), persons=[taken_back])
    in_hours(20, persons=[reachable(phone="", email="")])
    write_about_appointments(CLOCK)
    assert told() == []


def test_one_telephone_of_a_household_rings_once():
    in_hours(20, persons=[reachable(email=""), reachable(email="")])
    write_about_appointments(CLOCK)
    write_about_appointments(CLOCK)
    assert told() == [("reminder", "text")]


def test_a_new_hour_and_a_cancellation_are_told_to_who_knew_the_first():
    known, unknown = in_hours(20, persons=[reachable(email="")]), in_hours(100, persons=[reachable(email="")])
    write_about_appointments(CLOCK)
    for appointment in (known, unknown):
        appointment.starts_at += timedelta(days=10)
        appointment.ends_at += timedelta(days=10)
        appointment.save()
    write_about_appointments(CLOCK)
    assert told() == [("moved", "text"), ("reminder", "text")]
    assert written(reason="reminder") is None, "its hour is no longer the one"
    for appointment in (known, unknown):
        appointment.status, appointment.cancel_reason = AppointmentStatus.CANCELLED, CancelReason.AGENT
        appointment.save()
    write_about_appointments(CLOCK)
    assert told() == [("cancelled", "text"), ("moved", "text"), ("reminder", "text")]
    assert written(reason="moved") is None
    assert "annulé" in body_of(written(reason="cancelled"))


def test_who_gave_the_time_back_is_not_told_so():
    appointment = in_hours(20, persons=[reachable()])
    write_about_appointments(CLOCK)
    appointment.status, appointment.cancel_reason = AppointmentStatus.CANCELLED, CancelReason.PERSON
    appointment.save()
    write_about_appointments(CLOCK)
    assert {reason for reason, _channel in told()} == {"reminder"}
    assert written(channel=TEXT) is None


def test_an_offer_is_told_at_once_while_it_is_held():
    in_hours(
        500, persons=[reachable(email="")], status=AppointmentStatus.OFFERED, held_until=clock.now() + timedelta(1)
    )
    in_hours(
        500, persons=[reachable(email="")], status=AppointmentStatus.OFFERED, held_until=clock.now() - timedelta(1)
    )
    write_about_appointments(CLOCK)
    assert told() == [("offer", "text")]
    assert "/r/" in body_of(written())


def test_a_message_names_nobody():
    person = reachable(given_name="Zorglub", family_name="Fictif", preferred_language="es")
    appointment = in_hours(20, persons=[person], agent__name="Agente Nommée")
    write_about_appointments(CLOCK)
    text, letter = written(channel=TEXT), written(channel=EMAIL)
    assert isinstance(text, Texted)
    assert isinstance(letter, Written)
    body = body_of(text)
    assert appointment.service_point.address in body
    assert not any(name in body for name in ("Zorglub", "Fictif", "Nommée"))
    assert (text.number, text.languages, letter.also) == (person.phone, ("fr", "es"), "es")
    assert body.count("/r/") == 2, "once in each language"
    assert len(body.splitlines()) == 2


# --- The Charter's six months ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "languages"),
    [(date(2026, 8, 27), ("fr", "es")), (date(2026, 8, 28), ("fr",)), (date(2027, 8, 31), ("fr",))],
)
def test_another_language_is_written_for_six_months(day, languages):
    file = make.FileFactory(arrived_on=date(2026, 2, 28), person__preferred_language="es")
    assert languages_written(file, day) == languages


def test_a_ground_outlives_the_six_months_and_says_what_attests_it():
    file = make.FileFactory(arrived_on=date(2020, 1, 1), person__preferred_language="ar")
    assert languages_written(file) == ("fr",)
    file.language_ground, file.language_attestation = LanguageGround.HEALTH, "Lettre de la clinique, 2026-01-05"
    assert languages_written(file) == ("fr", "ar")


@pytest.mark.parametrize("language", ["fr", "vi"])
def test_a_language_without_texts_is_not_replaced_by_another(language):
    assert languages_written(make.FileFactory(person__preferred_language=language)) == ("fr",)


def test_an_arrival_nobody_noted_gives_french_alone():
    assert languages_written(make.FileFactory(arrived_on=None, person__preferred_language="es")) == ("fr",)
