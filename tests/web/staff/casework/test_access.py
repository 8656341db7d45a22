"""Who opens which page of a file, and what the others are told."""

import pytest
from django.urls import reverse

from arrimage.accounts.enums import STAFF_ROLES, Role
from tests import factories as f
from tests.web.staff.casework.conftest import sign_in

pytestmark = pytest.mark.django_db
ACCOMPANY = {Role.INTEGRATION_AGENT, Role.TEAM_LEAD}


@pytest.fixture
def pages():
    """The address of every page, on a file that has one of everything."""
    step = f.StepFactory(plan__agreed=True)
    file = step.file
    draft = f.StepFactory(plan__file=f.FileFactory())
    need = f.NeedFactory(file=file)
    referral = f.ReferralFactory(file=file, need=f.NeedFactory(file=file), sent=True)
    done = f.AssessmentFactory(file=file, completed=True)
    appointment = f.AppointmentFactory(persons=[file.person], service_point=file.service_point)
    service = f.ServiceFactory()
    named = {
        "file": [file.uid],
        "assessment": [file.uid],
        "assessment_read": [done.uid],
        "need_add": [file.uid],
        "need_close": [need.uid],
        "plan": [file.uid],
        "plan_agree": [draft.file.uid],
        "plan_print": [file.uid],
        "step_add": [file.uid],
        "step_edit": [step.uid],
        "refer": [need.uid],
        "refer_to": [need.uid, service.uid],
        "referral": [referral.uid],
        "referral_cancel": [referral.uid],
        "referral_answer": [referral.uid],
        "follow_up": [file.uid],
        "appointment_book": [file.uid],
        "appointment": [appointment.uid],
    }
    return {name: reverse(f"staff:{name}", args=args) for name, args in named.items()}


LISTS = ["files", "referrals", "appointments"]


@pytest.mark.parametrize("role", sorted(ACCOMPANY))
def test_those_who_accompany_open_every_page(pages, role: Role) -> None:
    client = sign_in(role).client
    for name, url in {**pages, **{name: reverse(f"staff:{name}") for name in LISTS}}.items():
        assert client.get(url).status_code == 200, name


@pytest.mark.parametrize("role", sorted(STAFF_ROLES - ACCOMPANY))
def test_others_are_refused(pages, role: Role) -> None:
    client = sign_in(role).client
    for name, url in {**pages, **{name: reverse(f"staff:{name}") for name in LISTS}}.items():
        assert client.get(url).status_code == 403, name


def test_another_region_finds_nothing(pages) -> None:
    client = sign_in(code="03").client
    for name, url in pages.items():
        assert client.get(url).status_code == 404, name


def test_writing_is_refused_the_same_way() -> None:
    step = f.StepFactory()
    referral = f.ReferralFactory(sent=True)
    urls = [
        reverse("staff:step_status", args=[step.uid]),
        reverse("staff:referral_expire", args=[referral.uid]),
        reverse("staff:plan", args=[step.file.uid]),
    ]
    for url in urls:
        assert sign_in(code="03").client.post(url, {"status": "done"}).status_code == 404
        assert sign_in(Role.REGIONAL_DIRECTOR).client.post(url).status_code == 403
    step.refresh_from_db()
    assert step.status == "todo"


def test_only_a_lead_assigns(file) -> None:
    url = reverse("staff:file_assign", args=[file.uid])
    assert sign_in().client.get(url).status_code == 403
    lead, other = sign_in(Role.TEAM_LEAD), f.RoleGrantFactory().user
    assert lead.client.post(url, {"agent": other.pk}).status_code == 302
    file.refresh_from_db()
    assert file.agent == other


def test_a_stranger_signs_in_first(pages, client) -> None:
    for url in pages.values():
        response = client.get(url)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_from_a_person_to_their_file_in_the_region(agent, file) -> None:
    elsewhere = f.FileFactory(person=file.person, region=f.region("03"))
    url = reverse("staff:person", args=[file.person.uid])
    assert agent.client.get(url)["Location"] == reverse("staff:file", args=[file.uid])
    assert sign_in(code="03").client.get(url)["Location"] == reverse("staff:file", args=[elsewhere.uid])
    assert sign_in(code="05").client.get(url).status_code == 404
