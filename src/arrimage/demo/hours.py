"""Hours, rooms and times kept, so that the pages of a lead show what they are for."""

from datetime import date, time, timedelta

from arrimage.accounts.rights import Actor
from arrimage.scheduling.arranging import arrange
from arrimage.scheduling.enums import AppointmentKind
from arrimage.scheduling.models import Closure, Room, SlotTemplate, Timetable
from arrimage.scheduling.rules import read_day
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import ServicePoint, ServicePointQuerySet
from arrimage.territory.working_days import add_working_days

ROOMS = ["Érable", "Bouleau", "Mélèze"]
USUAL = "8 h 30 – 12 h, 13 h – 16 h 30"
EVENING = f"{USUAL}, 17 h – 19 h"
SUMMER = "8 h 30 – 12 h, 13 h – 15 h 30"
TRAINING_IN = 25  # working days


def write_hours(lead: Actor, today: date) -> None:
    """Give each office of a lead's region its rooms; the lead's own, hours and a closure."""
    offices = _offices(lead, today)
    for office in offices:
        for rank, name in enumerate(ROOMS):
            arrange(lead, Room(service_point=office, name=name, places=4 + 4 * rank, is_step_free=rank > 0))
    own = offices.get(pk=lead.service_point_id or 0)
    for record in _hours(own, today):
        arrange(lead, record)
    training = add_working_days(today, TRAINING_IN)
    reason = "Journée de formation du personnel"
    arrange(lead, Closure(service_point=own, first_on=training, last_on=training, reason=reason))


def keep_times(lead: Actor, today: date) -> None:
    """Keep times of a lead's own office for first appointments, once those of before are given: they stay."""
    own = _offices(lead, today).get(pk=lead.service_point_id or 0)
    for template in _templates(own, today + timedelta(days=1)):
        arrange(lead, template)


def _offices(lead: Actor, today: date) -> ServicePointQuerySet:
    return ServicePoint.objects.filter(region_id=lead.region_id or 0, kind=ServicePointKind.OFFICE).open_on(today)


def _hours(point: ServicePoint, today: date) -> list[Timetable]:
    year = today.year + (today.month > 8)
    summer = {"first_on": date(year, 6, 25), "last_on": date(year, 8, 31)}
    return [
        Timetable(service_point=point, name="Horaire habituel", week=_week(USUAL, thursday=EVENING)),
        Timetable(service_point=point, name="Horaire d’été", week=_week(SUMMER, thursday=SUMMER), **summer),
    ]


def _templates(point: ServicePoint, first_on: date) -> list[SlotTemplate]:
    """First appointments: the morning for all, some afternoons kept for the airport until the day before."""
    every = {
        "service_point": point,
        "kind": AppointmentKind.FIRST,
        "minutes": point.first_appointment_minutes,
        "first_on": first_on,
    }
    return [
        SlotTemplate(weekdays=[1, 2, 3, 4, 5], starts_at=time(8, 30), ends_at=time(11, 30), places=2, **every),
        SlotTemplate(weekdays=[1, 3, 5], starts_at=time(13), ends_at=time(15), places=1, airport_hours=24, **every),
    ]


def _week(usual: str, *, thursday: str) -> list[list[list[int]]]:
    return [read_day(thursday if day == 4 else usual) for day in range(1, 6)] + [[], []]
