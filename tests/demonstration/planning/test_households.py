"""Who arrives: the same for the same day, enough at every stage whatever the day, along the seasons."""

from collections import Counter
from datetime import date, timedelta

import pytest

from arrimage.demo.planning.calendar import after, arrival_days, under_measures
from arrimage.demo.planning.households import FIXED, FIXED_UNTIL, Stage, households
from arrimage.people.enums import Relation
from arrimage.reception.enums import ArrivalOutcome

DAY = date(2026, 11, 25)
# A Sunday, the first and last days of a year, a leap day, Christmas, a national holiday, the earliest day allowed.
DAYS = (date(2026, 11, 29), date(2027, 1, 1), date(2026, 12, 31), date(2028, 2, 29), date(2025, 12, 25),
        date(2027, 6, 24), date(2023, 1, 1))  # fmt: skip
WITH_CHILDREN = (Stage.EXPECTED, Stage.MET, Stage.OPENED, Stage.BOOKED)


def test_the_same_day_gives_the_same_plan() -> None:
    assert households(DAY) == households(DAY)


def test_another_day_changes_the_live_work_and_not_the_fixed_year() -> None:
    one, other = households(DAY), households(DAY + timedelta(days=1))
    assert one[:FIXED] == other[:FIXED]
    assert one[FIXED:] != other[FIXED:]


@pytest.mark.parametrize("today", DAYS)
def test_every_stage_has_300_persons_whatever_the_day(today: date) -> None:
    persons: Counter[Stage] = Counter()
    for household in households(today)[FIXED:]:
        if household.outcome in (ArrivalOutcome.MET, ArrivalOutcome.EXPECTED):
            everybody = household.stage in WITH_CHILDREN
            persons[household.stage] += sum(
                everybody or member.relation != Relation.CHILD for member in household.members
            )
    for stage in (*WITH_CHILDREN, Stage.ASSESSED, Stage.DRAFTED, Stage.AGREED):
        assert persons[stage] >= 300, stage


@pytest.mark.parametrize("today", DAYS)
def test_days_make_sense_whatever_the_day(today: date) -> None:
    found = households(today)
    assert len({household.reference for household in found}) == len(found)
    assert len({member.uid for household in found for member in household.members}) == sum(
        len(household.members) for household in found
    )
    for household in found[:FIXED]:
        assert date(2020, 7, 1) <= household.arrived_on <= date(2021, 6, 30)
        assert household.until == FIXED_UNTIL
        assert household.is_over
    for household in found[FIXED:]:
        assert not household.is_over
        assert today - timedelta(days=365) <= household.arrived_on
        assert household.arrived_on <= (today if household.stage >= Stage.MET else after(today, 6))
        if household.stage == Stage.UNDER_WAY:
            assert household.arrived_on <= after(today, -13), "there must be time to meet, assess and plan"
        assert all(member.birth_date < household.arrived_on for member in household.members)
    assert any(h.arrived_on == today and h.outcome == ArrivalOutcome.EXPECTED for h in found), "nobody lands today"


def test_arrivals_follow_the_seasons() -> None:
    months = Counter(day.month for day in arrival_days(date(2025, 1, 1), date(2025, 12, 31), 1_200))
    assert months[1] < months[4] < months[8]
    assert months[1] * 2 < months[8]
    pandemic = Counter((day.year, day.month) for day in arrival_days(
        date(2020, 7, 1), date(2021, 6, 30), 600, under_measures
    ))  # fmt: skip
    assert pandemic[2020, 7] < pandemic[2021, 6]


def test_people_come_from_everywhere_with_names_in_their_scripts() -> None:
    found = households(DAY)
    assert len({household.community.country for household in found}) >= 80
    assert len({household.community.language for household in found}) >= 40
    assert len({household.category for household in found}) >= 8
    assert {len(household.members) for household in found} == {1, 2, 3, 4, 5}
    written = "".join(member.original_name for household in found for member in household.members)
    for letter in "مП例예მΠምஉ":  # Arabic, Cyrillic, Chinese, Hangul, Georgian, Greek, Amharic, Tamil
        assert letter in written
    assert all(household.members[0].family_name.startswith(household.community.family[0]) for household in found)
