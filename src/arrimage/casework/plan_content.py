"""A plan as one says it: the person's wishes and the steps, plain data that can be kept, compared and printed. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import StepStatus
from arrimage.casework.models import Goal, Step


@dataclass(frozen=True)
class GoalContent:
    """What the person wants, in the language they said it."""

    words: str
    language: str


@dataclass(frozen=True)
class StepContent:
    """One step. `rule` is that which proposed it, empty when somebody wrote it."""

    uid: str
    title: str
    language: str
    rule: str
    owner: str
    due_on: str
    need: str = ""
    service: str = ""
    organisation: str = ""

    @property
    def due(self) -> date:
        return date.fromisoformat(self.due_on)


@dataclass(frozen=True)
class PlanContent:
    """What is agreed: wishes and steps, in the order of their dates."""

    goals: tuple[GoalContent, ...]
    steps: tuple[StepContent, ...]

    def as_json(self) -> dict[str, Any]:
        return {"goals": [asdict(each) for each in self.goals], "steps": [asdict(each) for each in self.steps]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PlanContent":
        return cls(
            tuple(GoalContent(**each) for each in data["goals"]), tuple(StepContent(**each) for each in data["steps"])
        )

    def digest(self) -> str:
        """Return the SHA-256 of the content, in hexadecimal: the same words always give the same one."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def content_of(goals: Iterable[Goal], steps: Iterable[Step]) -> PlanContent:
    """Return what a plan says now, without the steps that were dropped. Steps come with their need and service."""
    kept = sorted((step for step in steps if step.status != StepStatus.DROPPED), key=lambda one: (one.due_on, one.pk))
    return PlanContent(
        tuple(GoalContent(goal.words, goal.language) for goal in goals),
        tuple(step_content(step) for step in kept),
    )


def step_content(step: Step) -> StepContent:
    return StepContent(
        uid=str(step.uid),
        title=step.title,
        language=step.language,
        rule=step.rule,
        owner=step.owner,
        due_on=step.due_on.isoformat(),
        need=step.need.label if step.need else "",
        service=step.service.name if step.service else "",
        organisation=step.service.organisation.name if step.service else "",
    )


class Difference(TextChoices):
    """What became of a wish or a step from one version to another."""

    ADDED = "added", _("Ajouté")
    REMOVED = "removed", _("Retiré")
    CHANGED = "changed", _("Modifié")


@dataclass(frozen=True)
class PlanDifference:
    """Something that differs: a step as it was and as it is, or a wish."""

    kind: Difference
    before: StepContent | GoalContent | None
    after: StepContent | GoalContent | None


def differences(before: PlanContent, after: PlanContent) -> list[PlanDifference]:
    """Return what differs from one version to another: the wishes, then the steps."""
    found = [
        *(PlanDifference(Difference.REMOVED, goal, None) for goal in before.goals if goal not in after.goals),
        *(PlanDifference(Difference.ADDED, None, goal) for goal in after.goals if goal not in before.goals),
    ]
    old = {step.uid: step for step in before.steps}
    kept = {step.uid for step in after.steps}
    for step in after.steps:
        was = old.get(step.uid)
        if was != step:
            found.append(PlanDifference(Difference.CHANGED if was else Difference.ADDED, was, step))
    return found + [PlanDifference(Difference.REMOVED, step, None) for step in before.steps if step.uid not in kept]
