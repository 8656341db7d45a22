"""What a list shows of services: each at one door, the one that answers best, and how many others it has.

One statement reads a page, and no more than it shows: through models, a page cost three times its search.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from arrimage.directory.finding.criteria import Criteria, Point
from arrimage.directory.finding.distance import half_chord, km_of
from arrimage.directory.finding.narrowing import asks_of_a_door, doors_that_answer
from arrimage.directory.models import Schedule, ServiceAtLocation, Theme

_PAGE = """
    with asked as (select * from unnest(%s::bigint[]) with ordinality asked(id, rank)),
    doors as (
        select a.*, l.place_id, {chord} as chord, count(*) over (partition by a.service_id) as number
        from directory_serviceatlocation a join directory_location l on l.id = a.location_id
        where a.service_id in (select id from asked)
    ),
    door as (
        select distinct on (service_id) * from doors order by service_id, {answering} chord nulls last, id
    )
    select s.id, s.uid, s.name, s.description, s.languages, o.name, coalesce(p.name, own.name, ''), door.number,
        door.chord, n.capacity - n.taken - n.taken_by_referrals - n.held, n.next_on,
        array(select t.theme_id from directory_service_themes t where t.service_id = s.id),
        array(select h.id from directory_schedule h where h.service_at_location_id = door.id),
        array(select h.id from directory_schedule h where h.service_id = s.id),
        array(select h.id from directory_schedule h where h.location_id = door.location_id)
    from asked
    join directory_service s on s.id = asked.id and s.is_offered
    join directory_organisation o on o.id = s.organisation_id
    left join door on door.service_id = s.id
    left join territory_place p on p.id = door.place_id
    left join territory_place own on own.id = o.place_id
    left join directory_serviceplaces n on n.service_at_location_id = door.id
    order by asked.rank
"""
_IN_WORDS = (  # columns of a schedule that `directory.words.hours` reads
    "valid_from", "valid_to", "freq", "interval", "byday", "bymonthday", "opens_at", "closes_at", "description",
    "notes",
)  # fmt: skip


@dataclass(frozen=True)
class Places:
    """How many places are free at a door; `next_on` is when some come free."""

    free: int
    next_on: date | None


@dataclass(frozen=True)
class Listed:
    """A service at one of its doors: `place` is a city or borough, its organisation's where the door has none.

    `schedules` are those heard there: its own, else the service's, else the location's.
    """

    pk: int
    uid: UUID
    name: str
    description: str
    languages: list[str]
    organisation: str
    place: str
    other_doors: int
    distance_km: float | None
    places: Places | None
    themes: list[Theme]
    schedules: list[Schedule]


def listed(keys: Sequence[int], criteria: Criteria, moment: datetime) -> list[Listed]:
    """Return the offered services of these keys, in their order, each at a door that answers the criteria: the nearest
    where a point is asked. Three queries, none for no key."""
    return listed_at(keys, doors_that_answer(criteria, moment) if asks_of_a_door(criteria) else None, criteria.near)


def listed_at(
    keys: Sequence[int], doors: QuerySet[ServiceAtLocation] | None = None, near: Point | None = None
) -> list[Listed]:
    """Return offered services, each at one of `doors` if it can be, at the nearest to a point, or else at its first."""
    if not keys:
        return []
    rows = _read(keys, doors, near)
    themes = Theme.objects.in_bulk({key for row in rows for key in row[-4]})
    ways = [next(filter(None, row[-3:]), ()) for row in rows]
    schedules = Schedule.objects.filter(pk__in=[key for keys in ways for key in keys]).only(*_IN_WORDS)
    by_key = {schedule.pk: schedule for schedule in schedules}
    lines = []
    for row, heard in zip(rows, ways, strict=True):
        key, uid, name, description, languages, organisation, place, number, chord, free, next_on, *_parts = row
        lines.append(
            Listed(
                pk=key, uid=uid, name=name, description=description, languages=languages, organisation=organisation,
                place=place, other_doors=(number or 1) - 1,
                distance_km=None if chord is None else km_of(chord),
                places=None if free is None else Places(free, next_on),
                themes=[theme for of, theme in themes.items() if of in row[-4]],
                schedules=[schedule for of, schedule in by_key.items() if of in heard],
            )
        )  # fmt: skip
    return lines


def _read(keys: Sequence[int], doors: QuerySet[ServiceAtLocation] | None, near: Point | None) -> list[tuple[Any, ...]]:
    chord, parameters = half_chord(near, "l.latitude", "l.longitude") if near else ("null::float", ())
    answering, answering_parameters = "", ()
    if doors is not None:
        sql, answering_parameters = doors.filter(service__in=list(keys)).values("pk").query.sql_with_params()
        answering = f"id in ({sql}) desc,"
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(chord=chord, answering=answering), [list(keys), *parameters, *answering_parameters])
        return cursor.fetchall()
