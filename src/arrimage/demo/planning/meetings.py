"""A household's later appointments, and what becomes of each."""

from dataclasses import dataclass
from datetime import date
from random import Random

from arrimage.demo.planning.calendar import after, some_days_after
from arrimage.scheduling.enums import AppointmentStatus

# Working days after the first appointment (from, to) of each later one, and the share (0 to 1) of households that come.
TIMES = (((8, 14), 0.9), ((25, 40), 0.85), ((60, 80), 0.8), ((105, 130), 0.75), ((170, 200), 0.6))
AHEAD = 15  # working days within which appointments are already given
FIRST_MISSED = 0.07


@dataclass(frozen=True)
class Meeting:
    """A later appointment: for which day, and what became of it; `BOOKED`, it is still to come, or not told yet."""

    on: date
    status: AppointmentStatus


def meetings(random: Random, met_on: date, today: date) -> list[Meeting]:
    """Return the later appointments given up to `today`; one cancelled was moved to another day."""
    found = []
    for (first, last), share in TIMES:
        day = some_days_after(random, met_on, first, last)
        if random.random() > share or day > after(today, AHEAD):
            continue
        if random.random() < 0.1:
            found.append(Meeting(day, AppointmentStatus.CANCELLED))
            day = some_days_after(random, day, 2, 6)
        found.append(Meeting(day, _status(random, day, today)))
    return found


def _status(random: Random, day: date, today: date) -> AppointmentStatus:
    if day >= today or (day >= after(today, -2) and random.random() < 0.25):
        return AppointmentStatus.BOOKED
    return random.choices([AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW], [90, 10])[0]
