"""What an organisation changes: at once, or proposed; an advisor accepts or refuses; a record that moved is seen."""

from datetime import time
from decimal import Decimal

import pytest

from arrimage.accounts.enums import Role
from arrimage.directory.enums import Operation, ProposalStatus
from arrimage.directory.models import Contact, CostOption, EligibilityRule, Proposal, Schedule, Service
from arrimage.directory.part_actions import add_parts, edit_parts
from arrimage.directory.upkeep.keeping import keep_organisation, keep_service, propose_part
from arrimage.directory.upkeep.proposal_words import lines_of, title_of
from arrimage.directory.upkeep.proposals import accept, proposals_visible_to, refuse, withdraw
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from tests.factories import OrganisationFactory, ServiceFactory, actor, region, worker_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return ServiceFactory(name="Cours", description="Le soir.", delay_days=5)


@pytest.fixture
def own(service):
    return worker_of(service.organisation)


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def proposed(own, service, **values) -> Proposal:
    service = Service.objects.get(pk=service.pk)
    [proposal] = keep_service(own, Change(service, values, service.version)).proposals
    return proposal


def test_the_name_is_proposed_the_delay_is_changed(own, service):
    kept = keep_service(own, Change(service, {"name": "Cours du soir", "delay_days": 3}, service.version))
    service.refresh_from_db()
    assert (service.name, service.delay_days, kept.changed) == ("Cours", 3, True)
    [proposal] = kept.proposals
    assert (proposal.before, proposal.after) == ({"name": "Cours"}, {"name": "Cours du soir"})
    [line] = lines_of(proposal)
    assert title_of(proposal).replace("\u00a0", " ") == "Modifier : nom"
    assert (line.before, line.after, line.now) == ("Cours", "Cours du soir", "")


def test_accepted_it_is_written(own, advisor, service):
    proposal = proposed(own, service, description="Le jour.")
    service.refresh_from_db()
    accept(advisor, proposal, version=service.version)
    service.refresh_from_db()
    proposal.refresh_from_db()
    assert (service.description, proposal.status) == ("Le jour.", ProposalStatus.ACCEPTED)
    with pytest.raises(TransitionNotAllowed):
        accept(advisor, proposal, version=service.version)


def test_a_record_that_changed_meanwhile_is_a_conflict_and_is_shown(own, advisor, service):
    proposal = proposed(own, service, name="Cours du soir")
    read = Service.objects.get(pk=service.pk).version
    Service.objects.filter(pk=service.pk).update(name="Ateliers")
    with pytest.raises(Conflict):
        accept(advisor, proposal, version=read)
    [line] = lines_of(Proposal.objects.get())
    assert line.now == "Ateliers"


def test_refused_with_a_reason(own, advisor, service):
    proposal = proposed(own, service, name="Autre")
    with pytest.raises(InvalidInput):
        refuse(advisor, proposal, reason=" ")
    refuse(advisor, proposal, reason="Trop long")
    proposal.refresh_from_db()
    service.refresh_from_db()
    assert (proposal.status, proposal.reason, service.name) == (ProposalStatus.REFUSED, "Trop long", "Cours")


def test_proposed_again_the_first_is_withdrawn_and_one_may_withdraw(own, service):
    first, second = proposed(own, service, name="Un"), proposed(own, service, name="Deux")
    proposed(own, service, description="Autre chose")
    first.refresh_from_db()
    assert first.status == ProposalStatus.WITHDRAWN
    withdraw(own, second)
    assert Proposal.objects.filter(status=ProposalStatus.WAITING).count() == 1


def test_ages_go_together(own, service):
    proposal = proposed(own, service, minimum_age=16, maximum_age=30)
    assert proposal.after == {"minimum_age": 16, "maximum_age": 30}
    assert [line.label for line in lines_of(proposal)] == ["âge minimal", "âge maximal"]


def test_a_cost_is_proposed_added_changed_and_removed(own, advisor, service):
    new = CostOption(service=service, option="Matériel", amount=Decimal("12.50"))
    with pytest.raises(NotAllowed):
        add_parts(own, [new])
    proposal = propose_part(own, Operation.ADD, new)
    assert not CostOption.objects.exists()
    accept(advisor, proposal, version=None)
    cost = CostOption.objects.get()
    assert (cost.amount, cost.option) == (Decimal("12.50"), "Matériel")
    change = propose_part(own, Operation.CHANGE, cost, {"amount": Decimal("0")})
    change.refresh_from_db()
    [line] = lines_of(change)
    assert ("12,50" in line.before, "Gratuit" in line.after, line.now) == (True, True, "")
    accept(advisor, change, version=cost.version)
    cost.refresh_from_db()
    removal = propose_part(own, Operation.REMOVE, cost)
    with pytest.raises(Conflict):
        accept(advisor, removal, version=cost.version - 1)
    accept(advisor, removal, version=cost.version)
    assert not CostOption.objects.exists()


def test_a_rule_comes_back_whole(own, advisor, service):
    rule = EligibilityRule(
        service=service, categories=["state_supported_refugee"], months_less_than=24, region=region("06")
    )
    proposal = propose_part(own, Operation.ADD, rule)
    proposal.refresh_from_db()
    assert "moins de 24 mois" in lines_of(proposal)[0].after
    accept(advisor, proposal, version=None)
    made = EligibilityRule.objects.get()
    assert (made.categories, made.months_less_than, made.region) == (["state_supported_refugee"], 24, region("06"))


def test_what_is_no_more_cannot_be_changed(own, advisor, service):
    cost = CostOption.objects.create(service=service, option="Matériel")
    proposal = propose_part(own, Operation.CHANGE, cost, {"option": "Livres"})
    CostOption.objects.all().delete()
    assert lines_of(Proposal.objects.get())[0].now == "N’existe plus"
    with pytest.raises(Conflict):
        accept(advisor, proposal, version=1)


def test_hours_and_contacts_take_effect_at_once(own, service):
    add_parts(own, [Schedule(service=service, byday="MO", opens_at=time(9), closes_at=time(12))])
    add_parts(own, [Contact(service=service, name="Accueil", is_public=False)])
    contact = Contact.objects.get()
    edit_parts(own, Contact, [Change(contact, {"name": "Bureau"})])
    contact.refresh_from_db()
    assert (contact.name, Schedule.objects.count()) == ("Bureau", 1)


def test_what_the_directorate_keeps_is_refused(own, service):
    with pytest.raises(NotAllowed):
        keep_service(own, Change(service, {"is_offered": False}, service.version))
    with pytest.raises(NotAllowed):
        keep_organisation(own, Change(service.organisation, {"neq": "1234567890"}))


def test_nobody_reaches_another_s(own, advisor, service):
    proposal = proposed(own, service, name="Autre")
    other = worker_of(OrganisationFactory())
    assert list(proposals_visible_to(other)) == []
    assert list(proposals_visible_to(actor(Role.REGIONAL_ADVISOR, "03"))) == []
    assert list(proposals_visible_to(own)) == list(proposals_visible_to(advisor)) == [proposal]
    with pytest.raises(NotAllowed):
        keep_service(other, Change(service, {"delay_days": 1}))
    with pytest.raises(NotAllowed):
        withdraw(other, proposal)
    with pytest.raises(NotAllowed):
        accept(own, proposal, version=service.version)
    with pytest.raises(NotAllowed):
        add_parts(other, [Schedule(service=service, byday="MO")])
