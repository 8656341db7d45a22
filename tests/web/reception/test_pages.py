"""The airport's pages: a family from its flight to its first appointment, by pages alone."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.foundation.models import new_uid
from arrimage.people.models import Person
from arrimage.reception.models import Arrival, Manifest, Party
from arrimage.scheduling.models import Appointment
from tests.factories import ArrivalFactory, FlightFactory, PartyFactory, RoleGrantFactory, ServicePointFactory, region
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    return staff(Role.RECEPTION_AGENT)


@pytest.fixture
def office(db):
    point = ServicePointFactory(name="Place Dupuis")
    RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=point)
    return point


@pytest.fixture
def party(db):
    flight, party = FlightFactory(number="AC873"), PartyFactory(special_needs="Fauteuil roulant")
    for relation in ("principal", "spouse", "child"):
        ArrivalFactory(flight=flight, party=party, relation=relation)
    return party


def at(name: str, party) -> str:
    return reverse(f"reception:{name}", args=[party.uid])


def test_a_family_from_its_flight_to_its_first_appointment(desk, party, office):
    home = desk.get(reverse("reception:home"))
    flight_page = re.search(r'href="(/accueil/vols/[^"]+)"', words(home))[1]
    assert at("party", party) in words(desk.get(flight_page))
    page = words(desk.get(at("party", party)))
    assert "Fauteuil roulant" in page
    assert "Tout le monde est là" in page

    flight = party.arrivals.first().flight
    desk.post(at("party_outcome", party), {"outcome": "met", "flight": flight.uid})
    assert "Ouvrir 3 dossiers" in words(desk.get(at("party", party)))
    response = desk.post(at("open_files", party), {"service_point": office.uid})
    assert response["Location"] == at("consents", party)
    assert "Plus tard, au rendez-vous" in words(desk.get(response["Location"]))
    slots = words(desk.get(at("first_appointment", party)))
    assert "Prévoir une ou un interprète (arabe)" in slots
    starts_at = re.search(r'name="starts_at" value="([^"]+)"', slots)[1]
    booking = {"service_point": office.uid, "starts_at": starts_at, "interpreter": "ar"}
    response = desk.post(at("first_appointment", party), booking)
    assert response["Location"] == at("handout", party)
    sheet = words(desk.get(response["Location"]))
    for file in File.objects.all():
        assert sheet.count(file.number) == 2  # in French, and in Arabic
    assert "Place Dupuis" in sheet
    assert Appointment.objects.get().interpreter_language == "ar"


def test_every_button_pressed_twice_changes_nothing_more(desk, party, office):
    starts_at = None
    for _ in range(2):
        desk.post(at("party_outcome", party), {"outcome": "met"})
        desk.post(at("open_files", party), {"service_point": office.uid})
        if starts_at is None:
            starts_at = re.search(r'name="starts_at" value="([^"]+)"', words(desk.get(at("first_appointment", party))))[
                1
            ]
        desk.post(at("first_appointment", party), {"service_point": office.uid, "starts_at": starts_at})
    assert (Person.objects.count(), File.objects.count(), Appointment.objects.count()) == (3, 3, 1)


def test_one_person_at_a_time_and_undone(desk, party):
    first, second, third = party.arrivals.order_by("pk")
    desk.post(at("party_outcome", party), {"outcome": "met", "arrival": first.uid})
    desk.post(at("party_outcome", party), {"outcome": "no_show", "arrival": second.uid})
    assert list(party.arrivals.order_by("pk").values_list("outcome", flat=True)) == ["met", "no_show", "expected"]
    desk.post(at("party_outcome", party), {"outcome": "expected", "arrival": [first.uid, second.uid]})
    assert set(party.arrivals.values_list("outcome", flat=True)) == {"expected"}
    desk.post(at("party_outcome", party), {"outcome": "met"})
    desk.post(at("party_outcome", party), {"outcome": "expected"})
    assert set(party.arrivals.values_list("outcome", flat=True)) == {"expected"}
    assert third.outcome == "expected"


def test_a_family_split_over_two_flights_says_so_and_is_met_flight_by_flight(desk, party):
    late = party.arrivals.order_by("pk").last()
    late.flight = FlightFactory(number="LH478", lands_on=clock.today() + timedelta(days=1))
    late.save()
    assert "arrive par 2 vols" in words(desk.get(at("party", party)))
    desk.post(at("party_outcome", party), {"outcome": "met", "flight": party.arrivals.first().flight.uid})
    assert sorted(party.arrivals.values_list("outcome", flat=True)) == ["expected", "met", "met"]


def test_a_refusal_is_said_and_nothing_breaks(desk, party, office):
    desk.post(at("party_outcome", party), {"outcome": "met"})
    desk.post(at("open_files", party), {"service_point": office.uid})
    arrival = party.arrivals.first()
    response = desk.post(at("party_outcome", party), {"outcome": "expected", "arrival": arrival.uid}, follow=True)
    assert "ne peut plus être défait" in words(response)
    response = desk.post(at("open_files", party), {"service_point": "rien"}, follow=True)
    assert "Choisissez le point de services" in words(response)
    response = desk.post(
        at("first_appointment", party),
        {"service_point": office.uid, "starts_at": "2020-01-01T09:00:00-05:00"},
        follow=True,
    )
    assert "vient d’être prise" in words(response)
    for bad in ({}, {"service_point": office.uid, "starts_at": "demain"}, {"service_point": "x", "starts_at": "y"}):
        assert desk.post(at("first_appointment", party), bad).status_code == 302
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("bad", [{}, {"outcome": "reine"}, {"outcome": "met", "arrival": "x"},
                                 {"outcome": "met", "flight": "x"}])  # fmt: skip
def test_nonsense_is_not_found(desk, party, bad):
    assert desk.post(at("party_outcome", party), bad).status_code == 404


def test_a_person_of_another_party_cannot_be_slipped_in(desk, party):
    other = ArrivalFactory()
    response = desk.post(at("party_outcome", party), {"outcome": "met", "arrival": other.uid})
    other.refresh_from_db()
    assert (response.status_code, other.outcome) == (404, "expected")


STRANGER = {"family_name": "<b>Diallo</b>", "relation": "other", "gender": "unknown", "language": "fr",
            "category": "family", "flight_number": "AF 349", "lands_on": "2026-11-24"}  # fmt: skip


def test_somebody_unannounced_joins_a_party_or_is_one(desk, party):
    ServicePointFactory(airport=True)
    form = {**STRANGER, "uid": new_uid(), "lands_on": clock.today().isoformat()}
    for _ in range(2):
        assert desk.post(at("add_to_party", party), form).status_code == 302
    assert party.arrivals.count() == 4
    assert "&lt;b&gt;Diallo" in words(desk.get(at("party", party)))
    desk.post(reverse("reception:add"), {**form, "uid": new_uid()})
    assert Party.objects.count() == 2


def test_the_form_of_somebody_unannounced_keeps_what_was_typed_and_says_what_is_wrong(desk):
    form = {**STRANGER, "uid": new_uid(), "lands_on": (clock.today() + timedelta(days=2)).isoformat()}
    page = words(desk.post(reverse("reception:add"), form))
    assert "Ce vol n’est pas encore arrivé." in page
    assert "&lt;b&gt;Diallo" in page
    assert not Arrival.objects.exists()


def test_the_form_knows_the_family_and_the_flight(desk, party):
    page = words(desk.get(at("add_to_party", party)))
    assert 'value="AC873"' in page
    assert f'value="{party.arrivals.first().family_name}"' in page


# --- Manifests ------------------------------------------------------------------------------------------------------
GOOD = b"flight_number,date,party,family_name,category\nAC1,2026-11-24,G-1,Haddad,family\n"


def send(desk, content: bytes, name: str = "manifeste.csv", **said: str):
    return desk.post(reverse("reception:manifest_import"), {"file": SimpleUploadedFile(name, content), **said})


def test_a_manifest_is_checked_then_imported_once(desk, party):
    page = words(send(desk, GOOD))
    assert "prêt à être importé" in page
    assert not Manifest.objects.exists()
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)[1]
    for _ in range(2):
        assert "Le fichier est importé" in words(send(desk, GOOD, digest=digest))
    assert Manifest.objects.count() == 1
    assert "manifeste.csv" in words(desk.get(reverse("reception:manifests")))
    assert "rien de nouveau" in words(send(desk, GOOD))


def test_the_refusals_of_a_manifest_are_in_a_table_and_nothing_is_written(desk, party):
    page = words(send(desk, GOOD.replace(b"2026-11-24", b"2026-02-30")))
    assert "Rien n’est importé" in page
    assert "n’existe pas au calendrier" in page
    assert Arrival.objects.count() == 3


@pytest.mark.parametrize(("content", "name"), [(b"", "m.csv"), (b"%PDF-1", "m.pdf"), (GOOD, "m.xlsx")])
def test_a_file_that_is_no_manifest_is_refused_in_words(desk, party, content, name):
    page = words(send(desk, content, name))
    assert "Rien n’est importé" in page or "vide" in page


# --- Who sees what --------------------------------------------------------------------------------------------------
PAGES = ("home", "waiting", "manifests", "manifest_import", "add")


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_the_airports(page):
    assert staff(Role.RECEPTION_AGENT).get(reverse(f"reception:{page}")).status_code == 200
    for role in (Role.TEAM_LEAD, Role.INTEGRATION_AGENT, Role.REGIONAL_ADVISOR, Role.REGIONAL_DIRECTOR):
        assert staff(role).get(reverse(f"reception:{page}")).status_code == 403


def test_another_regions_party_is_not_found(party):
    elsewhere = staff(Role.RECEPTION_AGENT, "13")
    for page in ("party", "first_appointment", "handout", "add_to_party"):
        assert elsewhere.get(at(page, party)).status_code == 404
    for page in ("party_outcome", "open_files", "first_appointment", "join_first_appointment"):
        assert elsewhere.post(at(page, party), {"outcome": "met"}).status_code == 404
    flight = party.arrivals.first().flight
    assert elsewhere.get(reverse("reception:flight", args=[flight.uid])).status_code == 404


def test_a_day_and_nonsense_for_a_day(desk, party):
    assert "Aucun vol" in words(desk.get(reverse("reception:home") + "?date=2021-01-01"))
    assert desk.get(reverse("reception:home") + "?date=hier").status_code == 200
    assert "AC873" in words(desk.get(reverse("reception:home") + f"?date={clock.today():%Y-%m-%d}"))


# --- What pages cost ------------------------------------------------------------------------------------------------
def crowd(count: int) -> None:
    flights = [FlightFactory() for _ in range(3)]
    office = ServicePointFactory()
    RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=office)
    parties = Party.objects.bulk_create(
        [Party(region=region(), reference=f"C-{new_uid()}") for _ in range(max(1, count // 4))]
    )
    Arrival.objects.bulk_create(
        [
            Arrival(
                region=region(),
                flight=flights[n % 3],
                party=parties[n % len(parties)],
                family_name=f"Nom {n}",
                category="family",
                outcome="met" if n % 2 else "expected",
                met_at=clock.now() if n % 2 else None,
            )
            for n in range(count)
        ]
    )


def test_pages_cost_the_same_for_ten_arrivals_and_a_thousand(django_assert_max_num_queries, desk):
    def cost() -> dict[str, int]:
        found = {}
        party, flight = Party.objects.order_by("-pk")[0], Arrival.objects.order_by("-pk")[0].flight
        addresses = [reverse(f"reception:{page}") for page in PAGES] + [
            reverse("reception:home") + "?q=nom",
            reverse("reception:flight", args=[flight.uid]),
            at("party", party),
        ]
        for address in addresses:
            with django_assert_max_num_queries(28) as captured:  # eight for the hours of the points of service
                assert desk.get(address).status_code == 200
            found[address.split("/")[2] if "?" not in address else "search"] = len(captured)
        return found

    crowd(10)
    desk.get(reverse("reception:home"))  # the first page of a session also chooses its role
    few = cost()
    crowd(990)
    assert cost() == few
