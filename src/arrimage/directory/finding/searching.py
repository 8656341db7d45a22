"""Services that answer criteria, the best first, and where they are on a map."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Avg, Count, F, QuerySet, Value
from django.db.models.functions import Coalesce, Floor, NullIf

from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.narrowing import at_some_door, doors_that_answer, narrow, narrow_but_doors
from arrimage.directory.finding.order import BY_NAME, best_first
from arrimage.directory.finding.results import NearestFirst, Results, by_distance, first
from arrimage.directory.finding.shown import listed
from arrimage.directory.finding.words import Lexemes, Understood, understand
from arrimage.directory.models import Service, ServiceAtLocation
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.engines.geometry import Bounds
from arrimage.foundation import clock

MOST_POINTS = 500
CELLS_ACROSS = 20  # of the box asked, when there are more points


@dataclass(frozen=True)
class MapPoint:
    """A location, or several close together: then `uid` is None, without a name, and the point is in their middle."""

    uid: UUID | None
    latitude: float
    longitude: float
    services: int
    name: str = ""


def find_services(
    criteria: Criteria,
    now: datetime | None = None,
    understood: Understood | None = None,
    *,
    by_name: bool = False,
) -> Results:
    """Return the offered services that answer all of `criteria`: the nearest first, or those where words weigh most,
    or by name.

    `understood` is what `understand` says of the text, for whoever asked already. Each service comes with what a list
    shows of it (`shown.Listed`).
    """
    now = now or clock.now()
    understood = understood or understand(criteria.text)
    wherever = _answering_but_doors(criteria, now, understood)
    read = partial(listed, criteria=criteria, moment=now)
    if criteria.near is None or by_name:
        found = at_some_door(wherever, criteria, now)
        in_order = found.order_by(*BY_NAME) if by_name else best_first(found, understood)
        rows = in_order.values_list("pk")
        # Those of a theme, a word or a place are read whole: to stop after some, the planner would read all others
        # in order.
        are_few = understood.terms or criteria.theme is not None or criteria.place is not None
        return Results(rows if are_few else first(rows), read)
    doors = doors_that_answer(criteria, now).filter(service__in=wherever.order_by().values("pk"))
    if criteria.within_km is not None:
        return Results(by_distance(doors, criteria.near), read)
    return NearestFirst(at_some_door(wherever, criteria, now), read, doors, criteria.near)


def find_points(criteria: Criteria, bounds: Bounds, now: datetime | None = None) -> list[MapPoint]:
    """Return where in `bounds` the services are that `find_services` finds; grouped on a grid when they are many."""
    now = now or clock.now()
    services = _answering_but_doors(criteria, now, understand(criteria.text)).order_by().values("pk")
    inside = doors_that_answer(criteria, now).filter(
        service__in=services,
        location__latitude__range=(bounds.south, bounds.north),
        location__longitude__range=(bounds.west, bounds.east),
    )
    # All are counted: a limit here would have the planner look for the first few through every door of the province.
    locations: int = inside.aggregate(locations=Count("location", distinct=True))["locations"]
    return _each(inside) if locations <= MOST_POINTS else _grouped(inside, bounds)


def matching(
    services: ServiceQuerySet, criteria: Criteria, now: datetime | None = None, understood: Understood | None = None
) -> ServiceQuerySet:
    """Return those of `services` that answer the criteria, in no order."""
    understood = understood or understand(criteria.text)
    return narrow(_bearing(services, understood), criteria, now or clock.now())


def _answering_but_doors(criteria: Criteria, now: datetime, understood: Understood) -> ServiceQuerySet:
    """Return the offered services that answer the criteria wherever they are; what is asked of doors is not asked."""
    return narrow_but_doors(_bearing(Service.objects.filter(is_offered=True), understood), criteria, now)


def _bearing(services: ServiceQuerySet, understood: Understood) -> ServiceQuerySet:
    if understood.terms:
        # Said twice: the planner adds up the forms of a word as if each had documents of its own, then reads all
        # documents rather than the index; a conjunction brings its count back to the truth.
        return services.filter(document__words=Lexemes(f"({understood.query}) & ({understood.query})"))
    return services if understood.asks_nothing else services.none()


def _each(inside: QuerySet[ServiceAtLocation]) -> list[MapPoint]:
    named = Coalesce(NullIf("location__name", Value("")), "location__organisation__name")
    columns = ("location__uid", "location__latitude", "location__longitude", "services", "named")
    rows = inside.values("location").annotate(services=Count("pk"), named=named).order_by("named", "location")
    return [MapPoint(*row) for row in rows.values_list(*columns)]


def _grouped(inside: QuerySet[ServiceAtLocation], bounds: Bounds) -> list[MapPoint]:
    """Return one point a cell of the grid; a service at two locations of a cell counts there twice."""
    rows = (
        inside.annotate(
            row=_cell("location__latitude", bounds.south, bounds.north),
            column=_cell("location__longitude", bounds.west, bounds.east),
        )
        .values("row", "column")
        .annotate(
            latitude=Avg("location__latitude"), longitude=Avg("location__longitude"), services=Count("pk"),
        )
        .order_by("row", "column")
    )  # fmt: skip
    return [MapPoint(None, *row) for row in rows.values_list("latitude", "longitude", "services")]


def _cell(column: str, low: float, high: float) -> Floor:
    """Return the rank of the cell a coordinate falls in; a box without a width has a single one."""
    return Floor((F(column) - low) * CELLS_ACROSS / ((high - low) or 1.0))
