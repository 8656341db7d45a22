"""Everything that needs an agent, in one list: its order, its filter, its file."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation import clock
from arrimage.privacy.journal.enums import What
from arrimage.privacy.journal.models import Reading
from tests import factories as f

pytestmark = pytest.mark.django_db
URL = "staff:urgent"


@pytest.fixture
def agent():
    return f.RoleGrantFactory(role=Role.INTEGRATION_AGENT).user


@pytest.fixture
def client(agent):
    client = Client()
    client.force_login(agent)
    return client


def file_of(agent):
    return f.FileFactory(agent=agent, first_appointment_due=None)


def rows(response) -> list:
    assert response.status_code == 200
    return [row.record for row in response.context["list"].table.rows]


def test_the_nearest_deadline_first_across_reasons(agent, client) -> None:
    today = clock.today()
    f.PlanFactory(file=file_of(agent))  # to agree in ten working days
    f.PlannedContactFactory(file=file_of(agent), planned_on=today - timedelta(days=2))
    late = f.PlanFactory(file=file_of(agent), agreed=True)
    f.StepFactory(plan=late, due_on=today - timedelta(days=9))
    f.PlannedContactFactory(file=file_of(agent), planned_on=today + timedelta(days=1))
    f.PlannedContactFactory()
    wanted = [Reason.STEP_OVERDUE, Reason.PLANNED_CONTACT, Reason.TO_AGREE]
    assert [row.reason for row in rows(client.get(reverse(URL)))] == [str(each.label) for each in wanted]
    narrowed = rows(client.get(reverse(URL), {"raison": "planned_contact"}))
    assert [row.reason for row in narrowed] == [str(Reason.PLANNED_CONTACT.label)]
    assert len(rows(client.get(reverse(URL), {"raison": "rien de tel"}))) == 3


def test_the_contact_at_six_months_is_proposed_while_its_window_is_open(agent, client) -> None:
    f.due_contact(agent=agent, first_appointment_due=None)
    (row,) = rows(client.get(reverse(URL)))
    assert row.reason == str(Reason.MILESTONE_6.label)


def test_a_file_leaves_with_a_line_in_the_journal(agent, client) -> None:
    plan = f.PlanFactory(file=file_of(agent))
    response = client.get(reverse(URL), {"export": "csv"})
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert str(plan.file.person) in content
    assert Reading.objects.get().what == What.EXPORTED


def test_the_cost_does_not_grow(agent, client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(URL))
        return sum("SAVEPOINT" not in query["sql"] for query in queries)  # in production there is none

    def more() -> None:
        file = file_of(agent)
        f.PlanFactory(file=file)
        f.PlannedContactFactory(file=file)
        f.FileMoveFactory(file=file, to_agent=agent)
        f.due_contact(agent=agent, first_appointment_due=None)

    more()
    client.get(reverse(URL))
    before = cost()
    assert before <= 12
    for _each in range(12):
        more()
    assert cost() == before
