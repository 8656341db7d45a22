"""Somebody of a line passes before the others for a reason; the order is that of giving, and can be taken back."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.enums import HoldStatus
from arrimage.directory.models import PlaceHold, ServicePlaces
from arrimage.directory.places.priority import give_priority, take_priority_back
from arrimage.directory.places.queries import standing_of, waiting_line, waiting_rank
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> ServicePlaces:
    return f.ServicePlacesFactory(capacity=1, taken=1)


@pytest.fixture
def line(places) -> list[PlaceHold]:
    return [f.place_asked(places.service_at_location.service) for _ in range(3)]


def order(places) -> list[int]:
    return [hold.pk for hold in waiting_line([places.pk])]


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.REGIONAL_ADVISOR])
def test_before_the_others_and_the_first_given_first(places, line, role) -> None:
    first, second, third = line
    actor = f.actor(role)
    give_priority(actor, third, "Un bébé de trois mois.")
    give_priority(actor, second, "Un examen le 3.")
    assert order(places) == [third.pk, second.pk, first.pk]
    third.refresh_from_db()
    assert (third.priority_reason, third.priority_by, waiting_rank(third)) == ("Un bébé de trois mois.", actor.name, 1)
    assert "en priorité" in standing_of(third.holder)


def test_enters_first(places, line) -> None:
    give_priority(f.actor(Role.TEAM_LEAD), line[2], "Un bébé de trois mois.")
    ServicePlaces.objects.filter(pk=places.pk).update(capacity=2)
    assert [PlaceHold.objects.get(pk=hold.pk).status for hold in line] == ["waiting", "waiting", "held"]


def test_taken_back_and_both_are_in_the_history(places, line) -> None:
    lead = f.actor(Role.TEAM_LEAD)
    give_priority(lead, line[2], "Un bébé de trois mois.")
    take_priority_back(lead, line[2])
    assert order(places) == [hold.pk for hold in line]
    changes = changes_of(line[2]).order_by("pk")
    told = [change.changed["priority_reason"] for change in changes if change.changed]
    assert told == [["", "Un bébé de trois mois."], ["Un bébé de trois mois.", ""]]


def test_a_reason_the_right_and_the_region(line) -> None:
    with pytest.raises(InvalidInput):
        give_priority(f.actor(Role.TEAM_LEAD), line[1], " ")
    for actor in (f.actor(Role.INTEGRATION_AGENT), f.actor(Role.TEAM_LEAD, "16")):
        with pytest.raises(NotAllowed):
            give_priority(actor, line[1], "Un bébé de trois mois.")


def test_nobody_who_has_a_place() -> None:
    hold = f.place_asked(f.ServicePlacesFactory().service_at_location.service)
    assert hold.status == HoldStatus.HELD
    with pytest.raises(Conflict):
        give_priority(f.actor(Role.TEAM_LEAD), hold, "Un bébé de trois mois.")
