"""Places that somebody holds or waits for are removed by who read what is lost, and only then."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.models import PlaceHold, Schedule, ServicePlaces
from arrimage.directory.places.actions import Adjustment, adjust_places
from arrimage.directory.places.removing import Lost, lost_with, remove_with_places
from arrimage.foundation.errors import Conflict
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return f.actor(Role.REGIONAL_ADVISOR)


@pytest.fixture
def places(advisor) -> ServicePlaces:
    made = f.ServicePlacesFactory(capacity=3)
    adjust_places(advisor, made, Adjustment(capacity=2, taken=1, next_on=None, reason="Un groupe de moins"))
    for _ in range(3):
        f.place_asked(made.service_at_location.service)
    return made


def test_what_is_lost_with_places_and_with_their_location(places) -> None:
    lost = Lost(taken=1, waiting=2, adjustments=1)
    assert lost_with(places) == lost_with(places.service_at_location) == lost


def test_nothing_is_lost_with_what_has_no_places() -> None:
    assert not lost_with(f.ServiceAtLocationFactory()).anything
    assert not lost_with(Schedule()).anything


def test_removed_as_agreed(advisor, places) -> None:
    remove_with_places(advisor, places, lost_with(places))
    assert not PlaceHold.objects.exists()
    assert not ServicePlaces.objects.exists()


def test_not_when_somebody_asked_since(advisor, places) -> None:
    agreed = lost_with(places)
    f.place_asked(places.service_at_location.service)
    with pytest.raises(Conflict):
        remove_with_places(advisor, places, agreed)
    assert ServicePlaces.objects.exists()
