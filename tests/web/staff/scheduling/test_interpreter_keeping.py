"""An interpreter's own page, what a lead writes of them, the minutes charged."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.scheduling.models import Interpretation, Interpreter
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def past():
    yesterday = clock.today() - timedelta(days=1)
    return make.AppointmentFactory(interpreter_language="es", on=yesterday, kept=True)


@pytest.fixture
def interpreter(past):
    return make.InterpreterFactory(region=past.region, cost_code="100", phone="5145550142")


@pytest.fixture
def lead_client(client, past):
    make.RoleGrantFactory(
        role=Role.TEAM_LEAD, region=past.region, user=past.agent, service_point=past.service_point
    )  # fmt: skip
    client.force_login(past.agent)
    return client


def page(client, name, *args, **query) -> str:
    answer = client.get(reverse(f"staff:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def sent(**changed):
    return {
        "name": "Interprète Essai-Neuf",
        "is_active": "on",
        "languages": ["es", "uk"],
        "modes": ["phone"],
        "phone": "514 555-0143",
        "cost_code": "200",
        **changed,
    }


def test_the_list_leads_to_each(lead_client, interpreter) -> None:
    assert reverse("staff:interpreter", args=[interpreter.uid]) in page(lead_client, "interpreters")
    answer = lead_client.get(reverse("staff:interpreters"), {"export": "csv"})
    row = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1]
    assert row.startswith(f"{interpreter.name};;")
    assert interpreter.email in row


def test_minutes_are_noted_on_the_page_and_summed_by_month_and_code(lead_client, interpreter, past) -> None:
    booking = make.InterpretationFactory(appointment=past, interpreter=interpreter, confirmed=True, cost_code="100")
    assert "Noter les minutes" in page(lead_client, "interpreter", interpreter.uid)
    address = reverse("staff:interpretation_finish", args=[booking.uid])
    lead_client.post(address, {"minutes": "0", "cost_code": "250"})
    assert Interpretation.objects.get().minutes is None
    lead_client.post(address, {"minutes": "75", "cost_code": "250"})
    booking.refresh_from_db()
    assert (booking.status, booking.minutes, booking.cost_code) == ("done", 75, "250")
    shown = page(lead_client, "interpreter", interpreter.uid)
    assert "Noter les minutes" not in shown
    assert "75 minutes" in shown
    assert date_format(timezone.localdate(past.starts_at), "F Y") in shown


def test_who_never_answered_is_noted_as_agreeing_before_minutes(lead_client, interpreter, past) -> None:
    booking = make.InterpretationFactory(appointment=past, interpreter=interpreter)
    shown = page(lead_client, "interpreter", interpreter.uid)
    assert "Noter son accord" in shown
    assert "Noter les minutes" not in shown
    answer = lead_client.post(
        reverse("staff:interpretation_answered", args=[booking.uid]), {"status": "confirmed"}, follow=True
    )
    assert "Noter les minutes" in answer.content.decode()


def test_what_is_to_come_is_apart_from_what_is_to_note(lead_client, interpreter, past) -> None:
    coming = make.AppointmentFactory(service_point=past.service_point, interpreter_language="es")
    make.InterpretationFactory(appointment=coming, interpreter=interpreter, confirmed=True)
    shown = page(lead_client, "interpreter", interpreter.uid)
    assert str(coming.service_point) in shown
    assert "Noter les minutes" not in shown


def test_the_page_asks_as_little_of_many_bookings(
    lead_client, interpreter, past, django_assert_max_num_queries
) -> None:
    for days in range(2, 8):
        make.InterpretationFactory(
            appointment__service_point=past.service_point,
            appointment__on=clock.today() - timedelta(days=days),
            interpreter=interpreter,
            confirmed=True,
        )
    page(lead_client, "interpreter", interpreter.uid)
    with django_assert_max_num_queries(20):
        assert page(lead_client, "interpreter", interpreter.uid).count("Noter les minutes") == 6


def test_costs_are_by_month_and_code_and_leave_in_a_file(lead_client, interpreter, past) -> None:
    for hour, minutes, code in ((8, 60, "100"), (13, 30, "100"), (15, 45, "200")):
        starts_at = clock.at(timezone.localdate(past.starts_at), hour)
        appointment = make.AppointmentFactory(service_point=past.service_point, starts_at=starts_at)
        make.InterpretationFactory(
            appointment=appointment, interpreter=interpreter, done=True, minutes=minutes, cost_code=code
        )
    shown = page(lead_client, "interpreter_costs")
    assert "2 lignes" in shown
    answer = lead_client.get(reverse("staff:interpreter_costs"), {"export": "csv", "sort": "cost_code"})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    month = f"{past.starts_at:%Y-%m}"
    assert rows[1:] == [f"{month};100;1;2;90;;2", f"{month};200;1;1;45;;1"]
    make.InterpreterRateFactory(interpreter=interpreter, hourly="62.50")
    assert "46,88 $" in page(lead_client, "interpreter_costs")
    address = reverse("staff:interpreter_costs")
    rows = b"".join(lead_client.get(address, {"export": "csv"}).streaming_content).decode("utf-8-sig").splitlines()
    assert rows[1].replace(",", ".") == f"{month};100;1;2;90;93.75;0"


def test_a_lead_writes_rates_and_corrects_them(lead_client, interpreter) -> None:
    assert "Aucun tarif n’est inscrit" in page(lead_client, "interpreter", interpreter.uid)
    address = reverse("staff:interpreter_rate_add", args=[interpreter.uid])
    lead_client.post(address, {"hourly": "62,50", "first_on": "2026-04-01"})
    rate = interpreter.rates.get()
    assert "62,50 $" in page(lead_client, "interpreter", interpreter.uid)
    again = lead_client.post(address, {"hourly": "65", "first_on": "2026-03-01"})
    assert "Un autre tarif vaut déjà" in again.content.decode()
    address = reverse("staff:interpreter_rate_edit", args=[rate.uid])
    assert "62,50" in page(lead_client, "interpreter_rate_edit", rate.uid)
    sent_back = {"hourly": "63", "first_on": "2026-04-01", "version": rate.version}
    assert lead_client.post(address, sent_back).status_code == 302
    late = lead_client.post(address, sent_back | {"hourly": "64"}).content.decode()
    assert "a été modifié entre-temps" in late.replace("\u00a0", " ")
    rate.refresh_from_db()
    assert rate.hourly == 63


def test_a_lead_writes_an_interpreter_and_a_name_once(lead_client, past) -> None:
    address = reverse("staff:interpreter_add")
    lead_client.post(address, sent())
    made = Interpreter.objects.get()
    assert (made.region, made.languages, made.modes, made.is_active) == (past.region, ["es", "uk"], ["phone"], True)
    again = lead_client.post(address, sent())
    assert "porte déjà ce nom" in again.content.decode()
    assert Interpreter.objects.count() == 1


def test_two_leads_never_overwrite_each_other(lead_client, interpreter) -> None:
    address = reverse("staff:interpreter_edit", args=[interpreter.uid])
    lead_client.post(address, sent(name="Interprète Essai-Un", version=interpreter.version))
    late = lead_client.post(address, sent(name="Interprète Essai-Deux", version=interpreter.version))
    assert "modifié entre-temps" in late.content.decode().replace("\u00a0", " ")
    interpreter.refresh_from_db()
    assert interpreter.name == "Interprète Essai-Un"


def test_nobody_still_expected_is_put_out_of_activity(lead_client, interpreter, past) -> None:
    coming = make.AppointmentFactory(service_point=past.service_point, interpreter_language="es")
    booking = make.InterpretationFactory(appointment=coming, interpreter=interpreter)
    address = reverse("staff:interpreter_edit", args=[interpreter.uid])
    given = sent(version=interpreter.version)
    del given["is_active"]
    assert "annulez d’abord" in lead_client.post(address, given).content.decode()
    booking.status = "declined"
    booking.save()
    lead_client.post(address, given)
    interpreter.refresh_from_db()
    assert not interpreter.is_active


def test_who_has_no_address_is_to_be_called(lead_client, interpreter, past) -> None:
    coming = make.AppointmentFactory(
        service_point=past.service_point, region=past.region, agent=past.agent, interpreter_language="es"
    )
    make.FileFactory(person=coming.persons.get(), service_point=coming.service_point, agent=past.agent)
    assert "appelez au" not in page(lead_client, "interpreter_ask", coming.uid)
    interpreter.email = ""
    interpreter.save()
    assert "appelez au 514 555-0142" in page(lead_client, "interpreter_ask", coming.uid)
    interpreter.organisation = make.OrganisationFactory(region=past.region, email="banque@exemple.example")
    interpreter.save()
    assert "appelez au" not in page(lead_client, "interpreter_ask", coming.uid)
