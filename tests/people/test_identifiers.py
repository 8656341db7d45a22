"""Numbers of governments: sealed, masked, found exactly, one person's; told whose to whoever may know."""

import pytest
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from arrimage.accounts.encryption import decrypt
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.foundation.models import Change
from arrimage.people.actions import NewIdentifier, record_identifiers, remove_identifier, reveal_identifier
from arrimage.people.enums import IdentifierKind
from arrimage.people.identifiers import identified_by, number_of
from arrimage.people.models import Person, PersonIdentifier
from tests import factories as f

pytestmark = pytest.mark.django_db
NUMBER = "11-2233-4455"


@pytest.fixture
def file() -> File:
    return f.FileFactory()


@pytest.fixture
def agent(file: File) -> Actor:
    return f.actor(Role.INTEGRATION_AGENT, service_point=file.service_point)


def inscribe(agent: Actor, person: Person, number: str = NUMBER) -> PersonIdentifier:
    return record_identifiers(agent, [NewIdentifier(person, IdentifierKind.UCI, number)])[0]


def test_the_number_is_nowhere_in_the_database(agent: Actor, file: File) -> None:
    found = inscribe(agent, file.person)
    assert (found.masked, reveal_identifier(agent, found)) == ("•••• 4455", "1122334455")
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(i)::text from people_personidentifier i")
        rows = str(cursor.fetchall())
    rows += str(list(Change.objects.filter(table_name="people_personidentifier").values("changed")))
    assert "1122334455" not in rows


def test_the_history_keeps_neither_the_seal_nor_the_digest(agent: Actor, file: File) -> None:
    found = inscribe(agent, file.person)
    key = found.pk
    remove_identifier(agent, found)
    [gone] = Change.objects.filter(table_name="people_personidentifier", record_id=key, operation="delete")
    assert not {"sealed", "digest"} & set(gone.changed or {})


def test_it_is_found_exactly_whatever_the_spaces(agent: Actor, file: File) -> None:
    inscribe(agent, file.person)
    assert list(identified_by(Person.objects.all(), "1122 3344 55")) == [file.person]
    assert not identified_by(Person.objects.all(), "1122334456").exists()
    assert not identified_by(Person.objects.all(), "4455").exists()


def test_a_number_of_a_person_one_accompanies_names_them(agent: Actor, file: File) -> None:
    other = f.FileFactory(service_point=file.service_point, person__family_name="Connue").person
    inscribe(agent, other)
    with pytest.raises(InvalidInput, match="Connue"):
        inscribe(agent, file.person, "1122334455")


def test_a_number_of_somebody_else_names_nobody(agent: Actor, file: File) -> None:
    hidden = f.FileFactory(region=f.region("03"), person__family_name="Cachée").person
    f.identifier(hidden)
    with pytest.raises(InvalidInput, match="doublon") as refusal:
        inscribe(agent, file.person)
    assert "Cachée" not in str(refusal.value)


def test_two_persons_never_share_a_number(file: File) -> None:
    known = f.identifier(file.person)
    copied = PersonIdentifier(
        person=f.PersonFactory(), kind=known.kind, ending="4455", sealed=known.sealed, digest=known.digest
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        copied.save()


def test_nobody_else_reads_it(file: File) -> None:
    found = f.identifier(file.person)
    stranger = f.actor(Role.INTEGRATION_AGENT, service_point=f.ServicePointFactory())
    for actor in (stranger, f.actor(Role.RECEPTION_AGENT), f.actor(Role.INTEGRATION_AGENT, "03")):
        with pytest.raises(NotAllowed):
            reveal_identifier(actor, found)


def test_a_new_secret_still_opens_and_finds_what_the_former_one_sealed(file: File) -> None:
    found = f.identifier(file.person)
    former, fallbacks = settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "un secret tout neuf", [former]
    try:
        assert number_of(found) == "1122334455"
        assert list(identified_by(Person.objects.all(), NUMBER)) == [file.person]
    finally:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = former, fallbacks


def test_one_purpose_s_key_does_not_open_another_s(file: File) -> None:
    with pytest.raises(InvalidToken):
        decrypt(f.identifier(file.person).sealed)
