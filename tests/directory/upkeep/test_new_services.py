"""An organisation proposes a whole service; accepted, it is offered; refused, why is said; twice typed, it is one."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.enums import ProposalStatus
from arrimage.directory.models import Location, Organisation, Proposal, Service
from arrimage.directory.upkeep.keeping import keep_organisation
from arrimage.directory.upkeep.new_services import propose_service
from arrimage.directory.upkeep.proposal_words import lines_of, title_of
from arrimage.directory.upkeep.proposals import accept, refuse, withdraw
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests.factories import OrganisationFactory, ServiceFactory, actor, theme, worker_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory(name="Maison")


@pytest.fixture
def own(organisation):
    return worker_of(organisation)


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def ateliers(organisation, **fields) -> Service:
    said = {
        "name": "Ateliers", "description": "Le samedi.", "languages": ["fr", "es"], "modes": ["on_site"],
        "fees_description": "Gratuit", "eligibility_description": "Adultes", "delay_days": 0,
    }  # fmt: skip
    return Service(organisation=organisation, **said | fields)


def propose(own, organisation, location=None, **fields) -> Proposal:
    return propose_service(own, ateliers(organisation, **fields), [theme("french")], location)


def waiting() -> list[str]:
    return [each.after["description"] for each in Proposal.objects.filter(status=ProposalStatus.WAITING)]


def test_accepted_it_is_offered_with_all_that_was_said(organisation, own, advisor):
    location = Location.objects.create(organisation=organisation, name="Siège")
    proposal = propose(own, organisation, location)
    assert not Service.objects.exists()
    assert (str(proposal), title_of(proposal)) == ("Ateliers", "Nouveau service")
    accept(advisor, Proposal.objects.get(), version=0)
    service = Service.objects.get()
    assert (service.organisation, service.name, service.description) == (organisation, "Ateliers", "Le samedi.")
    assert (service.languages, service.modes, service.delay_days) == (["fr", "es"], ["on_site"], 0)
    assert (service.fees_description, service.eligibility_description) == ("Gratuit", "Adultes")
    assert (service.is_offered, service.main.location) == (True, location)
    assert list(service.themes.all()) == [theme("french")]
    proposal.refresh_from_db()
    assert (proposal.status, proposal.service) == (ProposalStatus.ACCEPTED, service)


def test_its_lines_say_it_in_words_and_leave_out_what_is_empty(organisation, own):
    propose(own, organisation, delay_days=None, fees_description="")
    said = {line.label: line.after for line in lines_of(Proposal.objects.get())}
    assert said == {
        "nom": "Ateliers", "description": "Le samedi.", "à qui il s’adresse": "Adultes",
        "langues": "français, espagnol", "façons": "Sur place", "thèmes": theme("french").label,
    }  # fmt: skip


def test_proposed_twice_it_is_one_and_changed_the_last_one_waits(organisation, own, advisor):
    first = propose(own, organisation)
    assert propose(own, organisation) == first
    assert waiting() == ["Le samedi."]
    propose(own, organisation, description="Le dimanche.")
    assert waiting() == ["Le dimanche."]
    propose(own, organisation, name="Autre service", description="Autre")
    assert sorted(waiting()) == ["Autre", "Le dimanche."]
    accept(advisor, Proposal.objects.get(after__description="Le dimanche.", status="waiting"), version=0)
    with pytest.raises(Conflict):  # the same form sent once more
        propose(own, organisation, description="Le dimanche.")


def test_refused_with_a_reason_or_withdrawn_nothing_is_made(organisation, own, advisor):
    refused = propose(own, organisation)
    refuse(advisor, refused, reason="Existe déjà ailleurs")
    refused.refresh_from_db()
    assert refused.reason == "Existe déjà ailleurs"
    withdraw(own, propose(own, organisation))
    assert (waiting(), Service.objects.count()) == ([], 0)


def test_a_name_proposed_for_the_organisation_leaves_the_service_waiting(organisation, own):
    propose(own, organisation)
    keep_organisation(own, Change(organisation, {"name": "Maison neuve", "description": "Autre"}))
    assert Proposal.objects.filter(status=ProposalStatus.WAITING).count() == 3


def test_what_is_no_more_possible_is_a_conflict(organisation, own, advisor):
    location = Location.objects.create(organisation=organisation, name="Siège")
    proposal = propose(own, organisation, location)
    location.delete()
    with pytest.raises(Conflict):
        accept(advisor, proposal, version=0)
    named = propose(own, organisation, name="Cours")
    ServiceFactory(organisation=organisation, name="Cours")
    with pytest.raises(Conflict):
        accept(advisor, named, version=0)
    assert Service.objects.count() == 1
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.WAITING


@pytest.mark.parametrize(("wrong", "field"), [({"name": " "}, "name"), ({"languages": []}, "languages")])
def test_what_is_refused_at_once(organisation, own, wrong, field):
    with pytest.raises(InvalidInput) as refused:
        propose(own, organisation, **wrong)
    assert refused.value.field == field
    with pytest.raises(InvalidInput):
        propose_service(own, ateliers(organisation), [])


def test_one_proposes_for_one_s_own_at_one_s_own_location(organisation, own, advisor):
    elsewhere = Location.objects.create(organisation=OrganisationFactory(), name="Ailleurs")
    with pytest.raises(NotAllowed):
        propose(own, organisation, elsewhere)
    for other in (worker_of(OrganisationFactory()), advisor):
        with pytest.raises(NotAllowed):
            propose(other, organisation)
    with pytest.raises(NotAllowed):
        accept(actor(Role.REGIONAL_ADVISOR, "03"), propose(own, organisation), version=0)
