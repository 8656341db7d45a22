"""An interpreter answers by a link, once the code sent to them is given: a letter passed on answers nothing."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.accounts.link_codes import CODES_A_DAY, TRIES
from arrimage.foundation import clock
from arrimage.scheduling.enums import InterpretationStatus, Mode
from arrimage.scheduling.interpreter_letters import token_of
from arrimage.scheduling.interpreting import ask_interpreter, confirm_interpretations
from arrimage.scheduling.models import Interpretation
from tests import factories as make
from tests.web.signed import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment():
    return make.AppointmentFactory(interpreter_language="es")


@pytest.fixture
def agent(appointment):
    return make.actor(Role.INTEGRATION_AGENT, service_point=appointment.service_point)


@pytest.fixture
def booking(agent, appointment) -> Interpretation:
    interpreter = make.InterpreterFactory(region=appointment.region, email="pilar@banque.example")
    return ask_interpreter(agent, appointment, interpreter, Mode.PHONE)


def at(booking: Interpretation, name: str = "") -> str:
    return reverse(f"interpretation_link{name}", args=[token_of(booking)])


def ask_for_code(browser: Client, booking: Interpretation, run) -> str:
    with run(execute=True):
        page = browser.post(at(booking, "_code"))
    assert "pi•••@banque.example" in words(page)
    assert mail.outbox[-1].to == ["pilar@banque.example"]
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


@pytest.fixture
def opened(booking, django_capture_on_commit_callbacks) -> Client:
    browser = Client()
    code = ask_for_code(browser, booking, django_capture_on_commit_callbacks)
    assert browser.post(at(booking, "_code"), {"code": code}).status_code == 302
    return browser


def status_of(booking: Interpretation) -> str:
    return Interpretation.objects.get(pk=booking.pk).status


def test_the_letter_alone_answers_nothing(client, booking, appointment) -> None:
    page = client.get(at(booking))
    assert "Recevoir le code" in words(page)
    assert appointment.persons.get().family_name not in words(page)
    assert client.get(at(booking, "_answer")).url == at(booking)
    assert client.post(at(booking, "_answer"), {"answer": "yes"}).url == at(booking)
    assert client.post(at(booking), {"answer": "yes"}).status_code == 405
    assert status_of(booking) == InterpretationStatus.REQUESTED


@pytest.mark.parametrize(("answer", "status"), [("yes", "confirmed"), ("no", "declined")])
def test_behind_the_code_the_link_answers_once(booking, opened, answer, status) -> None:
    page = opened.get(at(booking, "_answer"))
    assert "Confirmer ma présence" in words(page)
    assert status_of(booking) == InterpretationStatus.REQUESTED
    assert opened.post(at(booking, "_answer"), {"answer": answer}).status_code == 200
    assert status_of(booking) == status
    assert opened.post(at(booking, "_answer"), {"answer": "yes"}).status_code == 410


def test_the_code_of_one_booking_opens_no_other(booking, opened, agent, appointment) -> None:
    later = make.AppointmentFactory(
        service_point=appointment.service_point, starts_at=appointment.ends_at, interpreter_language="es"
    )
    other = ask_interpreter(agent, later, booking.interpreter, Mode.PHONE)
    assert opened.post(at(other, "_answer"), {"answer": "yes"}).url == at(other)
    assert status_of(other) == InterpretationStatus.REQUESTED


def test_a_code_is_tried_a_few_times_and_serves_once(booking, client, django_capture_on_commit_callbacks) -> None:
    code = ask_for_code(client, booking, django_capture_on_commit_callbacks)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(TRIES):
        assert "pas le bon" in words(client.post(at(booking, "_code"), {"code": wrong}))
    assert "pas le bon" in words(client.post(at(booking, "_code"), {"code": code}))


def test_a_code_is_worth_a_quarter_of_an_hour(booking, client, django_capture_on_commit_callbacks) -> None:
    code = ask_for_code(client, booking, django_capture_on_commit_callbacks)
    Interpretation.objects.filter(pk=booking.pk).update(code_sent_at=clock.now() - timedelta(minutes=16))
    assert client.post(at(booking, "_code"), {"code": code}).status_code == 200


def test_codes_are_sent_a_few_times_only(booking, client, django_capture_on_commit_callbacks) -> None:
    for _ in range(CODES_A_DAY):
        ask_for_code(client, booking, django_capture_on_commit_callbacks)
    refused = client.post(at(booking, "_code"), follow=True)
    assert "Aucun autre code ne peut être envoyé" in words(refused)


def test_a_link_is_worth_nothing_once_answered_or_forged(agent, booking, client) -> None:
    assert client.get(f"{at(booking)}x").status_code == 404
    confirm_interpretations(agent, [booking])
    for name in ("", "_answer"):
        assert client.get(at(booking, name)).status_code == 410
