"""The pages where services are chosen: the order, side by side, for several needs at once."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from arrimage.casework.models import Referral
from arrimage.directory.models import EligibilityRule, Location, ServiceAtLocation, ServicePlaces
from tests import factories as f
from tests.web.signed import words
from tests.web.staff.casework.many import queries_of

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return html.unescape(words(response))


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


def post(client, address: str, **fields):
    """Send the form of a page, with what it carries."""
    carried = re.findall(r'name="(shown\w*)" value="([^"]+)"', client.get(address).content.decode())
    return client.post(address, dict(carried) | fields)


@pytest.fixture
def need(file):
    return f.NeedFactory(file=file)


def test_each_service_says_why_it_is_there(agent, need) -> None:
    service = f.ServiceFactory(name="Cours du soir", languages=["ar"], delay_days=7)
    refused = f.ServiceFactory(name="Cours réservé")
    EligibilityRule.objects.create(service=refused, minimum_age=90)
    page = text(agent.client.get(url("refer", need.uid)))
    for sentence in ("Offert en arabe.", "Délai habituel : 7 jours.", "Pourquoi cet ordre", "À partir de 90 ans."):
        assert sentence in page
    assert page.index(service.name) < page.index("1 service n’admet pas la personne") < page.index(refused.name)


def test_wishes_stay_in_the_address(agent, need) -> None:
    service = f.ServiceFactory(modes=["remote"])
    page = text(agent.client.get(url("refer", need.uid) + "?facon=remote"))
    assert "Comme la personne préfère : à distance." in page
    assert url("refer_to", need.uid, service.uid) + "?facon=remote" in page
    assert agent.client.get(url("refer", need.uid) + "?facon=inventée&lieu=x").status_code == 200


def test_where_there_is_room_when_the_first_has_none(agent, need) -> None:
    best, other = f.ServiceFactory(name="Le premier", languages=["ar"]), f.ServiceFactory(name="Ouvert")
    for service, taken, next_on in ((best, 2, date(2099, 1, 12)), (other, 1, None)):
        location = Location.objects.create(organisation=service.organisation)
        at = ServiceAtLocation.objects.create(service=service, location=location)
        ServicePlaces.objects.create(service_at_location=at, capacity=2, taken=taken, next_on=next_on)
    best.modes = ["remote"]
    best.save()
    wanted = "« Le premier », le premier de la liste : Aucune place avant le 12 janv. 2099. Voici où il y a de la place"
    assert wanted in text(agent.client.get(url("refer", need.uid) + "?facon=remote"))


# --- Side by side ---------------------------------------------------------------------------------------------------
def test_up_to_four_services_stand_side_by_side(agent, need) -> None:
    services = f.ServiceFactory.create_batch(5)
    address = url("refer_compare", need.uid) + "?" + "&".join(f"service={one.uid}" for one in services)
    response = agent.client.get(address)
    assert len(response.context["columns"]) == 4
    assert "On compare 4 services au plus" in text(response)
    assert "Cochez de deux à quatre services" in text(agent.client.get(url("refer_compare", need.uid)))


def test_a_comparison_for_another_s_need_is_nowhere(agent, file) -> None:
    service = f.ServiceFactory()
    for theirs in (f.NeedFactory(), f.NeedFactory(file__region=f.region("13"))):
        assert agent.client.get(url("refer_compare", theirs.uid) + f"?service={service.uid}").status_code == 404


# --- Several needs at once ------------------------------------------------------------------------------------------
def chosen(*pairs) -> str:
    return "?" + "&".join(f"choix={need.uid}.{service.uid}" for need, service in pairs)


def test_services_that_answer_several_needs_come_first(agent, file, need) -> None:
    housing = f.NeedFactory(file=file, theme=f.theme("housing"))
    f.ServiceFactory(name="Un seul")
    both = f.ServiceFactory(name="Les deux", themes=[f.theme(), f.theme("housing")])
    response = agent.client.get(url("refer_together", file.uid))
    assert [(service, set(needs)) for service, needs in response.context["several"]] == [(both, {need, housing})]


def test_what_is_confirmed_is_sent_one_referral_a_need(agent, file, need) -> None:
    housing, service = f.NeedFactory(file=file, theme=f.theme("housing")), f.ServiceFactory()
    service.themes.set([f.theme(), f.theme("housing")])
    f.consented(file)
    address = url("refer_confirm", file.uid) + chosen((need, service), (housing, service))
    assert "Cochez les orientations à envoyer." in text(agent.client.post(address, {}))
    assert not Referral.objects.exists()
    post(agent.client, address, send_0="on", send_1="on", message_1="Le soir.")
    sent = {referral.need: referral for referral in Referral.objects.all()}
    assert set(sent) == {need, housing}
    assert sent[housing].message == "Le soir."
    assert sent[need].proposed["rank"] == 1


def test_nothing_leaves_without_a_consent(agent, file, need) -> None:
    service = f.ServiceFactory()
    address = url("refer_confirm", file.uid) + chosen((need, service))
    assert url("refer_to", need.uid, service.uid) in text(agent.client.get(address))
    agent.client.post(address, {"send_0": "on"})
    assert not Referral.objects.exists()


def test_another_s_need_or_an_invented_service_is_nowhere(agent, file, need) -> None:
    service = f.ServiceFactory()
    for query in (chosen((f.NeedFactory(), service)), f"?choix={need.uid}.inventé", "?choix=x"):
        assert agent.client.get(url("refer_confirm", file.uid) + query).status_code == 404


def test_pages_cost_the_same_with_many_services_and_needs(agent, file, need) -> None:
    services = f.ServiceFactory.create_batch(2, address="1, rue A")
    together, compared = url("refer_together", file.uid), url("refer_compare", need.uid) + f"?service={services[0].uid}"
    few = {address: len(queries_of(agent.client, address)) for address in (together, compared)}
    f.ServiceFactory.create_batch(12, address="1, rue A")
    f.NeedFactory.create_batch(3, file=file)
    assert {address: len(queries_of(agent.client, address)) for address in few} == few


# --- What is kept ---------------------------------------------------------------------------------------------------
def test_an_override_is_visible_on_the_referral(agent, file, need) -> None:
    f.ServiceFactory(name="Le premier", languages=["ar"])
    second = f.ServiceFactory(name="Le second", languages=["fr"])
    f.consented(file)
    post(agent.client, url("refer_to", need.uid, second.uid))
    page = text(agent.client.get(url("referral", Referral.objects.get().uid)))
    assert "Proposé au rang 2 sur 2" in page
    assert "N’est pas offert en arabe" in page
    assert "Le premier" in page


def test_a_service_of_another_theme_was_not_proposed(agent, file, need) -> None:
    f.consented(file)
    other = f.ServiceFactory(themes=[f.theme("housing")])
    post(agent.client, url("refer_to", need.uid, other.uid))
    page = text(agent.client.get(url("referral", Referral.objects.get().uid)))
    assert "Ce service n’était pas parmi ceux qui étaient proposés." in page
