"""Broken packages are refused with the place of the fault, and nothing is half written."""

import io
import json
import tracemalloc
import zipfile
from dataclasses import replace
from time import process_time
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.directory.exchange.derived import THEMES
from arrimage.directory.exchange.reading import LIMITS
from arrimage.directory.exchange.running import import_package
from arrimage.directory.exchange.writing import csv_package, json_package
from arrimage.directory.models import Organisation, Service
from arrimage.directory.upkeep.joining import join_services
from tests.directory.exchange.directories import a_directory
from tests.factories import OrganisationFactory, ServiceFactory, actor, region

pytestmark = pytest.mark.django_db

# The names of tests hold some of these: the same in every process that runs them.
FIRST, SECOND, THIRD, ELSEWHERE, OF_ORGANISATION, OF_SERVICE = (
    str(UUID(int=number, version=4)) for number in range(1, 7)
)
ORGANISATION = {"id": OF_ORGANISATION, "name": "Maison fictive", "description": "", "region": "06"}
SERVICE = {"id": OF_SERVICE, "organization_id": ORGANISATION["id"], "name": "Cours", "status": "active"}
TERM = {"name": "Terme", "description": ""}


def faults(path, **options) -> list[str]:
    """Import, expect a refusal, check that nothing was written; return the sentences."""
    before = Organisation.objects.count()
    report = import_package(system_actor("import", Right.MANAGE_DIRECTORY), path, wet=True, **options)
    assert report.refused
    assert (report.created, report.updated) == (0, 0)
    assert Organisation.objects.count() == before
    return [str(error).replace("\u00a0", " ") for error in report.errors]


def written(tmp_path, content: object):
    path = tmp_path / "paquet.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def package(**changes: object) -> dict:
    return {"organization": [ORGANISATION], "service": [SERVICE | changes]}


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (package(organization_id=ELSEWHERE), "service[0], « organization_id »", ELSEWHERE),
        (package(organization_id=None), "service[0], « organization_id »", "organisme"),
        (package(id="12"), "service[0], « id »", "UUID"),
        (package(id=None), "service[0], « id »", "UUID"),
        (package(name=12), "service[0], « name »", "12"),
        (package(id=[1]), "service[0], « id »", "UUID"),
        (package(languages=[{"id": FIRST, "service_id": {}, "code": "fr"}]),
         "languages[0], « service_id »", "contient"),
        ({"organization": [ORGANISATION, ORGANISATION | {"id": OF_ORGANISATION.upper() + " "}]},
         "organization[1], « id »", "UUID"),
        ({"organization": [ORGANISATION, ORGANISATION | {"id": "{" + OF_ORGANISATION + "}", "name": "Autre"}]},
         "organization[1], « id »", "organization[0]"),
        ({"taxonomy_term": [{"id": FIRST, "taxonomy_id": THEMES, "code": "a\x00", "name": "A", "region": "06"}]},
         "taxonomy_term[0], « code »", "valeur"),
        (package(name=""), "service[0], « name »", "obligatoire"),
        (package(name="é" * 300), "service[0], « name »", "200"),
        (package(name="a\ud800"), "service[0], « name »", "valeur"),
        (package(name="a\x00b"), "service[0], « name »", "valeur"),
        (package(description="x" * 30_000), "service[0], « description »", "20000"),
        (package(status="ouvert"), "service[0], « status »", "temporarily closed"),
        (package(minimum_age="seize"), "service[0], « minimum_age »", "seize"),
        (package(minimum_age=True), "service[0], « minimum_age »", "True"),
        (package(minimum_age=1.5), "service[0], « minimum_age »", "1.5"),
        (package(minimum_age=-1), "service[0], « minimum_age »", "0"),
        (package(minimum_age=40, maximum_age=20), "service[0]", "maximal"),
        (package(url="javascript:alert(1)"), "service[0], « url »", "URL"),
        (package(email="personne"), "service[0], « email »", "courriel"),
        (package(assured_date="hier"), "service[0], « assured_date »", "hier"),
        (package(modes=["par télépathie"]), "service[0], « modes »", "télépathie"),
        (package(phones={"id": FIRST}), "service[0].phones", "liste"),
        (package(phones=["514"]), "service[0].phones[0]", "objet"),
        (package(phones=[{"id": FIRST}]), "service[0].phones[0], « number »", "obligatoire"),
        (package(phones=[{"id": FIRST, "number": "514", "service_id": ELSEWHERE}]),
         "phones[0], « service_id »", "contient"),
        (package(languages=[{"id": FIRST, "name": "klingonais"}]), "languages[0], « code »", "klingonais"),
        (package(schedules=[{"id": FIRST, "byday": "LUNDI"}]), "service[0].schedules[0]", "norme"),
        (package(schedules=[{"id": FIRST, "opens_at": "25:00"}]), "schedules[0], « opens_at »", "25:00"),
        (package(service_at_locations=[{"id": FIRST, "location_id": SECOND}]),
         "service_at_locations[0], « location_id »", SECOND),
        (package(translations=[{"id": FIRST, "field": "secret", "language": "en", "text": "a", "status": "draft"}]),
         "translations[0]", "translation_of_a_translated_text"),
        ({"organization": [ORGANISATION, {"id": ORGANISATION["id"], "name": "Autre", "description": ""}]},
         "organization[1], « name »", "organization[0]"),
        ({"organization": [ORGANISATION], "locations": [{"id": FIRST, "location_type": "physical"}]},
         "locations[0], « organization_id »", "organisme"),
        ({"organization": [ORGANISATION | {"region": "99"}]}, "organization[0], « region »", "99"),
        ({"organization": [{**ORGANISATION, "region": ""}]}, "organization[0], « region »", "région"),
        ({"organization": [ORGANISATION | {"place": "06:borough:Atlantide"}]},
         "organization[0], « place »", "Atlantide"),
        ({"organization": [ORGANISATION | {"parent_organization_id": ORGANISATION["id"]}]},
         "organization[0], « parent_organization_id »", "lui-même"),
        ({"taxonomy_term": [{"id": FIRST, "parent_id": SECOND} | TERM, {"id": SECOND, "parent_id": THIRD} | TERM,
                            {"id": THIRD, "parent_id": FIRST} | TERM]},
         "taxonomy_term[0], « parent_id »", FIRST),
        ({"services": "cours"}, "services", "liste"),
        ({"autre": []}, "paquet.json", "aucun objet"),
        ([], "paquet.json", "aucun objet"),
        ("{", "paquet.json", "ligne 1, colonne 2"),
        ('{"services": [{"minimum_age": NaN}]}', "paquet.json", "JSON"),
        ('{"organization": [{"id": 1e999}]}', "organization[0], « id »", "UUID"),
        ("[" * 100_000, "paquet.json", "JSON"),
        ("", "paquet.json", "JSON"),
    ],
)  # fmt: skip
def test_json_is_refused_at_its_place(tmp_path, content, place, words):
    found = faults(written(tmp_path, content))
    assert any(place in fault and words in fault for fault in found), found


def test_every_fault_is_said_up_to_a_hundred(tmp_path):
    services = [SERVICE | {"id": str(uuid4()), "minimum_age": "x"} for _ in range(300)]
    assert len(faults(written(tmp_path, {"organization": [ORGANISATION], "service": services}))) == 100


def test_an_organisation_of_that_name_under_another_identifier(tmp_path):
    known = OrganisationFactory(name="Maison fictive")
    assert str(known.uid) in faults(written(tmp_path, package()))[0]


def test_a_part_of_another_organisation_s_service_is_not_taken(tmp_path):
    service = a_directory()
    document = service.required_documents.get()
    assert (
        "appartient à un autre" in faults(written(tmp_path, package(required_documents=[{"id": str(document.uid)}])))[0]
    )
    document.refresh_from_db()
    assert document.document == "Preuve de statut"


def test_the_region_of_the_whole_package_serves_those_that_name_none(tmp_path):
    organisation = {name: value for name, value in ORGANISATION.items() if name != "region"}
    path = written(tmp_path, {"organization": [organisation], "service": [SERVICE]})
    assert "région" in faults(path)[0]
    actor = system_actor("import", Right.MANAGE_DIRECTORY)
    report = import_package(actor, path, wet=True, region_id=region("13").pk)
    assert report.errors == []
    assert any("aucun thème" in warning for warning in report.warnings)
    assert Organisation.objects.get().region == region("13")


def test_what_is_not_kept_is_said(tmp_path):
    content = package(fees="10 $", program={"id": FIRST, "name": "P"}, metadata=[{"id": SECOND}])
    report = import_package(system_actor("import", Right.MANAGE_DIRECTORY), written(tmp_path, content))
    assert report.errors == []
    assert all(
        name in report.warnings[0] for name in ("service.fees (1)", "service.metadata (1)", "service.program (1)")
    )


# --- Tables ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def tables() -> dict[str, bytes]:
    a_directory()
    with zipfile.ZipFile(io.BytesIO(csv_package())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(tmp_path, tables: dict[str, bytes]):
    path = tmp_path / "paquet.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tables.items():
            archive.writestr(name, content)
    return path


def test_missing_files(tmp_path, tables):
    assert "datapackage.json" in faults(zipped(tmp_path, {"services.csv": tables["services.csv"]}))[0]
    del tables["phones.csv"]
    assert "phones.csv" in faults(zipped(tmp_path, tables))[0]
    (tmp_path / "vide").mkdir()
    assert "datapackage.json" in faults(tmp_path / "vide")[0]
    assert "rien.json" in faults(tmp_path / "rien.json")[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda content: content.replace("Cours", "Cours é").encode("cp1252", "replace"), "services.csv, ligne"),
        (lambda content: (content + '"jamais fermé').encode(), "services.csv, ligne"),
        (lambda content: (content + "un,deux\r\n").encode(), "services.csv, ligne 4"),
        (lambda content: content.replace("id,", "nom,", 1).encode(), "services.csv"),
        (lambda content: b"", "services.csv"),
        (lambda content: (content + content.split("\r\n", 1)[1].replace("Cours", "Autre")).encode(), "ligne"),
        (lambda content: content.replace("|remote", "|ailleurs").encode(), "services.csv, ligne"),
        (lambda content: content.encode() + b'"' + b"x" * 200_000 + b'"\r\n', "services.csv, ligne"),
    ],
)  # fmt: skip
def test_a_table_is_refused_at_its_line(tmp_path, tables, change, words):
    tables["services.csv"] = change(tables["services.csv"].decode())
    assert words in faults(zipped(tmp_path, tables))[0]


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "https://ailleurs.example/a.csv", "", 3, None])
def test_a_description_names_only_its_own_files(tmp_path, path):
    description = json.dumps({"resources": [{"name": "service", "path": path}]}).encode()
    assert "resources[0].path" in faults(zipped(tmp_path, {"datapackage.json": description}))[0]
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "datapackage.json").write_bytes(description)
    assert "resources[0].path" in faults(folder)[0]


def test_what_is_no_archive(tmp_path):
    path = tmp_path / "paquet.zip"
    path.write_bytes(b"PK\x03\x04 abime")
    assert "ZIP" in faults(path)[0]


def test_an_archive_made_to_exhaust_is_not_opened(tmp_path):
    bomb = {"datapackage.json": b" " * 60_000_000}
    assert "démesurée" in faults(zipped(tmp_path, bomb))[0]


def test_a_hundred_million_characters_are_not_read(tmp_path):
    path = tmp_path / "paquet.json"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "50 Mo" in faults(path)[0]


def test_too_many_objects(tmp_path):
    assert "plus de 1 objets" in faults(written(tmp_path, package()), limits=replace(LIMITS, objects=1))[0]


@pytest.mark.parametrize("value", ["{}", "[]", "0", '{"id": ""}', "[[[]]]"])
@pytest.mark.parametrize("around", ["[%s]", '{"service": [%s]}'])
def test_millions_of_small_values_are_refused_before_they_weigh(tmp_path, around, value):
    """The file is held once, in what is set aside for the largest: parsed, it would take up to forty times its size."""
    path = written(tmp_path, around % ",".join([value] * 4_100_000))
    began = process_time()
    tracemalloc.start()
    try:
        sentence = faults(path)[0]
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "plus de 1000000 objets" in sentence or "plus de 4000000 valeurs" in sentence
    assert most < LIMITS.file_bytes + 3_000_000
    assert process_time() - began < 3


def test_commas_of_texts_are_not_taken_for_millions_of_values(tmp_path):
    path = written(tmp_path, package(description="Un, deux, trois. " * 1_000))
    assert import_package(system_actor("import", Right.MANAGE_DIRECTORY), path, wet=True).created == 2


# --- What ends badly elsewhere ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["../services.csv", "/services.csv", "a\\..\\services.csv"])
def test_an_archive_whose_files_leave_it_is_not_opened(tmp_path, tables, name):
    assert "sort de l’archive" in faults(zipped(tmp_path, tables | {name: b"id"}))[0]


def test_a_file_twice_in_an_archive(tmp_path, tables):
    assert "services.csv" in faults(zipped(tmp_path, tables | {"copie/services.csv": b"id"}))[0]


def test_a_kind_of_object_described_twice(tmp_path, tables):
    tables["datapackage.json"] = json.dumps({"resources": [{"path": "services.csv"}] * 2}).encode()
    assert "deux fois" in faults(zipped(tmp_path, tables))[0]


def test_rows_are_counted_as_they_are_read(tmp_path, tables):
    tables["services.csv"] = b"id\n" + b"a\n" * 1_000
    assert "plus de 100 objets" in faults(zipped(tmp_path, tables), limits=replace(LIMITS, objects=100))[0]


def test_a_number_that_a_few_characters_make_endless(tmp_path):
    rows = f"id,organization_id,name,status,minimum_age\n{OF_SERVICE},{OF_ORGANISATION},Cours,active,1e999999999\n"
    description = json.dumps({"resources": [{"path": "services.csv"}]}).encode()
    found = faults(zipped(tmp_path, {"datapackage.json": description, "services.csv": rows.encode()}))
    assert any("services.csv, ligne 2, « minimum_age »" in fault for fault in found), found


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_archive_damaged_anywhere_is_read_or_refused(tmp_path, tables, data):
    path = zipped(tmp_path, tables)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    before = Organisation.objects.count()
    import_package(system_actor("import", Right.MANAGE_DIRECTORY), path)  # raises nothing but its own refusal
    assert Organisation.objects.count() == before


def test_a_package_from_before_two_services_were_joined_is_refused_where_it_names_the_old_one(tmp_path):
    kept = ServiceFactory(name="Francisation")
    gone = ServiceFactory(name="Francisation du soir", organisation=kept.organisation)
    path = tmp_path / "ancien.json"
    path.write_bytes(json_package())
    rank = [service["id"] for service in json.loads(path.read_text("utf-8"))["service"]].index(str(gone.uid))
    join_services(
        actor(Role.REGIONAL_ADVISOR), kept, gone,
        versions=(kept.version, gone.version), taken=set(), reason="La même adresse.",
    )  # fmt: skip
    [sentence] = faults(path)
    assert f"service[{rank}], « id »" in sentence
    assert f"joint à « Francisation », d’identifiant {kept.uid}" in sentence
    assert [service.uid for service in Service.objects.all()] == [kept.uid]
