"""The list of services says, for the person of a file, whether each admits them; only to who may open that file."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.models import EligibilityRule, ServicePlaces
from tests.factories import FileFactory, ServiceFactory
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return visitor(Role.INTEGRATION_AGENT)


@pytest.fixture
def file(agent):
    return FileFactory(agent=agent.user)


@pytest.fixture
def reserved():
    """A service for adults over a hundred and ten: it admits nobody the factories make."""
    service = ServiceFactory(name="Pour les très vieux")
    EligibilityRule.objects.create(service=service, minimum_age=110, reason="Seulement à 110 ans.")
    return service


def test_a_service_that_refuses_the_person_is_left_out_and_says_why_on_asking(agent, file, reserved):
    ServiceFactory(name="Pour toutes et tous")
    page = agent.open("staff:services", query=f"?file={file.uid}")
    assert "Pour toutes et tous" in page
    assert "Admissible" in page
    assert reserved.name not in page
    page = agent.open("staff:services", query=f"?file={file.uid}&refusing=on")
    assert "Non admissible : Seulement à 110 ans." in page


def test_a_typed_number_leads_to_the_key_of_the_file(agent, file):
    answer = agent.client.get("/espace/repertoire/", {"file": file.number.lower(), "mode": "on_site"})
    assert answer.status_code == 302
    assert f"file={file.uid}" in answer.url
    assert "mode=on_site" in answer.url
    assert file.number not in answer.url


def test_a_file_out_of_reach_is_absent(agent, file):
    reception = visitor(Role.RECEPTION_AGENT)
    for asked in (file.uid, file.number):
        reception.open("staff:services", query=f"?file={asked}", status=404)
    agent.open("staff:services", query="?file=MTL-0000", status=404)


def test_without_a_file_nothing_is_said_of_admission(agent, reserved):
    page = agent.open("staff:services")
    assert reserved.name in page
    assert "Non admissible" not in page


def test_services_are_narrowed_by_way_and_free_places(agent):
    full, free = (ServiceFactory(name=name, address="1, rue A") for name in ("Plein", "Libre"))
    ServicePlaces.objects.create(service_at_location=full.main, capacity=5, taken=5)
    ServicePlaces.objects.create(service_at_location=free.main, capacity=5, taken=4)
    page = agent.open("staff:services", query="?free_places=on")
    assert "Libre" in page
    assert "Plein" not in page
    free.modes = ["remote"]
    free.save(update_fields=["modes"])
    assert "1 service" in agent.open("staff:services", query="?mode=remote")


def test_verdicts_cost_the_same_for_two_services_and_twenty(agent, file):
    ServiceFactory.create_batch(2)
    few = agent.queries("staff:services", query=f"?file={file.uid}")
    for service in ServiceFactory.create_batch(18):
        EligibilityRule.objects.create(service=service, maximum_age=120)
    assert agent.queries("staff:services", query=f"?file={file.uid}") == few
