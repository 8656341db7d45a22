"""The agent's page of a referral: what left, what the organisation asks, proposes and corrects."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.accounts import letters
from arrimage.accounts.enums import LetterStatus, Role
from arrimage.accounts.models import Letter
from arrimage.casework.actions.links import send_links
from arrimage.casework.letters import SENT
from arrimage.casework.models import LinkEvent, Referral, ReferralMessage, SharedAnswerReview
from arrimage.foundation import clock
from tests import factories as f
from tests.web.signed import newcomer, staff, words

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


@pytest.fixture
def service():
    return f.ServiceFactory(contact_email="reception@organisme.example", themes=[f.theme("french")])


@pytest.fixture
def referral(file, service) -> Referral:
    return f.ReferralFactory(sent=True, file=file, service=service)


@pytest.fixture
def accepted(file, service) -> Referral:
    return f.ReferralFactory(accepted=True, file=file, service=service)


def test_what_left_and_what_was_done_of_it(agent, referral) -> None:
    [link] = send_links(agent.actor, [referral], SENT)
    LinkEvent.objects.create(link=link, step="code_wrong", address="192.0.2.9")
    page = words(agent.client.get(url("referral", referral.uid)))
    for shown in ("re•••@organisme.example", "Lettre", "À envoyer", "Code refusé", "192.0.2.9"):
        assert shown in page
    assert "reception@organisme.example" not in page
    letters.settle(Letter.objects.get(), LetterStatus.SENT)
    assert "À envoyer" not in words(agent.client.get(url("referral", referral.uid)))


def test_no_address_says_so(agent, file) -> None:
    silent = f.ReferralFactory(sent=True, file=file, service=f.ServiceFactory(contact_email="", organisation__email=""))
    assert "Aucune adresse pour ce service : téléphonez." in words(agent.client.get(url("referral", silent.uid)))


def test_a_reminder_is_sent_when_its_day_has_come(agent, referral) -> None:
    Referral.objects.filter(pk=referral.pk).update(reminder_due=clock.today() + timedelta(days=1))
    assert "Envoyer un rappel" not in words(agent.client.get(url("referral", referral.uid)))
    assert "trop tôt" in words(agent.client.post(url("referral_remind", referral.uid), follow=True))
    Referral.objects.filter(pk=referral.pk).update(reminder_due=clock.today())
    assert "Envoyer un rappel maintenant" in words(agent.client.get(url("referral", referral.uid)))
    agent.client.post(url("referral_remind", referral.uid))
    referral.refresh_from_db()
    assert referral.status == "reminded"


def test_a_question_is_on_the_first_page_until_it_is_answered(agent, accepted) -> None:
    f.ReferralMessageFactory(referral=accepted, text="Est-elle libre le soir ?")
    assert "Questions d’organismes" in words(agent.client.get(reverse("staff:home")))
    assert "Est-elle libre le soir ?" in words(agent.client.get(url("referral", accepted.uid)))
    agent.client.post(url("referral_message", accepted.uid), {"text": "Oui."})
    assert list(ReferralMessage.objects.values_list("from_partner", flat=True)) == [True, False]
    assert "Questions d’organismes" not in words(agent.client.get(reverse("staff:home")))


def test_a_date_proposed_is_fixed_by_the_agent_or_by_the_person(agent, accepted, file, service) -> None:
    mine = f.DateProposalFactory(referral=accepted)
    assert "Dates proposées" in words(agent.client.get(reverse("staff:home")))
    agent.client.post(url("date_accept", mine.uid))
    accepted.refresh_from_db()
    assert (accepted.status, accepted.scheduled_for) == ("scheduled", mine.day)
    other = f.ReferralFactory(accepted=True, file=file, service=service)
    theirs = f.DateProposalFactory(referral=other, place="Salle 2")
    person = newcomer(file.person)
    assert "Salle 2" in words(person.get(reverse("newcomers:referrals")))
    person.post(reverse("newcomers:date_choose", args=[theirs.uid]))
    other.refresh_from_db()
    assert other.status == "scheduled"
    assert newcomer(f.PersonFactory()).post(reverse("newcomers:date_choose", args=[theirs.uid])).status_code == 404


def test_other_dates_are_asked_for(agent, accepted) -> None:
    proposed = f.DateProposalFactory(referral=accepted)
    agent.client.post(url("dates_refuse", proposed.uid))
    proposed.refresh_from_db()
    assert proposed.settlement == "ignored"


@pytest.mark.parametrize(("decision", "kept"), [("retenir", "accepted"), ("ecarter", "ignored")])
def test_a_correction_is_decided(agent, accepted, decision, kept) -> None:
    review = f.SharedAnswerReviewFactory(referral=accepted, amended=True)
    assert "Corrections proposées par l’organisme" in words(agent.client.get(url("referral", accepted.uid)))
    agent.client.post(url("correction", review.uid, decision))
    review.refresh_from_db()
    assert (review.settlement, review.settled_by) == (kept, agent.user)
    assert "Corrections proposées" not in words(agent.client.get(url("referral", accepted.uid)))
    assert agent.client.post(url("correction", review.uid, "autre")).status_code == 404


# --- Sending answers ------------------------------------------------------------------------------------------------
@pytest.fixture
def need(file):
    f.AssessmentFactory(
        file=file, completed=True, answers={"french_level": 3, "french_daily": "some", "work_conditions": True}
    )
    return f.NeedFactory(file=file, theme=f.theme("french"))


def test_answers_leave_with_the_consent_for_that_organisation(agent, need, service) -> None:
    f.consented(need.file)
    page = words(agent.client.get(url("refer_to", need.uid, service.uid)))
    assert "Lui demander son accord" in page
    assert "Réponses à l’évaluation à communiquer" not in page
    f.answers_consented(need.file, service.organisation)
    response = agent.client.get(url("refer_to", need.uid, service.uid))
    assert "Réponses à l’évaluation à communiquer" in words(response)
    form = response.context["form"]
    assert form.fields["answers"].initial == ["french_daily", "french_level"]
    agent.client.post(url("refer_to", need.uid, service.uid), {"message": "", "answers": ["french_level"]})
    referral = Referral.objects.get()
    assert [each["key"] for each in referral.shared["answers"]] == ["french_level"]
    assert "Réponses communiquées" in words(agent.client.get(url("referral", referral.uid)))


def test_the_consent_is_asked_on_the_same_page_when_the_agent_wishes(agent, need, service) -> None:
    f.consented(need.file)
    address = url("refer_to", need.uid, service.uid) + "?reponses=1"
    response = agent.client.get(address)
    assert "Communiquer mes réponses" in words(response)
    read = response.context["asked"].form.fields["read"].initial
    said = {"read": read, "means": "tick", "agreed": "on", "message": "", "answers": ["french_level"]}
    agent.client.post(address, said)
    assert "answers" in Referral.objects.get().shared


def test_a_forged_answer_does_not_leave(agent, need, service) -> None:
    f.consented(need.file)
    agent.client.post(url("refer_to", need.uid, service.uid), {"message": "", "answers": ["french_level"]})
    assert "answers" not in Referral.objects.get().shared


def test_the_page_costs_the_same_for_many_exchanges(agent, accepted, django_assert_max_num_queries) -> None:
    def cost() -> int:
        with django_assert_max_num_queries(60) as captured:
            agent.client.get(url("referral", accepted.uid))
        return len(captured)

    f.ReferralMessageFactory(referral=accepted)
    f.DateProposalFactory(referral=accepted)
    f.SharedAnswerReviewFactory(referral=accepted, amended=True)
    cost()  # the session begins
    first = cost()
    for _ in range(5):
        f.ReferralMessageFactory(referral=accepted)
        f.DateProposalFactory(referral=accepted)
        f.SharedAnswerReviewFactory(referral=accepted, amended=True)
    assert cost() == first


def test_the_region_sees_how_often_answers_are_asked_again(accepted, service) -> None:
    f.SharedAnswerReviewFactory(referral=accepted, asked_again=True)
    f.SharedAnswerReviewFactory.create_batch(3, referral=accepted)
    f.SharedAnswerReviewFactory(referral=accepted, added=True)
    page = words(staff(Role.REGIONAL_ADVISOR).get(reverse("staff:asked_again")))
    assert service.organisation.name in page
    assert "25 %" in page
    assert service.organisation.name not in words(staff(Role.REGIONAL_ADVISOR, "13").get(reverse("staff:asked_again")))
    assert SharedAnswerReview.objects.count() == 5
