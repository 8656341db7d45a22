"""By the link of a message somebody confirms or gives back one appointment; opening it changes nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.accounts.models import User
from arrimage.casework.appointment_links import token_of
from arrimage.casework.enums import MessageChannel, MessageReason
from arrimage.casework.models import AppointmentMessage
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus, CancelReason
from arrimage.scheduling.queries import free_slots
from arrimage.territory.working_days import add_working_days
from tests import factories as make
from tests.web.signed import words

pytestmark = pytest.mark.django_db
S = AppointmentStatus


def message(language: str = "fr", reason: str = MessageReason.REMINDER, **values: object) -> AppointmentMessage:
    person = make.PersonFactory(given_name="Zorglub", family_name="Fictif", preferred_language=language)
    make.FileFactory(person=person)
    named = {} if "agent" in values else {"agent__name": "Agente Nommée"}
    appointment = make.AppointmentFactory(persons=[person], **named, **values)
    return AppointmentMessage.objects.create(
        appointment=appointment,
        person=person,
        channel=MessageChannel.TEXT,
        reason=reason,
        starts_at=appointment.starts_at,
    )


def at(sent: AppointmentMessage, name: str = "appointment_link") -> str:
    return reverse(name, args=[token_of(sent.uid)])


def state(sent: AppointmentMessage) -> tuple[str, str, bool]:
    sent.appointment.refresh_from_db()
    return sent.appointment.status, sent.appointment.cancel_reason, sent.appointment.confirmed_at is not None


def test_opening_says_when_and_where_names_nobody_and_changes_nothing(client: Client):
    sent = message()
    before = sent.appointment.version
    page = words(client.get(at(sent)))
    assert sent.appointment.service_point.name in page
    assert "Je viendrai" in page
    assert not any(name in page for name in ("Zorglub", "Fictif", "Nommée"))
    sent.appointment.refresh_from_db()
    assert sent.appointment.version == before


def test_coming_is_noted_once_and_may_still_be_given_back(client: Client):
    sent = message()
    for _ in range(2):
        page = client.post(at(sent, "appointment_link_confirm"), follow=True)
    assert "vous viendrez" in words(page)
    assert state(sent) == (S.BOOKED, "", True)
    client.post(at(sent, "appointment_link_give_back"))
    assert state(sent) == (S.CANCELLED, CancelReason.PERSON, True)
    page = client.post(at(sent, "appointment_link_confirm"), follow=True)
    assert "annulé" in words(page)
    assert state(sent)[0] == S.CANCELLED


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("confirm", (S.BOOKED, "", True)), ("give_back", (S.CANCELLED, CancelReason.REFUSED, False))],
)
def test_an_offer_is_taken_or_refused(client: Client, answer, expected):
    sent = message(reason=MessageReason.OFFER, offered=True)
    assert "gardée" in words(client.get(at(sent)))
    client.post(at(sent, f"appointment_link_{answer}"))
    assert state(sent) == expected


def test_an_offer_whose_time_is_over_is_not_taken(client: Client):
    sent = message(reason=MessageReason.OFFER, status=S.OFFERED, held_until=clock.now() - timedelta(minutes=1))
    client.post(at(sent, "appointment_link_confirm"))
    assert state(sent)[0] == S.OFFERED


def test_a_message_of_another_hour_answers_nothing(client: Client):
    sent = message()
    sent.appointment.starts_at += timedelta(hours=1)
    sent.appointment.ends_at += timedelta(hours=1)
    sent.appointment.save()
    page = client.get(at(sent))
    assert page.status_code == 410
    client.post(at(sent, "appointment_link_give_back"))
    assert state(sent) == (S.BOOKED, "", False)


def test_an_hour_that_is_past_is_not_answered(client: Client):
    sent = message(on=clock.today() - timedelta(days=1))
    assert client.get(at(sent)).status_code == 410
    client.post(at(sent, "appointment_link_give_back"))
    assert state(sent)[0] == S.BOOKED


@pytest.mark.parametrize(("language", "said", "direction"), [("es", 'lang="es"', "ltr"), ("ar", 'lang="ar"', "rtl")])
def test_the_page_speaks_the_language_of_the_message(client: Client, language, said, direction):
    page = client.get(at(message(language))).content.decode()
    assert said in page
    assert f'dir="{direction}"' in page


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: "B" + token[1:], lambda _token: "x.y"])
def test_a_forged_link_opens_nothing(client: Client, spoil):
    assert client.get(reverse("appointment_link", args=[spoil(token_of(message().uid))])).status_code == 404


def test_a_time_given_back_goes_to_whoever_waits(client: Client):
    office = make.ServicePointFactory()
    day = add_working_days(clock.today(), 5)
    agent = make.actor(Role.INTEGRATION_AGENT, service_point=office)
    starts_at = next(free_slots(office, day, day)).starts_at
    sent = message(service_point=office, agent=User.objects.get(pk=agent.user_id), starts_at=starts_at)
    waiting = make.WaitingEntryFactory(region=office.region, points=[office])
    client.post(at(sent, "appointment_link_give_back"))
    waiting.refresh_from_db()
    assert waiting.offer is not None
    assert waiting.offer.starts_at == starts_at
