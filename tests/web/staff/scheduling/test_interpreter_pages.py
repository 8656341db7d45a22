"""The pages about interpreters: the list, whom to ask, who has not answered."""

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.scheduling.models import Interpretation
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment():
    found = make.AppointmentFactory(interpreter_language="es")
    make.FileFactory(person=found.persons.get(), service_point=found.service_point, agent=found.agent)
    return found


@pytest.fixture
def agent_client(client, appointment):
    make.RoleGrantFactory(
        role=Role.INTEGRATION_AGENT, region=appointment.region, user=appointment.agent,
        service_point=appointment.service_point,
    )  # fmt: skip
    client.force_login(appointment.agent)
    return client


def page(client, name, *args, **query) -> str:
    answer = client.get(reverse(f"staff:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_is_narrowed_by_language(agent_client, appointment) -> None:
    make.InterpreterFactory(region=appointment.region, name="Parle espagnol", languages=["es"])
    make.InterpreterFactory(region=appointment.region, name="Parle arabe", languages=["ar"])
    found = page(agent_client, "interpreters", language="ar")
    assert "Parle arabe" in found
    assert "Parle espagnol" not in found


def test_one_is_asked_from_an_appointment_and_followed_until_they_answer(agent_client, appointment) -> None:
    one = make.InterpreterFactory(region=appointment.region)
    assert one.name in page(agent_client, "interpreter_ask", appointment.uid, mode="phone")
    agent_client.post(
        reverse("staff:interpreter_ask", args=[appointment.uid]), {"interpreter": str(one.uid), "mode": "phone"}
    )
    booking = Interpretation.objects.get()
    assert booking.interpreter == one
    assert one.name in page(agent_client, "interpreters_waiting")
    agent_client.post(reverse("staff:interpretation_answered", args=[booking.uid]), {"status": "confirmed"})
    booking.refresh_from_db()
    assert booking.status == "confirmed"
    assert one.name not in page(agent_client, "interpreters_waiting")
