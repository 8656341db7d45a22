"""The first page of each role."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.accounts.enums import STAFF_ROLES, Role
from arrimage.casework.todo import SHOWN
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation import clock
from tests import factories as f
from tests.web.staff.casework.conftest import sign_in

pytestmark = pytest.mark.django_db
URL = reverse("staff:home")


def page(role: Role, **fields) -> str:
    code = None if role in {Role.MINISTRY_ANALYST, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR} else "06"
    response = sign_in(role, code, **fields).client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", sorted(STAFF_ROLES - {Role.RECEPTION_AGENT, Role.REGIONAL_DIRECTOR}))
def test_nothing_to_do_is_said_calmly(role: Role) -> None:
    assert "Rien ne vous attend pour le moment." in page(role)


def test_an_agent_sees_why_and_the_one_action() -> None:
    agent = sign_in()
    referral = f.ReferralFactory(file__agent=agent.user, file__arrived_on=None, declined=True)
    response = agent.client.get(URL)
    content = response.content.decode()
    assert "Besoins revenus" in content
    assert str(referral.file.person) in content
    assert reverse("staff:refer", args=[referral.need.uid]) in content
    assert [group.reason for group in response.context["groups"]] == [str(Reason.CAME_BACK.label)]


def test_today_s_appointments_come_first_then_the_nearest_deadline() -> None:
    agent = sign_in()
    late = f.FileFactory(agent=agent.user, first_appointment_due=clock.today() - timedelta(days=9))
    f.PlanFactory(file=f.FileFactory(agent=agent.user, arrived_on=None))
    f.AppointmentFactory(
        agent=agent.user, service_point=late.service_point, on=clock.today(), persons=[f.PersonFactory()]
    )
    reasons = [group.reason for group in agent.client.get(URL).context["groups"]]
    expected = [Reason.APPOINTMENT, Reason.FIRST_APPOINTMENT, Reason.TO_AGREE]
    assert reasons == [str(reason.label) for reason in expected]


def test_many_are_cut_with_a_link_to_all() -> None:
    agent = sign_in()
    for _ in range(SHOWN + 1):
        f.PlanFactory(file=f.FileFactory(agent=agent.user, arrived_on=None))
    response = agent.client.get(URL)
    (group,) = response.context["groups"]
    assert len(group.todos) == SHOWN
    assert "Tout voir" in response.content.decode()
    rows = agent.client.get(group.all_url).context["list"].count
    assert rows == SHOWN + 1


def test_an_expired_referral_is_taken_back_in_one_click() -> None:
    agent = sign_in()
    late = f.ReferralFactory(
        file__agent=agent.user, file__arrived_on=None, sent=True, sent_on=clock.today() - timedelta(days=30)
    )
    (group,) = agent.client.get(URL).context["groups"]
    assert group.todos[0].post
    response = agent.client.post(group.todos[0].target)
    assert response["Location"] == reverse("staff:refer", args=[late.need.uid])


def test_an_advisor_sees_agreements_and_employers() -> None:
    content = page(Role.REGIONAL_ADVISOR)
    assert "Rien ne vous attend" in content
    instalment = f.InstalmentFactory(due_on=clock.today())
    request = f.AccompanimentFactory(requested_on=clock.today() - timedelta(days=12))
    content = page(Role.REGIONAL_ADVISOR)
    assert reverse("staff:agreement", args=[instalment.agreement.uid]) in content
    assert reverse("staff:employer", args=[request.employer.uid]) in content


def test_a_recruitment_advisor_sees_employers_only() -> None:
    f.InstalmentFactory(due_on=clock.today())
    request = f.AccompanimentFactory()
    content = page(Role.RECRUITMENT_ADVISOR)
    assert reverse("staff:employer", args=[request.employer.uid]) in content
    assert "Versements" not in content


def test_the_director_sees_figures_agreements_and_counts_but_nobody_s_name() -> None:
    late = f.FileFactory(first_appointment_due=clock.today() - timedelta(days=3))
    ending = f.AgreementFactory(
        signed_on=clock.today() - timedelta(days=350), ends_on=clock.today() + timedelta(days=10)
    )
    content = page(Role.REGIONAL_DIRECTOR)
    assert "L’année en chiffres" in content
    assert reverse("staff:evidence", args=["employers_accompanied"]) in content
    assert ending.title in content
    assert "personne attend son premier rendez-vous" in content
    assert str(late.person) not in content


def test_another_region_s_things_are_not_shown() -> None:
    f.PlanFactory(file__region=f.region("03"))
    f.InstalmentFactory(agreement__region=f.region("03"), due_on=clock.today())
    for role in (Role.TEAM_LEAD, Role.REGIONAL_ADVISOR):
        assert "Rien ne vous attend" in page(role)
