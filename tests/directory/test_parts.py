"""Parts of the directory are written by the region's advisors; the database keeps what must hold."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.directory.actions import ServiceChange, edit_services
from arrimage.directory.enums import TranslationStatus
from arrimage.directory.models import (
    Contact,
    CostOption,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServicePlaces,
    Translation,
)
from arrimage.directory.part_actions import add_parts, edit_parts, remove_parts
from arrimage.directory.where import Where, place_services
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from tests.directory.exchange.directories import a_directory
from tests.factories import OrganisationFactory, ServiceFactory, actor, region, worker_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def test_parts_are_added_changed_and_removed_with_their_history(advisor):
    service = ServiceFactory()
    cost, document = CostOption(service=service, option="Adultes"), RequiredDocument(service=service, document="Bail")
    add_parts(advisor, [cost, document])
    assert edit_parts(advisor, CostOption, [Change(cost, {"option": "Aînés"})])[0].option == "Aînés"
    assert edit_parts(advisor, CostOption, [Change(cost, {"option": "Aînés"})]) == []
    remove_parts(advisor, [document])
    assert not RequiredDocument.objects.exists()
    assert [change.operation for change in changes_of(document)] == ["delete", "insert"]


@pytest.mark.parametrize(
    ("part", "field"),
    [
        (lambda service: CostOption(service=service, amount=-1), None),
        (lambda service: Schedule(service=service, byday="lundi"), None),
        (lambda service: Schedule(service=service, valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)), None),
        (lambda service: Contact(service=service, email="personne"), "email"),
        (lambda service: Phone(service=service, number=""), "number"),
    ],
)
def test_what_does_not_hold_is_refused_with_its_field(advisor, part, field):
    with pytest.raises(InvalidInput) as refusal:
        add_parts(advisor, [part(ServiceFactory())])
    assert refusal.value.field == field


def test_another_region_s_parts_are_out_of_reach(advisor):
    elsewhere = ServiceFactory(organisation__region=region("13"))
    with pytest.raises(NotAllowed):
        add_parts(advisor, [CostOption(service=elsewhere)])
    with pytest.raises(NotAllowed):
        remove_parts(advisor, [CostOption.objects.create(service=elsewhere)])


@pytest.mark.parametrize("values", [{}, {"location": 1, "service": 1}])
def test_a_part_is_of_one_record_exactly(values):
    service = a_directory()
    owners = {"location": service.main.location, "service": service}
    with pytest.raises(IntegrityError, match="phone_of_one_record"), transaction.atomic():
        Phone.objects.create(number="514", **{name: owners[name] for name in values})


def test_no_more_places_are_taken_than_there_are():
    places = ServicePlaces.objects.get(service_at_location=a_directory().main)
    assert places.free == 16
    with pytest.raises(IntegrityError, match="places_taken_within_capacity"), transaction.atomic():
        ServicePlaces.objects.filter(pk=places.pk).update(taken=21)


def test_a_changed_french_text_makes_its_translations_stale_and_no_other(advisor):
    service = ServiceFactory(name="Cours", description="Du soir")
    made = {
        (field, status): Translation.objects.create(
            service=service, field=field, language=language, text="x", status=status
        )
        for field, language, status in (
            ("name", "en", "reviewed"),
            ("name", "es", "machine"),
            ("name", "ar", "draft"),
            ("description", "en", "reviewed"),
        )
    }
    edit_services(advisor, [ServiceChange(service, {"name": "Leçons"})])
    for translation in made.values():
        translation.refresh_from_db()
    assert {key: translation.status for key, translation in made.items()} == {
        ("name", "reviewed"): TranslationStatus.STALE,
        ("name", "machine"): TranslationStatus.STALE,
        ("name", "draft"): TranslationStatus.DRAFT,
        ("description", "reviewed"): TranslationStatus.REVIEWED,
    }


def test_an_offered_service_is_not_closed(advisor):
    with pytest.raises(InvalidInput) as refusal:
        edit_services(advisor, [ServiceChange(ServiceFactory(), {"closure": "temporary"})])
    assert refusal.value.field == "closure"


def test_contacts_that_serve_referrals_are_read_by_the_directorate_and_the_organisation_alone(advisor):
    service = a_directory()
    names = {"Secret des orientations"}

    def seen(by) -> bool:
        with acting_as(by):
            contacts = set(Contact.objects.exclude(name="").values_list("name", flat=True))
            numbers = set(Phone.objects.values_list("number", flat=True))
            assert "Accueil des cours" in contacts
            assert ("514 555-9999" in numbers) == (names <= contacts)
            return names <= contacts

    assert seen(advisor)
    assert seen(system_actor("essai", Right.SEE_DIRECTORY))
    assert seen(worker_of(service.organisation))
    assert not seen(worker_of(OrganisationFactory()))


# --- Where ----------------------------------------------------------------------------------------------------------
def test_services_of_an_organisation_share_a_location_and_leave_it_one_by_one():
    first = ServiceFactory(address="1, rue A")
    second = ServiceFactory(organisation=first.organisation, address="1, rue A")
    assert first.main.location == second.main.location
    assert place_services({second.pk: Where("2, rue B")}) == {second.pk}
    first, second = Service.objects.order_by("pk")
    assert (first.address, second.address) == ("1, rue A", "2, rue B")


def test_a_location_of_one_service_is_corrected_where_it_is():
    service = ServiceFactory(address="1, rue A")
    location = service.main.location
    assert place_services({service.pk: Where("2, rue B")}) == {service.pk}
    service = Service.objects.get()
    assert (service.address, service.main.location) == ("2, rue B", location)
    assert place_services({service.pk: Where("2, rue B")}) == set()
