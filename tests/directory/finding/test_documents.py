"""The words of a service follow whatever they are made of, written by SQL and by nobody's good will."""

import pytest
from django.db import connection

from arrimage.directory.finding.documents import SOURCES
from arrimage.directory.finding.words import Lexemes, understand
from arrimage.directory.models import Service, ServiceDocument
from tests.directory.exchange.directories import a_directory
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db
WORD = "xylophonie"
HERE = "(select location_id from directory_serviceatlocation where service_id = %s)"
WRITTEN = {
    "a service": "update directory_service set name = '{}' where id = %s",
    "its description": "update directory_service set description = '{}' where id = %s",
    "a theme": "update directory_theme set label_fr = '{}' where code = 'hiver'",
    "its organisation": "update directory_organisation set name = '{}' where id = "
    "(select organisation_id from directory_service where id = %s)",
    "a location": f"update directory_location set name = '{{}}' where id in {HERE}",
    "a place": "update territory_place set name = '{}' where id in"
    f" (select place_id from directory_location where id in {HERE})",
    "a translation": "update directory_translation set text = '{}' where service_id = %s and field = 'name'",
    "of its organisation": "update directory_translation set text = '{}' where organisation_id is not null",
    "of its location": "update directory_translation set text = '{}', field = 'name' where location_id is not null",
    "an area": "update directory_servicearea set name = '{}' where service_id = %s",
    "a term": "update directory_taxonomyterm set name = '{}' where id in"
    " (select term_id from directory_attribute where service_id = %s)",
}


def write(statement: str, service: Service) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [service.pk] * statement.count("%s"))


def bears(service: Service, text: str) -> bool:
    query = understand(text).query
    return bool(query) and ServiceDocument.objects.filter(service=service, words=Lexemes(query)).exists()


@pytest.mark.parametrize("source", WRITTEN)
def test_each_source_changed_by_sql_is_found_at_once(source):
    service = a_directory()
    assert not bears(service, WORD)
    write(WRITTEN[source].format(WORD), service)
    assert bears(service, WORD)
    write(WRITTEN[source].format("calme"), service)
    assert not bears(service, WORD)


def test_rows_deleted_by_sql_are_forgotten_and_come_back():
    service = a_directory()
    link = "(select id from directory_theme where code = 'hiver')"
    assert bears(service, "hiver")
    write(f"delete from directory_service_themes where service_id = %s and theme_id = {link}", service)
    assert not bears(service, "hiver")
    write(f"insert into directory_service_themes (service_id, theme_id) values (%s, {link})", service)
    assert bears(service, "hiver")


def test_services_written_together_are_all_found_and_one_deleted_leaves_nothing():
    first, second = ServiceFactory(), ServiceFactory()
    Service.objects.update(description=WORD)
    assert bears(first, WORD)
    assert bears(second, WORD)
    first.delete()
    assert list(ServiceDocument.objects.values_list("service", flat=True)) == [second.pk]


def test_what_a_document_is_made_of_has_the_three_triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, tgname from pg_trigger where tgname like 'keep_documents_%%'", []
        )
        triggers = set(cursor.fetchall())
    commands = ("insert", "update", "delete")
    assert triggers == {(table, f"keep_documents_{command}") for table in SOURCES for command in commands}
