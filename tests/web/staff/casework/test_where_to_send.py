"""A service in several places: the agent picks where, the nearest first, and what the page said is what is kept."""

from datetime import time

import pytest
from django.urls import reverse

from arrimage.casework.models import Referral
from arrimage.directory.models import Location, PlaceHold, Schedule, ServiceAtLocation, ServicePlaces
from arrimage.territory.enums import PlaceKind
from arrimage.territory.models import Place, ServicePoint
from tests import factories as f
from tests.web.signed import words
from tests.web.staff.casework.test_choosing import chosen, post, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(file):
    f.consented(file)
    return f.NeedFactory(file=file)


@pytest.fixture
def service(file):
    """Offered far, and two kilometres from the file's point of service."""
    place = Place.objects.create(region=f.region(), name="Ici", kind=PlaceKind.BOROUGH)
    ServicePoint.objects.filter(pk=file.service_point_id).update(place=place)
    home = Location.objects.create(organisation=f.OrganisationFactory(), place=place, latitude=45.46, longitude=-73.57)
    service = f.ServiceFactory(name="Cours du soir")
    for name, latitude, free in (("Loin", 46.0, 9), ("Près", 45.48, 2)):
        location = Location.objects.create(
            organisation=service.organisation, name=name, latitude=latitude, longitude=home.longitude
        )
        at = ServiceAtLocation.objects.create(service=service, location=location)
        ServicePlaces.objects.create(service_at_location=at, capacity=free)
        Schedule.objects.create(service_at_location=at, freq="WEEKLY", byday="MO", opens_at=time(9), closes_at=time(16))
    return service


def at(service, name: str) -> ServiceAtLocation:
    return service.at_locations.get(location__name=name)


def test_the_nearest_is_first_and_picked_with_how_far_when_and_how_many_places(agent, need, service) -> None:
    address = url("refer_to", need.uid, service.uid)
    page = words(agent.client.get(address))
    assert page.index("Près") < page.index("Loin")
    assert "À environ 2 km de" in page
    assert "2 places libres." in page
    assert "lundi, de 9 h à 16 h" in page
    picked = agent.client.get(address).context["form"]["at_location"].initial
    assert picked == str(at(service, "Près").uid)
    far = at(service, "Loin")
    again = agent.client.get(f"{address}?at_location={far.uid}").context["form"]["at_location"].initial
    assert again == str(far.uid)


def test_where_the_agent_picks_is_sent_kept_and_held(agent, need, service) -> None:
    far = at(service, "Loin")
    post(agent.client, url("refer_to", need.uid, service.uid), at_location=str(far.uid))
    referral = Referral.objects.get()
    assert (referral.at_location, referral.shared["location"]) == (far.uid, "Loin")
    assert PlaceHold.objects.get().places.service_at_location == far
    kept = {part["kind"]: part["facts"] for part in referral.proposed["components"]}
    assert kept["distance"]["km"] > 50
    assert kept["delay"] == {"free": 9}
    assert "Loin" in words(agent.client.get(url("referral", referral.uid)))
    manager = f.OrganisationMemberFactory(organisation=service.organisation)
    agent.client.force_login(manager.user)
    assert "Loin" in words(agent.client.get(reverse("partners:referral", args=[referral.uid])))


def test_a_location_must_be_one_of_the_service_s(agent, need, service) -> None:
    other = f.ServicePlacesFactory().service_at_location
    for value in (str(other.uid), "", "x"):
        post(agent.client, url("refer_to", need.uid, service.uid), at_location=value)
    assert not Referral.objects.exists()


def test_each_service_confirmed_together_goes_where_it_is_picked(agent, need, service) -> None:
    near = at(service, "Près")
    address = url("refer_confirm", need.file.uid) + chosen((need, service))
    assert "2 places libres." in words(agent.client.get(address))
    post(agent.client, address, send_0="on", at_location_0=str(near.uid))
    assert Referral.objects.get().at_location == near.uid


def test_the_order_names_every_location_and_leads_to_each(agent, need, service) -> None:
    page = words(agent.client.get(url("refer", need.uid)))
    assert "Offert à 2 endroits" in page
    for one in service.at_locations.all():
        assert f"{url('refer_to', need.uid, service.uid)}?at_location={one.uid}" in page


# --- What the page said is what is kept -----------------------------------------------------------------------------
def test_what_was_shown_is_kept_although_the_directory_changed_since(agent, need) -> None:
    service = f.ServiceFactory(delay_days=7)
    address = url("refer_to", need.uid, service.uid)
    page = agent.client.get(address)
    assert "Délai habituel : 7 jours." in words(page)
    carried = page.context["form"]["shown"].initial
    type(service).objects.filter(pk=service.pk).update(delay_days=90)
    f.ServiceFactory(name="Meilleur", languages=["ar"])
    agent.client.post(address, {"message": "", "shown": carried})
    kept = Referral.objects.get().proposed
    assert (kept["rank"], kept["of"], kept["alternatives"]) == (1, 1, [])
    assert {"kind": "delay", "facts": {"days": 7}}.items() <= kept["components"][1].items()


def test_what_no_page_of_ours_said_is_refused(agent, need) -> None:
    service, other = f.ServiceFactory(), f.ServiceFactory()
    address = url("refer_to", need.uid, service.uid)
    for_other = agent.client.get(url("refer_to", need.uid, other.uid)).context["form"]["shown"].initial
    for carried in ("x", for_other, agent.client.get(address).context["form"]["shown"].initial + "x"):
        assert "plus valable" in words(agent.client.post(address, {"message": "", "shown": carried}))
    assert not Referral.objects.exists()
