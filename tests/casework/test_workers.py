"""Who follows a referral at an organisation, and who works there; how much it has in hand."""

from datetime import timedelta

import pytest
from django.core import mail

from arrimage.accounts.enums import PARTNER_ROLES, Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import actor_of
from arrimage.casework.actions.workers import (
    NewWorker,
    end_workers,
    hand_referrals,
    invite_workers,
    take_referrals,
)
from arrimage.casework.models import Referral
from arrimage.casework.workload import workload
from arrimage.directory.models import OrganisationMember
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.territory.working_days import add_working_days
from tests import factories as f

pytestmark = pytest.mark.django_db


def link(token: str) -> str:
    return f"https://arrimage.example/{token}"


@pytest.fixture
def referral() -> Referral:
    return f.ReferralFactory(accepted=True)


def somebody(referral, role=Role.PARTNER_WORKER):
    member = f.OrganisationMemberFactory(organisation=referral.organisation, role=role)
    return member, actor_of(member)


@pytest.fixture
def manager(referral):
    return somebody(referral, Role.PARTNER_MANAGER)[1]


def test_a_worker_takes_a_referral_and_the_manager_gives_it_to_another(referral, manager) -> None:
    member, worker = somebody(referral)
    [taken] = take_referrals(worker, [referral])
    assert taken.worker_id == member.user_id
    other, _actor = somebody(referral)
    [handed] = hand_referrals(manager, [referral], other.user)
    assert handed.worker_id == other.user_id
    with pytest.raises(NotAllowed):
        hand_referrals(worker, [referral], member.user)


def test_a_referral_is_not_given_to_somebody_from_elsewhere_nor_taken_by_them(referral, manager) -> None:
    stranger = f.OrganisationMemberFactory(role=Role.PARTNER_WORKER)
    with pytest.raises(InvalidInput):
        hand_referrals(manager, [referral], stranger.user)
    elsewhere = actor_of(stranger)
    with pytest.raises(NotAllowed):
        take_referrals(elsewhere, [referral])


def test_a_manager_invites_somebody_to_their_own_organisation(
    referral, manager, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        [member] = invite_workers(manager, [NewWorker("Nouvelle@Organisme.example", "Nouvelle Venue")], link=link)
    assert (member.organisation_id, member.role) == (referral.organisation_id, Role.PARTNER_WORKER)
    assert member.user.email == "nouvelle@organisme.example"
    assert not member.user.has_usable_password()
    [message] = mail.outbox
    assert message.to == ["nouvelle@organisme.example"]
    assert "https://arrimage.example/" in message.body


def test_an_address_already_known_is_refused_whoever_it_is(manager) -> None:
    known = f.UserFactory(email="agente@ministere.example", name="Agente Secrète")
    with pytest.raises(InvalidInput) as refusal:
        invite_workers(manager, [NewWorker(known.email, "X")], link=link)
    assert "Secrète" not in str(refusal.value)
    assert User.objects.filter(email=known.email).count() == 1


@pytest.mark.parametrize("role", [Role.PARTNER_WORKER, Role.TEAM_LEAD, Role.ADMINISTRATOR])
def test_only_a_manager_invites(referral, role) -> None:
    actor = f.worker_of(referral.organisation) if role in PARTNER_ROLES else f.actor(role)
    with pytest.raises(NotAllowed):
        invite_workers(actor, [NewWorker("a@b.example", "A")], link=link)


def test_no_role_of_the_directorate_is_given(manager) -> None:
    with pytest.raises(InvalidInput):
        invite_workers(manager, [NewWorker("a@b.example", "A", Role.TEAM_LEAD)], link=link)


def test_who_leaves_no_longer_follows_anything(referral, manager) -> None:
    member, worker = somebody(referral)
    take_referrals(worker, [referral])
    OrganisationMember.objects.filter(pk=member.pk).update(starts_on=clock.today() - timedelta(days=30))
    end_workers(manager, [member], ends_on=clock.today() - timedelta(days=1))
    member.refresh_from_db()
    referral.refresh_from_db()
    assert (member.ends_on, referral.worker_id) == (clock.today() - timedelta(days=1), None)


def test_neither_oneself_nor_somebody_elsewhere_is_ended(referral, manager) -> None:
    own = OrganisationMember.objects.get(user=manager.user_id)
    for member in (own, f.OrganisationMemberFactory(role=Role.PARTNER_WORKER)):
        with pytest.raises(NotAllowed):
            end_workers(manager, [member], ends_on=clock.today())


def test_the_workload_counts_what_is_over_and_names_nobody(referral) -> None:
    service, today = referral.service, clock.today()
    sent = add_working_days(today, -4)
    for state in ("sent", "started", "completed", "declined"):
        made = f.ReferralFactory(**{state: True}, service=service, sent_on=sent)
        if state != "sent":
            Referral.objects.filter(pk=made.pk).update(answered_on=add_working_days(sent, 2))
    long_ago = today - timedelta(days=200)
    f.ReferralFactory(completed=True, service=service, sent_on=long_ago, ended_on=long_ago)
    f.ReferralFactory(sent=True)  # of another organisation
    [load] = workload(f.worker_of(referral.organisation))
    assert (load.service, load.waiting, load.under_way, load.ended) == (service.name, 1, 2, 2)
    assert load.endings == {"Terminée": 1, "Refusée": 1}
    assert load.delay == 2  # of 0, 2, 2 and 2 working days
    assert workload(f.actor(Role.TEAM_LEAD)) == []


def test_the_workload_costs_the_same_for_many(referral, django_assert_num_queries) -> None:
    actor = f.worker_of(referral.organisation)
    organisation = referral.organisation
    for _ in range(3):
        f.ReferralFactory(completed=True, service=f.ServiceFactory(organisation=organisation))
    with django_assert_num_queries(7):  # three counts; the others say who acts
        assert len(workload(actor)) == 4
