"""Pages of contacts to come, and of the contact at 6, 12 or 24 months."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.casework.enums import MilestoneResult, PlannedStatus
from arrimage.casework.models import FollowUp, MilestoneContact, PlannedContact
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from tests import factories as f

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


def follow_up(**fields):
    return {"uid": new_uid(), "on": clock.today(), "channel": "video", "reached": "on", **fields}


def test_a_follow_up_makes_a_planned_contact_and_plans_the_next(agent, file) -> None:
    planned = f.PlannedContactFactory(file=file)
    page = agent.client.get(url("follow_up", file.uid), {"contact": planned.uid})
    assert page.context["form"]["planned"].value() == planned.pk
    later = clock.today() + timedelta(days=10)
    sent = follow_up(
        planned=planned.pk, language="ar", interpreter="Nour", next_on=later, next_subject="Le bail", next_agent=""
    )
    for _time in range(2):
        response = agent.client.post(url("follow_up", file.uid), sent)
        assert response.status_code == 302, response.context["form"].errors
    made = FollowUp.objects.get()
    assert (made.language, made.interpreter, made.planned) == ("ar", "Nour", planned)
    assert PlannedContact.objects.get(status=PlannedStatus.PLANNED).subject == "Le bail"
    assert "Le bail" in agent.client.get(url("file", file.uid)).content.decode()


def test_a_contact_is_planned_changed_and_called_off(agent, file) -> None:
    day = clock.today() + timedelta(days=3)
    given = {"on": day, "channel": "phone", "subject": "Le cours", "agent": agent.user.pk}
    agent.client.post(url("contact_plan", file.uid), given)
    contact = PlannedContact.objects.get()
    response = agent.client.post(url("contact_plan", file.uid), given)
    assert "déjà prévu" in response.content.decode()
    agent.client.post(
        url("contact_change", contact.uid), {**given, "subject": "La garderie", "version": contact.version}
    )
    contact.refresh_from_db()
    assert contact.subject == "La garderie"
    agent.client.post(url("contact_cancel", contact.uid))
    contact.refresh_from_db()
    assert contact.status == PlannedStatus.CANCELLED


def test_three_calls_without_an_answer_are_said(agent, file) -> None:
    for _each in range(3):
        f.FollowUpFactory(file=file, reached=False)
    assert "3 essais de suite" in agent.client.get(url("file", file.uid)).content.decode().replace("\u00a0", " ")


def test_the_six_month_contact_is_one_form(agent, point) -> None:
    file = f.due_contact(agent=agent.user, service_point=point)
    assert url("milestone", file.uid, 6) in agent.client.get(url("file", file.uid)).content.decode()
    call = {"result": "reached", "on": clock.today(), "channel": "phone", "language": "", "residence": "same_region"}
    missing = agent.client.post(url("milestone", file.uid, 6), call)
    assert set(missing.context["form"].errors) == {"employment"}
    answers = {"employment": "full_time", "in_field": "no", "listening": "7", "speaking": "0", "learning_french": ""}
    response = agent.client.post(url("milestone", file.uid, 6), {**call, **answers})
    assert response.status_code == 302
    kept = MilestoneContact.objects.get()
    assert (kept.result, kept.in_field, kept.listening, kept.speaking, kept.reading, kept.learning_french) == (
        MilestoneResult.REACHED, False, 7, 0, None, None
    )  # fmt: skip
    assert "rien à y ajouter" in agent.client.get(url("milestone", file.uid, 6)).content.decode()


def test_a_number_of_months_that_is_none_of_the_three_is_no_page(agent, file) -> None:
    assert agent.client.get(url("milestone", file.uid, 7)).status_code == 404
