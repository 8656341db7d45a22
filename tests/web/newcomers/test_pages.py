"""A newcomer reads their own file, in plain words, and nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from arrimage.accounts.enums import Role
from arrimage.casework.enums import ReferralStatus, StepOwner
from arrimage.casework.models import DeclineReason, ReferralChoice
from arrimage.foundation import clock
from tests.factories import (
    AppointmentFactory,
    FileFactory,
    NeedFactory,
    PersonFactory,
    PlanFactory,
    ReferralFactory,
    ServicePointFactory,
    StepFactory,
)
from tests.web.signed import newcomer, staff, words

pytestmark = pytest.mark.django_db
PAGES = ("home", "plan", "referrals", "appointments")


@pytest.fixture(autouse=True)
def _back_to_french():
    yield
    translation.deactivate()  # a page in another language leaves its language to the thread


@pytest.fixture
def file(db):
    return FileFactory(person__given_name="Nadia", person__family_name="Haddad")


@pytest.fixture
def browser(file):
    return newcomer(file.person)


def at(name: str) -> str:
    return reverse(f"newcomers:{name}")


def test_the_next_appointment_comes_first_with_all_that_is_needed(browser, file):
    point = ServicePointFactory(name="Place Dupuis", address="845, rue Sainte-Catherine Est")
    AppointmentFactory(persons=[file.person], service_point=point, agent__name="Camille Roy", interpreter_language="ar")
    page = words(browser.get(at("home")))
    for said in ("Bonjour Nadia", "Premier rendez-vous", "845, rue Sainte-Catherine Est", "Camille Roy", "arabe",
                 "Votre passeport", file.number):  # fmt: skip
        assert said in page


def test_without_an_appointment_the_next_step_is_the_persons_own(browser, file):
    plan = PlanFactory(agreed=True, file=file)
    StepFactory(plan=plan, title="Chercher un logement", owner=StepOwner.PARTNER, due_on=clock.today())
    StepFactory(plan=plan, title="Ouvrir un compte de banque", owner=StepOwner.PERSON)
    assert words(browser.get(at("home"))).count("Ouvrir un compte de banque") == 1
    page = words(browser.get(at("plan")))
    assert "Chercher un logement" in page
    assert "Un organisme" in page


def test_a_date_with_a_service_sooner_than_the_appointment_comes_first(browser, file):
    AppointmentFactory(persons=[file.person], on=clock.today() + timedelta(days=9))
    referral(file, ReferralStatus.SCHEDULED, scheduled_for=clock.today() + timedelta(days=2))
    assert "L’organisme vous attend le" in words(browser.get(at("home")))


def referral(file, status, **fields):
    if status == ReferralStatus.DECLINED:
        fields.setdefault("decline_reason", DeclineReason.objects.get(code="no_place"))
    fields.setdefault("outcome", "reached" if status == ReferralStatus.COMPLETED else "")
    ended = {"ended_on": clock.today()} if status == ReferralStatus.COMPLETED else {}
    return ReferralFactory(sent=True, file=file, status=status, need=NeedFactory(file=file), **fields, **ended)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (ReferralStatus.SENT, "L’organisme doit répondre"),
        (ReferralStatus.ACCEPTED, "L’organisme a dit oui"),
        (ReferralStatus.NO_SHOW, "Vous n’étiez pas au rendez-vous"),
        (ReferralStatus.ATTENDED, "Vous avez rencontré l’organisme"),
        (ReferralStatus.STARTED, "Le service est commencé"),
        (ReferralStatus.COMPLETED, "Le service est terminé"),
        (ReferralStatus.DECLINED, "n’a pas pu vous recevoir"),
        (ReferralStatus.EXPIRED, "n’a pas pu vous recevoir"),
        (ReferralStatus.STOPPED, "Le service s’est arrêté"),
        (ReferralStatus.CANCELLED, "Cette demande est annulée"),
    ],
)
def test_a_referrals_state_is_said_in_plain_words(browser, file, status, sentence):
    referral(file, status)
    assert sentence in words(browser.get(at("referrals")))


def test_the_person_reads_why_a_service_was_proposed(browser, file):
    facts = {"kind": "delay", "value": 1.0, "facts": {"free": 2}}
    choice = {"rank": 2, "components": [facts, {"kind": "distance", "value": None, "facts": {}}]}
    referral = ReferralFactory(file=file, need=NeedFactory(file=file), sent=True)
    ReferralChoice.objects.create(referral=referral, shown=choice)
    page = words(browser.get(at("referrals")))
    assert "Pourquoi ce service vous a été proposé" in page
    assert "Il y avait de la place." in page
    assert "Distance inconnue" not in page


def test_a_referral_without_a_reason_kept_gives_none(browser, file):
    ReferralFactory(file=file, need=NeedFactory(file=file), sent=True)
    assert "Pourquoi ce service" not in words(browser.get(at("referrals")))


def test_drafts_are_the_agents(browser, file):
    StepFactory(plan=PlanFactory(file=file), title="Brouillon de démarche")
    ReferralFactory(file=file, need=NeedFactory(file=file, label="Besoin brouillon"))
    for page in PAGES:
        text = words(browser.get(at(page)))
        assert "Brouillon de démarche" not in text
        assert "Besoin brouillon" not in text
    assert "Votre plan n’est pas encore prêt" in words(browser.get(at("plan")))


def test_past_and_cancelled_appointments_are_apart(browser, file):
    AppointmentFactory(persons=[file.person], on=clock.today() - timedelta(days=3), kept=True)
    AppointmentFactory(persons=[file.person], cancelled=True)
    page = words(browser.get(at("appointments")))
    assert "Vous n’avez pas de rendez-vous à venir" in page
    assert "A eu lieu" in page
    assert "Annulé" in page


def test_a_neighbours_file_is_never_shown(browser, file):
    other = FileFactory(person__given_name="Voisine")
    AppointmentFactory(persons=[other.person], service_point__name="Ailleurs")
    StepFactory(plan=PlanFactory(agreed=True, file=other), title="Démarche voisine")
    referral(other, ReferralStatus.SENT, service__name="Service voisin")
    for page in PAGES:
        text = words(browser.get(at(page)))
        for hidden in ("Voisine", "Ailleurs", "Démarche voisine", "Service voisin", other.number):
            assert hidden not in text


def test_somebody_without_a_file_is_told_where_to_go():
    page = words(newcomer(PersonFactory()).get(at("home")))
    assert "Votre dossier n’est pas encore ouvert" in page


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_the_persons_own(page):
    for role in (Role.INTEGRATION_AGENT, Role.RECEPTION_AGENT, Role.REGIONAL_DIRECTOR):
        assert staff(role).get(at(page)).status_code == 403


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_every_page_speaks_four_languages(browser, file, language):
    AppointmentFactory(persons=[file.person])
    for address in [f"/{language}{at(page)}" for page in PAGES]:
        response = browser.get(address)
        assert response.status_code == 200
        text = words(response)
        assert f'<html lang="{language}"' in text
        assert ('dir="rtl"' in text.split(">")[1]) == (language == "ar")


def test_home_costs_the_same_however_much_there_is(browser, file, django_assert_max_num_queries):
    def cost() -> list[int]:
        costs = []
        for page in PAGES:
            with django_assert_max_num_queries(20) as captured:
                assert browser.get(at(page)).status_code == 200
            costs.append(len(captured))
        return costs

    plan = PlanFactory(agreed=True, file=file)
    StepFactory(plan=plan)
    AppointmentFactory(persons=[file.person])
    referral(file, ReferralStatus.SENT)
    browser.get(at("home"))
    few = cost()
    for n in range(20):
        StepFactory(plan=plan)
        AppointmentFactory(persons=[file.person], on=clock.today() + timedelta(days=4 + n))
        referral(file, ReferralStatus.SENT)
    assert cost() == few
