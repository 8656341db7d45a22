"""A file taken up by another region: nothing lost, nothing twice, the clock goes on."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.actions.handovers import Move, hand_over, undo_handover
from arrimage.casework.actions.transfers import (
    Wanted,
    accept_transfer,
    propose_transfer,
    refuse_transfer,
    see_answer,
    withdraw_transfer,
)
from arrimage.casework.enums import FileStatus, NeedStatus, PlanStatus, StepStatus
from arrimage.casework.models import File, Need, Plan, Step, Transfer, TransferredFile
from arrimage.casework.queries import files_visible_to
from arrimage.casework.team import transfers_needing_action
from arrimage.casework.todo import todo
from arrimage.casework.todo_reasons import Reason
from arrimage.casework.transfer_enums import TransferGround, TransferStatus
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.privacy.consents.enums import Purpose
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def laval():
    return f.actor(Role.TEAM_LEAD, code="13")


@pytest.fixture
def file():
    made = f.FileFactory()
    f.ConsentFactory(person=made.person, purpose=Purpose.ACCOMPANIMENT)
    return made


@pytest.fixture
def wanted():
    return Wanted(f.ServicePointFactory(region=f.region("13")), "Déménagée à Laval.", TransferGround.AGREED)


def test_what_is_open_goes_and_what_is_done_stays(agent, laval, file, wanted) -> None:
    need, met = f.NeedFactory(file=file), f.NeedFactory(file=file, met=True)
    plan = f.PlanFactory(file=file, agreed=True)
    step, done = f.StepFactory(plan=plan, need=need), f.StepFactory(plan=plan, done=True)
    planned = f.PlannedContactFactory(file=file)
    (new,) = accept_transfer(laval, propose_transfer(agent, [file], wanted))
    for each in (file, need, met, plan, step, done, planned):
        each.refresh_from_db()
    assert (file.status, file.closed_on) == (FileStatus.TRANSFERRED, clock.today())
    assert (new.person_id, new.service_point, new.status) == (file.person_id, wanted.to, FileStatus.ACTIVE)
    assert (new.arrived_on, new.first_appointment_due) == (file.arrived_on, file.first_appointment_due)
    assert new.number.startswith("LAV") or new.number != file.number
    (carried,) = Need.objects.filter(file=new)
    assert (carried.label, carried.noted_on, need.status, met.status) == (
        need.label, need.noted_on, NeedStatus.WITHDRAWN, NeedStatus.MET
    )  # fmt: skip
    (copied,) = Step.objects.filter(file=new)
    assert (copied.title, copied.due_on, copied.need) == (step.title, step.due_on, carried)
    assert (step.status, done.status, plan.status) == (StepStatus.DROPPED, StepStatus.DONE, PlanStatus.CLOSED)
    assert Plan.objects.get(file=new).status == PlanStatus.DRAFT
    assert planned.status == "cancelled"
    assert TransferredFile.objects.get().new_file == new


def test_a_household_goes_together(agent, laval, wanted) -> None:
    files = [f.FileFactory() for _each in range(3)]
    for each in files:
        f.ConsentFactory(person=each.person, purpose=Purpose.ACCOMPANIMENT)
    new = accept_transfer(laval, propose_transfer(agent, files, wanted))
    assert [each.person_id for each in new] == [each.person_id for each in files]


def test_it_is_accepted_once(agent, laval, file, wanted) -> None:
    transfer = propose_transfer(agent, [file], wanted)
    accept_transfer(laval, transfer)
    for again in (
        lambda: accept_transfer(laval, transfer),
        lambda: refuse_transfer(laval, transfer, "Trop tard"),
        lambda: withdraw_transfer(agent, transfer),
    ):
        with pytest.raises(Conflict):
            again()
    assert File.objects.filter(person=file.person).count() == 2


def test_refused_it_stays_and_may_be_asked_again(agent, laval, file, wanted) -> None:
    transfer = propose_transfer(agent, [file], wanted)
    assert [task.uid for task in transfers_needing_action(laval)] == [transfer.uid]
    with pytest.raises(InvalidInput):
        refuse_transfer(laval, transfer, " ")
    refuse_transfer(laval, transfer, "Aucune place ce mois-ci.")
    file.refresh_from_db()
    assert file.status == FileStatus.ACTIVE
    assert transfers_needing_action(laval) == []
    assert [task.detail for task in transfers_needing_action(agent)] == ["Aucune place ce mois-ci."]
    see_answer(agent, transfer)
    assert transfers_needing_action(agent) == []
    withdraw_transfer(agent, propose_transfer(agent, [file], wanted))


def test_the_other_region_sees_nothing_of_the_person_before_it_accepts(agent, laval, file, wanted) -> None:
    transfer = propose_transfer(agent, [file], wanted)
    assert not files_visible_to(laval).exists()
    assert file.person.family_name not in str(transfer.shown)
    (new,) = accept_transfer(laval, transfer)
    assert list(files_visible_to(laval)) == [new]
    assert [task.file_uid for task in todo(laval)[Reason.TO_ASSIGN]] == [new.uid]


def test_what_is_under_way_is_settled_first(agent, laval, file, wanted) -> None:
    transfer = propose_transfer(agent, [file], wanted)
    referral = f.ReferralFactory(file=file, sent=True)
    with pytest.raises(Conflict):
        accept_transfer(laval, transfer)
    assert Transfer.objects.get().status == TransferStatus.PROPOSED
    referral.delete()
    withdraw_transfer(agent, transfer)
    f.AppointmentFactory(persons=[file.person], on=clock.today() + timedelta(days=2))
    with pytest.raises(Conflict):
        propose_transfer(agent, [file], wanted)


def test_what_is_refused(agent, laval, file, wanted) -> None:
    with pytest.raises(Conflict):
        propose_transfer(agent, [f.FileFactory()], wanted)  # agrees to nothing
    propose_transfer(agent, [f.FileFactory()], Wanted(wanted.to, wanted.reason, TransferGround.MOVED))
    with pytest.raises(InvalidInput):
        propose_transfer(agent, [file], Wanted(wanted.to, " ", wanted.ground))
    with pytest.raises(InvalidInput):
        propose_transfer(agent, [file], Wanted(f.ServicePointFactory(), wanted.reason, wanted.ground))
    transfer = propose_transfer(agent, [file], wanted)
    with pytest.raises(Conflict):
        propose_transfer(agent, [file], wanted)
    for stranger in (agent, f.actor(Role.INTEGRATION_AGENT, code="13"), f.actor(Role.TEAM_LEAD, code="03")):
        with pytest.raises(NotAllowed):
            accept_transfer(stranger, transfer)
    f.FileFactory(person=file.person, region=f.region("13"))
    with pytest.raises(Conflict):
        accept_transfer(laval, transfer)


def test_inside_the_region_a_lead_sends_it_at_once_and_may_take_it_back() -> None:
    lead = f.actor(Role.TEAM_LEAD)
    point = f.ServicePointFactory()
    file = f.FileFactory(agent=f.RoleGrantFactory(role=Role.INTEGRATION_AGENT).user)
    before = (file.agent_id, file.service_point_id, file.first_appointment_due)
    handover = hand_over(lead, [Move(file, None, point)], "Plus près de chez elle")
    file.refresh_from_db()
    assert (file.agent_id, file.service_point_id, file.first_appointment_due) == (None, point.pk, before[2])
    assert [task.file_uid for task in todo(lead)[Reason.TO_ASSIGN]] == [file.uid]
    undo_handover(lead, handover)
    file.refresh_from_db()
    assert (file.agent_id, file.service_point_id, file.first_appointment_due) == before
    with pytest.raises(InvalidInput):
        hand_over(lead, [Move(file, None, f.ServicePointFactory(region=f.region("13")))], "Ailleurs")
