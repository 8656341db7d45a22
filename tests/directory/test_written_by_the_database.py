"""What triggers keep of the directory: the web's role reads it, and is refused when it would write it."""

import pytest
from django.db import ProgrammingError, connection, transaction

from arrimage.directory.models import DirectoryWord, PlaceHold, ServiceDocument, ServicePlaces
from tests import factories as f

pytestmark = pytest.mark.django_db

FORBIDDEN = (
    "insert into directory_servicedocument (service_id, words) values (1, '')",
    "update directory_servicedocument set words = ''",
    "delete from directory_servicedocument",
    "insert into directory_directoryword (word, plain) values ('faux', 'faux')",
    "update directory_directoryword set plain = ''",
    "delete from directory_directoryword",
    "update directory_serviceplaces set held = 1",
    "update directory_serviceplaces set taken_by_referrals = 0",
    "update directory_serviceplaces set capacity = 5, held = 0",
    "insert into directory_placehold (places_id, holder, status) values (1, gen_random_uuid(), 'held')",
    "update directory_placehold set status = 'waiting'",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_web_s_role_is_refused(statement: str) -> None:
    f.ServicePlacesFactory()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_it_may_write_still_keeps_them() -> None:
    places = f.ServicePlacesFactory(capacity=1, service_at_location__service__name="Atelier de rabotage")
    service = places.service_at_location.service
    assert DirectoryWord.objects.filter(word="rabotage").exists()
    assert ServiceDocument.objects.get(service=service).words
    ServicePlaces.objects.filter(pk=places.pk).update(capacity=2, taken=1)
    f.ReferralFactory(service=service, sent=True)
    places.refresh_from_db()
    assert (places.capacity, places.taken, places.held) == (2, 1, 1)


def test_nobody_is_counted_by_saying_so() -> None:
    places = f.ServicePlacesFactory(capacity=3, held=1, taken_by_referrals=2)
    places.refresh_from_db()
    assert (places.taken_by_referrals, places.held, places.free) == (0, 0, 3)
    assert not PlaceHold.objects.exists()


def test_the_words_of_a_service_go_with_it() -> None:
    service = f.ServiceFactory()
    key = service.pk
    assert ServiceDocument.objects.filter(service=key).exists()
    service.delete()
    assert not ServiceDocument.objects.filter(service=key).exists()
