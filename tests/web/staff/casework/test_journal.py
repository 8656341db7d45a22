"""Each opening of a file is written down once: who, what, on what ground."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.privacy.journal.models import Reading
from tests import factories as f
from tests.web.staff.casework.conftest import sign_in
from tests.web.visitor import words

pytestmark = pytest.mark.django_db


def read_of(file) -> list[tuple[str, str, str]]:
    rows = Reading.objects.filter(person=file.person).order_by("pk")
    return [(row.what, row.kind, row.basis) for row in rows]


def export(agent, name: str, **query: str) -> None:
    words(agent.client.get(reverse(f"staff:{name}"), {"export": "csv", **query}))


def test_every_page_of_a_file_leaves_one_line(agent, file) -> None:
    plan = f.PlanFactory(file=file, agreed=True)
    need = f.NeedFactory(file=file)
    step = f.StepFactory(plan=plan, need=need)
    referral = f.ReferralFactory(file=file, need=f.NeedFactory(file=file), sent=True)
    done = f.AssessmentFactory(file=file, completed=True)
    appointment = f.AppointmentFactory(persons=[file.person], service_point=file.service_point, agent=agent.user)
    pages = {
        ("file", file.uid): "file",
        ("assessment", file.uid): "assessment",
        ("assessment_read", done.uid): "assessment",
        ("need_add", file.uid): "need",
        ("need_close", need.uid): "need",
        ("plan", file.uid): "plan",
        ("step_add", file.uid): "plan",
        ("step_edit", step.uid): "step",
        ("refer", need.uid): "need",
        ("referral", referral.uid): "referral",
        ("referral_cancel", referral.uid): "referral",
        ("referral_answer", referral.uid): "referral",
        ("follow_up", file.uid): "follow_up",
        ("appointment_book", file.uid): "appointment",
        ("appointment", appointment.uid): "appointment",
    }
    for (name, uid), kind in pages.items():
        before = len(read_of(file))
        assert agent.client.get(reverse(f"staff:{name}", args=[uid])).status_code == 200, name
        assert read_of(file)[before:] == [("opened", kind, "my_file")], name


def test_it_says_who_from_where(agent, file) -> None:
    agent.client.get(reverse("staff:file", args=[file.uid]), REMOTE_ADDR="192.0.2.7")
    line = Reading.objects.get(person=file.person)
    assert (line.user, line.name, line.role) == (agent.user, agent.user.name, "integration_agent")
    assert (line.region, line.service_point, line.object_uid) == (file.region, file.service_point, file.uid)
    assert line.address == "192.0.2.7"


def test_it_costs_one_statement(agent, file) -> None:
    url = reverse("staff:file", args=[file.uid])
    agent.client.get(url)
    with CaptureQueriesContext(connection) as captured:
        agent.client.get(url)
    assert sum("journal" in each["sql"].lower() for each in captured.captured_queries) == 2  # the insert, and the rule
    assert sum("insert into journal_reading" in each["sql"] for each in captured.captured_queries) == 1


@pytest.mark.parametrize(
    ("basis", "fields"),
    [("my_point", {}), ("my_region", {"service_point": None}), ("team_lead", {"role": Role.TEAM_LEAD})],
)
def test_on_what_ground(point, basis: str, fields: dict) -> None:
    file = f.FileFactory(service_point=point)
    someone = sign_in(**{"service_point": point, **fields})
    someone.client.get(reverse("staff:file", args=[file.uid]))
    assert read_of(file) == [("opened", "file", basis)]


def test_the_ground_of_an_appointment(agent) -> None:
    file = f.FileFactory()
    f.AppointmentFactory(agent=agent.user, persons=[file.person])
    agent.client.get(reverse("staff:file", args=[file.uid]))
    assert read_of(file) == [("opened", "file", "my_appointment")]


def test_printing_searching_and_sending_a_form_are_told_apart(agent, file) -> None:
    f.PlanFactory(file=file)
    agent.client.get(reverse("staff:plan_pdf", args=[file.uid]))
    agent.client.get(reverse("staff:search"), {"q": file.number})
    found = agent.client.get(reverse("staff:search"), {"q": file.number}).content.decode()
    link = f"{reverse('staff:file', args=[file.uid])}?de=recherche"
    assert link in found
    agent.client.get(link)
    agent.client.post(reverse("staff:need_add", args=[file.uid]), {})
    assert [what for what, _kind, _basis in read_of(file)] == ["printed", "found", "acted"]


def test_an_export_leaves_a_line_a_person_in_one_statement(agent, point) -> None:
    files = f.FileFactory.create_batch(3, service_point=point)
    outside = f.FileFactory()
    agent.client.get(reverse("staff:files"))
    assert not Reading.objects.exists(), "the list itself is not an opening"
    with CaptureQueriesContext(connection) as captured:
        export(agent, "files")
    assert sum("insert into journal_reading" in each["sql"] for each in captured.captured_queries) == 1
    for file in files:
        assert read_of(file) == [("exported", "file", "my_point")]
    assert read_of(outside) == []


def test_an_export_keeps_its_filters(agent, point) -> None:
    wanted = f.FileFactory(service_point=point, person__family_name="Zubrowka")
    other = f.FileFactory(service_point=point)
    export(agent, "files", q="zubrowka")
    assert len(read_of(wanted)) == 1
    assert read_of(other) == []


def test_an_export_of_referrals(agent, file) -> None:
    for _ in range(2):
        f.ReferralFactory(file=file, need=f.NeedFactory(file=file), sent=True)
    export(agent, "referrals")
    assert read_of(file) == [("exported", "referral", "my_file")]


def test_what_is_refused_leaves_nothing(agent) -> None:
    far = f.FileFactory(region=f.region("03"))
    agent.client.get(reverse("staff:file", args=[far.uid]))
    sign_in(Role.REGIONAL_DIRECTOR).client.get(reverse("staff:file", args=[far.uid]))
    assert read_of(far) == []


def test_a_part_of_a_page_is_written_once_in_a_while(agent, file) -> None:
    url = reverse("staff:file", args=[file.uid])
    for _ in range(3):
        agent.client.get(url, HTTP_HX_REQUEST="true")
    assert len(read_of(file)) == 1, "asking for a part does not hide an opening, nor repeat it"
    agent.client.get(url)
    assert len(read_of(file)) == 2
