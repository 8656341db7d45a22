"""Contacts at 6, 12 and 24 months: their windows, who is owed one, what is kept."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.milestones import Answers, Call
from arrimage.casework.enums import Employment, MilestoneResult, Residence
from arrimage.casework.milestones import MONTHS, open_files, windows_of, with_window
from arrimage.casework.models import File, FollowUp, Milestone, MilestoneContact
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests import factories as f

pytestmark = pytest.mark.django_db
ANSWERS = Answers(Residence.SAME_REGION, Employment.PART_TIME, " Laval ", in_field=True, levels={"listening": 7})
ANSWERED = Call(MilestoneResult.REACHED, answers=ANSWERS)
NOBODY = Call(MilestoneResult.NOT_REACHED)


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


def open_now(months: int = 6) -> set[int]:
    return set(open_files(File.objects.all(), months).values_list("pk", flat=True))


# --- Windows --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("arrived_on", [date(2023, 8, 31), date(2024, 2, 29), date(2023, 10, 15), date(2023, 12, 31)])
def test_the_database_counts_months_as_the_rule_does(arrived_on: date) -> None:
    file = f.FileFactory(arrived_on=arrived_on)
    for window in windows_of(file):
        row = with_window(File.objects.all(), window.months).get()
        assert (row.opens_on, row.due_on, row.closes_on) == (window.opens, window.due, window.closes)


def test_windows_are_settings() -> None:
    Milestone.objects.filter(months=6).update(days_before=0, days_after=1)
    first, *_others = windows_of(f.FileFactory(arrived_on=date(2024, 1, 10)))
    assert (first.opens, first.closes) == (date(2024, 7, 10), date(2024, 7, 11))
    assert windows_of(f.FileFactory(arrived_on=None)) == []


@pytest.mark.parametrize("months", MONTHS)
def test_it_is_to_be_made_from_the_day_it_opens_to_the_day_it_closes(months: int) -> None:
    today = clock.today()
    due = {days: f.due_contact(months, due_on=today + timedelta(days=days)) for days in (-70, -55, 0, 25, 40)}
    assert open_now(months) == {due[days].pk for days in (-55, 0, 25)}


def test_a_closed_file_is_owed_one_a_transferred_one_is_not() -> None:
    closed = f.due_contact(closed=True)
    f.due_contact(transferred=True)
    assert open_now() == {closed.pk}


def test_only_who_agreed_to_be_reached_is_owed_one() -> None:
    agreed = f.due_contact()
    for fields in ({"withdrawn_on": agreed.arrived_on}, {"expires_on": agreed.arrived_on}):
        f.reachable_later(f.FileFactory(opened_on=agreed.opened_on), **fields)
    f.FileFactory(opened_on=agreed.opened_on)
    assert open_now() == {agreed.pk}


def test_a_file_opened_again_is_owed_it_once() -> None:
    first = f.due_contact(closed=True)
    again = f.FileFactory(person=first.person, arrived_on=first.arrived_on)
    assert open_now() == {again.pk}


# --- Calls ----------------------------------------------------------------------------------------------------------
def test_answers_are_kept_once_and_each_call_is_a_follow_up(agent) -> None:
    file = f.due_contact()
    actions.record_milestone(agent, file, 6, NOBODY)
    assert open_now() == {file.pk}, "not reached: tried again while the window is open"
    contact = actions.record_milestone(agent, file, 6, ANSWERED)
    assert (contact.residence, contact.municipality, contact.listening) == ("same_region", "Laval", 7)
    assert [each.reached for each in FollowUp.objects.filter(milestone=contact).order_by("pk")] == [False, True]
    assert open_now() == set()
    with pytest.raises(Conflict):
        actions.record_milestone(agent, file, 6, NOBODY)


def test_somebody_who_does_not_wish_to_answer_is_left_in_peace(agent) -> None:
    file = f.due_contact()
    contact = actions.record_milestone(agent, file, 6, Call(MilestoneResult.DECLINED))
    assert (contact.residence, open_now()) == ("", set())


def test_a_closed_file_too(agent) -> None:
    file = f.due_contact(closed=True)
    assert actions.record_milestone(agent, file, 6, ANSWERED).file == file


def test_what_is_refused(agent) -> None:
    file = f.due_contact()
    outside = clock.today() - timedelta(days=60)
    for wrong in (
        Call(MilestoneResult.REACHED),
        Call(MilestoneResult.DECLINED, answers=ANSWERS),
        Call(MilestoneResult.NOT_REACHED, on=outside),
        Call(MilestoneResult.NOT_REACHED, on=clock.today() + timedelta(days=1)),
    ):
        with pytest.raises(InvalidInput):
            actions.record_milestone(agent, file, 6, wrong)
    with pytest.raises(InvalidInput):
        actions.record_milestone(agent, file, 12, ANSWERED)
    for other in (
        f.FileFactory(opened_on=file.opened_on),
        f.FileFactory(arrived_on=None),
        f.due_contact(transferred=True),
    ):
        with pytest.raises(Conflict):
            actions.record_milestone(agent, other, 6, ANSWERED)
    with pytest.raises(NotAllowed):
        actions.record_milestone(f.actor(Role.INTEGRATION_AGENT, code="03"), file, 6, ANSWERED)
    assert not MilestoneContact.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"residence": "same_region"}, {"reached": True, "employment": ""}, {"reached": True, "listening": 13}],
)
def test_the_database_keeps_answers_with_their_result(fields) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        f.MilestoneContactFactory(**fields)
