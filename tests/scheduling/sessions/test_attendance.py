"""Presence by meeting makes hours, hours make completion, completion an attestation."""

from datetime import timedelta
from decimal import Decimal

import pytest

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.scheduling.attendance import close_session, hours_attended, issue_attestations, note_presences
from arrimage.scheduling.enums import EnrolmentStatus, Presence
from arrimage.scheduling.models import Attestation, Enrolment, GroupSession, MeetingPresence
from tests import factories as f

pytestmark = pytest.mark.django_db
E, P = EnrolmentStatus, Presence


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def held() -> GroupSession:
    """Return a session of two meetings of three hours, both past; six hours, four for an attestation."""
    programme = f.SessionProgrammeFactory(hours=6, attested_hours=4)
    made = f.GroupSessionFactory(programme=programme)
    for days in (3, 2):
        start = clock.at(clock.today() - timedelta(days=days), 9)
        f.MeetingFactory(session=made, starts_at=start, ends_at=start + timedelta(hours=3))
    return made


def note(agent, session: GroupSession, **presences: list[str]) -> list[Enrolment]:
    """Note, for each enrolment, its presences in order."""
    enrolments = [f.EnrolmentFactory(session=session) for _ in presences]
    for rank, meeting in enumerate(session.meetings.all()):
        note_presences(
            agent, meeting, {each.pk: said[rank] for each, said in zip(enrolments, presences.values(), strict=True)}
        )
    return enrolments


def test_hours_count_presence_alone(agent, held) -> None:
    always, once, excused = note(
        agent, held, always=[P.PRESENT, P.PRESENT], once=[P.PRESENT, P.ABSENT], excused=[P.EXCUSED, P.EXCUSED]
    )
    assert hours_attended(held.enrolments.all()) == {always.pk: Decimal(6), once.pk: Decimal(3)}
    assert excused.status == E.ENROLLED


def test_a_session_closes_once_all_is_noted_and_attests_who_completed(agent, held) -> None:
    always, once = note(agent, held, always=[P.PRESENT, P.PRESENT], once=[P.PRESENT, P.ABSENT])
    waiting = f.EnrolmentFactory(session=held, waiting=True)
    close_session(agent, held)
    for each in (always, once, waiting):
        each.refresh_from_db()
    assert (always.status, once.status, waiting.status) == (E.COMPLETED, E.NOT_COMPLETED, E.CANCELLED)
    [attestation] = issue_attestations(agent, held)
    assert (attestation.enrolment, attestation.hours) == (always, Decimal(6))
    assert issue_attestations(agent, held) == []
    with pytest.raises(Conflict):
        close_session(agent, held)


def test_a_session_does_not_close_with_a_presence_missing(agent, held) -> None:
    note(agent, held, always=[P.PRESENT, P.PRESENT])
    f.EnrolmentFactory(session=held)
    with pytest.raises(InvalidInput, match="Il manque 2"):
        close_session(agent, held)


def test_a_presence_put_right_afterwards_changes_what_it_came_to(agent, held) -> None:
    [once] = note(agent, held, once=[P.PRESENT, P.ABSENT])
    close_session(agent, held)
    last = held.meetings.last()
    note_presences(agent, last, {once.pk: P.PRESENT})
    once.refresh_from_db()
    assert once.status == E.COMPLETED
    issue_attestations(agent, held)
    with pytest.raises(Conflict, match="délivrée"):
        note_presences(agent, last, {once.pk: P.ABSENT})
    assert MeetingPresence.objects.get(meeting=last).presence == P.PRESENT


def test_presences_are_not_noted_before_the_meeting_nor_for_a_stranger(agent, held) -> None:
    start = clock.now() + timedelta(hours=1)
    coming = f.MeetingFactory(session=held, starts_at=start, ends_at=start + timedelta(hours=3))
    mine = f.EnrolmentFactory(session=held)
    with pytest.raises(InvalidInput, match="à venir"):
        note_presences(agent, coming, {mine.pk: P.PRESENT})
    with pytest.raises(InvalidInput, match="place"):
        note_presences(agent, held.meetings.first(), {f.EnrolmentFactory().pk: P.PRESENT})
    with pytest.raises(InvalidInput):
        note_presences(agent, held.meetings.first(), {mine.pk: "là"})
    with pytest.raises(InvalidInput, match="pas finie"):
        close_session(agent, held)
    assert not MeetingPresence.objects.exists()
    assert not Attestation.objects.exists()
