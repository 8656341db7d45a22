"""The parts of a service on its page: shown in words to the staff, kept by the advisors of the region."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.models import Address, Contact, EligibilityRule, Location, Schedule, ServicePlaces
from tests.directory.exchange.directories import a_directory
from tests.factories import ServiceFactory
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db
SECTIONS = ["Lieux", "Horaires", "Places", "Coûts", "Documents à apporter", "Qui est admissible", "Contacts"]


@pytest.fixture
def advisor():
    return visitor()


def test_the_page_says_everything_in_words(advisor):
    page = advisor.open("staff:service", a_directory().uid)
    for words in (
        "Siège",
        "1, rue de l’Exemple, bureau 2, Montréal, H2X 1Y4",
        "lundi, mercredi, de 9 h à 16 h 30 · du 1er janv. 2026 au 31 déc. 2026",
        "le premier lundi, le dernier vendredi du mois",
        "16 places libres",
        "Matériel : 12,50 $ (par session)",
        "Preuve de statut",
        "moins de 60 mois après le début du statut",
        "Secret des orientations",
        "de 16 à 99 ans",
        "Relâche en mars.",
        *SECTIONS,
    ):
        assert words in page, words


def test_who_does_not_keep_it_sees_what_there_is_and_no_way_to_change_it():
    agent = visitor(Role.INTEGRATION_AGENT)
    page = agent.open("staff:service", a_directory().uid)
    assert "16 places libres" in page
    assert "Ajouter un horaire" not in page
    assert "Horaires" not in agent.open("staff:service", ServiceFactory().uid)


def test_a_location_is_added_with_its_address_then_corrected(advisor):
    service = ServiceFactory()
    typed = {"location_type": "physical", "name": "Siège", "address_1": "1, rue A", "city": "Montréal"}
    advisor.send("staff:service_part_add", service.uid, "lieux", **typed)
    location = Location.objects.get()
    assert (service.main.location, location.organisation) == (location, service.organisation)
    edit = ("staff:service_part_edit", service.uid, "lieux", location.uid)
    advisor.send(*edit, **typed | {"address_1": "2, rue B", "latitude": "45.5", "longitude": "-73.6"}, version=1)
    location.refresh_from_db()
    assert (location.latitude, Address.objects.get().address_1) == (45.5, "2, rue B")
    page = advisor.send(*edit, **typed, latitude="95", longitude="0", version=2, status=200)
    assert "latitude" in page
    assert "modifié entre-temps" in advisor.send(*edit, **typed | {"name": "Ailleurs"}, version=1, status=200)
    advisor.send("staff:service_part_remove", service.uid, "lieux", location.uid)
    assert service.at_locations.count() == 0


def test_hours_are_weekly_days_at_a_location_or_everywhere(advisor):
    service = ServiceFactory(address="1, rue A")
    here = service.main
    typed = {"days": ["MO", "FR"], "opens_at": "09:00", "closes_at": "12:00"}
    advisor.send("staff:service_part_add", service.uid, "horaires", **typed, at=here.pk)
    advisor.send("staff:service_part_add", service.uid, "horaires", **typed)
    first, second = Schedule.objects.order_by("pk")
    assert (first.service_at_location, first.service, first.byday, first.freq) == (here, None, "MO,FR", "WEEKLY")
    assert (second.service_at_location, second.service) == (None, service)
    other = ServiceFactory(address="2, rue B").main
    advisor.send("staff:service_part_add", service.uid, "horaires", **typed, at=other.pk, status=200)


def test_hours_the_form_cannot_say_keep_their_days(advisor):
    schedule = Schedule.objects.create(service=ServiceFactory(), byday="1MO", freq="MONTHLY")
    advisor.send(
        "staff:service_part_edit", schedule.service.uid, "horaires", schedule.uid, description="Soir", version=1
    )
    schedule.refresh_from_db()
    assert (schedule.byday, schedule.freq, schedule.description) == ("1MO", "MONTHLY", "Soir")


def test_places_are_said_once_a_location_and_never_overdrawn(advisor):
    service = ServiceFactory(address="1, rue A")
    add = ("staff:service_part_add", service.uid, "places")
    assert "plus de places prises" in advisor.send(*add, at=service.main.pk, capacity=3, taken=4, status=200)
    advisor.send(*add, at=service.main.pk, capacity=3, taken=3, next_on="2027-01-11")
    assert ServicePlaces.objects.get().free == 0
    assert "Complet jusqu’au 11 janv. 2027" in advisor.open("staff:service", service.uid)
    advisor.send(*add, at=service.main.pk, capacity=3, taken=0, status=200)


def test_a_rule_and_a_contact_are_written(advisor):
    service = ServiceFactory()
    rule = {"categories": ["family"], "counted_from": "arrival", "months_less_than": 60, "reason": "Cinq ans."}
    advisor.send("staff:service_part_add", service.uid, "admissibilite", **rule)
    assert EligibilityRule.objects.get().categories == ["family"]
    bad = rule | {"minimum_age": 30, "maximum_age": 20}
    assert "borne" in advisor.send("staff:service_part_add", service.uid, "admissibilite", **bad, status=200)
    advisor.send("staff:service_part_add", service.uid, "contacts", name="Accueil")
    assert not Contact.objects.get().is_public  # the box was not ticked


def test_what_is_not_there_is_not_found(advisor):
    service, other = ServiceFactory(), ServiceFactory()
    contact = Contact.objects.create(service=other, name="A")
    advisor.open("staff:service_part_add", service.uid, "secrets", status=404)
    advisor.open("staff:service_part_edit", service.uid, "contacts", contact.uid, status=404)


def test_a_page_takes_as_many_queries_whatever_the_parts(advisor):
    service = a_directory()
    before = advisor.queries("staff:service", service.uid)
    for rank in range(5):
        Contact.objects.create(service=service, name=f"Contact {rank}")
        Schedule.objects.create(service_at_location=service.main, byday="TU")
    assert advisor.queries("staff:service", service.uid) == before
