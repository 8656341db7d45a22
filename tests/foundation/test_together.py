"""Several querysets by one statement give the very instances that each gives alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrimage.casework import story_parts
from arrimage.foundation import clock
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(db):
    """A file with several of everything its page tells."""
    made = f.FileFactory(closed=True)
    household = f.MemberFactory(person=made.person).household
    f.MemberFactory(household=household, relation="child")
    f.FileFactory(person=f.MemberFactory(household=household, relation="spouse").person, region=made.region)
    plan = f.PlanFactory(file=made, agreed=True)
    for rank in range(2):
        need = f.NeedFactory(file=made, label="Cours « 100 % » de français")
        step = f.StepFactory(plan=plan, need=need)
        f.ReferralFactory(file=made, need=need, step=step, sent=True)
        f.FollowUpFactory(file=made, step=step, author=f.UserFactory())
        f.PersonStatusFactory(person=made.person, starts_on=date(2000 + rank, 1, 1), ends_on=date(2000 + rank, 12, 31))
    f.StepFactory(plan=plan)
    f.GoalFactory(plan=plan)
    f.PlannedContactFactory(file=made)
    f.MilestoneContactFactory(file=made)
    f.AssessmentFactory(file=made, completed=True)
    f.AppointmentFactory(persons=[made.person], region=made.region)
    f.ClosingFactory(file=made, author=f.UserFactory())
    f.RefusalFactory(person=made.person, region=made.region)
    f.StatementFactory(person=made.person, region=made.region)
    return made


def test_together_as_alone(file) -> None:
    keys = {"file": file.pk, "person": file.person_id, "region": file.region_id}
    story_parts.EVERYTHING.read(**keys)
    with CaptureQueriesContext(connection) as captured:
        together = story_parts.EVERYTHING.read(**keys)
    assert len(captured) == 1
    for name, found in together.items():
        alone = list(getattr(story_parts, name.removeprefix("_").removeprefix("every_") + PLURAL.get(name, ""))(**keys))
        assert alone, f"no {name}: this says nothing"
        assert found == alone, name
        for one, other in zip(found, alone, strict=True):
            assert values(one) == values(other), name


PLURAL = {"_every_need": "s", "_every_step": "s", "_every_plan": "s", "_every_goal": "s"}


def values(instance) -> dict:
    """Return every loaded value, those of the relations it was selected with too, and what was annotated."""
    loaded = {name: value for name, value in vars(instance).items() if name != "_state"}
    related = instance._state.fields_cache
    return loaded | {name: related[name] and values(related[name]) for name in sorted(related)}


def test_each_reading_has_its_own_keys(file) -> None:
    other = f.FileFactory()
    f.NeedFactory(file=other, noted_on=clock.today())
    keys = {"file": other.pk, "person": other.person_id, "region": other.region_id}
    found = story_parts.EVERYTHING.read(**keys)
    assert [need.file_id for need in found["_every_need"]] == [other.pk]
    assert found["_every_need"][0].noted_on == clock.today()
    assert found["referrals"] == [] == found["closings"]
