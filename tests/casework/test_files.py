"""Files: numbers, one active a person and region, who answers for them."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from arrimage.accounts.enums import Role
from arrimage.casework.actions import assign_files, open_files
from arrimage.casework.actions.files import NewFile
from arrimage.casework.models import File
from arrimage.casework.rules import file_number, first_appointment_due, is_file_number
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed
from tests import factories as f


@given(st.integers(2000, 2100), st.integers(1, 999_999), st.integers(1, 9), st.integers(0, 9))
def test_a_wrong_digit_is_seen(year: int, serial: int, change: int, position: int) -> None:
    number = file_number("MTL", year, serial)
    assert is_file_number(number)
    digits = [index for index, letter in enumerate(number) if letter.isdigit()]
    index = digits[position]
    wrong = number[:index] + str((int(number[index]) + change) % 10) + number[index + 1 :]
    assert not is_file_number(wrong)


@pytest.mark.parametrize("text", ["", "MTL", "MTL-2026-004213", "MTL-2026-00x213-8", "MTL-2026-004213-8-1"])
def test_what_is_not_a_number(text: str) -> None:
    assert not is_file_number(text)


def test_five_working_days_after_a_friday_before_a_holiday() -> None:
    assert first_appointment_due(date(2026, 6, 19)) == date(2026, 6, 29)  # 24 June is the National Holiday


@pytest.mark.django_db
def test_numbers_follow_one_another_in_a_region_and_year() -> None:
    agent, point = f.actor(Role.INTEGRATION_AGENT), f.ServicePointFactory()
    first = open_files(agent, [NewFile(f.PersonFactory(), point) for _ in range(3)])
    (then,) = open_files(agent, [NewFile(f.PersonFactory(), point)])
    (before,) = open_files(agent, [NewFile(f.PersonFactory(), point, opened_on=date(2020, 8, 3))])
    year = clock.today().year
    assert [file.number for file in [*first, then]] == [file_number("MTL", year, serial) for serial in (1, 2, 3, 4)]
    assert before.number == file_number("MTL", 2020, 1)


@pytest.mark.django_db
def test_one_active_file_a_person_and_region() -> None:
    agent, file = f.actor(Role.INTEGRATION_AGENT), f.FileFactory()
    with pytest.raises(Conflict), transaction.atomic():
        open_files(agent, [NewFile(f.PersonFactory(), file.service_point), NewFile(file.person, file.service_point)])
    assert File.objects.count() == 1
    closed = f.FileFactory(closed=True)
    assert open_files(agent, [NewFile(closed.person, closed.service_point)])


@pytest.mark.django_db
def test_nobody_opens_a_file_elsewhere() -> None:
    point = f.ServicePointFactory()
    for stranger in (f.actor(Role.INTEGRATION_AGENT, code="03"), f.actor(Role.REGIONAL_ADVISOR)):
        with pytest.raises(NotAllowed):
            open_files(stranger, [NewFile(f.PersonFactory(), point)])


@pytest.mark.django_db
def test_a_file_goes_to_an_agent_of_its_region() -> None:
    lead, file = f.actor(Role.TEAM_LEAD), f.FileFactory()
    agent = f.RoleGrantFactory().user
    assign_files(lead, [file], agent)
    file.refresh_from_db()
    assert file.agent == agent
    with pytest.raises(Conflict):
        assign_files(lead, [file], f.RoleGrantFactory(region=f.region("03")).user)
    with pytest.raises(NotAllowed):
        assign_files(f.actor(Role.TEAM_LEAD, code="03"), [file], agent)
