"""How many queries a page makes: few, and no more with a thousand files than with ten."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from arrimage.casework.actions import draft_plans, note_needs, send_referrals
from arrimage.casework.actions.assessments import NewNeed
from arrimage.casework.actions.plans import NewPlan
from arrimage.casework.actions.referrals import NewReferral
from arrimage.foundation import clock
from tests import factories as f
from tests.web.staff.casework.many import open_many, queries_of

pytestmark = pytest.mark.django_db
LISTS = ["home", "files", "referrals", "appointments"]


def fill(agent, point, count: int) -> None:
    """Open files late for their appointment, with a need, a plan in draft and a referral past its deadline."""
    day = clock.today() - timedelta(days=30)
    files = open_many(agent.actor, point, agent.user, count, arrived_on=day)
    needs = note_needs(agent.actor, [NewNeed(file, f.theme(), f"Besoin {file.pk}", 1) for file in files])
    draft_plans(agent.actor, [NewPlan(file) for file in files])
    service = f.ServiceFactory()
    for file in files:
        f.consented(file)
    send_referrals(agent.actor, [NewReferral(need, service, on=day) for need in needs])


def test_lists_cost_the_same_at_ten_and_at_a_thousand(agent, point) -> None:
    fill(agent, point, 10)
    at_ten = {name: queries_of(agent.client, reverse(f"staff:{name}")) for name in LISTS}
    fill(agent, point, 990)
    for name in LISTS:
        at_a_thousand = queries_of(agent.client, reverse(f"staff:{name}"))
        assert len(at_a_thousand) == len(at_ten[name]), name
        assert len(at_a_thousand) <= 12, name


@pytest.mark.parametrize("count", [1, 20])
def test_a_file_costs_the_same_whatever_it_holds(agent, file, count: int) -> None:
    plan = f.PlanFactory(file=file, agreed=True)
    household = file.person.memberships.get().household
    for rank in range(count):
        need = f.NeedFactory(file=file)
        step = f.StepFactory(plan=plan, need=need)
        f.ReferralFactory(file=file, need=need, step=step, sent=True)
        f.FollowUpFactory(file=file, step=step)
        f.AssessmentFactory(file=file, completed=True)
        f.PersonStatusFactory(person=file.person, starts_on=date(2000 + rank, 1, 1), ends_on=date(2000 + rank, 12, 31))
        f.FileFactory(person=f.MemberFactory(household=household, relation="child").person)
        f.NoteFactory(file=file)
        f.StatementFactory(person=file.person, region=file.region)
    assert len(queries_of(agent.client, reverse("staff:file", args=[file.uid]))) == 11


@pytest.mark.parametrize(
    "name",
    [
        "assessment",
        "plan",
        "plan_print",
        "plan_agree",
        "follow_up",
        "appointment_book",
        "need_add",
        "step_add",
        "notes",
        "note_write",
        "file_close",
    ],
)
def test_every_page_of_a_file_is_cheap(agent, file, name: str) -> None:
    plan = f.PlanFactory(file=file, agreed=name == "plan_print")
    for _ in range(10):
        f.StepFactory(plan=plan, need=f.NeedFactory(file=file))
    # Free times read hours, seasons, closures, absences, rooms and what is taken.
    most = 26 if name == "appointment_book" else 16
    assert len(queries_of(agent.client, reverse(f"staff:{name}", args=[file.uid]))) <= most


def test_services_for_a_need_cost_the_same(agent, file) -> None:
    need = f.NeedFactory(file=file)
    url = reverse("staff:refer", args=[need.uid])
    f.ServiceFactory.create_batch(2, address="1, rue A")
    few = queries_of(agent.client, url)
    f.ServiceFactory.create_batch(15, address="1, rue A")
    assert len(queries_of(agent.client, url)) == len(few) <= 26
