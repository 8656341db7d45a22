"""The answers of the assessment that travel with a referral: which, by which consent, and what comes of them."""

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.casework.actions.answers import Reviewed, review_answers, settle_amendments
from arrimage.casework.actions.referrals import NewReferral, send_referrals
from arrimage.casework.answers import answers_for, answers_shown
from arrimage.casework.enums import Settlement, Verdict
from arrimage.casework.models import Referral, SharedAnswerReview
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.privacy.consents.actions import withdraw
from tests import factories as f

pytestmark = pytest.mark.django_db
ANSWERS = {
    "french_daily": "few_words", "french_level": 3, "housing_now": "hotel", "feeling": "bad",
    "french_obstacles": ["children"], "work_conditions": True, "work_now": "yes",
}  # fmt: skip


@pytest.fixture
def service():
    return f.ServiceFactory(themes=[f.theme("french"), f.theme("employment")])


@pytest.fixture
def need():
    file = f.FileFactory()
    f.AssessmentFactory(file=file, completed=True, answers=ANSWERS)
    return f.NeedFactory(file=file, theme=f.theme("french"))


@pytest.fixture
def agent():
    return f.actor(Role.TEAM_LEAD)


@pytest.fixture
def sent(need, service, agent) -> Referral:
    f.consented(need.file)
    f.answers_consented(need.file, service.organisation)
    [referral] = send_referrals(agent, [NewReferral(need, service, answers=["french_level", "french_daily"])])
    return referral


@pytest.fixture
def worker(service):
    return f.worker_of(service.organisation)


def test_by_default_what_touches_the_need_and_is_not_sensitive(need, service) -> None:
    offered = {each.key: each for each in answers_for(need, service)}
    assert {key for key, each in offered.items() if each.by_default} == {
        "french_daily", "french_level", "french_obstacles",
    }  # fmt: skip
    assert not offered["work_now"].by_default, "the service's other theme: by hand"
    assert (offered["work_conditions"].is_sensitive, offered["work_conditions"].by_default) == (True, False)
    assert {"housing_now", "feeling"} & offered.keys() == set()


def test_a_sensitive_answer_of_the_needs_own_theme_is_not_ticked(need) -> None:
    need.theme = f.theme("psychosocial")
    [feeling] = answers_for(need, f.ServiceFactory(themes=[need.theme]))
    assert (feeling.key, feeling.by_default) == ("feeling", False)


def test_nothing_travels_before_an_assessment_is_completed(service) -> None:
    assert answers_for(f.NeedFactory(theme=f.theme("french")), service) == []


def test_what_is_sent_is_kept_in_words_in_the_order_of_the_questionnaire(sent) -> None:
    answers = sent.shared["answers"]
    assert [each["key"] for each in answers] == ["french_daily", "french_level"]
    assert answers[1]["answer"] == "3"
    assert all(each["question"] and each["answer"] for each in answers)


def test_no_answer_leaves_without_its_own_consent(need, service, agent) -> None:
    f.consented(need.file)
    with pytest.raises(InvalidInput, match="réponses à l’évaluation"):
        send_referrals(agent, [NewReferral(need, service, answers=["french_level"])])
    assert not Referral.objects.exists()


def test_nor_does_the_database_let_one_leave(need, service) -> None:
    f.consented(need.file)
    made = f.ReferralFactory.build(sent=True, file=need.file, need=need, service=service, region=need.region)
    made.organisation, made.shared = service.organisation, {"answers": []}
    with pytest.raises(IntegrityError, match="no consent lets these answers travel"), transaction.atomic():
        made.save()


def test_an_answer_that_does_not_touch_the_service_stays(need, service, agent) -> None:
    f.consented(need.file)
    f.answers_consented(need.file, service.organisation)
    with pytest.raises(InvalidInput, match="ne touche pas le service"):
        send_referrals(agent, [NewReferral(need, service, answers=["housing_now"])])


def test_the_organisation_reads_them_while_the_person_lets_it(sent, worker, agent) -> None:
    assert [each["key"] for each in answers_shown(worker, sent)] == ["french_daily", "french_level"]
    withdraw(agent, [f.answers_consented(sent.file, sent.organisation)])
    assert answers_shown(worker, sent) == []
    sent.refresh_from_db()
    assert sent.is_awaiting_answer, "the referral goes on"
    with pytest.raises(InvalidInput, match="pas été communiquée"):
        review_answers(worker, sent, [Reviewed(Verdict.CONFIRMED, "french_level")])


def test_the_last_word_stays(sent, worker) -> None:
    review_answers(worker, sent, [Reviewed(Verdict.CONFIRMED, "french_level")])
    review_answers(worker, sent, [Reviewed(Verdict.AMENDED, "french_level", value="5", note="Classée hier")])
    assert (
        review_answers(worker, sent, [Reviewed(Verdict.AMENDED, "french_level", value="5", note="Classée hier")]) == []
    )
    [review] = SharedAnswerReview.objects.all()
    assert (review.verdict, review.value, review.settlement) == ("amended", "5", "waiting")
    assert (review.question, review.author_id) == (sent.shared["answers"][1]["question"], worker.user_id)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (Reviewed(Verdict.CONFIRMED, "housing_now"), "pas été communiquée"),
        (Reviewed(Verdict.AMENDED, "french_level", value=" "), "réponse corrigée"),
        (Reviewed(Verdict.ADDED), "la question"),
        (Reviewed(Verdict.ADDED, "french_level", question="Autre"), "la question"),
    ],
)
def test_what_makes_no_sense_is_refused(sent, worker, item, sentence) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        review_answers(worker, sent, [item])


def test_another_organisation_says_nothing(sent) -> None:
    other = f.worker_of(f.OrganisationFactory())
    with pytest.raises(NotAllowed):
        review_answers(other, sent, [Reviewed(Verdict.CONFIRMED, "french_level")])


def test_nothing_more_is_said_once_the_referral_is_over(sent, worker) -> None:
    Referral.objects.filter(pk=sent.pk).update(status="expired")
    with pytest.raises(Conflict):
        review_answers(worker, sent, [Reviewed(Verdict.CONFIRMED, "french_level")])


def test_an_amendment_is_decided_once_and_changes_no_answer(sent, worker, agent) -> None:
    [review] = review_answers(worker, sent, [Reviewed(Verdict.AMENDED, "french_level", value="5")])
    with pytest.raises(NotAllowed):
        settle_amendments(worker, [review], Settlement.ACCEPTED)
    settle_amendments(agent, [review], Settlement.ACCEPTED)
    assert sent.file.assessments.get().answers["french_level"] == 3
    with pytest.raises(Conflict):
        settle_amendments(agent, [review], Settlement.IGNORED)
