"""Who is announced, as those who plan appointments need it: how many, when."""

from datetime import date

from django.db.models import Min

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.rules import first_appointment_due
from arrimage.foundation import clock
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival
from arrimage.scheduling.capacity import monday_of


def appointments_expected(actor: Actor, last: date) -> dict[date, int]:
    """Return how many first appointments the parties announced from today on will need, until `last`, by Monday of the
    week they will be due. One query; says numbers, never who."""
    require(actor, Right.MANAGE_SCHEDULES)
    expected = Arrival.objects.filter(
        outcome=ArrivalOutcome.EXPECTED, flight__lands_on__gte=clock.today(), flight__lands_on__lte=last
    )
    if actor.region_id is not None:
        expected = expected.filter(region_id=actor.region_id)
    found: dict[date, int] = {}
    with elevated():
        parties = expected.order_by().values("party").annotate(lands_on=Min("flight__lands_on"))
        for lands_on in parties.values_list("lands_on", flat=True):
            monday = monday_of(first_appointment_due(lands_on))
            found[monday] = found.get(monday, 0) + 1
    return found
