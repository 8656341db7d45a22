"""The list of the directory leaves as CSV and as a workbook, and what left comes back with nothing changed or lost."""

import io

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.directory.models import Location, Organisation, Service
from arrimage.foundation.imports import importers, run_import
from tests.factories import FileFactory, OrganisationFactory, ServiceFactory, region, theme
from tests.tables import numbers
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db
FORMATS = ["csv", "xlsx"]


@pytest.fixture
def advisor():
    return visitor()


@pytest.fixture
def service() -> Service:
    verdun = region().places.get(kind="borough", name="Verdun")
    organisation = OrganisationFactory(
        name="Maison « fictive »; des, Rivages", neq="1160000000", phone="+33142685300", address="2, rue B",
        place=verdun, website="https://maison.example", email="a@demo.example",
    )  # fmt: skip
    OrganisationFactory(name="Ville", kind="municipality", municipality=region().main_city, phone="+15145550142")
    ServiceFactory(organisation=organisation, name="Autre", themes=[theme("housing")], languages=["fr"])
    return ServiceFactory(
        organisation=organisation, name="Cours", description="- Débuter ; écrire\n=1+1\n« lire »", address="1, rue A",
        place=verdun, languages=["fr", "prs", "ff"], themes=[theme("french"), theme("housing")], delay_days=0,
        contact_email="cours@demo.example",
    )  # fmt: skip


def exported(visiting, name: str, form: str, query: str = "") -> bytes:
    response = visiting.client.get(f"{reverse(name)}?export={form}{query}")
    assert response["Content-Disposition"].endswith(f'.{form}"')
    return response.getvalue()


def brought_in(kind: str, actor, content: bytes, form: str):
    return numbers(run_import(importers()[kind], io.BytesIO(content), f"{kind}.{form}", actor, wet=True))


@pytest.mark.parametrize("form", FORMATS)
def test_what_left_comes_back_unchanged(advisor, service, form):
    organisations, services = exported(advisor, "staff:organisations", form), exported(advisor, "staff:services", form)
    assert brought_in("organisations", advisor.actor, organisations, form) == (0, 0, 2)
    assert brought_in("services", advisor.actor, services, form) == (0, 0, 2)


@pytest.mark.parametrize("form", FORMATS)
def test_brought_into_an_empty_directory_and_out_again_it_is_the_same(advisor, service, form):
    names = {"organisations": "staff:organisations", "services": "staff:services"}
    before = {kind: exported(advisor, name, "csv") for kind, name in names.items()}
    files = {kind: exported(advisor, name, form) for kind, name in names.items()}
    Service.objects.all().delete()
    Location.objects.all().delete()
    Organisation.objects.all().delete()
    for kind, created in (("organisations", 2), ("services", 2)):
        assert brought_in(kind, advisor.actor, files[kind], form) == (created, 0, 0)
    assert {kind: exported(advisor, name, "csv") for kind, name in names.items()} == before
    again = Service.objects.get(uid=service.uid)
    assert (again.description, again.delay_days) == ("- Débuter ; écrire\n=1+1\n« lire »", 0)
    assert again.organisation.phone == "+33142685300"


def test_a_spreadsheet_runs_nothing_of_it(advisor, service):
    assert "'- Débuter" in exported(advisor, "staff:services", "csv").decode("utf-8-sig")


@pytest.mark.parametrize("form", FORMATS)
def test_only_what_the_filter_shows_leaves(advisor, service, form):
    Service.objects.filter(name="Autre").update(is_offered=False)
    content = exported(advisor, "staff:services", form, f"&theme={theme('french').pk}")
    keeper = system_actor("tests", Right.MANAGE_DIRECTORY)
    assert brought_in("services", keeper, content, form) == (0, 0, 1)
    assert "Exporter (XLSX)" in advisor.open("staff:services")


def test_with_somebody_s_file_it_leaves_as_the_page_shows_it(service):
    agent = visitor(Role.INTEGRATION_AGENT)
    file = FileFactory()
    response = agent.client.get(f"{reverse('staff:services')}?file={file.uid}&export=csv")
    assert "Admissibilité" in response.getvalue().decode("utf-8-sig")
    assert "Exporter (XLSX)" not in agent.open("staff:services", query=f"?file={file.uid}")
