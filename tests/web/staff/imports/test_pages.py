"""A table is checked, then the same file is brought in; nothing else is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrimage.accounts.enums import Role
from arrimage.employers.models import Employer
from arrimage.foundation.imports import importers
from arrimage.web.staff.imports.views import digest_of
from tests.factories import EmployerFactory
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db
GOOD = "neq,nom,courriel\n1170000001,Aliments Boréal,rh@boreal.example\n"


@pytest.fixture
def advisor():
    return visitor()


def file(content=GOOD, name="employeurs.csv"):
    return SimpleUploadedFile(name, content.encode())


def test_a_file_is_checked_then_brought_in_once_confirmed(advisor):
    page = advisor.send("staff:import", "employers", file=file(), status=200)
    assert "Le fichier est prêt à être importé" in page
    assert not Employer.objects.exists()
    digest = digest_of(file())
    assert f'value="{digest}"' in page
    page = advisor.send("staff:import", "employers", file=file(), digest=digest, status=200)
    assert "Le fichier est importé" in page
    assert Employer.objects.get().name == "Aliments Boréal"


def test_the_same_file_again_brings_nothing_and_cannot_be_confirmed(advisor):
    EmployerFactory(neq="1170000001", name="Aliments Boréal", email="rh@boreal.example")
    page = advisor.send("staff:import", "employers", file=file(), status=200)
    assert "n’apporte rien de nouveau" in page
    assert "Importer ce fichier" not in page


def test_another_file_than_the_one_checked_is_checked_again(advisor):
    other = GOOD.replace("Boréal", "Austral")
    page = advisor.send("staff:import", "employers", file=file(other), digest=digest_of(file()), status=200)
    assert "Le fichier a changé depuis sa vérification" in page
    assert not Employer.objects.exists()


def test_refusals_are_shown_row_by_row(advisor):
    content = "neq,nom,courriel\n117,A,a@demo.example\n1170000002,,pas un courriel\n"
    page = advisor.send("staff:import", "employers", file=file(content), status=200)
    assert "Rien n’est importé" in page
    assert "« 117 » n’est pas un NEQ" in page
    assert "Importer ce fichier" not in page
    refused = advisor.send("staff:import", "employers", file=file(content), digest=digest_of(file(content)), status=200)
    assert "Rien n’est importé" in refused
    assert not Employer.objects.exists()


@pytest.mark.parametrize(("content", "words"), [("%PDF-1.7 x", "PDF"), ("x,y\n1,2\n", "obligatoire")])
def test_what_is_no_such_table_is_said(advisor, content, words):
    assert words in advisor.send("staff:import", "employers", file=file(content), status=200)


def test_without_a_file_the_form_says_so(advisor):
    assert "error-summary" in advisor.send("staff:import", "employers", status=200)


def test_htmx_receives_the_result_alone(advisor):
    response = advisor.client.post("/espace/importer/employers/", {"file": file()}, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "Importer ce fichier" in response.content.decode()


def test_the_template_of_each_kind_is_given_to_those_who_may_import_it(advisor):
    for kind, importer in importers().items():
        status = 200 if advisor.actor.may(importer.right) else 404
        words = advisor.open("staff:import_template", kind, status=status)
        assert words.startswith(f"\ufeff{importer.columns[0].name},") is (status == 200)


def test_the_index_offers_what_one_may_import(advisor):
    page = advisor.open("staff:imports")
    assert "Employeurs" in page
    assert "Versements des ententes" in page
    assert "/importer/arrivals/" not in page


def test_a_kind_one_may_not_import_and_a_kind_that_does_not_exist_are_the_same(advisor):
    advisor.open("staff:import", "arrivals", status=404)
    advisor.open("staff:import", "fanfare", status=404)


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR])
def test_those_who_import_nothing_are_refused(role):
    visitor(role).open("staff:imports", status=403)
    visitor(role).open("staff:import", "employers", status=403)


@pytest.mark.parametrize("kind", ["statistics", "occupations", "territory"])
def test_reference_tables_are_brought_in_by_who_keeps_them(kind, advisor):
    advisor.open("staff:import", kind, status=404)
    for role in (Role.ADMINISTRATOR, Role.MINISTRY_ANALYST):
        page = visitor(role, None).open("staff:import", kind)
        assert ("Source à citer" in page) == (kind == "territory")
    visitor(Role.MINISTRY_ANALYST, None).open("staff:import", "staff", status=404)
