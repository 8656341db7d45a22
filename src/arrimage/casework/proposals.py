"""What the rules propose for a plan's open needs, and what was refused of it."""

from dataclasses import dataclass

from arrimage.casework.enums import StepStatus
from arrimage.casework.models import DeclinedProposal, Need, Plan, Step
from arrimage.casework.step_rules import ProposedStep, propose_for


@dataclass(frozen=True)
class Proposal:
    """A step proposed for a need, with its reason; `refusal` when it was left out."""

    need: Need
    step: ProposedStep
    refusal: DeclinedProposal | None = None


@dataclass(frozen=True)
class Proposals:
    """What waits for an answer, and what was refused and may come back."""

    waiting: list[Proposal]
    refused: list[Proposal]


def proposals_for(plan: Plan) -> Proposals:
    """Return what is proposed for the open needs that no step of the plan answers. Three queries."""
    answered = set(
        Step.objects.filter(plan=plan, need__isnull=False)
        .exclude(status=StepStatus.DROPPED)
        .values_list("need_id", flat=True)
    )
    refusals = {(each.need_id, each.rule): each for each in DeclinedProposal.objects.filter(plan=plan)}
    needs = Need.objects.filter(file_id=plan.file_id, closed_on__isnull=True).select_related("theme")
    found = [Proposal(need, propose_for(need)) for need in needs.order_by("priority", "pk") if need.pk not in answered]
    return Proposals(
        waiting=[each for each in found if (each.need.pk, each.step.rule) not in refusals],
        refused=[
            Proposal(each.need, each.step, refusal)
            for each in found
            if (refusal := refusals.get((each.need.pk, each.step.rule)))
        ],
    )


def proposals_of(needs: list[Need]) -> list[Proposal]:
    """Return what a plan that does not exist yet would be drafted from."""
    return [Proposal(need, propose_for(need)) for need in needs]
