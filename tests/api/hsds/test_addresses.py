"""The addresses of the standard: paging, filters, marks, cross-site reading, a constant number of queries."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from arrimage.directory.exchange.derived import THEMES, term_id
from arrimage.directory.models import Schedule, Service, TaxonomyTerm
from tests.directory.exchange.directories import a_directory
from tests.factories import OrganisationFactory, ServiceFactory, theme

pytestmark = pytest.mark.django_db


def names(query: str) -> list[str]:
    response = Client().get(f"/hsds/v3/{query}")
    assert response.status_code == 200, response.content
    return sorted(row["name"] for row in json.loads(response.content)["contents"])


def test_the_root_says_which_standard():
    content = Client().get("/hsds/v3/").json()
    assert content["version"] == "3.0"
    assert content["profile"] == "http://testserver/hsds/v3/"
    assert content["openapi_url"].endswith("openapi.json")


def test_pages_say_where_they_are():
    ServiceFactory.create_batch(5)
    pages = [Client().get(f"/hsds/v3/services?per_page=2&page={number}").json() for number in (1, 2, 3)]
    assert [(page["size"], page["first_page"], page["last_page"]) for page in pages] == [
        (2, True, False),
        (2, False, False),
        (1, False, True),
    ]
    assert {(page["total_items"], page["total_pages"], page["empty"]) for page in pages} == {(5, 3, False)}
    assert len({row["id"] for page in pages for row in page["contents"]}) == 5
    assert Client().get("/hsds/v3/services?page=4&per_page=2").status_code == 404


def test_no_service_is_an_empty_page():
    content = Client().get("/hsds/v3/services").json()
    assert (content["empty"], content["total_items"], content["contents"]) == (True, 0, [])


def test_services_are_narrowed():
    service = a_directory()
    term = TaxonomyTerm.objects.get(code="HH")
    city = Service.objects.get(name="Bibliothèque").organisation
    french, whole = term_id(theme("french")), ["Bibliothèque", "Cours de français"]
    assert names("services") == whole
    assert names("services?search=bibliotheque") == ["Bibliothèque"]
    assert names("services?search=francais+rivages") == ["Cours de français"]
    assert names(f"services?organization_id={city.uid}") == ["Bibliothèque"]
    assert names(f"services?taxonomy_term_id={term.uid}") == ["Cours de français"]
    assert names(f"services?taxonomy_term_id={french}") == ["Cours de français"]
    assert names(f"services?taxonomy_id={term.taxonomy.uid}") == ["Cours de français"]
    assert names(f"services?taxonomy_id={THEMES}") == whole
    assert names(f"services?taxonomy_term_id={uuid4()}") == []
    assert names("organizations?search=rivages") == [service.organisation.name]
    assert names(f"organizations?taxonomy_term_id={french}") == [service.organisation.name]
    assert names(f"organizations?taxonomy_term_id={uuid4()}") == []
    term.uses.create(organisation=city)
    assert names(f"organizations?taxonomy_id={term.taxonomy.uid}") == sorted([city.name, service.organisation.name])
    assert names(f"taxonomy_terms?parent_id={term.parent.uid}") == ["Langues"]
    assert names(f"taxonomy_terms?taxonomy_id={term.taxonomy.uid}&top_only=true") == ["Éducation"]
    here = Client().get(f"/hsds/v3/service_at_locations?organization_id={service.organisation.uid}").json()
    assert [row["service"]["name"] for row in here["contents"]] == ["Cours de français"]


def test_modified_after_counts_the_parts_of_a_service():
    old, untouched = ServiceFactory(name="Ancien"), ServiceFactory(name="Intact")
    yesterday = timezone.now() - timedelta(days=1)
    ServiceFactory(name="Neuf")
    Service.objects.filter(pk__in=[old.pk, untouched.pk]).update(is_offered=True)
    asked = (timezone.now() + timedelta(hours=1)).isoformat()
    Schedule.objects.create(service=old, updated_at=timezone.now() + timedelta(hours=2))
    assert names(f"services?modified_after={asked.replace('+', '%2B')}") == ["Ancien"]
    assert len(names(f"services?modified_after={yesterday.isoformat().replace('+', '%2B')}")) == 3


def test_minimal_gives_identifiers_and_dates():
    service = ServiceFactory()
    content = Client().get("/hsds/v3/services?minimal=true").json()["contents"]
    assert content == [{"id": str(service.uid), "modified_date": service.updated_at.isoformat()}]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=0", "page"),
        ("per_page=100000", "per_page"),
        ("organization_id=x", "organization_id"),
        ("modified_after=hier", "modified_after"),
        ("full=peut-être", "full"),
        ("format=xml", "format"),
        ("search=" + "a" * 300, "search"),
    ],
)
def test_what_cannot_be_is_refused_by_name(query, parameter):
    response = Client().get(f"/hsds/v3/services?{query}")
    assert (response.status_code, response.json()["parameter"]) == (400, parameter)
    assert response["Access-Control-Allow-Origin"] == "*"


def test_an_unchanged_answer_is_not_sent_again():
    service = ServiceFactory()
    first = Client().get("/hsds/v3/services")
    again = Client().get("/hsds/v3/services", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    Service.objects.filter(pk=service.pk).update(alert="Fermé demain.")
    assert Client().get("/hsds/v3/services", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_any_site_may_read_and_nobody_writes():
    asking = Client().options("/hsds/v3/services")
    assert (asking.status_code, asking["Access-Control-Allow-Origin"]) == (204, "*")
    assert Client().post("/hsds/v3/services").status_code == 405
    assert Client().get(f"/hsds/v3/services/{uuid4()}").status_code == 404


def test_where_referrals_are_sent_is_never_said():
    service = a_directory()
    everything = b"".join(
        Client().get(f"/hsds/v3/{address}?full=true&full_service=true").content
        for address in ("services", "organizations", "service_at_locations")
    )
    assert service.contact_email.encode() not in everything
    assert b"Secret des orientations" not in everything
    assert b"9999" not in everything


@pytest.mark.parametrize(
    "query", ["services", "services?full=true", "service_at_locations", "service_at_locations?full=true",
              "organizations", "organizations?full=true", "organizations?full_service=true"]
)  # fmt: skip
def test_a_page_takes_as_many_queries_whatever_it_holds(query):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"/hsds/v3/{query}").status_code == 200
        return len(captured)

    a_directory()
    count()
    before = count()
    for rank in range(3):
        ServiceFactory(organisation=OrganisationFactory(), address=f"{rank}, rue A", themes=[theme("health")])
    assert count() == before
