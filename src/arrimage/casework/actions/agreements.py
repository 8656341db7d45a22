"""Agreeing a plan with the person: what was agreed is kept whole, version after version."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.amendments import last_versions
from arrimage.casework.actions.files import require_open_files
from arrimage.casework.enums import PlanStatus, Signing
from arrimage.casework.models import Amendment, Goal, Plan, PlanVersion, Step
from arrimage.casework.plan_content import PlanContent, content_of
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.privacy.consents.enums import Means
from arrimage.privacy.consents.rules import Strokes, check_signature


@dataclass(frozen=True)
class Agreed:
    """A plan the person agreed to: in which language it was explained, by whom if not by the agent, how it was signed.

    `digest` is that of the content they read (`PlanContent.digest`): another one since is a conflict.
    """

    plan: Plan
    language: str = "fr"
    by: str = ""
    on: date | None = None
    signing: Signing = Signing.SPOKEN
    signature: Strokes | None = None
    digest: str = ""


@action
def agree_plans(actor: Actor, items: Sequence[Agreed]) -> list[PlanVersion]:
    """Record that each person agreed to their plan, as it is now; again, once an agreed plan was amended.

    Raises `InvalidInput` for a plan without a step or a signature that is none, `Conflict` when nothing changed since
    the last agreement, or when something changed since the content was read.
    """
    require_open_files(actor, [item.plan.file for item in items])
    keys = [item.plan.pk for item in items]
    plans = {plan.pk: plan for plan in Plan.objects.select_for_update(of=("self",)).filter(pk__in=keys)}
    contents = contents_of(keys)
    last = last_versions(keys)
    amended = set(Amendment.objects.filter(plan__in=keys).values_list("plan_id", "since"))
    versions = []
    for item in items:
        plan, content = plans[item.plan.pk], contents[item.plan.pk]
        number = last.get(plan.pk, 0)
        if plan.status == PlanStatus.CLOSED or (plan.status == PlanStatus.AGREED and (plan.pk, number) not in amended):
            raise Conflict(_("Ce plan est déjà convenu."))
        if not content.steps:
            raise InvalidInput(_("Ajoutez au moins une démarche avant de convenir du plan."))
        if item.digest and item.digest != content.digest():
            raise Conflict(
                _("Le plan a changé pendant que vous le lisiez. Relisez-le avec la personne avant d’en convenir.")
            )
        plan.status = PlanStatus.AGREED
        plan.agreed_on = item.on or clock.today()
        plan.explained_language = item.language
        plan.explained_by = item.by
        versions.append(_version(actor, plan, item, content, number + 1))
    update_rows(Plan, plans.values(), ["status", "agreed_on", "explained_language", "explained_by"])
    return PlanVersion.objects.bulk_create(versions, batch_size=1000)


def _version(actor: Actor, plan: Plan, item: Agreed, content: PlanContent, number: int) -> PlanVersion:
    drawn = item.signing == Signing.SIGNATURE
    return PlanVersion(
        plan=plan,
        file_id=plan.file_id,
        region_id=plan.region_id,
        number=number,
        content=content.as_json(),
        digest=content.digest(),
        agreed_on=plan.agreed_on or clock.today(),
        signing=item.signing,
        signature=check_signature(Means.SIGNATURE, item.signature) if drawn else None,
        explained_language=item.language,
        explained_by=item.by,
        author_id=actor.user_id,
    )


def contents_of(plans: Sequence[int]) -> dict[int, PlanContent]:
    """Return what each plan says now. Two queries, whatever the number of plans."""
    goals: dict[int, list[Goal]] = defaultdict(list)
    for goal in Goal.objects.filter(plan__in=plans).order_by("pk"):
        goals[goal.plan_id].append(goal)
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(plan__in=plans).select_related("need", "service__organisation"):
        steps[step.plan_id].append(step)
    return {key: content_of(goals[key], steps[key]) for key in plans}
