"""Files that change hands together, and come back."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework.actions.handovers import Move, hand_over, see_move, undo_handover
from arrimage.casework.models import FileMove, Handover
from arrimage.casework.todo import todo
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests import factories as f

pytestmark = pytest.mark.django_db
WHY = "Départ à la retraite"


@pytest.fixture
def lead():
    return f.actor(Role.TEAM_LEAD)


@pytest.fixture
def agents():
    return [f.RoleGrantFactory(role=Role.INTEGRATION_AGENT).user for _each in range(2)]


@pytest.fixture
def files(agents):
    return [f.FileFactory(agent=agents[0]) for _each in range(3)]


def agents_of(files) -> list:
    for file in files:
        file.refresh_from_db()
    return [file.agent for file in files]


def test_they_go_together_and_come_back_together(lead, agents, files) -> None:
    handover = hand_over(lead, [Move(file, agents[1]) for file in files], WHY)
    assert agents_of(files) == [agents[1]] * 3
    assert undo_handover(lead, handover) == []
    assert agents_of(files) == [agents[0]] * 3
    with pytest.raises(Conflict):
        undo_handover(lead, handover)


def test_a_file_that_moved_on_stays(lead, agents, files) -> None:
    third = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT).user
    handover = hand_over(lead, [Move(file, agents[1]) for file in files], WHY)
    files[0].refresh_from_db()
    hand_over(lead, [Move(files[0], third)], WHY)
    assert undo_handover(lead, handover) == [files[0]]
    assert agents_of(files) == [third, agents[0], agents[0]]


def test_a_file_nobody_had_has_nobody_again(lead, agents) -> None:
    file = f.FileFactory(agent=None)
    undo_handover(lead, hand_over(lead, [Move(file, agents[1])], WHY))
    assert agents_of([file]) == [None]


def test_all_or_none(lead, agents, files) -> None:
    read_before = Move(f.FileFactory(agent=agents[0]), agents[1])
    type(read_before.file).objects.filter(pk=read_before.file.pk).update(agent=agents[1])
    for wrong in (read_before, Move(f.FileFactory(agent=agents[0], closed=True), agents[1])):
        with pytest.raises(Conflict):
            hand_over(lead, [Move(files[0], agents[1]), wrong], WHY)
    with pytest.raises(Conflict):
        hand_over(lead, [Move(files[0], f.UserFactory())], WHY)
    with pytest.raises(InvalidInput):
        hand_over(lead, [Move(files[0], agents[1])], "  ")
    with pytest.raises(InvalidInput):
        hand_over(lead, [], WHY)
    assert agents_of(files) == [agents[0]] * 3
    assert not Handover.objects.exists()


def test_only_a_lead_of_the_region(agents, files) -> None:
    for stranger in (f.actor(Role.INTEGRATION_AGENT), f.actor(Role.TEAM_LEAD, code="03")):
        with pytest.raises(NotAllowed):
            hand_over(stranger, [Move(files[0], agents[1])], WHY)


def test_the_receiver_is_told_until_they_say_they_know(lead, files) -> None:
    receiver = f.actor(Role.INTEGRATION_AGENT)
    moves = [Move(file, f.UserFactory._meta.model.objects.get(pk=receiver.user_id)) for file in files[:2]]
    hand_over(lead, moves, WHY)
    tasks = todo(receiver)[Reason.HANDED_OVER]
    assert {task.file_uid for task in tasks} == {file.uid for file in files[:2]}
    move = FileMove.objects.get(uid=tasks[0].uid)
    with pytest.raises(NotAllowed):
        see_move(f.actor(Role.INTEGRATION_AGENT), move)
    see_move(receiver, move)
    assert len(todo(receiver)[Reason.HANDED_OVER]) == 1
