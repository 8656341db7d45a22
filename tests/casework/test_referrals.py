"""The life of a referral: transitions, rights, history, and what comes back to the agent."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import actor_of, system_actor
from arrimage.casework import actions
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.enums import NeedStatus, Outcome, ReferralStatus, StepStatus
from arrimage.casework.models import Referral, ReferralEvent
from arrimage.casework.rules import answer_due
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


def worker_of(referral: Referral):
    return actor_of(f.OrganisationMemberFactory(organisation=referral.organisation))


def need_of(**fields: object):
    """Return a need whose person consented to be referred."""
    need = f.NeedFactory(**fields)
    f.consented(need.file)
    return need


def test_sending_keeps_what_is_shared_and_sets_the_deadline(agent) -> None:
    plan = f.PlanFactory(agreed=True)
    need = need_of(file=plan.file)
    step = f.StepFactory(plan=plan, need=need)
    (referral,) = actions.send_referrals(
        agent, [NewReferral(need, f.ServiceFactory(), step=step, message=" Le soir. ")]
    )
    assert referral.status == ReferralStatus.SENT
    assert referral.answer_due == answer_due(clock.today())
    assert referral.shared["name"] == need.file.person.full_name
    assert referral.message == "Le soir."
    need.refresh_from_db()
    step.refresh_from_db()
    assert (need.status, step.status) == (NeedStatus.IN_PROGRESS, StepStatus.IN_PROGRESS)
    event = ReferralEvent.objects.get(referral=referral)
    assert (event.from_status, event.to_status, event.actor_name) == ("draft", "sent", agent.name)


def test_the_same_service_is_not_asked_twice_for_a_need(agent) -> None:
    need, service = need_of(), f.ServiceFactory()
    actions.send_referrals(agent, [NewReferral(need, service)])
    with pytest.raises(Conflict):
        actions.send_referrals(agent, [NewReferral(need, service)])


def test_several_at_once_or_none(agent) -> None:
    need, other, service = need_of(), need_of(), f.ServiceFactory()
    sent = actions.send_referrals(agent, [NewReferral(need, service), NewReferral(other, service)])
    assert ReferralEvent.objects.filter(referral__in=sent).count() == 2
    third = need_of()
    with pytest.raises(Conflict), transaction.atomic():
        actions.send_referrals(agent, [NewReferral(third, service), NewReferral(need, service)])
    third.refresh_from_db()
    assert third.status == NeedStatus.OPEN
    assert not Referral.objects.filter(need=third).exists()


@pytest.mark.parametrize("role", [Role.RECEPTION_AGENT, Role.REGIONAL_ADVISOR, Role.REGIONAL_DIRECTOR])
def test_only_those_who_accompany_send(role: Role) -> None:
    with pytest.raises(NotAllowed):
        actions.send_referrals(f.actor(role), [NewReferral(f.NeedFactory(), f.ServiceFactory())])


def test_another_region_does_not_send() -> None:
    with pytest.raises(NotAllowed):
        actions.send_referrals(
            f.actor(Role.INTEGRATION_AGENT, code="03"), [NewReferral(f.NeedFactory(), f.ServiceFactory())]
        )


def test_nothing_is_sent_from_a_closed_file_or_need_nor_to_a_service_that_ended(agent) -> None:
    with pytest.raises(Conflict):
        actions.send_referrals(agent, [NewReferral(f.NeedFactory(file__closed=True), f.ServiceFactory())])
    with pytest.raises(InvalidInput):
        actions.send_referrals(agent, [NewReferral(f.NeedFactory(met=True), f.ServiceFactory())])
    with pytest.raises(InvalidInput):
        actions.send_referrals(agent, [NewReferral(f.NeedFactory(), f.ServiceFactory(is_offered=False))])


def test_a_partner_carries_a_referral_to_its_end() -> None:
    referral = f.ReferralFactory(sent=True)
    worker = worker_of(referral)
    later = clock.today() + timedelta(days=7)
    actions.accept_referrals(worker, [Answer(referral)])
    actions.schedule_referrals(worker, [Answer(referral, scheduled_for=later)])
    actions.miss_referrals(worker, [Answer(referral)])
    actions.schedule_referrals(worker, [Answer(referral, scheduled_for=later)])
    actions.attend_referrals(worker, [Answer(referral)])
    actions.start_referrals(worker, [Answer(referral)])
    actions.complete_referrals(worker, [Answer(referral, outcome=Outcome.PARTLY, note="Niveau 3.")])
    referral.refresh_from_db()
    assert (referral.status, referral.outcome, referral.result_note) == ("completed", "partly", "Niveau 3.")
    assert list(referral.events.values_list("to_status", flat=True)) == [
        "accepted", "scheduled", "no_show", "scheduled", "attended", "started", "completed",
    ]  # fmt: skip


def test_another_organisation_does_not_answer() -> None:
    referral = f.ReferralFactory(sent=True)
    with pytest.raises(NotAllowed):
        actions.accept_referrals(actor_of(f.OrganisationMemberFactory()), [Answer(referral)])


def test_the_agent_notes_an_answer_received_by_telephone(agent) -> None:
    referral = f.ReferralFactory(sent=True)
    actions.accept_referrals(agent, [Answer(referral)])
    assert referral.events.get().actor_name == agent.name


def test_a_refusal_gives_the_need_and_the_step_back(agent) -> None:
    plan = f.PlanFactory(agreed=True)
    need = need_of(file=plan.file)
    step = f.StepFactory(plan=plan, need=need)
    (referral,) = actions.send_referrals(agent, [NewReferral(need, f.ServiceFactory(), step=step)])
    actions.decline_referrals(worker_of(referral), [Answer(referral, reason="no_place")])
    need.refresh_from_db()
    step.refresh_from_db()
    assert (need.status, step.status) == (NeedStatus.OPEN, StepStatus.TODO)


def test_a_need_carried_by_another_referral_does_not_come_back(agent) -> None:
    need = need_of()
    first, _second = actions.send_referrals(
        agent, [NewReferral(need, f.ServiceFactory()), NewReferral(need, f.ServiceFactory())]
    )
    actions.cancel_referrals(agent, [Answer(first, note="Erreur.")])
    need.refresh_from_db()
    assert need.status == NeedStatus.IN_PROGRESS


def test_a_refusal_needs_a_known_reason() -> None:
    referral = f.ReferralFactory(sent=True)
    for reason in ("", "parce que"):
        with pytest.raises(InvalidInput) as error:
            actions.decline_referrals(worker_of(referral), [Answer(referral, reason=reason)])
        assert error.value.field == "reason"


def test_what_each_change_needs() -> None:
    accepted = f.ReferralFactory(accepted=True)
    worker = worker_of(accepted)
    with pytest.raises(InvalidInput):
        actions.schedule_referrals(worker, [Answer(accepted)])
    with pytest.raises(InvalidInput):
        actions.stop_referrals(worker, [Answer(accepted, note=" ")])
    started = f.ReferralFactory(started=True, service=accepted.service)
    with pytest.raises(InvalidInput):
        actions.complete_referrals(worker, [Answer(started, outcome="merveilleux")])


@pytest.mark.parametrize(
    "state", ["sent", "declined", "expired", "scheduled", "completed", "stopped"], ids=lambda state: state
)
def test_the_table_refuses_what_it_does_not_list(agent, state: str) -> None:
    referral = f.ReferralFactory(**{state: True})
    with pytest.raises(TransitionNotAllowed):
        actions.start_referrals(agent, [Answer(referral)])


def test_the_database_refuses_it_too() -> None:
    referral = f.ReferralFactory(declined=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(status="sent")


def test_history_is_never_rewritten(agent) -> None:
    referral = f.ReferralFactory(sent=True)
    actions.cancel_referrals(agent, [Answer(referral, note="Erreur.")])
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralEvent.objects.filter(referral=referral).update(note="")


def test_a_referral_expires_after_its_last_day_only() -> None:
    clockwork = system_actor("clock", Right.ACCOMPANY)
    due = f.ReferralFactory(sent=True)
    with pytest.raises(InvalidInput):
        actions.expire_referrals(clockwork, [Answer(due, on=due.answer_due)])
    actions.expire_referrals(clockwork, [Answer(due, on=due.answer_due + timedelta(days=1))])
    due.refresh_from_db()
    assert due.status == ReferralStatus.EXPIRED
    assert due.events.get().actor_name == "clock"


def test_a_partner_does_not_cancel(agent) -> None:
    referral = f.ReferralFactory(sent=True)
    with pytest.raises(NotAllowed):
        actions.cancel_referrals(worker_of(referral), [Answer(referral, note="Non.")])
    with pytest.raises(InvalidInput):
        actions.cancel_referrals(agent, [Answer(referral)])


def test_bulk_is_the_single_one_repeated(agent) -> None:
    referrals = f.ReferralFactory.create_batch(3, sent=True)
    actions.accept_referrals(agent, [Answer(referral) for referral in referrals])
    assert set(Referral.objects.values_list("status", flat=True)) == {"accepted"}
    assert ReferralEvent.objects.count() == 3
