"""What becomes of a referral: along the table of transitions, each partner in its own way."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from arrimage.casework.enums import REFERRAL_TRANSITIONS, ReferralStatus
from arrimage.casework.rules import answer_due
from arrimage.demo.planning.referrals import FULL, PROMPT, SILENT, SLOW, USUAL, Habit, Move, habit_of, moves
from arrimage.demo.tables.organisations import PARTNERS

SENT_ON, LONG_AFTER = date(2026, 3, 3), date(2028, 1, 1)
R = ReferralStatus


def played(habit: Habit, until: date = LONG_AFTER, times: int = 400) -> list[list[Move]]:
    return [moves(Random(f"test {rank}"), habit, SENT_ON, until) for rank in range(times)]


def answers(habit: Habit) -> list[Move]:
    """Return what ended the wait of each course: its first move, reminders aside."""
    return [next(move for move in course if move.to != R.REMINDED) for course in played(habit)]


@pytest.mark.parametrize("rank", range(PARTNERS))
def test_every_course_follows_the_transitions_and_the_days(rank: int) -> None:
    for course in played(habit_of(rank), times=100):
        state, day = R.SENT, SENT_ON
        for move in course:
            assert REFERRAL_TRANSITIONS.allow(state, move.to), f"{state} → {move.to}"
            assert move.on >= day
            assert (move.to == R.DECLINED) == bool(move.reason)
            assert (move.to == R.COMPLETED) == bool(move.outcome)
            assert (move.to == R.SCHEDULED) == (move.scheduled_for is not None)
            assert move.to != R.EXPIRED or move.on > answer_due(SENT_ON)
            assert move.to not in (R.STOPPED, R.CANCELLED) or move.note
            state, day = move.to, move.on
        assert state in REFERRAL_TRANSITIONS.final(), "left long enough, everything ends"


def test_nothing_happens_after_the_last_day() -> None:
    until = date(2026, 3, 31)
    assert all(move.on <= until for course in played(USUAL, until) for move in course)


def test_the_same_seed_gives_the_same_course() -> None:
    assert played(USUAL, times=20) == played(USUAL, times=20)


def test_a_day_in_the_middle_finds_every_state() -> None:
    """Sent on each day before it, referrals are in every state but the draft, which no action makes."""
    found = {R.SENT}
    for until in (date(2026, 3, 10), date(2026, 3, 24), date(2026, 4, 14), date(2026, 5, 29), LONG_AFTER):
        for habit in (USUAL, SLOW, FULL):
            found |= {course[-1].to for course in played(habit, until) if course}
    assert found == set(R) - {R.DRAFT}


def test_partners_have_their_own_ways() -> None:
    def first(habit: Habit) -> Counter[ReferralStatus]:
        return Counter(answer.to for answer in answers(habit) if answer.to != R.CANCELLED)

    assert set(first(SILENT)) == {R.EXPIRED}
    assert first(PROMPT)[R.EXPIRED] == 0
    assert first(SLOW)[R.EXPIRED] > first(USUAL)[R.EXPIRED] > 0
    assert first(FULL)[R.DECLINED] > 3 * first(USUAL)[R.DECLINED]
    reasons = Counter(answer.reason for answer in answers(FULL) if answer.to == R.DECLINED)
    assert reasons.most_common(1)[0][0] == "no_place"
