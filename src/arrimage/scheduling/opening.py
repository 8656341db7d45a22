"""When points of service receive: hours of the season, closures, holidays, and what their times are kept for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext as _

from arrimage.scheduling.models import Closure, SlotTemplate, Timetable
from arrimage.scheduling.rules import Span, Stretch, minutes_of, span, without_lunch
from arrimage.territory.models import ServicePoint
from arrimage.territory.working_days import closed_days, is_working_day


class _Dated(Protocol):
    @property
    def first_on(self) -> date | None: ...

    @property
    def last_on(self) -> date | None: ...


@dataclass(frozen=True)
class Opening:
    """The hours of several points over some days, read at once (`opening_of`); each by key of point."""

    timetables: dict[int, list[Timetable]]
    closures: dict[int, list[Closure]]
    templates: dict[int, list[SlotTemplate]]

    def timetable(self, point: ServicePoint, day: date) -> Timetable | None:
        """Return what a point follows on `day`: the season's hours, else those of all year."""
        found = [each for each in self.timetables[point.pk] if _runs_on(each, day)]
        return next((each for each in found if each.first_on), found[0] if found else None)

    def why_closed(self, point: ServicePoint, day: date) -> str:
        """Say why a point is exceptionally closed on `day`; nothing when it is not."""
        if day < point.opened_on or (point.closed_on is not None and day > point.closed_on):
            return _("Le point de services n’est pas ouvert à cette date.")
        if day in closed_days(day.year):
            return _("Jour férié ou chômé")
        closure = next((each for each in self.closures[point.pk] if _runs_on(each, day)), None)
        return closure.reason if closure else ""

    def stretches(self, point: ServicePoint, day: date) -> Sequence[Stretch]:
        """Return the hours of a point on `day`, in minutes; none when it is closed."""
        if self.why_closed(point, day):
            return []
        timetable = self.timetable(point, day)
        if timetable is not None:
            return timetable.week[day.weekday()]
        if not is_working_day(day):
            return []
        return without_lunch(minutes_of(point.day_starts_at), minutes_of(point.day_ends_at))

    def spans(self, point: ServicePoint, day: date) -> list[Span]:
        """Return the hours of a point on `day`; none when it is closed."""
        return [span(day, starts, ends) for starts, ends in self.stretches(point, day)]

    def templates_on(self, point: ServicePoint, day: date) -> list[SlotTemplate]:
        """Return the templates in force on `day`, whatever weekday they are for."""
        return [each for each in self.templates[point.pk] if _runs_on(each, day)]


def opening_of(points: Sequence[ServicePoint], first: date, last: date) -> Opening:
    """Return when `points` receive from `first` to `last`. Three queries."""
    reached = (Q(first_on__isnull=True) | Q(first_on__lte=last)) & (Q(last_on__isnull=True) | Q(last_on__gte=first))
    opening = Opening(defaultdict(list), defaultdict(list), defaultdict(list))
    for timetable in Timetable.objects.filter(reached, service_point__in=points, is_withdrawn=False):
        opening.timetables[timetable.service_point_id].append(timetable)
    for closure in Closure.objects.filter(reached, service_point__in=points, is_withdrawn=False):
        opening.closures[closure.service_point_id].append(closure)
    for template in SlotTemplate.objects.filter(reached, service_point__in=points, is_withdrawn=False):
        opening.templates[template.service_point_id].append(template)
    return opening


def usual_hours(point: ServicePoint, day: date) -> list[Span]:
    """Return the hours a point has while nobody wrote it a timetable, `day` being one it receives on."""
    return [
        span(day, *stretch) for stretch in without_lunch(minutes_of(point.day_starts_at), minutes_of(point.day_ends_at))
    ]


def _runs_on(each: _Dated, day: date) -> bool:
    return (each.first_on is None or each.first_on <= day) and (each.last_on is None or day <= each.last_on)
