"""A person asks about their own information, follows it in plain words, and takes the answer away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from arrimage.foundation import clock
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.registers.models import Copy, PersonRequest
from tests.factories import CopyFactory, PersonFactory, PersonRequestFactory
from tests.web.signed import newcomer, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _back_to_french():
    yield
    translation.deactivate()


@pytest.fixture
def person(db):
    return PersonFactory()


@pytest.fixture
def browser(person):
    return newcomer(person)


def at(name: str, *args) -> str:
    return reverse(f"newcomers:{name}", args=args)


def test_a_copy_is_asked_in_one_form_and_its_deadline_is_said(browser, person):
    assert "Vous n’avez encore rien demandé." in words(browser.get(at("requests")))
    response = browser.post(at("request_new"), {"kind": "access"}, follow=True)
    request = PersonRequest.objects.get()
    assert request.person == person
    page = words(response)
    assert "Votre demande est reçue." in page
    assert "Reçue aujourd’hui : il reste 20 jours." in page
    assert "Nous vérifions que c’est bien vous" in page
    assert request.number in words(browser.get(at("requests")))


def test_the_same_copy_asked_twice_is_said_so(browser):
    browser.post(at("request_new"), {"kind": "access"})
    assert "Vous avez déjà fait cette demande" in words(browser.post(at("request_new"), {"kind": "access"}))


def test_a_correction_says_what(browser):
    page = words(browser.post(at("request_new"), {"kind": "rectification"}))
    assert "Dites quel renseignement corriger." in page
    said = {"kind": "rectification", "field": "Nom", "current": "Hadad", "wanted": "Haddad"}
    assert "Haddad" in words(browser.post(at("request_new"), said, follow=True))


def test_the_answer_its_copy_and_the_recourse_are_there(browser, person):
    copy = CopyFactory(request__person=person)
    page = words(browser.get(at("request", copy.request.uid)))
    assert "Votre demande est acceptée." in page
    assert "Télécharger ma copie" in page
    assert "Commission d’accès à l’information" in page
    response = browser.get(at("request_copy", copy.request.uid))
    assert response.content == b"PK une archive"
    assert "no-store" in response["Cache-Control"]
    assert Reading.objects.get(person=person).what == "exported"


def test_a_copy_is_gone_after_its_time_and_not_there_before_the_answer(browser, person):
    copy = CopyFactory(request__person=person)
    Copy.objects.update(available_until=clock.today() - timedelta(days=1))
    assert "n’est plus disponible" in words(browser.get(at("request", copy.request.uid)))
    assert browser.get(at("request_copy", copy.request.uid)).status_code == 404
    early = CopyFactory(request=PersonRequestFactory(person=person, in_progress=True))
    assert browser.get(at("request_copy", early.request.uid)).status_code == 404


def test_the_request_and_the_copy_of_another_do_not_exist(browser):
    copy = CopyFactory()
    for name in ("request", "request_copy"):
        assert browser.get(at(name, copy.request.uid)).status_code == 404
    assert browser.post(at("request_withdraw", copy.request.uid)).status_code == 404


def test_a_refusal_says_why_in_words(browser, person):
    request = PersonRequestFactory(person=person, rectification=True, refused=True)
    page = words(browser.get(at("request", request.uid)))
    assert "Le document reçu porte cette date." in page
    assert "inscrite à votre dossier" in page


def test_a_request_is_taken_back(browser, person):
    request = PersonRequestFactory(person=person)
    assert "Vous avez retiré cette demande." in words(browser.post(at("request_withdraw", request.uid), follow=True))


def test_a_longer_time_gives_its_reason(browser, person):
    request = PersonRequestFactory(person=person, extended=True)
    page = words(browser.get(at("request", request.uid)))
    assert "délai prolongé" in page
    assert "Des pièces sont à retrouver." in page


def test_the_list_costs_the_same_whatever_the_number(browser, person):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(at("requests"))
        return len(captured)

    browser.get(at("requests"))
    PersonRequestFactory(person=person)
    before = cost()
    for _ in range(5):
        PersonRequestFactory(person=person, rectification=True)
    assert cost() == before
