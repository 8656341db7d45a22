"""The days of a calendar: what takes the time, and the hours one may give."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.models import RoleGrant
from arrimage.accounts.rights import Actor
from arrimage.casework.agenda import Meeting as Encounter
from arrimage.casework.agenda import meetings as encounters
from arrimage.casework.queries import appointments_open_to
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date
from arrimage.scheduling.calendars import Whose, appointments_of, meetings_of
from arrimage.scheduling.models import Meeting
from arrimage.scheduling.queries import free_slots
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class Shown:
    """A stretch of a day. `names` are those whose files the reader may open, and no other; `url` may be empty."""

    starts_at: datetime
    ends_at: datetime
    title: str
    detail: str = ""
    names: str = ""
    url: str = ""
    is_free: bool = False


@dataclass
class Day:
    on: date
    stretches: list[Shown] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        return write_date(self.on, "EEEE")

    @property
    def date(self) -> str:
        return write_date(self.on, "d MMMM")

    @property
    def is_today(self) -> bool:
        return self.on == clock.today()


def days_shown(actor: Actor, whose: Whose, first: date, last: date) -> list[Day]:
    """Return each day from `first` to `last`, weekends only when something is on; as many queries for one or many."""
    by_day: dict[date, list[Shown]] = defaultdict(list)
    for each in [*_appointments(actor, whose, first, last), *_meetings(actor, whose, first, last)]:
        by_day[timezone.localdate(each.starts_at)].append(each)
    for each in _free(actor, whose, first, last):
        by_day[timezone.localdate(each.starts_at)].append(each)
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return [
        Day(day, sorted(by_day[day], key=lambda each: (each.starts_at, each.ends_at)))
        for day in days
        if by_day[day] or day.weekday() < 5 or first == last
    ]


def _appointments(actor: Actor, whose: Whose, first: date, last: date) -> list[Shown]:
    rows = appointments_of(actor, whose, first, last)
    opened = set(appointments_open_to(actor).filter(pk__in=rows.order_by().values("pk")).values_list("pk", flat=True))
    return [_appointment(whose, each, is_open=each.appointment.pk in opened) for each in encounters(actor, rows)]


def _appointment(whose: Whose, encounter: Encounter, *, is_open: bool) -> Shown:
    row = encounter.appointment
    around = (row.agent, row.service_point)  # what the page already says in its title is not said again
    return Shown(
        row.starts_at,
        row.ends_at,
        title=f"{row.get_kind_display()} · {row.get_status_display()}",
        detail=" · ".join(str(each) for each in around if each != whose.record),
        names=", ".join(str(person) for person, file in encounter.guests if file is not None),
        url=reverse("staff:appointment", args=[row.uid]) if is_open else "",
    )


def _meetings(actor: Actor, whose: Whose, first: date, last: date) -> list[Shown]:
    return [_meeting(row) for row in meetings_of(actor, whose, first, last)]


def _meeting(row: Meeting) -> Shown:
    parts = [row.agent, row.room, row.session.service_point]
    return Shown(
        row.starts_at,
        row.ends_at,
        title=_("Séance : %(programme)s") % {"programme": row.session.programme},
        detail=" · ".join(str(part) for part in parts if part),
    )


def _free(actor: Actor, whose: Whose, first: date, last: date) -> list[Shown]:
    """Return the free hours of an agent at their point, or of a point: one line for each, however many are free."""
    point = _point(actor, whose)
    if point is None:
        return []
    found: dict[tuple[datetime, datetime], int] = defaultdict(int)
    for slot in free_slots(point, max(first, clock.today()), last):
        if whose.kind == "point" or slot.agent == whose.record:
            found[slot.starts_at, slot.ends_at] += 1
    return [
        Shown(
            start,
            end,
            title=_("Libre : fixer un rendez-vous"),
            url=_to_give(actor, whose, start),
            is_free=True,
        )
        for start, end in found
    ]


def _to_give(actor: Actor, whose: Whose, start: datetime) -> str:
    """Return where one chooses the file a free hour is given to; of another's, every agent's hours are proposed."""
    asked = {"first": timezone.localdate(start).isoformat()}
    if whose.record.pk != actor.user_id or whose.kind != "agent":
        asked["any_agent"] = "on"
    return f"{reverse('staff:appointment_whom')}?{urlencode(asked)}"


def _point(actor: Actor, whose: Whose) -> ServicePoint | None:
    """Return where free hours are looked for: the point itself, or the one an agent works at."""
    if isinstance(whose.record, ServicePoint):
        return whose.record
    if whose.kind != "agent":
        return None
    grants = RoleGrant.objects.live_on(clock.today()).filter(
        user=whose.record.pk, region=actor.region_id, service_point__isnull=False
    )
    grant = grants.select_related("service_point").order_by("pk").first()
    return grant.service_point if grant else None
