"""Many files at once, and how many queries a page makes."""

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.casework.actions import assign_files, open_files
from arrimage.casework.actions.files import NewFile
from arrimage.casework.models import File
from arrimage.people.models import Person
from arrimage.territory.models import ServicePoint
from tests import factories as f

BOOKKEEPING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def open_many(
    actor: Actor, point: ServicePoint, agent: User, count: int, *, arrived_on: date | None = None
) -> list[File]:
    """Open `count` files of the agent's, of as many persons."""
    persons = f.PersonFactory.build_batch(count)
    for person in persons:
        person.fill_search_key()
    Person.objects.bulk_create(persons)
    files = open_files(actor, [NewFile(person, point, arrived_on=arrived_on) for person in persons])
    assign_files(actor, files, agent)
    return files


def queries_of(client: Client, url: str) -> list[str]:
    """Return the queries a page makes, those that only mark a transaction left out."""
    client.get(url)  # what is kept for the next time
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    return [each["sql"] for each in captured.captured_queries if not each["sql"].startswith(BOOKKEEPING)]
