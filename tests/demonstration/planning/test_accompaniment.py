"""What becomes of needs, when persons are called and met again."""

from datetime import date
from random import Random

import pytest

from arrimage.demo.planning.accompaniment import Fate, calls, need_plan
from arrimage.demo.planning.calendar import after
from arrimage.demo.planning.meetings import meetings
from arrimage.scheduling.enums import AppointmentStatus

MET_ON = date(2026, 3, 3)
S = AppointmentStatus
DAYS = (date(2026, 11, 29), date(2027, 1, 1), date(2028, 2, 29))


def test_the_most_pressing_need_is_referred_at_once() -> None:
    for rank in range(50):
        plan = need_plan(Random(rank), MET_ON, after(MET_ON, 5), rank=0, referred=True)
        assert plan.fate == Fate.REFERRED
        assert after(MET_ON, 4) <= plan.on <= after(MET_ON, 8)


def test_the_other_needs_go_each_their_way() -> None:
    plans = [need_plan(Random(rank), MET_ON, after(MET_ON, 20), rank=1, referred=True) for rank in range(300)]
    assert {plan.fate for plan in plans} == set(Fate)
    assert all(plan.on > after(MET_ON, 20) for plan in plans if plan.fate == Fate.LATE)
    alone = [need_plan(Random(rank), MET_ON, after(MET_ON, 20), rank=0, referred=False) for rank in range(300)]
    assert {plan.fate for plan in alone} == set(Fate) - {Fate.REFERRED}


def test_somebody_not_reached_is_called_once_more() -> None:
    found = [calls(Random(rank), MET_ON, date(2028, 1, 1)) for rank in range(200)]
    assert {len(each) for each in found} == {3, 4, 5, 6}
    assert {call.reached for each in found for call in each} == {True, False}
    assert all(
        call.on <= date(2026, 6, 1) for rank in range(50) for call in calls(Random(rank), MET_ON, date(2026, 6, 1))
    )


@pytest.mark.parametrize("today", DAYS)
def test_appointments_are_told_about_once_past_and_a_few_are_to_come(today: date) -> None:
    found = [
        meeting for rank in range(400) for meeting in meetings(Random(rank), after(today, -(rank % 240) - 8), today)
    ]
    assert {meeting.status for meeting in found} == {S.BOOKED, S.KEPT, S.NO_SHOW, S.CANCELLED}
    booked = [meeting for meeting in found if meeting.status == S.BOOKED]
    assert all(meeting.on >= after(today, -2) for meeting in booked)
    assert any(meeting.on > today for meeting in booked)
    assert all(meeting.on < today for meeting in found if meeting.status in (S.KEPT, S.NO_SHOW))
