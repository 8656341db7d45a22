"""An advisor compares two services and joins them; the address of the one that went leads to the other."""

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.actions import send_referrals
from arrimage.casework.actions.referrals import NewReferral
from arrimage.directory.models import CostOption, Service
from tests import factories as f
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return visitor()


@pytest.fixture
def pair():
    kept = f.ServiceFactory(name="Cours du soir", description="")
    gone = f.ServiceFactory(
        organisation=kept.organisation, name="Cours de soir", description="Deux soirs.", languages=["fr", "es"]
    )
    CostOption.objects.create(service=gone, option="Manuel", amount=12)
    return kept, gone


def join(advisor, kept, gone, **fields):
    return advisor.send(
        "staff:service_join", kept.uid, gone.uid, version=kept.version, other_version=gone.version, **fields
    )


def test_side_by_side_then_joined(advisor, pair) -> None:
    kept, gone = pair
    need = f.NeedFactory()
    f.consented(need.file)
    send_referrals(f.actor(Role.INTEGRATION_AGENT), [NewReferral(need, gone)])
    assert "Comparer et joindre" in advisor.open("staff:service_duplicates")
    page = advisor.open("staff:service_join", kept.uid, gone.uid)
    assert all(words in page for words in ("Deux soirs.", "espagnol", "Manuel", "Orientations : 1"))
    page = join(advisor, kept, gone, **{"choix-description": "gone"}, reason="La même adresse.")
    assert "Les deux services n’en font plus qu’un." in page
    assert all(words in page for words in ("La même adresse.", "Cours de soir", "Orientations : 1"))
    page = advisor.open("staff:service", kept.uid)
    assert all(words in page for words in ("Deux soirs.", "« Cours de soir » y a été joint"))
    assert "Cours de soir" in advisor.open("staff:history", "service", kept.uid)


def test_a_second_click_does_nothing_more(advisor, pair) -> None:
    kept, gone = pair
    join(advisor, kept, gone, reason="La même adresse.")
    assert "Cours du soir" in join(advisor, kept, gone, reason="La même adresse.")
    assert Service.objects.count() == 1


def test_what_stands_in_the_way_is_said_first(advisor, pair) -> None:
    kept, _gone = pair
    page = advisor.open("staff:service_join", kept.uid, f.ServiceFactory().uid)
    assert "deux organismes" in page
    assert "Joindre les deux services" not in page


@pytest.mark.parametrize("page", ["public:service", "hsds:service", "staff:service", "partners:service"])
def test_old_addresses_lead_to_the_one_kept(advisor, pair, page) -> None:
    kept, gone = pair
    join(advisor, kept, gone, reason="La même adresse.")
    of_the_organisation = Visitor(
        f.OrganisationMemberFactory(organisation=kept.organisation, role=Role.PARTNER_MANAGER)
    )
    client = {"staff:service": advisor, "partners:service": of_the_organisation}.get(page)
    answer = (client.client if client else Client()).get(reverse(page, args=[gone.uid]))
    assert (answer.status_code, answer["Location"]) == (301, reverse(page, args=[kept.uid]))


def test_out_of_search_and_of_the_exchange(advisor, pair) -> None:
    kept, gone = pair
    join(advisor, kept, gone, reason="La même adresse.")
    assert "Cours de soir" not in advisor.open("public:services")
    assert str(gone.uid) not in advisor.open("hsds:services")
