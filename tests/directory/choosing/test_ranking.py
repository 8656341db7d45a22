"""The order of services: who comes first, who is apart, and what a change does to it."""

from datetime import timedelta

import pytest

from arrimage.directory.choosing.components import Past
from arrimage.directory.choosing.enums import Kind
from arrimage.directory.choosing.queries import rank_for_themes
from arrimage.directory.choosing.ranking import Wishes
from arrimage.directory.choosing.record import as_kept, components_kept
from arrimage.directory.models import EligibilityRule, Location, ServiceAtLocation, ServicePlaces
from arrimage.directory.rules import Held, Situation
from arrimage.foundation import clock
from arrimage.territory.models import Outline, Place
from tests.factories import ServiceFactory, region, theme

pytestmark = pytest.mark.django_db


def wishes(**fields) -> Wishes:
    return Wishes(**({"region_id": region().pk, "today": clock.today(), "language": "ar"} | fields))


def ranking(pasts=None, **fields):
    key = theme().pk
    return rank_for_themes([key], wishes(**fields), pasts or {})[key]


def names(**fields) -> list[str]:
    return [one.service.name for one in ranking(**fields).choices]


def somewhere(service, *, taken: int = 0, capacity: int = 0, **location) -> ServiceAtLocation:
    """Offer a service at a location, of `capacity` places if any."""
    place = Location.objects.create(organisation=service.organisation, **location)
    at = ServiceAtLocation.objects.create(service=service, location=place)
    if capacity:
        ServicePlaces.objects.create(service_at_location=at, capacity=capacity, taken=taken)
    return at


def boxed(place: Place, west: float, south: float) -> Place:
    """Give a place an outline a tenth of a degree wide."""
    Outline.objects.filter(place=place).delete()
    box = {"west": west, "south": south, "east": west + 0.1, "north": south + 0.1}
    Outline.objects.create(place=place, geometry={"type": "MultiPolygon", "coordinates": []}, **box)
    return place


def test_language_then_delay_then_the_region() -> None:
    ServiceFactory(name="Ailleurs", languages=["ar"], organisation__region=region("13"))
    ServiceFactory(name="Tard", languages=["ar"], delay_days=60)
    ServiceFactory(name="Tôt", languages=["ar"], delay_days=5)
    ServiceFactory(name="En français", languages=["fr"], delay_days=5)
    ServiceFactory(name="Fermé", languages=["ar"], is_offered=False)
    ServiceFactory(name="Autre thème", languages=["ar"], themes=[theme("housing")])
    assert names() == ["Tôt", "Tard", "Ailleurs", "En français"]


def test_the_nearest_comes_first_from_the_person_s_place() -> None:
    home, far = Place.objects.filter(region=region())[:2]
    boxed(home, -73.6, 45.5)
    boxed(far, -74.6, 45.5)
    somewhere(ServiceFactory(name="A loin"), place=far)
    somewhere(ServiceFactory(name="B près"), latitude=45.55, longitude=-73.5)
    somewhere(ServiceFactory(name="C ici"), place=home)
    ranked = ranking(place=home)
    assert [one.service.name for one in ranked.choices] == ["C ici", "B près", "A loin"]
    assert ranked.choices[1].part(Kind.DISTANCE).facts["km"] == pytest.approx(3.9, abs=0.1)
    assert names() == ["A loin", "B près", "C ici"]  # nothing to measure from


def test_a_place_without_an_outline_is_where_its_services_are() -> None:
    home = Place.objects.filter(region=region())[0]
    Outline.objects.filter(place=home).delete()
    for longitude in (-73.5, -73.7):
        somewhere(ServiceFactory(themes=[]), place=home, latitude=45.5, longitude=longitude)
    service = ServiceFactory()
    somewhere(service, latitude=45.5, longitude=-73.639)

    (only,) = ranking(place=home).choices

    assert only.part(Kind.DISTANCE).facts["km"] == pytest.approx(3.0, abs=0.1)  # from -73.6, between the two


def test_a_service_is_judged_where_it_suits_best() -> None:
    service = ServiceFactory()
    somewhere(service, capacity=5, taken=5)
    open_there = somewhere(service, capacity=5, taken=4)
    assert ranking().choices[0].at == open_there


def test_who_is_refused_is_apart_and_who_is_not_known_stays() -> None:
    service = ServiceFactory(name="Réservé")
    EligibilityRule.objects.create(
        service=service, categories=["sponsored_refugee"], reason="Pour les personnes réfugiées."
    )
    ServiceFactory(name="Ouvert à tous")
    assert "Réservé" in names()
    assert [one.eligibility.admitted for one in ranking().choices if one.service == service] == [None]
    held = Situation(statuses=[Held("student", clock.today())])
    ranked = ranking(situation=held)
    assert [one.service.name for one in ranked.choices] == ["Ouvert à tous"]
    assert [one.eligibility.reasons for one in ranked.refused] == [("Pour les personnes réfugiées.",)]
    assert ranked.rank_of(service.pk) is None


@pytest.mark.parametrize("next_in", [None, 3, 200])
@pytest.mark.parametrize("delay_days", [None, 0, 90])
def test_a_free_place_never_lowers_the_rank(next_in, delay_days) -> None:
    for days in (None, 2, 20, 200):
        ServiceFactory(delay_days=days)
    service = ServiceFactory(name="Z", delay_days=delay_days)
    places = ServicePlaces.objects.create(service_at_location=somewhere(service), capacity=3, taken=3)
    if next_in is not None:
        places.next_on = clock.today() + timedelta(days=next_in)
        places.save(update_fields=["next_on"])
    before = ranking().rank_of(service.pk)
    places.taken = 2
    places.save(update_fields=["taken"])
    assert ranking().rank_of(service.pk) <= before


def test_equal_services_are_in_the_order_of_their_names_and_it_is_said() -> None:
    second, first = ServiceFactory(name="B"), ServiceFactory(name="A")
    ServiceFactory(name="C", languages=["ar"])
    assert names() == names() == ["C", "A", "B"]
    assert ranking().tied() == {first.pk, second.pk}


def test_what_became_of_others_counts_with_their_number() -> None:
    good, lucky = ServiceFactory(name="Z bon"), ServiceFactory(name="A chanceux")
    key = theme().pk
    pasts = {(key, good.pk): Past(100, 90), (key, lucky.pk): Past(1, 1)}
    assert [one.service for one in ranking(pasts=pasts).choices] == [lucky, good]
    pasts = {(key, good.pk): Past(100, 95), (key, lucky.pk): Past(1, 0)}
    assert [one.service for one in ranking(pasts=pasts).choices] == [good, lucky]


def test_when_the_best_has_no_place_those_that_have_one_are_named() -> None:
    best = ServiceFactory(name="Le meilleur", languages=["ar"], modes=["remote"])
    somewhere(best, capacity=2, taken=2)
    ServicePlaces.objects.update(next_on=clock.today() + timedelta(days=4))
    other = ServiceFactory(name="Ouvert", languages=["fr"])
    somewhere(other, capacity=2, taken=1)
    ranked = ranking()
    assert ranked.best.service == best
    assert [one.service for one in ranked.alternatives] == [other]
    ServicePlaces.objects.update(taken=0)
    assert ranking().alternatives == []


def test_a_wish_nobody_made_is_not_said() -> None:
    ServiceFactory(modes=["on_site"])
    assert len(ranking().choices[0].said) == 4
    assert len(ranking(mode="remote").choices[0].said) == 5


def test_what_is_kept_gives_the_same_words_and_hides_small_figures() -> None:
    chosen = ServiceFactory(name="B", languages=["ar"], delay_days=8)
    ServiceFactory(name="A", languages=["ar"], delay_days=2)
    key = theme().pk
    ranked = ranking(pasts={(key, chosen.pk): Past(3, 2)})
    kept = as_kept(ranked, chosen.pk, wishes())[""]
    assert (kept["rank"], kept["of"]) == (2, 2)
    assert [one["name"] for one in kept["alternatives"]] == ["A"]
    assert [one.facts for one in components_kept(kept)] == [one.facts for one in ranked.choices[1].components]
    assert all(value is None or round(value, 1) == value for value in (one.value for one in components_kept(kept)))
    assert as_kept(ranked, 0, wishes())[""]["rank"] is None
    assert components_kept(None) == []


def test_what_is_kept_is_told_for_each_location() -> None:
    service = ServiceFactory()
    for free in (1, 4):
        somewhere(service, capacity=free)
    kept = as_kept(ranking(), service.pk, wishes())
    assert kept.keys() == {"", *(str(at.uid) for at in service.at_locations.all())}
    for at in service.at_locations.all():
        facts = [one.facts for one in components_kept(kept[str(at.uid)]) if one.kind == Kind.DELAY]
        assert facts == [{"free": at.places.free}]


def test_an_order_takes_as_many_queries_whatever_the_services(django_assert_max_num_queries) -> None:
    for service in ServiceFactory.create_batch(8):
        somewhere(service, capacity=3, place=Place.objects.first())
        EligibilityRule.objects.create(service=service)
    wanted, key = wishes(place=Place.objects.first()), theme().pk
    with django_assert_max_num_queries(8):
        rank_for_themes([key], wanted, {})
