"""Somebody away: their files are seen and seen to by others, and theirs again at the end."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.actions.absences import choose_substitutes, end_absence, note_absence
from arrimage.casework.models import Absence, AbsenceCover
from arrimage.casework.queries import files_visible_to
from arrimage.casework.reach import ground_for
from arrimage.casework.todo import todo
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.privacy.journal.enums import Basis
from tests import factories as f

pytestmark = pytest.mark.django_db


def days(count: int):
    return clock.today() + timedelta(days=count)


@pytest.fixture
def lead():
    return f.actor(Role.TEAM_LEAD)


@pytest.fixture
def away():
    return f.actor(Role.INTEGRATION_AGENT, service_point=f.ServicePointFactory())


def colleague(**fields):
    """Return an agent of another point of service, who sees nothing of the absent one's."""
    return f.actor(Role.INTEGRATION_AGENT, service_point=f.ServicePointFactory(), **fields)


def user(actor):
    return f.UserFactory._meta.model.objects.get(pk=actor.user_id)


def plans_of(away, count: int) -> list:
    """Return files of the absent agent's, each with a plan to agree."""
    files = [f.FileFactory(agent_id=away.user_id, first_appointment_due=None) for _each in range(count)]
    for file in files:
        f.PlanFactory(file=file)
    return files


def seen_by(actor) -> set[int]:
    return set(files_visible_to(actor).values_list("pk", flat=True))


def to_do(actor) -> set:
    return {task.file_uid for task in todo(actor).get(Reason.TO_AGREE, [])}


def test_the_substitute_opens_and_sees_to_the_files_and_they_come_back(lead, away) -> None:
    other = colleague()
    (file,) = plans_of(away, 1)
    assert (seen_by(other), to_do(other)) == (set(), set())
    absence = note_absence(lead, user(away), days(0), days(3), [user(other)])
    assert (seen_by(other), to_do(other)) == ({file.pk}, {file.uid})
    assert ground_for(other, file).basis == Basis.REPLACEMENT
    file.refresh_from_db()
    assert file.agent_id == away.user_id
    assert to_do(away) == {file.uid}
    end_absence(away, absence)
    assert (seen_by(other), to_do(other), to_do(away)) == (set(), set(), {file.uid})


@pytest.mark.parametrize(("first", "last", "seen"), [(-3, -1, False), (-3, 0, True), (0, 3, True), (1, 3, False)])
def test_only_during_the_absence(away, first: int, last: int, seen: bool) -> None:
    other = colleague()
    (file,) = plans_of(away, 1)
    absence = f.AbsenceFactory(agent_id=away.user_id, starts_on=days(first), ends_on=days(last))
    f.AbsenceCoverFactory(absence=absence, substitute_id=other.user_id)
    assert (seen_by(other) == {file.pk}) is seen
    assert (to_do(other) == {file.uid}) is seen


def test_files_are_shared_each_to_one(lead, away) -> None:
    others = [colleague() for _each in range(3)]
    files = plans_of(away, 6)
    note_absence(lead, user(away), days(0), days(3), [user(each) for each in others])
    shares = [to_do(each) for each in others]
    assert sorted(map(len, shares)) == sorted([len(set(share)) for share in shares])
    assert set.union(*shares) == {file.uid for file in files}
    assert sum(map(len, shares)) == len(files)
    assert all(seen_by(each) == {file.pk for file in files} for each in others), "each may open them all"


def test_others_are_chosen_in_their_place(lead, away) -> None:
    first, second = colleague(), colleague()
    (file,) = plans_of(away, 1)
    absence = note_absence(lead, user(away), days(0), days(3), [user(first)])
    choose_substitutes(lead, absence, [user(second)])
    assert (seen_by(first), seen_by(second)) == (set(), {file.pk})


def test_an_absence_to_come_is_called_off(away) -> None:
    absence = note_absence(away, user(away), days(5), days(9))
    end_absence(away, absence)
    assert Absence.objects.get().is_cancelled
    note_absence(away, user(away), days(5), days(9))


def test_an_agent_says_theirs_and_a_lead_who_replaces(away) -> None:
    other = colleague()
    with pytest.raises(NotAllowed):
        note_absence(away, user(other), days(0), days(3))
    with pytest.raises(NotAllowed):
        note_absence(away, user(away), days(0), days(3), [user(other)])
    with pytest.raises(NotAllowed):
        note_absence(f.actor(Role.REGIONAL_DIRECTOR), user(away), days(0), days(3))
    absence = note_absence(away, user(away), days(0), days(3))
    with pytest.raises(NotAllowed):
        choose_substitutes(away, absence, [user(other)])
    with pytest.raises(NotAllowed):
        end_absence(f.actor(Role.TEAM_LEAD, code="03"), absence)
    assert not AbsenceCover.objects.exists()


def test_what_is_refused(lead, away) -> None:
    other = colleague()
    for first, last in ((3, 2), (-5, -1)):
        with pytest.raises(InvalidInput):
            note_absence(lead, user(away), days(first), days(last))
    with pytest.raises(Conflict):
        note_absence(lead, user(away), days(0), days(3), [user(away)])
    with pytest.raises(Conflict):
        note_absence(lead, user(away), days(0), days(3), [user(f.actor(Role.INTEGRATION_AGENT, code="03"))])
    note_absence(lead, user(other), days(2), days(5))
    with pytest.raises(Conflict):
        note_absence(lead, user(away), days(0), days(3), [user(other)])
    note_absence(lead, user(away), days(0), days(3))
    with pytest.raises(Conflict):
        note_absence(lead, user(away), days(3), days(4))
