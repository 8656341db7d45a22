"""Files outside one's assignment: found with the least, opened with a reason, for a time, flagged."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from arrimage.accounts.enums import Role
from arrimage.casework.actions import note_needs
from arrimage.casework.actions.assessments import NewNeed
from arrimage.casework.models import File
from arrimage.casework.queries import files_visible_to
from arrimage.foundation.errors import NotAllowed
from arrimage.privacy.journal.models import BreakGlass, Reading
from tests import factories as f
from tests.roles import as_owner
from tests.web.staff.casework.conftest import sign_in

pytestmark = pytest.mark.django_db
ASK = reverse("staff:break_glass")
WHY = {"motive": "at_my_desk", "reason": "La personne est devant moi, sans rendez-vous."}


@pytest.fixture
def other():
    """A file of the region, at another point of service, of somebody else."""
    return f.FileFactory(
        person__given_name="Zéphyrine", person__family_name="Laflèche", agent=f.RoleGrantFactory().user
    )


def page(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def file_url(file: File) -> str:
    return reverse("staff:file", args=[file.uid])


# --- Whose files are whose ------------------------------------------------------------------------------------------
def test_an_agent_opens_their_point_s_files_their_own_and_those_of_whom_they_meet(agent, point, other) -> None:
    of_the_point = f.FileFactory(service_point=point)
    mine = f.FileFactory(agent=agent.user)
    met = f.FileFactory()
    f.AppointmentFactory(agent=agent.user, persons=[met.person], service_point=point)
    not_met = f.FileFactory()
    f.AppointmentFactory(agent=agent.user, persons=[not_met.person], service_point=point, cancelled=True)
    for file in (of_the_point, mine, met):
        assert agent.client.get(file_url(file)).status_code == 200
    assert set(files_visible_to(agent.actor)) == {of_the_point, mine, met}
    listed = page(agent.client.get(reverse("staff:files")))
    for file in (of_the_point, mine, met):
        assert file.number in listed
    assert other.number not in listed
    assert not_met.number not in listed


def test_a_lead_and_an_agent_without_a_point_open_the_region_s(other) -> None:
    elsewhere = f.FileFactory(region=f.region("03"))
    for someone in (sign_in(Role.TEAM_LEAD, service_point=f.ServicePointFactory()), sign_in()):
        assert someone.client.get(file_url(other)).status_code == 200
        assert someone.client.get(file_url(elsewhere)).status_code == 404


def test_nothing_is_written_to_a_file_outside_the_assignment(agent, other) -> None:
    with pytest.raises(NotAllowed):
        note_needs(agent.actor, [NewNeed(file=other, theme=f.theme(), label="Un logement", priority=1)])
    assert agent.client.get(reverse("staff:need_add", args=[other.uid])).status_code == 404
    need = f.NeedFactory(file=other)
    assert agent.client.get(reverse("staff:need_close", args=[need.uid])).status_code == 404


# --- Finding --------------------------------------------------------------------------------------------------------
def test_the_search_says_the_least_of_the_others_files(agent, other) -> None:
    found = page(agent.client.get(reverse("staff:search"), {"q": "lafleche"}))
    for words in ("Zéphyrine Laflèche", other.number, other.service_point.name, "Ouvrir avec un motif"):
        assert words in found
    assert file_url(other) not in found
    assert other.agent.name not in found
    assert str(other.uid) not in found


def test_another_region_s_file_is_found_by_its_whole_number_only(agent) -> None:
    far = f.FileFactory(region=f.region("03"), person__family_name="Laflèche")
    assert far.number not in page(agent.client.get(reverse("staff:search"), {"q": "lafleche"}))
    prefix, year, serial, digit = far.number.split("-")
    wrong = str((int(digit) + 1) % 10)
    for partial in (f"{year}-{serial}", serial, f"{prefix}-{year}-{serial}-{wrong}"):
        assert reverse("staff:break_glass") not in page(agent.client.get(reverse("staff:search"), {"q": partial}))
    found = page(agent.client.get(reverse("staff:search"), {"q": far.number.lower()}))
    assert "Dossier d’une autre région" in found
    assert "Laflèche" not in found
    assert far.service_point.name not in found


# --- Asking ---------------------------------------------------------------------------------------------------------
def test_a_direct_address_leads_to_the_reason_without_the_name(agent, other) -> None:
    response = agent.client.get(file_url(other))
    assert response.status_code == 302
    shown = page(agent.client.get(response["Location"]))
    assert other.number in shown
    assert "Laflèche" not in shown
    assert agent.client.get(file_url(f.FileFactory(region=f.region("03")))).status_code == 404


@pytest.mark.parametrize(
    "given", [{}, {**WHY, "reason": "Urgent."}, {**WHY, "motive": "curiosity"}, {**WHY, "reason": " " * 30}]
)
def test_without_a_reason_nothing_opens(agent, other, given: dict[str, str]) -> None:
    assert agent.client.post(f"{ASK}?dossier={other.uid}", given).status_code == 200
    assert not BreakGlass.objects.exists()
    assert agent.client.get(file_url(other)).status_code == 302


def test_with_a_reason_it_opens_for_a_time_flagged_and_written_down(agent, other) -> None:
    response = agent.client.post(f"{ASK}?numero={other.number}", WHY)
    assert response["Location"] == file_url(other)
    access = BreakGlass.objects.get()
    assert (access.user, access.person, access.file_uid, access.reason) == (
        agent.user,
        other.person,
        other.uid,
        WHY["reason"],
    )
    assert access.expires_at - access.opened_at == timedelta(minutes=60)
    shown = page(agent.client.get(file_url(other)))
    assert "Laflèche" in shown
    assert "Accès exceptionnel jusqu’à" in shown
    assert "Terminer maintenant" in shown
    readings = list(Reading.objects.filter(person=other.person).order_by("pk"))
    assert [(each.what, each.basis, each.break_glass) for each in readings] == [
        ("break_glass", "break_glass", access),
        ("opened", "break_glass", access),
    ]


def test_while_it_lives_one_acts_in_the_file(agent, other) -> None:
    need = f.NeedFactory(file=other)
    f.BreakGlassFactory(file=other, user=agent.user)
    url = reverse("staff:need_close", args=[need.uid])
    assert "Accès exceptionnel" in page(agent.client.get(url))
    assert agent.client.post(url, {"status": "met", "on": timezone.localdate().isoformat()}).status_code == 302
    need.refresh_from_db()
    assert need.status == "met"


def test_it_ends_by_itself_and_at_will(agent, other) -> None:
    f.BreakGlassFactory(file=other, user=agent.user, over=True)
    assert agent.client.get(file_url(other)).status_code == 302
    live = f.BreakGlassFactory(file=other, user=agent.user)
    assert agent.client.get(file_url(other)).status_code == 200
    agent.client.post(reverse("staff:break_glass_end", args=[live.uid]))
    assert agent.client.get(file_url(other)).status_code == 302


def test_another_region_s_file_opens_by_its_number(agent) -> None:
    far = f.FileFactory(region=f.region("03"))
    step = f.StepFactory(plan__file=far)
    assert agent.client.get(f"{ASK}?dossier={far.uid}").status_code == 404
    assert agent.client.post(f"{ASK}?numero={far.number}", WHY).status_code == 302
    assert far.number in page(agent.client.get(file_url(far)))
    assert (
        agent.client.post(reverse("staff:step_status", args=[step.uid]), {"status": "in_progress"}).status_code == 302
    )
    assert far.number not in page(agent.client.get(reverse("staff:files")))
    assert BreakGlass.objects.get().region == far.region


def test_it_opens_for_nobody_else_and_nothing_else(agent, other) -> None:
    f.BreakGlassFactory(file=other, user=agent.user)
    colleague = sign_in(service_point=f.ServicePointFactory())
    assert colleague.client.get(file_url(other)).status_code == 302
    assert agent.client.get(file_url(f.FileFactory())).status_code == 302
    live = BreakGlass.objects.get()
    assert colleague.client.post(reverse("staff:break_glass_end", args=[live.uid])).status_code == 404


def test_a_file_that_is_one_s_own_asks_for_nothing(agent, file) -> None:
    assert agent.client.get(f"{ASK}?dossier={file.uid}")["Location"] == file_url(file)


@pytest.mark.parametrize(
    "query", ["", "?dossier=", "?dossier=x", "?numero=MTL-2026-999999-9", "?numero=%00", "?numero=é"]
)
def test_whatever_is_asked_is_answered(agent, query: str) -> None:
    assert agent.client.get(ASK + query).status_code == 404


def test_its_facts_are_final(agent, other) -> None:
    from django.db import DatabaseError, transaction

    access = f.BreakGlassFactory(file=other, user=agent.user)
    later = timezone.now() + timedelta(days=30)
    for changed in (
        {"reason": "Une autre raison, plus convenable."},
        {"expires_at": later},
        {"person": f.PersonFactory()},
    ):
        with as_owner(), pytest.raises(DatabaseError), transaction.atomic():
            BreakGlass.objects.filter(pk=access.pk).update(**changed)
