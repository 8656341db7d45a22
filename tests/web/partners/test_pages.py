"""A partner answers what it receives, step by step; it sees what was shared, while it lives, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.enums import ReferralStatus
from arrimage.casework.models import Referral, ReferralEvent
from arrimage.foundation import clock
from tests.factories import NeedFactory, OrganisationFactory, ReferralFactory, ServiceFactory
from tests.web.signed import partner, staff, words

pytestmark = pytest.mark.django_db
SHARED = {"name": "Nadia Haddad", "phone": "+15145550199", "email": "", "language": "ar",
          "need": "Cours de français du soir", "theme": "french"}  # fmt: skip


@pytest.fixture
def service(db):
    return ServiceFactory(name="Cours du soir")


@pytest.fixture
def worker(service):
    return partner(service.organisation)


@pytest.fixture
def referral(service):
    return ReferralFactory(sent=True, service=service, organisation=service.organisation, shared=SHARED)


def at(name: str, referral: Referral) -> str:
    return reverse(f"partners:{name}", args=[referral.uid])


def state(referral: Referral) -> str:
    referral.refresh_from_db()
    return referral.status


def today() -> str:
    return clock.today().isoformat()


def test_from_the_answer_to_the_result_by_pages_alone(worker, referral):
    home = words(worker.get(reverse("partners:home")))
    assert "Répondre" in home
    assert "dans 10 jours ouvrables" in home
    page = words(worker.get(at("referral", referral)))
    assert "Cours de français du soir" in page
    assert "Pouvez-vous recevoir cette personne" in page
    worker.post(at("accept", referral), {"note": "Avec plaisir"})
    assert state(referral) == ReferralStatus.ACCEPTED
    worker.post(at("schedule", referral), {"scheduled_for": today(), "note": "À 10 h"})
    worker.post(at("miss", referral), {})
    assert state(referral) == ReferralStatus.NO_SHOW
    worker.post(at("schedule", referral), {"scheduled_for": today()})
    worker.post(at("attend", referral), {})
    worker.post(at("start", referral), {"on": today()})
    response = worker.post(
        at("complete", referral), {"outcome": "reached", "on": today(), "note": "Niveau 4"}, follow=True
    )
    assert "l’orientation quitte votre liste" in words(response)
    assert state(referral) == ReferralStatus.COMPLETED
    assert (referral.outcome, referral.result_note) == ("reached", "Niveau 4")
    assert worker.get(at("referral", referral)).status_code == 404
    assert "Haddad" not in words(worker.get(reverse("partners:referrals")))


def test_a_refusal_has_its_reason(worker, referral):
    assert "obligatoire" in words(worker.post(at("decline", referral), {}))
    assert "Dites laquelle" in words(worker.post(at("decline", referral), {"reason": "other"}))
    worker.post(at("decline", referral), {"reason": "no_place"})
    assert (state(referral), referral.decline_reason.code) == ("declined", "no_place")


def test_an_interruption_says_why(worker, referral):
    worker.post(at("accept", referral), {})
    assert "obligatoire" in words(worker.post(at("stop", referral), {"on": today()}))
    worker.post(at("stop", referral), {"on": today(), "note": "Déménagement"})
    assert (state(referral), referral.result_note) == ("stopped", "Déménagement")


@pytest.mark.parametrize(("step", "said"), [("accept", {}), ("decline", {"reason": "language"})])
def test_a_step_sent_twice_is_recorded_once(worker, referral, step, said):
    worker.post(at(step, referral), said)
    response = worker.post(at(step, referral), said, follow=True)
    assert response.status_code == 200
    assert "C’est déjà enregistré" in words(response)
    assert ReferralEvent.objects.count() == 1


def test_a_step_out_of_turn_shows_where_the_referral_is(worker, referral):
    response = worker.post(at("complete", referral), {"outcome": "reached", "on": today()}, follow=True)
    assert "a changé d’état entre-temps" in words(response)
    assert state(referral) == ReferralStatus.SENT


@pytest.mark.parametrize(
    ("step", "said", "sentence"),
    [
        ("start", {"on": "demain"}, "date"),
        ("start", {"on": (clock.today() + timedelta(days=1)).isoformat()}, "à venir"),
        ("start", {"on": (clock.today() - timedelta(days=9)).isoformat()}, "ne peut pas la précéder"),
        ("schedule", {}, "obligatoire"),
        ("schedule", {"scheduled_for": (clock.today() - timedelta(days=9)).isoformat()}, "précède l’envoi"),
        ("schedule", {"scheduled_for": "2099-01-01"}, "plus d’un an"),
    ],
)
def test_an_impossible_date_is_refused_beside_its_field(worker, referral, step, said, sentence):
    worker.post(at("accept", referral), {})
    page = worker.post(at(step, referral), said)
    assert page.status_code == 200
    assert sentence in words(page)
    assert state(referral) == ReferralStatus.ACCEPTED


def test_only_what_was_shared_is_shown(worker, referral):
    person = referral.file.person
    person.given_name, person.family_name = "Autre", "Nom-Depuis"
    person.save()
    page = words(worker.get(at("referral", referral)))
    assert "Nadia Haddad" in page
    assert "514 555-0199" in page
    for hidden in ("Nom-Depuis", referral.file.number, str(referral.file.uid)):
        assert hidden not in page


def test_html_in_what_was_shared_is_text(worker, service):
    bad = {**SHARED, "name": "<script>x</script>", "email": '"><img src=x>'}
    referral = ReferralFactory(sent=True, service=service, organisation=service.organisation, shared=bad)
    for page in (at("referral", referral), reverse("partners:home"), reverse("partners:referrals")):
        text = words(worker.get(page))
        assert "<script>x" not in text
        assert "<img src=x" not in text


def test_another_organisations_referral_is_not_found(referral):
    stranger = partner(OrganisationFactory())
    for page in ("referral", "accept", "decline", "schedule", "attend", "miss", "start", "complete", "stop"):
        assert stranger.get(at(page, referral)).status_code == 404
        assert stranger.post(at(page, referral), {"on": today()}).status_code in (404, 405)
    assert state(referral) == ReferralStatus.SENT
    assert "Haddad" not in words(stranger.get(reverse("partners:home")))


def test_pages_are_the_partners(referral):
    for role in (Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR, Role.ADMINISTRATOR):
        browser = staff(role)
        for address in (reverse("partners:home"), reverse("partners:referrals"), at("referral", referral)):
            assert browser.get(address).status_code == 403
    manager = partner(referral.organisation, Role.PARTNER_MANAGER)
    assert manager.get(at("referral", referral)).status_code == 200


def test_a_withdrawn_referral_is_gone(worker, referral):
    Referral.objects.filter(pk=referral.pk).update(status=ReferralStatus.CANCELLED)
    assert worker.get(at("referral", referral)).status_code == 404
    assert worker.post(at("accept", referral), {}).status_code == 404


def test_the_list_is_searched_and_filtered(worker, service, referral):
    other = {**SHARED, "name": "Omar Diallo"}
    ReferralFactory(accepted=True, service=service, organisation=service.organisation, shared=other)
    page = words(worker.get(reverse("partners:referrals") + "?q=diallo"))
    assert "Omar Diallo" in page
    assert "Nadia Haddad" not in page
    page = words(worker.get(reverse("partners:referrals") + f"?status=sent&service={service.pk}"))
    assert "Nadia Haddad" in page
    assert "Omar Diallo" not in page
    for sort in ("name", "-service", "status", "answer_due"):
        assert worker.get(reverse("partners:referrals") + f"?sort={sort}").status_code == 200


def test_pages_cost_the_same_for_ten_referrals_and_a_thousand(worker, service, referral, django_assert_max_num_queries):
    def many(count: int) -> None:
        made = [
            ReferralFactory.build(
                accepted=bool(n % 2), sent=True, file=referral.file, region=referral.region, service=service,
                organisation=service.organisation, shared=SHARED,
            )
            for n in range(count)
        ]  # fmt: skip
        needs = type(referral.need).objects.bulk_create(
            [
                NeedFactory.build(file=referral.file, region=referral.region, theme=referral.need.theme)
                for _ in range(count)
            ]
        )
        for row, need in zip(made, needs, strict=True):
            row.need = need
        Referral.objects.bulk_create(made)

    def cost() -> list[int]:
        costs = []
        for address in (reverse("partners:home"), reverse("partners:referrals"), at("referral", referral)):
            with django_assert_max_num_queries(28) as captured:
                assert worker.get(address).status_code == 200
            costs.append(len(captured))
        return costs

    many(20)
    worker.get(reverse("partners:home"))  # the first page of a session also chooses its role
    few = cost()
    many(980)
    assert cost() == few
