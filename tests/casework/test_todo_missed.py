"""A missed appointment comes up until the person is reached or has another time."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.todo_reasons import Reason, waiting
from arrimage.foundation import clock
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.ServicePointFactory()


@pytest.fixture
def agent(office):
    return make.actor(Role.INTEGRATION_AGENT, service_point=office)


@pytest.fixture
def file(agent, office):
    file = make.FileFactory(agent_id=agent.user_id, service_point=office)
    make.AppointmentFactory(
        persons=[file.person], agent_id=agent.user_id, service_point=office, no_show=True,
        on=clock.today() - timedelta(days=2),
    )  # fmt: skip
    return file


def test_it_goes_once_another_time_is_given(agent, office, file) -> None:
    assert waiting(agent, Reason.MISSED).count() == 1
    make.AppointmentFactory(persons=[file.person], service_point=office)
    assert not waiting(agent, Reason.MISSED).exists()


@pytest.mark.parametrize(("reached", "left"), [(True, 0), (False, 1)])
def test_it_goes_once_the_person_is_reached(agent, file, reached, left) -> None:
    make.FollowUpFactory(file=file, reached=reached)
    assert waiting(agent, Reason.MISSED).count() == left
