"""Organisations and services come in by table: found again, never doubled, refused row by row."""

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.directory.models import Organisation, Service
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.models import new_uid
from tests.factories import OrganisationFactory, ServiceFactory, actor, region
from tests.tables import numbers, run_table, run_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def test_the_templates_import_and_a_repeat_changes_nothing(advisor):
    for kind in ("organisations", "services"):
        assert numbers(run_template(kind, advisor)) == (1, 0, 0)
        assert numbers(run_template(kind, advisor)) == (0, 0, 1)
    organisation = Organisation.objects.get()
    assert (organisation.region.code, organisation.place.name) == ("06", "Rosemont–La Petite-Patrie")
    service = Service.objects.get()
    assert service.languages == ["fr", "es"]
    assert [one.code for one in service.themes.all()] == ["housing", "administrative"]


def test_a_dry_run_writes_nothing(advisor):
    assert run_table("organisations", advisor, {"name": "Accueil"}, wet=False).created == 1
    assert not Organisation.objects.exists()


def test_an_organisation_is_found_whatever_the_accents_and_keeps_its_name(advisor):
    organisation = OrganisationFactory(name="Maison d’accueil", email="")
    report = run_table("organisations", advisor, {"nom": "MAISON D'ACCUEIL", "courriel": "a@demo.example"})
    assert numbers(report) == (0, 1, 0)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.email) == ("Maison d’accueil", "a@demo.example")


def test_an_identifier_finds_it_and_renames_it(advisor):
    organisation = OrganisationFactory()
    assert numbers(run_table("organisations", advisor, {"uid": organisation.uid, "name": "Nouveau"})) == (0, 1, 0)
    organisation.refresh_from_db()
    assert organisation.name == "Nouveau"


def test_a_new_identifier_is_kept(advisor):
    uid = new_uid()
    assert numbers(run_table("organisations", advisor, {"uid": uid, "name": "Accueil"})) == (1, 0, 0)
    assert Organisation.objects.get().uid == uid


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({"name": "", "neq": "1160000000"}, "name", "obligatoire"),
        ({"name": "A", "neq": "12"}, "neq", "10 chiffres"),
        ({"name": "A", "region": "99"}, "region", "région"),
        ({"name": "A", "region": "13"}, "region", "portée"),
        ({"name": "A", "place": "Atlantide"}, "place", "Atlantide"),
        ({"name": "A", "kind": "municipality"}, "municipality", "municipalité"),
        ({"name": "A", "kind": "fanfare"}, "kind", "choix"),
    ],
)
def test_a_row_is_refused_with_its_number_and_column(advisor, row, column, words):
    titles = dict.fromkeys(("name", "neq", "region", "place", "kind"), "")
    report = run_table("organisations", advisor, titles | {"name": "Bon"}, titles | row)
    assert [(error.row, error.column) for error in report.errors] == [(3, column)]
    assert words in report.errors[0].message
    assert not Organisation.objects.exists()


def test_without_a_region_of_their_own_each_row_says_which():
    system = system_actor("import", Right.MANAGE_DIRECTORY)
    report = run_table("organisations", system, {"name": "A", "region": ""})
    assert report.errors[0].column == "region"
    assert numbers(run_table("organisations", system, {"name": "A", "region": "Laval"})) == (1, 0, 0)
    assert Organisation.objects.get().region == region("13")


def test_one_organisation_named_twice_in_two_ways_is_refused(advisor):
    organisation = OrganisationFactory(name="Accueil")
    rows = [{"uid": organisation.uid, "name": "Accueil"}, {"uid": "", "name": "accueil"}]
    assert run_table("organisations", advisor, *rows).errors[0].row == 3


def test_a_service_needs_a_known_organisation_and_known_themes(advisor):
    OrganisationFactory(name="Accueil")
    report = run_table(
        "services",
        advisor,
        {"organisation": "Ailleurs", "name": "A", "themes": "Logement"},
        {"organisation": "accueil", "name": "A", "themes": "Jardinage"},
        {"organisation": "accueil", "name": "B", "themes": ""},
    )
    assert [(error.row, error.column) for error in report.errors] == [(2, "organisation"), (3, "themes"), (4, "themes")]


def test_a_service_follows_the_file_and_keeps_what_it_does_not_say(advisor):
    service = ServiceFactory(name="Cours", delay_days=4, languages=["fr", "es"])
    row = {"organisation": service.organisation.name, "name": "Cours", "themes": "Logement", "offert": "non"}
    assert numbers(run_table("services", advisor, row)) == (0, 1, 0)
    assert numbers(run_table("services", advisor, row)) == (0, 0, 1)
    service.refresh_from_db()
    assert (service.is_offered, service.delay_days, service.languages) == (False, 4, ["fr", "es"])
    assert [one.code for one in service.themes.all()] == ["housing"]


def test_who_does_not_keep_the_directory_imports_nothing():
    with pytest.raises(NotAllowed):
        run_table("organisations", actor(Role.INTEGRATION_AGENT), {"name": "A"})
