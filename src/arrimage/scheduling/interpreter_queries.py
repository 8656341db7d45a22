"""Reading interpreters: who is free, what is asked of them, which appointments still lack one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, TruncMonth

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.scheduling.enums import INTERPRETS, AppointmentStatus, InterpretationStatus
from arrimage.scheduling.interpreter_rates import with_cost
from arrimage.scheduling.models import Appointment, BusyTime, Interpretation, Interpreter

M = TypeVar("M", Interpreter, Interpretation)

LIVE = (InterpretationStatus.REQUESTED, InterpretationStatus.CONFIRMED)
WEIGHED = timedelta(days=30)  # the bookings that tell who has been asked least, before and after the hour


def free_interpreters(
    region_id: int, language: str, mode: str, starts_at: datetime, ends_at: datetime
) -> QuerySet[Interpreter]:
    """Return who may be asked, in the order to ask them: the region's own before those of an organisation, then who is
    the least booked in the thirty days around, then by name. One query."""
    busy = BusyTime.objects.filter(interpreter=OuterRef("pk"), starts_at__lt=ends_at, ends_at__gt=starts_at)
    around = Q(
        bookings__status__in=INTERPRETS,
        bookings__appointment__starts_at__range=(starts_at - WEIGHED, starts_at + WEIGHED),
    )
    fit = Interpreter.objects.filter(
        region_id=region_id, is_active=True, languages__contains=[language], modes__contains=[mode]
    )
    ranked = fit.annotate(booked=Count("bookings", filter=around)).filter(~Exists(busy))
    own_first = Case(When(organisation=None, then=0), default=1)
    return ranked.select_related("organisation").order_by(own_first, "booked", "name", "pk")


def interpreters_visible_to(actor: Actor) -> QuerySet[Interpreter]:
    """Return the region's interpreters for those who accompany or receive; nobody's for others."""
    return _of_the_region(actor, Interpreter.objects.all())


def interpretations_visible_to(actor: Actor) -> QuerySet[Interpretation]:
    """Return the region's bookings for those who accompany or receive; none for others."""
    return _of_the_region(actor, Interpretation.objects.all())


def to_confirm(actor: Actor) -> QuerySet[Interpretation]:
    """Return what was asked and not answered, of appointments to come, the nearest first."""
    waiting = interpretations_visible_to(actor).filter(
        status=InterpretationStatus.REQUESTED,
        appointment__status=AppointmentStatus.BOOKED,
        appointment__starts_at__gt=clock.now(),
    )
    return waiting.select_related("interpreter", "appointment__service_point").order_by("appointment__starts_at", "pk")


def coming_bookings(bookings: QuerySet[Interpretation], interpreter: Interpreter) -> QuerySet[Any]:
    """Return what an interpreter is asked or expected for, the nearest first."""
    live = with_hours(bookings).filter(interpreter=interpreter, status__in=LIVE, begins_at__gt=clock.now())
    return live.order_by("begins_at", "pk")


def to_charge(bookings: QuerySet[Interpretation], interpreter: Interpreter) -> QuerySet[Any]:
    """Return what has begun and whose minutes are not noted, the oldest first; what was never answered too."""
    begun = with_hours(bookings).filter(interpreter=interpreter, status__in=LIVE, begins_at__lte=clock.now())
    return begun.order_by("begins_at", "pk")


def with_hours(bookings: QuerySet[Interpretation]) -> QuerySet[Any]:
    """Add `begins_at`, the hour of the appointment or of the meeting as it stands, and read where it is."""
    placed = bookings.select_related("interpreter", "appointment__service_point", "meeting__session__service_point")
    return placed.annotate(begins_at=Coalesce("appointment__starts_at", "meeting__starts_at"))


@dataclass(frozen=True)
class MonthCost:
    """What was charged to a code in a month: how many bookings, of how many interpreters, for how many minutes and
    dollars; `unpriced` bookings had no rate on their day, and are not in the amount."""

    month: date
    cost_code: str
    interpreters: int
    bookings: int
    minutes: int
    amount: Decimal | None
    unpriced: int


def costs_by_month(bookings: QuerySet[Interpretation]) -> list[MonthCost]:
    """Return what was charged, by month and code, the last month first. One query."""
    done = with_cost(bookings.filter(status=InterpretationStatus.DONE, minutes__isnull=False))
    sums = (
        done.annotate(month=TruncMonth("begins_at"))
        .values("month", "cost_code")
        .annotate(
            people=Count("interpreter", distinct=True),
            times=Count("pk"),
            total=Sum("minutes"),
            amount=Sum("cost"),
            unpriced=Count("pk", filter=Q(cost=None)),
        )
    )
    return [
        MonthCost(
            month=row["month"].date(),
            cost_code=row["cost_code"],
            interpreters=row["people"],
            bookings=row["times"],
            minutes=row["total"],
            amount=row["amount"],
            unpriced=row["unpriced"],
        )
        for row in sums.order_by("-month", "cost_code")
    ]


def without_interpreter(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Return those to come that need a language nobody has confirmed, the nearest first."""
    confirmed = Interpretation.objects.filter(
        appointment=OuterRef("pk"), language=OuterRef("interpreter_language"), status=InterpretationStatus.CONFIRMED
    )
    coming = appointments.filter(status=AppointmentStatus.BOOKED, starts_at__gt=clock.now())
    return coming.exclude(interpreter_language="").filter(~Exists(confirmed)).order_by("starts_at", "pk")


def _of_the_region(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    if not (actor.may(Right.ACCOMPANY) or actor.may(Right.RECEIVE_ARRIVALS)):
        return rows.none()
    return rows if actor.region_id is None else rows.filter(region_id=actor.region_id)
