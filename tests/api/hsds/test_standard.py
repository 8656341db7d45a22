"""What the addresses and the exports give is what the standard's own schemas accept, with each object in it."""

import io
import json
import zipfile

import jsonschema
import pytest
from django.test import Client

from arrimage.directory.exchange.nesting import NESTED
from arrimage.directory.exchange.writing import FILES, csv_package, json_package, tabular
from tests.directory.exchange.directories import a_directory
from tests.official import standard

pytestmark = pytest.mark.django_db
OURS = {"eligibility_rule", "places", "translation"}


@pytest.fixture
def service():
    return a_directory()


def ask(address: str, **query: object) -> dict:
    response = Client().get(f"/hsds/v3/{address}", query)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def validate(content: object, schema: dict, *, items_of: str = "") -> None:
    """Check against a schema, formats included."""
    if items_of:
        schema = {"definitions": schema.get("definitions", {}), "type": "array", "items": schema, "minItems": 1}
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(content)


def kinds_in(content: object) -> set[str]:
    """Return the lists that hold something, anywhere inside."""
    found = set()
    if isinstance(content, dict):
        for name, value in content.items():
            found |= kinds_in(value) | ({name} if value and isinstance(value, list | dict) else set())
    elif isinstance(content, list):
        found = set().union(*map(kinds_in, content))
    return found


def test_a_whole_service_with_everything_in_it(service):
    schema = standard("hsds-3.0/service_with_definitions.json")
    content = ask(f"services/{service.uid}")
    validate(content, schema)
    unkept = {"program", "program_id", "metadata", "wait_time", "fees", "licenses"}
    assert schema["properties"].keys() - content.keys() == unkept
    everywhere = kinds_in(content)
    assert set(NESTED) - {"locations", "services"} <= everywhere
    assert {"organization", "location", "taxonomy_term", "taxonomy_detail"} <= everywhere
    validate(ask("services", full="true")["contents"], schema, items_of="service")


@pytest.mark.parametrize("name", ["service", "organization", "service_at_location"])
def test_lists(service, name):
    page = ask(f"{name}s")
    validate(page["contents"], standard(f"hsds-3.0/{name}_list.json"), items_of=name)
    validate(page, standard("hsds-3.0/openapi.json")["components"]["schemas"]["Page"])
    assert page["total_items"] == page["size"] > 0


@pytest.mark.parametrize(
    ("address", "definition"),
    [
        ("organizations", "organization"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
        ("service_at_locations", "service_at_location"),
    ],
)
def test_whole_objects(service, address, definition):
    schema = standard("hsds-3.0/service_with_definitions.json")
    whole = {"definitions": schema["definitions"], "$ref": f"#/definitions/{definition}"}
    for row in ask(address, full="true")["contents"]:
        validate(row, whole)
        validate(ask(f"{address}/{row['id']}"), whole)


def test_the_json_package(service):
    package = json.loads(json_package())
    schema = standard("hsds-3.0/service_with_definitions.json")
    validate(package["service"], schema, items_of="service")
    for kind in ("organization", "taxonomy", "taxonomy_term"):
        items = {"type": "array", "minItems": 1, "items": {"$ref": f"#/definitions/{kind}"}}
        validate(package[kind], {"definitions": schema["definitions"], **items})
    assert set(NESTED) - {"services"} <= kinds_in(package)


def test_the_csv_package_has_the_standard_s_tables_and_columns(service):
    schema = standard("hsds-3.0/tabular.json")
    validate(tabular(), schema)
    tables = schema["properties"]
    with zipfile.ZipFile(io.BytesIO(csv_package())) as archive:
        described = json.loads(archive.read("datapackage.json"))["resources"]
        assert {each["name"] for each in described} == FILES.keys()  # each table has a row at least
        assert {each["path"] for each in described} == set(archive.namelist()) - {"datapackage.json"}
    for resource in described:
        if resource["name"] in OURS:
            continue
        table = tables[resource["name"]]["items"]
        columns = {each["name"] for each in resource["schema"]["fields"]}
        assert resource["path"] == table["path"]
        assert set(table["required"]) | set(table.get("tabular_required", ())) <= columns
