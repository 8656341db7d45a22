"""Near names and something in common make a likely pair; said to be two, it is never shown again."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.enums import Closure
from arrimage.directory.models import Phone
from arrimage.directory.upkeep.duplicates import likely_pairs, tell_apart
from arrimage.foundation.errors import NotAllowed
from tests.factories import OrganisationFactory, ServiceFactory, actor, region, worker_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def pairs(advisor) -> list[tuple[set[str], tuple[str, ...]]]:
    return [({service.name for service in pair.both}, pair.reasons) for pair in likely_pairs(advisor)]


def test_of_one_organisation(advisor):
    organisation = OrganisationFactory()
    names = {"Cours de français du soir", "Cours de francais, soir"}
    for name in (*names, "Aide au logement"):
        ServiceFactory(organisation=organisation, name=name)
    assert pairs(advisor) == [(names, ("même organisme",))]


@pytest.mark.parametrize(
    ("how", "why"), [("phone", "même téléphone"), ("address", "même adresse"), ("neq", "organismes au même NEQ")]
)
def test_of_two_organisations(advisor, how, why):
    neq = "1234567890" if how == "neq" else ""
    address = "1, rue A" if how == "address" else None
    for name in ("Halte-garderie", "Halte garderie"):
        service = ServiceFactory(name=name, organisation__neq=neq, address=address)
        if how == "phone":
            Phone.objects.create(service=service, number="+15145550101")
    assert pairs(advisor) == [({"Halte-garderie", "Halte garderie"}, (why,))]


def test_near_names_alone_are_no_pair_nor_what_is_closed_for_good(advisor):
    ServiceFactory(name="Halte-garderie")
    service = ServiceFactory(name="Halte-garderie")
    ServiceFactory(
        name="Halte-garderie 2", organisation=service.organisation, is_offered=False, closure=Closure.DEFINITIVE
    )
    assert pairs(advisor) == []


def test_said_to_be_two(advisor):
    organisation = OrganisationFactory()
    both = [ServiceFactory(organisation=organisation, name=name) for name in ("Garderie", "Garderie 2")]
    for other in (actor(Role.REGIONAL_ADVISOR, "03"), worker_of(organisation)):
        with pytest.raises(NotAllowed):
            tell_apart(other, both)
    tell_apart(advisor, both[::-1])
    tell_apart(advisor, both)
    assert pairs(advisor) == []


def test_each_sees_their_region(advisor):
    organisation = OrganisationFactory(region=region("03"))
    for name in ("Garderie", "Garderie 2"):
        ServiceFactory(organisation=organisation, name=name)
    assert pairs(advisor) == []
    assert len(pairs(actor(Role.REGIONAL_ADVISOR, "03"))) == 1
    with pytest.raises(NotAllowed):
        likely_pairs(actor(Role.INTEGRATION_AGENT))
