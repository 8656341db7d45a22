"""A person sees what they consented to, gives and takes back, in their language."""

import pytest
from django.urls import reverse
from django.utils import translation

from arrimage.foundation import clock
from arrimage.privacy.consents.models import Consent, Refusal
from tests import factories as f
from tests.web.signed import newcomer, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _back_to_french():
    yield
    translation.deactivate()


@pytest.fixture
def file(db):
    return f.FileFactory()


@pytest.fixture
def browser(file):
    return newcomer(file.person)


def at(name: str, *args: object) -> str:
    return reverse(f"newcomers:{name}", args=args)


def test_one_s_own_consents_with_their_dates(browser, file) -> None:
    f.ConsentFactory(person=file.person, named=True, recipient__name="Maison du Test")
    f.ConsentFactory(named=True, recipient__name="Celle d’une autre personne")
    page = words(browser.get(at("consents")))
    assert "M’orienter vers Maison du Test" in page
    assert "jusqu’au" in page
    assert "Celle d’une autre personne" not in page
    assert "M’accompagner dans mon installation" in page  # may still be asked


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "M’écrire par courriel"), ("es", "Escribirme por correo"), ("ar", "مراسلتي بالبريد")],
)
def test_a_text_is_read_in_one_s_language_and_given(browser, file, language: str, title: str) -> None:
    with translation.override(language):
        address = at("consent_give", "contact")
    assert title in words(browser.get(address))
    assert browser.post(address, {}).status_code == 200
    assert not Consent.objects.exists()
    browser.post(address, {"agreed": "on"})
    consent = Consent.objects.get()
    assert (consent.person, consent.region, consent.means) == (file.person, file.region, "tick")
    assert consent.text.language == language


def test_a_consent_is_taken_back_after_its_consequences(browser, file) -> None:
    referral = f.ReferralFactory(file=file, sent=True)
    consent = Consent.objects.get()
    assert "seront annulées" in words(browser.get(at("consent_withdraw", consent.uid)))
    consent.refresh_from_db()
    assert consent.withdrawn_on is None, "reading changes nothing"
    browser.post(at("consent_withdraw", consent.uid))
    consent.refresh_from_db()
    referral.refresh_from_db()
    assert consent.withdrawn_on == clock.today()
    assert referral.status == "cancelled"


def test_no_to_one_organisation(browser, file) -> None:
    referral = f.ReferralFactory(file=file, sent=True)
    assert referral.organisation.name in words(browser.get(at("consents")))
    address = at("consent_refuse", referral.organisation.uid)
    browser.get(address)
    assert not Refusal.objects.exists()
    browser.post(address)
    referral.refresh_from_db()
    assert Refusal.objects.get().organisation == referral.organisation
    assert referral.status == "cancelled"
    assert "J’ai dit non à ces organismes" in words(browser.get(at("consents")))


def test_others_consents_do_not_exist(browser) -> None:
    consent = f.ConsentFactory()
    assert browser.get(at("consent_withdraw", consent.uid)).status_code == 404
    assert browser.post(at("consent_withdraw", consent.uid)).status_code == 404
    consent.refresh_from_db()
    assert consent.withdrawn_on is None


@pytest.mark.parametrize("purpose", ["referral", "assessment_sharing", "nothing"])
def test_only_what_names_no_organisation_is_given_here(browser, purpose: str) -> None:
    assert browser.get(at("consent_give", purpose)).status_code == 404


def test_an_organisation_that_does_not_know_the_person_cannot_be_refused_here(browser) -> None:
    assert browser.get(at("consent_refuse", f.OrganisationFactory().uid)).status_code == 404


def test_the_home_page_says_why_information_is_kept(browser) -> None:
    assert "Qui recueille vos renseignements" in words(browser.get(at("home")))
