"""Assessing needs: drafts, completion, needs raised and noted."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.assessments import ClosedNeed, CompletedAssessment, NewNeed
from arrimage.casework.enums import AssessmentStatus, NeedStatus
from arrimage.casework.models import Assessment, Need
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests import factories as f

pytestmark = pytest.mark.django_db

ANSWERS = {
    "housing_now": "shelter",
    "housing_until": "under_30_days",
    "health_insurance": "card",
    "social_insurance_number": True,
    "french_daily": "fluent",
    "work_now": "not_looking",
}


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def file():
    """A file of somebody alone, so that no question about children is asked."""
    made = f.FileFactory()
    f.MemberFactory(person=made.person)
    return made


def test_a_draft_keeps_what_is_answered_and_drops_the_rest(agent, file) -> None:
    draft = actions.start_assessment(agent, file)
    actions.save_answers(agent, draft, {"housing_now": "shelter", "housing_until": "nonsense", "unknown": 1})
    draft.refresh_from_db()
    assert draft.answers == {"housing_now": "shelter"}
    assert actions.start_assessment(agent, file) == draft


def test_completing_raises_the_needs_of_the_answers(agent, file) -> None:
    draft = actions.start_assessment(agent, file)
    needs = actions.complete_assessments(agent, [CompletedAssessment(file, ANSWERS)])
    assert [(need.theme.code, need.label, need.priority) for need in needs] == [
        ("housing", "Trouver un logement d’ici 30 jours", 1)
    ]
    draft.refresh_from_db()
    assert draft.status == AssessmentStatus.COMPLETED
    assert needs[0].assessment == draft
    with pytest.raises(Conflict):
        actions.save_answers(agent, draft, {})


def test_an_open_need_that_became_pressing_is_not_opened_twice(agent, file) -> None:
    in_time = {**ANSWERS, "housing_until": "up_to_90_days"}
    [need] = actions.complete_assessments(agent, [CompletedAssessment(file, in_time)])
    assert need.priority == 2
    assert actions.complete_assessments(agent, [CompletedAssessment(file, ANSWERS)]) == []
    need.refresh_from_db()
    assert (need.priority, need.label) == (1, "Trouver un logement d’ici 30 jours")
    assert actions.complete_assessments(agent, [CompletedAssessment(file, in_time)]) == []
    need.refresh_from_db()
    assert need.priority == 1, "an open need does not become less urgent by itself"
    assert Need.objects.filter(file=file).count() == 1


def test_a_need_still_open_is_not_raised_again(agent, file) -> None:
    actions.complete_assessments(agent, [CompletedAssessment(file, ANSWERS)])
    assert actions.complete_assessments(agent, [CompletedAssessment(file, ANSWERS)]) == []
    actions.close_needs(agent, [ClosedNeed(Need.objects.get(), NeedStatus.MET)])
    assert len(actions.complete_assessments(agent, [CompletedAssessment(file, ANSWERS)])) == 1


def test_a_missing_answer_is_named_and_nothing_is_written(agent, file) -> None:
    with pytest.raises(InvalidInput) as error:
        actions.complete_assessments(agent, [CompletedAssessment(file, {**ANSWERS, "work_now": None})])
    assert error.value.field == "work_now"
    assert not Assessment.objects.exists()


def test_bulk_is_the_single_one_repeated(agent, file) -> None:
    other = f.FileFactory()
    f.MemberFactory(person=other.person)
    needs = actions.complete_assessments(
        agent, [CompletedAssessment(file, ANSWERS), CompletedAssessment(other, ANSWERS)]
    )
    assert {need.file for need in needs} == {file, other}
    assert Assessment.objects.filter(status=AssessmentStatus.COMPLETED).count() == 2


def test_a_need_noted_by_hand(agent, file) -> None:
    (need,) = actions.note_needs(agent, [NewNeed(file, f.theme("social_network"), " Un jardin ", 3)])
    assert (need.label, need.status, need.noted_on) == ("Un jardin", NeedStatus.OPEN, clock.today())
    with pytest.raises(InvalidInput):
        actions.note_needs(agent, [NewNeed(file, f.theme(), "  ", 1)])


def test_closing_a_need_once(agent) -> None:
    need = f.NeedFactory()
    with pytest.raises(InvalidInput):
        actions.close_needs(agent, [ClosedNeed(need, "in_progress")])
    (closed,) = actions.close_needs(agent, [ClosedNeed(need, NeedStatus.WITHDRAWN)])
    assert (closed.status, closed.closed_on) == (NeedStatus.WITHDRAWN, clock.today())
    with pytest.raises(Conflict):
        actions.close_needs(agent, [ClosedNeed(need, NeedStatus.MET)])


def test_rights(file) -> None:
    for stranger in (f.actor(Role.INTEGRATION_AGENT, code="03"), f.actor(Role.RECEPTION_AGENT)):
        with pytest.raises(NotAllowed):
            actions.start_assessment(stranger, file)
        with pytest.raises(NotAllowed):
            actions.complete_assessments(stranger, [CompletedAssessment(file, ANSWERS)])
        with pytest.raises(NotAllowed):
            actions.note_needs(stranger, [NewNeed(file, f.theme(), "A", 1)])
        with pytest.raises(NotAllowed):
            actions.close_needs(stranger, [ClosedNeed(f.NeedFactory(file=file), NeedStatus.MET)])


def test_a_closed_file_is_not_assessed(agent) -> None:
    with pytest.raises(Conflict):
        actions.start_assessment(agent, f.FileFactory(closed=True))
