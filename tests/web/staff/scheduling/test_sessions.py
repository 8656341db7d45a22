"""Agents plan a session, fill it, note who came, attest; the cost does not grow with the people."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.scheduling.enums import EnrolmentStatus, Presence, SessionStatus
from arrimage.scheduling.models import Attestation, Enrolment, GroupSession, MeetingPresence, SessionProgramme
from arrimage.scheduling.reference import OBJECTIF_INTEGRATION
from arrimage.territory.working_days import add_working_days
from tests import factories as f
from tests.web.signed import staff, words
from tests.web.staff.casework.conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return staff(Role.INTEGRATION_AGENT)


def past(days: int = 5, **values: object) -> GroupSession:
    start = clock.at(clock.today() - timedelta(days=days), 9)
    return f.MeetingFactory(starts_at=start, ends_at=start + timedelta(hours=24), **values).session


def asked(**changes: object) -> dict[str, object]:
    point = f.ServicePointFactory()
    programme = SessionProgramme.objects.get(code=OBJECTIF_INTEGRATION)
    return {
        "programme": programme.pk, "service_point": point.pk, "language": "fr", "mode": "on_site", "places": 12,
        "first_on": add_working_days(clock.today(), 5).isoformat(), "days": 4, "starts": "09:00", "ends": "12:00",
        "starts_again": "13:00", "ends_again": "16:00",
        **changes,
    }  # fmt: skip


def test_a_session_is_planned_over_working_days(client) -> None:
    client.post(reverse("staff:session_plan"), asked())
    made = GroupSession.objects.get()
    hours = [(each.starts_at, each.hours) for each in made.meetings.all()]
    assert len(hours) == 8
    assert sum(length for _start, length in hours) == 24
    assert {start.weekday() for start, _length in hours} <= {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends": "08:00"}, "La fin vient après le début."),
        ({"ends_again": ""}, "Dites le début et la fin"),
        ({"starts_again": "11:00"}, "La seconde partie commence après la première."),
        ({"first_on": "2020-01-06"}, "Choisissez un jour à venir."),
    ],
)
def test_hours_that_cannot_be_are_said(client, changes, said) -> None:
    page = client.post(reverse("staff:session_plan"), asked(**changes))
    assert said in words(page)
    assert not GroupSession.objects.exists()


def test_a_household_is_enrolled_from_its_file() -> None:
    agent = sign_in(service_point=f.ServicePointFactory())
    file = f.FileFactory(agent=agent.user, service_point=f.ServicePointFactory())
    f.MemberFactory(person=file.person)
    session = f.MeetingFactory().session
    url = reverse("staff:session_enrol", args=[file.uid])
    assert str(session.programme) in words(agent.client.get(url))
    agent.client.post(url, {"session": str(session.uid), "persons": [str(file.uid)]})
    assert Enrolment.objects.get().person == file.person


def test_presences_are_noted_closed_and_attested(client) -> None:
    session = past()
    came, missed = (f.EnrolmentFactory(session=session) for _ in range(2))
    meeting = session.meetings.get()
    client.post(
        reverse("staff:session_sheet", args=[meeting.uid]), {f"p{came.pk}": "present", f"p{missed.pk}": "absent"}
    )
    assert list(MeetingPresence.objects.order_by("enrolment").values_list("presence", flat=True)) == [
        Presence.PRESENT, Presence.ABSENT,
    ]  # fmt: skip
    page = client.get(reverse("staff:session", args=[session.uid]))
    assert "Terminer la séance" in words(page)
    client.post(reverse("staff:session_close", args=[session.uid]))
    client.post(reverse("staff:session_attest", args=[session.uid]))
    attestation = Attestation.objects.get()
    assert attestation.enrolment == came
    page = client.get(reverse("staff:attestation", args=[attestation.uid]))
    pdf = PdfReader(BytesIO(page.content))
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    assert pdf.trailer["/Root"]["/Lang"].startswith("fr")
    text = " ".join(pdf.pages[0].extract_text().split())
    assert came.person.family_name in text
    assert str(session.programme) in text


def test_a_place_given_back_is_said_to_go_to_the_first_of_the_line(client) -> None:
    session = f.MeetingFactory(session__places=1).session
    seated = f.EnrolmentFactory(session=session)
    waiting = f.EnrolmentFactory(session=session, waiting=True)
    page = client.post(reverse("staff:enrolment_cancel", args=[seated.uid]), follow=True)
    assert f"La place va à {waiting.person}" in words(page)
    waiting.refresh_from_db()
    assert waiting.status == EnrolmentStatus.ENROLLED


def test_a_cancelled_session_says_where_its_people_went(client) -> None:
    session = f.MeetingFactory().session
    enrolment = f.EnrolmentFactory(session=session)
    start = clock.at(clock.today() + timedelta(days=9), 9)
    other = f.MeetingFactory(
        session__programme=session.programme, starts_at=start, ends_at=start + timedelta(hours=3)
    ).session
    page = client.post(reverse("staff:session_cancel", args=[session.uid]), {"into": other.pk}, follow=True)
    assert f"Une autre place : {enrolment.person}" in words(page)
    session.refresh_from_db()
    assert session.status == SessionStatus.CANCELLED


def test_the_pages_cost_the_same_whoever_is_there(client, django_assert_max_num_queries) -> None:
    sessions = [past(days, session__places=50) for days in (5, 9)]
    for session in sessions:
        f.EnrolmentFactory.create_batch(2, session=session)
    costs = []
    for _ in range(3):  # the first fills what the process keeps
        with django_assert_max_num_queries(44) as queries:
            client.get(reverse("staff:sessions"))
            client.get(reverse("staff:session", args=[sessions[0].uid]))
        costs.append(len(queries))
        f.EnrolmentFactory.create_batch(8, session=sessions[0])
        for days in range(20, 26):
            past(days)
    assert costs[1] == costs[2]
