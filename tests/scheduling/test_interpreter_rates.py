"""What an hour of an interpreter costs, from when to when, and what bookings cost by it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.scheduling.interpreter_queries import costs_by_month
from arrimage.scheduling.interpreter_rates import NewRate, add_rate, edit_rate, rate_on, with_cost
from arrimage.scheduling.models import Interpretation
from tests import factories as f

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.fixture
def lead():
    return f.actor(Role.TEAM_LEAD)


@pytest.fixture
def interpreter():
    return f.InterpreterFactory()


def spans(interpreter) -> list:
    return list(interpreter.rates.order_by("first_on").values_list("hourly", "first_on", "last_on"))


def test_a_new_rate_ends_the_one_in_force_the_day_before(lead, interpreter) -> None:
    add_rate(lead, interpreter, NewRate(Decimal("60"), days(-30)))
    add_rate(lead, interpreter, NewRate(Decimal("62.50"), TODAY))
    assert spans(interpreter) == [(Decimal("60"), days(-30), days(-1)), (Decimal("62.50"), TODAY, None)]
    assert rate_on(interpreter, days(-1)).hourly == 60
    assert rate_on(interpreter, TODAY).hourly == Decimal("62.50")
    assert rate_on(interpreter, days(-31)) is None


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewRate(Decimal("70"), days(-10), days(-5)), "first_on"),
        (NewRate(Decimal("70"), days(-40)), "first_on"),
        (NewRate(Decimal("0"), days(10)), "hourly"),
        (NewRate(Decimal("70"), days(10), days(9)), "last_on"),
    ],
)
def test_two_are_never_in_force_on_a_day_nor_one_for_nothing(lead, interpreter, new, field) -> None:
    add_rate(lead, interpreter, NewRate(Decimal("60"), days(-30), days(5)))
    with pytest.raises(InvalidInput) as refused:
        add_rate(lead, interpreter, new)
    assert refused.value.field == field
    assert len(spans(interpreter)) == 1


def test_the_database_refuses_two_on_a_day(interpreter) -> None:
    f.InterpreterRateFactory(interpreter=interpreter)
    with pytest.raises(IntegrityError, match="interpreter_rates_apart"), transaction.atomic():
        f.InterpreterRateFactory(interpreter=interpreter, first_on=TODAY)


def test_only_a_lead_of_the_region_writes_them(interpreter) -> None:
    rate = f.InterpreterRateFactory(interpreter=interpreter)
    for actor in (f.actor(Role.INTEGRATION_AGENT), f.actor(Role.TEAM_LEAD, "13")):
        with pytest.raises(NotAllowed):
            add_rate(actor, interpreter, NewRate(Decimal("60"), TODAY))
        with pytest.raises(NotAllowed):
            edit_rate(actor, rate, NewRate(Decimal("60"), TODAY), version=rate.version)


def test_two_leads_never_overwrite_each_other(lead, interpreter) -> None:
    rate = f.InterpreterRateFactory(interpreter=interpreter)
    edit_rate(lead, rate, NewRate(Decimal("61"), rate.first_on), version=rate.version)
    with pytest.raises(Conflict):
        edit_rate(lead, rate, NewRate(Decimal("62"), rate.first_on), version=rate.version)


def done(interpreter, on: date, minutes: int, **fields) -> Interpretation:
    appointment = f.AppointmentFactory(region_of=interpreter.region, on=on, kept=True)
    return f.InterpretationFactory(
        appointment=appointment, interpreter=interpreter, done=True, minutes=minutes, cost_code="100", **fields
    )


def test_a_booking_costs_its_minutes_at_the_rate_of_its_day_to_the_cent(interpreter) -> None:
    f.InterpreterRateFactory(interpreter=interpreter, hourly="60.00", first_on=days(-30), last_on=days(-6))
    f.InterpreterRateFactory(interpreter=interpreter, hourly="62.55", first_on=days(-5))
    f.InterpreterRateFactory(hourly="500.00", first_on=days(-60))  # somebody else's
    bookings = [done(interpreter, days(day), minutes) for day, minutes in ((-40, 60), (-6, 45), (-5, 50))]
    costs = dict(with_cost(Interpretation.objects.all()).values_list("pk", "cost"))
    assert [costs[each.pk] for each in bookings] == [None, Decimal("45.00"), Decimal("52.13")]


def test_a_corrected_rate_corrects_what_was_charged(lead, interpreter) -> None:
    rate = f.InterpreterRateFactory(interpreter=interpreter)
    done(interpreter, days(-1), 60)
    assert [each.amount for each in costs_by_month(Interpretation.objects.all())] == [Decimal("60.00")]
    edit_rate(lead, rate, NewRate(Decimal("80"), rate.first_on), version=rate.version)
    assert [each.amount for each in costs_by_month(Interpretation.objects.all())] == [Decimal("80.00")]


def test_a_month_says_what_it_costs_and_what_has_no_rate(interpreter, django_assert_num_queries) -> None:
    f.InterpreterRateFactory(interpreter=interpreter, hourly="60.00")
    unpriced = f.InterpreterFactory()
    on = days(-1)
    done(interpreter, on, 30)
    done(unpriced, on, 60)
    with django_assert_num_queries(1):
        [month] = costs_by_month(Interpretation.objects.all())
    assert (month.bookings, month.interpreters, month.minutes) == (2, 2, 90)
    assert (month.amount, month.unpriced) == (Decimal("30.00"), 1)
