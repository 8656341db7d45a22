"""The one sentence at the head of a file's page."""

from datetime import timedelta

import pytest

from arrimage.casework.enums import StepOwner
from arrimage.casework.story import FileStory
from arrimage.foundation import clock
from arrimage.web.staff.casework.shown import next_step
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "tone"), [(1, "ok"), (-1, "warn")])
def test_a_late_step_that_a_partner_carries_is_not_said_to_go_well(days: int, tone: str) -> None:
    file = f.FileFactory()
    step = f.StepFactory(
        plan=f.PlanFactory(file=file, agreed=True),
        need=f.NeedFactory(file=file),
        owner=StepOwner.PARTNER,
        due_on=clock.today() + timedelta(days=days),
    )
    f.ReferralFactory(file=file, need=step.need, step=step, sent=True)
    shown = next_step(FileStory(file))
    assert shown is not None
    assert shown["tone"] == tone
