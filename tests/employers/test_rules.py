from datetime import date, timedelta

import pytest

from arrimage.employers.rules import call_before, is_neq, reminders_due

ASKED = date(2026, 11, 2)


@pytest.mark.parametrize(("days", "reminders"), [(0, 0), (8, 0), (9, 1), (20, 1), (21, 2), (44, 2), (45, 3), (400, 3)])
def test_reminders_come_after_nine_twenty_one_and_forty_five_days(days, reminders):
    assert reminders_due(ASKED, ASKED + timedelta(days=days)) == reminders


def test_the_first_call_is_due_before_the_first_reminder():
    assert call_before(ASKED) == date(2026, 11, 11)


@pytest.mark.parametrize(("text", "valid"), [("1170000001", True), ("117000000", False), ("117000000A", False)])
def test_a_neq_has_ten_digits(text, valid):
    assert is_neq(text) is valid
