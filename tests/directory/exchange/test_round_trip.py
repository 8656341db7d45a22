"""A package exported, imported into an empty installation and exported again is equal; a repeat changes nothing."""

import json
import zipfile

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.directory.exchange.running import import_package
from arrimage.directory.exchange.writing import csv_package, json_package
from arrimage.directory.models import Contact, Service, ServicePlaces, Translation
from arrimage.foundation.errors import NotAllowed
from tests.directory.exchange.directories import a_directory, empty_the_directory
from tests.factories import actor
from tests.roles import as_owner
from tests.tables import numbers

pytestmark = pytest.mark.django_db

WRITERS = {"json": json_package, "zip": csv_package}


@pytest.fixture
def system():
    return system_actor("import", Right.MANAGE_DIRECTORY)


@pytest.fixture(params=["json", "zip"])
def package(request, tmp_path):
    a_directory()
    path = tmp_path / f"repertoire.{request.param}"
    path.write_bytes(WRITERS[request.param]())
    return path


def test_exported_imported_into_an_empty_installation_and_exported_again_it_is_equal(package, system):
    before = package.read_bytes()
    empty_the_directory()
    report = import_package(system, package, wet=True)
    assert report.errors == []
    assert report.created > 40
    assert WRITERS[package.suffix[1:]]() == before
    translation = Translation.objects.get(service__name="Cours de français", language="es")
    assert (translation.text, translation.status) == ("Para empezar.\nSin costo", "machine")


def test_a_repeat_changes_nothing_and_says_so(package, system):
    report = import_package(system, package, wet=True)
    assert report.errors == []
    assert (report.created, report.updated) == (0, 0)
    assert report.unchanged == report.rows
    assert Contact.objects.filter(is_public=False).exists()


def test_a_dry_run_says_the_same_and_writes_nothing(package, system):
    empty_the_directory()
    report = import_package(system, package)
    assert report.created > 40
    assert not Service.objects.exists()


def test_private_contacts_never_leave(package):
    content = package.read_bytes()
    if package.suffix == ".zip":
        with zipfile.ZipFile(package) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Accueil des cours" in content
    assert b"Secret" not in content
    assert b"555-9999" not in content


def test_a_folder_of_tables_is_read_like_their_archive(tmp_path, system):
    a_directory()
    archive = tmp_path / "paquet.zip"
    archive.write_bytes(csv_package())
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "paquet")
    assert numbers(import_package(system, tmp_path / "paquet"))[:2] == (0, 0)


def test_what_differs_is_changed_and_parts_that_are_gone_are_removed(tmp_path, system):
    service = a_directory()
    package = json.loads(json_package())
    said = next(row for row in package["service"] if row["id"] == str(service.uid))
    said["description"] = "Pour tout le monde."
    del said["cost_options"][0]
    said["service_at_locations"][0]["places"][0] |= {"capacity": 30, "taken": 9}
    path = tmp_path / "r.json"
    path.write_text(json.dumps(package))
    report = import_package(system, path, wet=True)
    # The service, its places, the cost that is gone; its translation, made stale, is as the package says again.
    assert (report.created, report.updated, report.errors) == (0, 4, [])
    service.refresh_from_db()
    assert (service.description, service.delay_days) == ("Pour tout le monde.", 0)
    assert service.cost_options.count() == 1
    assert ServicePlaces.objects.get().capacity == 30
    assert ServicePlaces.objects.get().taken == 4  # counted here since
    assert import_package(system, path, wet=True).updated == 0


def test_what_only_we_know_stays_when_the_package_is_silent_about_it(tmp_path, system):
    service = a_directory()
    row = {"id": str(service.uid), "name": service.name, "status": "active"}
    organisation = {"id": str(service.organisation.uid), "name": "Autre nom", "description": ""}
    path = tmp_path / "r.json"
    path.write_text(json.dumps([row | {"organization": organisation}]))
    report = import_package(system, path, wet=True)
    assert (report.updated, report.errors) == (2, [])
    service.refresh_from_db()
    assert (service.modes, service.languages, service.description) == (["on_site", "remote"], ["fr", "es"], "")
    assert service.organisation.neq == "1160000000"
    assert service.schedules.exists()


def test_the_package_says_what_its_translations_are_worth_even_beside_a_changed_french_text(tmp_path, system):
    service = a_directory()
    package = json.loads(json_package())
    said = next(row for row in package["service"] if row["id"] == str(service.uid))
    said["name"] = "Cours"
    path = tmp_path / "r.json"
    path.write_text(json.dumps(package))
    assert import_package(system, path, wet=True).errors == []
    assert Translation.objects.get(service=service, field="name").status == "reviewed"


def test_another_region_s_organisations_are_out_of_reach(package):
    with pytest.raises(NotAllowed):
        import_package(actor(Role.REGIONAL_ADVISOR, "13"), package, wet=True)


@pytest.mark.parametrize("kind", ["json", "zip"])
def test_places_held_and_taken_here_leave_as_taken_and_come_back_as_such(kind, tmp_path, system):
    a_directory()
    with as_owner():
        ServicePlaces.objects.update(held=1, taken_by_referrals=2)
    [said] = [row["places"] for row in everything_at(json.loads(json_package())) if row.get("places")]
    assert (said[0]["capacity"], said[0]["taken"]) == (20, 4 + 2 + 1)
    path = tmp_path / f"repertoire.{kind}"
    path.write_bytes(WRITERS[kind]())
    assert import_package(system, path, wet=True).updated == 0  # where they are counted, nothing changes
    assert ServicePlaces.objects.get().taken == 4
    empty_the_directory()
    assert import_package(system, path, wet=True).errors == []
    again = ServicePlaces.objects.get()
    assert (again.taken, again.taken_by_referrals, again.held, again.free) == (7, 0, 0, 13)
    assert WRITERS[kind]() == path.read_bytes()


def everything_at(package) -> list[dict]:
    return [here for service in package["service"] for here in service.get("service_at_locations", ())]
