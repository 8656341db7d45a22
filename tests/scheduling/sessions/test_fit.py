"""Which sessions a person may attend as they are, and what keeps them from the others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrimage.accounts.context import acting_as
from arrimage.accounts.rights import actor_of
from arrimage.foundation import clock
from arrimage.people.enums import Ability
from arrimage.scheduling.enums import EnrolmentStatus, Unfit
from arrimage.scheduling.session_fit import languages_followed, why_not
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return f.PersonFactory(preferred_language="ar")


def session(language: str = "ar", **fields):
    return f.MeetingFactory(session__language=language, **fields).session


def reasons(person, found, full=()) -> list[Unfit]:
    account = f.PersonAccountFactory(person=person)
    with acting_as(actor_of(account)):  # who asks sees no hours but by what this answers
        return why_not(person, [found], full)[found.pk]


def test_one_in_their_language_with_a_place_at_a_free_hour_suits(person) -> None:
    assert reasons(person, session()) == []


def test_languages_are_those_asked_for_spoken_well_and_french_from_the_intermediate_stage(person) -> None:
    f.PersonLanguageFactory(person=person, language="en", speaks=Ability.WELL)
    f.PersonLanguageFactory(person=person, language="es", speaks=Ability.LITTLE, is_mother_tongue=False)
    f.FrenchLevelFactory(person=person, listening=4, assessed_on=clock.today() - timedelta(days=30))
    assert languages_followed(person) == {"ar", "en"}
    f.FrenchLevelFactory(person=person, listening=5, assessed_on=clock.today())
    assert languages_followed(person) == {"ar", "en", "fr"}
    assert reasons(person, session("es")) == [Unfit.LANGUAGE]


def test_nothing_known_of_their_languages_rules_nothing_out() -> None:
    assert reasons(f.PersonFactory(preferred_language=""), session("en")) == []


def test_a_full_one_is_said_full(person) -> None:
    found = session()
    assert reasons(person, found, {found.pk}) == [Unfit.FULL]


def test_hours_they_are_expected_elsewhere_at(person) -> None:
    found = session()
    meeting = found.meetings.get()
    appointment = f.AppointmentFactory(
        persons=[person], starts_at=meeting.starts_at, ends_at=meeting.starts_at + timedelta(hours=1)
    )
    f.AppointmentFactory(persons=[f.PersonFactory()], starts_at=meeting.starts_at + timedelta(hours=1))
    assert reasons(person, found) == [Unfit.BUSY]
    appointment.status = "cancelled"
    appointment.cancel_reason = "other"
    appointment.save()
    assert reasons(person, found) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (EnrolmentStatus.COMPLETED, [Unfit.FOLLOWED]),
        (EnrolmentStatus.ENROLLED, [Unfit.SEATED]),
        (EnrolmentStatus.NOT_COMPLETED, []),
        (EnrolmentStatus.CANCELLED, []),
        (EnrolmentStatus.WAITING, []),
    ],
)
def test_a_programme_is_followed_once(person, status, expected) -> None:
    found = session()
    f.EnrolmentFactory(session__programme=found.programme, person=person, status=status)
    assert reasons(person, found) == expected


def test_many_cost_no_more_queries_than_one(person) -> None:
    found = [session("en") for _ in range(4)]
    with CaptureQueriesContext(
        connection,
    ) as one:
        why_not(person, found[:1], [])
    with CaptureQueriesContext(connection) as many:
        why_not(person, found, [])
    assert len(one) == len(many) < 10
