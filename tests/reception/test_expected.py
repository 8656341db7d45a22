"""How many first appointments the parties announced will need."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.rules import first_appointment_due
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.expected import appointments_expected
from arrimage.scheduling.capacity import monday_of
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_one_for_each_party_in_the_week_it_is_due() -> None:
    today = clock.today()
    lands_on = today + timedelta(days=2)
    party = make.PartyFactory()
    make.ArrivalFactory.create_batch(3, party=party, flight__lands_on=lands_on)
    make.ArrivalFactory(flight__lands_on=lands_on)
    make.ArrivalFactory(flight__lands_on=today + timedelta(days=60))
    make.ArrivalFactory(flight__lands_on=lands_on, outcome=ArrivalOutcome.NO_SHOW)
    make.ArrivalFactory(flight__lands_on=lands_on, region=make.region("13"))
    found = appointments_expected(make.actor(Role.TEAM_LEAD), today + timedelta(days=30))
    assert found == {monday_of(first_appointment_due(lands_on)): 2}


def test_who_does_not_manage_schedules_is_told_nothing() -> None:
    with pytest.raises(NotAllowed):
        appointments_expected(make.actor(Role.RECEPTION_AGENT), clock.today())
