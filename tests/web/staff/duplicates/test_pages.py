"""The list of likely duplicates: who sees it, what it says, how a pair leaves it."""

from datetime import date

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.people.models import DuplicateDecision
from tests import factories as f
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(db):
    born = date(1984, 3, 12)
    return [f.PersonFactory(given_name=name, family_name="Alaoui", birth_date=born) for name in ("Mohamed", "Mohamad")]


def test_a_lead_sees_a_pair_and_says_they_are_two(pair) -> None:
    lead = staff(Role.TEAM_LEAD)
    page = words(lead.get(reverse("staff:duplicates")))
    assert "Mohamed Alaoui" in page
    assert "Mohamad Alaoui" in page
    assert "même date de naissance" in page
    apart = reverse("staff:duplicates_apart", args=[each.uid for each in pair])
    lead.post(apart, {"reason": ""})
    assert not DuplicateDecision.objects.exists()
    lead.post(apart, {"reason": "Deux cousins."})
    assert "Aucun doublon probable" in words(lead.get(reverse("staff:duplicates")))


def test_persons_of_another_region_are_not_there(pair) -> None:
    lead = staff(Role.TEAM_LEAD, code="03")
    assert "Aucun doublon probable" in words(lead.get(reverse("staff:duplicates")))
    apart = reverse("staff:duplicates_apart", args=[each.uid for each in pair])
    assert lead.post(apart, {"reason": "Je devine."}).status_code == 404
