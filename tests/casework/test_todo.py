"""What needs an agent: each reason, whose, how urgent, how many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrimage.accounts.enums import STAFF_ROLES, Role
from arrimage.casework.enums import NeedStatus, StepOwner, StepStatus
from arrimage.casework.todo import SHOWN, todo
from arrimage.casework.todo_reasons import Reason, late_counts, waiting
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from arrimage.people.enums import Relation
from arrimage.territory.working_days import add_working_days
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def mine(actor):
    """Make a file of the agent's, whose first appointment was kept."""

    def make(**fields):
        fields.setdefault("opened_on", clock.today() - timedelta(days=40))
        file = f.FileFactory(agent_id=actor.user_id, **fields)
        f.AppointmentFactory(
            persons=[file.person], service_point=file.service_point, on=file.opened_on + timedelta(days=1), kept=True
        )
        return file

    return make


def reasons(actor) -> list[Reason]:
    return list(todo(actor))


def test_nothing_to_do_says_nothing(actor, mine) -> None:
    mine()
    assert todo(actor) == {}


def test_appointment_of_the_day_says_its_hour_and_the_others(actor, mine) -> None:
    file = mine()
    appointment = f.AppointmentFactory(
        persons=[file.person], agent_id=actor.user_id, service_point=file.service_point, on=clock.today()
    )
    appointment.persons.add(f.PersonFactory())
    (task,) = todo(actor)[Reason.APPOINTMENT]
    assert task.at == clock.at(clock.today(), 10)
    assert (task.name, task.others, task.file_uid) == (str(file.person), 1, file.uid)


def test_appointments_of_others_and_those_cancelled_are_not_mine(actor, mine) -> None:
    file = mine()
    f.AppointmentFactory(persons=[file.person], service_point=file.service_point, on=clock.today())
    f.AppointmentFactory(
        persons=[file.person],
        agent_id=actor.user_id,
        service_point=file.service_point,
        on=clock.today(),
        cancelled=True,
    )
    assert Reason.APPOINTMENT not in todo(actor)


def test_past_appointment_without_outcome(actor, mine) -> None:
    file = mine()
    day = clock.today() - timedelta(days=3)
    f.AppointmentFactory(persons=[file.person], agent_id=actor.user_id, service_point=file.service_point, on=day)
    (task,) = todo(actor)[Reason.OUTCOME_MISSING]
    assert task.since == day


@pytest.mark.parametrize(
    ("due_in", "shown"), [(-3, True), (0, True), (2, True), (3, False)], ids=["late", "today", "at risk", "far"]
)
def test_first_appointment_clock(actor, due_in: int, shown: bool) -> None:
    due = add_working_days(clock.today(), due_in)
    f.FileFactory(agent_id=actor.user_id, arrived_on=clock.today() - timedelta(days=9), first_appointment_due=due)
    assert (reasons(actor) == [Reason.FIRST_APPOINTMENT]) is shown


def test_first_appointment_booked_stops_the_clock(actor) -> None:
    file = f.FileFactory(agent_id=actor.user_id, first_appointment_due=clock.today())
    f.AppointmentFactory(persons=[file.person], service_point=file.service_point)
    assert todo(actor) == {}


def test_missed_first_appointment_starts_the_clock_again(actor) -> None:
    file = f.FileFactory(agent_id=actor.user_id, first_appointment_due=clock.today())
    f.AppointmentFactory(persons=[file.person], service_point=file.service_point, no_show=True)
    assert reasons(actor) == [Reason.FIRST_APPOINTMENT]


def test_children_are_received_with_their_parents(actor) -> None:
    file = f.FileFactory(agent_id=actor.user_id, first_appointment_due=clock.today())
    f.MemberFactory(person=file.person, relation=Relation.CHILD)
    assert todo(actor) == {}


@pytest.mark.parametrize("state", ["declined", "expired", "stopped"])
def test_need_that_came_back(actor, mine, state: str) -> None:
    referral = f.ReferralFactory(file=mine(), **{state: True})
    (task,) = todo(actor)[Reason.CAME_BACK]
    assert task.uid == referral.need.uid
    assert task.detail == referral.service.name


def test_need_sent_elsewhere_or_closed_is_no_longer_back(actor, mine) -> None:
    again = f.ReferralFactory(file=mine(), declined=True)
    f.ReferralFactory(file=again.file, need=again.need, sent=True)
    closed = f.NeedFactory(file=mine(), met=True)
    f.ReferralFactory(file=closed.file, need=closed, declined=True)
    assert Reason.CAME_BACK not in todo(actor)


def test_only_the_last_refusal_of_a_need_counts(actor, mine) -> None:
    first = f.ReferralFactory(file=mine(), declined=True)
    f.ReferralFactory(file=first.file, need=first.need, declined=True)
    assert len(todo(actor)[Reason.CAME_BACK]) == 1


@pytest.mark.parametrize(
    ("sent_ago", "expected"),
    [(4, []), (5, [Reason.NO_ANSWER]), (10, [Reason.NO_ANSWER]), (11, [Reason.EXPIRED])],
    ids=["fresh", "to remind", "last day", "past"],
)
def test_unanswered_referral(actor, mine, sent_ago: int, expected: list[Reason]) -> None:
    today = clock.today()
    assert add_working_days(add_working_days(today, -sent_ago), sent_ago) >= today
    f.ReferralFactory(file=mine(), sent=True, sent_on=add_working_days(today, -sent_ago))
    assert reasons(actor) == expected


def test_result_with_an_open_step(actor, mine) -> None:
    plan = f.PlanFactory(file=mine(), agreed=True)
    need = f.NeedFactory(file=plan.file, status=NeedStatus.IN_PROGRESS)
    step = f.StepFactory(plan=plan, need=need, status=StepStatus.IN_PROGRESS)
    referral = f.ReferralFactory(file=plan.file, need=need, step=step, completed=True)
    (task,) = todo(actor)[Reason.RESULT]
    assert task.uid == referral.uid


def test_result_already_settled(actor, mine) -> None:
    plan = f.PlanFactory(file=mine(), agreed=True)
    need = f.NeedFactory(file=plan.file, met=True)
    f.ReferralFactory(file=plan.file, need=need, step=f.StepFactory(plan=plan, need=need, done=True), completed=True)
    f.ReferralFactory(file=plan.file, need=need, completed=True)
    assert todo(actor) == {}


def test_overdue_step_of_an_agreed_plan(actor, mine) -> None:
    plan = f.PlanFactory(file=mine(), agreed=True)
    step = f.StepFactory(plan=plan, due_on=clock.today() - timedelta(days=1), owner=StepOwner.PERSON)
    f.StepFactory(plan=plan, due_on=clock.today())
    f.StepFactory(plan=plan, due_on=clock.today() - timedelta(days=9), done=True)
    (task,) = todo(actor)[Reason.STEP_OVERDUE]
    assert (task.uid, task.detail) == (step.uid, step.title)


def test_step_with_a_partner_waits_for_the_partner(actor, mine) -> None:
    plan = f.PlanFactory(file=mine(), agreed=True)
    step = f.StepFactory(plan=plan, due_on=clock.today() - timedelta(days=1))
    f.ReferralFactory(file=plan.file, step=step, accepted=True)
    assert todo(actor) == {}


def test_assessment_to_finish_then_plan_to_draft_then_to_agree(actor, mine) -> None:
    draft = f.AssessmentFactory(file=mine())
    assert reasons(actor) == [Reason.TO_FINISH]
    f.AssessmentFactory(file=draft.file, completed=True)
    f.NeedFactory(file=draft.file)
    type(draft).objects.filter(pk=draft.pk).delete()
    assert reasons(actor) == [Reason.TO_PLAN]
    f.PlanFactory(file=draft.file)
    assert reasons(actor) == [Reason.TO_AGREE]


def test_assessed_without_a_need_calls_for_no_plan(actor, mine) -> None:
    f.AssessmentFactory(file=mine(), completed=True)
    assert todo(actor) == {}


def test_closed_files_need_nobody(actor) -> None:
    file = f.FileFactory(agent_id=actor.user_id, closed=True)
    f.ReferralFactory(file=file, declined=True)
    f.PlanFactory(file=file)
    assert todo(actor) == {}


def test_an_agent_sees_their_own_files_and_a_lead_the_team_s(mine) -> None:
    lead = f.actor(Role.TEAM_LEAD)
    other = f.FileFactory(agent=f.UserFactory(), opened_on=clock.today(), arrived_on=None)
    f.PlanFactory(file=other)
    f.PlanFactory(file=mine(arrived_on=None))
    assert len(todo(lead)[Reason.TO_AGREE]) == 2
    assert len(todo(f.actor(Role.TEAM_LEAD, service_point=other.service_point))[Reason.TO_AGREE]) == 1
    assert todo(f.actor(Role.TEAM_LEAD, code="03")) == {}


def test_nearest_deadline_first_and_one_more_than_shown(actor) -> None:
    for days in range(SHOWN + 3):
        f.FileFactory(agent_id=actor.user_id, first_appointment_due=clock.today() - timedelta(days=days))
    tasks = todo(actor)[Reason.FIRST_APPOINTMENT]
    assert len(tasks) == SHOWN + 1
    assert [task.due for task in tasks] == sorted(task.due for task in tasks)


@pytest.mark.parametrize("count", [1, 20])
def test_the_same_few_queries(actor, mine, count: int) -> None:
    for _ in range(count):
        f.ReferralFactory(file=mine(), declined=True)
        f.PlanFactory(file=mine())
    with CaptureQueriesContext(connection) as queries:
        todo(actor)
    assert len(queries) == 2  # the rows, the files


@pytest.mark.parametrize("role", sorted(STAFF_ROLES - {Role.INTEGRATION_AGENT, Role.TEAM_LEAD}))
def test_nobody_else_sees_files(mine, role: Role) -> None:
    f.PlanFactory(file=mine())
    stranger = f.actor(role)
    assert todo(stranger) == {}
    assert not waiting(stranger, Reason.TO_AGREE).exists()


def test_the_director_counts_what_is_late_in_the_region(mine) -> None:
    f.FileFactory(first_appointment_due=clock.today() - timedelta(days=1))
    f.FileFactory(first_appointment_due=clock.today())
    f.FileFactory(region=f.region("03"), first_appointment_due=clock.today() - timedelta(days=1))
    f.ReferralFactory(file=mine(), declined=True)
    director = f.actor(Role.REGIONAL_DIRECTOR)
    with CaptureQueriesContext(connection) as queries:
        counts = late_counts(director)
    assert counts[Reason.FIRST_APPOINTMENT] == 1
    assert counts[Reason.CAME_BACK] == 1
    assert counts[Reason.STEP_OVERDUE] == 0
    assert len(queries) == 1 + 4  # who asks, and back
    with pytest.raises(NotAllowed):
        late_counts(f.actor(Role.RECEPTION_AGENT))
