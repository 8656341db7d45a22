"""One box for persons, files, organisations and employers, as far as one's rights go."""

import pytest
from django.urls import reverse

from arrimage.accounts.enums import STAFF_ROLES, Role
from arrimage.occupations.models import Occupation
from tests import factories as f
from tests.web.staff.casework.conftest import sign_in

pytestmark = pytest.mark.django_db
URL = reverse("staff:search")


@pytest.fixture
def everything():
    return {
        "file": f.FileFactory(person__given_name="Zéphyrine", person__family_name="Laflèche"),
        "organisation": f.OrganisationFactory(name="Centre Laflèche"),
        "employer": f.EmployerFactory(name="Boulangerie Laflèche"),
    }


def found(role: Role, text: str, code: str = "06") -> str:
    response = sign_in(role, code).client.get(URL, {"q": text})
    assert response.status_code == 200
    return response.content.decode()


def test_an_agent_finds_persons_and_organisations(everything) -> None:
    for text in ("lafleche", "LAFLÈCHE"):
        content = found(Role.INTEGRATION_AGENT, text)
        assert reverse("staff:file", args=[everything["file"].uid]) in content
        assert "Centre Laflèche" in content
        assert "Boulangerie" not in content


def test_an_advisor_finds_organisations_and_employers(everything) -> None:
    content = found(Role.REGIONAL_ADVISOR, "lafleche")
    assert "Centre Laflèche" in content
    assert "Boulangerie Laflèche" in content
    assert "Zéphyrine" not in content
    assert "Boulangerie Laflèche" in found(Role.REGIONAL_ADVISOR, everything["employer"].neq)


def test_another_region_finds_nobody(everything) -> None:
    address = reverse("staff:file", args=[everything["file"].uid])
    for text in ("lafleche", everything["file"].number):
        assert address in found(Role.INTEGRATION_AGENT, text)
        assert address not in found(Role.INTEGRATION_AGENT, text, code="03")


@pytest.mark.parametrize("text", ["", " ", "\x00", "%", "'; --", "x" * 500, "ﷺ", "1" * 40])
@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.REGIONAL_ADVISOR])
def test_whatever_is_typed_is_answered(role: Role, text: str) -> None:
    found(role, text)


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_every_role_of_the_staff_may_search(role: Role) -> None:
    assert "Rien ne correspond" in found(role, "introuvable")


@pytest.mark.parametrize("text", ["infirmière", "NURSES", "31301", "CNP 313"])
def test_who_accompanies_finds_occupations_in_both_languages_and_by_code(text: str) -> None:
    Occupation.objects.create(code="31301", title_fr="Infirmiers/infirmières", title_en="Registered nurses")
    for role in (Role.REGIONAL_ADVISOR, Role.INTEGRATION_AGENT):
        content = found(role, text)
        assert "Infirmiers/infirmières" in content
        assert f"{reverse('staff:occupations')}?q=31301" in content
    assert "Infirmiers" not in found(Role.RECEPTION_AGENT, text)
