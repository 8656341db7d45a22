"""The life of a request: received, verified, its time, its end."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor, actor_of
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.privacy.registers import actions
from arrimage.privacy.registers.actions import Extension, Proof
from arrimage.privacy.registers.enums import IdentityProof, ReceivedBy, RequestKind, RequestStatus
from arrimage.privacy.registers.models import PersonRequest
from arrimage.privacy.registers.queries import requests_visible_to
from tests.factories import PersonAccountFactory, PersonFactory, PersonRequestFactory, actor, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db) -> Actor:
    return actor(Role.PRIVACY_OFFICER, None)


@pytest.fixture
def newcomer(db) -> Actor:
    return actor_of(PersonAccountFactory())


def days_ago(count: int):
    return clock.today() - timedelta(days=count)


def test_a_person_asks_for_themselves_and_is_acknowledged_at_once(newcomer: Actor) -> None:
    request = actions.ask(newcomer, RequestKind.ACCESS)
    assert request.number == f"DEM-{clock.today().year}-0001"
    assert request.person_id == newcomer.scope_id
    assert request.due_on == clock.today() + timedelta(days=20)
    assert request.acknowledged_on == clock.today()
    assert request.received_by == ReceivedBy.PORTAL
    assert list(requests_visible_to(newcomer)) == [request]


def test_the_same_copy_is_not_asked_twice_before_its_answer_but_corrections_are(newcomer: Actor) -> None:
    actions.ask(newcomer, RequestKind.ACCESS)
    with pytest.raises(Conflict):
        actions.ask(newcomer, RequestKind.ACCESS)
    actions.ask(newcomer, RequestKind.PORTABILITY)
    for _ in range(2):
        actions.ask(newcomer, RequestKind.RECTIFICATION, field="Nom", wanted="Haddad")


def test_a_person_does_not_see_the_requests_of_another(newcomer: Actor) -> None:
    PersonRequestFactory()
    assert not requests_visible_to(newcomer).exists()


def test_a_correction_says_what_and_to_what(newcomer: Actor) -> None:
    for fields, field in (({"wanted": "Haddad"}, "field"), ({"field": "Nom"}, "wanted_value")):
        with pytest.raises(InvalidInput) as refused:
            actions.ask(newcomer, RequestKind.RECTIFICATION, **fields)
        assert refused.value.field == field


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.INTEGRATION_AGENT])
def test_nobody_asks_in_the_place_of_a_person(role: Role) -> None:
    with pytest.raises(NotAllowed):
        actions.ask(actor(role), RequestKind.ACCESS)


def test_a_letter_starts_the_time_the_day_it_is_received(officer: Actor) -> None:
    person = PersonFactory()
    letter = PersonRequest(kind="access", person=person, received_by="mail", received_on=days_ago(6))
    [request] = actions.record_requests(officer, [letter])
    assert (request.requester, request.region_id) == (person.full_name, person.region_id)
    assert request.due_on == clock.today() + timedelta(days=14)
    assert request.acknowledged_on is None


def test_somebody_we_do_not_know_may_ask_under_a_name(officer: Actor) -> None:
    unknown = PersonRequest(kind="access", received_by="mail", requester="Paul Inconnu")
    [request] = actions.record_requests(officer, [unknown])
    assert request.person is None
    with pytest.raises(InvalidInput) as refused:
        actions.record_requests(officer, [PersonRequest(kind="access", received_by="mail")])
    assert refused.value.field == "requester"


def test_the_portal_is_the_person_s(officer: Actor) -> None:
    with pytest.raises(InvalidInput):
        actions.record_requests(officer, [PersonRequest(kind="access", person=PersonFactory(), received_by="portal")])


def test_states_follow_one_another_and_leave_who_did_what(officer: Actor) -> None:
    request = PersonRequestFactory()
    actions.verify_identities(officer, [Proof(request, IdentityProof.ACCOUNT)])
    [request] = actions.take_up_requests(officer, [request])
    assert request.status == RequestStatus.IN_PROGRESS
    assert request.identity_verified_by_id == officer.user_id
    assert [(event.from_status, event.to_status) for event in request.events.all()] == [
        ("received", "verified"),
        ("verified", "in_progress"),
    ]
    with pytest.raises(TransitionNotAllowed):
        actions.take_up_requests(officer, [request])


def test_an_account_proves_nothing_of_a_letter(officer: Actor) -> None:
    request = PersonRequestFactory(received_by=ReceivedBy.MAIL)
    with pytest.raises(InvalidInput) as refused:
        actions.verify_identities(officer, [Proof(request, IdentityProof.ACCOUNT)])
    assert refused.value.field == "proof"


def test_acknowledged_once(officer: Actor) -> None:
    request = PersonRequestFactory(received_on=days_ago(3))
    actions.acknowledge_requests(officer, [request], on=days_ago(2))
    actions.acknowledge_requests(officer, [request])
    request.refresh_from_db()
    assert request.acknowledged_on == days_ago(2)


def test_ten_days_are_added_once_with_a_reason_on_the_twentieth_day_at_the_latest(officer: Actor) -> None:
    last_day = PersonRequestFactory(received_on=days_ago(20))
    [extended] = actions.extend_requests(officer, [Extension(last_day, "Pièces à retrouver.")])
    assert extended.due_on == clock.today() + timedelta(days=10)
    with pytest.raises(Conflict):
        actions.extend_requests(officer, [Extension(last_day, "Encore.")])
    with pytest.raises(InvalidInput) as refused:
        actions.extend_requests(officer, [Extension(PersonRequestFactory(received_on=days_ago(21)), "Trop tard.")])
    assert refused.value.field == "on"
    with pytest.raises(InvalidInput) as refused:
        actions.extend_requests(officer, [Extension(PersonRequestFactory(), " ")])
    assert refused.value.field == "reason"


def test_an_answered_request_is_not_extended(officer: Actor) -> None:
    with pytest.raises(TransitionNotAllowed):
        actions.extend_requests(officer, [Extension(PersonRequestFactory(refused=True), "Trop tard.")])


def test_a_person_takes_back_their_own_request_only(newcomer: Actor) -> None:
    own = actions.ask(newcomer, RequestKind.ACCESS)
    [withdrawn] = actions.withdraw_requests(newcomer, [own])
    assert withdrawn.status == RequestStatus.WITHDRAWN
    with pytest.raises(NotAllowed):
        actions.withdraw_requests(newcomer, [PersonRequestFactory()])


def test_the_officer_says_how_a_request_was_taken_back(officer: Actor) -> None:
    request = PersonRequestFactory()
    with pytest.raises(InvalidInput):
        actions.withdraw_requests(officer, [request])
    [withdrawn] = actions.withdraw_requests(officer, [request], note="Par téléphone.")
    assert withdrawn.events.get().note == "Par téléphone."


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR, Role.ADMINISTRATOR])
def test_the_others_of_the_staff_neither_see_nor_work_requests(role: Role) -> None:
    request, other = PersonRequestFactory(), actor(role)
    assert not requests_visible_to(other).exists()
    for act in (
        lambda: actions.verify_identities(other, [Proof(request, IdentityProof.DOCUMENT)]),
        lambda: actions.extend_requests(other, [Extension(request, "Raison.")]),
        lambda: actions.withdraw_requests(other, [request], note="Non."),
        lambda: actions.record_requests(
            other, [PersonRequest(kind="access", person=request.person, received_by="mail")]
        ),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"due_on": clock.today() + timedelta(days=25)}, "person_request_due_by_law"),
        ({"status": "verified"}, "person_request_verified_with_proof"),
        ({"status": "refused", "answered_on": clock.today(), "answer": "Non."}, "person_request_refused_with_a_ground"),
        ({"kind": "rectification"}, "person_request_rectifies_something"),
        (
            {
                "extended_on": clock.today() + timedelta(days=21),
                "extension_reason": "Tard.",
                "due_on": clock.today() + timedelta(days=30),
            },
            "person_request_extended_in_time",
        ),
    ],
)
def test_the_database_knows_the_law_too(fields: dict, constraint: str) -> None:
    request = PersonRequestFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PersonRequest.objects.filter(pk=request.pk).update(**fields)


def test_the_database_refuses_a_leap() -> None:
    request = PersonRequestFactory()
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        PersonRequest.objects.filter(pk=request.pk).update(status="granted", answer="Oui.")


def test_an_officer_of_a_region_has_its_requests_and_those_of_no_region() -> None:
    laval = actor(Role.PRIVACY_OFFICER, "13")
    here, nowhere = (
        PersonRequestFactory(region=region("13")),
        PersonRequestFactory(person=None, region=None, requester="X"),
    )
    elsewhere = PersonRequestFactory()
    assert set(requests_visible_to(laval)) == {here, nowhere}
    actions.verify_identities(laval, [Proof(nowhere, IdentityProof.DOCUMENT)])
    with pytest.raises(NotAllowed):
        actions.verify_identities(laval, [Proof(elsewhere, IdentityProof.DOCUMENT)])
