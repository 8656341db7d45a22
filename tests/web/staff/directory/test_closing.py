"""An advisor closes a service for a time and offers it again; everybody reads until when, why and what to do."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.models import ServiceClosure
from arrimage.foundation import clock
from tests.factories import ServiceFactory
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return ServiceFactory(name="Cours du soir")


def days(first: int, last: int) -> dict[str, str]:
    today = clock.today()
    return {
        "starts_on": (today + timedelta(days=first)).isoformat(), "ends_on": (today + timedelta(days=last)).isoformat(),
        "reason": "Travaux", "advice": "Appelez le 211.",
    }  # fmt: skip


def test_closed_now_everybody_reads_it_and_it_is_reopened(service):
    advisor = visitor()
    assert "Fermer temporairement" in advisor.open("staff:service", service.uid)
    assert "gardent leur échéance" in advisor.open("staff:service_close", service.uid)
    advisor.send("staff:service_close", service.uid, **days(0, 10))
    for page in (
        advisor.open("staff:service", service.uid),
        visitor(Role.INTEGRATION_AGENT).open("staff:service", service.uid),
        visitor(Role.INTEGRATION_AGENT).open("public:service", service.uid),
    ):
        assert all(said in page for said in ("Fermé temporairement jusqu’au", "Travaux", "Appelez le 211."))
    assert "Le service est offert" in advisor.send("staff:service_reopen", service.uid)
    service.refresh_from_db()
    assert service.is_offered
    assert "Travaux" not in advisor.open("staff:service", service.uid)


def test_planned_it_is_announced_to_the_staff_and_may_be_given_up(service):
    advisor = visitor()
    advisor.send("staff:service_close", service.uid, **days(5, 10))
    page = advisor.open("staff:service", service.uid)
    assert "Sera fermé du" in page
    assert "n’est plus offert" not in page
    assert "Annuler la fermeture" in page
    advisor.send("staff:service_reopen", service.uid)
    assert ServiceClosure.objects.get().ended_on == clock.today()


def test_what_is_refused_is_said_beside_its_field(service):
    page = visitor().send("staff:service_close", service.uid, **days(5, 3), status=200)
    assert "La fermeture ne peut pas finir avant de commencer" in page
    assert not ServiceClosure.objects.exists()


def test_an_agent_does_not_close_and_another_region_s_service_is_not_there(service):
    agent = visitor(Role.INTEGRATION_AGENT)
    assert "Fermer temporairement" not in agent.open("staff:service", service.uid)
    agent.open("staff:service_close", service.uid, status=403)
    visitor(code="03").open("staff:service_close", service.uid, status=404)
