"""What is written when an agreed plan changes."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from arrimage.accounts.rights import Actor
from arrimage.casework.enums import AmendmentKind, PlanStatus
from arrimage.casework.models import Amendment, Plan, PlanVersion, Step


def amend(
    actor: Actor,
    plan: Plan,
    kind: AmendmentKind,
    *,
    step: Step | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """Write what changed in a plan since it was agreed; nothing for one still in draft. Part of the action around."""
    if plan.status != PlanStatus.AGREED:
        return
    Amendment.objects.create(
        plan=plan,
        file_id=plan.file_id,
        region_id=plan.region_id,
        since=last_versions([plan.pk]).get(plan.pk, 0),
        kind=kind,
        step=step,
        before=before,
        after=after,
        why=why.strip(),
        author_id=actor.user_id,
    )


def last_versions(plans: list[int]) -> dict[int, int]:
    """Return the number of the last version agreed, by plan."""
    return dict(
        PlanVersion.objects.filter(plan__in=plans)
        .order_by()
        .values("plan")
        .annotate(last=Max("number"))
        .values_list("plan", "last")
    )
