"""What an hour of an interpreter costs, from when to when; what bookings cost by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Round, TruncDate
from django.utils.translation import gettext as _
from psycopg.errors import Error

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation.changes import Change, apply_changes
from arrimage.foundation.errors import InvalidInput
from arrimage.scheduling.models import Interpretation, Interpreter, InterpreterRate

APART = "interpreter_rates_apart"
ONE_DAY = timedelta(days=1)
MONEY: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=10, decimal_places=2)


@dataclass(frozen=True)
class NewRate:
    """An hourly rate in dollars, from `first_on` to `last_on` included; until further notice without."""

    hourly: Decimal
    first_on: date
    last_on: date | None = None

    def checked(self) -> dict[str, Any]:
        """Return the fields to write. Raises `InvalidInput` for what cannot be."""
        if self.hourly <= 0:
            raise InvalidInput(_("Écrivez un tarif supérieur à zéro."), field="hourly")
        if self.last_on is not None and self.last_on < self.first_on:
            raise InvalidInput(_("La fin vient avant le début."), field="last_on")
        return vars(self)


@action
def add_rate(actor: Actor, interpreter: Interpreter, new: NewRate) -> InterpreterRate:
    """Write a rate; the one in force until further notice ends the day before.

    Raises `InvalidInput` when another is in force on one of its days.
    """
    require(actor, Right.MANAGE_SCHEDULES, region_id=interpreter.region_id)
    values = new.checked()
    with _one_at_a_time_said():
        before = interpreter.rates.filter(last_on=None, first_on__lt=new.first_on)
        for rate in before.select_for_update():
            apply_changes(InterpreterRate, [Change(rate, {"last_on": new.first_on - ONE_DAY})])
        return InterpreterRate.objects.create(interpreter=interpreter, **values)


@action
def edit_rate(actor: Actor, rate: InterpreterRate, new: NewRate, *, version: int) -> None:
    """Correct a rate read at `version`: what bookings of its days cost follows.

    Raises `Conflict` when somebody changed it meanwhile, `InvalidInput` when another is in force on one of its days.
    """
    require(actor, Right.MANAGE_SCHEDULES, region_id=rate.interpreter.region_id)
    with _one_at_a_time_said():
        apply_changes(InterpreterRate, [Change(rate, new.checked(), version)])


def rate_on(interpreter: Interpreter, day: date) -> InterpreterRate | None:
    """Return the rate in force on `day`, if any."""
    return interpreter.rates.filter(Q(last_on=None) | Q(last_on__gte=day), first_on__lte=day).first()


def with_cost(bookings: QuerySet[Interpretation]) -> QuerySet[Any]:
    """Add `begins_at`, the hour of what is interpreted, and `cost`, the minutes charged at the rate of that day, to the
    nearest cent; null without minutes or without a rate."""
    timed = bookings.annotate(begins_at=Coalesce("appointment__starts_at", "meeting__starts_at"))
    in_force = InterpreterRate.objects.filter(
        Q(last_on=None) | Q(last_on__gte=OuterRef("charged_on")),
        interpreter=OuterRef("interpreter"),
        first_on__lte=OuterRef("charged_on"),
    )
    rated = timed.annotate(charged_on=TruncDate("begins_at")).annotate(hourly=Subquery(in_force.values("hourly")[:1]))
    return rated.annotate(cost=Round(Cast(F("minutes"), MONEY) * F("hourly") / 60, precision=2, output_field=MONEY))


@contextmanager
def _one_at_a_time_said() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause = error.__cause__
        if not isinstance(cause, Error) or cause.diag.constraint_name != APART:
            raise
        raise InvalidInput(_("Un autre tarif vaut déjà pour une partie de ces dates."), field="first_on") from error
