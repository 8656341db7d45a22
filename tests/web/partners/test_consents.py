"""A partner is told of consents taken back, without a name, and confirms."""

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.models import ConsentNotice
from arrimage.foundation import clock
from arrimage.privacy.consents.actions import withdraw
from arrimage.privacy.consents.models import Consent
from tests import factories as f
from tests.web.signed import partner, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(db):
    made = f.ReferralFactory(sent=True, shared={"name": "Nadia Haddad", "need": "Cours", "theme": "french"})
    withdraw(f.actor(Role.INTEGRATION_AGENT), list(Consent.objects.all()))
    return made


def test_the_first_page_says_it_without_a_name_until_it_is_confirmed(referral) -> None:
    worker = partner(referral.organisation)
    page = words(worker.get(reverse("partners:home")))
    assert "Consentements retirés" in page
    assert referral.service.name in page
    assert "Nadia" not in page
    notice = ConsentNotice.objects.get()
    worker.post(reverse("partners:confirm_notice", args=[notice.uid]))
    notice.refresh_from_db()
    assert notice.confirmed_on == clock.today()
    assert "Consentements retirés" not in words(worker.get(reverse("partners:home")))


def test_another_organisation_sees_nothing(referral) -> None:
    other = partner(f.OrganisationFactory())
    assert "Consentements retirés" not in words(other.get(reverse("partners:home")))
    notice = ConsentNotice.objects.get()
    assert other.post(reverse("partners:confirm_notice", args=[notice.uid])).status_code == 404


def test_a_cancelled_referral_is_gone(referral) -> None:
    worker = partner(referral.organisation)
    assert worker.get(reverse("partners:referral", args=[referral.uid])).status_code == 404


def test_a_service_under_way_says_that_nothing_may_go_further(db) -> None:
    referral = f.ReferralFactory(started=True, shared={"name": "Nadia Haddad", "need": "Cours", "theme": "french"})
    withdraw(f.actor(Role.INTEGRATION_AGENT), list(Consent.objects.all()))
    page = words(partner(referral.organisation).get(reverse("partners:referral", args=[referral.uid])))
    assert "ne communiquez plus ses renseignements" in page
