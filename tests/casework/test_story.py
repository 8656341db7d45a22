"""The next thing to do on a file, and where the file is."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.enums import NeedStatus, PlanStatus, StepOwner, StepStatus
from arrimage.casework.models import File
from arrimage.casework.next_act import Act
from arrimage.casework.stages import Stage, with_next_appointment, with_stage
from arrimage.casework.story import FileStory, files_to_read
from arrimage.foundation import clock
from tests import factories as f

pytestmark = pytest.mark.django_db


def act(file: File) -> Act | None:
    following = FileStory(file).next_act
    return following.act if following else None


def stage(file: File) -> str:
    return with_stage(File.objects.filter(pk=file.pk)).get().stage


def test_from_the_first_meeting_to_the_agreed_plan() -> None:
    file = f.FileFactory()
    assert (act(file), stage(file)) == (Act.ASSESS, Stage.TO_MEET)
    f.AppointmentFactory(persons=[file.person], service_point=file.service_point)
    assert stage(file) == Stage.TO_ASSESS
    draft = f.AssessmentFactory(file=file)
    assert (act(file), stage(file)) == (Act.FINISH_ASSESSMENT, Stage.TO_ASSESS)
    draft.status, draft.completed_at = "completed", clock.now()
    draft.save()
    assert (act(file), stage(file)) == (Act.NOTE_NEED, Stage.TO_PLAN)
    need = f.NeedFactory(file=file)
    assert act(file) == Act.DRAFT_PLAN
    plan = f.PlanFactory(file=file)
    assert (act(file), stage(file)) == (Act.AGREE_PLAN, Stage.TO_AGREE)
    f.StepFactory(plan=plan, need=need, owner=StepOwner.PARTNER)
    plan.status, plan.agreed_on = PlanStatus.AGREED, clock.today()
    plan.save()
    assert (act(file), stage(file)) == (Act.REFER, Stage.UNDER_WAY)
    f.ReferralFactory(file=file, need=need, sent=True)
    assert act(file) == Act.FOLLOW_UP


def test_a_closed_file_asks_nothing() -> None:
    file = f.FileFactory(closed=True)
    assert (act(file), stage(file)) == (None, Stage.CLOSED)


@pytest.fixture
def step():
    plan = f.PlanFactory(agreed=True)
    f.AssessmentFactory(file=plan.file, completed=True)
    need = f.NeedFactory(file=plan.file, status=NeedStatus.IN_PROGRESS)
    return f.StepFactory(plan=plan, need=need, status=StepStatus.IN_PROGRESS)


def test_a_result_asks_to_close_its_step(step) -> None:
    referral = f.ReferralFactory(file=step.file, need=step.need, step=step, completed=True)
    following = FileStory(step.file).next_act
    assert (following.act, following.step, following.referral) == (Act.CLOSE_STEP, step, referral)


def test_a_result_without_a_step_asks_to_close_its_need(step) -> None:
    need = f.NeedFactory(file=step.file, status=NeedStatus.IN_PROGRESS)
    f.ReferralFactory(file=step.file, need=need, completed=True)
    following = FileStory(step.file).next_act
    assert (following.act, following.step, following.need) == (Act.CLOSE_STEP, None, need)


def test_a_need_that_came_back_is_sent_again_before_the_others(step) -> None:
    other = f.NeedFactory(file=step.file, priority=1)
    f.StepFactory(plan=step.plan, need=other, owner=StepOwner.PARTNER)
    back = f.ReferralFactory(file=step.file, declined=True).need
    following = FileStory(step.file).next_act
    assert (following.act, following.need) == (Act.REFER, back)


def test_a_late_step_nobody_carries(step) -> None:
    step.due_on = clock.today() - timedelta(days=1)
    step.save()
    following = FileStory(step.file).next_act
    assert (following.act, following.step) == (Act.FOLLOW_UP, step)
    f.ReferralFactory(file=step.file, need=step.need, step=step, sent=True)
    assert FileStory(step.file).next_act.step is None


def test_the_household_with_the_files_of_the_region() -> None:
    file, spouse = f.FileFactory(), f.PersonFactory()
    household = f.MemberFactory(person=file.person).household
    f.MemberFactory(household=household, person=spouse, relation="spouse")
    child = f.MemberFactory(household=household, relation="child").person
    own = f.FileFactory(person=spouse)
    f.FileFactory(person=child, region=f.region("03"))
    assert [(each.member.person, each.file_uid) for each in FileStory(file).household] == [
        (spouse, own.uid),
        (child, None),
    ]


def test_the_status_in_force() -> None:
    file, today = f.FileFactory(), clock.today()
    f.PersonStatusFactory(
        person=file.person,
        category="asylum_seeker",
        starts_on=today - timedelta(days=90),
        ends_on=today - timedelta(days=1),
    )
    now = f.PersonStatusFactory(person=file.person, category="refugee_recognised_here", starts_on=today)
    f.PersonStatusFactory(person=file.person, category="family", starts_on=today + timedelta(days=9))
    assert FileStory(file).status_today == now


def test_the_next_appointment_is_the_nearest_still_booked() -> None:
    file = f.FileFactory()
    common = {"persons": [file.person], "service_point": file.service_point}
    f.AppointmentFactory(**common, on=clock.today() + timedelta(days=9))
    f.AppointmentFactory(**common, on=clock.today() + timedelta(days=1), cancelled=True)
    nearest = f.AppointmentFactory(**common, on=clock.today() + timedelta(days=3))
    f.AppointmentFactory(**common, on=clock.today() - timedelta(days=3), kept=True)
    assert FileStory(file).next_appointment == nearest
    assert with_next_appointment(File.objects.all()).get().next_appointment == nearest.starts_at


def test_a_closed_plan_stays_readable_and_a_new_one_may_begin(step) -> None:
    step.plan.status = PlanStatus.CLOSED
    step.plan.save()
    story = FileStory(step.file)
    assert (story.plan, story.live_plan, story.steps) == (step.plan, None, [step])
    fresh = f.PlanFactory(file=step.file)
    assert FileStory(step.file).live_plan == fresh
    assert FileStory(step.file).steps == []


def test_who_reads_which_files() -> None:
    f.FileFactory()
    assert files_to_read(f.actor(Role.INTEGRATION_AGENT)).count() == 1
    assert files_to_read(f.actor(Role.INTEGRATION_AGENT, code="03")).count() == 0
    assert files_to_read(f.actor(Role.REGIONAL_DIRECTOR)).count() == 0
