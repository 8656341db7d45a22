"""The pages of a plan: proposals answered, wishes, agreed versions, amendments, the printed plan."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from arrimage.casework import actions
from arrimage.casework.actions.agreements import Agreed
from arrimage.casework.models import Amendment, DeclinedProposal, Goal, Plan, PlanVersion, Step
from tests import factories as f
from tests.web.staff.casework.test_pages import text

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


@pytest.fixture
def plan(agent, file):
    made = f.PlanFactory(file=file)
    f.StepFactory(plan=made, title="S’inscrire à l’assurance maladie (RAMQ)", rule="health_insurance")
    return made


def agree(agent, plan) -> None:
    actions.agree_plans(agent.actor, [Agreed(plan)])


def test_drafting_shows_why_and_takes_what_is_ticked(agent, file) -> None:
    taken = f.NeedFactory(file=file, code="bank_account", theme=f.theme("finances"))
    f.NeedFactory(file=file, code="food", theme=f.theme("food_clothing"))
    page = text(agent.client.get(url("plan", file.uid)))
    assert "Le ménage ne mange pas à sa faim." in page
    sent = {"goal": "Quiero trabajar", "language": "es", "chosen": "1", "take": [str(taken.uid)]}
    page = text(agent.client.post(url("plan", file.uid), sent, follow=True))
    assert [step.need for step in Step.objects.all()] == [taken]
    assert (Goal.objects.get().words, Goal.objects.get().language) == ("Quiero trabajar", "es")
    assert "1 démarche proposée, laissée de côté" in page
    agent.client.post(url("proposal_again", DeclinedProposal.objects.get().uid))
    assert "Aller à une banque alimentaire" in text(agent.client.get(url("plan", file.uid)))


def test_a_proposal_is_taken_then_altered(agent, file, plan) -> None:
    need = f.NeedFactory(file=file, code="food", theme=f.theme("food_clothing"))
    response = agent.client.post(url("proposal_answer", need.uid), {"answer": "alter"})
    step = Step.objects.get(need=need)
    assert response["Location"] == url("step_edit", step.uid)
    again = agent.client.post(url("proposal_answer", need.uid), {"answer": "take"}, follow=True)
    assert "Une démarche répond déjà à ce besoin." in text(again)


def test_an_agreed_plan_asks_why_it_changes_then_to_be_agreed_again(agent, file, plan) -> None:
    agree(agent, plan)
    step = Step.objects.get()
    form = agent.client.get(url("step_edit", step.uid)).context["form"]
    read = {bound.html_initial_name: bound.field.prepare_value(bound.initial) or "" for bound in form}
    sent = {**read, "title": "Autre", "language": "fr", "owner": "person", "due_on": "2030-01-02"}
    page = text(agent.client.post(url("step_edit", step.uid), sent))
    assert "Pourquoi ce changement" in page
    assert not Amendment.objects.exists()
    page = text(agent.client.post(url("step_edit", step.uid), {**sent, "why": "Déménagement"}, follow=True))
    assert "Convenir de nouveau" in page
    page = text(agent.client.get(url("plan_versions", file.uid)))
    assert "Déménagement" in page
    assert "S’inscrire à l’assurance maladie (RAMQ)" in page
    shown = agent.client.get(url("plan_agree", file.uid)).context["form"]["digest"].value()
    agent.client.post(url("plan_agree", file.uid), {
        "digest": shown, "language": "fr", "by": "", "on": "2020-01-01", "means": "paper", "agreed": "on",
    })  # fmt: skip
    assert list(PlanVersion.objects.order_by("number").values_list("number", "signing")) == [
        (1, "spoken"),
        (2, "paper"),
    ]


def test_a_plan_changed_while_it_was_read_is_not_agreed(agent, file, plan) -> None:
    read = agent.client.get(url("plan_agree", file.uid)).context["form"]["digest"].value()
    f.StepFactory(plan=plan, title="Ajoutée entre-temps")
    sent = {"digest": read, "language": "fr", "by": "", "on": "2020-01-01", "means": "spoken", "agreed": "on"}
    page = text(agent.client.post(url("plan_agree", file.uid), sent))
    assert "Le plan a changé pendant que vous le lisiez" in page
    assert "Ajoutée entre-temps" in page
    assert Plan.objects.get().status == "draft"


def test_wishes_come_and_go(agent, file, plan) -> None:
    agent.client.post(url("goal_add", file.uid), {"words": "أريد أن أعمل", "language": "ar"})
    page = text(agent.client.get(url("plan", file.uid)))
    assert 'lang="ar" dir="auto">أريد أن أعمل' in page
    agent.client.post(url("goal_remove", Goal.objects.get().uid))
    assert not Goal.objects.exists()


def test_the_plan_is_printed_in_two_languages(agent, file, plan) -> None:
    agree(agent, plan)
    page = text(agent.client.get(url("plan_print", file.uid)))
    assert "En français et en arabe" in page
    assert "Version 1, convenue le" in page
    response = agent.client.get(url("plan_pdf", file.uid) + "?langue=ar&version=1")
    assert response["Content-Type"] == "application/pdf"
    words = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert "assurance maladie" in words
    assert agent.client.get(url("plan_pdf", file.uid) + "?version=7").status_code == 404


@pytest.mark.parametrize("name", ["plan", "plan_versions", "plan_print"])
def test_pages_cost_the_same_whatever_the_plan_holds(agent, file, plan, name) -> None:
    agree(agent, plan)
    f.GoalFactory(plan=plan)
    f.AmendmentFactory(plan=plan)
    agent.client.get(url(name, file.uid))  # the session chooses its role
    with CaptureQueriesContext(connection) as before:
        agent.client.get(url(name, file.uid))
    for _each in range(4):
        f.StepFactory(plan=plan)
        f.GoalFactory(plan=plan)
        f.AmendmentFactory(plan=plan)
    with CaptureQueriesContext(connection) as after:
        agent.client.get(url(name, file.uid))
    assert len(after) == len(before)
