"""Places on the advisors' pages: begun, adjusted for a reason, and where they are short."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.actions import accept_referrals, send_referrals
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.models import Referral
from arrimage.directory.models import PlaceHold, PlacesAdjustment, Service, ServicePlaces
from arrimage.foundation import clock
from tests import factories as make
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return visitor()


def send(service: Service, *, accepted: bool = False) -> None:
    agent = make.actor(Role.INTEGRATION_AGENT)
    need = make.NeedFactory()
    make.consented(need.file)
    [referral] = send_referrals(agent, [NewReferral(need, service)])
    if accepted:
        accept_referrals(agent, [Answer(referral)])


def test_places_change_for_a_reason_that_is_kept_and_let_in_who_waits(advisor):
    places = make.ServicePlacesFactory(capacity=1)
    service = places.service_at_location.service
    for _ in range(2):
        send(service)
    places.refresh_from_db()
    edit = ("staff:service_part_edit", service.uid, "places", places.uid)
    typed = {"capacity": "2", "taken": "0", "version": places.version}

    refused = advisor.send(*edit, **typed, status=200)
    assert "obligatoire" in refused
    assert not PlacesAdjustment.objects.exists()

    advisor.send(*edit, **typed, reason="Un groupe de plus")
    assert list(PlaceHold.objects.values_list("status", flat=True)) == ["held", "held"]
    page = advisor.open(*edit)
    assert "Un groupe de plus" in page
    assert "places : 1 → 2" in page


def test_never_fewer_places_than_what_is_held(advisor):
    places = make.ServicePlacesFactory(capacity=2)
    service = places.service_at_location.service
    for _ in range(2):
        send(service)
    places.refresh_from_db()

    page = advisor.send(
        "staff:service_part_edit", service.uid, "places", places.uid,
        capacity="1", taken="0", version=places.version, reason="Moins de monde", status=200,
    )  # fmt: skip

    assert "1 places ne suffisent pas : 2 sont prises ou retenues" in page
    places.refresh_from_db()
    assert (places.capacity, places.held) == (2, 2)


def test_a_service_that_begins_to_count_counts_those_it_has(advisor):
    here = make.ServiceAtLocationFactory()
    send(here.service)
    send(here.service, accepted=True)
    add = ("staff:service_part_add", here.service.uid, "places")

    refused = advisor.send(*add, at=here.pk, capacity="0", taken="0", status=200)
    assert "moins de places que de personnes orientées" in refused
    assert not ServicePlaces.objects.exists()

    advisor.send(*add, at=here.pk, capacity="1", taken="0")
    places = ServicePlaces.objects.get()
    assert (places.taken_by_referrals, places.held, places.free) == (1, 0, 0)
    assert sorted(PlaceHold.objects.values_list("status", flat=True)) == ["taken", "waiting"]


def test_what_is_short_by_theme_and_place(advisor):
    housing, french = make.theme("housing"), make.theme("french")
    full = make.ServicePlacesFactory(
        capacity=1, service_at_location__service=make.ServiceFactory(themes=[housing, french])
    )
    make.ServicePlacesFactory(capacity=5, taken=2, service_at_location__service=make.ServiceFactory(themes=[french]))
    for _ in range(3):
        send(full.service_at_location.service)

    assert rows(advisor) == ["Logement;;2;—;0;1;0;1;1", "Français;;2;—;3;6;2;1;2"]


def test_only_where_none_is_left(advisor):
    for code, taken in (("french", 0), ("housing", 1)):
        service = make.ServiceFactory(themes=[make.theme(code)])
        make.ServicePlacesFactory(capacity=1, taken=taken, service_at_location__service=service)

    assert len(rows(advisor)) == 2
    assert [row.split(";")[0] for row in rows(advisor, "&short=on")] == ["Logement"]


def rows(advisor, query: str = "") -> list[str]:
    """Return the lines of the export, its heading aside."""
    response = advisor.client.get(f"{reverse('staff:places')}?export=csv{query}")
    return b"".join(response).decode("utf-8-sig").splitlines()[1:]


def test_the_list_costs_the_same_whatever_it_counts(advisor):
    make.ServicePlacesFactory()
    before = advisor.queries("staff:places")
    for number in range(12):
        make.ServicePlacesFactory(capacity=number + 1)

    assert advisor.queries("staff:places") == before


def test_how_long_people_wait_and_nothing_of_fewer_than_five(advisor):
    service = make.ServiceFactory(themes=[make.theme("housing")])
    make.ServicePlacesFactory(service_at_location__service=service)
    for _ in range(4):
        accepted_after(service, 3)
    assert "Moins de 5 personnes acceptées" in advisor.open("staff:service", service.uid)
    assert rows(advisor) == ["Logement;;0;—;6;10;4;0;1"]

    accepted_after(service, 8)
    assert "4 jours, 5 cas" in advisor.open("staff:service", service.uid)
    assert rows(advisor) == ["Logement;;0;4 jours, 5 cas;5;10;5;0;1"]


def accepted_after(service: Service, days: int) -> None:
    today = clock.today()
    make.ReferralFactory(service=service, accepted=True, sent_on=today - timedelta(days=days), answered_on=today)


def test_a_lead_gives_priority_from_the_referral_and_the_advisor_sees_it_in_the_line(advisor):
    places = make.ServicePlacesFactory(capacity=1)
    service = places.service_at_location.service
    for _ in range(3):
        send(service)
    last = Referral.objects.order_by("-pk").first()
    hold = PlaceHold.objects.get(holder=last.uid)
    lead = visitor(Role.TEAM_LEAD)
    assert "Donner la priorité" in lead.open("staff:referral", last.uid)

    lead.send("staff:place_priority", hold.uid, reason=" ", status=200)
    page = lead.send("staff:place_priority", hold.uid, reason="Un bébé de trois mois")
    assert "La première personne orientée est la première servie" in page
    page = lead.open("staff:referral", last.uid)
    assert "1re en attente d’une place, en priorité : Un bébé de trois mois" in page
    assert "Un bébé de trois mois" in advisor.open("staff:service", service.uid)
    director = visitor(Role.REGIONAL_DIRECTOR).open("staff:service", service.uid)
    assert "En priorité, par" in director
    assert "Un bébé de trois mois" not in director

    page = advisor.open("staff:place_priority", hold.uid)
    assert "Retirer la priorité" in page
    advisor.send("staff:place_priority_back", hold.uid)
    assert "Priorité retirée" in advisor.open("staff:place_priority", hold.uid)
    assert "En priorité" not in advisor.open("staff:service", service.uid)


def test_removing_places_asks_first_and_says_what_is_lost(advisor):
    places = make.ServicePlacesFactory(capacity=1)
    service = places.service_at_location.service
    for _ in range(3):
        send(service)
    remove = ("staff:service_part_remove", service.uid, "places", places.uid)

    page = advisor.send(*remove, status=200)
    assert "1 personne orientée y a une place" in page
    assert "2 personnes attendent" in page
    assert ServicePlaces.objects.exists()
    assert "perdent leur rang" in advisor.send(*remove, status=200, agreed="9-9-9")

    location = places.service_at_location.location
    page = advisor.send("staff:service_part_remove", service.uid, "lieux", location.uid, status=200)
    assert "perdent leur rang" in page

    advisor.send(*remove, agreed="1-2-0")
    assert not ServicePlaces.objects.exists()


def test_places_nobody_has_are_removed_at_once(advisor):
    places = make.ServicePlacesFactory()
    advisor.send("staff:service_part_remove", places.service_at_location.service.uid, "places", places.uid)
    assert not ServicePlaces.objects.exists()
