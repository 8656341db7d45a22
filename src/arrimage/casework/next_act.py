"""The one thing to do next on a file, from its story."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from arrimage.casework.enums import NeedStatus, PlanStatus, ReferralStatus, StepOwner
from arrimage.casework.models import Need, Referral, Step
from arrimage.foundation import clock

if TYPE_CHECKING:
    from arrimage.casework.story import FileStory


class Act(StrEnum):
    """The next thing to do on a file."""

    ASSESS = "assess"
    FINISH_ASSESSMENT = "finish_assessment"
    NOTE_NEED = "note_need"
    DRAFT_PLAN = "draft_plan"
    AGREE_PLAN = "agree_plan"
    CLOSE_STEP = "close_step"
    REFER = "refer"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class NextAct:
    """What to do next, and on which step, need or referral where that matters."""

    act: Act
    step: Step | None = None
    need: Need | None = None
    referral: Referral | None = None


def next_act(story: "FileStory") -> NextAct | None:
    """Return the one thing to do now; None on a closed file."""
    if not story.is_open:
        return None
    if story.draft:
        return NextAct(Act.FINISH_ASSESSMENT)
    if story.plan is None and story.assessed is None:
        return NextAct(Act.ASSESS)
    if story.live_plan is None:
        return NextAct(Act.DRAFT_PLAN if story.open_needs else Act.NOTE_NEED)
    if story.live_plan.status == PlanStatus.DRAFT:
        return NextAct(Act.AGREE_PLAN)
    return _settle_result(story) or _refer_again(story) or _refer(story) or _late_step(story) or NextAct(Act.FOLLOW_UP)


def _settle_result(story: "FileStory") -> NextAct | None:
    """The result received whose step (or, where there is none, whose need) is still open."""
    for referral in story.referrals:
        if referral.status != ReferralStatus.COMPLETED:
            continue
        if referral.step_id is None and referral.need.closed_on is None:
            return NextAct(Act.CLOSE_STEP, need=referral.need, referral=referral)
        step = next((step for step in story.open_steps if step.pk == referral.step_id), None)
        if step:
            return NextAct(Act.CLOSE_STEP, step=step, need=referral.need, referral=referral)
    return None


def _refer_again(story: "FileStory") -> NextAct | None:
    """The most urgent open need whose last referral failed."""
    failed = {ReferralStatus.DECLINED, ReferralStatus.EXPIRED, ReferralStatus.STOPPED}
    for need in story.open_needs:
        last = story.last_referral_of(need)
        if need.status == NeedStatus.OPEN and last and last.status in failed and not story.is_with_partner(need):
            return NextAct(Act.REFER, need=need, step=story.step_of(need))
    return None


def _refer(story: "FileStory") -> NextAct | None:
    """The most urgent need whose step belongs to a partner and that nobody was asked for yet."""
    for need in story.open_needs:
        step = story.step_of(need)
        if step and step.owner == StepOwner.PARTNER and story.last_referral_of(need) is None:
            return NextAct(Act.REFER, need=need, step=step)
    return None


def _late_step(story: "FileStory") -> NextAct | None:
    today: date = clock.today()
    for step in story.open_steps:
        carried = step.need is not None and story.is_with_partner(step.need)
        if step.due_on < today and not carried:
            return NextAct(Act.FOLLOW_UP, step=step, need=step.need)
    return None
