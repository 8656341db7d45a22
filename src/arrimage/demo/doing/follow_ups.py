"""What agents do on their own after the plan is agreed: calls, steps closed or dropped, later appointments."""

from collections.abc import Iterable, Sequence

from arrimage.casework import actions as casework
from arrimage.casework.actions.assessments import ClosedNeed
from arrimage.casework.actions.follow_ups import NewFollowUp
from arrimage.casework.enums import Channel, NeedStatus, StepStatus
from arrimage.demo.doing.calendar import Calendar
from arrimage.demo.doing.cases import Case, Closing, Group
from arrimage.demo.doing.cast import by_actor
from arrimage.demo.planning.accompaniment import calls
from arrimage.demo.planning.households import Stage
from arrimage.demo.planning.meetings import Meeting, meetings
from arrimage.scheduling.actions import NewAppointment, book_appointments, set_appointment_status
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus


def close(closings: Sequence[Closing]) -> None:
    """Record the contacts by which agents close steps and say what became of needs."""
    for agent, group in by_actor(closings, lambda closing: closing.case.agent):
        casework.record_follow_ups(
            agent,
            [
                NewFollowUp(
                    each.case.file,
                    step=each.step,
                    need=each.need,
                    channel=each.case.random.choice(list(Channel)),
                    note="Suivi inventé : la démarche est close.",
                    on=each.on,
                    closes_step=each.step is not None,
                    need_status=each.need_status,
                )
                for each in group
            ],
        )


def drop(closings: Sequence[Closing]) -> None:
    """Drop steps that are wanted no more, and withdraw their needs."""
    for agent, group in by_actor(closings, lambda closing: closing.case.agent):
        casework.set_step_statuses(agent, [each.step for each in group if each.step], StepStatus.DROPPED)
        casework.close_needs(agent, [ClosedNeed(each.need, NeedStatus.WITHDRAWN, each.on) for each in group])


def call(cases: Iterable[Case]) -> None:
    """Record the calls to persons, those that found nobody too."""
    planned = [(case, each) for case in cases for each in calls(case.random, case.met_on, case.until)]
    for agent, group in by_actor(planned, lambda each: each[0].agent):
        casework.record_follow_ups(
            agent,
            [
                NewFollowUp(case.file, channel=Channel.PHONE, reached=call.reached, note=call.note, on=call.on)
                for case, call in group
            ],
        )


def meet_again(groups: Iterable[Group], calendar: Calendar) -> None:
    """Give the later appointments, and say what became of those that are past."""
    planned = [
        (group, meeting)
        for group in groups
        if group.household.stage == Stage.UNDER_WAY
        for meeting in meetings(group.cases[0].random, group.met_on, group.household.until)
        if meeting.status != AppointmentStatus.BOOKED or not group.household.is_over
    ]
    planned.sort(key=lambda each: each[1].on)
    for agent, held in by_actor(planned, lambda each: each[0].agent):
        items = [_appointment(group, meeting, calendar) for group, meeting in held]
        appointments = book_appointments(agent, items)
        for status in (AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELLED):
            told = [one for one, (_group, meeting) in zip(appointments, held, strict=True) if meeting.status == status]
            set_appointment_status(agent, told, status)


def _appointment(group: Group, meeting: Meeting, calendar: Calendar) -> NewAppointment:
    office = group.cases[0].file.service_point
    slot = calendar.slot_with(group.user, office, meeting.on)
    return NewAppointment(
        service_point=office,
        agent=group.user,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        persons=[case.file.person for case in group.cases],
        kind=AppointmentKind.FOLLOW_UP,
        note="Faire le point sur le plan (inventé).",
    )
