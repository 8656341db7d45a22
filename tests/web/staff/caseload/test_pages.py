"""The load of a team: what each sees, what a lead decides, what comes back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.models import Absence, AgentProfile, Handover
from arrimage.foundation import clock
from tests import factories as f

pytestmark = pytest.mark.django_db
LONG_AGO = clock.today() - timedelta(days=400)


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def point():
    return f.ServicePointFactory()


def signed_in(role: Role, point):
    user = f.RoleGrantFactory(role=role, service_point=point).user
    client = Client()
    client.force_login(user)
    return user, client


@pytest.fixture
def lead(point):
    return signed_in(Role.TEAM_LEAD, point)[1]


@pytest.fixture
def team(point):
    """Two agents, one with ten files and one with none who speaks Spanish."""
    full = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=point).user
    free = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=point).user
    f.AgentProfileFactory(user=free, languages=["es", "fr"])
    for _each in range(10):
        person = f.PersonFactory(preferred_language="es")
        f.FileFactory(agent=full, service_point=point, opened_on=LONG_AGO, person=person)
    return full, free


def test_a_lead_sees_the_team_and_an_agent_themselves(lead, team, point) -> None:
    page = text(lead.get(url("caseload")))
    assert all(user.name in page for user in team)
    assert "Comment la charge se calcule" in page
    me, client = signed_in(Role.INTEGRATION_AGENT, point)
    page = text(client.get(url("caseload")))
    assert me.name in page
    assert not any(user.name in page for user in team)


def test_a_proposal_says_why_is_applied_and_undone(lead, team) -> None:
    full, free = team
    page = lead.get(url("balance"))
    ((proposal, words, key),) = page.context["proposals"]
    assert f"de {full.name} vers {free.name}" in words
    assert "parle espagnol" in words
    assert not Handover.objects.exists(), "nothing changes without the lead"
    uids = [str(file.uid) for file in proposal.files]
    lead.post(url("balance"), {"pick": key, f"files:{key}": uids})
    assert free.files.count() == len(uids)
    stale = lead.post(url("balance"), {"pick": key, f"files:{key}": uids}, follow=True)
    assert "entre-temps" in text(stale)
    lead.post(url("handover_undo", Handover.objects.get().uid))
    assert (full.files.count(), free.files.count()) == (10, 0)


def test_nothing_picked_changes_nothing(lead, team) -> None:
    lead.post(url("balance"), {})
    lead.post(url("balance"), {"pick": "nonsense"})
    assert not Handover.objects.exists()


def test_files_are_given_for_good(lead, team) -> None:
    full, free = team
    chosen = list(full.files.all()[:3])
    given = {"to": free.pk, "reason": "Congé", "chosen": [file.uid for file in chosen]}
    response = lead.post(url("reassign", full.uid), given)
    assert response.status_code == 302, response.context["form"].errors
    assert set(free.files.all()) == set(chosen)


def test_a_week_is_written(lead, team) -> None:
    full, _free = team
    given = {"hours": "21", "days": [1, 2, 3], "languages": ["fr", "ar"], "version": 0}
    lead.post(url("agent_profile", full.uid), given)
    profile = AgentProfile.objects.get(user=full)
    assert (profile.hours, profile.days, profile.languages) == (21, [1, 2, 3], ["ar", "fr"])
    assert "modifié entre-temps" in text(lead.post(url("agent_profile", full.uid), given))


def test_an_absence_with_and_without_a_substitute(lead, team, point) -> None:
    full, free = team
    days = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=4)}
    me, client = signed_in(Role.INTEGRATION_AGENT, point)
    client.post(url("absence_add"), {"agent": me.pk, **days})
    assert "Sans remplacement" in text(lead.get(url("caseload")))
    lead.post(url("absence_add"), {"agent": full.pk, "substitutes": [free.pk], **days})
    absence = Absence.objects.get(agent=full)
    third = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=point).user
    lead.post(url("absence", absence.uid), {"substitutes": [third.pk]})
    assert [cover.substitute for cover in absence.covers.all()] == [third]
    lead.post(url("absence_end", absence.uid))
    absence.refresh_from_db()
    assert absence.is_cancelled


@pytest.mark.parametrize("name", ["caseload", "balance", "urgent"])
def test_the_cost_does_not_grow(lead, team, name, django_assert_max_num_queries) -> None:
    lead.get(url(name))
    with django_assert_max_num_queries(19):
        lead.get(url(name))
