"""Times an office keeps for the airport: who receives arrivals gives them, nobody else before they open to all."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.reception.actions import Welcome, give_first_appointment, open_party_files, record_outcomes
from arrimage.reception.enums import ArrivalOutcome
from arrimage.scheduling.queries import free_slots
from arrimage.territory.working_days import add_working_days
from arrimage.web.reception.points import free_hours, points_to_choose
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = make.ServicePointFactory()
    make.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office)
    make.SlotTemplateFactory(service_point=office, airport_hours=0)
    return office


@pytest.fixture
def due():
    return add_working_days(clock.today(), 5)


def test_the_desk_proposes_and_gives_them(office, due) -> None:
    agent = make.actor(Role.RECEPTION_AGENT)
    party = make.PartyFactory()
    record_outcomes(agent, [make.ArrivalFactory(party=party)], ArrivalOutcome.MET)
    open_party_files(agent, [Welcome(party, office)])
    days, in_time = free_hours(office, due)
    assert in_time
    [point] = points_to_choose(office.region_id, due, None)
    assert point.first == days[0].times[0]
    appointment = give_first_appointment(agent, party, office, days[0].times[0])
    assert appointment.starts_at == days[0].times[0]
    other = make.PartyFactory()
    record_outcomes(agent, [make.ArrivalFactory(party=other)], ArrivalOutcome.MET)
    open_party_files(agent, [Welcome(other, office)])
    with pytest.raises(Conflict):
        give_first_appointment(agent, other, office, days[0].times[0])


def test_others_are_not_shown_them(office, due) -> None:
    assert list(free_slots(office, clock.today(), due)) == []
    assert list(free_slots(office, clock.today() + timedelta(days=1), due, for_airport=True)) != []
