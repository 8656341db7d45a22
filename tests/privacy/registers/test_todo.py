"""What needs the privacy officer, with its deadline."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.privacy.registers.todo import needing_action
from arrimage.territory.working_days import add_working_days
from tests.factories import IncidentFactory, PersonRequestFactory, actor

pytestmark = pytest.mark.django_db


def reasons(who) -> list[str]:
    return sorted(task.reason.replace("\u00a0", " ") for task in needing_action(who))


def test_each_thing_without_an_end_is_there_under_its_reason() -> None:
    officer = actor(Role.PRIVACY_OFFICER, None)
    received = PersonRequestFactory(received_on=clock.today() - timedelta(days=25))
    PersonRequestFactory(in_progress=True, extended=True)
    PersonRequestFactory(refused=True)
    known = IncidentFactory()
    IncidentFactory(serious=True)
    IncidentFactory(assessed=True)
    IncidentFactory(closed=True)
    assert reasons(officer) == [
        "Avis à donner",
        "Demandes : identité à vérifier",
        "Demandes à répondre",
        "Incidents à fermer",
        "Incidents à évaluer",
    ]
    by_uid = {task.uid: task for task in needing_action(officer)}
    assert by_uid[received.uid].deadline == clock.today() - timedelta(days=5)
    assert by_uid[known.uid].deadline == add_working_days(clock.today(), 3)


def test_the_days_to_assess_are_a_setting(settings) -> None:
    settings.INCIDENT_ASSESSMENT_WORKING_DAYS = 1
    IncidentFactory()
    [task] = needing_action(actor(Role.PRIVACY_OFFICER, None))
    assert task.deadline == add_working_days(clock.today(), 1)


def test_nobody_else_has_them() -> None:
    PersonRequestFactory()
    assert needing_action(actor(Role.TEAM_LEAD)) == []


def test_many_cost_no_more_queries(django_assert_num_queries) -> None:
    officer = actor(Role.PRIVACY_OFFICER, None)
    for _ in range(4):
        PersonRequestFactory()
        IncidentFactory(serious=True)
    with django_assert_num_queries(3):
        assert len(needing_action(officer)) == 8
