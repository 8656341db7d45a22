"""Two services that are one: what is chosen of each, what hangs on the one that goes, what is written down."""

from uuid import uuid4

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.enums import HoldStatus, TranslationStatus
from arrimage.directory.models import (
    Contact,
    CostOption,
    EligibilityRule,
    Phone,
    PlaceHold,
    Proposal,
    SavedSearch,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceClosure,
    ServiceJoining,
    Translation,
)
from arrimage.directory.public import offered_services
from arrimage.directory.upkeep.duplicates import tell_apart
from arrimage.directory.upkeep.joining import join_services, joined_into
from arrimage.directory.upkeep.joining_tables import undeclared
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return f.actor(Role.REGIONAL_ADVISOR)


@pytest.fixture
def organisation():
    return f.OrganisationFactory()


@pytest.fixture
def kept(organisation) -> Service:
    return f.ServiceFactory(organisation=organisation, name="Francisation", description="Le soir.")


@pytest.fixture
def gone(organisation) -> Service:
    return f.ServiceFactory(organisation=organisation, name="Francisation du soir", description="", url="https://a.ca")


def join(advisor, kept: Service, gone: Service, *taken: str) -> ServiceJoining:
    joining = join_services(
        advisor, kept, gone, versions=(kept.version, gone.version), taken=set(taken), reason="La même adresse."
    )
    kept.refresh_from_db()
    return joining


def test_every_table_that_names_a_service_says_what_becomes_of_it() -> None:
    assert undeclared() == set()


def test_takes_what_is_chosen_and_the_name_of_the_one_that_goes(advisor, kept, gone) -> None:
    uid = gone.uid
    joining = join(advisor, kept, gone, "name", "url")
    assert (kept.name, kept.description, kept.url) == ("Francisation du soir", "Le soir.", "https://a.ca")
    assert list(offered_services()) == [kept]
    assert joined_into(uid) == kept
    joining.refresh_from_db()
    assert (joining.gone_name, joining.chosen, joining.reason) == (
        "Francisation du soir", ["name", "url"], "La même adresse.",
    )  # fmt: skip
    assert joining.before["kept"]["name"] == "Francisation"
    assert joining.joined_by == advisor.name


def test_the_history_says_who_and_why(advisor, kept, gone) -> None:
    join(advisor, kept, gone, "url")
    last = changes_of(kept).order_by("-pk").first()
    assert (last.reason, last.actor_id) == ("La même adresse.", advisor.user_id)


def test_a_chain_leads_to_the_last_one(advisor, organisation, kept, gone) -> None:
    third = f.ServiceFactory(organisation=organisation, name="Cours du soir")
    first = gone.uid
    join(advisor, kept, gone)
    join(advisor, third, kept)
    assert joined_into(first) == third


def test_parts_follow_and_are_not_said_twice(advisor, kept, gone) -> None:
    for service in (kept, gone):
        Phone.objects.create(service=service, number="514-555-0101")
        Contact.objects.create(service=service, name="Zoé")
    Phone.objects.create(service=gone, number="514-555-0202")
    Phone.objects.create(contact=Contact.objects.filter(service=gone).get(), number="514-555-0303")
    join(advisor, kept, gone)
    assert sorted(kept.phones.values_list("number", flat=True)) == ["514-555-0101", "514-555-0202"]
    assert kept.contacts.count() == 2  # the second Zoé answers another telephone


def test_conditions_and_amounts_go_with_the_text_chosen(advisor, kept, gone) -> None:
    for service in (kept, gone):
        EligibilityRule.objects.create(service=service, minimum_age=18 if service == kept else 16)
        CostOption.objects.create(service=service, option="Kit" if service == kept else "Manuel")
    join(advisor, kept, gone, "eligibility")
    assert [rule.minimum_age for rule in kept.eligibility_rules.all()] == [16]
    assert [cost.option for cost in kept.cost_options.all()] == ["Kit"]


def test_translations_are_those_of_the_texts_kept(advisor, kept, gone) -> None:
    for service, words in ((kept, "kept"), (gone, "gone")):
        for field in ("name", "description"):
            Translation.objects.create(
                service=service, field=field, language="en", text=words, status=TranslationStatus.REVIEWED
            )
    join(advisor, kept, gone, "name")
    assert list(kept.translations.values_list("field", "text", "status")) == [
        ("description", "kept", "reviewed"),
        ("name", "gone", "reviewed"),
    ]


def test_another_location_follows_with_its_places(advisor, kept, gone) -> None:
    places = f.ServicePlacesFactory(service_at_location__service=gone)
    hold = f.place_asked(gone)
    join(advisor, kept, gone)
    hold.refresh_from_db()
    assert hold.places.service_at_location.service == kept
    assert hold.places_id == places.pk


def test_at_one_location_places_become_one_and_nobody_loses_their_turn(advisor, kept, gone) -> None:
    theirs = f.ServicePlacesFactory(service_at_location__service=gone, capacity=1)
    there = theirs.service_at_location
    ours = f.ServicePlacesFactory(
        service_at_location=ServiceAtLocation.objects.create(service=kept, location=there.location), capacity=1, taken=1
    )
    Schedule.objects.create(service_at_location=there, byday="MO")
    first, second, third = f.place_asked(gone), f.place_asked(gone), f.place_asked(kept)
    join(advisor, kept, gone)
    ours.refresh_from_db()
    assert (ours.capacity, ours.taken, ours.held, ours.free) == (2, 1, 1, 0)
    assert [hold.status for hold in PlaceHold.objects.filter(places=ours)] == ["held", "waiting", "waiting"]
    assert {first.pk, second.pk, third.pk} == set(PlaceHold.objects.filter(places=ours).values_list("pk", flat=True))
    assert [one.capacity_after for one in ours.adjustments.all()] == [2]
    assert kept.at_locations.get().schedules.get().byday == "MO"


def test_who_waits_enters_where_the_other_has_room(advisor, kept, gone) -> None:
    theirs = f.ServicePlacesFactory(service_at_location__service=gone, capacity=1, taken=1)
    hold = f.place_asked(gone)
    f.ServicePlacesFactory(
        service_at_location=ServiceAtLocation.objects.create(service=kept, location=theirs.service_at_location.location)
    )
    join(advisor, kept, gone)
    hold.refresh_from_db()
    assert hold.status == HoldStatus.HELD


def test_who_knew_the_one_that_goes_is_not_told_of_the_other(advisor, kept, gone) -> None:
    search = SavedSearch.objects.create(user=f.UserFactory(), name="Cours", known=[gone.pk])
    join(advisor, kept, gone)
    search.refresh_from_db()
    assert search.known == [kept.pk]


def test_said_to_be_two_before(advisor, kept, gone) -> None:
    tell_apart(advisor, [kept, gone])
    join(advisor, kept, gone)
    assert Service.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "sentence"), [("organisation", "deux organismes"), ("proposal", "propose"), ("closure", "fermé")]
)
def test_refused_with_a_sentence(advisor, organisation, kept, gone, reason, sentence) -> None:
    if reason == "organisation":
        gone = f.ServiceFactory()
    elif reason == "proposal":
        Proposal.objects.create(
            organisation=organisation, service=gone, proposed_by="Zoé", before={"name": "a"}, after={"name": "b"}
        )
    else:
        ServiceClosure.objects.create(service=kept, starts_on=clock.today(), ends_on=clock.today(), reason="Congés")
    with pytest.raises(InvalidInput, match=sentence):
        join(advisor, kept, gone)
    assert not ServiceJoining.objects.exists()


def test_twice_does_nothing_more(advisor, kept, gone) -> None:
    join(advisor, kept, gone)
    with pytest.raises(Conflict):
        join_services(advisor, kept, gone, versions=(kept.version, 1), taken=set(), reason="Encore.")
    assert ServiceJoining.objects.count() == 1


def test_read_before_it_changed(advisor, kept, gone) -> None:
    with pytest.raises(Conflict, match="modifié"):
        join_services(advisor, kept, gone, versions=(kept.version, gone.version + 1), taken=set(), reason="Même.")


def test_a_reason_and_an_advisor_of_the_region(advisor, kept, gone, organisation) -> None:
    versions = kept.version, gone.version
    with pytest.raises(InvalidInput):
        join_services(advisor, kept, gone, versions=versions, taken=set(), reason=" ")
    for actor in (f.actor(Role.REGIONAL_ADVISOR, "16"), f.worker_of(organisation, Role.PARTNER_MANAGER)):
        with pytest.raises(NotAllowed):
            join_services(actor, kept, gone, versions=versions, taken=set(), reason="Même.")


def test_nothing_leads_from_an_address_that_never_was() -> None:
    assert joined_into(uuid4()) is None
