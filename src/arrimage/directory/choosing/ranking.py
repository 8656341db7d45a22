"""The order of services for a need: those that refuse the person apart, the others by the weighted mean of what is
known of them. Pure rules over services already read (`queries`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from arrimage.directory.choosing import components as parts
from arrimage.directory.choosing.components import Component, Past, Places
from arrimage.directory.choosing.enums import Kind
from arrimage.directory.choosing.weights import WEIGHTS
from arrimage.directory.choosing.words import said
from arrimage.directory.enums import Mode
from arrimage.directory.finding.distance import km_between
from arrimage.directory.models import Location, Service, ServiceAtLocation
from arrimage.directory.rules import Eligibility, Situation, eligibility
from arrimage.engines.geometry import Point
from arrimage.territory.models import Place

TIED = 3  # totals that agree to this many decimals are equal


@dataclass(frozen=True)
class Wishes:
    """Whom a service is chosen for: what they speak, where they are, how they would rather be served, what they are.

    `place` is where distances are counted from; `mode` is one of `Mode`, or empty.
    """

    region_id: int
    today: date
    language: str = ""
    other_languages: Sequence[str] = ()
    place: Place | None = None
    mode: str = ""
    situation: Situation = field(default_factory=Situation)


@dataclass(frozen=True)
class Choice:
    """A service, somewhere or nowhere in particular, and what was found of it; `elsewhere` is the same one at the other
    locations where it is offered."""

    service: Service
    at: ServiceAtLocation | None
    components: tuple[Component, ...]
    eligibility: Eligibility
    elsewhere: tuple["Choice", ...] = ()

    @property
    def total(self) -> float:
        """The weighted mean of the known parts, from 0 to 1."""
        known = [(WEIGHTS[one.kind], one.value) for one in self.components if one.value is not None]
        return sum(weight * value for weight, value in known) / (sum(weight for weight, _value in known) or 1)

    @property
    def score(self) -> float:
        return round(self.total, TIED)

    def part(self, kind: Kind) -> Component:
        return next(one for one in self.components if one.kind == kind)

    @property
    def has_free_place(self) -> bool:
        return "free" in self.part(Kind.DELAY).facts

    @property
    def is_full(self) -> bool:
        return "full" in self.part(Kind.DELAY).facts

    @property
    def delay(self) -> str:
        """When its first place is, in words."""
        return said(self.part(Kind.DELAY))

    @property
    def distance(self) -> str:
        return said(self.part(Kind.DISTANCE))

    @property
    def by_distance(self) -> list["Choice"]:
        """Return it at each location, the nearest first, those whose distance is not known last."""
        return sorted((self, *self.elsewhere), key=lambda one: -(one.part(Kind.DISTANCE).value or 0.0))

    @property
    def said(self) -> list[str]:
        """Its parts in words; a wish that nobody made is left out."""
        return [said(one) for one in self.components if one.kind != Kind.PREFERENCE or one.facts]


@dataclass(frozen=True)
class Ranking:
    """The services that may take the person, best first, and those that may not."""

    choices: tuple[Choice, ...] = ()
    refused: tuple[Choice, ...] = ()

    def of(self, service_id: int) -> Choice | None:
        """Return what was found of a service, whether it may take the person or not; None when it was not looked at."""
        return next((one for one in (*self.choices, *self.refused) if one.service.pk == service_id), None)

    @property
    def best(self) -> Choice | None:
        return self.choices[0] if self.choices else None

    @property
    def alternatives(self) -> list[Choice]:
        """Return the services that have a place, when the best has none."""
        full = self.best is not None and self.best.is_full
        return [choice for choice in self.choices if choice.has_free_place] if full else []

    def without(self, service_ids: Collection[int]) -> "Ranking":
        """Return the same order, some services left out."""
        return Ranking(
            tuple(one for one in self.choices if one.service.pk not in service_ids),
            tuple(one for one in self.refused if one.service.pk not in service_ids),
        )

    def rank_of(self, service_id: int) -> int | None:
        """Return the rank of a service, from 1; None for one that refuses the person or was not looked at."""
        return next((rank for rank, one in enumerate(self.choices, 1) if one.service.pk == service_id), None)

    def tied(self) -> set[int]:
        """Return the keys of the services whose score another one has too: their names put them in order."""
        scores = [choice.score for choice in self.choices]
        return {choice.service.pk for choice in self.choices if scores.count(choice.score) > 1}


def rank(
    services: Iterable[Service],
    wishes: Wishes,
    *,
    middles: Mapping[int, Point],
    past: Mapping[int, Past],
    of_theme: Past,
) -> Ranking:
    """Put services in order: `middles` are those of places, `past` what became of referrals by service, both by key."""
    judged = [_best_of(service, wishes, middles, past.get(service.pk, Past()), of_theme) for service in services]
    ordered = sorted(judged, key=lambda choice: (-choice.score, choice.service.name, choice.service.pk))
    return Ranking(
        tuple(choice for choice in ordered if choice.eligibility.admitted is not False),
        tuple(choice for choice in ordered if choice.eligibility.admitted is False),
    )


def _best_of(service: Service, wishes: Wishes, middles: Mapping[int, Point], past: Past, of_theme: Past) -> Choice:
    """Judge a service where it suits best."""
    admitted = eligibility(
        service.eligibility_rules.all(),
        wishes.situation,
        wishes.today,
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
    )
    everywhere: list[ServiceAtLocation | None] = list(service.at_locations.all())
    found = [
        Choice(service, at, _components(service, at, wishes, middles, past, of_theme), admitted)
        for at in everywhere or [None]
    ]
    best = max(found, key=lambda choice: choice.total)
    return replace(best, elsewhere=tuple(one for one in found if one is not best))


def _components(
    service: Service,
    at: ServiceAtLocation | None,
    wishes: Wishes,
    middles: Mapping[int, Point],
    past: Past,
    of_theme: Past,
) -> tuple[Component, ...]:
    return (
        parts.language(
            wishes.language,
            wishes.other_languages,
            [*service.languages, *(at.location.languages if at else ())],
            interpreter=bool(service.interpretation_services),
        ),
        parts.delay(service.delay_days, _places(at), wishes.today),
        _distance(service, at, wishes, middles),
        parts.completion(past, of_theme),
        parts.preference(wishes.mode, service.modes),
    )


def _places(at: ServiceAtLocation | None) -> Places | None:
    known = getattr(at, "places", None)  # the other side of a one-to-one, which may not be there
    return Places(known.free, known.next_on) if known else None


def _distance(
    service: Service, at: ServiceAtLocation | None, wishes: Wishes, middles: Mapping[int, Point]
) -> Component:
    origin = middles.get(wishes.place.pk) if wishes.place else None
    here = _point_of(at.location, middles) if at else None
    region = service.organisation.region
    return parts.distance(
        km_between(origin, here) if origin and here else None,
        wishes.place.name if wishes.place else "",
        same_place=bool(at and wishes.place and at.location.place_id == wishes.place.pk),
        travels=Mode.ON_SITE in service.modes or not service.modes,
        elsewhere="" if region.pk == wishes.region_id else region.name,
    )


def _point_of(location: Location, middles: Mapping[int, Point]) -> Point | None:
    if location.latitude is not None and location.longitude is not None:
        return location.longitude, location.latitude
    return middles.get(location.place_id or 0)
