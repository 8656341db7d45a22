"""The answer: the copy, the decision, what was corrected, the statement put on file."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor, actor_of
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.privacy.registers import actions, tasks
from arrimage.privacy.registers.actions import Answer, NewStatement, copies
from arrimage.privacy.registers.enums import RefusalGround, RequestStatus
from arrimage.privacy.registers.models import Copy, CopyContent, PersonRequest
from arrimage.privacy.registers.queries import copy_content, copy_of, statements_on_file
from tests.factories import CopyFactory, PersonAccountFactory, PersonRequestFactory, actor

pytestmark = pytest.mark.django_db
ZIP = b"PK tout ce que nous savons"


@pytest.fixture
def officer(db) -> Actor:
    return actor(Role.PRIVACY_OFFICER, None)


@pytest.fixture(autouse=True)
def archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand for the archive, whose own tests are elsewhere."""
    monkeypatch.setattr(copies, "build_archive", lambda actor, person: ZIP)


def in_progress(**fields) -> PersonRequest:
    return PersonRequestFactory(in_progress=True, **fields)


def answer(request: PersonRequest, decision: RequestStatus = RequestStatus.GRANTED, **fields) -> Answer:
    return Answer(request, decision, **{"text": "Voici.", **fields})


def test_the_copy_keeps_its_digest_size_and_day(officer: Actor) -> None:
    request = in_progress()
    copy = actions.produce_copy(officer, request)
    assert (copy.sha256, copy.size) == (hashlib.sha256(ZIP).hexdigest(), len(ZIP))
    assert copy_content(officer, request) == ZIP
    actions.produce_copy(officer, request)
    assert Copy.objects.count() == CopyContent.objects.count() == 1


def test_a_copy_is_made_only_once_the_identity_is_known_and_of_what_is_held(officer: Actor) -> None:
    for request in (
        PersonRequestFactory(),
        in_progress(rectification=True),
        in_progress(person=None, region=None, requester="X"),
    ):
        with pytest.raises(TransitionNotAllowed):
            actions.produce_copy(officer, request)


def test_access_is_granted_with_the_copy_in_hand_for_thirty_days(officer: Actor) -> None:
    request = in_progress()
    with pytest.raises(Conflict):
        actions.answer_requests(officer, [answer(request)])
    actions.produce_copy(officer, request)
    [answered] = actions.answer_requests(officer, [answer(request)])
    assert (answered.status, answered.answered_by_id) == (RequestStatus.GRANTED, officer.user_id)
    assert Copy.objects.get().available_until == clock.today() + timedelta(days=30)


def test_the_person_has_the_copy_after_the_answer_and_only_while_it_is_kept(officer: Actor) -> None:
    account = PersonAccountFactory()
    person, stranger = actor_of(account), actor_of(PersonAccountFactory())
    request = in_progress(person=account.person)
    actions.produce_copy(officer, request)
    assert copy_of(person, request) is None
    actions.answer_requests(officer, [answer(request)])
    assert copy_content(person, request) == ZIP
    assert copy_content(stranger, request) is None
    assert copy_content(actor(Role.INTEGRATION_AGENT), request) is None
    Copy.objects.update(available_until=clock.today() - timedelta(days=1))
    assert copy_content(person, request) is None


def test_the_clock_erases_the_content_when_its_time_is_over_and_keeps_the_digest() -> None:
    CopyFactory()
    over = CopyFactory(available_until=clock.today() - timedelta(days=1))
    tasks.erase_expired_copies.run({"system": "clock"}, {})
    assert Copy.objects.count() == 2
    assert not CopyContent.objects.filter(copy=over).exists()
    with pytest.raises(NotAllowed):
        actions.erase_expired_copies(actor(Role.TEAM_LEAD))


def test_the_content_of_a_copy_never_changes() -> None:
    copy = CopyFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        CopyContent.objects.filter(copy=copy).update(data=b"autre chose")


def test_a_refusal_says_its_ground_and_explains_it(officer: Actor) -> None:
    for fields, field in (
        ({}, "ground"),
        ({"ground": RefusalGround.OTHER_PERSON}, "explanation"),
        ({"text": ""}, "text"),
    ):
        with pytest.raises(InvalidInput) as refused:
            actions.answer_requests(officer, [answer(in_progress(), RequestStatus.REFUSED, **fields)])
        assert refused.value.field == field
    said = {"ground": RefusalGround.OTHER_PERSON, "explanation": "Il s’agit aussi de votre voisine."}
    [request] = actions.answer_requests(officer, [answer(in_progress(), RequestStatus.REFUSED, **said)])
    assert request.refusal_ground == RefusalGround.OTHER_PERSON


def test_without_identity_there_is_one_ground_of_refusal(officer: Actor) -> None:
    request = PersonRequestFactory()
    with pytest.raises(TransitionNotAllowed):
        actions.answer_requests(
            officer, [answer(request, RequestStatus.REFUSED, ground=RefusalGround.NOT_HELD, explanation="Rien.")]
        )
    [refused] = actions.answer_requests(
        officer, [answer(request, RequestStatus.REFUSED, ground=RefusalGround.IDENTITY, explanation="Pas de pièce.")]
    )
    assert refused.status == RequestStatus.REFUSED


def test_a_granted_rectification_names_the_change_made(officer: Actor) -> None:
    request = in_progress(rectification=True)
    for fields, field in (({}, "changed_record"), ({"changed_record": "person"}, "change_made")):
        with pytest.raises(InvalidInput) as refused:
            actions.answer_requests(officer, [answer(request, **fields)])
        assert refused.value.field == field
    [done] = actions.answer_requests(
        officer, [answer(request, changed_record="person", change_made="12 avril → 21 avril 1988")]
    )
    assert done.change_made == "12 avril → 21 avril 1988"


def test_an_answer_is_given_once(officer: Actor) -> None:
    with pytest.raises(TransitionNotAllowed):
        actions.answer_requests(officer, [answer(PersonRequestFactory(refused=True, rectification=True))])


def test_a_refused_rectification_lets_the_person_be_heard_in_the_file(officer: Actor) -> None:
    request = PersonRequestFactory(rectification=True, refused=True)
    agent, elsewhere = actor(Role.INTEGRATION_AGENT), actor(Role.INTEGRATION_AGENT, "13")
    [statement] = actions.record_statements(officer, [NewStatement(request, "Ma date est le 21.")])
    assert list(statements_on_file(agent, request.person)) == [statement]
    assert not statements_on_file(elsewhere, request.person).exists()
    with pytest.raises(Conflict):
        actions.record_statements(officer, [NewStatement(request, "Encore.")])


@pytest.mark.parametrize("traits", [{"refused": True}, {"rectification": True, "in_progress": True}])
def test_no_statement_without_a_refused_rectification(officer: Actor, traits: dict) -> None:
    with pytest.raises(TransitionNotAllowed):
        actions.record_statements(officer, [NewStatement(PersonRequestFactory(**traits), "Non.")])


def test_answers_are_the_officer_s() -> None:
    other = actor(Role.TEAM_LEAD)
    for act in (
        lambda: actions.answer_requests(other, [answer(in_progress())]),
        lambda: actions.produce_copy(other, in_progress()),
        lambda: actions.record_statements(
            other, [NewStatement(PersonRequestFactory(rectification=True, refused=True), "X")]
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
