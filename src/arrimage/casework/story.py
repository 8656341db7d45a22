"""One person's accompaniment as one readable story: who, needs, plan, referrals, contacts, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self
from uuid import UUID

from django.db.models import QuerySet

from arrimage.accounts.rights import Actor
from arrimage.casework import story_parts as parts
from arrimage.casework.enums import (
    OPEN_STEPS,
    WITH_PARTNER,
    AssessmentStatus,
    FileStatus,
    PlanStatus,
    ReferralStatus,
)
from arrimage.casework.models import (
    Assessment,
    Closing,
    File,
    FollowUp,
    Goal,
    Milestone,
    MilestoneContact,
    Need,
    Note,
    Plan,
    PlannedContact,
    Referral,
    Step,
)
from arrimage.casework.next_act import NextAct, next_act
from arrimage.casework.queries import files_visible_to
from arrimage.foundation import clock
from arrimage.people.models import Member, PersonStatus
from arrimage.privacy.consents.models import Consent, Refusal
from arrimage.privacy.registers.models import Statement
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment


@dataclass(frozen=True)
class HouseholdMember:
    """Somebody of the household, with their own file in this region where there is one."""

    member: Member
    file_uid: UUID | None


class FileStory:
    """A file with everything its page tells; each part is read once, when it is first asked for."""

    def __init__(self, file: File) -> None:
        self.file = file

    @classmethod
    def whole(cls, actor: Actor, file: File) -> Self:
        """Return the story with every part read already, as `actor` may read it. Two queries."""
        story = cls(file)
        story.__dict__.update(parts.EVERYTHING.read(**story._keys))
        if not actor.covers_region(file.region_id):  # a file opened exceptionally, in another region
            story.__dict__.update(consents=[], refusals=[], statements=[])
        story.notes = list(parts.notes(actor, file.pk))
        return story

    @property
    def _keys(self) -> dict[str, int]:
        file = self.file
        return {"file": file.pk, "person": file.person_id, "region": file.region_id}

    notes: Sequence[Note] = ()
    consents: Sequence[Consent] = ()
    refusals: Sequence[Refusal] = ()
    statements: Sequence[Statement] = ()

    @cached_property
    def statuses(self) -> list[PersonStatus]:
        return list(parts.statuses(**self._keys))

    @cached_property
    def closings(self) -> list[Closing]:
        """How the file ended, each time it did, the last first."""
        return list(parts.closings(**self._keys))

    @cached_property
    def planned_contacts(self) -> list[PlannedContact]:
        """The contacts to come, the first one first."""
        return list(parts.planned_contacts(**self._keys))

    @cached_property
    def milestone_contacts(self) -> list[MilestoneContact]:
        return list(parts.milestone_contacts(**self._keys))

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(parts.milestones())

    @property
    def closing(self) -> Closing | None:
        """The closing that stands."""
        return next((each for each in self.closings if each.reopened_on is None), None)

    @property
    def status_today(self) -> PersonStatus | None:
        """The immigration status in force, the latest begun."""
        today = clock.today()
        live = [
            each for each in self.statuses if each.starts_on <= today and not (each.ends_on and each.ends_on < today)
        ]
        return live[-1] if live else None

    @cached_property
    def _members(self) -> list[Member]:
        return list(parts.members(**self._keys))

    @cached_property
    def household(self) -> list[HouseholdMember]:
        """The other members of the person's households, today."""
        return [HouseholdMember(member, parts.file_uid(member)) for member in self._members]

    @cached_property
    def assessments(self) -> list[Assessment]:
        """The assessments, the last begun first, without their answers."""
        return list(parts.assessments(**self._keys))

    @property
    def draft(self) -> Assessment | None:
        return next((each for each in self.assessments if each.status == AssessmentStatus.DRAFT), None)

    @property
    def assessed(self) -> Assessment | None:
        return next((each for each in self.assessments if each.status == AssessmentStatus.COMPLETED), None)

    @cached_property
    def _every_need(self) -> list[Need]:
        return list(parts.needs(**self._keys))

    @cached_property
    def needs(self) -> list[Need]:
        """The needs, the open ones first, then by urgency."""
        return sorted(self._every_need, key=lambda need: (need.closed_on is not None, need.priority, need.pk))

    @property
    def open_needs(self) -> list[Need]:
        return [need for need in self.needs if need.closed_on is None]

    @cached_property
    def _every_step(self) -> list[Step]:
        """The steps of every plan, each with its plan and need."""
        return list(parts.steps(**self._keys))

    @cached_property
    def _every_plan(self) -> list[Plan]:
        return list(parts.plans(**self._keys))

    @cached_property
    def plan(self) -> Plan | None:
        """The plan in draft or agreed, or the last one there was."""
        live = next((step.plan for step in self._every_step if step.plan.status != PlanStatus.CLOSED), None)
        if live:
            return live
        plans = self._every_plan  # one may have no step yet
        return next((plan for plan in plans if plan.status != PlanStatus.CLOSED), plans[0] if plans else None)

    @cached_property
    def _every_goal(self) -> list[Goal]:
        return list(parts.goals(**self._keys))

    @property
    def goals(self) -> list[Goal]:
        """What the person wishes, as the plan says it."""
        return [goal for goal in self._every_goal if self.plan and goal.plan_id == self.plan.pk]

    @property
    def live_plan(self) -> Plan | None:
        return self.plan if self.plan and self.plan.status != PlanStatus.CLOSED else None

    @property
    def steps(self) -> list[Step]:
        return [step for step in self._every_step if self.plan and step.plan_id == self.plan.pk]

    @property
    def open_steps(self) -> list[Step]:
        return [step for step in self.steps if step.status in OPEN_STEPS]

    @cached_property
    def referrals(self) -> list[Referral]:
        """The referrals, the last sent first."""
        return list(parts.referrals(**self._keys))

    @cached_property
    def appointments(self) -> list[Appointment]:
        """The person's appointments in the region, the latest first."""
        return list(parts.appointments(**self._keys))

    @property
    def next_appointment(self) -> Appointment | None:
        """The nearest appointment still to be held: today's past hours included."""
        today = clock.at(clock.today(), 0)
        coming = [
            each for each in self.appointments if each.status == AppointmentStatus.BOOKED and each.starts_at >= today
        ]
        return coming[-1] if coming else None

    @property
    def past_appointments(self) -> list[Appointment]:
        """The appointments but the next one, the latest first."""
        coming = self.next_appointment
        return [each for each in self.appointments if coming is None or each.pk != coming.pk]

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        return list(parts.follow_ups(**self._keys))

    # --- What comes next --------------------------------------------------------------------------------------------
    def last_referral_of(self, need: Need) -> Referral | None:
        return next((referral for referral in self.referrals if referral.need_id == need.pk), None)

    def is_with_partner(self, need: Need) -> bool:
        return any(each.need_id == need.pk and each.status in WITH_PARTNER for each in self.referrals)

    def step_of(self, need: Need) -> Step | None:
        """The open step that carries the need, if any."""
        return next((step for step in self.open_steps if step.need_id == need.pk), None)

    def result_for(self, step: Step) -> Referral | None:
        """The completed referral that settles an open step."""
        if step.status not in OPEN_STEPS:
            return None
        return next(
            (each for each in self.referrals if each.step_id == step.pk and each.status == ReferralStatus.COMPLETED),
            None,
        )

    def can_refer(self, need: Need) -> bool:
        """Say whether the need may be sent to a service now: nobody has it, and no result waits to be settled."""
        settling = self.next_result(need) is not None
        return self.is_open and need.closed_on is None and not self.is_with_partner(need) and not settling

    def next_result(self, need: Need) -> Referral | None:
        """The completed referral of the need that is not settled yet."""
        open_steps = {step.pk for step in self.open_steps}
        results = (each for each in self.referrals if each.status == ReferralStatus.COMPLETED)
        return next((each for each in results if each.need_id == need.pk and each.step_id in open_steps), None)

    @property
    def is_open(self) -> bool:
        return self.file.status == FileStatus.ACTIVE

    @cached_property
    def next_act(self) -> NextAct | None:
        """Return the one thing to do now; None on a closed file."""
        return next_act(self)


def files_to_read(actor: Actor) -> QuerySet[File]:
    """Return the files `actor` may open, with what the head of their page shows."""
    return files_visible_to(actor).select_related("person", "agent", "service_point", "region")
