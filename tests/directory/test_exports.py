"""What leaves as a table has the columns of the import, and says what it reads."""

import pytest

from arrimage.directory.exports import organisation_table, service_table
from arrimage.directory.models import Organisation, Service
from arrimage.foundation.imports import importers, parse
from arrimage.foundation.imports.columns import match_columns
from arrimage.foundation.imports.table import Table
from arrimage.foundation.writing import write_language
from arrimage.web.staff.casework.languages import SPOKEN
from tests.factories import OrganisationFactory, ServiceFactory, region, theme

pytestmark = pytest.mark.django_db


def listed():
    return Service.objects.with_locations().prefetch_related("themes")


@pytest.mark.parametrize(
    ("kind", "records", "table"),
    [("services", listed, service_table), ("organisations", Organisation.objects.all, organisation_table)],
)
def test_its_titles_are_all_those_of_the_import(kind, records, table):
    [titles] = table(records())
    columns = importers()[kind].columns
    found = match_columns(Table(titles=titles, title_row=1, rows=iter(())), columns)
    assert [column.name for _index, column in found.found] == [column.name for column in columns]
    assert (found.errors, found.warnings) == ([], [])


def test_a_service_in_words():
    organisation = OrganisationFactory(name="Maison")
    verdun = region().places.get(kind="borough", name="Verdun")
    service = ServiceFactory(
        organisation=organisation, name="Cours", description="- Un\n- Deux", languages=["fr", "es"], delay_days=0,
        themes=[theme("french")], is_offered=False, contact_email="a@demo.example", address="1, rue A", place=verdun,
    )  # fmt: skip
    _titles, row = service_table(listed())
    assert row == [
        "Maison", "Cours", "- Un\n- Deux", theme("french").label_fr, "français|espagnol", "06", "1, rue A", "Verdun",
        "a@demo.example", "0", "non", str(service.uid),
    ]  # fmt: skip


def test_it_takes_as_many_queries_whatever_the_rows(django_assert_num_queries):
    for number in range(5):
        ServiceFactory(address=f"{number}, rue A")
    with django_assert_num_queries(4):
        list(service_table(listed()))


@pytest.mark.parametrize("code", SPOKEN)
def test_a_language_is_read_as_it_is_written(code):
    assert parse.language(write_language(code)) == code
