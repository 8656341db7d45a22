"""Advisors decide on proposals, see who is late to confirm, what is poorly described, what looks alike."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import system_actor
from arrimage.directory.models import Proposal, Review, Service
from arrimage.directory.upkeep.reckoning import reckon
from arrimage.foundation import clock
from tests.factories import OrganisationFactory, ServiceFactory
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return visitor()


@pytest.fixture
def service():
    return ServiceFactory(name="Cours", description="Le soir.")


@pytest.fixture
def proposal(service):
    return Proposal.objects.create(
        organisation=service.organisation, service=service, proposed_by="Zoé", before={"name": "Cours"},
        after={"name": "Ateliers"},
    )  # fmt: skip


def test_to_decide_then_accepted(advisor, service, proposal):
    assert "Modifications proposées par des organismes" in advisor.open("staff:home")
    assert "Modifier : nom" in advisor.open("staff:proposals")
    page = advisor.open("staff:proposal", proposal.uid)
    assert all(words in page for words in ("Cours", "Ateliers", "Zoé", "Accepter"))
    advisor.send("staff:proposal_accept", proposal.uid, version=service.version)
    service.refresh_from_db()
    assert service.name == "Ateliers"
    assert "Rien n’attend votre décision" in advisor.open("staff:proposals")
    assert "Ateliers" in advisor.open("staff:proposals", query="?status=accepted")


def test_a_page_read_before_the_record_changed_accepts_nothing(advisor, service, proposal):
    Service.objects.filter(pk=service.pk).update(name="Atelier")
    page = advisor.send("staff:proposal_accept", proposal.uid, version=service.version)
    assert "modifié entre-temps" in page
    assert "La fiche a changé depuis cette proposition" in page
    assert "Atelier" in page


def test_refused_with_a_reason(advisor, proposal):
    advisor.send("staff:proposal_refuse", proposal.uid, reason=" ", status=200)
    advisor.send("staff:proposal_refuse", proposal.uid, reason="Trop long")
    assert "Trop long" in advisor.open("staff:proposal", proposal.uid)


def test_who_is_late_to_confirm(advisor, service):
    Review.objects.create(organisation=service.organisation, due_on=clock.today() - timedelta(days=3))
    later = OrganisationFactory(name="Plus tard")
    Review.objects.create(organisation=later, due_on=clock.today() + timedelta(days=90))
    assert "Plus tard" in advisor.open("staff:reviews")
    late = advisor.open("staff:reviews", query="?late=true")
    assert service.organisation.name in late
    assert "Plus tard" not in late


def test_what_is_poorly_described(advisor, service):
    reckon(system_actor("clock", Right.MANAGE_DIRECTORY))
    assert "Délai habituel" in advisor.open("staff:quality", query="?sort=-share")
    assert "À compléter" in advisor.open("staff:quality", query="?missing=cost")
    assert "Cours" not in advisor.open("staff:quality", query="?missing=description")
    assert "critères remplis sur" in advisor.open("staff:service", service.uid)


def test_what_looks_alike(advisor, service):
    other = ServiceFactory(name="Cours 2", organisation=service.organisation)
    assert "même organisme" in advisor.open("staff:service_duplicates")
    page = advisor.send("staff:service_distinct", service.uid, other.uid)
    assert "Aucun service de la région ne ressemble" in page
