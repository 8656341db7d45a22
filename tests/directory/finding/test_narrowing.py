"""What narrows a search: theme, language, mode, free places, borough, distance, persons refused."""

from datetime import UTC, date, datetime, time

import pytest

from arrimage.directory.enums import Frequency, Mode
from arrimage.directory.finding.criteria import Criteria, Point
from arrimage.directory.finding.searching import MOST_POINTS, find_points, find_services
from arrimage.directory.models import EligibilityRule, Location, Schedule, Service, ServiceAtLocation, ServicePlaces
from arrimage.directory.rules import Held, Situation
from arrimage.engines.geometry import Bounds
from arrimage.people.enums import Category
from arrimage.territory.models import Place
from tests.factories import OrganisationFactory, ServiceFactory, theme

pytestmark = pytest.mark.django_db
CENTRE = Point(45.5, -73.6)
ONE_KM_NORTH = 45.5 + 1 / 111.195  # a degree of latitude, of a sphere of the Earth's mean radius, in kilometres
MONTREAL = Bounds(-74.0, 45.3, -73.4, 45.8)
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)  # a Wednesday, no holiday


def found(**asked) -> list[str]:
    return [service.name for service in find_services(Criteria(**asked))]


def at(service: Service, latitude: float, longitude: float = CENTRE.longitude, **more) -> ServiceAtLocation:
    location = Location.objects.create(
        organisation=service.organisation, latitude=latitude, longitude=longitude, **more
    )
    return ServiceAtLocation.objects.create(service=service, location=location)


def test_theme_language_and_mode_narrow_together():
    ServiceFactory(name="A", themes=[theme("housing")], languages=["fr", "es"], modes=[Mode.REMOTE])
    ServiceFactory(name="B", themes=[theme("housing")], languages=["fr"], modes=[Mode.ON_SITE])
    ServiceFactory(name="C", themes=[theme("health")], languages=["es"])
    assert found() == ["A", "B", "C"]
    assert found(theme=theme("housing")) == ["A", "B"]
    assert found(language="es") == ["A", "C"]
    assert found(mode=Mode.REMOTE) == ["A"]
    assert found(theme=theme("housing"), language="es", mode=Mode.REMOTE) == ["A"]


def test_a_service_that_is_closed_is_never_found():
    closed = ServiceFactory(name="Fermé", is_offered=False)
    at(closed, CENTRE.latitude)
    assert found() == found(text="fermé") == found(near=CENTRE) == []
    assert find_points(Criteria(), MONTREAL) == []


def test_a_city_holds_its_boroughs_and_an_organisation_s_place_stands_for_none():
    borough = Place.objects.get(name="Verdun")
    other = Place.objects.get(name="Ahuntsic-Cartierville")
    ServiceFactory(name="Ici", place=borough)
    ServiceFactory(name="Organisme ici", organisation=OrganisationFactory(place=borough))
    ServiceFactory(name="Parti ailleurs", organisation=OrganisationFactory(place=borough), place=other)
    assert found(place=borough) == ["Ici", "Organisme ici"]
    assert found(place=other) == ["Parti ailleurs"]
    assert borough.within is not None
    assert len(found(place=borough.within)) == 3


def test_distance_orders_and_its_limit_is_kept_to_the_metre():
    for name, latitude in (("Loin", CENTRE.latitude + 0.5), ("À un kilomètre", ONE_KM_NORTH), ("Ici", CENTRE.latitude)):
        at(ServiceFactory(name=name), latitude)
    ServiceFactory(name="Nulle part")
    assert found(near=CENTRE) == ["Ici", "À un kilomètre", "Loin", "Nulle part"]
    assert found(near=CENTRE, within_km=1.001) == ["Ici", "À un kilomètre"]
    assert found(near=CENTRE, within_km=0.999) == ["Ici"]
    distances = [service.distance_km for service in find_services(Criteria(near=CENTRE))]
    assert distances[:3] == pytest.approx([0, 1, 55.6], abs=0.01)
    assert distances[3] is None


def test_the_nearest_of_several_locations_counts_and_a_pole_is_a_place():
    service = ServiceFactory()
    at(service, CENTRE.latitude + 1)
    at(service, ONE_KM_NORTH)
    [only] = find_services(Criteria(near=CENTRE, within_km=200))
    assert only.distance_km == pytest.approx(1, abs=0.001)
    assert found(near=Point(90, 0), within_km=30_000) == [service.name]


def test_free_places_are_those_not_all_taken():
    for name, taken in (("Complet", 5), ("Une place", 4)):
        here = at(ServiceFactory(name=name), CENTRE.latitude)
        ServicePlaces.objects.create(service_at_location=here, capacity=5, taken=taken)
    ServiceFactory(name="On ne sait pas")
    assert found(free_places=True) == ["Une place"]


def test_services_that_refuse_a_person_are_left_out_and_unknown_stays():
    refugees = ServiceFactory(name="Réfugiés")
    EligibilityRule.objects.create(service=refugees, categories=[Category.SPONSORED_REFUGEE])
    ServiceFactory(name="Jeunes", maximum_age=35)
    ServiceFactory(name="Tout le monde")
    worker = Situation(statuses=[Held(Category.SKILLED_WORKER, date(2020, 1, 1))], born_on=date(1960, 1, 1))
    assert found(situation=worker) == ["Tout le monde"]
    refugee = Situation(statuses=[Held(Category.SPONSORED_REFUGEE, date(2020, 1, 1))], born_on=date(2000, 1, 1))
    assert found(situation=refugee) == ["Jeunes", "Réfugiés", "Tout le monde"]
    assert found(situation=Situation()) == ["Jeunes", "Réfugiés", "Tout le monde"]


def test_one_rule_that_admits_is_enough():
    service = ServiceFactory()
    EligibilityRule.objects.create(service=service, categories=[Category.SPONSORED_REFUGEE])
    EligibilityRule.objects.create(service=service, categories=[Category.SKILLED_WORKER])
    assert found(situation=Situation(statuses=[Held(Category.SKILLED_WORKER, date(2020, 1, 1))])) == [service.name]


def test_points_are_locations_with_their_services_within_the_bounds():
    service, other = ServiceFactory(), ServiceFactory()
    here = at(service, 45.5, name="Le local")
    ServiceAtLocation.objects.create(service=other, location=here.location)
    at(service, 46.9)
    [point] = find_points(Criteria(), MONTREAL)
    assert (point.uid, point.services, point.name) == (here.location.uid, 2, "Le local")
    assert (point.latitude, point.longitude) == (45.5, CENTRE.longitude)
    at(service, 45.51)
    assert service.organisation.name in [point.name for point in find_points(Criteria(), MONTREAL)]


def test_many_points_are_grouped_and_none_is_lost():
    service = ServiceFactory()
    count = MOST_POINTS + 1
    locations = Location.objects.bulk_create(
        Location(organisation=service.organisation, latitude=45.4 + rank / 5_000, longitude=-73.6)
        for rank in range(count)
    )
    ServiceAtLocation.objects.bulk_create(ServiceAtLocation(service=service, location=each) for each in locations)
    points = find_points(Criteria(), MONTREAL)
    assert len(points) < 20
    assert {point.uid for point in points} == {None}
    assert sum(point.services for point in points) == count


@pytest.mark.parametrize(
    ("asked", "searches"), [({}, 1), ({"near": CENTRE}, 2), ({"open_now": True}, 1), ({"free_places": True}, 1)]
)
def test_a_page_of_a_thousand_costs_as_many_queries_as_one(asked, searches, django_assert_num_queries):
    """The search (the nearest are counted apart), then the page at one door each, its themes, its schedules."""
    criteria = Criteria(**asked)
    with django_assert_num_queries(1):
        assert len(find_services(criteria, NOON)) == 0
    for _ in range(30):
        here = at(ServiceFactory(), CENTRE.latitude)
        ServicePlaces.objects.create(service_at_location=here, capacity=5)
        Schedule.objects.create(
            service_at_location=here, freq=Frequency.WEEKLY, byday="WE", opens_at=time(9), closes_at=time(17)
        )
    found = find_services(criteria, NOON)
    with django_assert_num_queries(searches + 3):
        assert len(found) == 30
        assert len(found[:20]) == 20


def test_pages_of_the_nearest_hold_each_service_once_however_far():
    """Those of a door, of streets, of a province and of the other side of the globe, two by two."""
    steps = (0.0, 0.001, 0.01, 0.1, 1.0, 10.0)
    for rank, north in enumerate(steps):
        at(ServiceFactory(name=f"Service {rank}"), CENTRE.latitude + north)
    at(ServiceFactory(name="Aux antipodes"), -CENTRE.latitude, CENTRE.longitude + 180)
    nearest = find_services(Criteria(near=CENTRE))
    pages = [[service.name for service in nearest[start : start + 2]] for start in range(0, len(nearest), 2)]
    assert pages == [
        ["Service 0", "Service 1"],
        ["Service 2", "Service 3"],
        ["Service 4", "Service 5"],
        ["Aux antipodes"],
    ]
    assert nearest.keys() == nearest.keys(0, 7)
    assert nearest[6].distance_km == pytest.approx(20_015, abs=1)
    assert [service.name for service in find_services(Criteria(near=CENTRE, within_km=12))[:9]] == [
        "Service 0", "Service 1", "Service 2", "Service 3",
    ]  # fmt: skip


def test_by_name_the_distance_is_still_said():
    for name, north in (("B", 0.0), ("A", 1.0)):
        at(ServiceFactory(name=name), CENTRE.latitude + north)
    found = find_services(Criteria(near=CENTRE), by_name=True)
    assert [(service.name, service.distance_km) for service in found] == [
        ("A", pytest.approx(111.2, abs=0.1)),
        ("B", 0),
    ]


def test_one_door_answers_all_that_is_asked_of_a_door():
    """Open now, full, in this borough; closed, free, in that one: neither is open with a free place."""
    here, there = Place.objects.get(name="Verdun"), Place.objects.get(name="Ahuntsic-Cartierville")
    service = ServiceFactory(name="A")
    for place, byday, taken in ((here, "WE", 5), (there, "TH", 0)):
        door = at(service, CENTRE.latitude, place=place)
        ServicePlaces.objects.create(service_at_location=door, capacity=5, taken=taken)
        Schedule.objects.create(
            service_at_location=door, freq=Frequency.WEEKLY, byday=byday, opens_at=time(9), closes_at=time(17)
        )

    def is_found(**asked) -> bool:
        criteria = Criteria(**asked)
        assert len(find_points(criteria, MONTREAL, NOON)) == len(find_services(criteria, NOON)) <= 1
        return len(find_services(criteria, NOON)) == 1

    assert is_found(open_now=True)
    assert is_found(free_places=True)
    assert not is_found(open_now=True, free_places=True)
    assert is_found(open_now=True, place=here)
    assert not is_found(open_now=True, place=there)
    assert is_found(free_places=True, place=there)
    assert not is_found(free_places=True, place=here)
    near = {"near": CENTRE, "within_km": 1}
    assert is_found(open_now=True, **near)
    assert not is_found(open_now=True, free_places=True, **near)


def test_a_service_is_shown_at_the_door_that_answers_the_nearest_first():
    here, there = Place.objects.get(name="Verdun"), Place.objects.get(name="Ahuntsic-Cartierville")
    service = ServiceFactory(name="A")
    for north, place, free in ((0.02, here, 0), (0.01, here, 3), (0.0, there, 0)):
        door = at(service, CENTRE.latitude + north, place=place)
        ServicePlaces.objects.create(service_at_location=door, capacity=5, taken=5 - free)

    def shown(**asked) -> tuple[str, int, float | None]:
        [one] = find_services(Criteria(**asked))
        assert one.places is not None
        assert one.other_doors == 2
        return one.place, one.places.free, one.distance_km

    assert shown() == ("Verdun", 0, None)
    assert shown(place=there) == ("Ahuntsic-Cartierville", 0, None)
    assert shown(near=CENTRE) == ("Ahuntsic-Cartierville", 0, 0)
    assert shown(near=CENTRE, free_places=True) == ("Verdun", 3, pytest.approx(1.1, abs=0.1))
    assert shown(near=CENTRE, place=here) == ("Verdun", 3, pytest.approx(1.1, abs=0.1))


def test_a_service_without_a_door_is_found_where_its_organisation_is_when_it_answers():
    here = Place.objects.get(name="Verdun")
    remote = ServiceFactory(name="Au téléphone", organisation=OrganisationFactory(place=here))
    Schedule.objects.create(service=remote, freq=Frequency.WEEKLY, byday="WE", opens_at=time(9), closes_at=time(17))
    for asked in ({"open_now": True}, {"open_now": True, "place": here}, {"place": here}, {"near": CENTRE}):
        [one] = find_services(Criteria(**asked), NOON)
        assert (one.name, one.place, one.other_doors, one.places) == ("Au téléphone", "Verdun", 0, None)
        assert len(one.schedules) == 1
    assert len(find_services(Criteria(open_now=True, free_places=True), NOON)) == 0
    elsewhere = Place.objects.get(name="Ahuntsic-Cartierville")
    assert len(find_services(Criteria(open_now=True, place=elsewhere), NOON)) == 0


def test_services_of_no_known_place_end_the_pages_of_the_nearest():
    for name in ("B", "A"):
        ServiceFactory(name=name)
    at(ServiceFactory(name="C"), CENTRE.latitude)
    nearest = find_services(Criteria(near=CENTRE))
    assert [[service.name for service in nearest[start : start + 1]] for start in range(3)] == [["C"], ["A"], ["B"]]


@pytest.mark.parametrize("asked", [{}, {"near": CENTRE}, {"near": CENTRE, "within_km": 5}])
def test_no_more_than_a_thousand_are_counted_and_it_is_known(asked, monkeypatch):
    monkeypatch.setattr("arrimage.directory.finding.results.MOST", 3)
    for number in range(3):
        at(ServiceFactory(name=f"Service {number}"), CENTRE.latitude)
    found = find_services(Criteria(**asked))
    assert (len(found), found.are_more) == (3, False)
    at(ServiceFactory(name="Service 3"), CENTRE.latitude)
    found = find_services(Criteria(**asked))
    assert (len(found), found.are_more) == (3, True)
    assert [service.name for service in found] == ["Service 0", "Service 1", "Service 2"]
    assert len(found.keys()) == len(found[:20]) == 3
