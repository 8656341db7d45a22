"""Referrals and the places of services: held, taken, waited for, given back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.casework import actions
from arrimage.casework.actions.places import count_live_referrals, count_places
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.models import Referral
from arrimage.directory.models import Location, PlaceHold, Service, ServiceAtLocation, ServicePlaces
from arrimage.directory.places.actions import Adjustment, adjust_places
from arrimage.directory.places.queries import standing_of
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


def send(agent, service: Service, times: int) -> list[Referral]:
    needs = [f.NeedFactory() for _ in range(times)]
    for need in needs:
        f.consented(need.file)
    return [actions.send_referrals(agent, [NewReferral(need, service)])[0] for need in needs]


def states(referrals: list[Referral]) -> list[str]:
    known = dict(PlaceHold.objects.values_list("holder", "status"))
    return [known[referral.uid] for referral in referrals]


def counts(places: ServicePlaces) -> tuple[int, int, int]:
    places.refresh_from_db()
    return places.taken_by_referrals, places.held, places.free


def test_a_service_that_counts_no_places_is_as_before(agent) -> None:
    (referral,) = send(agent, f.ServiceFactory(), 1)
    actions.accept_referrals(agent, [Answer(referral)])
    assert not PlaceHold.objects.exists()
    assert standing_of(referral.uid) == ""


def test_places_are_held_then_taken_then_given_to_the_first_who_waits(agent) -> None:
    places = f.ServicePlacesFactory(capacity=3, taken=1)
    sent = send(agent, places.service_at_location.service, 5)
    assert states(sent) == ["held", "held", "waiting", "waiting", "waiting"]
    assert standing_of(sent[4].uid).replace("\u00a0", " ") == "3e en attente d’une place"
    actions.accept_referrals(agent, [Answer(sent[0])])
    assert counts(places) == (1, 1, 0)
    actions.cancel_referrals(agent, [Answer(sent[1], note="Elle a trouvé ailleurs.")])
    assert states(sent) == ["taken", "given_back", "held", "waiting", "waiting"]
    assert standing_of(sent[4].uid).replace("\u00a0", " ") == "2e en attente d’une place"
    actions.stop_referrals(agent, [Answer(sent[0], note="Déménagement.")])
    assert states(sent) == ["given_back", "given_back", "held", "held", "waiting"]
    assert counts(places) == (0, 2, 0)


def test_who_waits_is_not_accepted_before_a_place_is_free(agent) -> None:
    places = f.ServicePlacesFactory(capacity=1)
    first, second = send(agent, places.service_at_location.service, 2)
    with pytest.raises(Conflict, match="place"):
        actions.accept_referrals(agent, [Answer(second)])
    with pytest.raises(IntegrityError, match="no place is free"), transaction.atomic():
        Referral.objects.filter(pk=second.pk).update(status="accepted")
    assert states([first, second]) == ["held", "waiting"]


def test_an_expired_referral_gives_its_place_back_and_one_who_waits_leaves_the_line(agent) -> None:
    places = f.ServicePlacesFactory(capacity=1)
    sent = send(agent, places.service_at_location.service, 3)
    late = max(referral.answer_due for referral in sent) + timedelta(days=1)
    actions.expire_referrals(agent, [Answer(sent[1], on=late)])
    actions.expire_referrals(agent, [Answer(sent[0], on=late)])
    assert states(sent) == ["given_back", "given_back", "held"]


def test_the_place_with_most_room_is_chosen(agent) -> None:
    small = f.ServicePlacesFactory(capacity=1)
    service = small.service_at_location.service
    large = f.ServicePlacesFactory(capacity=3, service_at_location__service=service)
    sent = send(agent, service, 4)
    assert set(states(sent)) == {"held"}
    assert (counts(small)[1], counts(large)[1]) == (1, 3)


def test_a_place_more_lets_the_first_in_and_its_reason_is_kept(agent) -> None:
    places = f.ServicePlacesFactory(capacity=1)
    sent = send(agent, places.service_at_location.service, 3)
    advisor = f.actor(Role.REGIONAL_ADVISOR)
    with pytest.raises(InvalidInput, match="Dites pourquoi"):
        adjust_places(advisor, places, Adjustment(2, 0, None, " "))
    with pytest.raises(InvalidInput, match="ne suffisent pas"):
        adjust_places(advisor, places, Adjustment(0, 0, None, "Moins de salles"))
    change = adjust_places(advisor, places, Adjustment(2, 0, None, "Une salle de plus"))
    assert change is not None
    assert (change.capacity_before, change.capacity_after, change.author_id) == (1, 2, advisor.user_id)
    assert states(sent) == ["held", "held", "waiting"]
    assert adjust_places(advisor, places, Adjustment(2, 0, None, "Rien ne change")) is None


def test_an_organisation_adjusts_its_own_places_only() -> None:
    places = f.ServicePlacesFactory(capacity=1)
    organisation = places.service_at_location.service.organisation
    manager = actor_of(f.OrganisationMemberFactory(organisation=organisation, role=Role.PARTNER_MANAGER))
    stranger = actor_of(f.OrganisationMemberFactory(role=Role.PARTNER_MANAGER))
    assert adjust_places(manager, places, Adjustment(4, 1, None, "Nouvelle cohorte")) is not None
    with pytest.raises(NotAllowed):
        adjust_places(stranger, places, Adjustment(9, 0, None, "Pas à moi"))


def test_a_service_that_begins_to_count_counts_those_it_has(agent) -> None:
    service = f.ServiceFactory()
    sent = send(agent, service, 3)
    actions.accept_referrals(agent, [Answer(sent[2])])
    places = f.ServicePlacesFactory(capacity=2, service_at_location__service=service)
    count_live_referrals(f.actor(Role.REGIONAL_ADVISOR), [service])
    assert states(sent) == ["held", "waiting", "taken"]
    assert counts(places) == (1, 1, 0)


# --- Where the sender chooses ---------------------------------------------------------------------------------------
@pytest.fixture
def two_places():
    """The places of one service at two locations: ten, then two."""
    large = f.ServicePlacesFactory(capacity=10, taken=0)
    service = large.service_at_location.service
    location = Location.objects.create(organisation=service.organisation, name="Annexe")
    return large, ServicePlaces.objects.create(
        service_at_location=ServiceAtLocation.objects.create(service=service, location=location), capacity=2
    )


def send_to(agent, at: ServiceAtLocation) -> Referral:
    need = f.NeedFactory()
    f.consented(need.file)
    return actions.send_referrals(agent, [NewReferral(need, at.service, at=at)])[0]


def test_a_place_is_held_where_the_sender_chose_and_the_organisation_is_told_where(agent, two_places) -> None:
    large, small = two_places
    sent = [send_to(agent, small.service_at_location) for _ in range(3)]
    assert states(sent) == ["held", "held", "waiting"]
    assert (counts(small), counts(large)) == ((0, 2, 0), (0, 0, 10))
    assert {(each.at_location, each.shared["location"]) for each in sent} == {(small.service_at_location.uid, "Annexe")}


def test_a_location_that_counts_no_places_holds_none_elsewhere(agent, two_places) -> None:
    large, small = two_places
    small.delete()
    referral = send_to(agent, ServiceAtLocation.objects.get(location__name="Annexe"))
    assert not PlaceHold.objects.exists()
    actions.accept_referrals(agent, [Answer(referral)])
    assert counts(large) == (0, 0, 10)


def test_what_was_sent_stays_said_when_the_location_goes(agent, two_places) -> None:
    _large, small = two_places
    referral = send_to(agent, small.service_at_location)
    small.service_at_location.delete()
    referral.refresh_from_db()
    assert referral.shared["location"] == "Annexe"
    actions.accept_referrals(agent, [Answer(referral)])


def test_the_location_of_another_service_is_refused(agent, two_places) -> None:
    need, other = f.NeedFactory(), f.ServicePlacesFactory().service_at_location
    f.consented(need.file)
    with pytest.raises(InvalidInput):
        actions.send_referrals(agent, [NewReferral(need, two_places[0].service_at_location.service, at=other)])


def test_those_sent_before_a_location_counts_its_places_have_theirs_there(agent, two_places) -> None:
    large, small = two_places
    at = small.service_at_location
    small.delete()
    referral = send_to(agent, at)
    places = ServicePlaces(service_at_location=at, capacity=1)
    count_places(f.actor(Role.REGIONAL_ADVISOR), places)
    assert states([referral]) == ["held"]
    assert (counts(ServicePlaces.objects.get(service_at_location=at))[1], counts(large)[1]) == (1, 0)
