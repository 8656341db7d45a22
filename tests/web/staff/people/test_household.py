"""The page of a household and what one does there."""

from datetime import date

import pytest
from django.urls import reverse

from arrimage.people.enums import Relation
from arrimage.people.models import Household, Member
from arrimage.privacy.journal.models import Reading
from tests import factories as f
from tests.web.signed import staff, words
from tests.web.staff.casework.many import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def point():
    return f.ServicePointFactory()


@pytest.fixture
def client(point):
    return staff("integration_agent", service_point=point)


@pytest.fixture
def household(point) -> Household:
    made = f.HouseholdFactory()
    for name, relation in (("Nadia", Relation.PRINCIPAL), ("Omar", Relation.SPOUSE), ("Lina", Relation.CHILD)):
        live_in(made, point, name, relation)
    return made


def live_in(household: Household, point, name: str, relation: Relation):
    file = f.FileFactory(
        service_point=point, person__given_name=name, person__family_name="Haddad", person__phone="+15145550142"
    )
    f.MemberFactory(household=household, person=file.person, relation=relation, starts_on=date(2026, 1, 10))
    return file


def url(name: str, household: Household, *args: object) -> str:
    return reverse(f"staff:{name}", args=[household.uid, *args])


def version(household: Household) -> int:
    return Household.objects.get(pk=household.pk).version


def test_a_shared_telephone_is_shown_once_with_those_who_share_it(client, household) -> None:
    page = words(client.get(url("household", household)))
    assert "Nadia Haddad et son ménage" in page
    assert page.count("514 555-0142") == 1
    assert "Nadia Haddad, Omar Haddad, Lina Haddad" in page
    assert Reading.objects.filter(kind="household", object_uid=household.uid).count() == 3


def test_as_many_queries_whoever_lives_there(client, household, point) -> None:
    before = len(queries_of(client, url("household", household)))
    for _ in range(3):
        live_in(household, point, "Autre", Relation.OTHER)
    assert len(queries_of(client, url("household", household))) == before


def test_a_household_splits_then_is_one_again(client, household) -> None:
    omar, lina = (Member.objects.get(person__given_name=name).person for name in ("Omar", "Lina"))
    sent = {"persons": [omar.uid, lina.uid], "on": "2026-05-01", "number": "", "version": version(household)}
    page = client.post(url("household_split", household), sent, follow=True)
    assert "Omar Haddad et son ménage" in words(page)
    left = words(client.get(url("household", household)))
    assert "N’y sont plus" in left
    assert "du 10 janv. 2026 au 1er mai 2026" in left
    number = omar.files.get().number
    sent = {"number": number, "on": "2026-07-01", "version": version(household)}
    client.post(url("household_merge", household), sent)
    assert household.memberships.filter(ends_on__isnull=True).count() == 3


def test_who_read_the_household_before_somebody_else_changed_it_is_told(client, household) -> None:
    omar = Member.objects.get(person__given_name="Omar").person
    read = version(household)
    client.post(url("household_split", household), {"persons": [omar.uid], "on": "2026-05-01", "version": read})
    lina = Member.objects.get(person__given_name="Lina").person
    again = client.post(url("household_split", household), {"persons": [lina.uid], "on": "2026-05-01", "version": read})
    assert "a été modifié entre-temps" in words(again)


def test_somebody_joins_and_their_place_is_put_right(client, household, point) -> None:
    aunt = f.FileFactory(service_point=point, person__given_name="Samia", arrived_on=date(2026, 1, 5))
    sent = {"number": aunt.number, "on": "2026-02-01", "relation": "spouse", "version": version(household)}
    client.post(url("household_join", household), sent)
    place = url("household_member", household, aunt.person.uid)
    client.post(place, {"relation": "other", "starts_on": "2026-02-03", "ends_on": "", "version": version(household)})
    assert Member.objects.values_list("relation", "starts_on").get(person=aunt.person) == ("other", date(2026, 2, 3))


def test_a_household_of_nobody_one_accompanies_is_absent(household) -> None:
    stranger = staff("integration_agent", service_point=f.ServicePointFactory())
    for name in ("household", "household_split", "household_merge", "household_join"):
        assert stranger.get(url(name, household)).status_code == 404


def test_somebody_without_a_household_gets_one(client, point) -> None:
    file = f.FileFactory(service_point=point)
    start = reverse("staff:household_start", args=[file.person.uid])
    assert client.post(start, {"on": "2026-02-01"}).status_code == 302
    household = Household.objects.get()
    assert client.get(start)["Location"] == url("household", household)
