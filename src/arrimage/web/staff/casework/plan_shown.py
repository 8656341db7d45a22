"""What is agreed of a plan, and what changed since, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from arrimage.casework.enums import PlanStatus, StepOwner
from arrimage.casework.models import Amendment, Plan, PlanVersion
from arrimage.casework.plan_content import GoalContent, PlanDifference, StepContent
from arrimage.foundation.writing import write_date
from arrimage.web.parts import Moment
from arrimage.web.states import Tone


def amended_since(plan: Plan) -> int:
    """Return how many changes an agreed plan had since its last agreement: they wait for the person's own."""
    if plan.status != PlanStatus.AGREED:
        return 0
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
    return Amendment.objects.filter(plan=plan, since=last or 0).count()


def amendment_moments(plan: Plan) -> list[Moment]:
    """Return the changes of a plan since it was first agreed, the last first: what, when, who, why."""
    found = Amendment.objects.filter(plan=plan).select_related("author")
    return [
        Moment(
            title=str(each.get_kind_display()),
            when=each.happened_at,
            text=_amended(each),
            who=each.author.name if each.author else "",
            tone=Tone.INFO,
        )
        for each in found
    ]


def _amended(amendment: Amendment) -> str:
    was, now = (_said(each) for each in (amendment.before, amendment.after))
    words = _("%(before)s → %(after)s") % {"before": was, "after": now} if was and now else was or now
    return _("%(what)s. Pourquoi : %(why)s") % {"what": words, "why": amendment.why} if amendment.why else words


def _said(content: Mapping[str, Any] | None) -> str:
    if content is None:
        return ""
    return f"« {content['words']} »" if "words" in content else step_in_words(StepContent(**content))


def step_in_words(step: StepContent) -> str:
    """Return « S’inscrire à l’école, la personne, d’ici le 3 déc. 2026 »."""
    who = step.service or str(StepOwner(step.owner).label)
    day = write_date(date.fromisoformat(step.due_on))
    return _("%(title)s (%(who)s, d’ici le %(date)s)") % {"title": step.title, "who": who, "date": day}


@dataclass(frozen=True)
class ShownDifference:
    """What differs between two versions, in words."""

    kind: str
    before: str
    after: str


def shown_difference(difference: PlanDifference) -> ShownDifference:
    return ShownDifference(str(difference.kind.label), _content(difference.before), _content(difference.after))


def _content(content: StepContent | GoalContent | None) -> str:
    match content:
        case StepContent():
            return step_in_words(content)
        case GoalContent():
            return f"« {content.words} »"
        case None:
            return ""
